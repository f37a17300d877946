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
    let Some(order) = order.await? else {
        return Ok(GetResponse::NotFound(not_found("order")));
    };

    // A client that comes back says which event it has seen last.
    let seen = ctx.headers().get("last-event-id");
    let seen = seen.and_then(|id| id.to_str().ok()?.parse().ok());
    let follower = Follower {
        store: state.store.clone(),
        changes: state.order_changes.subscribe(),
        order: id,
        seen: seen.unwrap_or(0),
        is_over: orders::next(order.status).is_none(),
    };
    let events = stream::try_unfold(follower, Follower::next);
    Ok(GetResponse::Ok(Sse::new(events)))
}

/// Somebody who watches an order.
struct Follower {
    store: Store,
    changes: watch::Receiver<()>,
    order: Uuid,
    /// The number of the last change that was sent.
    seen: i64,
    /// Whether nothing will change any more.
    is_over: bool,
}

impl Follower {
    /// The next event, as soon as there is one; nothing at the end.
    async fn next(mut self) -> Result<Option<(Event, Self)>, BoxError> {
        let (order, seen) = (self.order, self.seen);
        loop {
            let change = self
                .store
                .read(move |db| orders::next_change(db, order, seen));
            if let Some(Change { number, event }) = change.await? {
                self.seen = number;
                self.is_over = orders::next(event.status).is_none();
                return Ok(Some((event.event().id(number.to_string()), self)));
            }
            if self.is_over {
                return Ok(None);
            }
            self.changes.changed().await?;
        }
    }
}
