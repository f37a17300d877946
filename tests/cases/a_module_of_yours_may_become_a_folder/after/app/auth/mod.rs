//! Who may do what: one function for each security scheme of the contract.
//!
//! Each is given the credentials that a request brings, and says from whom it is. Where an operation
//! demands several schemes at once, they run one after the other, and `ctx.principal()` is what the
//! one before has found.

/// Who has sent a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Principal {
    pub id: String,
}

/// `key`: the header `x-key`.
pub async fn key(
    ctx: &crate::Context,
    credentials: contract::Credentials,
) -> crate::Result<Principal> {
    ctx.deny(credentials)
}

/// `staff`: a bearer token.
pub async fn staff(
    ctx: &crate::Context,
    credentials: contract::Credentials,
) -> crate::Result<Principal> {
    ctx.deny(credentials)
}
