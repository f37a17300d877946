use std::collections::{BTreeMap, HashMap as Map};
#[cfg(test)]
use std::time::Duration;

use super::contract::*;
use crate::state as world;

/// List all books.
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    let shelf: Map<u8, u8> = Map::new();
    drop((shelf, request, ctx));
    Ok(GetResponse::NoContent)
}

/// Add one book.
pub async fn post(ctx: Context, request: PostRequest) -> Result<PostResponse> {
    ctx.not_implemented(request)
}

/// Replace all books.
pub async fn put(ctx: Context, request: PutRequest) -> Result<PutResponse> {
    ctx.not_implemented(request)
}
