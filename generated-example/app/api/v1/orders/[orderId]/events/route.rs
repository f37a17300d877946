use axum::BoxError;
use contract::uuid::Uuid;
use contract::{Event, Sse};
use futures_util::stream;
use tokio::sync::watch;

use super::contract::*;
use crate::problem::not_found;
use crate::store::Store;
use crate::store::orders::{self, Change};

/// Follow an order until it arrives
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    let customer = ctx.require_principal()?.id.clone();
    let id = request.path.order_id;
    let state = ctx.state();
    let order = state.store.read(move |db| orders::find(db, id, &customer));
    if order.await?.is_none() {
        return Ok(GetResponse::NotFound(not_found("order")));
    }

    // A client that comes back says which event it has seen last.
    let seen = ctx.headers().get("last-event-id");
    let seen = seen.and_then(|id| id.to_str().ok()?.parse().ok());
    let follower = Follower {
        store: state.store.clone(),
        changes: state.order_changes.subscribe(),
        order: id,
        seen: seen.unwrap_or(0),
    };
    let events = stream::try_unfold(Some(follower), Follower::next);
    Ok(GetResponse::Ok(Sse::new(events)))
}

/// Somebody who watches an order.
struct Follower {
    store: Store,
    changes: watch::Receiver<()>,
    order: Uuid,
    /// The number of the last change that was sent.
    seen: i64,
}

impl Follower {
    /// The next event, and who waits for the one after it: nobody, if there will be none.
    async fn next(follower: Option<Self>) -> Result<Option<(Event, Option<Self>)>, BoxError> {
        let Some(mut follower) = follower else {
            return Ok(None);
        };
        let change = follower.next_change().await?;
        follower.seen = change.number;
        let event = change.event.event().id(change.number.to_string());
        let is_last = orders::next(change.event.status).is_none();
        Ok(Some((event, (!is_last).then_some(follower))))
    }

    async fn next_change(&mut self) -> Result<Change, BoxError> {
        let (order, seen) = (self.order, self.seen);
        loop {
            let change = self
                .store
                .read(move |db| orders::next_change(db, order, seen));
            if let Some(change) = change.await? {
                return Ok(change);
            }
            self.changes.changed().await?;
        }
    }
}
