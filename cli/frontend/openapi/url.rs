//! Path templates: `/users/{id}/files/{path*}` → segments.

use super::pointer::percent_decode;
use crate::model::{Part, Segment, UrlTemplate};

/// A template, and what was wrong with its text.
pub(in crate::frontend) struct Parsed {
    pub(in crate::frontend) template: UrlTemplate,
    /// What can't be kept of the text.
    pub(in crate::frontend) faults: Vec<Fault>,
}

/// Something of a path that can't be kept.
pub(in crate::frontend) struct Fault {
    /// In lower case, without a stop.
    pub(in crate::frontend) message: &'static str,
    /// Whether requests that the path is for go elsewhere.
    pub(in crate::frontend) is_loss: bool,
}

/// What changes how a path is written, and not which requests it is for.
fn slight(message: &'static str) -> Fault {
    Fault {
        message,
        is_loss: false,
    }
}

/// Takes the key of a path item.
pub(in crate::frontend) fn parse(path: &str) -> Parsed {
    let mut faults = Vec::new();
    let kept = path.split(['?', '#']).next().unwrap_or_default();
    if kept.len() < path.len() {
        faults.push(slight(
            "a query or a fragment is no part of a path; what stands before it is served",
        ));
    }
    if !kept.starts_with('/') {
        faults.push(slight(
            "a path begins with a slash; it is served as if it did",
        ));
    }
    let trailing_slash = kept.len() > 1 && kept.ends_with('/');
    let mut texts: Vec<&str> = kept.split('/').filter(|text| !text.is_empty()).collect();
    if kept.contains("//") {
        faults.push(slight(
            "empty segments (`//`) can't be served; they are left out",
        ));
    }
    let count = texts.len();
    let segments = texts
        .drain(..)
        .enumerate()
        .map(|(index, text)| segment(text, index + 1 == count, &mut faults));
    let template = UrlTemplate {
        segments: segments.collect(),
        trailing_slash: trailing_slash && count > 0,
    };
    Parsed { template, faults }
}

/// Makes the parameter `name` of a template take the rest of the path; tells whether it could.
pub(super) fn catch_all(template: &mut UrlTemplate, name: &str) -> bool {
    let Some(last) = template.segments.last_mut() else {
        return false;
    };
    match last.parts.as_slice() {
        [Part::Parameter(found)] if found == name => {
            last.parts = vec![Part::CatchAll(name.to_owned())];
            true
        }
        [Part::CatchAll(found) | Part::OptionalCatchAll(found)] => found == name,
        _ => false,
    }
}

fn segment(text: &str, is_last: bool, faults: &mut Vec<Fault>) -> Segment {
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else {
            break;
        };
        if open > 0 {
            literal(&mut parts, &rest[..open]);
        }
        let inside = &rest[open + 1..open + length];
        rest = &rest[open + length + 1..];
        let whole = parts.is_empty() && rest.is_empty();
        match parameter(inside) {
            Part::Parameter(name) if name.is_empty() => literal(&mut parts, "{}"),
            Part::CatchAll(name) | Part::OptionalCatchAll(name) if !whole || !is_last => {
                faults.push(Fault {
                    message: "a parameter takes the rest of the path only as the whole last segment",
                    is_loss: true,
                });
                parts.push(Part::Parameter(name));
            }
            part => parts.push(part),
        }
    }
    if !rest.is_empty() {
        literal(&mut parts, rest);
    }
    Segment { parts }
}

fn parameter(inside: &str) -> Part {
    if let Some(name) = inside.strip_prefix("**") {
        Part::OptionalCatchAll(name.to_owned())
    } else if let Some(name) = inside
        .strip_prefix('*')
        .or_else(|| inside.strip_suffix(['*', '+']))
    {
        Part::CatchAll(name.to_owned())
    } else {
        Part::Parameter(inside.to_owned())
    }
}

fn literal(parts: &mut Vec<Part>, text: &str) {
    let decoded = percent_decode(text);
    if let Some(Part::Literal(before)) = parts.last_mut() {
        before.push_str(&decoded);
    } else {
        parts.push(Part::Literal(decoded.into_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_keep_what_a_url_is_made_of() {
        for (path, shown, segments, faults) in [
            ("/", "/", 0, 0),
            ("/users/{id}", "/users/{id}", 2, 0),
            ("/users/", "/users/", 1, 0),
            ("/a/{x}.json", "/a/{x}.json", 2, 0),
            ("/{id}:activate", "/{id}:activate", 1, 0),
            ("/{a}{b}-{c}", "/{a}{b}-{c}", 1, 0),
            ("/caf%C3%A9/%7Bx", "/café/%7Bx", 2, 0),
            ("/files/{path*}", "/files/{*path}", 2, 0),
            ("/files/{*path}", "/files/{*path}", 2, 0),
            ("/files/{path+}", "/files/{*path}", 2, 0),
            ("/files/{**path}", "/files/{**path}", 2, 0),
            ("/{*path}/x", "/{path}/x", 2, 1),
            ("/a?b=c", "/a", 1, 1),
            ("/a#b", "/a", 1, 1),
            ("a", "/a", 1, 1),
            ("/a//b", "/a/b", 2, 1),
            ("//", "/", 0, 1),
            ("/{}", "/%7B%7D", 1, 0),
            ("/{open", "/%7Bopen", 1, 0),
        ] {
            let parsed = parse(path);
            let actual = (
                parsed.template.to_string(),
                parsed.template.segments.len(),
                parsed.faults.len(),
            );
            assert_eq!(actual, (shown.to_owned(), segments, faults), "{path}");
        }
    }
}
