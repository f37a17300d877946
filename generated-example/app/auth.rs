//! Who may do what: one function for each security scheme of the contract.
//!
//! Each is given the credentials that a request brings, and says from whom it is. Where an operation
//! demands several schemes at once, they run one after the other, and `ctx.principal()` is what the
//! one before has found.

use contract::jiff::Timestamp;

use crate::secrets::{jwt, token};
use crate::store::sessions;

/// Who has sent a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Principal {
    /// The id of a customer, or `staff`.
    pub id: String,
}

/// `account`: a bearer token (JWT).
pub async fn account(
    ctx: &crate::Context,
    credentials: contract::Credentials,
) -> crate::Result<Principal> {
    let key = ctx.state().keys.account.as_ref();
    let claims = key.and_then(|key| jwt::verify(credentials.token(), key, Timestamp::now()));
    let Some(claims) = claims else {
        return ctx.deny(credentials);
    };
    let mut needed = credentials.scopes().iter();
    if needed.any(|scope| !claims.scopes.iter().any(|granted| granted == scope)) {
        return ctx.forbid(credentials);
    }
    Ok(Principal { id: claims.subject })
}

/// `session`: the cookie `session`.
pub async fn session(
    ctx: &crate::Context,
    credentials: contract::Credentials,
) -> crate::Result<Principal> {
    let store = &ctx.state().store;
    let token = token::digest(credentials.token());
    match store.read(move |db| sessions::holder(db, token)).await? {
        Some(id) => Ok(Principal { id }),
        None => ctx.deny(credentials),
    }
}

/// `staffKey`: the header `X-Staff-Key`.
/// For those who run the shop.
pub async fn staff_key(
    ctx: &crate::Context,
    credentials: contract::Credentials,
) -> crate::Result<Principal> {
    match &ctx.state().keys.staff {
        Some(key) if token::digest(key.expose()) == token::digest(credentials.token()) => {
            Ok(Principal {
                id: "staff".to_owned(),
            })
        }
        _ => ctx.deny(credentials),
    }
}
