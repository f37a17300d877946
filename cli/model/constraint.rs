//! Checks: one variant per validation keyword.

use crate::source::Span;

/// A constraint with the place it was said at.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// What must hold.
    pub constraint: Constraint,
    /// The contract's own message for a value that breaks it (Zod).
    pub message: Option<String>,
    /// Where.
    pub span: Span,
}

/// What must hold of a value (JSON Schema validation, §6). Numbers are decimal text as the contract wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constraint {
    /// At least this many characters (Unicode scalar values).
    MinLength(u64),
    /// At most this many characters.
    MaxLength(u64),
    /// Matches this ECMA-262 pattern somewhere.
    Pattern(String),
    /// Is of this format.
    Format(Format),
    /// At least (or more than, if `exclusive`) this number.
    Minimum { value: String, exclusive: bool },
    /// At most (or less than, if `exclusive`) this number.
    Maximum { value: String, exclusive: bool },
    /// A whole multiple of this number.
    MultipleOf(String),
    /// At least this many items.
    MinItems(u64),
    /// At most this many items.
    MaxItems(u64),
    /// No two items are equal.
    UniqueItems,
    /// At least this many properties.
    MinProperties(u64),
    /// At most this many properties.
    MaxProperties(u64),
}

/// Formats that leave a string a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// `time` (RFC 3339 full-time).
    Time,
    /// `duration` (ISO 8601).
    Duration,
    /// `email`.
    Email,
    /// `uri`, an absolute URI (RFC 3986).
    Uri,
    /// `uri-reference`.
    UriReference,
    /// `hostname` (RFC 1123).
    Hostname,
}
