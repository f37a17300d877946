use super::contract::*;
use super::contract::PutRequest as Change;

pub async fn get(_ctx: Context, _request: GetRequest) -> Result<GetResponse> {
    Ok(GetResponse::NoContent)
}

pub async fn post(_: Context, request: axum::extract::Request) -> Result<axum::response::Response> {
    drop(request);
    Err(std::io::Error::other("mine").into())
}

pub async fn put(_: Context, _: Change) -> Result<PutResponse> {
    Ok(PutResponse::NoContent)
}

pub async fn delete(ctx: Context, request: super::contract::DeleteRequest) -> impl Future<Output = Result<DeleteResponse>> {
    async { Ok(DeleteResponse::NoContent) }
}
