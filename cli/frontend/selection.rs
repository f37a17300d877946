//! Which operations of a contract are wanted: by tag, by path, or one by one.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::{Selector, Selectors};
use crate::model::{LeftOut, LeftOutBy, Method};

/// The operations that a project wants of a contract: those that `include` names, all if it names none, without those
/// that `exclude` names.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// What is wanted.
    pub include: Selectors,
    /// What is not.
    pub exclude: Selectors,
    /// The text that they stand in.
    pub text: Arc<str>,
}

/// What of an operation is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) method: Method,
    /// As the contract has it: `/books/{id}`.
    pub(super) path: &'a str,
    pub(super) id: Option<&'a str>,
    pub(super) tags: &'a [&'a str],
}

/// A selection at work: it remembers which of its selectors have met an operation.
#[derive(Debug)]
pub(super) struct Choice<'s> {
    selection: &'s Selection,
    met: BTreeSet<(Side, &'s str)>,
    left_out: Vec<LeftOut>,
}

/// The half of a selection that a selector stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Include,
    Exclude,
}

impl<'s> Choice<'s> {
    pub(super) fn new(selection: &'s Selection) -> Self {
        Self {
            selection,
            met: BTreeSet::new(),
            left_out: Vec::new(),
        }
    }

    /// Whether an operation is wanted.
    pub(super) fn takes(&mut self, operation: Candidate<'_>) -> bool {
        let Selection {
            include, exclude, ..
        } = self.selection;
        let is_included = self.meets(Side::Include, include, operation);
        let is_excluded = self.meets(Side::Exclude, exclude, operation);
        let by = match (*include == Selectors::default() || is_included, is_excluded) {
            (true, false) => return true,
            (_, true) => LeftOutBy::Exclusion,
            (false, false) => LeftOutBy::Inclusion,
        };
        self.left_out.push(LeftOut {
            method: operation.method,
            path: operation.path.to_owned(),
            by,
        });
        false
    }

    /// The operations that weren't taken.
    pub(super) fn left_out(&mut self) -> Vec<LeftOut> {
        std::mem::take(&mut self.left_out)
    }

    fn meets(&mut self, side: Side, selectors: &'s Selectors, operation: Candidate<'_>) -> bool {
        let Candidate {
            method,
            path,
            id,
            tags,
        } = operation;
        let by_tag = selectors
            .tags
            .iter()
            .filter(|tag| tags.contains(&tag.text.as_str()));
        let by_path = selectors
            .paths
            .iter()
            .filter(|glob| matches(&glob.text, path));
        let by_name = selectors.operations.iter().filter(|name| {
            let name = name.text.as_str();
            let by_url = name.split_once(' ').is_some_and(|(verb, url)| {
                verb.eq_ignore_ascii_case(method.upper()) && url.trim() == path
            });
            by_url || id == Some(name)
        });
        let found: Vec<(Side, &str)> = by_tag
            .chain(by_path)
            .chain(by_name)
            .map(|selector| (side, selector.text.as_str()))
            .collect();
        let meets = !found.is_empty();
        self.met.extend(found);
        meets
    }

    /// The selectors that have met nothing.
    pub(super) fn unmet(&self) -> Vec<(Side, &'s Selector)> {
        let sides = [
            (Side::Include, &self.selection.include),
            (Side::Exclude, &self.selection.exclude),
        ];
        let all = sides.into_iter().flat_map(|(side, selectors)| {
            let lists = [&selectors.tags, &selectors.paths, &selectors.operations];
            let selectors = lists.into_iter().flatten();
            selectors.map(move |selector| (side, selector))
        });
        all.filter(|(side, selector)| !self.met.contains(&(*side, selector.text.as_str())))
            .collect()
    }
}

/// Whether a path is what a pattern says: `*` stands for anything within a segment, `**` for anything.
fn matches(pattern: &str, path: &str) -> bool {
    let Some((literal, rest)) = pattern.split_once('*') else {
        return pattern == path;
    };
    let Some(path) = path.strip_prefix(literal) else {
        return false;
    };
    let (rest, within) = match rest.strip_prefix('*') {
        Some(rest) => (rest, path.len()),
        None => (rest, path.find('/').unwrap_or(path.len())),
    };
    // The last star takes what is left; before it the shortest way is the right one, save for the segments' ends.
    (0..=within)
        .filter(|end| path.is_char_boundary(*end))
        .any(|end| matches(rest, &path[end..]))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stay_within_segments() {
        for (pattern, path, expected) in [
            ("/books", "/books", true),
            ("/books", "/books/{id}", false),
            ("/books/*", "/books/{id}", true),
            ("/books/*", "/books/{id}/cover", false),
            ("/books/**", "/books/{id}/cover", true),
            ("/books**", "/books", true),
            ("/*/cover", "/é/cover", true),
            ("/**/cover", "/a/b/cover", true),
            ("/**/cover", "/a/b/covers", false),
            ("*", "/books", false),
            ("**", "/books", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }
}
