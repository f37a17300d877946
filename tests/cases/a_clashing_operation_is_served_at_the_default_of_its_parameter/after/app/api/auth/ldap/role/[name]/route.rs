use super::contract::*;

/// Read a role of LDAP.
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    ctx.not_implemented(request)
}

/// Delete a role of LDAP.
pub async fn delete(ctx: Context, request: DeleteRequest) -> Result<DeleteResponse> {
    ctx.not_implemented(request)
}
