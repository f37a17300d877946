use super::contract::*;
use crate::problem::not_found;
use crate::store::{books, reviews};

/// List the reviews of a book
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    let id = request.path.book_id;
    let response = ctx.state().store.read(move |db| {
        Ok(if books::exists(db, id)? {
            GetResponse::Ok(reviews::list(db, id)?)
        } else {
            GetResponse::NotFound(not_found("book"))
        })
    });
    Ok(response.await?)
}

/// Review a book
pub async fn post(ctx: Context, request: PostRequest) -> Result<PostResponse> {
    let PostRequest { path, body } = request;
    let response = ctx.state().store.write(move |db| {
        Ok(if books::exists(db, path.book_id)? {
            PostResponse::Created(reviews::insert(db, path.book_id, body)?)
        } else {
            PostResponse::NotFound(not_found("book"))
        })
    });
    Ok(response.await?)
}
