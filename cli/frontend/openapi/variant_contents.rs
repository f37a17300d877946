//! Bodies and answers of operations that are one: what either takes, and what either gives.

use super::alike::Either;
use crate::model::{Body, Content, Header, MediaKind, Response, Shape};
use crate::source::Span;

/// What couldn't be kept of a variant.
pub(super) enum Lost {
    /// A parameter, or a body of one content type, which is not typed any more.
    Typed(Span),
    /// An answer without a body, since that of its status has one.
    Empty(Span),
}

/// Who reads what is merged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// The server, which must tell what is meant.
    Server,
    /// The client, for whom the handler chooses.
    Client,
}

/// The body of a request; one that only some have needn't be there.
pub(super) fn merge_bodies(
    into: &mut Option<Body>,
    from: Option<Body>,
    either: &mut Either<'_>,
) -> Vec<Lost> {
    match (into, from) {
        (Some(into), Some(from)) => {
            into.required &= from.required;
            merge_contents(&mut into.contents, from.contents, either, Reader::Server)
        }
        (Some(body), None) => {
            body.required = false;
            Vec::new()
        }
        (into @ None, from) => {
            *into = from.map(|body| Body {
                required: false,
                ..body
            });
            Vec::new()
        }
    }
}

/// The answers, by their statuses.
pub(super) fn merge_responses(
    into: &mut Vec<Response>,
    from: Vec<Response>,
    either: &mut Either<'_>,
) -> Vec<Lost> {
    let mut lost = Vec::new();
    for other in from {
        let same = |of: &&mut Response| of.status == other.status;
        let Some(response) = into.iter_mut().find(same) else {
            into.push(other);
            continue;
        };
        merge_headers(&mut response.headers, other.headers, either);
        if response.contents.is_empty() != other.contents.is_empty() {
            lost.push(Lost::Empty(other.span));
        }
        let contents = &mut response.contents;
        lost.extend(merge_contents(
            contents,
            other.contents,
            either,
            Reader::Client,
        ));
        for link in other.links {
            if !response.links.contains(&link) {
                response.links.push(link);
            }
        }
    }
    lost
}

fn merge_contents(
    into: &mut Vec<Content>,
    from: Vec<Content>,
    either: &mut Either<'_>,
    reader: Reader,
) -> Vec<Lost> {
    let mut lost = Vec::new();
    for other in from {
        let same = |of: &&mut Content| of.media_type.essence() == other.media_type.essence();
        let Some(content) = into.iter_mut().find(same) else {
            into.push(other);
            continue;
        };
        let span = other.span;
        if !merge_content(content, other, either, reader) {
            (content.schema, content.item) = (None, None);
            content.encoding.clear();
            lost.push(Lost::Typed(span));
        }
    }
    lost
}

/// Whether what is said of one content type could be made one.
fn merge_content(
    content: &mut Content,
    other: Content,
    either: &mut Either<'_>,
    reader: Reader,
) -> bool {
    let kind = content.media_type.kind();
    let is_said = |a: Option<_>, b: Option<_>| a.is_some() == b.is_some();
    let mut is_one = is_said(content.schema, other.schema)
        && is_said(content.item, other.item)
        && content.xml == other.xml;
    for (field, encoding) in other.encoding {
        let known = content.encoding.entry(field);
        is_one &= *known.or_insert_with(|| encoding.clone()) == encoding;
    }
    let pairs = [
        (&mut content.schema, other.schema),
        (&mut content.item, other.item),
    ];
    for (schema, other) in pairs {
        let (Some(a), Some(b)) = (*schema, other) else {
            continue;
        };
        let merged = match reader {
            Reader::Server => either.received(a, b),
            Reader::Client => either.of(a, b),
        };
        let is_union = matches!(either.schemas.get(merged).shape, Shape::Union(_)) && merged != a;
        // Only what has the form of JSON, or is made of texts with names, can be one of several.
        let merged = match kind {
            _ if !is_union => Some(merged),
            MediaKind::Json | MediaKind::Form | MediaKind::EventStream | MediaKind::Items(_) => {
                Some(merged)
            }
            MediaKind::Multipart => either.join(a, b),
            MediaKind::Text | MediaKind::Xml | MediaKind::Bytes => None,
        };
        is_one &= merged.is_some();
        *schema = merged;
    }
    is_one
}

fn merge_headers(into: &mut Vec<Header>, from: Vec<Header>, either: &mut Either<'_>) {
    let is = |a: &Header, b: &Header| a.name.eq_ignore_ascii_case(&b.name);
    for header in into.iter_mut() {
        header.required &= from.iter().any(|other| is(header, other));
    }
    for mut other in from {
        match into.iter_mut().find(|header| is(header, &other)) {
            Some(header) => {
                header.schema = either.of(header.schema, other.schema);
                header.required &= other.required;
            }
            None => {
                other.required = false;
                into.push(other);
            }
        }
    }
}
