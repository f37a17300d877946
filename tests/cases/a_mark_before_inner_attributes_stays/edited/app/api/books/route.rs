//! Books.␍
#![warn(missing_docs)]␍
␍
use super::contract::*;␍
␍
/// Mine.␍
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {␍
    ctx.not_implemented(request)␍
}␍
