//! The Shop API: what all handlers share. They live in `api/` beside this file, one folder per URL segment.
//!
//! What is public here is `crate::…` to them too: after `pub mod store;` they can `use crate::store`.

use axum::Router;
use contract::{Authenticator, Endpoint};

pub mod application;
pub mod auth;
pub mod error;
pub mod middleware;
pub mod state;

pub use application::App;
pub use auth::Principal;
pub use error::{Error, Result};
pub use state::State;

/// What a handler knows beside its typed request.
pub type Context = contract::Context<App>;

/// Builds the whole service around the routes of all handlers, for `handlers::app`.
pub fn service(
    routes: &[&'static [Endpoint<App>]],
    state: State,
    authenticator: Authenticator<App>,
) -> Router {
    let router = contract::gathered(routes, state, authenticator);
    // Add axum routes of your own here: `router.route("/health", get(…))`.
    middleware::layers(router)
}
