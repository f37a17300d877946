//! `routegen sync`: bring the project into step with its contract.

use camino::{Utf8Path, Utf8PathBuf};

use super::report::{self, Diffs, Strictness};
use super::{Exit, output};
use crate::args::Sync;
use crate::pipeline;
use crate::project::diff::edits;
use crate::project::{Interrupted, Refused, State, Writer, in_step};

/// Syncs the project that `dir` lies in.
pub fn run(dir: &Utf8Path, arguments: &Sync) -> anyhow::Result<Exit> {
    let root = report::project_root(dir)?;
    let facts = pipeline::facts_line(&root);
    let strictness = Strictness::of(arguments.denials);
    if let Some(said) = in_step::recall(&root, &facts)?
        && strictness.allows(&said)
    {
        output::tell(&said);
        return Ok(Exit::Done);
    }
    if arguments.dry_run {
        let diffs = if arguments.full_diff {
            Diffs::Full
        } else {
            Diffs::Yours
        };
        return dry_run(&root, strictness, diffs);
    }
    let writer = match lock(&root)? {
        Ok(writer) => writer,
        Err(refused) => return Ok(refused),
    };
    tell_interrupted(&writer.recover()?);
    let comparison = pipeline::compare(&root)?;
    if let Some(exit) =
        report::tell_diagnostics(&comparison.diagnostics, &comparison.sources, strictness)
    {
        return Ok(exit);
    }
    let Some(merged) = &comparison.merged else {
        return Ok(Exit::Unusable);
    };
    match writer.apply(&merged.changes)? {
        Ok(saved) => tell_saved(&saved),
        Err(refused) => return Ok(tell_refused(&refused)),
    }
    merged
        .changes
        .iter()
        .filter_map(edits)
        .for_each(|diff| output::tell(&diff));
    report::tell_changes(&merged.changes);
    let orphans = merged
        .states
        .iter()
        .filter(|state| state.state == State::Orphan);
    orphans.for_each(|state| output::tell_done("Orphaned", &report::handler(state)));
    // What was said of a change isn't said of its result.
    let is_quiet = comparison.diagnostics.is_empty() || merged.changes.is_empty();
    // Orphans are said anew each time, by each command in its own way.
    let has_orphans = merged
        .states
        .iter()
        .any(|state| state.state == State::Orphan);
    if is_quiet && !has_orphans {
        let said = report::said(&comparison.diagnostics, &comparison.sources, strictness);
        in_step::remember(&writer, &root, &facts, &comparison.read, &said)?;
    }
    Ok(Exit::Done)
}

/// Takes a project for this run, and says so if another has it; the inner error is how the program ends if it can't.
///
/// # Errors
///
/// When the folder can't be written to.
pub fn lock(root: &Utf8Path) -> anyhow::Result<Result<Writer, Exit>> {
    if let Some(link) = Writer::link(root) {
        return Ok(Err(tell_refused(&Refused::Linked(link))));
    }
    let waiting = || output::tell("waiting for another routegen in this folder\n");
    Writer::lock(root, waiting).map(Ok)
}

fn dry_run(root: &Utf8Path, strictness: Strictness, diffs: Diffs) -> anyhow::Result<Exit> {
    if let Some(exit) = report::tell_between(root) {
        return Ok(exit);
    }
    let comparison = pipeline::compare(root)?;
    let exit = report::tell_diagnostics(&comparison.diagnostics, &comparison.sources, strictness);
    let Some(merged) = &comparison.merged else {
        return Ok(exit.unwrap_or(Exit::Unusable));
    };
    output::print(&diffs.text(&merged.changes))?;
    Ok(exit.unwrap_or(Exit::Done))
}

/// Says what became of an interrupted run.
pub fn tell_interrupted(interrupted: &Interrupted) {
    match interrupted {
        Interrupted::No | Interrupted::Undone => {}
        Interrupted::TakenBack { changed, saved } => {
            output::tell_done("Took back", "a run that was interrupted");
            tell_kept(changed);
            tell_saved(saved);
        }
        Interrupted::Finished { skipped, saved } => {
            output::tell_done("Finished", "a run that was interrupted");
            tell_kept(skipped);
            tell_saved(saved);
        }
    }
}

fn tell_kept(paths: &[Utf8PathBuf]) {
    for path in paths {
        let what = format!("your {path}, which has been changed since");
        output::tell_done("Kept", &what);
    }
}

/// Says where bytes are that somebody wrote in the moment in which a file was replaced.
pub fn tell_saved(paths: &[Utf8PathBuf]) {
    for path in paths {
        let what = format!("what somebody wrote at this moment, as {path}");
        output::tell_done("Saved", &what);
    }
}

/// Says why nothing was written.
pub fn tell_refused(refused: &Refused) -> Exit {
    let mut diagnostics = crate::diagnostics::Diagnostics::default();
    refused
        .diagnostics()
        .into_iter()
        .for_each(|diagnostic| diagnostics.push(diagnostic));
    let sources = crate::source::Sources::default();
    report::tell_diagnostics(&diagnostics, &sources, Strictness::Lenient).unwrap_or(Exit::Unusable)
}
