use super::contract::*;

/// List books.
pub async fn get(ctx: Context, mut request: GetRequest) -> Result<GetResponse> {
    request.body = None;
    ctx.not_implemented(request)
}
