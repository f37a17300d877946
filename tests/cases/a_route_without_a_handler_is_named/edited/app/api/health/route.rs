use super::contract::*;

pub async fn GET(_: Context, request: contract::Request) -> Result<axum::response::Response> {
    todo!()
}
