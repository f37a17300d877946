//! Schemas: what is decoded, checked, filled in, and written back.

use axum::body::Body;
use axum::http::Request;

use super::send;

/// The answer of a handler that gives back what it was given, or the issues.
async fn echo(url: &str, json: &str) -> String {
    let request = Request::post(format!("/api/{url}")).header("content-type", "application/json");
    let answer = send(request.body(Body::from(json.to_owned())).unwrap()).await;
    match answer.status.as_u16() {
        200 => answer.text(),
        400 if !answer.issues().is_empty() => answer.issues().join(", "),
        status => format!("{status} {}", answer.text()),
    }
}

/// Cases of an API: path, JSON, and what comes back; empty if it is the same.
pub async fn check(api: &str, cases: &[(&str, &str, &str)]) {
    let mut failures = String::new();
    for (url, json, expected) in cases {
        let expected = if expected.is_empty() { json } else { expected };
        let found = echo(&format!("{api}/{url}"), json).await;
        if found != *expected {
            failures += &format!("\n{url} {json}\nfound    {found}\nexpected {expected}\n");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[tokio::test]
async fn absent_null_and_value_are_three_states() {
    check("schemas", &[
        ("states", r#"{"must":1,"mayBeNull":null}"#, ""),
        ("states", r#"{"must":1,"mayBeNull":2,"mayBeAbsent":3,"mayBeBoth":null}"#, ""),
        ("states", r#"{"must":1,"mayBeNull":2,"mayBeBoth":4}"#, ""),
        ("states", r#"{"must":null,"mayBeAbsent":null}"#, "body /must invalid_type, body /mayBeAbsent invalid_type, body /mayBeNull invalid_type"),
        ("states", r#" { "mayBeNull" : null , "must" : -0 , "unknown" : [{"x":1}] } "#, r#"{"must":0,"mayBeNull":null}"#),
        ("states", "null", "body  invalid_type"),
    ])
    .await;
    check("dialect30", &[
        ("states", r#"{"must":1,"mayBeNull":null,"mayBeBoth":null,"genre":null,"wrapped":null,"bytes":"aGk=","list":["a",null]}"#, ""),
        ("states", r#"{"must":1,"mayBeNull":10,"genre":"novel","wrapped":{"x":1},"list":null}"#, ""),
        ("states", r#"{"must":0,"mayBeNull":11,"genre":"x","wrapped":{},"bytes":"?"}"#, "body /must too_small, body /mayBeNull too_big, body /genre invalid_value, body /wrapped/x invalid_type, body /bytes invalid_format"),
    ])
    .await;
}

#[tokio::test]
async fn defaults_stand_in_for_what_is_absent() {
    let all = r##"{"text":"a \"quote\"\n\\ #{x} {{y}}","integer":-7,"number":1000,"whole":2,"flag":true,"genre":"poem","numbers":[1,2],"none":[],"moment":"2024-02-29T12:00:00+02:00","id":"00000000-0000-0000-0000-000000000001","point":{"x":1,"y":2},"map":{"a":1},"nothing":null,"something":5,"any":{"free":[1,null]},"bytes":"aGk=","secret":"hush","either":"ten"}"##;
    let found = echo("schemas/defaults", "{}").await;
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let (mut found, mut expected) = (json(&found), json(all));
    for number in ["number", "whole"] {
        assert_eq!(found[number].as_f64(), expected[number].as_f64());
        found[number] = 0.into();
        expected[number] = 0.into();
    }
    assert_eq!(found, expected);
    let found = echo(
        "schemas/defaults",
        r#"{"something":null,"none":[3],"flag":false}"#,
    )
    .await;
    let found = json(&found);
    assert!(found["something"].is_null());
    assert_eq!(
        (&found["none"], &found["flag"]),
        (&json("[3]"), &json("false"))
    );
}

#[tokio::test]
async fn enums_take_their_values_alone() {
    for value in [
        "", " ", "a", "A", "a ", "self", "Self", "type", "*/", "\"", "\\", "#{x}", "{{y}}", "\n",
        "\0", "\u{2028}", "\u{202e}", "größe", "名前", "+1", "-1", "1", "///", "```", "Option",
        "None", "true",
    ] {
        let sent = serde_json::json!({ "hostile": value });
        let found = echo("schemas/enums", &sent.to_string()).await;
        let found: serde_json::Value = serde_json::from_str(&found).expect("an answer in JSON");
        assert_eq!(found, sent);
    }
    check("schemas", &[
        ("enums", r#"{"hostile":"b"}"#, "body /hostile invalid_value"),
        ("enums", r#"{"hostile":1}"#, "body /hostile invalid_value"),
        ("enums", r#"{"integers":9007199254740993}"#, ""),
        ("enums", r#"{"integers":9007199254740992}"#, "body /integers invalid_value"),
        ("enums", r#"{"integers":"1"}"#, "body /integers invalid_value"),
        ("enums", r#"{"integers":1.5,"hostile":{},"named":null}"#, "body /integers invalid_value, body /hostile invalid_value, body /named invalid_value"),
        ("enums", r#"{"integers":1e400,"hostile":["a"],"named":[1]}"#, "body /integers invalid_value, body /hostile invalid_value, body /named invalid_value"),
        ("enums", r#"{"integers":1.0}"#, r#"{"integers":1}"#),
        ("enums", r#"{"mixed":"1"}"#, ""),
        ("enums", r#"{"mixed":1}"#, ""),
        ("enums", r#"{"mixed":1.50}"#, r#"{"mixed":1.5}"#),
        ("enums", r#"{"mixed":null}"#, ""),
        ("enums", r#"{"mixed":[1,{"a":2}]}"#, ""),
        ("enums", r#"{"mixed":{ "b" : [ ] }}"#, r#"{"mixed":{"b":[]}}"#),
        ("enums", r#"{"mixed":false}"#, "body /mixed invalid_value"),
        ("enums", r#"{"numbers":0.5,"flags":true,"named":2,"nullable":null}"#, ""),
        ("enums", r#"{"numbers":5e-1}"#, r#"{"numbers":0.5}"#),
        ("enums", r#"{"numbers":1,"flags":false,"named":3,"nullable":"b"}"#, "body /numbers invalid_value, body /flags invalid_value, body /named invalid_value, body /nullable invalid_value"),
        ("enums", r#"{"constant":"fixed","constantNumber":3,"constantObject":{"a":[1]}}"#, ""),
        ("enums", r#"{"constant":"x","constantNumber":4,"constantObject":{"a":[2]}}"#, "body /constant invalid_value, body /constantNumber invalid_value, body /constantObject invalid_value"),
    ])
    .await;
}

#[tokio::test]
async fn lists_and_maps_are_checked() {
    check("schemas", &[
        ("arrays", r#"{"bounded":[1],"unique":[{"x":1},{"x":2}],"nested":[["a"],[null],[]],"free":[1,"a",null,{"b":[]}],"none":[]}"#, ""),
        ("arrays", r#"{"bounded":[]}"#, "body /bounded too_small"),
        ("arrays", r#"{"bounded":[1,2,3]}"#, "body /bounded too_big"),
        ("arrays", r#"{"bounded":[1,"a"]}"#, "body /bounded/1 invalid_type"),
        ("arrays", r#"{"unique":[{"x":1,"y":2},{"y":2,"x":1.0}]}"#, "body /unique custom"),
        ("arrays", r#"{"nested":[["a","b"]]}"#, "body /nested/0 too_big"),
        ("arrays", r#"{"none":[1]}"#, "body /none/0 invalid_type, body /none too_big"),
        ("maps", r#"{"integers":{"a":1,"":2},"points":{"a/b~c":{"x":1}},"sized":{"a":true},"free":{"a":[]},"open":{"b":null},"closed":{},"nullable":{"a":null}}"#, r#"{"integers":{"":2,"a":1},"points":{"a/b~c":{"x":1}},"sized":{"a":true},"free":{"a":[]},"open":{"b":null},"closed":{},"nullable":{"a":null}}"#),
        ("maps", r#"{"integers":{"a":0},"points":{"a/b~c":{}}}"#, "body /integers/a too_small, body /points/a~1b~0c/x invalid_type"),
        ("maps", r#"{"sized":{}}"#, "body /sized too_small"),
        ("maps", r#"{"sized":{"a":true,"b":true,"c":true}}"#, "body /sized too_big"),
        ("maps", r#"{"closed":{"a":1}}"#, "body /closed/a unrecognized_keys"),
    ])
    .await;
}

#[tokio::test]
async fn tuples_are_checked_place_by_place() {
    let long = r#"{"long":[1,2,3,4,5,6,7,8,9,10,11,12,"a"],"filled":[7]}"#;
    let longer = r#"{"long":[1,2,3,4,5,6,7,8,9,10,11,12,"a",true,"b","c"],"filled":[7]}"#;
    let wrong = r#"{"long":[1,2,3,4,5,6,7,8,9,10,11,"x",1,2,3],"filled":[7]}"#;
    check("schemas", &[
        ("tuples", r#"{"pair":[1,"a"],"rest":[1,true,false],"open":[1,"a",null],"single":[{"x":1}],"filled":[1,"a"]}"#, ""),
        ("tuples", r#"{"rest":[1],"open":[],"filled":[7]}"#, ""),
        ("tuples", "{}", r#"{"filled":[7]}"#),
        ("tuples", r#"{"pair":[1]}"#, "body /pair too_small"),
        ("tuples", r#"{"pair":[1,"a",2]}"#, "body /pair too_big"),
        ("tuples", r#"{"pair":["a",1]}"#, "body /pair/0 invalid_type, body /pair/1 invalid_type"),
        ("tuples", r#"{"rest":[1,2]}"#, "body /rest/1 invalid_type"),
        ("tuples", r#"{"open":["a",1]}"#, "body /open/0 invalid_type, body /open/1 invalid_type"),
        ("tuples", r#"{"optional":["a",1,null],"optionalRest":["a",1.5,true],"filled":[7]}"#, ""),
        ("tuples", r#"{"optional":["a",1,true],"optionalRest":["a",1.5],"filled":[7]}"#, ""),
        ("tuples", r#"{"optional":["a",1],"optionalRest":["a"],"filled":[7]}"#, ""),
        ("tuples", r#"{"optional":["a"],"optionalRest":[],"filled":[7]}"#, ""),
        ("tuples", r#"{"optional":[]}"#, "body /optional too_small"),
        ("tuples", r#"{"optional":["a",0,1]}"#, "body /optional/1 too_small, body /optional/2 invalid_type"),
        ("tuples", r#"{"optional":["a",null]}"#, "body /optional/1 invalid_type"),
        ("tuples", r#"{"optional":["a",1,true,2]}"#, "body /optional too_big"),
        ("tuples", r#"{"optionalRest":["a",1.5,true,1]}"#, "body /optionalRest/3 invalid_type"),
        ("tuples", r#"{"bounded":[1,2,3],"filled":[7]}"#, ""),
        ("tuples", r#"{"bounded":[1,2]}"#, "body /bounded too_small"),
        ("tuples", r#"{"bounded":[1,2,3,4,5]}"#, "body /bounded too_big"),
        ("tuples", r#"{"bounded":[1,2,1.0]}"#, "body /bounded custom"),
        ("tuples", r#"{"short":[1],"filled":[7]}"#, ""),
        ("tuples", r#"{"short":[1,2]}"#, "body /short too_big"),
        ("tuples", long, ""),
        ("tuples", longer, ""),
        ("tuples", wrong, "body /long/11 invalid_type, body /long/12 invalid_type, body /long/13 invalid_type, body /long/14 invalid_type"),
        ("tuples", r#"{"again":[1,[2,[3]]],"filled":[7]}"#, ""),
        ("tuples", r#"{"again":[1,[2,[]]]}"#, "body /again/1/1 too_small"),
    ])
    .await;
}

#[tokio::test]
async fn unknown_keys_are_dropped_kept_or_refused() {
    check(
        "schemas",
        &[
            ("closed", r#"{"a":1}"#, ""),
            (
                "closed",
                r#"{"a":1,"c":2,"d":3}"#,
                "body /c unrecognized_keys, body /d unrecognized_keys",
            ),
            ("open", r#"{"a":1,"z":[null]}"#, ""),
            ("open", r#"{"a":"x"}"#, "body /a invalid_type"),
            ("extra", r#"{"a":"x","additional":1,"other":2}"#, ""),
            ("extra", r#"{"a":"x","z":1}"#, ""),
            ("extra", r#"{"a":"x","z":"y"}"#, "body /z invalid_type"),
            ("extra", r#"{"a":"x"}"#, "body  too_small"),
            ("extra", r#"{"a":"x","p":1,"q":2,"r":3}"#, "body  too_big"),
            ("merged", r#"{"x":1,"y":2,"name":"abcd"}"#, ""),
            (
                "merged",
                r#"{"x":1,"name":"a"}"#,
                "body /name too_small, body /y invalid_type",
            ),
            (
                "merged",
                r#"{"x":1,"y":2,"name":"abcde"}"#,
                "body /name too_big",
            ),
            ("point", r#"{"x":1,"z":2}"#, r#"{"x":1}"#),
        ],
    )
    .await;
}

#[tokio::test]
async fn unions_take_the_branch_that_fits() {
    check(
        "schemas",
        &[
            ("either", "7", ""),
            ("either", r#""abc""#, ""),
            ("either", r#"{"x":1}"#, ""),
            ("either", "[1,2]", ""),
            ("either", "null", ""),
            ("either", "true", "body  invalid_union, body  invalid_type"),
            ("any", r#"{"a":1,"b":2}"#, ""),
            ("any", r#"{"a":1,"z":2}"#, ""),
            ("exactly", r#"{"a":1}"#, ""),
            ("exactly", r#"{"b":1}"#, ""),
            ("exactly", r#"{"a":1,"b":1}"#, "body  invalid_union"),
            ("exactly", "{}", "body  invalid_union, body /a invalid_type"),
            ("pet", r#"{"kind":"cat","lives":9}"#, ""),
            ("pet", r#"{"kind":"the \"dog\"","tricks":["sit"]}"#, ""),
            (
                "pet",
                r#"{"tricks":["sit"],"kind":"the \"dog\""}"#,
                r#"{"kind":"the \"dog\"","tricks":["sit"]}"#,
            ),
            ("pet", r#"{"kind":"cat","lives":10}"#, "body /lives too_big"),
            ("pet", r#"{"kind":"cow"}"#, "body /kind invalid_union"),
            ("pet", r#"{"lives":1}"#, "body /kind invalid_union"),
            ("shape", r#"{"type":"circle","radius":1.5}"#, ""),
            (
                "shape",
                r#"{"type":"circle","radius":0}"#,
                "body /radius too_small",
            ),
            (
                "shape",
                r#"{"side":2.5,"type":"square"}"#,
                r#"{"type":"square","side":2.5}"#,
            ),
            ("shape", r#"{"type":"line"}"#, "body /type invalid_union"),
        ],
    )
    .await;
    check(
        "dialect30",
        &[
            ("pet", r#"{"petType":"Cat"}"#, ""),
            ("pet", r#"{"petType":1}"#, "body /petType invalid_type"),
        ],
    )
    .await;
}

#[tokio::test]
async fn recursion_ends_where_the_value_does() {
    check("schemas", &[
        ("tree", r#"{"name":"a","children":[{"name":"b","children":[]},{"name":"c"}],"parent":{"name":"d"}}"#, ""),
        ("tree", r#"{"name":"a","children":[{"name":"b","children":[{"name":""}]}]}"#, "body /children/0/children/0/name too_small"),
        ("ping", r#"{"pong":{"ping":{"pong":{}}}}"#, ""),
        ("nested", "[[],[[[]]]]", ""),
        ("nested", "[[],[1]]", "body /1/0 invalid_type"),
        ("folders", r#"{"a":{"b":{}}}"#, ""),
        ("folders", r#"{"a":{"b":1}}"#, "body /a/b invalid_type"),
        ("expression", r#"[1.5,{"not":[2.5,[]]}]"#, ""),
        ("must", r#"{"next":{"next":null}}"#, ""),
        ("must", r#"{"next":{}}"#, "body /next/next invalid_type"),
    ])
    .await;
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    assert!(echo("schemas/nested", &deep).await.starts_with("400"));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(echo("schemas/free", &deep).await.starts_with("400"));
}

#[tokio::test]
async fn read_only_and_write_only_travel_one_way() {
    check(
        "schemas",
        &[
            (
                "book",
                r#"{"title":"a","password":"b"}"#,
                r#"{"id":7,"title":"a"}"#,
            ),
            (
                "book",
                r#"{"title":"a","password":"b","id":1}"#,
                r#"{"id":7,"title":"a"}"#,
            ),
            ("book", r#"{"title":"a"}"#, "body /password invalid_type"),
        ],
    )
    .await;
}

#[tokio::test]
async fn formats_and_widths_are_checked() {
    check("schemas", &[
        ("formats", r#"{"int8":-128,"int16":32767,"int32":-2147483648,"int64":9223372036854775807,"uint8":255,"uint16":65535,"uint32":4294967295,"uint64":18446744073709551615}"#, ""),
        ("formats", r#"{"int8":128,"int16":-32769,"int32":2147483648,"int64":9223372036854775808,"uint8":-1,"uint16":65536,"uint32":-1,"uint64":18446744073709551616}"#, "body /int8 too_big, body /int16 too_small, body /int32 too_big, body /int64 too_big, body /uint8 too_small, body /uint16 too_big, body /uint32 too_small, body /uint64 too_big"),
        ("formats", r#"{"float":0.1,"double":1e+300}"#, ""),
        ("formats", r#"{"dateTime":"2024-02-29T12:00:00.123+02:00","date":"2024-02-29","time":"12:00:00Z","duration":"P1DT2H"}"#, ""),
        ("formats", r#"{"dateTime":"2024-02-30T12:00:00Z","date":"2024-02-30","time":"25:00:00Z","duration":"1D"}"#, "body /dateTime invalid_format, body /date invalid_format, body /time invalid_format, body /duration invalid_format"),
        ("formats", r#"{"email":"a@b.c","hostname":"a-b.c","ipv4":"127.0.0.1","ipv6":"::1","uri":"https://a/b?c#d","uriReference":"../a"}"#, ""),
        ("formats", r#"{"email":"a","hostname":"-a","ipv4":"127.0.0.256","ipv6":"1","uri":"a","uriReference":"\\"}"#, "body /email invalid_format, body /hostname invalid_format, body /ipv4 invalid_format, body /ipv6 invalid_format, body /uri invalid_format, body /uriReference invalid_format"),
        ("formats", r#"{"uuid":"00000000-0000-0000-0000-000000000001","password":"a","byte":"aGk=","binary":"x","unknown":"x","pattern":"123-ab","lookaround":"an admin","backreference":"'x'","endless":"aab"}"#, ""),
        ("formats", r#"{"url":"-_8"}"#, ""),
        ("formats", r#"{"url":"-_8="}"#, r#"{"url":"-_8"}"#),
        ("formats", r#"{"url":"+/8="}"#, "body /url invalid_format"),
        ("formats", r#"{"byte":"-_8="}"#, "body /byte invalid_format"),
        ("formats", r#"{"lookaround":"administrator","backreference":"'x"}"#, "body /lookaround invalid_format, body /backreference invalid_format"),
        ("formats", r#"{"uuid":"1","byte":"a","pattern":"123-a\""}"#, "body /uuid invalid_format, body /byte invalid_format, body /pattern invalid_format"),
        ("formats", r#"{"pattern":"１２３-ab"}"#, "body /pattern invalid_format"),
        ("formats", r#"{"number":-1.5}"#, ""),
        ("formats", r#"{"number":-2}"#, "body /number too_small"),
        ("formats", r#"{"number":100}"#, "body /number too_big"),
        ("formats", r#"{"number":0.7}"#, "body /number not_multiple_of"),
        ("formats", r#"{"big":-9223372036854775808,"beyond":9223372036854775807}"#, ""),
        ("formats", r#"{"big":9223372036854775808}"#, "body /big too_big"),
        ("formats", r#"{"int32":1.5,"int64":1e2}"#, "body /int32 invalid_type"),
        ("formats", r#"{"int32":1e300,"int64":-1e300}"#, "body /int32 too_big, body /int64 too_small"),
        ("formats", r#"{"int64":1e2}"#, r#"{"int64":100}"#),
        ("aliases", r#"{"scalar":"ab","list":[{"x":1}],"map":{"a":{"x":1}},"id":"00000000-0000-0000-0000-000000000001","nullable":null}"#, ""),
        ("aliases", r#"{"scalar":"a","list":[{"x":1},{"x":1},{"x":1}],"map":{"a":1},"id":"x","nullable":1}"#, "body /scalar too_small, body /list too_big, body /map/a invalid_type, body /id invalid_format, body /nullable invalid_type"),
        ("free", r#"{"a":[1e400,123456789012345678901234567890,0.10,"\u0000",null]}"#, r#"{"a":[1e400,123456789012345678901234567890,0.10,"\u0000",null]}"#),
        ("never", r#"{"always":1}"#, ""),
        ("never", r#"{"never":1}"#, "body /never invalid_type"),
        ("scalar", r#""ab""#, ""),
        ("scalar", r#""a""#, "body  too_small"),
        ("maybe-point", "null", ""),
        ("deprecated", r#"{"old":1}"#, ""),
        ("wide", r#"{"field0":0,"field127":127,"field128":128,"field139":139}"#, ""),
        ("wide", r#"{"field0":0,"field128":1}"#, "body /field127 invalid_type, body /field139 invalid_type"),
    ])
    .await;
}

#[tokio::test]
async fn a_pattern_that_would_need_too_long_does_not_match() {
    let sent = |key: &str, text: &str| format!("{{\"{key}\":\"{text}\"}}");
    for (key, text, matches) in [
        ("endless", format!("{}b", "a".repeat(20)), true),
        ("endless", "a".repeat(2000), false),
        ("lookaround", "x".repeat(4096), true),
        ("lookaround", "x".repeat(4097), false),
    ] {
        let found = echo("schemas/formats", &sent(key, &text)).await;
        let refused = format!("body /{key} invalid_format");
        assert_eq!(found, if matches { sent(key, &text) } else { refused });
    }
}

#[tokio::test]
async fn strings_survive() {
    for text in [
        "\u{0}\u{1f}",
        "\"\\/\u{7f}",
        "\u{2028}\u{202e}",
        "😀",
        "a\r\n\t\u{8}\u{c}",
    ] {
        let sent = serde_json::json!({ "unknown": text }).to_string();
        let found = echo("schemas/formats", &sent).await;
        let found: serde_json::Value = serde_json::from_str(&found).expect("an answer in JSON");
        assert_eq!(found["unknown"], text);
    }
    let escaped = (
        "formats",
        r#"{"unknown":"\ud83d\ude00\u00e4"}"#,
        "{\"unknown\":\"😀ä\"}",
    );
    check("schemas", &[escaped]).await;
    for broken in [
        "{\"unknown\":\"a\nb\"}",
        r#"{"unknown":"\ud83d"}"#,
        r#"{"unknown":"\x"}"#,
        "{'unknown':1}",
        "{\"unknown\":\"a\",}",
        "\u{feff}{}",
    ] {
        let found = echo("schemas/formats", broken).await;
        assert!(found.starts_with("400"), "{broken:?} {found}");
    }
}

#[tokio::test]
async fn what_requires_itself_without_end_may_be_absent() {
    check(
        "schemas",
        &[
            (
                "endless",
                r#"{"category":{"name":"a","parent":{"parent":{}}}}"#,
                "",
            ),
            (
                "endless",
                r#"{"category":{"name":"a"}}"#,
                "body /category/parent invalid_type",
            ),
            ("endless", r#"{"husband":{"wife":{"husband":{}}}}"#, ""),
            ("endless", r#"{"pair":[1,[2]]}"#, ""),
            (
                "endless",
                r#"{"either":{"right":{"left":{}}}}"#,
                r#"{"either":{}}"#,
            ),
        ],
    )
    .await;
}
