//! Readers' reviews of books.

use contract::uuid::Uuid;
use contract::v1::schemas::{Review, ReviewInput};
use rusqlite::{Connection, Row, named_params};

/// The reviews of a book, the newest first.
pub fn list(db: &Connection, book: Uuid) -> rusqlite::Result<Vec<Review>> {
    db.prepare_cached("select * from reviews where book_id = ?1 order by number desc")?
        .query_map([book], review)?
        .collect()
}

/// Adds a review to a book which exists.
pub fn insert(db: &Connection, book: Uuid, new: ReviewInput) -> rusqlite::Result<Review> {
    let review = Review {
        id: Uuid::new_v4(),
        stars: new.stars,
        by: new.by,
        text: new.text,
        created_at: contract::now(),
    };
    db.prepare_cached(
        "insert into reviews (id, book_id, stars, author, text, created_at)
         values (:id, :book_id, :stars, :author, :text, :created_at)",
    )?
    .execute(named_params! {
        ":id": review.id,
        ":book_id": book,
        ":stars": review.stars,
        ":author": review.by,
        ":text": review.text,
        ":created_at": review.created_at.timestamp(),
    })?;
    Ok(review)
}

fn review(row: &Row<'_>) -> rusqlite::Result<Review> {
    Ok(Review {
        id: row.get("id")?,
        stars: row.get("stars")?,
        by: row.get("author")?,
        text: row.get("text")?,
        created_at: contract::utc(row.get("created_at")?),
    })
}
