//! What must be done to a project, as a value; and how it stands with its functions.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostics::Diagnostics;

/// What `sync` would do, and what it has to say.
#[derive(Debug, Default)]
pub struct Merged {
    /// In the order in which they are made; `routegen.lock` last.
    pub changes: Vec<Change>,
    /// Every function of the contract, and the user's own handlers, sorted by file and name.
    pub states: Vec<FunctionState>,
    /// What a person should know or decide.
    pub diagnostics: Diagnostics,
}

/// One thing to be done to one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The file, relative to the root; of a move, where it goes.
    pub path: Utf8PathBuf,
    /// What.
    pub kind: ChangeKind,
}

/// What is done to a file.
#[derive(Debug, Clone, PartialEq)]
pub enum ChangeKind {
    /// It is written where nothing stands.
    Create { text: String },
    /// It is ours, or functions of ours in it follow the contract.
    Update { before: Arc<[u8]>, text: String },
    /// It is ours and a person edited it: the edited one is saved, then ours restored.
    Restore { before: Arc<[u8]>, text: String },
    /// It is ours, and whether a person edited it can't be told without the lock: it is saved, then written anew.
    Renew { before: Arc<[u8]>, text: String },
    /// A file of the user's follows its operations to another folder.
    Move {
        from: Utf8PathBuf,
        before: Arc<[u8]>,
        text: String,
    },
    /// A file that stands beside one that moves goes with it, unread.
    Follow { from: Utf8PathBuf },
    /// Nothing of anyone's is left in it, or it is ours and no longer needed.
    Remove { before: Arc<[u8]> },
    /// As [`ChangeKind::Remove`], but a person edited it: it is saved first.
    RemoveEdited { before: Arc<[u8]> },
}

/// What a change is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// When it is made.
    pub done: &'static str,
    /// Before that.
    pub would: &'static str,
    /// Of whoever makes it.
    pub does: &'static str,
}

impl ChangeKind {
    /// What it is called.
    pub fn words(&self) -> Words {
        let (done, would, does) = match self {
            Self::Create { .. } => ("Created", "Would create", "creates"),
            Self::Update { .. } | Self::Renew { .. } => ("Updated", "Would update", "updates"),
            Self::Restore { .. } => ("Restored", "Would restore", "restores"),
            Self::Move { .. } | Self::Follow { .. } => ("Moved", "Would move", "moves"),
            Self::Remove { .. } | Self::RemoveEdited { .. } => {
                ("Removed", "Would remove", "removes")
            }
        };
        Words { done, would, does }
    }
}

/// How it stands with a function.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionState {
    /// Its key in the contract; of the user's own handlers, none.
    pub key: Option<String>,
    /// The file it is in, when all changes are made.
    pub path: Utf8PathBuf,
    /// Its name.
    pub name: String,
    /// Its line, from 1, as long as the file is as it was.
    pub line: Option<usize>,
    /// How it stands.
    pub state: State,
}

/// How it stands with a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The user has written its body, or has it elsewhere.
    Implemented,
    /// As we wrote it, or about to be written.
    Stub,
    /// The user has written it, but the contract doesn't know it any more.
    Orphan,
    /// The user's own; the contract never knew it.
    Undocumented,
    /// Its file isn't Rust at the moment.
    Unknown,
}

impl State {
    /// As `routes` and `check` name it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Implemented => "implemented",
            Self::Stub => "stub",
            Self::Orphan => "orphan",
            Self::Undocumented => "undocumented",
            Self::Unknown => "unparsable",
        }
    }
}

impl Change {
    /// The text before and after, for a diff; `None` where there is no file.
    pub fn texts(&self) -> (Option<&[u8]>, Option<&[u8]>) {
        match &self.kind {
            ChangeKind::Create { text } => (None, Some(text.as_bytes())),
            ChangeKind::Update { before, text }
            | ChangeKind::Restore { before, text }
            | ChangeKind::Renew { before, text }
            | ChangeKind::Move { before, text, .. } => (Some(before), Some(text.as_bytes())),
            ChangeKind::Follow { .. } => (None, None),
            ChangeKind::Remove { before } | ChangeKind::RemoveEdited { before } => {
                (Some(before), None)
            }
        }
    }

    /// Where the file was before.
    pub fn old_path(&self) -> &Utf8Path {
        match &self.kind {
            ChangeKind::Move { from, .. } | ChangeKind::Follow { from } => from,
            ChangeKind::Create { .. }
            | ChangeKind::Update { .. }
            | ChangeKind::Restore { .. }
            | ChangeKind::Renew { .. }
            | ChangeKind::Remove { .. }
            | ChangeKind::RemoveEdited { .. } => &self.path,
        }
    }

    /// Whether a file goes elsewhere as it is.
    pub fn only_moves(&self) -> bool {
        let (before, after) = self.texts();
        self.old_path() != self.path && before == after
    }

    /// Whether it is made to a file of ours that no person has edited, as far as can be known.
    pub fn is_generated(&self) -> bool {
        match &self.kind {
            ChangeKind::Create { text } => is_marked(&self.path, text.as_bytes()),
            ChangeKind::Update { before, .. }
            | ChangeKind::Renew { before, .. }
            | ChangeKind::Remove { before } => is_marked(&self.path, before),
            ChangeKind::Restore { .. } | ChangeKind::RemoveEdited { .. } => false,
            ChangeKind::Move { .. } | ChangeKind::Follow { .. } => false,
        }
    }
}

/// Whether a file says of itself that it is ours. JSON has no comments to say it in: its place must do.
pub(super) fn is_marked(path: &Utf8Path, bytes: &[u8]) -> bool {
    if path.starts_with("contract/src") && path.extension() == Some("json") {
        return true;
    }
    let line = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    String::from_utf8_lossy(line).contains("@generated")
}
