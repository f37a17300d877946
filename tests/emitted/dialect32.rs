//! What OpenAPI 3.2 adds: methods beside the eight of HTTP, the query string as one parameter.

use axum::body::Body;
use axum::http::Request;

use super::{Answer, send};

async fn ask(method: &str, url: &str, body: &'static str) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/dialect32{url}"))
        .header("destination", "/elsewhere");
    let request = match body {
        "" => request.body(Body::empty()),
        _ => request
            .header("content-type", "application/json")
            .body(Body::from(body)),
    };
    send(request.unwrap()).await
}

#[tokio::test]
async fn other_methods_are_served_and_checked() {
    let answer = ask("QUERY", "/books", r#"{"title":"Dune"}"#).await;
    assert!(answer.text().contains("Dune"), "{}", answer.text());
    let answer = ask("QUERY", "/books", r#"{"title":"D"}"#).await;
    assert_eq!(answer.issues(), ["body /title too_small"]);
    let answer = ask("COPY", "/books", "").await;
    assert!(answer.text().contains("/elsewhere"), "{}", answer.text());
    assert_eq!(ask("MOVE", "/books", "").await.status, 200);
    let answer = ask("GET", "/books", "").await;
    assert_eq!(answer.status, 405);
    assert_eq!(answer.headers["allow"], "COPY, MOVE, OPTIONS, QUERY");
}

#[tokio::test]
async fn a_whole_query_string_is_one_parameter() {
    let answer = ask("GET", "/filtered?limit=3&tags=a&tags=b", "").await;
    assert!(
        answer
            .text()
            .contains(r#"limit: 3, tags: Some(["a", "b"])"#),
        "{}",
        answer.text()
    );
    let answer = ask("GET", "/filtered?limit=30", "").await;
    assert_eq!(answer.issues(), ["query /filter/limit too_big"]);
    let answer = ask("GET", "/filtered", "").await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn what_has_no_discriminator_is_what_the_default_mapping_says() {
    for (body, expected) in [
        (r#"{"kind":"round","radius":2}"#, "radius: 2"),
        (r#"{"kind":"Other","name":"Ann"}"#, "Ann"),
        (r#"{"kind":"square","name":"Bob"}"#, "Bob"),
        (r#"{"name":"Cid"}"#, "Cid"),
    ] {
        let answer = ask("POST", "/shapes", body).await;
        assert!(answer.text().contains(expected), "{}", answer.text());
    }
    let answer = ask("POST", "/shapes", r#"{"kind":"square"}"#).await;
    assert_eq!(answer.issues(), ["body /name invalid_type"]);
}

/// The events of `itemSchema` are typed: these wouldn't compile otherwise.
#[test]
fn events_carry_what_their_item_schema_says() {
    use contract::dialect32::schemas::{Note, Tick};

    let events = format!("{:?} {:?}", Tick::new(1).event(), Note::new("hi").event());
    assert!(events.contains(r#"{\"at\":1}"#), "{events}");
    assert!(events.contains(r#"{\"text\":\"hi\"}"#), "{events}");
}
