//! The user's folder: what is there, how it differs from what was emitted, and how it is written.

mod change;
mod fingerprint;
mod lock;
mod merge;
mod merge_function;
mod merge_functions;
#[cfg(test)]
mod merge_tests;
mod moves;
mod rust_file;
mod scan;
mod splice;
mod user_routes;

pub use change::{Change, ChangeKind, FunctionState, Merged, State};
pub use fingerprint::Fingerprint;
pub use lock::{FILE_NAME as LOCK_FILE_NAME, Lock};
pub use merge::merge;
pub use scan::{Project, has_functions};
pub use user_routes::{UserHandler, UserRoute, UserRoutes};
