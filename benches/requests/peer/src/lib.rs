//! The API of `contract.yaml` as it is written by hand: axum's extractors, serde, and the same checks.

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

mod error;
mod handlers;
#[path = "../../emitted/app/middleware.rs"]
mod middleware;
mod models;

/// The service without layers.
pub fn router() -> Router {
    Router::new()
        .route("/api/v1/products", get(handlers::list))
        .route("/api/v1/products/{productId}/price", get(handlers::price))
        .route("/api/v1/orders", post(handlers::order))
        .with_state(Arc::new(handlers::State::default()))
}

/// The whole service, with the layers that an emitted project has.
pub fn app() -> Router {
    middleware::layers(router())
}
