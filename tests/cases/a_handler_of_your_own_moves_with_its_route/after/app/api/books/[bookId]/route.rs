use super::contract::*;
use axum::response::IntoResponse;

pub async fn get(_ctx: Context, _request: GetRequest) -> Result<GetResponse> {
    // Book.
    Ok(GetResponse::NoContent)
}

pub async fn head(_: Context, _: axum::extract::Request) -> Result<axum::response::Response> {
    Ok(().into_response())
}
