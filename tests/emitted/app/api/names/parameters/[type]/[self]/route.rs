use super::contract::*;

pub async fn get(_: Context, request: GetRequest) -> Result<GetResponse> {
    Ok(GetResponse::Ok(format!("{request:?}")))
}
