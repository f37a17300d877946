//! What is said of a transaction, as cargo says what it does: a line for each change, and for what became of interrupted runs.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use super::output::done;
use super::report::{self, Strictness, place, shown};
use super::{Exit, output};
use crate::diagnostics::Diagnostics;
use crate::progress::{Progress, Step};
use crate::project::{Change, ChangeKind, FunctionState, Interrupted, Refused, State, Writer};
use crate::source::Sources;

/// How many files of ours are named one by one.
const NAMED_OF_OURS: usize = 3;

/// How many files of the user's are named one by one.
const NAMED_OF_YOURS: usize = 40;

/// Makes changes in one transaction, with a bar for as long as that takes.
///
/// # Errors
///
/// When something can't be written.
pub fn apply(
    writer: &Writer,
    changes: &[Change],
    progress: &Progress,
) -> anyhow::Result<Result<Vec<Utf8PathBuf>, Refused>> {
    if !changes.is_empty() {
        progress.step(Step::Write, &format!("{} files", changes.len()));
    }
    let applied = writer.apply(changes);
    progress.clear();
    applied
}

/// A line for each change, with the stubs that a file gains; many files of one kind in one folder are one line.
pub fn changes(changes: &[Change], states: &[FunctionState]) -> String {
    let mut groups: BTreeMap<(&str, &str), Vec<&Change>> = BTreeMap::new();
    for change in shown(changes) {
        let folder = change
            .path
            .as_str()
            .split_once('/')
            .map_or("", |(folder, _)| folder);
        groups
            .entry((folder, verb(change)))
            .or_default()
            .push(change);
    }
    let mut text = String::new();
    for ((folder, verb), changes) in groups {
        let named = if ["contract", "handlers"].contains(&folder) {
            NAMED_OF_OURS
        } else {
            NAMED_OF_YOURS
        };
        if changes.len() > named {
            text += &done(verb, &format!("{} files in {folder}/", changes.len()));
        } else {
            let line = |change: &&Change| {
                done(verb, &format!("{}{}", place(change), stubs(change, states)))
            };
            text.extend(changes.iter().map(line));
        }
    }
    text
}

/// The handlers whose operations are gone.
pub fn orphans(states: &[FunctionState]) -> String {
    let orphans = states.iter().filter(|state| state.state == State::Orphan);
    orphans
        .map(|state| done("Orphaned", &report::handler(state)))
        .collect()
}

/// The stubs that a file of the user's gains, behind its name.
fn stubs(change: &Change, states: &[FunctionState]) -> String {
    let gains = |state: &&FunctionState| {
        state.path == change.path && state.state == State::Stub && state.line.is_none()
    };
    let names: Vec<String> = states
        .iter()
        .filter(gains)
        .map(|state| format!("`{}`", state.name))
        .collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!(" with {}", names.join(", ")),
    }
}

fn verb(change: &Change) -> &'static str {
    match change.kind {
        ChangeKind::Create { .. } => "Created",
        ChangeKind::Update { .. } | ChangeKind::Renew { .. } => "Updated",
        ChangeKind::Restore { .. } => "Restored",
        ChangeKind::Move { .. } | ChangeKind::Follow { .. } => "Moved",
        ChangeKind::Remove { .. } | ChangeKind::RemoveEdited { .. } => "Removed",
    }
}

/// What became of an interrupted run.
pub fn interrupted(interrupted: &Interrupted) -> String {
    match interrupted {
        Interrupted::No | Interrupted::Undone => String::new(),
        Interrupted::TakenBack {
            changed,
            saved: paths,
        } => done("Took back", "a run that was interrupted") + &kept(changed) + &saved(paths),
        Interrupted::Finished {
            skipped,
            saved: paths,
        } => done("Finished", "a run that was interrupted") + &kept(skipped) + &saved(paths),
    }
}

fn kept(paths: &[Utf8PathBuf]) -> String {
    let line = |path| {
        done(
            "Kept",
            &format!("your {path}, which has been changed since"),
        )
    };
    paths.iter().map(line).collect()
}

/// Where bytes are that somebody wrote in the moment in which a file was replaced.
pub fn saved(paths: &[Utf8PathBuf]) -> String {
    let line = |path| {
        let what = format!("what somebody wrote at this moment, as {path}");
        done("Saved", &what)
    };
    paths.iter().map(line).collect()
}

/// Why nothing was written, and how the program has to end then.
pub fn refused(refused: &Refused) -> (String, Exit) {
    let mut diagnostics = Diagnostics::default();
    refused
        .diagnostics()
        .into_iter()
        .for_each(|diagnostic| diagnostics.push(diagnostic));
    let said = report::said(&diagnostics, &Sources::default(), Strictness::Lenient);
    (said, report::exit(&diagnostics).unwrap_or(Exit::Unusable))
}

/// Says why nothing was written.
pub fn tell_refused(why: &Refused) -> Exit {
    let (said, exit) = refused(why);
    output::tell(&said);
    exit
}
