use super::contract::*;

pub async fn get(_: Context, _: axum::extract::Request) -> Result<axum::response::Response> {
    Ok(axum::response::Response::default())
}
