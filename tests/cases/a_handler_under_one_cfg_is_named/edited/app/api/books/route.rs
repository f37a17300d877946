use super::contract::*;

/// List books.
#[cfg(feature = "books")]
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    ctx.not_implemented(request)
}
