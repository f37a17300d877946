use super::contract::*;

pub async fn get(_: Context, _: contract::Request) -> Result<axum::response::Response> {
    Err(Error::internal("one"))
}
