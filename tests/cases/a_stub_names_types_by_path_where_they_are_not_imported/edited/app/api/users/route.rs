use super::contract::*;
use std::io::Result;

pub async fn get(_ctx: Context, _request: GetRequest) -> Result<GetResponse> {
    Ok(GetResponse::NoContent)
}
