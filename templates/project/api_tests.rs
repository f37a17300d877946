//! Calls through the router, without a socket.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use {{ krate }}::{State, app};
use tower::ServiceExt;

#[tokio::test]
async fn an_unknown_path_is_not_found() {
    let response = send(Request::get("/no/such/path")).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}

async fn send(request: axum::http::request::Builder) -> Response {
    let request = request.body(Body::empty()).expect("a request");
    app(State::default()).oneshot(request).await.expect("the router always answers")
}
