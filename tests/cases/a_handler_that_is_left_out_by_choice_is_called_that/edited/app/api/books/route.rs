use super::contract::*;

pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    ctx.not_implemented(request)
}

pub async fn post(_: Context, _: PostRequest) -> Result<PostResponse> {
    Ok(PostResponse::NoContent)
}
