//! Kinds of findings, what they mean for the run, and the words for both.

use crate::project::{Change, ChangeKind};

/// What something is that a check finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file that isn't there.
    Missing,
    /// A file of ours that a person edited.
    Modified,
    /// A file that is behind the contract.
    Stale,
    /// A file that stands in another folder than its operations.
    Moved,
    /// A file that nothing needs any more.
    Unneeded,
    /// A handler whose operation is gone.
    Orphan,
    /// A handler that is still a stub.
    Unimplemented,
    /// A file with handlers that isn't Rust.
    Unparsable,
    /// A handler that the contract doesn't know.
    Undocumented,
    /// A file that would be written outside of the project.
    Outside,
    /// A run that was cut off half-way.
    Interrupted,
    /// A project that can't be read at all.
    Unreadable,
    /// Something else that is wrong with a contract or a file of the project.
    Fault,
}

/// What a finding means for the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// `sync` repairs it.
    Drift,
    /// The project can't be checked.
    Fatal,
    /// A person must decide.
    Decide,
    /// A part of the contract can't be expressed.
    Degrades,
    /// Nothing.
    Warning,
}

impl Kind {
    /// All, in the order in which they are counted.
    pub const ALL: &[Self] = &[
        Self::Unreadable,
        Self::Interrupted,
        Self::Missing,
        Self::Modified,
        Self::Stale,
        Self::Moved,
        Self::Unneeded,
        Self::Outside,
        Self::Unparsable,
        Self::Orphan,
        Self::Undocumented,
        Self::Unimplemented,
        Self::Fault,
    ];

    /// What a file is that is to be changed so.
    pub fn of(change: &Change) -> Self {
        match change.kind {
            ChangeKind::Create { .. } => Self::Missing,
            ChangeKind::Restore { .. } | ChangeKind::RemoveEdited { .. } => Self::Modified,
            ChangeKind::Update { .. } | ChangeKind::Renew { .. } => Self::Stale,
            ChangeKind::Move { .. } | ChangeKind::Follow { .. } => Self::Moved,
            ChangeKind::Remove { .. } => Self::Unneeded,
        }
    }

    /// Its name in JSON and in rules.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Modified => "modified",
            Self::Stale => "stale",
            Self::Moved => "moved",
            Self::Unneeded => "unneeded",
            Self::Orphan => "orphan",
            Self::Unimplemented => "unimplemented",
            Self::Unparsable => "unparsable",
            Self::Undocumented => "undocumented",
            Self::Outside => "outside",
            Self::Interrupted => "interrupted",
            Self::Unreadable => "unreadable",
            Self::Fault => "fault",
        }
    }

    /// Behind a number of files: `2 generated files are missing`.
    pub fn of_files(self) -> &'static str {
        match self {
            Self::Missing => "are missing",
            Self::Modified => "were edited",
            Self::Stale => "are stale",
            Self::Moved => "belong elsewhere",
            Self::Unneeded => "are needed no more",
            Self::Orphan
            | Self::Unimplemented
            | Self::Unparsable
            | Self::Undocumented
            | Self::Outside
            | Self::Interrupted
            | Self::Unreadable
            | Self::Fault => "are not as they should be",
        }
    }

    /// Behind a number: `2 missing`, `1 error`.
    pub fn counted(self, count: usize) -> &'static str {
        match (self, count) {
            (Self::Interrupted, _) => "interrupted run",
            (Self::Orphan, 1) => "orphan",
            (Self::Orphan, _) => "orphans",
            (Self::Fault, 1) => "error",
            (Self::Fault, _) => "errors",
            (kind, _) => kind.word(),
        }
    }

    /// What it is, in a line, where no diagnostic says it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Missing => "a file is missing",
            Self::Modified => "a file of ours was edited",
            Self::Stale => "a file is behind the contract",
            Self::Moved => "a file belongs elsewhere",
            Self::Unneeded => "a file is needed no more",
            Self::Orphan => "a handler has lost its operation",
            Self::Unimplemented => "an operation is not implemented",
            Self::Unparsable => "a file of yours is not Rust at the moment",
            Self::Undocumented => "the contract doesn't know a route of yours",
            Self::Outside => "a path leads out of the project",
            Self::Interrupted => "a run was interrupted",
            Self::Unreadable => "the project can't be read",
            Self::Fault => "something is wrong",
        }
    }

    /// What it means and what to do, where no diagnostic says it.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Missing => {
                "The contract asks for a file that isn't there. `routegen sync` writes it."
            }
            Self::Modified => {
                "The file is written whole by `routegen sync`, and somebody edited it. `routegen sync` keeps the edit under \
                 `.routegen/recovered/` and restores the file."
            }
            Self::Stale => {
                "The file isn't as the contract has it. `routegen sync` brings it into step, and keeps what you wrote."
            }
            Self::Moved => {
                "A path of the contract was renamed. `routegen sync` moves the file after its operations."
            }
            Self::Unneeded => {
                "The contract needs the file no more, and nobody has written in it. `routegen sync` removes it."
            }
            Self::Interrupted => {
                "The files are between two states. `routegen sync` ends what was begun."
            }
            Self::Unreadable => "There is no project, or something of it can't be read from disk.",
            Self::Orphan | Self::Unimplemented | Self::Unparsable | Self::Undocumented => {
                "`routegen routes` lists every handler and how it stands."
            }
            Self::Outside => {
                "Nothing is written outside of a project. Replace the link by a folder."
            }
            Self::Fault => "`routegen explain` tells more of each code.",
        }
    }
}

/// How much a finding is for a person; what is most so comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Nothing goes on before a person has decided.
    Decide,
    /// A handler is to be written.
    Write,
    /// What a person wrote is to change at a known place.
    Place,
    /// A file in which a person writes comes, goes or moves.
    Yours,
    /// A file of ours that nobody looks at.
    Generated,
    /// The check doesn't fail because of it.
    Warning,
}

impl Consequence {
    /// Its name in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Drift => "drift",
            Self::Fatal => "fatal",
            Self::Decide => "decide",
            Self::Degrades => "degrades",
            Self::Warning => "warning",
        }
    }

    /// Whether the check fails because of it.
    pub fn is_error(self) -> bool {
        match self {
            Self::Drift | Self::Fatal | Self::Decide => true,
            Self::Degrades | Self::Warning => false,
        }
    }
}
