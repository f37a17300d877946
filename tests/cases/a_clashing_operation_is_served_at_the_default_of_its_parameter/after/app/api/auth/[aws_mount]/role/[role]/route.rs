use super::contract::*;

/// Read a role of AWS.
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    ctx.not_implemented(request)
}
