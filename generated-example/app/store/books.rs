//! Books: the shelf, and how to find something on it.

use contract::uuid::Uuid;
use contract::v1::routes::books::GetQuery;
use contract::v1::schemas::{Book, NewBook};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::columns::{Json, Name};

/// A book, and the number of its changes.
pub struct Stored {
    pub book: Book,
    pub version: i64,
}

/// Some of the books that were asked for.
pub struct Page {
    pub books: Vec<Book>,
    /// Where the next page begins, if there is one.
    pub next: Option<i64>,
    /// How many books there are on all pages.
    pub total: i32,
}

/// What a query leaves of the shelf.
const FOUND: &str = "
    from shelf
    where (:genre is null or genre = :genre)
      and (:min is null or price_cents >= :min)
      and (:max is null or price_cents <= :max)
      and (:words is null or number in (select rowid from titles where titles match :words))
      and not exists (
          select 1 from json_each(:tags) as tag
          where tag.value not in (select key from json_each(shelf.labels))
      )";

/// A page of the books that match a query, the newest first; `before` is the `next` of the page before.
pub fn page(db: &Connection, query: &GetQuery, before: Option<i64>) -> rusqlite::Result<Page> {
    let price = query.price.clone().unwrap_or_default();
    let filter = named_params! {
        ":genre": query.genre.map(Name),
        ":min": price.min,
        ":max": price.max,
        ":words": query.q.as_deref().and_then(words),
        ":tags": Json(query.tags.as_deref().unwrap_or_default()),
    };
    let total = db
        .prepare_cached(&format!("select count(*) {FOUND}"))?
        .query_row(filter, |row| row.get(0))?;

    // One more than asked for tells whether there is another page.
    let page = named_params! { ":before": before, ":limit": query.limit + 1 };
    let mut books = db
        .prepare_cached(&format!(
            "select * {FOUND} and (:before is null or number < :before)
             order by number desc limit :limit"
        ))?
        .query_map(&*[filter, page].concat(), |row| {
            Ok((row.get("number")?, stored(row)?.book))
        })?
        .collect::<rusqlite::Result<Vec<(i64, Book)>>>()?;

    let full = books.len() as i64 > query.limit;
    books.truncate(query.limit as usize);
    Ok(Page {
        next: books.last().map(|(number, _)| *number).filter(|_| full),
        books: books.into_iter().map(|(_, book)| book).collect(),
        total,
    })
}

/// What FTS5 is to look for: titles that have a word beginning with each of these words.
fn words(text: &str) -> Option<String> {
    let phrases = text
        .split_whitespace()
        .map(|word| format!("\"{}\"*", word.replace('"', "\"\"")));
    let phrases: Vec<String> = phrases.collect();
    (!phrases.is_empty()).then(|| phrases.join(" "))
}

pub fn find(db: &Connection, id: Uuid) -> rusqlite::Result<Option<Stored>> {
    db.prepare_cached("select * from shelf where id = ?1")?
        .query_row([id], stored)
        .optional()
}

pub fn exists(db: &Connection, id: Uuid) -> rusqlite::Result<bool> {
    db.prepare_cached("select 1 from books where id = ?1")?
        .exists([id])
}

/// Adds a book, unless there is one with its ISBN.
pub fn insert(db: &Connection, new: NewBook) -> rusqlite::Result<Option<Book>> {
    let book = Book {
        blurb: Some(new.blurb.flatten()),
        published_on: new.published_on,
        in_stock: new.in_stock,
        labels: new.labels,
        ..Book::new(
            new.isbn,
            new.title,
            new.authors,
            new.genre,
            new.price_cents,
            Uuid::new_v4(),
            contract::now(),
        )
    };
    let inserted = db
        .prepare_cached(
            "insert into books (id, isbn, title, authors, genre, price_cents, blurb,
                                published_on, in_stock, labels, added_at)
             values (:id, :isbn, :title, :authors, :genre, :price_cents, :blurb,
                     :published_on, :in_stock, :labels, :added_at)
             on conflict (isbn) do nothing",
        )?
        .execute(named_params! {
            ":id": book.id,
            ":isbn": book.isbn,
            ":title": book.title,
            ":authors": Json(&book.authors),
            ":genre": Name(book.genre),
            ":price_cents": book.price_cents,
            ":blurb": book.blurb,
            ":published_on": book.published_on,
            ":in_stock": book.in_stock,
            ":labels": book.labels.as_ref().map(Json),
            ":added_at": book.added_at.timestamp(),
        })?;
    Ok((inserted == 1).then_some(book))
}

/// Stores what may change of a book.
pub fn update(db: &Connection, book: &Book) -> rusqlite::Result<()> {
    db.prepare_cached(
        "update books
         set version = version + 1, title = :title, genre = :genre, price_cents = :price_cents,
             blurb = :blurb, in_stock = :in_stock
         where id = :id",
    )?
    .execute(named_params! {
        ":id": book.id,
        ":title": book.title,
        ":genre": Name(book.genre),
        ":price_cents": book.price_cents,
        ":blurb": book.blurb,
        ":in_stock": book.in_stock,
    })?;
    Ok(())
}

/// Removes a book with its cover and reviews; false if there is none.
pub fn remove(db: &Connection, id: Uuid) -> rusqlite::Result<bool> {
    let removed = db
        .prepare_cached("delete from books where id = ?1")?
        .execute([id])?;
    Ok(removed == 1)
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let labels: Option<Json<_>> = row.get("labels")?;
    let book = Book {
        isbn: row.get("isbn")?,
        title: row.get("title")?,
        authors: row.get::<_, Json<_>>("authors")?.0,
        genre: row.get::<_, Name<_>>("genre")?.0,
        price_cents: row.get("price_cents")?,
        blurb: Some(row.get("blurb")?),
        published_on: row.get("published_on")?,
        in_stock: row.get("in_stock")?,
        labels: labels.map(|Json(labels)| labels),
        id: row.get("id")?,
        added_at: contract::utc(row.get("added_at")?),
        rating: row.get("rating")?,
    };
    let version = row.get("version")?;
    Ok(Stored { book, version })
}
