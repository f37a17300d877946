use super::contract::*;
use contract::{Request, IntoResponse};

pub async fn get(_ctx: Context, _request: Request) -> Result<axum::response::Response> {
    Ok("up".into_response())
}
