//! What is wrong with what the user wrote: each fault with its code, place, reason and way out.

pub mod codes;
pub mod conflict;
mod print;

pub use codes::{Code, all as all_codes};
pub use print::{print, visible};

use crate::source::Span;

/// What a diagnostic means for the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// The input can't be read as a contract: nothing is written, exit 2.
    Fatal,
    /// A person must decide (an unparsable `route.rs`, a key that stands in the contract twice): exit 3.
    Decide,
    /// One operation degrades to a JSON value or bytes; the rest is written. Exit 3 with `--strict`.
    Degrades,
    /// Worth knowing; changes nothing. Exit 3 with `--deny-warnings`.
    Warning,
}

/// One fault, or one thing worth knowing.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Stable identity: `RG0101`. `routegen explain` tells more of it.
    pub code: &'static Code,
    /// What it means for the run.
    pub effect: Effect,
    /// What is wrong, in lower case, without a stop, names in backticks.
    pub message: String,
    /// Where, if it is in a contract.
    pub span: Option<Span>,
    /// Where, if it is in a file of the project: path, and byte range with the file's text for the excerpt.
    pub place: Option<Place>,
    /// The file of the project that it is about, if it has no place in one.
    pub about: Option<About>,
    /// What stands under the caret.
    pub label: Option<String>,
    /// Why it matters, in further lines.
    pub notes: Vec<String>,
    /// The way out.
    pub help: Option<String>,
    /// Whether it only says what follows from others of its file, which come before it.
    pub follows: bool,
}

/// A place in a file that is no contract (a `route.rs`, `routegen.toml`).
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Path relative to the project.
    pub path: camino::Utf8PathBuf,
    /// The file's text.
    pub text: std::sync::Arc<str>,
    /// First byte and one past the last.
    pub range: std::ops::Range<usize>,
}

/// A file of the project, which may be missing, as what a diagnostic is about.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// Path relative to the project.
    pub path: camino::Utf8PathBuf,
    /// The line, from 1, if it is about one.
    pub line: Option<usize>,
}

/// All diagnostics of a run.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostic {
    /// A diagnostic without a place yet.
    pub fn new(code: &'static Code, effect: Effect, message: impl Into<String>) -> Self {
        Self {
            code,
            effect,
            message: message.into(),
            span: None,
            place: None,
            about: None,
            label: None,
            notes: Vec::new(),
            help: None,
            follows: false,
        }
    }

    /// Whether nothing is written because of it.
    pub fn is_error(&self) -> bool {
        match self.effect {
            Effect::Fatal | Effect::Decide => true,
            Effect::Degrades | Effect::Warning => false,
        }
    }

    /// Points at the contract.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Points at a file of the project.
    #[must_use]
    pub fn at_place(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Names the file of the project that it is about.
    #[must_use]
    pub fn about(mut self, path: impl Into<camino::Utf8PathBuf>) -> Self {
        let path = path.into();
        self.about = Some(About { path, line: None });
        self
    }

    /// Says what stands under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds a line on why it matters.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Lets it come behind the others of its file.
    #[must_use]
    pub fn as_consequence(mut self) -> Self {
        self.follows = true;
        self
    }

    /// Names the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Takes all of another run.
    pub fn extend(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    /// Sorts by file, causes before what follows from them, then by place and code; drops what was said twice.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| {
            let key = |d: &Diagnostic| {
                (
                    d.span.map(|span| span.file),
                    d.follows,
                    d.span,
                    d.place.as_ref().map(|p| (p.path.clone(), p.range.start)),
                )
            };
            key(a)
                .cmp(&key(b))
                .then_with(|| a.code.number.cmp(b.code.number))
        });
        self.0.dedup();
    }

    /// Whether any has this effect.
    pub fn any(&self, effect: Effect) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.effect == effect)
    }

    /// Makes errors of what has one of these effects.
    #[must_use]
    pub fn denied(mut self, effects: &[Effect]) -> Self {
        for diagnostic in &mut self.0 {
            if effects.contains(&diagnostic.effect) {
                diagnostic.effect = Effect::Decide;
            }
        }
        self
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All, in their present order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }
}
