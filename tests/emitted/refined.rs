//! What contracts say beyond the types of values: `not`, `if`, `contains` and their like.

use axum::body::Body;
use axum::http::Request;

use super::schemas::check;
use super::{Answer, send};

async fn post(url: &str, media: &str, body: String) -> Answer {
    let request = Request::post(format!("/api/refined/{url}")).header("content-type", media);
    send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn what_is_ruled_out_is_refused() {
    check(
        "refined",
        &[
            ("not", r#"{"a":"x"}"#, ""),
            ("not", r#"{"b":4}"#, ""),
            ("not", r#"{"a":"x","b":4}"#, "body  custom"),
            ("not", r#"{"b":6}"#, "body /b custom"),
            ("not", r#"{"c":null}"#, ""),
            ("not", r#"{"c":"long"}"#, "body /c custom"),
            ("not", r#"{"d":"x"}"#, ""),
            (
                "not",
                r#"{"d":"67e55044-10b1-426f-9247-bb680e5fe0c8"}"#,
                "body /d custom",
            ),
            // Nobody can tell, so nothing is refused.
            ("not", r#"{"e":"::1"}"#, ""),
            // What is wrong with the type is told beside it.
            (
                "not",
                r#"{"a":1,"b":4}"#,
                "body /a invalid_type, body  custom",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn conditions_decide_what_must_hold() {
    check(
        "refined",
        &[
            ("payment", r#"{"method":"cash"}"#, ""),
            ("payment", r#"{"method":"card","number":"1234"}"#, ""),
            (
                "payment",
                r#"{"method":"card"}"#,
                "body /number invalid_type",
            ),
            (
                "payment",
                r#"{"method":"card","number":"12"}"#,
                "body /number invalid_format",
            ),
            // Of another type it is wrong once, not twice.
            (
                "payment",
                r#"{"method":"card","number":1}"#,
                "body /number invalid_type",
            ),
            (
                "payment",
                r#"{"method":"cash","number":"1234"}"#,
                "body  custom",
            ),
            (
                "payment",
                r#"{"method":"cash","change":1}"#,
                "body /note invalid_type",
            ),
            (
                "payment",
                r#"{"method":"cash","change":1.5,"note":"short"}"#,
                "",
            ),
            (
                "payment",
                r#"{"method":"cash","note":"too long"}"#,
                "body /note too_big",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn items_of_a_kind_are_counted() {
    let owner = r#"{"kind":"owner","share":1}"#;
    let other = r#"{"share":2}"#;
    check(
        "refined",
        &[
            ("list", &format!("[{other},{owner}]"), ""),
            ("list", &format!("[{other}]"), "body  too_small"),
            (
                "list",
                &format!("[{owner},{owner},{owner}]"),
                "body  too_big",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn keys_are_looked_at_by_their_patterns() {
    check(
        "refined",
        &[
            ("headers", r#"{"x-a":[1,2]}"#, ""),
            ("headers", r#"{"x-a":["1"]}"#, "body /x-a/0 invalid_type"),
            ("headers", r#"{"y":[1]}"#, "body /y unrecognized_keys"),
            (
                "headers",
                r#"{"x-too-long":[1]}"#,
                "body /x-too-long invalid_key",
            ),
            (
                "mixed",
                r#"{"id":1,"s_a":"x","n_a":1.5,"other":[{}]}"#,
                r#"{"id":1,"n_a":1.5,"other":[{}],"s_a":"x"}"#,
            ),
            (
                "mixed",
                r#"{"s_a":1,"n_a":0}"#,
                "body /s_a invalid_type, body /n_a too_small",
            ),
        ],
    )
    .await;
    // One schema for all makes a typed map.
    use contract::refined::routes::headers::PostRequest;
    let _: fn(std::collections::BTreeMap<String, Vec<i64>>) -> PostRequest =
        |body| PostRequest { body };
}

#[tokio::test]
async fn what_nothing_has_looked_at_is_refused() {
    check(
        "refined",
        &[
            ("closed", r#"{"a":"x","b":"y","c":"z"}"#, ""),
            (
                "closed",
                r#"{"a":"x","b":"y","d":"z"}"#,
                "body /d unrecognized_keys",
            ),
            // The branch that doesn't match has looked at nothing.
            ("closed", r#"{"b":"y","c":1}"#, "body /c unrecognized_keys"),
            (
                "tree",
                r#"{"name":"ab","children":[{"name":"cd","children":[]}]}"#,
                "",
            ),
            (
                "tree",
                r#"{"children":[{"children":[{"name":"c"}]}]}"#,
                "body /children/0/children/0/name too_small",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn forms_and_parameters_are_looked_at_as_text() {
    let form =
        async |body: &str| post("form", "application/x-www-form-urlencoded", body.to_owned()).await;
    assert_eq!(form("from=3&to=5").await.text(), r#"{"from":3,"to":5}"#);
    assert_eq!(form("to=5").await.issues(), ["body /from invalid_type"]);
    assert_eq!(form("from=30&to=5").await.issues(), ["body /from too_big"]);
    let told = async |word: &str, body: &str| {
        let url = format!("told?word={word}");
        post(&url, "application/json", body.to_owned()).await
    };
    assert_eq!(told("some", "{}").await.text(), "{}");
    assert_eq!(
        told("none", r#"{"a":1}"#).await.issues(),
        ["query /word custom", "body  custom"]
    );
}

#[tokio::test]
async fn looking_again_and_again_has_an_end() {
    let nested =
        |open: &str, levels: usize| format!("{}{{}}{}", open.repeat(levels), "}".repeat(levels));
    let open = r#"{"no":1,"in":"#;
    check(
        "refined",
        &[("deep", &nested(open, 6), &nested(r#"{"in":"#, 6))],
    )
    .await;
    let answer = post("deep", "application/json", nested(open, 100)).await;
    assert_eq!(answer.status, 400);
    assert!(answer.text().contains("too much work"), "{}", answer.text());
    // What is so only if it isn't so is not looked at for ever.
    let answer = post("paradox", "application/json", "{}".to_owned()).await;
    assert!(answer.text().contains("too much work"), "{}", answer.text());
}

/// In a request, what is read-only isn't counted on: it may be missing, and nothing hangs on it.
#[tokio::test]
async fn what_only_responses_have_is_asked_of_no_request() {
    for (body, issues) in [
        (r#"{"name":"a","note":"b"}"#, ""),
        (r#"{"name":"a"}"#, "body  too_small"),
        (r#"{"id":1,"name":"a"}"#, ""),
        (r#"{"name":"a","key":"k"}"#, "body /note invalid_type"),
        (r#"{"name":"a","key":"k","note":"b"}"#, ""),
        (r#"{"name":"a","more":"m"}"#, "body  too_small"),
        (r#"{"name":"a","more":"m","note":"b"}"#, ""),
    ] {
        let answer = post("directed", "application/json", body.to_owned()).await;
        assert_eq!(answer.status == 200, issues.is_empty(), "{body}");
        if issues.is_empty() {
            assert!(!answer.text().contains("id"), "{body}");
        } else {
            assert_eq!(answer.issues(), [issues], "{body}");
        }
    }
}
