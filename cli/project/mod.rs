//! The user's folder: what is there, how it differs from what was emitted, and how it is written.

mod user_routes;

pub use user_routes::{UserHandler, UserRoute, UserRoutes};
