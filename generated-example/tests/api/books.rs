//! `/books`

use axum::http::Request;
use serde_json::{Value, json};

use crate::shop::{STAFF_KEY, Shop, url};

/// The first words of the titles that a query finds.
async fn titles(shop: &Shop, query: &str) -> Vec<String> {
    let page = shop.get(&format!("/books{query}")).await.expect(200).json();
    let books = page["items"].as_array().unwrap().iter();
    let first_word = |book: &Value| {
        let title = book["title"].as_str().unwrap();
        title.split(' ').next().unwrap_or_default().to_owned()
    };
    books.map(first_word).collect()
}

fn dune() -> Value {
    json!({
        "isbn": "9780441172719",
        "title": "Dune",
        "authors": ["Frank Herbert"],
        "genre": "fiction",
        "priceCents": 999,
    })
}

fn add() -> axum::http::request::Builder {
    Request::post(url("/books")).header("x-staff-key", STAFF_KEY)
}

#[tokio::test]
async fn the_newest_books_come_first_a_page_at_a_time() {
    let shop = Shop::open();
    let mut path = "/books?limit=3".to_owned();
    let mut pages = Vec::new();
    loop {
        let answer = shop.get(&path).await.expect(200);
        assert_eq!(answer.header("x-total-count"), "8");
        let page = answer.json();
        pages.push(page["items"].as_array().unwrap().len());
        match page["nextCursor"].as_str() {
            Some(cursor) => path = format!("/books?limit=3&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(pages, [3, 3, 2]);
    assert_eq!(
        titles(&shop, "?limit=2").await,
        ["Wuthering", "Frankenstein"]
    );
}

#[tokio::test]
async fn a_page_that_is_just_full_is_the_last() {
    let page = Shop::open().get("/books?limit=8").await.expect(200).json();
    assert_eq!(page["nextCursor"], Value::Null);
}

#[tokio::test]
async fn books_are_found_by_what_they_are() {
    let shop = Shop::open();
    for (query, expected) in [
        ("?genre=crime", &["The"] as &[_]),
        ("?tags=used", &["Wuthering", "Alice's", "Pride"]),
        ("?tags=used&tags=signed", &["Alice's"]),
        ("?price[min]=1200&price[max]=1600", &["On", "Les"]),
        ("?price%5Bmax%5D=800", &["The"]),
        ("?q=PREJ", &["Pride"]),
        ("?q=centre+earth", &["A"]),
        ("?q=OR", &["On"]),
        ("?q=%22--", &[]),
        ("?q=%20%20&genre=poetry", &["Les"]),
        ("?genre=fiction&tags=used&price[max]=870", &["Wuthering"]),
    ] {
        assert_eq!(titles(&shop, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn every_fault_of_a_query_is_reported() {
    let shop = Shop::open();
    let answer = shop
        .get("/books?limit=0&genre=horror&q=x&price[min]=-1")
        .await;
    answer.expect_issues(&[
        "query limit: too_small",
        "query q: too_small",
        "query genre: invalid_value",
        "query price min: too_small",
    ]);
}

#[tokio::test]
async fn a_cursor_that_is_not_ours_is_refused() {
    let answer = Shop::open().get("/books?cursor=elsewhere").await;
    answer.expect_issues(&["query cursor: custom"]);
}

#[tokio::test]
async fn a_new_book_is_where_its_location_says() {
    let shop = Shop::open();
    let mut new = dune();
    new["labels"] = json!({ "signed": "on page 3" });
    new["publishedOn"] = json!("1965-08-01");
    let answer = shop.send(add(), &new).await.expect(201);
    let book = answer.json();
    assert_eq!(book["inStock"], true);
    assert_eq!(book["blurb"], Value::Null);

    let found = shop
        .get(answer.header("location").strip_prefix("/api/v1").unwrap())
        .await;
    assert_eq!(found.expect(200).json(), book);
    assert_eq!(titles(&shop, "?tags=signed&limit=1").await, ["Dune"]);
    assert_eq!(titles(&shop, "?q=dune").await, ["Dune"]);
}

#[tokio::test]
async fn an_isbn_is_taken_once() {
    let shop = Shop::open();
    shop.send(add(), dune()).await.expect(201);
    let problem = shop.send(add(), dune()).await.expect(409);
    assert_eq!(problem.header("content-type"), "application/problem+json");
    assert_eq!(
        problem.json()["detail"],
        "there is a book with this ISBN already"
    );
}

#[tokio::test]
async fn every_fault_of_a_new_book_is_reported() {
    let mut new = dune();
    new["isbn"] = json!("0-441-17271-7");
    new["authors"] = json!([]);
    new["labels"] = json!({ "shelf": 7 });
    new.as_object_mut().unwrap().remove("title");
    let answer = Shop::open().send(add(), new).await;
    answer.expect_issues(&[
        "body authors: too_small",
        "body isbn: invalid_format",
        "body labels shelf: invalid_type",
        "body title: invalid_type",
    ]);
}

#[tokio::test]
async fn only_json_is_taken() {
    let shop = Shop::open();
    shop.send(add(), "{").await.expect(400);
    shop.send(add(), "").await.expect(400);
    let text = add().header("content-type", "text/plain");
    let response = shop.respond(text, "Dune".into()).await;
    assert_eq!(response.status(), 415);
}
