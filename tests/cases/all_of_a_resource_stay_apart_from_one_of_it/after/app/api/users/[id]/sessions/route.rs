use super::contract::*;

pub async fn delete(ctx: Context, request: DeleteRequest) -> Result<DeleteResponse> {
    ctx.not_implemented(request)
}
