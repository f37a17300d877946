use super::contract::*; /* the imports
end here */
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    ctx.not_implemented(request)
}

pub async fn post(_ctx: Context, _request: PostRequest) -> Result<PostResponse> {
    Ok(PostResponse::NoContent)
}
