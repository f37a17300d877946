//! The key of a callback: its URL, with runtime expressions in it, in pieces.

use super::pointer;
use crate::model::{Part, RequestValue, Segment, TargetPiece, UrlTemplate};

/// The pieces of a URL with expressions in braces; a text that begins with `$` is one expression as a whole.
///
/// <https://spec.openapis.org/oas/v3.1.1#key-expression>
pub(super) fn parse(text: &str) -> Vec<TargetPiece> {
    let text = text.trim();
    if text.starts_with('$') {
        return vec![expression(text)];
    }
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else {
            break;
        };
        let end = open + length + 1;
        let inside = &rest[open + 1..end - 1];
        if is_name(inside) {
            push_text(&mut pieces, &rest[..end]);
        } else {
            push_text(&mut pieces, &rest[..open]);
            pieces.push(expression(inside));
        }
        rest = &rest[end..];
    }
    push_text(&mut pieces, rest);
    pieces
}

/// The steps of the pointers by which an expression names values of the request's body.
pub(super) fn body_pointers(text: &str) -> Vec<Vec<String>> {
    let pointers = text.split("$request.body#/").skip(1).map(|rest| {
        let end = rest.find('}').unwrap_or(rest.len());
        rest[..end].split('/').map(pointer::last_token).collect()
    });
    pointers.collect()
}

/// The path parameters that a callback's URL leaves open, as a template that has nothing else.
pub(super) fn template(pieces: &[TargetPiece]) -> UrlTemplate {
    let texts = pieces.iter().filter_map(|piece| match piece {
        TargetPiece::Text(text) => Some(text.as_str()),
        TargetPiece::Request(_) | TargetPiece::Unknown => None,
    });
    let names = texts.flat_map(|text| {
        let opened = text.split('{').skip(1);
        opened.filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
    });
    let segments = names.map(|name| Segment {
        parts: vec![Part::Parameter(name.to_owned())],
    });
    UrlTemplate {
        segments: segments.collect(),
        trailing_slash: false,
    }
}

fn push_text(pieces: &mut Vec<TargetPiece>, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(TargetPiece::Text(before)) => before.push_str(text),
        _ => pieces.push(TargetPiece::Text(text.to_owned())),
    }
}

/// Whether what stands in braces is the name of a parameter.
fn is_name(inside: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    !inside.is_empty() && inside.bytes().all(plain)
}

fn expression(text: &str) -> TargetPiece {
    if text == "$method" {
        return TargetPiece::Request(RequestValue::Method);
    }
    let Some(source) = text.strip_prefix("$request.") else {
        return TargetPiece::Unknown;
    };
    let value = match source.split_once('.') {
        Some(("path", name)) => RequestValue::Path(name.to_owned()),
        Some(("query", name)) => RequestValue::Query(name.to_owned()),
        Some(("header", name)) => RequestValue::Header(name.to_owned()),
        _ => match source.strip_prefix("body") {
            Some("" | "#") => RequestValue::Body(None),
            Some(rest) => match property(rest) {
                Some(name) => RequestValue::Body(Some(name)),
                None => return TargetPiece::Unknown,
            },
            None => return TargetPiece::Unknown,
        },
    };
    TargetPiece::Request(value)
}

/// The one step of a pointer: `#/callbackUrl`.
fn property(pointer: &str) -> Option<String> {
    let steps = pointer.strip_prefix("#/")?;
    (!steps.contains('/')).then(|| pointer::last_token(pointer))
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::model::RequestValue::{Body, Header, Method, Path, Query};
    use crate::model::TargetPiece::{self, Request, Text, Unknown};

    fn check(text: &str, expected: &[TargetPiece]) {
        assert_eq!(parse(text), expected, "{text}");
    }

    #[test]
    fn keys_of_callbacks_are_texts_and_expressions() {
        let text = |text: &str| Text(text.to_owned());
        let name = || "id".to_owned();
        check("https://x/y", &[text("https://x/y")]);
        check("{$request.body#/id}", &[Request(Body(Some(name())))]);
        check("$request.body#/id", &[Request(Body(Some(name())))]);
        check("{$request.body}", &[Request(Body(None))]);
        check("{$request.body#/a/b}", &[Unknown]);
        check(
            "{$request.body#/a~1b}",
            &[Request(Body(Some("a/b".to_owned())))],
        );
        check(
            "{$request.query.id}/a",
            &[Request(Query(name())), text("/a")],
        );
        check("{$request.header.id}", &[Request(Header(name()))]);
        check("{$request.path.id}", &[Request(Path(name()))]);
        check("{$method}", &[Request(Method)]);
        check(
            "{$url}?a={$response.body#/b}",
            &[Unknown, text("?a="), Unknown],
        );
        check("{request.body#/id}", &[Unknown]);
        check("https://x/{id}/y", &[text("https://x/{id}/y")]);
        check("https://x/{", &[text("https://x/{")]);
    }
}
