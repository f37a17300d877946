use super::contract::*;
use crate::store::categories;

/// List all categories as trees
pub async fn get(ctx: Context, _request: GetRequest) -> Result<GetResponse> {
    let trees = ctx.state().store.read(categories::trees);
    Ok(GetResponse::Ok(trees.await?))
}
