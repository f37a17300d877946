//! What the commands say of a comparison: diagnostics, changes as lines, and what they mean for the exit code.

use camino::{Utf8Path, Utf8PathBuf};

use super::fold::{Named, fold};
use super::{Exit, output};
use crate::args::Denials;
use crate::config;
use crate::diagnostics::{Diagnostics, Effect, print};
use crate::project::diff::{colored_counts, counted_lines, unified};
use crate::project::{Change, FunctionState, LOCK_FILE_NAME, Writer};
use crate::source::Sources;

/// What may be left of the contract without being an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// Parts that can't be expressed degrade.
    Lenient,
    /// Parts that can't be expressed are errors.
    Strict,
    /// So is everything else that is worth a warning.
    Spotless,
}

impl Strictness {
    /// Of the flags; the one that refuses more holds.
    pub fn of(denials: Denials) -> Self {
        match (denials.strict, denials.deny_warnings) {
            (_, true) => Self::Spotless,
            (true, false) => Self::Strict,
            (false, false) => Self::Lenient,
        }
    }

    /// Whether what an earlier, lenient run said holds now too.
    pub fn allows(self, said: &str) -> bool {
        match self {
            Self::Lenient => true,
            Self::Strict | Self::Spotless => said.is_empty(),
        }
    }

    /// The diagnostics, with what isn't allowed as errors.
    pub fn judge(self, diagnostics: &Diagnostics) -> Diagnostics {
        let effects: &[Effect] = match self {
            Self::Lenient => &[],
            Self::Strict => &[Effect::Degrades],
            Self::Spotless => &[Effect::Degrades, Effect::Warning],
        };
        diagnostics.clone().denied(effects)
    }
}

/// Whether there is a folder to run in.
///
/// # Errors
///
/// When there isn't.
pub fn check_folder(dir: &Utf8Path) -> anyhow::Result<()> {
    anyhow::ensure!(dir.is_dir(), "`{dir}` is no folder (`-C`)");
    Ok(())
}

/// The folder of the project that `dir` lies in.
///
/// # Errors
///
/// When neither it nor a folder above has a `routegen.toml`.
pub fn project_root(dir: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    // `new` that was interrupted may not have come to the file.
    let is_root = |folder: &Utf8Path| {
        folder.join(config::FILE_NAME).is_file() || Writer::was_interrupted(folder)
    };
    if is_root(dir) {
        return Ok(dir.to_owned());
    }
    let absolute = Utf8PathBuf::try_from(std::path::absolute(dir)?)?;
    let root = absolute.ancestors().find(|folder| is_root(folder));
    root.map(Utf8Path::to_owned).ok_or_else(|| {
        anyhow::anyhow!(
            "there is no `{}` in `{dir}` or above it; `routegen new` writes a project",
            config::FILE_NAME
        )
    })
}

/// What is said of a project that an interrupted run has left between two states, of which nothing else can be said.
pub fn between(root: &Utf8Path) -> Option<&'static str> {
    Writer::was_interrupted(root).then_some(
        "a run was interrupted while it changed the files, which are between two states; `routegen sync` ends it",
    )
}

/// Says it to people; returns how the program has to end then.
pub fn tell_between(root: &Utf8Path) -> Option<Exit> {
    let message = between(root)?;
    output::tell(&format!("{message}\n"));
    Some(Exit::Drift)
}

/// The diagnostics as text.
pub fn said(diagnostics: &Diagnostics, sources: &Sources, strictness: Strictness) -> String {
    print(&strictness.judge(diagnostics), sources)
}

/// Prints the diagnostics; returns how the program has to end because of them, if it has to.
pub fn tell_diagnostics(
    diagnostics: &Diagnostics,
    sources: &Sources,
    strictness: Strictness,
) -> Option<Exit> {
    output::tell(&said(diagnostics, sources, strictness));
    exit(&strictness.judge(diagnostics))
}

/// How the program has to end because of diagnostics that have been judged, if it has to.
pub fn exit(diagnostics: &Diagnostics) -> Option<Exit> {
    if diagnostics.any(Effect::Fatal) {
        Some(Exit::Unusable)
    } else if diagnostics.any(Effect::Decide) {
        Some(Exit::Decide)
    } else {
        None
    }
}

/// The changes that are worth showing: the lock changes with every other file, and its text says nothing to people.
pub fn shown(changes: &[Change]) -> Vec<&Change> {
    changes
        .iter()
        .filter(|change| changes.len() == 1 || change.path != LOCK_FILE_NAME)
        .collect()
}

/// Which changes are shown line by line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Diffs {
    /// Those of files that a person has written in; of others it is said how many lines they gain and lose.
    Yours,
    /// All.
    Full,
}

impl Diffs {
    /// Of the flag that asks for all.
    pub fn of(full_diff: bool) -> Self {
        match full_diff {
            true => Self::Full,
            false => Self::Yours,
        }
    }

    /// Whether a change is shown line by line.
    pub fn shows(self, change: &Change) -> bool {
        match self {
            Self::Yours => !change.is_generated(),
            Self::Full => true,
        }
    }

    /// The diffs that are shown, and before them a line for each change whose diff isn't, or says no more than where a file goes;
    /// many of one kind in one folder are one line.
    pub fn text(self, changes: &[Change]) -> String {
        let (full, brief): (Vec<&Change>, Vec<&Change>) =
            shown(changes).into_iter().partition(|change| match self {
                Self::Yours => self.shows(change) && !change.only_moves(),
                Self::Full => true,
            });
        let mut text = String::new();
        for group in fold(Named::Lines, brief, |change| {
            (&change.path, change.kind.words().would)
        }) {
            let lines = match group.counted {
                Some(files) => vec![(files, added_up(&group.files))],
                None => {
                    let line = |change: &&Change| (place(change), counted_lines(change));
                    group.files.iter().map(line).collect()
                }
            };
            for (what, (added, removed)) in lines {
                let counts = behind(added, removed);
                text += &output::done(group.word, &format!("{what}{counts}"));
            }
        }
        // With it the diff is all that `sync` does.
        let lock = changes.iter().filter(|change| {
            self == Self::Full && changes.len() > 1 && change.path == LOCK_FILE_NAME
        });
        text.extend(full.into_iter().chain(lock).map(unified));
        text
    }
}

/// How many lines all the changes add, and how many they take away.
fn added_up(changes: &[&Change]) -> (usize, usize) {
    let counts = changes.iter().map(|change| counted_lines(change));
    counts.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1))
}

/// Numbers of lines behind what changes by them; nothing if no line does.
pub fn behind(added: usize, removed: usize) -> String {
    match (added, removed) {
        (0, 0) => String::new(),
        (added, removed) => format!("  {}", colored_counts(added, removed)),
    }
}

/// The file of a change, and where it goes.
pub fn place(change: &Change) -> String {
    if change.old_path() == change.path {
        change.path.to_string()
    } else {
        format!("{} -> {}", change.old_path(), change.path)
    }
}

/// A function as `file:line name`.
pub fn handler(state: &FunctionState) -> String {
    let line = state.line.map_or(String::new(), |line| format!(":{line}"));
    format!("{}{line} `{}`", state.path, state.name)
}
