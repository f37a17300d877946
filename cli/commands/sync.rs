//! `routegen sync`: bring the project into step with its contract.

use camino::{Utf8Path, Utf8PathBuf};

use super::report::{self, Diffs, Strictness};
use super::{Exit, output, watch, written};
use crate::args::Sync;
use crate::config::Config;
use crate::diagnostics::{Diagnostics, print};
use crate::pipeline::{self, Comparison};
use crate::progress::Progress;
use crate::project::diff::edits;
use crate::project::{Change, Ground, Refused, State, Writer, held, in_step};
use crate::source::Sources;

/// Who asks for a run.
#[derive(Clone, Copy)]
pub enum Asked<'a> {
    /// A person, who wants to know why nothing could be done.
    ByHand,
    /// A watch, which comes again when it can be done, and waits for no other run when it is to end.
    ByWatch { is_to_end: &'a dyn Fn() -> bool },
}

/// What a run has to say.
pub enum Told<'a> {
    /// What is wrong with what people wrote, and the files that it is in.
    Diagnostics(&'a Diagnostics, &'a Sources),
    /// What was done, or why nothing was.
    Text(&'a str),
}

impl Told<'_> {
    /// As people read it.
    pub fn text(&self) -> String {
        match self {
            Self::Diagnostics(diagnostics, sources) => print(diagnostics, sources),
            Self::Text(text) => (*text).to_owned(),
        }
    }
}

/// What a run did.
pub struct Run {
    /// How the program ends.
    pub exit: Exit,
    /// Whether files changed.
    pub changed: bool,
    /// The files of the contract and the configuration that were read or looked for; none if not even these are known.
    pub read: Vec<Utf8PathBuf>,
    /// The files that would have changed, but that somebody is writing: nothing was done, nor said of it, in a run of a watch.
    pub held: Vec<Utf8PathBuf>,
}

impl Run {
    /// One that came to nothing.
    pub fn none(exit: Exit) -> Self {
        Self {
            exit,
            changed: false,
            read: Vec::new(),
            held: Vec::new(),
        }
    }
}

/// Syncs the project that `dir` lies in.
pub fn run(dir: &Utf8Path, arguments: &Sync) -> anyhow::Result<Exit> {
    let root = report::project_root(dir)?;
    let strictness = Strictness::of(arguments.denials);
    if arguments.watch {
        return watch::run(&root, strictness);
    }
    if arguments.dry_run {
        return dry_run(&root, strictness, Diffs::of(arguments.full_diff));
    }
    let mut tell = |told: Told<'_>| output::tell(&told.text());
    Ok(once(&root, strictness, Asked::ByHand, &mut tell)?.exit)
}

/// Syncs the project at `root`; what there is to say goes to `tell`.
///
/// # Errors
///
/// When something can't be read or written.
pub fn once(
    root: &Utf8Path,
    strictness: Strictness,
    asked: Asked<'_>,
    tell: &mut dyn FnMut(Told<'_>),
) -> anyhow::Result<Run> {
    let facts = pipeline::facts_line(root);
    // What was said is remembered as text alone, and a watch compares what is said.
    let is_told_as_text = |said: &str| match asked {
        Asked::ByHand => true,
        Asked::ByWatch { .. } => said.is_empty(),
    };
    if let Some(remembered) = in_step::recall(root, &facts)?
        && strictness.allows(&remembered.said)
        && is_told_as_text(&remembered.said)
    {
        tell(Told::Text(&remembered.said));
        return Ok(Run {
            read: remembered.read,
            ..Run::none(Exit::Done)
        });
    }
    // Without it the folder is no project, or none any more, and nothing is to be made in it. `new` that was killed may not have come to it.
    if !Writer::was_interrupted(root) {
        Config::read_text(root)?;
    }
    let taken = match asked {
        Asked::ByHand => written::lock(root, Ground::Old)?.map(Some),
        Asked::ByWatch { is_to_end } => written::lock_unless(root, Ground::Old, is_to_end)?,
    };
    let writer = match taken {
        Ok(Some(writer)) => writer,
        Ok(None) => return Ok(Run::none(Exit::Unusable)),
        Err(refused) => {
            let (said, exit) = written::refused(&refused);
            tell(Told::Text(&said));
            return Ok(Run::none(exit));
        }
    };
    tell(Told::Text(&written::interrupted(&writer.recover()?)));
    let progress = Progress::start();
    let comparison = pipeline::compare(root, &progress)?;
    progress.clear();
    let unrested = match asked {
        Asked::ByHand => Vec::new(),
        Asked::ByWatch { .. } => unrested(root, &comparison),
    };
    let run = match unrested.is_empty() {
        true => apply(&writer, &comparison, (strictness, asked), &progress, tell)?,
        false => Run {
            held: unrested,
            ..Run::none(Exit::Unusable)
        },
    };
    if run.exit == Exit::Done {
        remember(&writer, root, &facts, &comparison, strictness)?;
    }
    Ok(Run {
        read: comparison.read,
        ..run
    })
}

/// The files that would change, but that somebody may be writing.
fn unrested(root: &Utf8Path, comparison: &Comparison) -> Vec<Utf8PathBuf> {
    let changes = comparison.merged.iter().flat_map(|merged| &merged.changes);
    let paths = changes.map(Change::old_path);
    let unrested = paths.filter(|path| held::is_unrested(&root.join(path)));
    unrested.map(Utf8Path::to_owned).collect()
}

/// Makes the changes that a comparison asks for, if nothing speaks against it.
fn apply(
    writer: &Writer,
    comparison: &Comparison,
    (strictness, asked): (Strictness, Asked<'_>),
    progress: &Progress,
    tell: &mut dyn FnMut(Told<'_>),
) -> anyhow::Result<Run> {
    let diagnostics = strictness.judge(&comparison.diagnostics);
    tell(Told::Diagnostics(&diagnostics, &comparison.sources));
    if let Some(exit) = report::exit(&diagnostics) {
        return Ok(Run::none(exit));
    }
    let Some(merged) = &comparison.merged else {
        return Ok(Run::none(Exit::Unusable));
    };
    match (written::apply(writer, &merged.changes, progress)?, asked) {
        (Ok(saved), _) => tell(Told::Text(&written::saved(&saved))),
        (Err(Refused::Held(held)), Asked::ByWatch { .. }) => {
            return Ok(Run {
                held,
                ..Run::none(Exit::Unusable)
            });
        }
        (Err(refused), Asked::ByHand | Asked::ByWatch { .. }) => {
            let (said, exit) = written::refused(&refused);
            tell(Told::Text(&said));
            return Ok(Run::none(exit));
        }
    }
    merged
        .changes
        .iter()
        .filter_map(edits)
        .for_each(|diff| tell(Told::Text(&diff)));
    tell(Told::Text(&written::changes(
        &merged.changes,
        &merged.states,
    )));
    Ok(Run {
        changed: !merged.changes.is_empty(),
        ..Run::none(Exit::Done)
    })
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
    // `check` lists orphans beside what is said of them.
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
