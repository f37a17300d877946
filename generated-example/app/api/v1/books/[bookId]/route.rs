use contract::StatusCode;

use super::contract::*;
use crate::problem::{not_found, problem};
use crate::store::books::{self, Stored};

/// Fetch one book
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    let id = request.path.book_id;
    let stored = ctx.state().store.read(move |db| books::find(db, id));
    Ok(match stored.await? {
        Some(Stored { book, version }) => GetResponse::Ok {
            etag: etag(version),
            body: book,
        },
        None => GetResponse::NotFound(not_found("book")),
    })
}

/// Change some fields of a book
///
/// A field that is absent stays as it is; `null` clears the blurb.
pub async fn patch(ctx: Context, request: PatchRequest) -> Result<PatchResponse> {
    let PatchRequest {
        path,
        headers,
        body,
    } = request;
    let response = ctx.state().store.write(move |db| {
        let Some(Stored { book, version }) = books::find(db, path.book_id)? else {
            return Ok(PatchResponse::NotFound(not_found("book")));
        };
        let expected = headers.if_match.as_deref().unwrap_or("*");
        if !matches(expected, version) {
            return Ok(PatchResponse::PreconditionFailed(problem(
                StatusCode::PRECONDITION_FAILED,
                "the book has changed since you fetched it",
            )));
        }
        let book = patched(book, body);
        books::update(db, &book)?;
        Ok(PatchResponse::Ok(book))
    });
    Ok(response.await?)
}

/// Take a book off the shelves
pub async fn delete(ctx: Context, request: DeleteRequest) -> Result<DeleteResponse> {
    let id = request.path.book_id;
    let removed = ctx.state().store.write(move |db| books::remove(db, id));
    Ok(if removed.await? {
        DeleteResponse::NoContent
    } else {
        DeleteResponse::NotFound(not_found("book"))
    })
}

/// A book with what a patch changes; the compiler asks here when the contract allows to change more.
fn patched(book: Book, patch: BookPatch) -> Book {
    let BookPatch {
        title,
        genre,
        price_cents,
        blurb,
        in_stock,
    } = patch;
    Book {
        title: title.unwrap_or(book.title),
        genre: genre.unwrap_or(book.genre),
        price_cents: price_cents.unwrap_or(book.price_cents),
        blurb: blurb.or(book.blurb),
        in_stock: in_stock.unwrap_or(book.in_stock),
        ..book
    }
}

fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

/// Whether an `If-Match` allows to change this version (RFC 9110, §13.1.1).
fn matches(tags: &str, version: i64) -> bool {
    let tag = etag(version);
    tags.trim() == "*" || tags.split(',').any(|other| other.trim() == tag)
}
