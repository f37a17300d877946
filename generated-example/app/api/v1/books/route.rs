use contract::{Location, StatusCode};

use super::contract::*;
use crate::problem::problem;
use crate::store::books;

/// List books
///
/// Newest first, a page at a time. Send the `nextCursor` of a page to get the one after it.
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    let store = &ctx.state().store;
    let query = request.query;
    let before = match query.cursor.as_deref().map(str::parse).transpose() {
        Ok(before) => before,
        Err(_) => return Err(Error::invalid(Location::Query, "cursor", "not one of ours")),
    };
    let page = store
        .read(move |db| books::page(db, &query, before))
        .await?;
    Ok(GetResponse::Ok {
        x_total_count: page.total,
        body: BookPage {
            items: page.books,
            next_cursor: page.next.map(|number| number.to_string()),
        },
    })
}

/// Add a book
pub async fn post(ctx: Context, request: PostRequest) -> Result<PostResponse> {
    let store = &ctx.state().store;
    let book = store.write(|db| books::insert(db, request.body));
    Ok(match book.await? {
        Some(body) => PostResponse::Created {
            location: format!("{}/{}", ctx.operation().route, body.id),
            body,
        },
        None => PostResponse::Conflict(problem(
            StatusCode::CONFLICT,
            "there is a book with this ISBN already",
        )),
    })
}
