//! What stands against making changes, asked of a comparison, so that `check` and `sync` say the same before anything is written.

use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};

use super::apply::Writer;
use super::change::Change;
use super::refused::Refused;
use super::steps::steps;
use super::transaction::Transaction;

/// Why the changes to the project at `root` can't be written: a link in the place of what is written to while they are made, paths
/// that lead out of the project, files that nobody may write to.
///
/// # Errors
///
/// When a link can't be read.
pub fn obstacles(root: &Utf8Path, changes: &[Change]) -> anyhow::Result<Vec<Refused>> {
    let root = match fs_err::canonicalize(root) {
        Ok(root) => Utf8PathBuf::try_from(root)?,
        // Nothing stands in a folder that isn't there yet.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let steps: Vec<_> = steps(changes).into_iter().map(|(step, _)| step).collect();
    let transaction = Transaction {
        root: &root,
        work: &root,
        steps: &steps,
    };
    let mut found: Vec<Refused> = Writer::link(&root)
        .map(Refused::Linked)
        .into_iter()
        .collect();
    found.extend(transaction.obstacles()?);
    Ok(found)
}
