#!/usr/bin/env rustx
//! Books, and nothing else.
#![warn(missing_docs)]
#![cfg_attr(docsrs, doc(cfg(feature = "books")))]

use super::contract::*;

/// List books.
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    ctx.not_implemented(request)
}

/// Add a book.
pub async fn post(ctx: Context, request: PostRequest) -> Result<PostResponse> {
    ctx.not_implemented(request)
}
