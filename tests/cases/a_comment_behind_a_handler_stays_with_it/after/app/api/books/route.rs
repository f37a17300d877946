use super::contract::*;

pub async fn get(_: Context, _: GetRequest) -> Result<GetResponse> {
    Ok(GetResponse::NoContent)
} /* end of /* get */ */

pub async fn post(ctx: Context, request: PostRequest) -> Result<PostResponse> {
    ctx.not_implemented(request)
}
