//! `/books/{bookId}/reviews`

use axum::http::Request;
use serde_json::json;

use crate::shop::{HOUND, NOTHING, PRIDE, Shop, url};

#[tokio::test]
async fn a_new_review_comes_first() {
    let shop = Shop::open();
    let path = format!("/books/{PRIDE}/reviews");
    let old = shop.get(&path).await.expect(200).json();
    assert_eq!(
        (&old[0]["by"], &old[1]["by"]),
        (&json!("George"), &json!("Mary"))
    );

    // What a client says of fields that are read-only doesn't count.
    let new = json!({ "id": NOTHING, "stars": 3, "by": "Ada" });
    let review = shop
        .send(Request::post(url(&path)), new)
        .await
        .expect(201)
        .json();
    assert_ne!(review["id"], NOTHING);
    assert_eq!(shop.get(&path).await.json()[0], review);
}

#[tokio::test]
async fn a_review_changes_the_rating_and_the_version() {
    let shop = Shop::open();
    let path = format!("/books/{HOUND}");
    let before = shop.get(&path).await.expect(200);
    let review = json!({ "stars": 4, "by": "Ada" });
    let reviews = Request::post(url(&format!("{path}/reviews")));
    shop.send(reviews, review).await.expect(201);

    let after = shop.get(&path).await.expect(200);
    assert_eq!(after.json()["rating"], 4.0);
    assert_ne!(after.header("etag"), before.header("etag"));
}

#[tokio::test]
async fn a_review_needs_a_book() {
    let shop = Shop::open();
    let path = format!("/books/{NOTHING}/reviews");
    shop.get(&path).await.expect(404);
    let review = json!({ "stars": 4, "by": "Ada" });
    shop.send(Request::post(url(&path)), review)
        .await
        .expect(404);
}

#[tokio::test]
async fn a_review_is_checked() {
    let reviews = Request::post(url(&format!("/books/{PRIDE}/reviews")));
    let answer = Shop::open()
        .send(reviews, json!({ "by": "", "stars": 6 }))
        .await;
    answer.expect_issues(&["body by: too_small", "body stars: too_big"]);
}
