//! `/orders` and `/orders/{orderId}`

use axum::http::Request;
use serde_json::{Value, json};

use crate::shop::{Answer, FRANKENSTEIN, NOTHING, PRIDE, Shop, url};

/// An order of some copies of a book for 8.99.
fn copies(quantity: u32, payment: Value) -> Value {
    json!({ "items": [{ "bookId": PRIDE, "quantity": quantity }], "payment": payment })
}

fn card() -> Value {
    json!({ "method": "card", "token": "tok_12345678" })
}

fn voucher(code: &str) -> Value {
    json!({ "method": "voucher", "code": code })
}

async fn place(shop: &Shop, order: Value) -> Answer {
    let cookie = shop.cookie().await;
    let request = Request::post(url("/orders")).header("cookie", cookie);
    shop.send(request, order).await
}

#[tokio::test]
async fn an_order_is_where_its_location_says() {
    let shop = Shop::open();
    let answer = place(&shop, copies(2, card())).await.expect(201);
    let order = answer.json();
    assert_eq!(order["status"], "placed");
    assert_eq!(order["totalCents"], 2 * 899);
    assert_eq!(order["items"], json!([{ "bookId": PRIDE, "quantity": 2 }]));

    let request = Request::get(answer.header("location")).header("cookie", shop.cookie().await);
    assert_eq!(shop.send(request, "").await.expect(200).json(), order);
}

#[tokio::test]
async fn an_order_is_paid_in_one_of_three_ways() {
    let shop = Shop::open();
    let invoice = json!({ "method": "invoice", "email": "ada@example.com", "dueDays": 30 });
    for payment in [card(), invoice, voucher("GIFT-2026")] {
        place(&shop, copies(1, payment)).await.expect(201);
    }
}

#[tokio::test]
async fn a_voucher_pays_once_and_no_more_than_it_is_worth() {
    let shop = Shop::open();
    place(&shop, copies(1, voucher("GIFT-1999")))
        .await
        .expect(409);
    place(&shop, copies(3, voucher("GIFT-2026")))
        .await
        .expect(409);
    place(&shop, copies(2, voucher("GIFT-2026")))
        .await
        .expect(201);
    let problem = place(&shop, copies(1, voucher("GIFT-2026")))
        .await
        .expect(409);
    assert_eq!(
        problem.json()["detail"],
        "the voucher does not pay for this"
    );
}

#[tokio::test]
async fn only_books_in_stock_can_be_ordered() {
    let shop = Shop::open();
    for book in [FRANKENSTEIN, NOTHING] {
        let mut order = copies(1, card());
        let item = json!({ "bookId": book, "quantity": 1 });
        order["items"].as_array_mut().unwrap().push(item);
        place(&shop, order).await.expect(409);
    }
}

#[tokio::test]
async fn an_order_is_checked() {
    let shop = Shop::open();
    for (order, issues) in [
        (copies(0, card()), "body items 0 quantity: too_small"),
        (
            copies(1, json!({ "method": "cash" })),
            "body payment method: invalid_union",
        ),
        (
            copies(1, voucher("gift-2026")),
            "body payment code: invalid_format",
        ),
        (
            copies(
                1,
                json!({ "method": "invoice", "email": "ada@example.com", "dueDays": 15 }),
            ),
            "body payment dueDays: invalid_value",
        ),
        (
            json!({ "items": [], "payment": card() }),
            "body items: too_small",
        ),
    ] {
        place(&shop, order).await.expect_issues(&[issues]);
    }
}
