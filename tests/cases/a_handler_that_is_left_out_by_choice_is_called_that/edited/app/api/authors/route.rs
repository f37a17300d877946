use super::contract::*;

pub async fn get(_: Context, _: GetRequest) -> Result<GetResponse> {
    Ok(GetResponse::NoContent)
}
