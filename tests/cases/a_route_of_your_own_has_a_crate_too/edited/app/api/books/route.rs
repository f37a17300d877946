use super::contract::*;

pub async fn get(_: Context, _: GetRequest) -> Result<GetResponse> {
    Ok(GetResponse::NoContent)
}

pub async fn delete(_: Context, _: axum::extract::Request) -> Result<axum::response::Response> {
    Ok(axum::response::Response::default())
}
