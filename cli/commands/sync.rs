//! `routegen sync`: bring the project into step with its contract.

use camino::{Utf8Path, Utf8PathBuf};

use super::report::{self, Diffs, Strictness};
use super::{Exit, output, watch, written};
use crate::args::Sync;
use crate::pipeline::{self, Comparison};
use crate::progress::Progress;
use crate::project::diff::edits;
use crate::project::{State, Writer, in_step};

/// What a run did.
pub struct Run {
    /// How the program ends.
    pub exit: Exit,
    /// Whether files changed.
    pub changed: bool,
    /// The files of the contract and the configuration that were read or looked for; none if not even these are known.
    pub read: Vec<Utf8PathBuf>,
}

/// Syncs the project that `dir` lies in.
pub fn run(dir: &Utf8Path, arguments: &Sync) -> anyhow::Result<Exit> {
    let root = report::project_root(dir)?;
    let strictness = Strictness::of(arguments.denials);
    if arguments.watch {
        return watch::run(&root, strictness);
    }
    if arguments.dry_run {
        let diffs = if arguments.full_diff {
            Diffs::Full
        } else {
            Diffs::Yours
        };
        return dry_run(&root, strictness, diffs);
    }
    Ok(once(&root, strictness, &mut output::tell)?.exit)
}

/// Syncs the project at `root`; what there is to say goes to `tell`.
///
/// # Errors
///
/// When something can't be read or written.
pub fn once(
    root: &Utf8Path,
    strictness: Strictness,
    tell: &mut dyn FnMut(&str),
) -> anyhow::Result<Run> {
    let facts = pipeline::facts_line(root);
    if let Some(remembered) = in_step::recall(root, &facts)?
        && strictness.allows(&remembered.said)
    {
        tell(&remembered.said);
        return Ok(Run {
            exit: Exit::Done,
            changed: false,
            read: remembered.read,
        });
    }
    let writer = match written::lock(root)? {
        Ok(writer) => writer,
        Err(refused) => {
            let (said, exit) = written::refused(&refused);
            tell(&said);
            return Ok(Run {
                exit,
                changed: false,
                read: Vec::new(),
            });
        }
    };
    tell(&written::interrupted(&writer.recover()?));
    let progress = Progress::start();
    let comparison = pipeline::compare(root, &progress)?;
    progress.clear();
    let (exit, changed) = apply(&writer, &comparison, strictness, &progress, tell)?;
    if exit == Exit::Done {
        remember(&writer, root, &facts, &comparison, strictness)?;
    }
    Ok(Run {
        exit,
        changed,
        read: comparison.read,
    })
}

/// Makes the changes that a comparison asks for, if nothing speaks against it; returns whether there were any, too.
fn apply(
    writer: &Writer,
    comparison: &Comparison,
    strictness: Strictness,
    progress: &Progress,
    tell: &mut dyn FnMut(&str),
) -> anyhow::Result<(Exit, bool)> {
    let (diagnostics, sources) = (&comparison.diagnostics, &comparison.sources);
    tell(&report::said(diagnostics, sources, strictness));
    if let Some(exit) = report::exit(&strictness.judge(diagnostics)) {
        return Ok((exit, false));
    }
    let Some(merged) = &comparison.merged else {
        return Ok((Exit::Unusable, false));
    };
    let applied = written::apply(writer, &merged.changes, progress)?;
    match applied {
        Ok(saved) => tell(&written::saved(&saved)),
        Err(refused) => {
            let (said, exit) = written::refused(&refused);
            tell(&said);
            return Ok((exit, false));
        }
    }
    merged
        .changes
        .iter()
        .filter_map(edits)
        .for_each(|diff| tell(&diff));
    tell(&written::changes(&merged.changes, &merged.states));
    tell(&written::orphans(&merged.states));
    Ok((Exit::Done, !merged.changes.is_empty()))
}

/// Notes that the project is in step, if the next run would have nothing to do and the same to say.
fn remember(
    writer: &Writer,
    root: &Utf8Path,
    facts: &str,
    comparison: &Comparison,
    strictness: Strictness,
) -> anyhow::Result<()> {
    let Some(merged) = &comparison.merged else {
        return Ok(());
    };
    // What was said of a change isn't said of its result.
    let is_quiet = comparison.diagnostics.is_empty() || merged.changes.is_empty();
    // Orphans are said anew each time, by each command in its own way.
    let has_orphans = merged
        .states
        .iter()
        .any(|state| state.state == State::Orphan);
    if is_quiet && !has_orphans {
        let said = report::said(&comparison.diagnostics, &comparison.sources, strictness);
        in_step::remember(writer, root, facts, &comparison.read, &said)?;
    }
    Ok(())
}

fn dry_run(root: &Utf8Path, strictness: Strictness, diffs: Diffs) -> anyhow::Result<Exit> {
    if let Some(remembered) = in_step::recall(root, &pipeline::facts_line(root))?
        && strictness.allows(&remembered.said)
    {
        output::tell(&remembered.said);
        return Ok(Exit::Done);
    }
    if let Some(exit) = report::tell_between(root) {
        return Ok(exit);
    }
    let comparison = pipeline::compare(root, &Progress::start())?;
    let exit = report::tell_diagnostics(&comparison.diagnostics, &comparison.sources, strictness);
    let Some(merged) = &comparison.merged else {
        return Ok(exit.unwrap_or(Exit::Unusable));
    };
    output::print(&diffs.text(&merged.changes))?;
    let files = match report::shown(&merged.changes).len() {
        0 => return Ok(exit.unwrap_or(Exit::Done)),
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    };
    let said = match exit {
        Some(_) => "nothing would be written until that is mended".to_owned(),
        None => format!("nothing was written; {files} would change"),
    };
    output::tell_done("Dry run", &said);
    Ok(exit.unwrap_or(Exit::Done))
}
