use super::contract::*;

/// `GET /account`, as I wrote it.
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    helper();
    ctx.not_implemented(request)
}

fn helper() {}
