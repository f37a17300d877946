use super::contract::*;

/// `GET /api/books`
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    query().await;
    ctx.not_implemented(request)
}

/// A helper.
pub async fn query() {}
