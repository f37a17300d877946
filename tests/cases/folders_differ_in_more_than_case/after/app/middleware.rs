//! Layers around the whole app.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use tracing::field::Empty;
use tracing::{Instrument, info, info_span};

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Wraps the router; the layer that is added last sees a request first.
pub fn layers(router: Router) -> Router {
    router
        // .layer(tower_http::cors::CorsLayer::permissive())
        .layer(from_fn(trace))
}

/// Logs each request in a span of its own, under the id that it brings or is given.
async fn trace(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let sent = request.headers().get(&REQUEST_ID).cloned();
    let id = sent.filter(is_short_text).unwrap_or_else(request_id);
    let span = info_span!(
        "request",
        id = id.to_str().unwrap_or_default(),
        method = %request.method(),
        path = request.uri().path(),
        // The operation's route, which the router fills in.
        route = Empty,
    );
    async {
        let mut response = next.run(request).await;
        let latency = started.elapsed().as_micros() as u64;
        info!(status = response.status().as_u16(), latency_us = latency);
        response.headers_mut().entry(&REQUEST_ID).or_insert(id);
        response
    }
    .instrument(span)
    .await
}

fn is_short_text(id: &HeaderValue) -> bool {
    id.len() <= 128 && id.to_str().is_ok_and(|id| !id.is_empty())
}

fn request_id() -> HeaderValue {
    static KEYS: LazyLock<(RandomState, RandomState)> = LazyLock::new(Default::default);
    static COUNT: AtomicU64 = AtomicU64::new(0);

    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let (high, low) = (KEYS.0.hash_one(count), KEYS.1.hash_one(count));
    HeaderValue::try_from(format!("{high:016x}{low:016x}"))
        .expect("hexadecimal digits are a header")
}
