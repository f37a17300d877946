//! The modules of routes and APIs.

use super::names::{self, Scope};
use crate::model::{Part, UrlTemplate};

/// The modules of routes.
pub(super) fn modules<'u>(urls: impl Iterator<Item = &'u UrlTemplate>) -> Vec<String> {
    let wanted: Vec<(String, String)> = urls.map(|url| (module(url), url.shape())).collect();
    names::apart(&wanted)
}

/// A route's module: `books_id`.
fn module(url: &UrlTemplate) -> String {
    let segments = url
        .segments
        .iter()
        .flat_map(|segment| &segment.parts)
        .map(|part| match part {
            Part::Literal(text) => text.as_str(),
            Part::Parameter(name) | Part::CatchAll(name) | Part::OptionalCatchAll(name) => {
                name.as_str()
            }
        });
    let words: Vec<&str> = segments.collect();
    let name = if words.is_empty() {
        "index".to_owned()
    } else {
        names::module(&words.join(" "))
    };
    // A module's file name must stay under 255 bytes with its ending.
    match cut(&name, 115) {
        // It is a module of ours.
        "routes" => "routes_".to_owned(),
        name => name.to_owned(),
    }
}

/// The codec module of a route: its first fixed segment.
pub(super) fn group(url: &UrlTemplate) -> String {
    let first = url
        .segments
        .iter()
        .flat_map(|segment| &segment.parts)
        .find_map(|part| match part {
            Part::Literal(text) => Some(text.as_str()),
            Part::Parameter(_) | Part::CatchAll(_) | Part::OptionalCatchAll(_) => None,
        });
    let name = names::module(first.unwrap_or("index"));
    // These are modules of ours.
    if matches!(
        name.as_str(),
        "schemas" | "mod" | "codecs" | "serde" | "xml" | "refinements"
    ) {
        format!("{name}_")
    } else {
        cut(&name, 120).to_owned()
    }
}

/// The beginning of a name, of so many bytes at the most. Other words come behind it, each after an underscore.
fn cut(name: &str, most: usize) -> &str {
    match name.len() > most {
        true => name[..most].trim_end_matches('_'),
        false => name,
    }
}

/// The module of an API, from its base path: `/api/v1` → `v1`.
pub(super) fn api_module(base: &str, scope: &mut Scope) -> String {
    let segments: Vec<&str> = base
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    let segments = match segments.as_slice() {
        ["api", rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    let name = if segments.is_empty() {
        "root".to_owned()
    } else {
        names::module(&segments.join(" "))
    };
    // `/2.0` is a version too.
    let name = match name.strip_prefix('n') {
        Some(rest) if rest.starts_with(|first: char| first.is_ascii_digit()) => format!("v{rest}"),
        _ => name,
    };
    // The contract crate has modules of its own, and names crates at its root; a module has none of its own name.
    let taken = [
        "axum", "jiff", "uuid", "codecs", "contract", "routes", "schemas", "security", "support",
    ];
    let name = if taken.contains(&name.as_str()) {
        format!("{name}_api")
    } else {
        name
    };
    scope.unique(name)
}

#[cfg(test)]
mod tests {
    use super::api_module;
    use crate::plan::names::Scope;

    #[test]
    fn modules_of_apis_take_no_name_that_the_crate_has() {
        let cases = [
            ("/api/v1", "v1"),
            ("", "root"),
            ("/2.0", "v2_0"),
            ("/api/uuid", "uuid_api"),
            ("/jiff", "jiff_api"),
            ("/schemas", "schemas_api"),
        ];
        for (base, expected) in cases {
            assert_eq!(api_module(base, &mut Scope::default()), expected, "{base}");
        }
    }
}
