use super::contract::{Context, GetRequest, GetResponse, Result};

pub async fn get(_ctx: Context, _request: GetRequest) -> Result<GetResponse> {
    Ok(GetResponse::NoContent)
}

pub async fn post(
    ctx: super::contract::Context,
    request: super::contract::PostRequest,
) -> super::contract::Result<super::contract::PostResponse> {
    ctx.not_implemented(request)
}

pub async fn delete(
    ctx: super::contract::Context,
    request: super::contract::DeleteRequest,
) -> super::contract::Result<super::contract::DeleteResponse> {
    ctx.not_implemented(request)
}
