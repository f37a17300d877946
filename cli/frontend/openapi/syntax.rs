//! Text → tree, whichever of JSON and YAML it is.

use super::tree::{MAX_DEPTH, Tree};
use super::{json, yaml};
use crate::source::Source;

/// Why a text is neither JSON nor YAML.
#[derive(Debug, PartialEq)]
pub(super) struct SyntaxError {
    /// Byte offset.
    pub(super) at: usize,
    /// In lower case, without a stop.
    pub(super) message: String,
    /// Whether the text is sound but too much of it (depth, alias expansion).
    pub(super) fault: Fault,
}

/// What kind of fault a [`SyntaxError`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It isn't JSON or YAML.
    Syntax,
    /// It nests deeper than we follow.
    Depth,
    /// Its aliases expand to more than we follow.
    Aliases,
}

impl SyntaxError {
    pub(super) fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), fault: Fault::Syntax }
    }

    pub(super) fn too_deep(at: usize) -> Self {
        Self { at, message: format!("this nests more than {MAX_DEPTH} levels deep"), fault: Fault::Depth }
    }
}

/// Reads JSON if it begins like JSON, else YAML. What begins like JSON but isn't may still be YAML, unless it is
/// a `.json` file.
pub(super) fn read(source: &Source, file: u16) -> Result<Tree, SyntaxError> {
    let text = &source.text;
    if !text.trim_ascii_start().starts_with(['{', '[']) {
        return yaml::read(text, file);
    }
    let error = match json::read(text, file) {
        Ok(tree) => return Ok(tree),
        Err(error) => error,
    };
    if error.fault != Fault::Syntax || source.path.extension() == Some("json") {
        return Err(error);
    }
    yaml::read(text, file).map_err(|_| error)
}
