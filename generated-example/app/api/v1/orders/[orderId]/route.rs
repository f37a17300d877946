use super::contract::*;
use crate::problem::not_found;
use crate::store::orders;

/// Fetch one order
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    let store = &ctx.state().store;
    let customer = ctx.require_principal()?.id.clone();
    let id = request.path.order_id;
    let order = store.read(move |db| orders::find(db, id, &customer));
    Ok(match order.await? {
        Some(order) => GetResponse::Ok(order),
        None => GetResponse::NotFound(not_found("order")),
    })
}
