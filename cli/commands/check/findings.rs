//! What a check finds, as one list of values: files that aren't as they should be, functions, and what is wrong with
//! what people wrote.

use camino::{Utf8Path, Utf8PathBuf};

use super::kinds::{Consequence, Kind, Urgency};
use crate::commands::report::{self, Diffs};
use crate::diagnostics::codes::project::{
    RG0501, RG0504, RG0505, RG0506, RG0507, RG0509, RG0514, RG0515, RG0523,
};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Effect};
use crate::pipeline::{self, Comparison};
use crate::project::diff::{changed_lines, counted_lines, unified};
use crate::project::{Change, ChangeKind, FunctionState, Refused, State};
use crate::source::line_column;

/// One thing that was found.
#[derive(Debug)]
pub struct Finding {
    pub kind: Kind,
    pub consequence: Consequence,
    /// Which diagnostic it is, if it is one.
    pub code: Option<&'static Code>,
    /// What is wrong, in lower case, without a stop.
    pub message: String,
    pub label: Option<String>,
    pub notes: Vec<String>,
    pub help: Option<String>,
    /// Where, if it is somewhere.
    pub place: Option<Spot>,
    /// The functions that it is about.
    pub handlers: Vec<Handler>,
    /// What `sync` would change.
    pub difference: Option<Difference>,
}

/// A place in a file.
#[derive(Debug)]
pub struct Spot {
    /// The path, from the project.
    pub path: Utf8PathBuf,
    /// The lines and columns, as far as they are known.
    pub lines: Option<Lines>,
}

/// Lines and columns, from 1; columns count characters.
#[derive(Debug, Clone, Copy)]
pub struct Lines {
    pub line: usize,
    pub end_line: usize,
    /// First column and one past the last, if it isn't about whole lines.
    pub columns: Option<(usize, usize)>,
}

/// A function with what it stands for.
#[derive(Debug)]
pub struct Handler {
    /// The operation's key; none of the user's own handlers.
    pub key: Option<String>,
    pub name: String,
    /// As people read it, with its place.
    pub shown: String,
}

/// What `sync` would do to a file.
#[derive(Debug)]
pub struct Difference {
    /// The file, or the two of a move, as people read them.
    pub files: String,
    /// Where the file goes, from the project, if it moves.
    pub to: Option<Utf8PathBuf>,
    /// Whether it is a file of ours that no person has edited.
    pub is_generated: bool,
    /// Whether the file goes elsewhere as it is.
    pub only_moves: bool,
    /// What `sync` does: `updates`.
    pub does: &'static str,
    pub added: usize,
    pub removed: usize,
    /// With colours; none where it is enough to say how many lines change.
    pub diff: Option<String>,
}

/// What was found: changes in their order, then functions, then what is left of the diagnostics.
pub fn findings(
    root: &Utf8Path,
    comparison: &Comparison,
    diagnostics: &Diagnostics,
    denied: &[State],
    diffs: Diffs,
) -> Vec<Finding> {
    let mut rest: Vec<&Diagnostic> = diagnostics.iter().collect();
    let mut list = List {
        root,
        comparison,
        findings: Vec::new(),
    };
    for change in comparison
        .merged
        .iter()
        .flat_map(|merged| report::shown(&merged.changes))
    {
        list.change(change, diffs, &mut rest);
    }
    for state in comparison.merged.iter().flat_map(|merged| &merged.states) {
        list.state(state, denied, &mut rest);
    }
    rest.into_iter()
        .for_each(|diagnostic| list.diagnostic(diagnostic));
    list.findings
}

/// A list under way.
struct List<'a> {
    root: &'a Utf8Path,
    comparison: &'a Comparison,
    findings: Vec<Finding>,
}

impl List<'_> {
    fn change(&mut self, change: &Change, diffs: Diffs, rest: &mut Vec<&Diagnostic>) {
        let paths = [change.path.as_path(), change.old_path()];
        let mut obstacles = self.comparison.obstacles.iter();
        let obstacle = obstacles.find(|refused| {
            let mut about = refused.paths().into_iter();
            about.any(|path| paths.contains(&path))
        });
        let code = match obstacle {
            Some(Refused::Outside(_) | Refused::Linked(_)) => &RG0509,
            Some(Refused::Protected(_)) => &RG0523,
            Some(Refused::Taken(_) | Refused::Doubled(_)) => &RG0507,
            Some(Refused::Changed { .. } | Refused::Held(_)) | None => &RG0506,
        };
        let is_said = |diagnostic: &Diagnostic| {
            diagnostic.code == code && paths.iter().any(|path| is_about(diagnostic, path))
        };
        let said = take(rest, is_said);
        let mut finding = match said {
            Some(diagnostic) => self.of(diagnostic),
            None => Finding::new(Kind::Stale, drift_message(change)),
        };
        finding.place = Some(Spot {
            path: match change.kind {
                // What is to be looked at is what stands there now.
                ChangeKind::Move { .. } | ChangeKind::Follow { .. } => change.old_path().to_owned(),
                ChangeKind::Create { .. }
                | ChangeKind::Update { .. }
                | ChangeKind::Restore { .. }
                | ChangeKind::Renew { .. }
                | ChangeKind::Remove { .. }
                | ChangeKind::RemoveEdited { .. } => change.path.clone(),
            },
            lines: match change.is_generated() {
                true => None,
                false => changed_lines(change).map(Lines::all),
            },
        });
        if code == &RG0509 {
            (finding.kind, finding.consequence) = (Kind::Outside, Consequence::Decide);
        } else {
            finding.kind = Kind::of(change);
            finding.consequence = match obstacle {
                Some(_) if code != &RG0506 => Consequence::Decide,
                Some(_) | None => Consequence::Drift,
            };
            finding.difference = Some(difference(change, diffs));
        }
        self.findings.push(finding);
    }

    fn state(&mut self, state: &FunctionState, denied: &[State], rest: &mut Vec<&Diagnostic>) {
        let (kind, codes): (Kind, &[&Code]) = match state.state {
            State::Orphan => (Kind::Orphan, &[&RG0504, &RG0505]),
            State::Unknown => (Kind::Unparsable, &[&RG0501]),
            State::Undocumented if denied.contains(&state.state) => {
                (Kind::Undocumented, &[&RG0514])
            }
            State::Stub if denied.contains(&state.state) => (Kind::Unimplemented, &[&RG0515]),
            State::Undocumented | State::Stub | State::Implemented => return,
        };
        let handler = Handler {
            key: state.key.clone(),
            name: state.name.clone(),
            shown: report::handler(state),
        };
        // All functions of a file that isn't Rust are one finding.
        let same_file = self.findings.iter_mut().find(|finding| {
            let place = finding.place.as_ref();
            kind == Kind::Unparsable
                && finding.kind == kind
                && place.is_some_and(|place| place.path == state.path)
        });
        if let Some(finding) = same_file {
            finding.handlers.push(handler);
            return;
        }
        let is_said = |diagnostic: &Diagnostic| {
            codes.contains(&diagnostic.code)
                && is_about(diagnostic, &state.path)
                && (kind == Kind::Unparsable || line_of(diagnostic) == state.line)
        };
        let mut finding = match take(rest, is_said) {
            Some(diagnostic) => self.of(diagnostic),
            None => {
                let message = format!("{} is {}", handler.shown, state.state.word());
                let mut finding = Finding::new(kind, message);
                finding.consequence = match kind == Kind::Orphan {
                    true => Consequence::Warning,
                    false => Consequence::Decide,
                };
                finding.place = Some(Spot {
                    path: state.path.clone(),
                    lines: state.line.map(Lines::whole),
                });
                finding
            }
        };
        finding.kind = kind;
        finding.handlers.push(handler);
        self.findings.push(finding);
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        let mut finding = self.of(diagnostic);
        let kinds = [
            (&RG0501, Kind::Unparsable),
            (&RG0504, Kind::Orphan),
            (&RG0505, Kind::Orphan),
            (&RG0509, Kind::Outside),
        ];
        let kind = kinds.iter().find(|(code, _)| *code == diagnostic.code);
        finding.kind = kind.map_or(Kind::Fault, |(_, kind)| *kind);
        self.findings.push(finding);
    }

    /// A diagnostic with its place.
    fn of(&self, diagnostic: &Diagnostic) -> Finding {
        let sources = &self.comparison.sources;
        let place = match (diagnostic.span, &diagnostic.place, &diagnostic.about) {
            (Some(span), _, _) => {
                let file = sources.file(span.file);
                Some(Spot {
                    path: pipeline::relative(self.root, &file.path),
                    lines: Some(Lines::of(
                        &file.text,
                        span.start as usize..span.end as usize,
                    )),
                })
            }
            (None, Some(place), _) => Some(Spot {
                path: place.path.clone(),
                lines: Some(Lines::of(&place.text, place.range.clone())),
            }),
            (None, None, Some(about)) => Some(Spot {
                path: about.path.clone(),
                lines: about.line.map(Lines::whole),
            }),
            (None, None, None) => None,
        };
        Finding {
            kind: Kind::Fault,
            consequence: match diagnostic.effect {
                Effect::Fatal => Consequence::Fatal,
                Effect::Decide => Consequence::Decide,
                Effect::Degrades => Consequence::Degrades,
                Effect::Warning => Consequence::Warning,
            },
            code: Some(diagnostic.code),
            message: diagnostic.message.clone(),
            label: diagnostic.label.clone(),
            notes: diagnostic.notes.clone(),
            help: diagnostic.help.clone(),
            place,
            handlers: Vec::new(),
            difference: None,
        }
    }
}

impl Finding {
    fn new(kind: Kind, message: String) -> Self {
        Self {
            kind,
            consequence: Consequence::Drift,
            code: None,
            message,
            label: None,
            notes: Vec::new(),
            help: None,
            place: None,
            handlers: Vec::new(),
            difference: None,
        }
    }

    /// Of a project that can't be read.
    pub fn unreadable(error: &anyhow::Error) -> Self {
        Self {
            consequence: Consequence::Fatal,
            ..Self::new(Kind::Unreadable, format!("{error:#}"))
        }
    }

    /// Of a run that was cut off.
    pub fn interrupted(message: &str) -> Self {
        Self::new(Kind::Interrupted, message.to_owned())
    }
}

impl Finding {
    /// Whether it is a file that must change and can't: it is read-only, or something else stands there.
    pub fn is_unwritable(&self) -> bool {
        self.difference.is_some() && self.consequence == Consequence::Decide
    }

    /// How much it is for a person.
    pub fn urgency(&self) -> Urgency {
        let has_lines = self
            .place
            .as_ref()
            .is_some_and(|place| place.lines.is_some());
        match self.consequence {
            Consequence::Fatal | Consequence::Decide => match self.kind == Kind::Unimplemented {
                true => Urgency::Write,
                false => Urgency::Decide,
            },
            Consequence::Drift => match &self.difference {
                Some(difference) if difference.is_generated => Urgency::Generated,
                Some(_) if has_lines => Urgency::Place,
                Some(_) => Urgency::Yours,
                None => Urgency::Decide,
            },
            Consequence::Degrades | Consequence::Warning => Urgency::Warning,
        }
    }

    /// Where its file will be, and the word for what is with it.
    pub fn path_and_word(&self) -> (&Utf8Path, &'static str) {
        let to = self
            .difference
            .as_ref()
            .and_then(|difference| difference.to.as_ref());
        let path = to.or(self.place.as_ref().map(|place| &place.path));
        (
            path.map_or(Utf8Path::new(""), |path| path),
            self.kind.word(),
        )
    }

    /// The code of its diagnostic, or the word for its kind.
    pub fn rule(&self) -> &'static str {
        match self.code {
            Some(code) => code.number,
            None => self.kind.word(),
        }
    }
}

impl Handler {
    /// The operation's key, or the function's name.
    pub fn shown_key(&self) -> &str {
        self.key.as_deref().unwrap_or(&self.name)
    }
}

impl Difference {
    /// The diff without colours.
    pub fn plain(&self) -> Option<String> {
        let diff = self.diff.as_ref()?;
        Some(anstream::adapter::strip_str(diff).to_string())
    }
}

impl Lines {
    fn whole(line: usize) -> Self {
        Self::all((line, line))
    }

    fn all((line, end_line): (usize, usize)) -> Self {
        Self {
            line,
            end_line,
            columns: None,
        }
    }

    fn of(text: &str, range: std::ops::Range<usize>) -> Self {
        let (line, column) = line_column(text, range.start);
        let (end_line, end_column) = line_column(text, range.end.max(range.start));
        Self {
            line,
            end_line,
            columns: Some((column, end_column)),
        }
    }
}

/// The first that fits, taken out.
fn take<'a>(
    rest: &mut Vec<&'a Diagnostic>,
    fits: impl Fn(&Diagnostic) -> bool,
) -> Option<&'a Diagnostic> {
    let index = rest.iter().position(|diagnostic| fits(diagnostic))?;
    Some(rest.remove(index))
}

fn is_about(diagnostic: &Diagnostic, path: &Utf8Path) -> bool {
    let place = diagnostic.place.as_ref().map(|place| &place.path);
    let about = diagnostic.about.as_ref().map(|about| &about.path);
    place.or(about).is_some_and(|there| there == path)
}

fn line_of(diagnostic: &Diagnostic) -> Option<usize> {
    let place = diagnostic.place.as_ref();
    let line = place.map(|place| line_column(&place.text, place.range.start).0);
    line.or_else(|| diagnostic.about.as_ref()?.line)
}

/// What is wrong with a file of which no diagnostic says it.
fn drift_message(change: &Change) -> String {
    let path = &change.path;
    match change.kind {
        ChangeKind::Create { .. } => format!("`{path}` is missing"),
        ChangeKind::Restore { .. } | ChangeKind::RemoveEdited { .. } => {
            format!("`{path}` is ours and was edited")
        }
        ChangeKind::Update { .. } => format!("`{path}` is behind the contract"),
        ChangeKind::Renew { .. } => format!(
            "`{path}` is not as the contract has it; `sync` keeps what stands there as `.routegen/recovered/{path}`"
        ),
        ChangeKind::Move { .. } | ChangeKind::Follow { .. } => {
            format!("`{}` belongs to `{path}` now", change.old_path())
        }
        ChangeKind::Remove { .. } => format!("nothing needs `{path}` any more"),
    }
}

fn difference(change: &Change, diffs: Diffs) -> Difference {
    let (added, removed) = counted_lines(change);
    let is_moved = change.old_path() != change.path;
    Difference {
        files: report::place(change),
        to: is_moved.then(|| change.path.clone()),
        is_generated: change.is_generated(),
        only_moves: change.only_moves(),
        does: change.kind.words().does,
        added,
        removed,
        diff: diffs.shows(change).then(|| unified(change)),
    }
}
