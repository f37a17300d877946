use super::contract::*;

/// List books.
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    let _ = (ctx, request);
    Ok(GetResponse::NoContent)
}
