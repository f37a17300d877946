#[derive(Debug, Clone, PartialEq)]
pub struct Principal {
    pub id: String,
}

/// `k`: the header `X-Key`.
pub async fn k(ctx: &crate::Context, credentials: contract::Credentials) -> crate::Result<Principal> {
    // Mine.
    ctx.deny(credentials)
}

/// `key`: the header `X-Key`.
pub async fn key(
    ctx: &crate::Context,
    credentials: contract::Credentials,
) -> crate::Result<Principal> {
    ctx.deny(credentials)
}

/// `other`: the header `X-Other`.
pub async fn other(ctx: &crate::Context, credentials: contract::Credentials) -> crate::Result<Principal> {
    ctx.deny(credentials)
}
