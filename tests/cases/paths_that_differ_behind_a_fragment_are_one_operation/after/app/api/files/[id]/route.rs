use super::contract::*;

/// Read a file.
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    ctx.not_implemented(request)
}

/// Change a file.
pub async fn put(ctx: Context, request: PutRequest) -> Result<PutResponse> {
    ctx.not_implemented(request)
}

/// Share a file no longer.
pub async fn delete(ctx: Context, request: DeleteRequest) -> Result<DeleteResponse> {
    ctx.not_implemented(request)
}
