//! Bodies and responses that are sequences of JSON values.

use std::pin::Pin;
use std::task::{Context, Poll};

use super::{Answer, send};
use axum::body::{Body, to_bytes};
use axum::http::Request;

/// A body that arrives in these pieces.
struct Pieces(std::vec::IntoIter<Vec<u8>>);

impl futures_core::Stream for Pieces {
    type Item = Result<Vec<u8>, std::convert::Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(Ok))
    }
}

async fn post(url: &str, media: &str, body: Body) -> Answer {
    let request = Request::post(format!("/api/items/{url}")).header("content-type", media);
    send(request.body(body).unwrap()).await
}

async fn notes(text: &str) -> Answer {
    post("notes", "application/x-ndjson", Body::from(text.to_owned())).await
}

#[tokio::test]
async fn lines_are_read_and_written() {
    let answer =
        notes("{\"text\":\"one\"}\r\n\n  {\"text\":\"two\",\"next\":{\"text\":\"in\"}} \n").await;
    assert_eq!(
        answer.text(),
        "{\"text\":\"one\"}\n{\"text\":\"two\",\"next\":{\"text\":\"in\"}}\n"
    );
    assert_eq!(answer.headers["content-type"], "application/jsonl");
    assert_eq!(answer.headers["x-kind"], "notes");
    // The last line needs no end.
    assert_eq!(
        notes("{\"text\":\"one\"}").await.text(),
        "{\"text\":\"one\"}\n"
    );
    assert_eq!(notes("").await.text(), "");
    assert_eq!(notes("\n \n").await.text(), "");
}

#[tokio::test]
async fn a_line_may_arrive_in_pieces() {
    let text = "{\"text\":\"öne\"}\n{\"text\":\"two\"}\n\n{\"text\":\"three\"}";
    for size in 1..20 {
        let pieces: Vec<Vec<u8>> = text.as_bytes().chunks(size).map(<[u8]>::to_vec).collect();
        let body = Body::from_stream(Pieces(pieces.into_iter()));
        let answer = post("notes", "application/x-ndjson", body).await;
        assert_eq!(answer.text(), format!("{}\n", text.replace("\n\n", "\n")));
    }
}

#[tokio::test]
async fn a_wrong_item_is_told_with_its_index() {
    let answer = notes("{\"text\":\"one\"}\n{\"text\":\"x\",\"next\":{}}\n{}\n").await;
    assert_eq!(
        answer.issues(),
        ["body /1/text too_small", "body /1/next/text invalid_type"]
    );
    assert_eq!(answer.status, 400);
    let answer = notes("{\"text\":\"one\"}\n{\"text\":\n").await;
    assert_eq!(answer.status, 400);
    assert!(
        answer.text().contains("item 1 of the body is not JSON"),
        "{}",
        answer.text()
    );
    // Two values in a line are one too many.
    let answer = notes("{\"text\":\"one\"} {\"text\":\"two\"}\n").await;
    assert!(
        answer.text().contains("item 0 of the body"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn an_item_that_is_wrong_ends_nothing() {
    let body = "{\"text\":\"one\"}\nnull\nnot\n{\"text\":\"two\"}";
    let answer = post("skipped", "application/ndjson", Body::from(body)).await;
    let text = answer.text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert_eq!((lines[0], lines[3]), ("one", "two"));
    assert_eq!(
        lines[1],
        "item 1 of the body is not what the contract says: /1 expected object, received null (1)"
    );
    assert!(
        lines[2].starts_with("item 2 of the body is not JSON"),
        "{text}"
    );
    let answer = post(
        "skipped",
        "application/json",
        Body::from("{\"text\":\"so\"}"),
    )
    .await;
    assert_eq!(answer.text(), "one so");
    let answer = post("skipped", "application/jsonlines", Body::from("1\n2\n")).await;
    assert_eq!(answer.text(), "4 bytes");
}

#[tokio::test]
async fn records_begin_with_their_separator() {
    let count = |text: &'static str| post("counts", "application/json-seq", Body::from(text));
    let answer = count("\u{1e}1\n\u{1e}\u{1e}2 \n").await;
    assert_eq!(answer.text(), "\u{1e}1\n\u{1e}2\n");
    assert_eq!(
        answer.headers["content-type"],
        "application/vnd.count+json-seq"
    );
    let answer = count("\u{1e}10\n\u{1e}9\n\u{1e}\"x\"\n").await;
    assert_eq!(answer.issues(), ["body /0 too_big", "body /2 invalid_type"]);
    // A number that nothing stands behind may be the half of one (RFC 7464, §2.4).
    let answer = count("\u{1e}1\n\u{1e}2").await;
    assert!(
        answer.text().contains("item 1 of the body"),
        "{}",
        answer.text()
    );
    let answer = count("1\n\u{1e}2\n").await;
    assert!(
        answer.text().contains("record separator"),
        "{}",
        answer.text()
    );
    let nothing = Request::post("/api/items/counts")
        .body(Body::empty())
        .unwrap();
    assert_eq!(send(nothing).await.status, 200);
}

#[tokio::test]
async fn a_sequence_is_as_long_as_a_body_may_be() {
    let record = format!("\u{1e}1{}\n", " ".repeat(1 << 20)).into_bytes();
    let pieces = vec![record.clone(), record];
    let body = Body::from_stream(Pieces(pieces.into_iter()));
    let answer = post("counts", "application/json-seq", body).await;
    assert_eq!(answer.status, 413);
    let body = Body::from("x".repeat((2 << 20) + 1));
    assert_eq!(
        post("notes", "application/x-ndjson", body).await.status,
        413
    );
}

/// Twenty texts of a request may make a pattern try hard; those in one line are no other request's.
#[tokio::test]
async fn lines_share_what_patterns_may_cost() {
    let line = format!("{{\"text\":\"{}\"}}\n", "y".repeat(5_000));
    let answer = notes(&line).await;
    assert_eq!(answer.issues(), ["body /0/text invalid_format"]);
    assert_eq!(
        notes("{\"text\":\"yes\"}\n{\"text\":\"now\"}\n")
            .await
            .issues(),
        ["body /1/text invalid_format"]
    );
}

/// One item, and then nothing but trouble.
struct Trouble(bool);

impl futures_core::Stream for Trouble {
    type Item = Result<String, axum::BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let is_first = !std::mem::replace(&mut self.0, true);
        Poll::Ready(Some(match is_first {
            true => Ok("a\nb".to_owned()),
            false => Err("trouble".into()),
        }))
    }
}

#[tokio::test]
async fn an_error_in_the_middle_breaks_off() {
    use contract::items::routes::broken::GetResponse;
    use contract::{IntoResponse, Items};

    let body = |response: GetResponse| response.into_response().into_body();
    let whole = body(GetResponse::Ok(Items::from(vec!["a\nb".to_owned()])));
    let whole = to_bytes(whole, usize::MAX).await.unwrap();
    assert_eq!(whole, "\"a\\nb\"\n");
    let broken = body(GetResponse::Ok(Items::new(Trouble(false))));
    assert!(to_bytes(broken, usize::MAX).await.is_err());
}
