use contract::StatusCode;
use contract::jiff::{SignedDuration, Timestamp};

use super::contract::*;
use crate::problem::problem;
use crate::secrets::{password, token};
use crate::store::sessions;

/// How long a customer stays signed in.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 14);

/// Sign in
pub async fn post(ctx: Context, request: PostRequest) -> Result<PostResponse> {
    let SessionInput { email, password } = request.body;
    let store = &ctx.state().store;
    let customer = store.read(move |db| sessions::customer(db, &email)).await?;
    let hash = customer.as_ref().map(|customer| customer.password.clone());
    let matches = password::matches(password, hash).await?;
    let Some(customer) = customer.filter(|_| matches) else {
        return Ok(PostResponse::Unauthorized(problem(
            StatusCode::UNAUTHORIZED,
            "nobody has this address and password",
        )));
    };

    let token = token::random()?;
    let digest = token::digest(&token);
    let expires_at = Timestamp::now() + LIFETIME;
    let email = customer.email;
    store
        .write(move |db| sessions::open(db, digest, &customer.id, expires_at))
        .await?;
    Ok(PostResponse::Created {
        set_cookie: cookie(&token, LIFETIME),
        body: Session::new(email, contract::utc(expires_at)),
    })
}

/// Sign out
pub async fn delete(ctx: Context, _request: DeleteRequest) -> Result<DeleteResponse> {
    let store = &ctx.state().store;
    if let Some(token) = ctx.cookie("session") {
        let digest = token::digest(token);
        store.write(move |db| sessions::close(db, digest)).await?;
    }
    Ok(DeleteResponse::NoContent)
}

fn cookie(token: &str, lifetime: SignedDuration) -> String {
    let seconds = lifetime.as_secs();
    format!("session={token}; Max-Age={seconds}; Path=/; HttpOnly; Secure; SameSite=Lax")
}
