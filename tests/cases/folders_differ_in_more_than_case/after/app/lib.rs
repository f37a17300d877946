//! The Shop API. Handlers live in `api/` beside this file, one folder per URL segment.

use axum::Router;
use contract::Authenticator;

pub mod auth;
mod error;
mod middleware;
pub mod router;
mod state;

pub use auth::Principal;
pub use error::{Error, Result};
pub use router::App;
pub use state::State;

/// What a handler knows beside its typed request.
pub type Context = contract::Context<App>;

/// Builds the whole service, so that `main` can serve it and tests can call it.
pub fn app(state: State) -> Router {
    app_with(state, Authenticator::Contract)
}

/// The same with another authenticator: tests may let everyone in.
pub fn app_with(state: State, authenticator: Authenticator<App>) -> Router {
    let router = contract::router(router::ROUTES, state, authenticator);
    // Add axum routes of your own here: `router.route("/health", get(…))`.
    middleware::layers(router)
}
