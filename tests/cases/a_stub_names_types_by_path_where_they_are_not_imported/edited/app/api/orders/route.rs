use super::contract::{Context, GetRequest, GetResponse, Result};

pub async fn get(_ctx: Context, _request: GetRequest) -> Result<GetResponse> {
    Ok(GetResponse::NoContent)
}
