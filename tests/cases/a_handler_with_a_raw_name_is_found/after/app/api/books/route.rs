use super::contract::*;

pub async fn r#get(_ctx: Context, _request: GetRequest) -> Result<GetResponse> {
    Ok(GetResponse::NoContent)
}
