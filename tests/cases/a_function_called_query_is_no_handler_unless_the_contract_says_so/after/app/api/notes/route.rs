use super::contract::*;

pub async fn query(ctx: Context, request: QueryRequest) -> Result<QueryResponse> {
    ctx.not_implemented(request)
}

pub async fn move_(ctx: Context, request: MoveRequest) -> Result<MoveResponse> {
    ctx.not_implemented(request)
}
