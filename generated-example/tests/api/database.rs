//! The database in a file.

use std::fs;
use std::path::Path;

use axum::http::Request;
use bookshop::store::Store;
use serde_json::json;

use crate::shop::{HOUND, Shop, url};

#[tokio::test]
async fn a_shop_in_a_file_outlives_its_server() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("database");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("shop.db");
    let path = format!("/books/{HOUND}/reviews");

    let shop = Shop::on(Store::open(&file).unwrap());
    let review = json!({ "stars": 4, "by": "Ada" });
    shop.send(Request::post(url(&path)), review)
        .await
        .expect(201);
    drop(shop);

    let shop = Shop::on(Store::open(&file).unwrap());
    assert_eq!(shop.get(&path).await.expect(200).json()[0]["by"], "Ada");
    assert_eq!(shop.get("/books").await.header("x-total-count"), "8");
}
