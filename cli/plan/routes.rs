//! Where operations land: folders, files, modules.

use camino::Utf8PathBuf;

use super::names::{self, Scope};
use crate::model::{Part, Segment, UrlTemplate};

/// A URL's `route.rs` below the project: `app/api/v1/books/[id]/route.rs`.
pub(super) fn file(base: &str, url: &UrlTemplate, slash_beside: bool) -> Utf8PathBuf {
    let mut path = Utf8PathBuf::from("app");
    for segment in base.split('/').filter(|segment| !segment.is_empty()) {
        path.push(literal(segment));
    }
    for segment in &url.segments {
        path.push(folder(segment));
    }
    if slash_beside {
        // Both `/a` and `/a/` are declared: a route group keeps them apart without a segment of its own.
        path.push("(slash)");
    }
    path.push("route.rs");
    path
}

fn folder(segment: &Segment) -> String {
    let parts = segment.parts.iter().map(|part| match part {
        Part::Literal(text) if segment.parts.len() == 1 => literal(text),
        Part::Literal(text) => escape(text),
        Part::Parameter(name) => format!("[{}]", escape(name)),
        Part::CatchAll(name) => format!("[...{}]", escape(name)),
        Part::OptionalCatchAll(name) => format!("[[...{}]]", escape(name)),
    });
    parts.collect()
}

/// A folder for a fixed segment; one that Next would take for something else is percent-encoded.
fn literal(text: &str) -> String {
    let escaped = escape(text);
    match escaped.strip_prefix('_') {
        Some(rest) => format!("%5F{rest}"),
        None if escaped.bytes().all(|byte| byte == b'.') => escaped.replace('.', "%2E"),
        None if is_file_name(&escaped) => escaped.replace('.', "%2E"),
        None => escaped,
    }
}

/// Whether a file of the project may have this name: `/lib.rs` at the root must not be a folder `app/lib.rs`.
fn is_file_name(folder: &str) -> bool {
    let folder = folder.to_ascii_lowercase();
    folder.ends_with(".rs") || folder == "cargo.toml"
}

/// Percent-encodes what can't stand in a folder's name, or would mean something there.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~$@!+,;=:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A route's module: `books_id`.
pub(super) fn module(url: &UrlTemplate, scope: &mut Scope) -> String {
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
    let cut = name.len().min(120);
    scope.unique(name[..cut].to_owned())
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
    let cut = name.len().min(120);
    // These are modules of ours.
    if matches!(
        name.as_str(),
        "schemas" | "mod" | "codecs" | "serde" | "xml"
    ) {
        format!("{name}_")
    } else {
        name[..cut].to_owned()
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
