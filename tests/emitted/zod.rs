//! What a contract in Zod says in its own way: messages, tuples.

use axum::body::Body;
use axum::http::Request;

use super::send;

/// The body that comes back, or the issues: `pointer code message`, one a line.
async fn answer(request: Request<Body>) -> String {
    let answer = send(request).await;
    if answer.status != 400 {
        return answer.text();
    }
    let problem: serde_json::Value = serde_json::from_slice(&answer.body).expect("a problem");
    let issues = problem["issues"].as_array().expect("issues");
    let line = |issue: &serde_json::Value| {
        let part = |name: &str| issue[name].as_str().unwrap_or_default().to_owned();
        format!("{} {} {}", part("pointer"), part("code"), part("message"))
    };
    issues.iter().map(line).collect::<Vec<_>>().join("\n")
}

async fn post(path: &str, json: &str) -> String {
    let request =
        Request::post(format!("/api/zod/{path}")).header("content-type", "application/json");
    answer(
        request
            .body(Body::from(json.to_owned()))
            .expect("a request"),
    )
    .await
}

/// What is said of one field of `Messages`, the others being right.
async fn said(field: &str, json: &str) -> String {
    let mut whole =
        serde_json::json!({ "name": "abc", "kind": "x", "alias": "n", "nullable": null });
    whole[field] = serde_json::from_str(json).expect("JSON");
    post("messages", &whole.to_string()).await
}

#[tokio::test]
async fn a_refused_value_is_told_so_in_the_words_of_the_contract() {
    let cases = [
        ("name", "1", "/name invalid_type not a string"),
        ("name", r#""a""#, "/name too_small too short"),
        ("name", r#""abcdef""#, "/name too_big too long"),
        (
            "quoted",
            r#""a""#,
            "/quoted invalid_format must begin with \"\\ 😀\n{}",
        ),
        (
            "quoted",
            "1",
            "/quoted invalid_type expected string, received number",
        ),
        (
            "patterns",
            r#""c""#,
            "/patterns invalid_format no a\n/patterns invalid_format no b",
        ),
        ("patterns", r#""a""#, "/patterns invalid_format no b"),
        ("email", r#""x""#, "/email invalid_format no address"),
        ("email", "1", "/email invalid_type no address"),
        ("page", r#""ftp://a.b""#, "/page invalid_format no page"),
        ("page", "1", "/page invalid_type no page"),
        ("site", r#""x""#, "/site invalid_format no site"),
        ("site", "1", "/site invalid_type no text"),
        ("id", r#""x""#, "/id invalid_format no id"),
        ("id", "{}", "/id invalid_type no id"),
        ("day", r#""x""#, "/day invalid_format no day"),
        (
            "day",
            "1",
            "/day invalid_type expected string, received number",
        ),
        ("age", r#""x""#, "/age invalid_type no number"),
        ("age", "17", "/age too_small at least 18"),
        ("age", "100", "/age too_big at most 99"),
        ("even", "1.5", "/even invalid_type not whole"),
        ("even", "3", "/even not_multiple_of not even"),
        (
            "even",
            "true",
            "/even invalid_type expected integer, received boolean",
        ),
        ("even", "9007199254740994", "/even too_big not whole"),
        ("count", "1.5", "/count invalid_type no count"),
        ("count", "null", "/count invalid_type no count"),
        ("agreed", "1", "/agreed invalid_type yes or no"),
        ("role", r#""c""#, "/role invalid_value a or b"),
        ("role", "1", "/role invalid_value a or b"),
        ("role", "null", "/role invalid_value a or b"),
        ("kind", r#""y""#, "/kind invalid_value must be x"),
        ("kind", "{}", "/kind invalid_value must be x"),
        (
            "either",
            r#""abc""#,
            "/either invalid_union text or number\n/either too_big at most 2",
        ),
        (
            "either",
            "true",
            "/either invalid_union text or number\n/either invalid_type expected string, received boolean",
        ),
        ("list", "{}", "/list invalid_type no list"),
        ("list", "[]", "/list too_small empty"),
        (
            "list",
            r#"["a",1,"c"]"#,
            "/list/1 invalid_type no item\n/list too_big full",
        ),
        ("pair", "1", "/pair invalid_type no pair"),
        ("map", "[]", "/map invalid_type no map"),
        ("map", r#"{"a":"b"}"#, "/map/a invalid_type no value"),
        ("inner", "1", "/inner invalid_type no object"),
        (
            "inner",
            r#"{"a":1,"b":2}"#,
            "/inner/b unrecognized_keys no object",
        ),
        ("inner", "{}", "/inner/a invalid_type required, but missing"),
        ("shape", r#"{"t":"r"}"#, "/shape/t invalid_union no shape"),
        ("shape", "1", "/shape invalid_type no shape"),
        ("alias", "1", "/alias invalid_type a name, please"),
        (
            "nullable",
            "true",
            "/nullable invalid_type no number or null",
        ),
        (
            "plain",
            r#""a""#,
            "/plain too_small must have at least 2 character(s)",
        ),
    ];
    let mut failures = String::new();
    for (field, json, expected) in cases {
        let found = said(field, json).await;
        if found != expected {
            failures += &format!("\n{field} {json}\nfound    {found}\nexpected {expected}\n");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// Verdicts of Zod 4.6 on the same tuples.
#[tokio::test]
async fn places_of_tuples_may_be_absent() {
    let cases = [
        (r#"{"tail":["a",1]}"#, ""),
        (r#"{"tail":["a"]}"#, ""),
        (r#"{"tail":["a",1,2]}"#, "/tail too_big"),
        (r#"{"tail":[]}"#, "/tail too_small"),
        (r#"{"tail":["a","b"]}"#, "/tail/1 invalid_type"),
        (r#"{"tail":["a",null]}"#, "/tail/1 invalid_type"),
        (r#"{"tail":"a"}"#, "/tail invalid_type"),
        (r#"{"rest":["a",1,true]}"#, ""),
        (r#"{"rest":["a"]}"#, ""),
        (r#"{"rest":["a",true]}"#, "/rest/1 invalid_type"),
        (r#"{"all":["a",true,false]}"#, ""),
        (r#"{"all":["a",1]}"#, "/all/1 invalid_type"),
        (r#"{"none":[]}"#, ""),
        (r#"{"none":[null]}"#, "/none too_big"),
    ];
    for (json, expected) in cases {
        let found = post("tuples", json).await;
        let expected = if expected.is_empty() { json } else { expected };
        assert!(found.starts_with(expected), "{json} {found}");
    }
}

#[tokio::test]
async fn what_is_missing_is_told_so_in_the_words_of_the_contract() {
    let found = post("messages", "{}").await;
    let expected = [
        "/name invalid_type not a string",
        "/kind invalid_type must be x",
        "/alias invalid_type a name, please",
        "/nullable invalid_type no number or null",
    ];
    assert_eq!(found, expected.join("\n"));
    assert_eq!(post("root", "[]").await, " invalid_type an object, please");
    assert_eq!(post("root", "{}").await, "/a invalid_type no a");
}

#[tokio::test]
async fn parameters_are_refused_in_the_words_of_the_contract() {
    let get = |url: &str| Request::get(format!("/api/zod/words/{url}")).body(Body::empty());
    let found = answer(get("x?page=0&role=c&tags=a&tags=bb").expect("a request")).await;
    let expected = [
        "/id invalid_format no id",
        "/page too_small from 1",
        "/role invalid_value a or b",
        "/tags/0 too_small too short",
    ];
    assert_eq!(found, expected.join("\n"));
    let id = "00000000-0000-0000-0000-000000000001";
    let found = answer(get(&format!("{id}?tags=aa&tags=bb&tags=cc")).expect("a request")).await;
    assert_eq!(found, "/page invalid_type no page\n/tags too_big too many");
    let found = answer(get(&format!("{id}?page=x")).expect("a request")).await;
    assert_eq!(found, "/page invalid_type no page");
}
