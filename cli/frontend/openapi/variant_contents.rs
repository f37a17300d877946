//! Bodies and answers of operations that are one: what either takes, and what either gives.

use std::collections::HashMap;

use super::alike::Either;
use crate::model::{
    Body, Content, Encoding, Header, MediaKind, Response, SchemaId, Schemas, Shape, Text,
};
use crate::source::Span;

/// What couldn't be kept of a variant.
pub(super) enum Lost {
    /// A parameter, or a body of one content type, which is not typed any more.
    Typed(Span),
    /// An answer without a body, since that of its status has one.
    Empty(Span),
    /// What is sent along with a callback of the same URL, since that has a parameter of this name in another form.
    Sent(Span, String),
}

/// Who reads what is merged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The server, which must tell what is meant.
    Server,
    /// The client, for whom the handler chooses.
    Client,
}

impl Reader {
    /// The schema of what is either.
    pub(super) fn merged(self, either: &mut Either<'_>, a: SchemaId, b: SchemaId) -> SchemaId {
        match self {
            Self::Server => either.received(a, b),
            Self::Client => either.of(a, b),
        }
    }
}

/// The body of a request; one that only some have needn't be there.
pub(super) fn merge_bodies(
    into: &mut Option<Body>,
    from: Option<Body>,
    either: &mut Either<'_>,
    reader: Reader,
) -> Vec<Lost> {
    match (into, from) {
        (Some(into), Some(from)) => {
            into.required &= from.required;
            merge_contents(&mut into.contents, from.contents, either, reader)
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
    reader: Reader,
) -> Vec<Lost> {
    let mut lost = Vec::new();
    for other in from {
        let same = |of: &&mut Response| of.status == other.status;
        let Some(response) = into.iter_mut().find(same) else {
            into.push(other);
            continue;
        };
        merge_headers(&mut response.headers, other.headers, either, reader);
        if response.contents.is_empty() != other.contents.is_empty() {
            lost.push(Lost::Empty(other.span));
        }
        let contents = &mut response.contents;
        lost.extend(merge_contents(contents, other.contents, either, reader));
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
        if merge_content(content, other, either, reader) {
            lost.extend(either.lost.drain(..).map(Lost::Typed));
        } else {
            either.lost.clear();
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
    let is_raw = |schema: Option<SchemaId>| match kind {
        MediaKind::Bytes => schema.is_none_or(|id| either.is_bytes(id)),
        MediaKind::Text => schema.is_none_or(|id| either.is_text(id)),
        MediaKind::Json | MediaKind::Form | MediaKind::EventStream | MediaKind::Items(_) => false,
        MediaKind::Multipart | MediaKind::Xml => false,
    };
    if is_raw(content.schema) && is_raw(other.schema) {
        return true;
    }
    let is_said = |a: Option<_>, b: Option<_>| a.is_some() == b.is_some();
    let mut is_one = is_said(content.schema, other.schema)
        && is_said(content.item, other.item)
        && content.xml == other.xml
        && are_written_alike(content, &other, either.schemas);
    for (field, encoding) in other.encoding {
        content.encoding.entry(field).or_insert(encoding);
    }
    let pairs = [
        (&mut content.schema, other.schema),
        (&mut content.item, other.item),
    ];
    for (schema, other) in pairs {
        let (Some(a), Some(b)) = (*schema, other) else {
            continue;
        };
        let losses = either.lost.len();
        let merged = reader.merged(either, a, b);
        is_one &= either.lost.len() == losses || !either.takes_all(merged);
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

/// Whether the fields that two forms have in common are written alike in both.
fn are_written_alike(content: &Content, other: &Content, schemas: &Schemas) -> bool {
    let mut known: HashMap<&str, Vec<SchemaId>> = HashMap::new();
    for (name, schema) in fields(schemas, content.schema) {
        known.entry(name).or_default().push(schema);
    }
    let says =
        |of: &&Encoding| of.content_type.is_some() || of.style.is_some() || of.explode.is_some();
    let is_multipart = content.media_type.kind() == MediaKind::Multipart;
    let mut meant = fields(schemas, other.schema).into_iter();
    meant.all(|(name, schema)| {
        let Some(known) = known.get(name) else {
            return true;
        };
        let [a, b] = [content, other].map(|of| of.encoding.get(name).filter(says));
        let files = Files::of(schemas, schema);
        let mut known = known.iter();
        a == b && (!is_multipart || known.all(|known| Files::of(schemas, *known) == files))
    })
}

/// The fields of a form, or of each that it may be.
fn fields(schemas: &Schemas, form: Option<SchemaId>) -> Vec<(&str, SchemaId)> {
    let forms = match form.map(|id| (id, &schemas.get(id).shape)) {
        Some((_, Shape::Union(union))) => union.branches.clone(),
        Some((id, _)) => vec![id],
        None => Vec::new(),
    };
    let objects = forms.iter().filter_map(|id| match &schemas.get(*id).shape {
        Shape::Object(object) => Some(&object.fields),
        _ => None,
    });
    let fields = objects.flatten();
    fields
        .map(|field| (field.name.as_str(), field.schema))
        .collect()
}

/// How many files a field of a multipart form holds.
#[derive(PartialEq, Eq)]
enum Files {
    No,
    One,
    Many,
}

impl Files {
    fn of(schemas: &Schemas, id: SchemaId) -> Self {
        let is_file = |id: SchemaId| schemas.get(id).shape == Shape::String(Text::Binary);
        match &schemas.get(id).shape {
            Shape::Array { items } if is_file(*items) => Self::Many,
            _ if is_file(id) => Self::One,
            _ => Self::No,
        }
    }
}

fn merge_headers(
    into: &mut Vec<Header>,
    from: Vec<Header>,
    either: &mut Either<'_>,
    reader: Reader,
) {
    let is = |a: &Header, b: &Header| a.name.eq_ignore_ascii_case(&b.name);
    for header in into.iter_mut() {
        header.required &= from.iter().any(|other| is(header, other));
    }
    for mut other in from {
        match into.iter_mut().find(|header| is(header, &other)) {
            Some(header) => {
                header.schema = reader.merged(either, header.schema, other.schema);
                header.required &= other.required;
            }
            None => {
                other.required = false;
                into.push(other);
            }
        }
    }
}
