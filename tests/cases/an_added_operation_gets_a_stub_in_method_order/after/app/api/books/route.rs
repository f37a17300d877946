use super::contract::*;

/// List books.
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    ctx.not_implemented(request)
}

/// Add a book.
pub async fn post(ctx: Context, request: PostRequest) -> Result<PostResponse> {
    ctx.not_implemented(request)
}

/// Burn them.
pub async fn delete(ctx: Context, request: DeleteRequest) -> Result<DeleteResponse> {
    ctx.not_implemented(request)
}
