use super::contract::*;

/// The contract describes these apart:
pub async fn put(ctx: Context, request: PutRequest) -> Result<PutResponse> {
    ctx.not_implemented(request)
}
