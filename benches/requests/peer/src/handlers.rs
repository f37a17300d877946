//! The same handlers as those of the emitted project.

use std::sync::Arc;

use axum::Json;
use axum::extract::{self, Path, Query};
use axum::http::StatusCode;

use crate::error::{Error, Issues};
use crate::models::{
    Category, ListQuery, NewOrder, Price, PriceQuery, Product, ProductPage, Receipt, Size,
};

pub struct State {
    products: Vec<Product>,
}

impl Default for State {
    fn default() -> Self {
        let products = (1..=100).map(|id| Product {
            id,
            sku: format!("SKU-{id:06}"),
            name: format!("Product number {id}"),
            description: Some(
                "What the shop says of it, in a sentence or two; \"quoted\".".to_owned(),
            ),
            category: Category::Science,
            price_cents: 1_999 + id,
            in_stock: id % 3 != 0,
            rating: Some(4.25),
            tags: vec!["signed".to_owned(), "used".to_owned()],
            size: Size {
                width: 12.5,
                height: 20.25,
                depth: 3.0,
            },
        });
        Self {
            products: products.collect(),
        }
    }
}

pub async fn list(
    extract::State(state): extract::State<Arc<State>>,
    Query(query): Query<ListQuery>,
) -> Result<Json<ProductPage>, Error> {
    let mut issues = Issues::default();
    query.check(&mut issues);
    issues.finish()?;
    let limit = query.limit as usize;
    Ok(Json(ProductPage {
        items: state.products.iter().take(limit).cloned().collect(),
        total: state.products.len() as i64,
        next_cursor: None,
    }))
}

pub async fn price(
    extract::State(state): extract::State<Arc<State>>,
    Path(product_id): Path<i64>,
    Query(query): Query<PriceQuery>,
) -> Result<Json<Price>, Error> {
    let mut issues = Issues::default();
    let known = (1..=2_147_483_647).contains(&product_id);
    issues.check(known, "productId", "must be 1 to 2147483647");
    query.check(&mut issues);
    issues.finish()?;
    let mut products = state.products.iter();
    let product = products.find(|product| product.id == product_id);
    let product = product.ok_or(Error::NotFound)?;
    Ok(Json(Price {
        product_id: product.id,
        quantity: query.quantity,
        currency: query.currency,
        total_cents: query.quantity * product.price_cents,
        express: Some(query.express),
    }))
}

pub async fn order(Json(order): Json<NewOrder>) -> Result<(StatusCode, Json<Receipt>), Error> {
    let mut issues = Issues::default();
    order.check(&mut issues);
    issues.finish()?;
    let total_cents = order
        .lines
        .iter()
        .map(|line| line.quantity * line.price_cents);
    let receipt = Receipt {
        id: 1,
        total_cents: total_cents.sum(),
        lines: order.lines.len() as i64,
        city: Some(order.customer.city),
    };
    Ok((StatusCode::CREATED, Json(receipt)))
}
