//! Values of several types where they are spelled as text.

use axum::body::Body;
use axum::http::Request;

use super::send;

/// What is read of a request below `/api/texts`, or the issues found.
async fn read(request: axum::http::request::Builder, url: &str, body: String) -> String {
    let request = request.uri(format!("/api/texts{url}"));
    let answer = send(request.body(Body::from(body)).unwrap()).await;
    match answer.status.as_u16() {
        200 => answer.text(),
        400 => answer.issues().join(", "),
        status => status.to_string(),
    }
}

/// Holds what is found for each case against what is expected; nothing else is said of a request that is refused.
struct Check(String);

impl Check {
    fn new() -> Self {
        Self(String::new())
    }

    fn case(&mut self, case: &str, found: &str, expected: &str) {
        let is_issue = ["query ", "header ", "cookie ", "path ", "body "]
            .iter()
            .any(|location| expected.starts_with(location));
        if !found.contains(expected) || (is_issue && !found.starts_with(expected)) {
            self.0 += &format!("\n{case}\nfound    {found}\nexpected {expected}\n");
        }
    }

    fn finish(self) {
        assert!(self.0.is_empty(), "{}", self.0);
    }
}

async fn urls(cases: &[(&str, &str)]) {
    let mut check = Check::new();
    for (url, expected) in cases {
        let found = read(Request::get("/"), url, String::new()).await;
        check.case(url, &found, expected);
    }
    check.finish();
}

async fn headers(url: &str, cases: &[(&str, &str, &str)]) {
    let mut check = Check::new();
    for (name, value, expected) in cases {
        let request = Request::get("/").header(*name, *value);
        let found = read(request, url, String::new()).await;
        check.case(value, &found, expected);
    }
    check.finish();
}

#[tokio::test]
async fn a_text_is_first_of_all_what_it_spells() {
    urls(&[
        ("/query?either=12", "either: Some(Integer(12))"),
        ("/query?either=1.5", "either: Some(String(\"1.5\"))"),
        ("/query?either=abc", "either: Some(String(\"abc\"))"),
        ("/query?either=", "either: Some(String(\"\"))"),
        ("/query?either=1&either=2", "query /either invalid_type"),
        ("/query?either=%FF", "query /either invalid_format"),
        ("/query?turned=1.5", "turned: Some(Number(1.5))"),
        ("/query?turned=a", "turned: Some(String(\"a\"))"),
        ("/query?flag=true", "flag: Some(Boolean(true))"),
        ("/query?flag=yes", "flag: Some(String(\"yes\"))"),
        ("/query?ranges=2", "ranges: Some(Integer(2))"),
        ("/query?ranges=4", "query /ranges invalid_union"),
        ("/query?ranges=x", "query /ranges invalid_union"),
        ("/query?small=5", "small: Some(Integer(5))"),
        // No integer that is allowed, but a string is.
        ("/query?small=6", "small: Some(String(\"6\"))"),
        ("/query?days=123", "days: Some(String(\"123\"))"),
        ("/query?days=2024-02-29", "days: Some(String2(2024-02-29))"),
        ("/query?days=1234", "query /days invalid_union"),
        ("/query?short=ab", "short: Some(String(\"ab\"))"),
        ("/query?short=abc", "query /short invalid_union"),
        ("/query?short=123", "query /short invalid_union"),
        ("/query?known=7", "known: Some(Integer(7))"),
        ("/query?known=all", "known: Some(Literal(All))"),
        (
            "/query?known=00000000-0000-0000-0000-000000000001",
            "known: Some(String(00000000-0000-0000-0000-000000000001))",
        ),
        (
            "/query?known=9223372036854775808",
            "query /known invalid_union",
        ),
        ("/query?literal=1", "literal: Some(Literal("),
        ("/query?literal=2", "literal: Some(String(\"2\"))"),
        ("/query?word=1", "word: Some(Integer(1))"),
        ("/query?word=a", "word: Some(Literal(A))"),
        ("/query?several=1", "several: Some(N1)"),
        ("/query?several=b", "query /several invalid_value"),
        ("/query?nested=12", "nested: Some(Either(Integer(12)))"),
        ("/query?nested=true", "nested: Some(Boolean(true))"),
        ("/query?nested=x", "nested: Some(Either(String(\"x\")))"),
        ("/query?nullable=1", "nullable: Some(Integer(1))"),
        ("/query?nullable=null", "nullable: Some(String(\"null\"))"),
        ("/query", "given: Integer(3)"),
        ("/query?given=x", "given: String(\"x\")"),
        ("/query?judged=1234", "judged: Some(Integer(1234))"),
        ("/query?judged=12", "judged: Some(Integer(12))"),
        ("/query?judged=abc", "judged: Some(String(\"abc\"))"),
        ("/query?judged=abcd", "query /judged invalid_union"),
        // What was read as a string is none of these, whatever it spells.
        ("/query?text=5", "text: Some(\"5\")"),
        ("/query?number=5", "query /number custom"),
        ("/query?number=05", "query /number custom"),
        ("/query?number=6", "number: Some(6)"),
        ("/query?five=5", "query /five too_small"),
        ("/query?fives=4&fives=5", "fives: Some([4, 5])"),
        ("/query?fives=4&fives=05", "fives: Some([4, 5])"),
        ("/query?fives=4", "query /fives too_small"),
        ("/query?long=5", "long: Some(Integer(5))"),
        ("/query?long=ab", "query /long custom"),
        ("/query?refined=4", "refined: Some(Integer(4))"),
        ("/query?refined=a", "refined: Some(String(\"a\"))"),
        ("/query?refined=5", "query /refined custom"),
    ])
    .await;
}

#[tokio::test]
async fn one_text_is_not_cut() {
    urls(&[
        ("/query/joined?either=a,b", "either: Some(String(\"a,b\"))"),
        ("/query/joined?either=12", "either: Some(Integer(12))"),
        ("/query/joined?either=", "either: Some(String(\"\"))"),
        ("/query/joined?either=1&either=2", "query /either invalid_type"),
        ("/query/joined?word=a,b", "word: Some(AB)"),
        ("/query/joined?word=1", "word: Some(N1)"),
        (
            "/query/joined?list=1,a&spaced=a%202&piped=a|b",
            "list: Some([Integer(1), String(\"a\")]), spaced: Some([String(\"a\"), Integer(2)]), piped: Some(String(\"a|b\"))",
        ),
        (
            "/paths/o,a/.b.c,d/;matrix=e,f/;exploded=g;h",
            "simple: String(\"o,a\"), label: String(\"b.c,d\"), matrix: String(\"e,f\"), exploded: String(\"g;h\")",
        ),
        (
            "/paths/1/.2/;matrix=3/;exploded=4",
            "simple: Integer(1), label: Integer(2), matrix: Integer(3), exploded: Integer(4)",
        ),
    ])
    .await;
    headers(
        "/headers",
        &[
            (
                "x-when",
                "Wed, 21 Oct",
                "x_when: Some(String(\"Wed, 21 Oct\"))",
            ),
            ("x-when", "12", "x_when: Some(Integer(12))"),
            ("x-word", "a,b", "x_word: Some(AB)"),
            (
                "x-list",
                "1, a",
                "x_list: Some([Integer(1), String(\"a\")])",
            ),
            ("x-or-list", "1, 2", "x_or_list: Some(List([1, 2]))"),
            ("x-or-list", "1", "x_or_list: Some(List([1]))"),
            (
                "x-or-list",
                "Wed, 21 Oct",
                "x_or_list: Some(String(\"Wed, 21 Oct\"))",
            ),
            ("x-or-list", "a, 2", "header /x-or-list invalid_union"),
            ("x-object", "a,1,b,x", "x_object: Some(Variant1("),
            ("x-null", "1", "x_null: Some(Integer(1))"),
            ("x-null", "null", "header /x-null invalid_union"),
        ],
    )
    .await;
    headers(
        "/cookies",
        &[
            ("cookie", "either=a,b", "either: Some(String(\"a,b\"))"),
            (
                "cookie",
                "joined=a,b; either=7",
                "either: Some(Integer(7)), joined: Some(String(\"a,b\"))",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn lists_and_objects_hold_such_texts() {
    urls(&[
        ("/query/lists?list=1&list=a", "list: Some([Integer(1), String(\"a\")])"),
        ("/query/lists?lists=1&lists=2", "lists: Some(List([1, 2]))"),
        ("/query/lists?lists=1", "lists: Some(List([1]))"),
        ("/query/lists?lists=1&lists=a", "lists: Some(List2([\"1\", \"a\"]))"),
        ("/query/lists?one=1", "one: Some(Integer(1))"),
        ("/query/lists?one=ab", "one: Some(List([\"ab\"]))"),
        ("/query/lists?one=a", "query /one invalid_union"),
        ("/query/lists?one=11&one=22", "one: Some(List([\"11\", \"22\"]))"),
        ("/query/lists?joined=ab", "joined: Some(List([\"ab\"]))"),
        ("/query/lists?joined=ab,cd", "joined: Some(List([\"ab\", \"cd\"]))"),
        ("/query/lists?joined=ab,c", "query /joined invalid_union"),
        ("/query/object?a=1&b=x", "object: Some(Variant1("),
        ("/query/object?a=x&b=1", "object: Some(Variant2("),
        ("/query/object", "object: None"),
        ("/query/lists?unlike=1&unlike=a", "unlike: Some([Integer(1), String(\"a\")])"),
        ("/query/lists?unlike=1&unlike=1", "query /unlike custom"),
        (
            "/query/deep?object[either]=1&object[list]=2&map[a]=3&map[b]=c",
            "object: Some(Held { either: Some(Integer(1)), list: Some([Integer(2)]) }), map: Some({\"a\": Integer(3), \"b\": String(\"c\")})",
        ),
        ("/query/deep?objects[a]=1&objects[b]=x", "objects: Some(Variant1("),
        ("/query/deep?objects[a]=x&objects[b]=1", "objects: Some(Variant2("),
        ("/query/deep?objects[a]=1&objects[b]=1", "objects: Some(Variant1("),
        ("/query/deep?objects[a]=x&objects[b]=x", "query /objects invalid_union"),
        ("/query/deep?objects[c]=1", "objects: Some(Variant3("),
        // Both are what they say, whatever the texts are.
        ("/query/deep?objects[c]=1&objects[d]=1", "query /objects invalid_union"),
    ])
    .await;
}

/// Cases that forms with files and forms without have in common.
const FIELDS: &[(&[(&str, &str)], &str)] = &[
    (&[("either", "12")], "either: Some(Integer(12))"),
    (&[("either", "a,b")], "either: Some(String(\"a,b\"))"),
    (
        &[("either", "\"a\"")],
        "either: Some(String(\"\\\"a\\\"\"))",
    ),
    (&[("either", "1"), ("either", "2")], "body /either invalid_"),
    (&[("days", "1")], "days: Some(String(\"1\"))"),
    (&[("days", "true")], "body /days invalid_union"),
    (&[("days", "nil")], "days: Some(String(\"nil\"))"),
    (&[("days", "2024-02-29")], "days: Some(String2(2024-02-29))"),
    (
        &[("list", "1"), ("list", "a")],
        "list: Some([Integer(1), String(\"a\")])",
    ),
    (
        &[("texts", "1"), ("texts", "2024-02-29")],
        "texts: Some([String(\"1\"), String2(2024-02-29)])",
    ),
    (&[("texts", "1000")], "body /texts/0 invalid_union"),
    (&[("some", "1")], "some: Some(String(\"1\"))"),
    (&[("some", "[1]")], "some: Some(String(\"[1]\"))"),
    (
        &[("some", "1"), ("some", "2")],
        "some: Some(List([\"1\", \"2\"]))",
    ),
    (&[("nullable", "1")], "nullable: Some("),
    (&[("nullable", "null")], "body /nullable invalid_type"),
    (&[("text", "null")], "\"null\""),
    (&[("literal", "1")], "N1"),
    (&[("literal", "a")], "A"),
    (&[("literal", "b")], "body /literal invalid_value"),
    (&[("union", "1")], "union: Some(String(\"1\"))"),
    (&[("union", "null")], "body /union invalid_union"),
    (
        &[("union", "{\"x\":1}")],
        "union: Some(Point(Point { x: 1, y: None }))",
    ),
    (&[("union", "{\"x\":\"1\"}")], "body /union invalid_union"),
    (
        &[("unions", "1"), ("unions", "{\"x\":1}")],
        "unions: Some([String(\"1\"), Point(Point { x: 1, y: None })])",
    ),
];

#[tokio::test]
async fn forms_hold_such_texts() {
    let mut check = Check::new();
    for (fields, expected) in FIELDS {
        let pairs = fields.iter().map(|(name, value)| {
            let escaped = value.replace('"', "%22").replace('+', "%2B");
            format!("{name}={escaped}")
        });
        let body = pairs.collect::<Vec<_>>().join("&");
        let request =
            Request::post("/").header("content-type", "application/x-www-form-urlencoded");
        let found = read(request, "/form", body.clone()).await;
        check.case(&body, &found, expected);
    }
    check.finish();
}

/// A part's name, its content type if it has one, and what it holds.
type Sent<'p> = (&'p str, &'p str, &'p str);

/// What is read of parts.
async fn parts(url: &str, parts: &[Sent<'_>]) -> String {
    let mut body = String::new();
    for (name, media, text) in parts {
        let file = match url {
            "/files" => "; filename=\"a\"",
            _ => "",
        };
        body += &format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n");
        if !media.is_empty() {
            body += &format!("content-type: {media}\r\n");
        }
        body += &format!("\r\n{text}\r\n");
    }
    body += "--B--\r\n";
    let request = Request::post("/").header("content-type", "multipart/form-data; boundary=B");
    read(request, url, body).await
}

#[tokio::test]
async fn parts_hold_such_texts() {
    let mut check = Check::new();
    for (fields, expected) in FIELDS {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, text)| (*name, "", *text))
            .collect();
        let found = parts("/parts", &fields).await;
        check.case(&format!("{fields:?}"), &found, expected);
    }
    check.finish();
}

#[tokio::test]
async fn parts_in_json_are_what_json_says() {
    let json = "application/json";
    let cases = [
        ("text", "null", "text: None"),
        ("text", "\"null\"", "body /text too_big"),
        ("text", "\"nil\"", "text: Some(\"nil\")"),
        ("text", "\"abcd\"", "body /text too_big"),
        ("whole", "null", "whole: None"),
        ("whole", "5", "whole: Some(5)"),
        ("whole", "\"5\"", "body /whole invalid_type"),
        ("day", "null", "day: None"),
        ("day", "\"2024-02-29\"", "day: Some(2024-02-29)"),
        ("day", "\"x\"", "body /day invalid_format"),
        ("word", "null", "word: None"),
        ("word", "\"null\"", "word: Some("),
        ("plain", "\"a\"", "plain: Some(\"a\")"),
        ("plain", "null", "body /plain invalid_type"),
        ("held", "null", "held: None"),
        ("held", "{\"x\":1}", "held: Some(Point { x: 1, y: None })"),
        ("held", "{\"x\":\"1\"}", "body /held/x invalid_type"),
        ("either", "12", "either: Some(Integer(12))"),
        ("either", "\"12\"", "either: Some(String(\"12\"))"),
        (
            "point",
            "{\"x\":1,\"y\":\"2\"}",
            "point: Some(Point { x: 1, y: Some(\"2\") })",
        ),
        ("point", "{\"x\":\"1\"}", "body /point/x invalid_type"),
        (
            "points",
            "[{\"x\":1}]",
            "points: Some([Point { x: 1, y: None }])",
        ),
        ("points", "[{\"x\":\"1\"}]", "body /points/0/x invalid_type"),
        ("numbers", "[1,2]", "numbers: Some([1, 2])"),
        ("numbers", "[\"1\"]", "body /numbers/0 invalid_type"),
        ("numbers", "1", "numbers: Some([1])"),
    ];
    let mut check = Check::new();
    for (name, text, expected) in cases {
        for media in [json, ""] {
            // What a list is as a whole, only its content type can say.
            if media.is_empty() && text.starts_with('[') {
                continue;
            }
            let found = parts(
                "/parts/json",
                &[("needed", json, "\"a\""), (name, media, text)],
            )
            .await;
            check.case(&format!("{name} {media} {text}"), &found, expected);
        }
    }
    let found = parts("/parts/json", &[("needed", json, "null")]).await;
    check.case("needed null", &found, "needed: None");
    let found = parts("/parts/json", &[]).await;
    check.case("needed missing", &found, "body /needed invalid_type");
    // Not all clients put texts in quotes.
    let found = parts("/parts/json", &[("needed", "", "5"), ("whole", "", "6")]).await;
    check.case(
        "without quotes",
        &found,
        "needed: Some(\"5\"), text: None, whole: Some(6)",
    );
    check.finish();
}

#[tokio::test]
async fn files_are_counted_and_measured() {
    let text = "text/plain";
    let cases: [(&[Sent<'_>], &str); 9] = [
        (&[("one", "", "abcd")], "size: 4"),
        (&[("one", "", "äbcd")], "body /one too_big"),
        (&[("one", "", "")], "body /one too_small"),
        (&[("pair", text, "a"), ("pair", text, "b")], "pair: [File"),
        (&[("pair", text, "a")], "body /pair too_small"),
        (&[("pair", text, "a"); 3], "body /pair too_big"),
        (
            &[("pair", text, "a"), ("pair", text, "abcde")],
            "body /pair too_big",
        ),
        (&[("few", "", "a"), ("few", "", "a")], "body /few too_big"),
        (&[], "one: None, pair: [], few: []"),
    ];
    let mut check = Check::new();
    for (files, expected) in cases {
        let found = parts("/files", files).await;
        check.case(&format!("{files:?}"), &found, expected);
    }
    check.finish();
}
