//! `/orders/{orderId}/events`

use axum::body::{Body, BodyDataStream};
use axum::http::Request;
use bookshop::warehouse;
use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::shop::{NOTHING, PRIDE, Shop, url};

/// Ada, who has ordered a book.
struct Customer {
    shop: Shop,
    cookie: String,
    events: String,
}

impl Customer {
    async fn new() -> Self {
        let shop = Shop::open();
        let cookie = shop.cookie().await;
        let order = json!({
            "items": [{ "bookId": PRIDE, "quantity": 1 }],
            "payment": { "method": "card", "token": "tok_12345678" },
        });
        let request = Request::post(url("/orders")).header("cookie", &cookie);
        let answer = shop.send(request, order).await.expect(201);
        let events = format!("{}/events", answer.header("location"));
        Self {
            shop,
            cookie,
            events,
        }
    }

    /// Begins to listen, after the event that was seen last.
    async fn follow(&self, seen: Option<&str>) -> BodyDataStream {
        let mut request = Request::get(&self.events).header("cookie", &self.cookie);
        if let Some(id) = seen {
            request = request.header("last-event-id", id);
        }
        let response = self.shop.respond(request, Body::empty()).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        response.into_body().into_data_stream()
    }
}

/// The id of the next event and the status that it tells; nothing at the end.
async fn next(events: &mut BodyDataStream) -> Option<(String, String)> {
    let event = events.next().await?.unwrap();
    let event = std::str::from_utf8(&event).unwrap();
    let field = |name| event.lines().find_map(|line| line.strip_prefix(name));
    let data: Value = serde_json::from_str(field("data: ").unwrap()).unwrap();
    let status = data["status"].as_str().unwrap();
    Some((field("id: ").unwrap().to_owned(), status.to_owned()))
}

#[tokio::test]
async fn events_come_as_the_order_moves_and_end_when_it_arrives() {
    let customer = Customer::new().await;
    let mut events = customer.follow(None).await;
    for status in ["placed", "packed", "shipped", "delivered"] {
        assert_eq!(next(&mut events).await.unwrap().1, status);
        warehouse::work(&customer.shop.state).await.unwrap();
    }
    assert_eq!(next(&mut events).await, None);
}

#[tokio::test]
async fn a_listener_who_waits_is_woken() {
    let customer = Customer::new().await;
    let mut events = customer.follow(None).await;
    next(&mut events).await.unwrap();
    let (event, worked) = tokio::join!(next(&mut events), warehouse::work(&customer.shop.state));
    worked.unwrap();
    assert_eq!(event.unwrap().1, "packed");
}

#[tokio::test]
async fn a_listener_who_comes_back_misses_nothing() {
    let customer = Customer::new().await;
    let mut events = customer.follow(None).await;
    let (seen, _) = next(&mut events).await.unwrap();
    drop(events);
    for _ in 0..3 {
        warehouse::work(&customer.shop.state).await.unwrap();
    }

    let mut events = customer.follow(Some(&seen)).await;
    for status in ["packed", "shipped", "delivered"] {
        assert_eq!(next(&mut events).await.unwrap().1, status);
    }
    assert_eq!(next(&mut events).await, None);
}

#[tokio::test]
async fn a_listener_who_has_seen_all_is_sent_home() {
    let customer = Customer::new().await;
    for _ in 0..3 {
        warehouse::work(&customer.shop.state).await.unwrap();
    }
    let mut events = customer.follow(Some("4")).await;
    assert_eq!(next(&mut events).await, None);
}

#[tokio::test]
async fn an_order_that_is_not_there_has_no_events() {
    let shop = Shop::open();
    let events = Request::get(url(&format!("/orders/{NOTHING}/events")));
    let events = events.header("cookie", shop.cookie().await);
    shop.send(events, "").await.expect(404);
}
