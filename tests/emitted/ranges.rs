//! Ranges of media types, and JSON under other names.

use axum::body::Body;
use axum::http::Request;

use super::{Answer, send};

async fn post(url: &str, media: &str, body: &'static str) -> Answer {
    let request = Request::post(format!("/api/ranges/{url}")).header("content-type", media);
    send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn what_can_be_nothing_but_json_is_json_in_any_range() {
    for media in ["application/json", "text/plain", "application/vnd.x+json"] {
        let answer = post("any", media, r#"{"text":"so"}"#).await;
        assert_eq!(answer.text(), r#"{"text":"so"}"#, "{media}");
        assert_eq!(answer.headers["content-type"], "application/json");
    }
    let answer = post("any", "text/plain", r#"{"text":"x"}"#).await;
    assert_eq!(answer.issues(), ["body /text too_small"]);
    assert_eq!(post("any", "text/plain", "plain").await.status, 400);
    let answer = post("application", "application/x", "[1,2]").await;
    assert_eq!(answer.text(), "[1,2]");
    assert_eq!(post("application", "text/x", "[1,2]").await.status, 415);
}

#[tokio::test]
async fn text_of_any_type_is_bytes() {
    let answer = post("bytes", "image/png", "12345").await;
    assert_eq!(answer.text(), "5");
    assert_eq!(answer.headers["content-type"], "application/hal+json");
}

#[tokio::test]
async fn each_type_has_a_schema_of_its_own() {
    let kind = async |media: &str, body| {
        let answer = post("suffix", media, body).await;
        assert_eq!(
            answer.headers["content-type"],
            "application/kind+json",
            "{}",
            answer.text()
        );
        answer.text()
    };
    assert_eq!(
        kind("application/json", r#"{"text":"so"}"#).await,
        r#"{"kind":"so"}"#
    );
    assert_eq!(
        kind("application/a+json", r#"["a","b"]"#).await,
        r#"{"kind":"a b"}"#
    );
    assert_eq!(
        kind("application/A+JSON; q=1", r#"["a"]"#).await,
        r#"{"kind":"a"}"#
    );
    assert_eq!(
        kind("application/vnd.count+json;version=2", "7").await,
        r#"{"kind":"7"}"#
    );
    assert_eq!(
        kind("text/plain", r#"["a"]"#).await,
        r#"{"kind":"5 bytes"}"#
    );
}
