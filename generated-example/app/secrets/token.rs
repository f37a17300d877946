//! Tokens that mean nothing by themselves: session cookies, keys.

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::Sha256;

/// What is kept of a token, so that who reads it can't use it.
///
/// Nobody guesses 32 random bytes, so that a fast hash without salt is enough.
pub type Digest = [u8; 32];

/// A new token, which nobody can guess.
pub fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(Base64UrlUnpadded::encode_string(&bytes))
}

/// To compare digests rather than tokens gives nothing away by the time it takes.
pub fn digest(token: &str) -> Digest {
    <Sha256 as sha2::Digest>::digest(token).into()
}
