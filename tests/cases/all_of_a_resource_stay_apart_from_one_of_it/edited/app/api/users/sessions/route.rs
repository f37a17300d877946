use super::contract::*;

pub async fn delete(_ctx: Context, _request: DeleteRequest) -> Result<DeleteResponse> {
    // All.
    Ok(DeleteResponse::NoContent)
}
