//! The warehouse: packs, ships and delivers what was ordered. Here it is a clock.

use std::io;
use std::time::Duration;

use tokio::time::sleep;

use crate::State;
use crate::store::orders;

/// How long a step takes.
const PACE: Duration = Duration::from_secs(5);

/// Works for as long as the server runs.
pub async fn open(state: State) {
    loop {
        sleep(PACE).await;
        if let Err(error) = work(&state).await {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the warehouse stands still"
            );
        }
    }
}

/// Moves every order one step on, and tells those who follow one.
pub async fn work(state: &State) -> io::Result<()> {
    if state.store.write(orders::advance).await? > 0 {
        state.order_changes.send_replace(());
    }
    Ok(())
}
