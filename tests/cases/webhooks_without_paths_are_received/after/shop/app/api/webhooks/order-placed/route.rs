use super::contract::*;

pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    ctx.not_implemented(request)
}

/// An order was placed.
pub async fn post(ctx: Context, request: PostRequest) -> Result<PostResponse> {
    ctx.not_implemented(request)
}
