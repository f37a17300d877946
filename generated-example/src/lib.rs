//! The Bookshop API. Handlers live in `app/`, one folder per URL segment.

use axum::Router;
use contract::Authenticator;

#[path = "../app/auth.rs"]
pub mod auth;
#[path = "../app/error.rs"]
mod error;
#[path = "../app/middleware.rs"]
mod middleware;
#[path = "../app/problem.rs"]
mod problem;
#[path = "../app/router.rs"]
pub mod router;
#[path = "../app/secrets/mod.rs"]
mod secrets;
#[path = "../app/state.rs"]
mod state;
#[path = "../app/store/mod.rs"]
pub mod store;
#[path = "../app/warehouse.rs"]
pub mod warehouse;

pub use auth::Principal;
pub use error::{Error, Result};
pub use router::App;
pub use state::{Keys, State};

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
