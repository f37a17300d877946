//! The variants of a response: one per status and content type.

use super::api::{HeaderPlan, ResponseContent, VariantPlan};
use super::lower::{Direction, Lowerer, Place};
use super::names::{self, Scope};
use super::requests::{is_scalar, media_name};
use super::types::{StringRule, Type};
use super::{docs, statuses};
use crate::model::{Content, MediaKind, Operation, Response, SchemaId, Status, Text};

/// The variants of an operation's response.
pub(super) fn variants(
    lowerer: &mut Lowerer,
    operation: &Operation,
    place: &Place,
) -> Vec<VariantPlan> {
    let mut scope = Scope::default();
    let mut variants = Vec::new();
    for response in &operation.responses {
        let name = statuses::name(response.status);
        let has_body = !matches!(response.status, Status::Code(100..=199 | 204 | 205 | 304));
        let contents: &[Content] = if has_body { &response.contents } else { &[] };
        if contents.is_empty() {
            variants.push(variant(
                lowerer,
                response,
                scope.unique(name),
                ResponseContent::Empty,
                place,
            ));
            continue;
        }
        for content in contents {
            let name = if contents.len() > 1 {
                format!("{name}{}", media_name(content))
            } else {
                name.clone()
            };
            let name = scope.unique(name);
            let body = body(lowerer, content, &place.inside(&name));
            variants.push(variant(lowerer, response, name, body, place));
        }
    }
    if variants.is_empty() {
        // A contract that declares no response still lets the handler say that all went well.
        let ok = Response {
            status: Status::Code(200),
            span: operation.span,
            description: String::new(),
            headers: Vec::new(),
            contents: Vec::new(),
        };
        variants.push(variant(
            lowerer,
            &ok,
            "Ok".to_owned(),
            ResponseContent::Empty,
            place,
        ));
    }
    variants
}

fn variant(
    lowerer: &mut Lowerer,
    response: &Response,
    name: String,
    content: ResponseContent,
    place: &Place,
) -> VariantPlan {
    let mut scope = Scope::default();
    scope.reserve("body");
    scope.reserve("status");
    let headers = response.headers.iter().map(|header| {
        let place = place.inside(&name).inside(&header.name);
        HeaderPlan {
            name: scope.unique(names::snake(&header.name)),
            wire: header.name.to_ascii_lowercase(),
            required: header.required,
            ty: header_type(lowerer, header.schema, &place),
        }
    });
    let headers = headers.collect();
    let docs = statuses::docs(response.status, docs::text_lines(&response.description));
    VariantPlan {
        name,
        status: response.status,
        headers,
        content,
        docs,
    }
}

/// A header's value is one text: whatever is no scalar is left to the handler as text.
fn header_type(lowerer: &mut Lowerer, schema: SchemaId, place: &Place) -> Type {
    let mut ty = lowerer.ty(schema, Direction::Response, place);
    while let Type::Nullable(inner) = ty {
        ty = *inner;
    }
    if is_scalar(&lowerer.items, &ty) {
        ty
    } else {
        Type::Text(Text::Plain, StringRule::default())
    }
}

fn body(lowerer: &mut Lowerer, content: &Content, place: &Place) -> ResponseContent {
    let media = content.media_type.as_str().to_owned();
    match content.media_type.kind() {
        MediaKind::Json => {
            let place = place.inside("Body");
            let ty = content
                .schema
                .map_or(Type::Any, |id| lowerer.ty(id, Direction::Response, &place));
            ResponseContent::Json { media, ty }
        }
        MediaKind::Text if !media.contains('*') => ResponseContent::Text { media },
        MediaKind::EventStream => {
            let place = place.inside("Event");
            let ty = content
                .schema
                .map(|id| lowerer.ty(id, Direction::Response, &place));
            ResponseContent::Events { ty }
        }
        MediaKind::Text
        | MediaKind::Form
        | MediaKind::Multipart
        | MediaKind::Xml
        | MediaKind::Bytes => ResponseContent::Bytes { media },
    }
}
