use super::contract::*;

/// Mine.
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    helper();
    ctx.not_implemented(request)
}

fn helper() {}
