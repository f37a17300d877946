mod prices;

use super::contract::*;

pub async fn get(_ctx: Context, _request: GetRequest) -> Result<GetResponse> {
    // A.
    Ok(GetResponse::NoContent)
}
