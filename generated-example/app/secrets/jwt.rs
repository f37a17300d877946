//! JSON Web Tokens (RFC 7519), signed with HMAC-SHA256 and nothing else: a token can't choose how it is checked.

use base64ct::{Base64UrlUnpadded, Encoding};
use contract::Secret;
use contract::jiff::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// What a token says of its holder.
#[derive(Debug, PartialEq)]
pub struct Claims {
    pub subject: String,
    pub scopes: Vec<String>,
}

/// The claims of a token that was signed with this key and isn't over.
pub fn verify(token: &str, key: &Secret, now: Timestamp) -> Option<Claims> {
    let (signed, signature) = token.rsplit_once('.')?;
    let signature = Base64UrlUnpadded::decode_vec(signature).ok()?;
    let mac = authenticator(key)?.chain_update(signed);
    mac.verify_slice(&signature).ok()?;

    let (header, claims) = signed.split_once('.')?;
    let (header, claims) = (json(header)?, json(claims)?);
    let is_current = claims["exp"].as_i64()? > now.as_second();
    (header["alg"] == "HS256" && is_current).then_some(())?;
    let scopes = claims["scope"].as_str().unwrap_or_default();
    Some(Claims {
        subject: claims["sub"].as_str()?.to_owned(),
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
    })
}

fn authenticator(key: &Secret) -> Option<Hmac<Sha256>> {
    Hmac::new_from_slice(key.expose().as_bytes()).ok()
}

fn json(part: &str) -> Option<Value> {
    serde_json::from_slice(&Base64UrlUnpadded::decode_vec(part).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `{"sub":"ada","scope":"orders gifts","exp":2000}`, signed with `the key`.
    fn token(header: &str, key: &str) -> String {
        let claims = r#"{"sub":"ada","scope":"orders gifts","exp":2000}"#;
        let parts = [header, claims].map(|part| Base64UrlUnpadded::encode_string(part.as_bytes()));
        let signed = parts.join(".");
        let mac = authenticator(&Secret::new(key)).unwrap();
        let signature = mac.chain_update(&signed).finalize().into_bytes();
        format!("{signed}.{}", Base64UrlUnpadded::encode_string(&signature))
    }

    fn check(token: &str, second: i64) -> Option<String> {
        let now = Timestamp::from_second(second).unwrap();
        let claims = verify(token, &Secret::new("the key"), now)?;
        Some(format!("{}: {}", claims.subject, claims.scopes.join(", ")))
    }

    #[test]
    fn a_token_counts_until_it_expires() {
        let token = token(r#"{"alg":"HS256"}"#, "the key");
        assert_eq!(check(&token, 1999).unwrap(), "ada: orders, gifts");
        assert_eq!(check(&token, 2000), None);
    }

    #[test]
    fn a_token_with_another_key_or_algorithm_does_not_count() {
        assert_eq!(check(&token(r#"{"alg":"HS256"}"#, "a key"), 0), None);
        assert_eq!(check(&token(r#"{"alg":"none"}"#, "the key"), 0), None);
    }

    #[test]
    fn a_token_that_was_tampered_with_does_not_count() {
        let token = token(r#"{"alg":"HS256"}"#, "the key");
        let (signed, signature) = token.rsplit_once('.').unwrap();
        for token in [
            "",
            "..",
            signed,
            &format!("{signed}."),
            &format!("{signed}A.{signature}"),
        ] {
            assert_eq!(check(token, 0), None, "{token}");
        }
    }
}
