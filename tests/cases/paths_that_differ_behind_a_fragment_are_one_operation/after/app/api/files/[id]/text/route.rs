use super::contract::*;

pub async fn put(ctx: Context, request: PutRequest) -> Result<PutResponse> {
    ctx.not_implemented(request)
}
