//! `/books/{bookId}`

use axum::http::Request;
use serde_json::{Value, json};

use crate::shop::{Answer, HOUND, NOTHING, PRIDE, STAFF_KEY, Shop, url};

async fn book(shop: &Shop, id: &str) -> Answer {
    shop.get(&format!("/books/{id}")).await
}

async fn patch(shop: &Shop, id: &str, if_match: Option<&str>, patch: Value) -> Answer {
    let request = Request::patch(url(&format!("/books/{id}"))).header("x-staff-key", STAFF_KEY);
    let request = match if_match {
        Some(tag) => request.header("if-match", tag),
        None => request,
    };
    shop.send(request, patch).await
}

#[tokio::test]
async fn a_book_has_the_mean_of_its_reviews() {
    let shop = Shop::open();
    assert_eq!(book(&shop, PRIDE).await.expect(200).json()["rating"], 4.5);
    assert_eq!(
        book(&shop, HOUND).await.expect(200).json().get("rating"),
        None
    );
}

#[tokio::test]
async fn a_book_that_is_not_there_is_not_found() {
    let shop = Shop::open();
    let problem = book(&shop, NOTHING).await.expect(404).json();
    assert_eq!(problem["detail"], "there is no such book");
    book(&shop, "dune")
        .await
        .expect_issues(&["path bookId: invalid_format"]);
}

#[tokio::test]
async fn a_patch_changes_what_it_names() {
    let shop = Shop::open();
    let before = book(&shop, PRIDE).await.json();
    let after = patch(
        &shop,
        PRIDE,
        None,
        json!({ "priceCents": 500, "inStock": false }),
    )
    .await;

    let mut expected = before;
    expected["priceCents"] = json!(500);
    expected["inStock"] = json!(false);
    assert_eq!(after.expect(200).json(), expected);
    assert_eq!(book(&shop, PRIDE).await.json(), expected);
}

#[tokio::test]
async fn a_blurb_is_kept_replaced_or_cleared() {
    let shop = Shop::open();
    for (body, expected) in [
        (json!({}), json!("A truth universally acknowledged.")),
        (json!({ "blurb": "Read it." }), json!("Read it.")),
        (json!({ "blurb": null }), Value::Null),
    ] {
        let answer = patch(&shop, PRIDE, None, body).await.expect(200);
        assert_eq!(answer.json()["blurb"], expected);
    }
}

#[tokio::test]
async fn a_renamed_book_is_found_by_its_new_title() {
    let shop = Shop::open();
    patch(&shop, HOUND, None, json!({ "title": "The Cat" }))
        .await
        .expect(200);
    for (word, found) in [("hound", 0), ("cat", 1)] {
        let page = shop.get(&format!("/books?q={word}")).await.json();
        assert_eq!(page["items"].as_array().unwrap().len(), found, "{word}");
    }
}

#[tokio::test]
async fn a_stale_change_is_refused() {
    let shop = Shop::open();
    let tag = book(&shop, PRIDE).await.header("etag").to_owned();
    let cheaper = json!({ "priceCents": 1 });
    patch(&shop, PRIDE, Some(&tag), cheaper.clone())
        .await
        .expect(200);
    patch(&shop, PRIDE, Some(&tag), cheaper.clone())
        .await
        .expect(412);

    assert_ne!(book(&shop, PRIDE).await.header("etag"), tag);
    patch(&shop, PRIDE, Some("*"), cheaper.clone())
        .await
        .expect(200);
    let tag = book(&shop, PRIDE).await.header("etag").to_owned();
    let tags = format!("\"other\", {tag}");
    patch(&shop, PRIDE, Some(&tags), cheaper).await.expect(200);
}

#[tokio::test]
async fn a_patch_is_checked() {
    let shop = Shop::open();
    patch(&shop, NOTHING, None, json!({})).await.expect(404);
    let body = json!({ "genre": null, "isbn": "9780000000011" });
    let answer = patch(&shop, PRIDE, None, body).await;
    answer.expect_issues(&["body genre: invalid_value", "body isbn: unrecognized_keys"]);
}

#[tokio::test]
async fn a_removed_book_is_gone_with_its_reviews() {
    let shop = Shop::open();
    let remove =
        || Request::delete(url(&format!("/books/{PRIDE}"))).header("x-staff-key", STAFF_KEY);
    let answer = shop.send(remove(), "").await.expect(204);
    assert!(answer.body.is_empty());
    shop.send(remove(), "").await.expect(404);
    book(&shop, PRIDE).await.expect(404);
    shop.get(&format!("/books/{PRIDE}/reviews"))
        .await
        .expect(404);
    assert_eq!(
        shop.get("/books?q=prejudice").await.header("x-total-count"),
        "0"
    );
}
