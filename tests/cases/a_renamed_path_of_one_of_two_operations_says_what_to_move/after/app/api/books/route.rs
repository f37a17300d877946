use super::contract::*;

/// List books.
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    let _ = (ctx, request);
    Ok(GetResponse::NoContent)
}

/// Add a book.
pub async fn post(ctx: Context, request: PostRequest) -> Result<PostResponse> {
    ctx.not_implemented(request)
}
