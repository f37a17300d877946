use std::collections::{BTreeMap, HashMap as Map};
#[cfg(test)]
use std::time::Duration;

use super::contract::*;
use crate::state as world;

/// List books.
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    let shelf: Map<u8, u8> = Map::new();
    drop((shelf, request, ctx));
    Ok(GetResponse::NoContent)
}

/// Add a book.
pub async fn post(ctx: Context, request: PostRequest) -> Result<PostResponse> {
    ctx.not_implemented(request)
}
