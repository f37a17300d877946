use super::contract::*;␍
␍
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {␍
    ctx.not_implemented(request)␍
}␍
␍
<<<<<<< HEAD␍
/// Change all books.␍
pub async fn put(ctx: Context, request: PutRequest) -> Result<PutResponse> {␍
    ctx.not_implemented(request)␍
=======␍
/// Add a book.␍
pub async fn post(ctx: Context, request: PostRequest) -> Result<PostResponse> {␍
    Ok(PostResponse::NoContent)␍
>>>>>>> one␍
}␍
