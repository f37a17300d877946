use super::contract::*;

pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    ctx.not_implemented(request)
}

/* This is where books are added.

   Mind /* all */

   the locks. */
pub async fn post(_ctx: Context, _request: PostRequest) -> Result<PostResponse> {
    Ok(PostResponse::NoContent)
}
