//! Who may do what.

use axum::http::Request;
use axum::http::request::Builder;
use base64ct::{Base64UrlUnpadded, Encoding};
use bookshop::store::Store;
use bookshop::{Keys, State};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;

use crate::shop::{ACCOUNT_KEY, NOTHING, PRIDE, STAFF_KEY, Shop, url};

/// A token for somebody, which is good for a long time.
fn bearer(customer: &str, key: &str) -> String {
    let header = json!({ "alg": "HS256", "typ": "JWT" }).to_string();
    let claims = json!({ "sub": customer, "exp": 4_000_000_000u64 }).to_string();
    let parts = [header, claims].map(|part| Base64UrlUnpadded::encode_string(part.as_bytes()));
    let signed = parts.join(".");
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    let signature = mac.chain_update(&signed).finalize().into_bytes();
    format!(
        "Bearer {signed}.{}",
        Base64UrlUnpadded::encode_string(&signature)
    )
}

fn order() -> serde_json::Value {
    json!({
        "items": [{ "bookId": PRIDE, "quantity": 1 }],
        "payment": { "method": "card", "token": "tok_12345678" },
    })
}

fn orders() -> Builder {
    Request::post(url("/orders"))
}

#[tokio::test]
async fn an_order_needs_an_account_or_a_session() {
    let shop = Shop::open();
    let answer = shop.send(orders(), order()).await.expect(401);
    let challenges = answer.headers.get_all("www-authenticate");
    assert_eq!(
        challenges.iter().collect::<Vec<_>>(),
        ["Bearer", "Cookie realm=\"session\""]
    );

    let account = orders().header("authorization", bearer("ada", ACCOUNT_KEY));
    shop.send(account, order()).await.expect(201);
    let session = orders().header("cookie", shop.cookie().await);
    shop.send(session, order()).await.expect(201);
}

#[tokio::test]
async fn one_of_two_credentials_is_enough() {
    let shop = Shop::open();
    let forged = bearer("ada", "another key");
    let request = orders().header("authorization", &forged);
    shop.send(request, order()).await.expect(401);
    let request = orders()
        .header("authorization", &forged)
        .header("cookie", shop.cookie().await);
    shop.send(request, order()).await.expect(201);
}

#[tokio::test]
async fn credentials_come_before_everything_else() {
    let shop = Shop::open();
    shop.send(orders(), "{").await.expect(401);
    let cookie = orders().header("cookie", "session=guessed");
    shop.send(cookie, order()).await.expect(401);
}

#[tokio::test]
async fn an_order_is_its_customers_alone() {
    let shop = Shop::open();
    let request = orders().header("authorization", bearer("ada", ACCOUNT_KEY));
    let answer = shop.send(request, order()).await.expect(201);
    for (customer, status) in [("ada", 200), ("eve", 404)] {
        let request = Request::get(answer.header("location"))
            .header("authorization", bearer(customer, ACCOUNT_KEY));
        shop.send(request, "").await.expect(status);
    }
}

#[tokio::test]
async fn the_shelves_are_for_staff() {
    let shop = Shop::open();
    let book = url(&format!("/books/{NOTHING}"));
    let cover = format!("{book}/cover");
    for (method, url) in [
        ("POST", &url("/books")),
        ("PATCH", &book),
        ("DELETE", &book),
        ("PUT", &cover),
    ] {
        let request = || Request::builder().method(method).uri(url);
        shop.send(request(), "").await.expect(401);
        let wrong = request().header("x-staff-key", "the staff's keys");
        shop.send(wrong, "").await.expect(401);
    }
    let right = Request::delete(&book).header("x-staff-key", STAFF_KEY);
    shop.send(right, "").await.expect(404);
}

#[tokio::test]
async fn a_key_that_is_not_set_opens_nothing() {
    let store = Store::in_memory().unwrap();
    let shop = Shop::with(State::new(store, Keys::default()));
    let account = orders().header("authorization", bearer("ada", ""));
    shop.send(account, order()).await.expect(401);
    let staff = Request::post(url("/books")).header("x-staff-key", "");
    shop.send(staff, "").await.expect(401);
}
