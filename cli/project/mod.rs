//! The user's folder: what is there, how it differs from what was emitted, and how it is written.

mod apply;
mod change;
pub mod diff;
mod disk;
mod fault;
mod fingerprint;
mod followers;
pub mod held;
pub mod in_step;
mod journal;
mod layout;
mod likeness;
mod lock;
mod merge;
mod merge_call;
mod merge_function;
mod merge_functions;
mod merge_gone;
mod merge_idle;
mod merge_lock;
mod merge_move;
mod merge_orphan;
mod merge_ours;
#[cfg(test)]
mod merge_ours_tests;
#[cfg(test)]
mod merge_tests;
mod misplaced;
mod mounts;
mod moves;
#[cfg(test)]
mod moves_tests;
mod obstacles;
mod owner;
pub mod package;
pub mod places;
mod rebase;
mod recover;
mod refused;
mod rust_file;
mod rust_types;
mod saved;
mod scan;
mod splice;
mod steps;
mod successors;
mod taking;
mod target;
mod transaction;
mod user_routes;
pub mod watch;
mod work_folder;

pub use apply::{WORK_FOLDER, Writer};
pub use change::{Change, ChangeKind, FunctionState, Merged, State};
pub use fingerprint::Fingerprint;
pub use layout::layout;
pub use lock::{FILE_NAME as LOCK_FILE_NAME, Lock};
pub use merge::merge;
pub use moves::Moves;
pub use obstacles::obstacles;
pub use recover::Interrupted;
pub use refused::Refused;
pub use scan::{Project, has_functions};
pub use taking::Ground;
pub use user_routes::{UserHandler, UserRoute, UserRoutes};
