use super::contract::*;

/// List books.
pub unsafe fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    ctx.not_implemented(request)
}
