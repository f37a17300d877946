use contract::StatusCode;

use super::contract::*;
use crate::problem::problem;
use crate::store::orders::{self, Refused};

/// Order books
pub async fn post(ctx: Context, request: PostRequest) -> Result<PostResponse> {
    let store = &ctx.state().store;
    let customer = ctx.require_principal()?.id.clone();
    let campaign = request.cookies.campaign;
    let order = store.write(move |db| orders::place(db, &customer, request.body, campaign));
    Ok(match order.await? {
        Ok(body) => PostResponse::Created {
            location: format!("{}/{}", ctx.operation().route, body.id),
            body,
        },
        Err(Refused(why)) => PostResponse::Conflict(problem(StatusCode::CONFLICT, why)),
    })
}
