//! What every handler can reach with `ctx.state()`.

use std::{env, io};

use contract::Secret;
use tokio::sync::watch;

use crate::store::Store;

#[derive(Debug, Clone)]
pub struct State {
    pub store: Store,
    pub keys: Keys,
    /// Ticks when the status of any order has changed.
    pub order_changes: watch::Sender<()>,
}

/// What only we and those we trust know. A key that isn't set opens nothing.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// With this, bearer tokens are signed.
    pub account: Option<Secret>,
    /// This is what staff send.
    pub staff: Option<Secret>,
}

impl State {
    pub fn new(store: Store, keys: Keys) -> Self {
        Self {
            store,
            keys,
            order_changes: watch::Sender::default(),
        }
    }

    /// Reads `DATABASE` (a file; in memory if it isn't set), `ACCOUNT_KEY` and `STAFF_KEY`.
    pub fn from_env() -> io::Result<Self> {
        let store = match env::var_os("DATABASE") {
            Some(path) => Store::open(path)?,
            None => Store::in_memory()?,
        };
        let keys = Keys {
            account: key("ACCOUNT_KEY"),
            staff: key("STAFF_KEY"),
        };
        Ok(Self::new(store, keys))
    }
}

/// An empty key would open to everybody, and counts as none.
fn key(name: &str) -> Option<Secret> {
    let key = env::var(name).ok().filter(|key| !key.is_empty());
    key.map(Secret::new)
}
