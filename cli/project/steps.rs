//! The steps of a transaction that make changes true, with what is staged for them.

use camino::{Utf8Path, Utf8PathBuf};

use super::change::{Change, ChangeKind};
use super::fingerprint::Fingerprint;
use super::journal::{Kept, Step};

/// What is staged for a step.
#[derive(Debug, Clone, Copy)]
pub struct Staged<'a> {
    pub text: &'a str,
    /// The file whose mode it has, if that is there.
    pub like: &'a Utf8Path,
}

/// The steps of changes with what is to be staged; those of a move are its two halves.
pub fn steps(changes: &[Change]) -> Vec<(Step, Option<Staged<'_>>)> {
    changes.iter().flat_map(steps_of).collect()
}

fn steps_of(change: &Change) -> Vec<(Step, Option<Staged<'_>>)> {
    let Change { path, kind } = change;
    let write = |before: Option<&[u8]>, text, kept| {
        let like = change.old_path();
        write(path, before, Staged { text, like }, kept)
    };
    match kind {
        ChangeKind::Create { text } => vec![write(None, text, Kept::No)],
        ChangeKind::Update { before, text } => vec![write(Some(before), text, Kept::No)],
        ChangeKind::Restore { before, text } | ChangeKind::Renew { before, text } => {
            vec![write(Some(before), text, Kept::Yes)]
        }
        ChangeKind::Move { from, before, text } => {
            vec![write(None, text, Kept::No), remove(from, before, Kept::No)]
        }
        ChangeKind::Follow { from } => {
            let (from, to) = (from.clone(), path.clone());
            vec![(Step::Rename { from, to }, None)]
        }
        ChangeKind::Remove { before } => vec![remove(path, before, Kept::No)],
        ChangeKind::RemoveEdited { before } => vec![remove(path, before, Kept::Yes)],
    }
}

fn write<'a>(
    path: &Utf8PathBuf,
    before: Option<&[u8]>,
    staged: Staged<'a>,
    kept: Kept,
) -> (Step, Option<Staged<'a>>) {
    let step = Step::Write {
        path: path.clone(),
        before: before.map(Fingerprint::of_bytes),
        after: Fingerprint::of_bytes(staged.text.as_bytes()),
        kept,
    };
    (step, Some(staged))
}

fn remove<'a>(path: &Utf8PathBuf, before: &[u8], kept: Kept) -> (Step, Option<Staged<'a>>) {
    let step = Step::Remove {
        path: path.clone(),
        before: Fingerprint::of_bytes(before),
        kept,
    };
    (step, None)
}
