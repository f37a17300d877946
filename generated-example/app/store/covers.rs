//! Pictures of books' covers.

use contract::uuid::Uuid;
use rusqlite::{Connection, OptionalExtension, params};

pub fn find(db: &Connection, book: Uuid) -> rusqlite::Result<Option<Vec<u8>>> {
    db.prepare_cached("select image from covers where book_id = ?1")?
        .query_row([book], |row| row.get(0))
        .optional()
}

/// Stores a picture of a book which exists, in place of the one it has.
pub fn replace(db: &Connection, book: Uuid, image: &[u8], alt: &str) -> rusqlite::Result<()> {
    db.prepare_cached("insert or replace into covers (book_id, image, alt) values (?1, ?2, ?3)")?
        .execute(params![book, image, alt])?;
    Ok(())
}
