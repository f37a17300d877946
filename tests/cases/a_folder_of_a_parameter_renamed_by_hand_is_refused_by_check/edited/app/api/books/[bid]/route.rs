use super::contract::*;

pub async fn get(_ctx: Context, _request: GetRequest) -> Result<GetResponse> {
    Ok(GetResponse::NoContent)
}

pub async fn delete(_ctx: Context, _request: DeleteRequest) -> Result<DeleteResponse> {
    Ok(DeleteResponse::NoContent)
}
