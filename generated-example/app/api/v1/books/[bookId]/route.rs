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
        let Some(Stored { mut book, version }) = books::find(db, path.book_id)? else {
            return Ok(PatchResponse::NotFound(not_found("book")));
        };
        if headers
            .if_match
            .is_some_and(|tags| !matches(&tags, version))
        {
            return Ok(PatchResponse::PreconditionFailed(problem(
                StatusCode::PRECONDITION_FAILED,
                "the book has changed since you fetched it",
            )));
        }
        apply(body, &mut book);
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

/// Naming all fields makes the compiler ask here when the contract gets a new one.
fn apply(patch: BookPatch, book: &mut Book) {
    let BookPatch {
        title,
        genre,
        price_cents,
        blurb,
        in_stock,
    } = patch;
    book.title = title.unwrap_or(std::mem::take(&mut book.title));
    book.genre = genre.unwrap_or(book.genre);
    book.price_cents = price_cents.unwrap_or(book.price_cents);
    book.blurb = blurb.or(book.blurb.take());
    book.in_stock = in_stock.unwrap_or(book.in_stock);
}

fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

/// Whether an `If-Match` allows to change this version (RFC 9110, §13.1.1).
fn matches(tags: &str, version: i64) -> bool {
    let tag = etag(version);
    tags.trim() == "*" || tags.split(',').any(|other| other.trim() == tag)
}
