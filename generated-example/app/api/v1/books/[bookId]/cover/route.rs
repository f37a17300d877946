use contract::{Body, Location};

use super::contract::*;
use crate::problem::not_found;
use crate::store::{books, covers};

/// The bytes that every PNG begins with.
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Fetch the picture of a book's cover
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    let id = request.path.book_id;
    let image = ctx.state().store.read(move |db| covers::find(db, id));
    Ok(match image.await? {
        Some(image) => GetResponse::Ok(Body::from(image)),
        None => GetResponse::NotFound(not_found("cover")),
    })
}

/// Replace the picture of a book's cover
pub async fn put(ctx: Context, request: PutRequest) -> Result<PutResponse> {
    let id = request.path.book_id;
    let PutBody { image, alt } = request.body;
    let image = image.bytes().await?;
    if !image.starts_with(SIGNATURE) {
        return Err(Error::invalid(Location::Body, "image", "not a PNG"));
    }

    let response = ctx.state().store.write(move |db| {
        if !books::exists(db, id)? {
            return Ok(PutResponse::NotFound(not_found("book")));
        }
        covers::replace(db, id, &image, &alt)?;
        Ok(PutResponse::NoContent)
    });
    Ok(response.await?)
}
