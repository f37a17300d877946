//! URL templates: `/users/{id}/files/{path}.json`.

use std::fmt;

/// The path of an operation below the base path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UrlTemplate {
    /// Between the slashes, without a trailing empty one.
    pub segments: Vec<Segment>,
    /// Whether the declared path ends in a slash (and isn't `/`).
    pub trailing_slash: bool,
}

/// What stands between two slashes; never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Segment {
    /// Literals and parameters in turn: `{id}.json` has two.
    pub parts: Vec<Part>,
}

/// A piece of a segment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// Text, percent-decoded.
    Literal(String),
    /// A parameter: one or more characters other than a slash.
    Parameter(String),
    /// A parameter that takes one or more whole segments (Next's `[...rest]`); alone and last in its template.
    CatchAll(String),
    /// A parameter that takes any number of whole segments, none too (Next's `[[...rest]]`); alone and last.
    OptionalCatchAll(String),
}

impl UrlTemplate {
    /// The names of its parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments
            .iter()
            .flat_map(|segment| &segment.parts)
            .filter_map(|part| match part {
                Part::Literal(_) => None,
                Part::Parameter(name) | Part::CatchAll(name) | Part::OptionalCatchAll(name) => {
                    Some(name.as_str())
                }
            })
    }
}

impl UrlTemplate {
    /// What it has in common with all templates that match the same URLs: `/users/{}`. Literals are encoded, so that no
    /// literal reads like a parameter or a slash.
    pub fn shape(&self) -> String {
        let mut shape = String::new();
        for segment in &self.segments {
            shape.push('/');
            for part in &segment.parts {
                match part {
                    Part::Literal(text) => shape.push_str(&encoded(text)),
                    Part::Parameter(_) => shape.push_str("{}"),
                    Part::CatchAll(_) => shape.push_str("{*}"),
                    Part::OptionalCatchAll(_) => shape.push_str("{**}"),
                }
            }
        }
        if self.trailing_slash {
            shape.push('/');
        }
        shape
    }
}

impl fmt::Display for UrlTemplate {
    /// As a contract writes it: `/users/{id}`; `/` when there are no segments.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in &self.segments {
            write!(f, "/{segment}")?;
        }
        if self.trailing_slash || self.segments.is_empty() {
            f.write_str("/")
        } else {
            Ok(())
        }
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            Part::Literal(text) => f.write_str(&encoded(text)),
            Part::Parameter(name) => write!(f, "{{{name}}}"),
            Part::CatchAll(name) => write!(f, "{{*{name}}}"),
            Part::OptionalCatchAll(name) => write!(f, "{{**{name}}}"),
        })
    }
}

/// A literal with what would mean something in a template percent-encoded.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' | '/' | '{' | '}' | '?' | '#' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}
