use super::contract::*;

pub async fn gett(_: Context, _: GetRequest) -> Result<GetResponse> {
    Ok(GetResponse::NoContent)
}
