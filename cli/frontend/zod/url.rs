//! Paths of routes: `/books/{bookId}`.

use crate::model::{Part, Segment, UrlTemplate};

/// Takes a path; `None` when it doesn't begin with a slash, has an empty segment or an open brace.
pub(super) fn parse(path: &str) -> Option<UrlTemplate> {
    let inner = path.strip_prefix('/')?;
    if inner.contains(['?', '#']) {
        return None;
    }
    let trailing_slash = inner.ends_with('/');
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let segments = match inner {
        "" => Vec::new(),
        _ => inner.split('/').map(segment).collect::<Option<Vec<_>>>()?,
    };
    Some(UrlTemplate { trailing_slash: trailing_slash && !segments.is_empty(), segments })
}

fn segment(text: &str) -> Option<Segment> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        if name.is_empty() || name.contains('{') {
            return None;
        }
        if !before.is_empty() {
            parts.push(Part::Literal(decoded(before)));
        }
        parts.push(Part::Parameter(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Literal(decoded(rest)));
    }
    (!parts.is_empty()).then_some(Segment { parts })
}

/// Text with `%2F` and its like decoded, as far as that is UTF-8.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
