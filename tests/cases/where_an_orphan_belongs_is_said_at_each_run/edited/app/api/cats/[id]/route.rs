use super::contract::*;

pub async fn get(_ctx: Context, _request: GetRequest) -> Result<GetResponse> {
    // Cat.
    Ok(GetResponse::NoContent)
}

pub async fn delete(_ctx: Context, _request: DeleteRequest) -> Result<DeleteResponse> {
    // No cat.
    Ok(DeleteResponse::NoContent)
}
