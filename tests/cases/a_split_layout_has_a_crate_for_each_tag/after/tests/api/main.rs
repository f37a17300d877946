//! Calls through the router, without a socket.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use tower::ServiceExt;

use handlers::{State, app};

#[tokio::test]
async fn an_unknown_path_is_not_found() {
    let response = send(Request::get("/no/such/path")).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}

async fn send(request: axum::http::request::Builder) -> Response {
    let request = request.body(Body::empty()).expect("a request");
    let response = app(State::default()).oneshot(request).await;
    response.expect("the router always answers")
}
