//! Ranges of media types that stand for JSON: what the contract says of their values could be said of nothing else.

use crate::model::{Api, Content, MediaKind, Schema, Shape};

/// How a content is read and written. A body of any type whose schema is an object, a list or a number is JSON.
pub(super) fn kind(api: &Api, content: &Content) -> MediaKind {
    let says_json = || {
        content
            .schema
            .is_some_and(|id| is_json(api, api.schema(id)))
    };
    match content.media_type.kind() {
        MediaKind::Bytes if is_wide(content) && says_json() => MediaKind::Json,
        kind => kind,
    }
}

/// What a response in JSON is sent as: the type that the contract names, or of a range one that lies in it.
/// A range of suffixes (`application/*+json`) leaves the choice to the handler.
pub(super) fn sent_as(content: &Content) -> String {
    match is_wide(content) {
        true => "application/json".to_owned(),
        false => content.media_type.as_str().to_owned(),
    }
}

/// Whether JSON lies in a range, among all else.
fn is_wide(content: &Content) -> bool {
    matches!(
        content.media_type.essence().as_str(),
        "*/*" | "application/*"
    )
}

/// Whether values of a schema are written in no way but as JSON; a text might be any text.
fn is_json(api: &Api, schema: &Schema) -> bool {
    match &schema.shape {
        Shape::Boolean | Shape::Integer(_) | Shape::Number => true,
        Shape::Array { .. } | Shape::Tuple { .. } | Shape::Object(_) => true,
        Shape::Union(union) => union
            .branches
            .iter()
            .all(|branch| !matches!(api.schema(*branch).shape, Shape::String(_) | Shape::Any)),
        Shape::Any | Shape::Never | Shape::Null | Shape::String(_) | Shape::Enum { .. } => false,
    }
}
