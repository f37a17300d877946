//! Requests that would like to cost more than they should.

use axum::body::Body;
use axum::http::Request;

use super::schemas::check;
use super::{Answer, send};

async fn post(url: &str, media: &str, body: String) -> Answer {
    let request = Request::post(format!("/api/limits/{url}")).header("content-type", media);
    send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn patterns_are_tried_within_bounds() {
    check(
        "limits",
        &[
            ("patterns", r#"{"short":"bbbb"}"#, "body /short too_big"),
            (
                "patterns",
                r#"{"short":"b"}"#,
                "body /short invalid_format, body /short invalid_format",
            ),
            ("patterns", r#"{"hard":["aab","b"]}"#, ""),
        ],
    )
    .await;
    let hard = vec![format!("\"{}\"", "a".repeat(40)); 3000].join(",");
    let start = std::time::Instant::now();
    let answer = post(
        "patterns",
        "application/json",
        format!(r#"{{"hard":[{hard}]}}"#),
    )
    .await;
    assert_eq!(answer.issues().len(), 100);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
