//! Customers who sign in with a password, and their sessions.

use contract::jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::secrets::token::Digest;

/// Somebody who has an account here.
pub struct Customer {
    pub id: String,
    pub email: String,
    /// A hash, for [`crate::secrets::password`].
    pub password: String,
}

/// Who has an address; case doesn't matter.
pub fn customer(db: &Connection, email: &str) -> rusqlite::Result<Option<Customer>> {
    db.prepare_cached("select * from customers where email = ?1")?
        .query_row([email], |row| {
            Ok(Customer {
                id: row.get("id")?,
                email: row.get("email")?,
                password: row.get("password")?,
            })
        })
        .optional()
}

/// Begins a session, and forgets those which are over.
pub fn open(
    db: &Connection,
    token: Digest,
    customer: &str,
    expires_at: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached("delete from sessions where expires_at <= ?1")?
        .execute([Timestamp::now()])?;
    db.prepare_cached("insert into sessions (token, customer, expires_at) values (?1, ?2, ?3)")?
        .execute(params![token, customer, expires_at])?;
    Ok(())
}

/// The id of the customer whose session this is.
pub fn holder(db: &Connection, token: Digest) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("select customer from sessions where token = ?1 and expires_at > ?2")?
        .query_row(params![token, Timestamp::now()], |row| row.get(0))
        .optional()
}

pub fn close(db: &Connection, token: Digest) -> rusqlite::Result<()> {
    db.prepare_cached("delete from sessions where token = ?1")?
        .execute([token])?;
    Ok(())
}
