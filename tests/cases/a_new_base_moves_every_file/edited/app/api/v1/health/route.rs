use super::contract::*;

/// Whether we are up.
pub async fn get(_: Context, _: GetRequest) -> Result<GetResponse> {
    Ok(GetResponse::NoContent)
}
