//! One `sync` and all that must hold of it: nothing that a person wrote is lost, what nobody edited follows, and nothing is left to do.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use routegen::diagnostics::Effect;
use routegen::pipeline::{self, Comparison};
use routegen::progress::Progress;
use routegen::project::{Change, ChangeKind, FunctionState, State};

use super::ledger::{Ledger, Touched};
use super::order::Order;
use super::outline::Outline;
use super::tree::Tree;
use super::wanted::Wanted;

/// What a `sync` did.
#[derive(Debug, Default)]
pub struct Step {
    pub time: Duration,
    /// Files of the user's that moved, old path to new.
    pub moves: BTreeMap<Utf8PathBuf, Utf8PathBuf>,
    /// Handlers that came; those that stayed; those of them that were edited.
    pub added: usize,
    pub kept: usize,
    pub edited: usize,
    /// Handlers whose operations are gone and which stay, since they were edited; those that were stubs and went.
    pub orphaned: usize,
    pub removed: usize,
    /// Handlers whose files moved.
    pub moved: usize,
    /// What was warned of the project, by code.
    pub warned: BTreeMap<&'static str, usize>,
    /// Orphans that are compiled: beside live handlers.
    pub live_orphans: usize,
}

/// How a `sync` ended.
pub enum Ended {
    /// It was done.
    Done(Step),
    /// The contract can't be read: nothing was written.
    Unusable,
    /// A person must decide, on what these codes say: nothing was written.
    Decide(BTreeSet<&'static str>),
}

/// Runs the program in a project.
pub fn routegen(root: &Utf8Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_routegen"));
    command.args(["-C", root.as_str()]).args(arguments);
    command.env_remove("CLICOLOR_FORCE").env("NO_COLOR", "1");
    command.output().expect("the program is there")
}

/// Syncs, and holds what must hold; `before` is what the contract wanted before, and becomes what it wants now.
pub fn sync(root: &Utf8Path, ledger: &mut Ledger, before: &mut Wanted) -> Result<Ended, String> {
    let tree = Tree::read(root);
    let order = Order::of(ledger, &tree).map_err(|lost| format!("before sync: {lost}"))?;
    let comparison =
        pipeline::compare(root, &Progress::default()).map_err(|error| format!("{error:#}"))?;
    let started = Instant::now();
    let output = routegen(root, &["sync"]);
    let time = started.elapsed();
    let after = Tree::read(root);
    match output.status.code() {
        Some(0) => {}
        Some(2 | 3) => return refused(&output, &comparison, &tree, &after),
        _ => return Err(said("sync", &output)),
    }
    let changes = &comparison
        .merged
        .as_ref()
        .ok_or("sync did what compare could not")?
        .changes;
    are_made(changes, &tree, &after)?;
    let mut step = Step {
        time,
        moves: moves(changes),
        ..Step::default()
    };
    ledger.follow(&step.moves);
    order.is_kept(&Order::of(ledger, &after)?, &step.moves)?;
    let wanted = Wanted::of(root)?;
    wanted.is_followed(&after, ledger)?;
    step.count(before, &wanted, &after, ledger)?;
    step.warnings(&comparison);
    nothing_is_left(root, &after)?;
    let again =
        pipeline::compare(root, &Progress::default()).map_err(|error| format!("{error:#}"))?;
    let merged = again.merged.ok_or("the project can't be read again")?;
    if let Some(change) = merged.changes.first() {
        return Err(format!("a second sync would change {}", change.path));
    }
    let live = |state: &&FunctionState| {
        wanted.files.contains_key(&state.path) || state.path == "app/auth.rs"
    };
    step.live_orphans = merged
        .states
        .iter()
        .filter(|state| state.state == State::Orphan)
        .filter(live)
        .count();
    *before = wanted;
    Ok(Ended::Done(step))
}

fn said(what: &str, output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!(
        "{what} ended with {}\n{}{}",
        output.status,
        text(&output.stdout),
        text(&output.stderr)
    )
}

fn refused(
    output: &Output,
    comparison: &Comparison,
    before: &Tree,
    after: &Tree,
) -> Result<Ended, String> {
    before.same_as(after, "a sync that refuses")?;
    let decide: BTreeSet<&'static str> = comparison
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.effect == Effect::Decide)
        .map(|diagnostic| diagnostic.code.number)
        .collect();
    match output.status.code() {
        Some(2) if comparison.diagnostics.any(Effect::Fatal) => Ok(Ended::Unusable),
        Some(3) if !decide.is_empty() => Ok(Ended::Decide(decide)),
        _ => Err(said("sync", output)),
    }
}

/// The files of the user's that move.
fn moves(changes: &[Change]) -> BTreeMap<Utf8PathBuf, Utf8PathBuf> {
    let moved = changes
        .iter()
        .filter(|change| change.old_path() != change.path);
    moved
        .map(|change| (change.old_path().to_owned(), change.path.clone()))
        .collect()
}

/// Holds that all changes are made, and nothing else.
fn are_made(changes: &[Change], before: &Tree, after: &Tree) -> Result<(), String> {
    let mut expected = before.clone();
    for change in changes {
        expected.0.remove(change.old_path());
    }
    for change in changes {
        let bytes = match (&change.kind, change.texts().1) {
            (ChangeKind::Follow { from }, _) => before.bytes(from),
            (_, after) => after,
        };
        if let Some(bytes) = bytes {
            let file = super::tree::File {
                bytes: bytes.to_owned(),
                written: std::time::SystemTime::UNIX_EPOCH,
            };
            expected.0.insert(change.path.clone(), file);
        }
    }
    match expected.differences(after).as_slice() {
        [] => Ok(()),
        differences => Err(format!(
            "sync did otherwise than it said to {differences:?}"
        )),
    }
}

/// Holds that a second `sync` writes nothing, though it knows nothing of the first, and that `check` is content.
fn nothing_is_left(root: &Utf8Path, after: &Tree) -> Result<(), String> {
    // By this file it would know that there is nothing to do.
    let _ = std::fs::remove_file(root.join(".routegen/in-step"));
    let second = routegen(root, &["sync"]);
    if second.status.code() != Some(0) {
        return Err(said("a second sync", &second));
    }
    after.same_as(&Tree::read(root), "a second sync")?;
    let check = routegen(root, &["check"]);
    match check.status.code() {
        Some(0) => Ok(()),
        _ => Err(said("check", &check)),
    }
}

impl Step {
    /// What became of the handlers.
    fn count(
        &mut self,
        before: &Wanted,
        wanted: &Wanted,
        after: &Tree,
        ledger: &Ledger,
    ) -> Result<(), String> {
        let now = |path: &Utf8PathBuf| self.moves.get(path).unwrap_or(path).clone();
        let operations = |of: &Wanted| -> Vec<(Utf8PathBuf, String)> {
            let keys = of.functions.iter();
            keys.filter(|(key, _)| !key.starts_with("auth "))
                .map(|(_, place)| place.clone())
                .collect()
        };
        let old = operations(before).into_iter();
        let old: BTreeSet<(Utf8PathBuf, String)> =
            old.map(|(path, name)| (now(&path), name)).collect();
        let new: BTreeSet<(Utf8PathBuf, String)> = operations(wanted).into_iter().collect();
        self.added = new.difference(&old).count();
        self.kept = new.intersection(&old).count();
        let edited =
            |(path, name): &&(Utf8PathBuf, String)| ledger.of(path, name) != Touched::default();
        self.edited = wanted.functions.values().filter(edited).count();
        let claimed: BTreeSet<&(Utf8PathBuf, String)> = wanted.functions.values().collect();
        for (path, name) in before.functions.values() {
            let now = self.moves.get(path).unwrap_or(path).clone();
            self.moved += usize::from(now != *path);
            let place = (now, name.clone());
            if claimed.contains(&place) {
                continue;
            }
            let outline = after.text(&place.0).and_then(Outline::of);
            let is_there = outline
                .is_some_and(|outline| outline.functions.iter().any(|there| there.name == *name));
            let touched = ledger.of(&place.0, name);
            match (touched == Touched::default(), is_there) {
                (true, true) => {
                    return Err(format!(
                        "`{name}` in {} was a stub, and stays without its operation",
                        place.0
                    ));
                }
                (true, false) => self.removed += 1,
                (false, _) => self.orphaned += 1,
            }
        }
        Ok(())
    }

    fn warnings(&mut self, comparison: &Comparison) {
        let project = comparison
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code.number.starts_with("RG05"));
        for diagnostic in project {
            *self.warned.entry(diagnostic.code.number).or_default() += 1;
        }
    }
}
