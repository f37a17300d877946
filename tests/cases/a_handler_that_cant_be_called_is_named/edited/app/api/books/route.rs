use super::contract::*;

/// List books.
pub async fn get<T: Default>(ctx: Context, request: GetRequest, more: T) -> Result<GetResponse> {
    ctx.not_implemented(request)
}
