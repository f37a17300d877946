use super::contract::*;
use std::fmt;

// Mine: é, */.

/// List books.
pub async fn get(ctx: Context) -> Result<Response> {
    mine(ctx) /* kept */
}

fn mine() {}
