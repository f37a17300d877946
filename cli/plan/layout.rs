//! Which crate each handler stands in.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::UndocumentedPlan;
use super::api::ApiPlan;
use super::names;
use crate::config::Layout;
use crate::model::{Operation, Part};

/// The crate of routes that no contract knows.
const OWN: &str = "own";

/// Which crates handlers stand in.
#[derive(Debug, Clone, PartialEq)]
pub enum LayoutPlan {
    /// All in the project's own.
    Single,
    /// In one for each subject, sorted by name.
    Split(Vec<CratePlan>),
}

/// A crate of handlers.
#[derive(Debug, Clone, PartialEq)]
pub struct CratePlan {
    /// Its folder below `handlers/`, and the end of its package's name.
    pub name: String,
    /// Its routes, each by its places in [`Plan::apis`](super::Plan::apis) and [`ApiPlan::routes`].
    pub routes: Vec<(usize, usize)>,
    /// Places in [`Plan::undocumented`](super::Plan::undocumented).
    pub undocumented: Vec<usize>,
}

pub(super) fn plan(
    layout: Layout,
    apis: &[ApiPlan],
    undocumented: &[UndocumentedPlan],
) -> LayoutPlan {
    match layout {
        Layout::Single => LayoutPlan::Single,
        Layout::Split => LayoutPlan::Split(crates(apis, undocumented)),
    }
}

fn crates(apis: &[ApiPlan], undocumented: &[UndocumentedPlan]) -> Vec<CratePlan> {
    let mut crates: BTreeMap<&str, CratePlan> = BTreeMap::new();
    let mut files: BTreeMap<&Utf8Path, &str> = BTreeMap::new();
    for (api_index, api) in apis.iter().enumerate() {
        for (index, route) in api.routes.iter().enumerate() {
            named(&mut crates, &route.subject)
                .routes
                .push((api_index, index));
            files.insert(&route.file, &route.subject);
        }
    }
    for (index, own) in undocumented.iter().enumerate() {
        let name = files.get(own.file.as_path()).copied().unwrap_or(OWN);
        named(&mut crates, name).undocumented.push(index);
    }
    crates.into_values().collect()
}

fn named<'c, 'n>(crates: &'c mut BTreeMap<&'n str, CratePlan>, name: &'n str) -> &'c mut CratePlan {
    crates.entry(name).or_insert_with(|| CratePlan {
        name: name.to_owned(),
        routes: Vec::new(),
        undocumented: Vec::new(),
    })
}

/// What a route is about: the first tag of its first operation, or else the first segment of its URL that says something.
pub(super) fn subject(operation: &Operation) -> String {
    let segments = operation
        .url
        .segments
        .iter()
        .flat_map(|segment| &segment.parts)
        .filter_map(|part| match part {
            Part::Literal(text) => Some(text.as_str()),
            Part::Parameter(_) | Part::CatchAll(_) | Part::OptionalCatchAll(_) => None,
        });
    let mut segments = segments.filter(|segment| *segment != "api" && !is_version(segment));
    let text = match operation.tags.first() {
        Some(tag) => tag.as_str(),
        None => segments.next().unwrap_or("index"),
    };
    let name = names::plain_snake(text);
    // The names of packages and folders can only be so long.
    let name = name[..name.len().min(60)]
        .trim_end_matches('_')
        .replace('_', "-");
    if name == OWN || names::is_device(&name) {
        format!("{name}-tag")
    } else {
        name
    }
}

/// `v1`, `v2.1`
fn is_version(segment: &str) -> bool {
    segment.strip_prefix('v').is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_digit())
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
    })
}

#[cfg(test)]
mod tests {
    use super::is_version;

    #[test]
    fn versions_are_told_from_words() {
        for (segment, expected) in [
            ("v1", true),
            ("v2.1", true),
            ("v", false),
            ("v1beta", false),
            ("videos", false),
        ] {
            assert_eq!(is_version(segment), expected, "{segment}");
        }
    }
}
