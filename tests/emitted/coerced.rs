//! What is converted before it is checked: verdicts of Zod 4.6 on the same schemas.

use axum::body::Body;
use axum::http::Request;
use serde_json::Value;

use super::send;

/// JSON that is sent, and what `number`, `whole` (a whole number from 1 to 100), `text`, `truth` and `big` make of it; `!` stands
/// before the code of the issue of those that refuse it.
#[rustfmt::skip]
const SCALARS: &[(&str, [&str; 5])] = &[
    (r#""42""#, ["42", "42", r#""42""#, "true", "42"]),
    (r#"" 42 ""#, ["42", "42", r#"" 42 ""#, "true", "42"]),
    (r#""""#, ["0", "!too_small", r#""""#, "false", "0"]),
    (r#"" ""#, ["0", "!too_small", r#"" ""#, "true", "0"]),
    (r#""abc""#, ["!invalid_type", "!invalid_type", r#""abc""#, "true", "!invalid_type"]),
    (r#""1e3""#, ["1000", "!too_big", r#""1e3""#, "true", "!invalid_type"]),
    (r#""0x1f""#, ["31", "31", r#""0x1f""#, "true", "31"]),
    (r#""0b11""#, ["3", "3", r#""0b11""#, "true", "3"]),
    (r#""1_000""#, ["!invalid_type", "!invalid_type", r#""1_000""#, "true", "!invalid_type"]),
    (r#""Infinity""#, ["!invalid_type", "!invalid_type", r#""Infinity""#, "true", "!invalid_type"]),
    (r#""-Infinity""#, ["!invalid_type", "!invalid_type", r#""-Infinity""#, "true", "!invalid_type"]),
    (r#""NaN""#, ["!invalid_type", "!invalid_type", r#""NaN""#, "true", "!invalid_type"]),
    (r#""true""#, ["!invalid_type", "!invalid_type", r#""true""#, "true", "!invalid_type"]),
    (r#""false""#, ["!invalid_type", "!invalid_type", r#""false""#, "true", "!invalid_type"]),
    (r#""0""#, ["0", "!too_small", r#""0""#, "true", "0"]),
    (r#""null""#, ["!invalid_type", "!invalid_type", r#""null""#, "true", "!invalid_type"]),
    ("0", ["0", "!too_small", r#""0""#, "false", "0"]),
    ("1", ["1", "1", r#""1""#, "true", "1"]),
    ("1.5", ["1.5", "!invalid_type", r#""1.5""#, "true", "!invalid_type"]),
    ("-1", ["-1", "!too_small", r#""-1""#, "true", "-1"]),
    ("true", ["1", "1", r#""true""#, "true", "1"]),
    ("false", ["0", "!too_small", r#""false""#, "false", "0"]),
    ("null", ["0", "!too_small", r#""null""#, "false", "!invalid_type"]),
    ("[]", ["0", "!too_small", r#""""#, "true", "0"]),
    ("[5]", ["5", "5", r#""5""#, "true", "5"]),
    (r#"["7"]"#, ["7", "7", r#""7""#, "true", "7"]),
    ("[1,2]", ["!invalid_type", "!invalid_type", r#""1,2""#, "true", "!invalid_type"]),
    ("{}", ["!invalid_type", "!invalid_type", r#""[object Object]""#, "true", "!invalid_type"]),
    (r#"{"a":1}"#, ["!invalid_type", "!invalid_type", r#""[object Object]""#, "true", "!invalid_type"]),
    (r#""2020-01-01""#, ["!invalid_type", "!invalid_type", r#""2020-01-01""#, "true", "!invalid_type"]),
    (r#""2020-01-01T00:00:00Z""#, ["!invalid_type", "!invalid_type", r#""2020-01-01T00:00:00Z""#, "true", "!invalid_type"]),
    (r#""1577836800000""#, ["1577836800000", "!too_big", r#""1577836800000""#, "true", "1577836800000"]),
    ("1577836800000", ["1577836800000", "!too_big", r#""1577836800000""#, "true", "1577836800000"]),
    (r#""9007199254740993""#, ["9007199254740992", "!too_big", r#""9007199254740993""#, "true", "9007199254740993"]),
    (r#""1.5""#, ["1.5", "!invalid_type", r#""1.5""#, "true", "!invalid_type"]),
    (r#""+5""#, ["5", "5", r#""+5""#, "true", "5"]),
    (r#""٣""#, ["!invalid_type", "!invalid_type", r#""٣""#, "true", "!invalid_type"]),
    ("1e400", ["!invalid_type", "!invalid_type", r#""Infinity""#, "true", "!invalid_type"]),
    (r#""100""#, ["100", "100", r#""100""#, "true", "100"]),
    (r#""101""#, ["101", "!too_big", r#""101""#, "true", "101"]),
    ("[null]", ["0", "!too_small", r#""""#, "true", "0"]),
    ("[5,5,5,5]", ["!invalid_type", "!invalid_type", r#""5,5,5,5""#, "true", "!invalid_type"]),
    ("[5,null]", ["!invalid_type", "!invalid_type", r#""5,""#, "true", "!invalid_type"]),
    ("12345678901234567890", ["12345678901234567000", "!too_big", r#""12345678901234567000""#, "true", "!too_big"]),
    (r#""a""#, ["!invalid_type", "!invalid_type", r#""a""#, "true", "!invalid_type"]),
    (r#""\u0000""#, ["!invalid_type", "!invalid_type", r#""\u0000""#, "true", "!invalid_type"]),
    (r#"{"__proto__":{"x":1}}"#, ["!invalid_type", "!invalid_type", r#""[object Object]""#, "true", "!invalid_type"]),
    (r#"{"a":1,"a":2}"#, ["!invalid_type", "!invalid_type", r#""[object Object]""#, "true", "!invalid_type"]),
];

/// JSON that is sent, and the moment that it is.
#[rustfmt::skip]
const MOMENTS: &[(&str, &str)] = &[
    (r#""""#, "!invalid_type"),
    (r#"" ""#, "!invalid_type"),
    (r#""abc""#, "!invalid_type"),
    (r#""1e3""#, "!invalid_type"),
    (r#""0x1f""#, "!invalid_type"),
    (r#""0b11""#, "!invalid_type"),
    (r#""1_000""#, "!invalid_type"),
    (r#""Infinity""#, "!invalid_type"),
    (r#""-Infinity""#, "!invalid_type"),
    (r#""NaN""#, "!invalid_type"),
    (r#""true""#, "!invalid_type"),
    (r#""false""#, "!invalid_type"),
    (r#""null""#, "!invalid_type"),
    ("0", r#""1970-01-01T00:00:00Z""#),
    ("1", r#""1970-01-01T00:00:00.001Z""#),
    ("1.5", r#""1970-01-01T00:00:00.001Z""#),
    ("-1", r#""1969-12-31T23:59:59.999Z""#),
    ("true", r#""1970-01-01T00:00:00.001Z""#),
    ("false", r#""1970-01-01T00:00:00Z""#),
    ("null", r#""1970-01-01T00:00:00Z""#),
    ("[]", "!invalid_type"),
    ("{}", "!invalid_type"),
    (r#"{"a":1}"#, "!invalid_type"),
    (r#""2020-01-01""#, r#""2020-01-01T00:00:00Z""#),
    (r#""2020-01-01T00:00:00Z""#, r#""2020-01-01T00:00:00Z""#),
    (r#""1577836800000""#, "!invalid_type"),
    ("1577836800000", r#""2020-01-01T00:00:00Z""#),
    (r#""9007199254740993""#, "!invalid_type"),
    (r#""٣""#, "!invalid_type"),
    ("1e400", "!invalid_type"),
    ("[null]", "!invalid_type"),
    ("[5,5,5,5]", "!invalid_type"),
    ("12345678901234567890", "!invalid_type"),
    (r#""a""#, "!invalid_type"),
    (r#""\u0000""#, "!invalid_type"),
    (r#"{"__proto__":{"x":1}}"#, "!invalid_type"),
    (r#"{"a":1,"a":2}"#, "!invalid_type"),
    (r#"["7","7","7","7"]"#, "!invalid_type"),
    // Not of that list, but of the same format.
    (r#""2020""#, r#""2020-01-01T00:00:00Z""#),
    (r#""2020-02""#, r#""2020-02-01T00:00:00Z""#),
    (r#""2020-02-30""#, "!invalid_type"),
    (r#""2020-01-01T10:00Z""#, r#""2020-01-01T10:00:00Z""#),
    (r#""2020-01-01T10:00:00+02:00""#, r#""2020-01-01T08:00:00Z""#),
    (r#""2020-01-01T10:00:00.5""#, r#""2020-01-01T10:00:00.5Z""#),
    ("8.64e15", "!invalid_type"),
];

/// What V8 takes for a date beside ISO 8601, and the server doesn't.
#[rustfmt::skip]
const NO_MOMENTS: &[&str] = &[
    r#""42""#,
    r#"" 42 ""#,
    r#""0""#,
    "[5]",
    r#"["7"]"#,
    "[1,2]",
    r#""1.5""#,
    r#""+5""#,
    r#""100""#,
    r#""101""#,
    "[5,null]",
    r#"["7",null]"#,
];

/// What a field of `Coerced` becomes, or `!` and the code of the issue.
async fn coerced(path: &str, content_type: &str, field: &str, body: String) -> String {
    let request = Request::post(format!("/api/zod/{path}")).header("content-type", content_type);
    let answer = send(request.body(Body::from(body)).expect("a request")).await;
    let value: Value = serde_json::from_slice(&answer.body).expect("JSON");
    match answer.status.as_u16() {
        200 => value[field].to_string(),
        _ => format!("!{}", value["issues"][0]["code"].as_str().unwrap_or("?")),
    }
}

async fn in_json(field: &str, json: &str) -> String {
    coerced(
        "coerced",
        "application/json",
        field,
        format!("{{\"{field}\":{json}}}"),
    )
    .await
}

fn same(found: &str, expected: &str) -> bool {
    match (found.parse::<f64>(), expected.parse::<f64>()) {
        (Ok(found), Ok(expected)) => found == expected,
        (_, _) => found == expected,
    }
}

#[tokio::test]
async fn json_is_converted_as_zod_does() {
    let mut failures = String::new();
    let fields = ["number", "whole", "text", "truth", "big"];
    let scalars = SCALARS.iter().flat_map(|(json, verdicts)| {
        let of_field = |(field, verdict): (&'static str, &&'static str)| (field, *json, *verdict);
        fields.into_iter().zip(verdicts).map(of_field)
    });
    let moments = MOMENTS
        .iter()
        .map(|(json, moment)| ("moment", *json, *moment));
    let refused = NO_MOMENTS
        .iter()
        .map(|json| ("moment", *json, "!invalid_type"));
    for (field, json, expected) in scalars.chain(moments).chain(refused) {
        let found = in_json(field, json).await;
        if !same(&found, expected) {
            failures += &format!("\n{field} {json}: {found}, not {expected}");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[tokio::test]
async fn what_is_checked_is_what_came_out() {
    let id = "00000000-0000-0000-0000-000000000001";
    assert_eq!(
        in_json("id", &format!("[\"{id}\"]")).await,
        format!("\"{id}\"")
    );
    assert_eq!(in_json("id", "1").await, "!invalid_format");
    assert_eq!(in_json("maybe", "null").await, "null");
    assert_eq!(in_json("list", "[\"1.5\",true]").await, "[1.5,1.0]");
    assert_eq!(in_json("list", "[\"x\"]").await, "!invalid_type");
}

#[tokio::test]
async fn what_is_absent_is_not_converted() {
    let request = Request::post("/api/zod/must").header("content-type", "application/json");
    let answer = send(request.body(Body::from("{}")).expect("a request")).await;
    let missing = ["body /truth invalid_type", "body /text invalid_type"];
    assert_eq!(answer.issues(), missing);
}

#[tokio::test]
async fn forms_and_parameters_are_read_as_their_type() {
    let form = "application/x-www-form-urlencoded";
    for (field, sent, expected) in [
        ("number", "5", "5"),
        ("number", "0x1f", "!invalid_type"),
        ("truth", "false", "false"),
        ("truth", "0", "!invalid_type"),
        ("text", "5", "\"5\""),
        ("moment", "2020-01-01", "\"2020-01-01T00:00:00Z\""),
    ] {
        let found = coerced("coerced-form", form, field, format!("{field}={sent}")).await;
        assert!(same(&found, expected), "{field} {sent}: {found}");
    }
    let id = "00000000-0000-0000-0000-000000000001";
    for (query, expected) in [
        ("page=1&since=2020-01-01&truth=false", vec![]),
        ("page=1&since=x", vec!["query /since invalid_type"]),
        ("page=1&truth=1", vec!["query /truth invalid_type"]),
    ] {
        let request = Request::get(format!("/api/zod/words/{id}?{query}"));
        let answer = send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.issues(), expected, "{query}");
    }
}
