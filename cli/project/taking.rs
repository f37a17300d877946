//! Taking a project: what becomes of its folder if that isn't there, and waiting for a run that has it.

use std::fs::TryLockError;
use std::ops::ControlFlow;
use std::time::Duration;

use camino::Utf8Path;

/// How often a project that another run has is asked for.
const POLL: Duration = Duration::from_millis(20);

/// What becomes of a project's folder that isn't there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// It is made, for a new project.
    New,
    /// It was moved or deleted, and nothing is made in its place.
    Old,
}

/// Waits until nobody else has a lock, or whoever waits has enough; a signal would not end a wait of the system's own.
pub fn wait(
    work: &Utf8Path,
    lock: &fs_err::File,
    waiting: &mut impl FnMut() -> ControlFlow<()>,
) -> anyhow::Result<ControlFlow<()>> {
    while waiting().is_continue() {
        std::thread::sleep(POLL);
        match lock.file().try_lock() {
            Ok(()) => return Ok(ControlFlow::Continue(())),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(not_locked(work, error)),
        }
    }
    Ok(ControlFlow::Break(()))
}

/// An error of a project that no process can have for itself.
pub fn not_locked(work: &Utf8Path, error: std::io::Error) -> anyhow::Error {
    let reason =
        format!("the file system of `{work}` can't lock files, so two runs could write at once");
    anyhow::Error::new(error).context(reason)
}
