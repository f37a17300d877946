//! Passwords, which are slow to check on purpose.

use std::io;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordVerifier};
use contract::Secret;
use tokio::task;

/// A hash of a password that nobody has.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$unLawDb9R9dLfntOuLbpsA$uKNJuECUl1XRgZjSJ66c+0PCE/NcVs1zMBbyyVsKU1s";

/// Whether a hash (Argon2id, as a PHC string) is of this password.
///
/// Without a hash the answer is no, and takes as long: it doesn't tell who has an account.
pub async fn matches(password: Secret, hash: Option<String>) -> io::Result<bool> {
    let check = task::spawn_blocking(move || {
        let hash = PasswordHash::new(hash.as_deref().unwrap_or(NOBODYS))?;
        Argon2::default().verify_password(password.expose().as_bytes(), &hash)
    });
    Ok(check.await?.is_ok())
}
