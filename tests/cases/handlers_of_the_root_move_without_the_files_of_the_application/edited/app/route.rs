use super::contract::*;

mod queries;

pub async fn get(_: Context, _: GetRequest) -> Result<GetResponse> {
    queries::ping();
    Ok(GetResponse::NoContent)
}
