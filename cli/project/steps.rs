//! The steps of a transaction that make changes true, with the texts that are staged for them.

use camino::Utf8PathBuf;

use super::change::{Change, ChangeKind};
use super::fingerprint::Fingerprint;
use super::journal::{Kept, Step};

/// The steps of changes with the texts to be staged; those of a move are its two halves.
pub fn steps(changes: &[Change]) -> Vec<(Step, Option<&str>)> {
    changes.iter().flat_map(steps_of).collect()
}

fn steps_of(Change { path, kind }: &Change) -> Vec<(Step, Option<&str>)> {
    match kind {
        ChangeKind::Create { text } => vec![write(path, None, text, Kept::No)],
        ChangeKind::Update { before, text } => vec![write(path, Some(before), text, Kept::No)],
        ChangeKind::Restore { before, text } | ChangeKind::Renew { before, text } => {
            vec![write(path, Some(before), text, Kept::Yes)]
        }
        ChangeKind::Move { from, before, text } => vec![
            write(path, None, text, Kept::No),
            remove(from, before, Kept::No),
        ],
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
    text: &'a str,
    kept: Kept,
) -> (Step, Option<&'a str>) {
    let step = Step::Write {
        path: path.clone(),
        before: before.map(Fingerprint::of_bytes),
        after: Fingerprint::of_bytes(text.as_bytes()),
        kept,
    };
    (step, Some(text))
}

fn remove<'a>(path: &Utf8PathBuf, before: &[u8], kept: Kept) -> (Step, Option<&'a str>) {
    let step = Step::Remove {
        path: path.clone(),
        before: Fingerprint::of_bytes(before),
        kept,
    };
    (step, None)
}
