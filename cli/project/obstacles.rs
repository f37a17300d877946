//! Which changes lead out of the project: asked of a comparison, so that `check` and `sync` say the same.

use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};

use super::change::Change;
use super::steps::steps;
use super::target::LeadsOutside;
use super::transaction::Transaction;

/// The paths of changes to the project at `root` that lead out of it, where nothing is ever written.
///
/// # Errors
///
/// When a link can't be read.
pub fn leading_outside(root: &Utf8Path, changes: &[Change]) -> anyhow::Result<Vec<LeadsOutside>> {
    let root = match fs_err::canonicalize(root) {
        Ok(root) => Utf8PathBuf::try_from(root)?,
        // Nothing leads out of a folder that isn't there yet.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let steps: Vec<_> = steps(changes).into_iter().map(|(step, _)| step).collect();
    let transaction = Transaction {
        root: &root,
        work: &root,
        steps: &steps,
    };
    transaction.outside()
}
