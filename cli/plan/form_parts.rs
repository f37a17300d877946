//! What a part of a form with files holds: files, or a value and how it is read.

use super::api::{FileRule, Kind, PartKind, PartNull, Reading};
use super::kinds;
use super::lower::{Lowerer, Place};
use super::requests::is_scalar;
use super::rules;
use super::types::{SizeRule, Type};
use crate::diagnostics::codes::openapi as codes;
use crate::diagnostics::{Diagnostic, Effect};
use crate::model::{
    Constraint, Encoding, Field, MediaKind, MediaType, Schema, SchemaId, Shape, Text,
};
use crate::source::Span;

/// What a part holds.
pub(super) fn kind(
    lowerer: &mut Lowerer,
    field: &Field,
    encoding: Option<&Encoding>,
    place: &Place,
) -> PartKind {
    let api = lowerer.api;
    let schema = api.schema(field.schema);
    let types = types(encoding);
    let is_file = |schema: &Schema| schema.shape == Shape::String(Text::Binary);
    if is_file(schema) {
        judged(lowerer, field, schema);
        return file(lowerer, field.schema, types);
    }
    if let Shape::Array { items } = &schema.shape
        && is_file(api.schema(*items))
    {
        judged(lowerer, field, schema);
        judged(lowerer, field, api.schema(*items));
        return files(lowerer, field.schema, types);
    }
    let is_json = |media: &String| MediaType::new(media).kind() == MediaKind::Json;
    let says_json = types.iter().any(is_json) && schema.held.is_none();
    let mut ty = lowerer.ty(field.schema, place.asked(), place);
    let reading = reading(lowerer, &ty, says_json);
    let is_optional = !field.required && field.default.is_none();
    let has_null = match &reading {
        Reading::Structured { kind, .. } => matches!(kind, Kind::Json | Kind::Quoted),
        Reading::Scalar | Reading::Json | Reading::Rest => false,
    };
    let null = match matches!(ty, Type::Nullable(_)) && has_null && is_optional {
        true => PartNull::Absent,
        false => PartNull::Value,
    };
    // A text can't be `null`, and what may be absent has a place for it.
    if !has_null || is_optional {
        while let Type::Nullable(inner) = ty {
            ty = *inner;
        }
    }
    PartKind::Value { ty, reading, null }
}

/// How its text is read: of a list there is a part for each item (RFC 7578, §4.3).
fn reading(lowerer: &Lowerer, ty: &Type, says_json: bool) -> Reading {
    let mut plain = ty;
    while let Type::Nullable(inner) = plain {
        plain = inner;
    }
    let items = &lowerer.items;
    let kind = match says_json {
        true => kinds::json_part(items, plain),
        false if is_scalar(items, plain) => return Reading::Scalar,
        false => kinds::part(items, plain),
    };
    Reading::Structured {
        style: "FormExploded",
        kind,
    }
}

/// The media types that a form's `encoding` names.
fn types(encoding: Option<&Encoding>) -> Vec<String> {
    let declared = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let types = declared.unwrap_or_default().split(',');
    types
        .map(|media| media.trim().to_ascii_lowercase())
        .filter(|media| !media.is_empty())
        .collect()
}

/// A file of one of these media types.
pub(super) fn file(lowerer: &mut Lowerer, id: SchemaId, types: Vec<String>) -> PartKind {
    PartKind::File(rule(lowerer, id, types))
}

/// So many files of one of these media types.
pub(super) fn files(lowerer: &mut Lowerer, id: SchemaId, types: Vec<String>) -> PartKind {
    let api = lowerer.api;
    let schema = api.schema(id);
    let rule = match &schema.shape {
        Shape::Array { items } => rule(lowerer, *items, types),
        _ => FileRule::default(),
    };
    for check in &schema.checks {
        if check.constraint == Constraint::UniqueItems {
            unchecked(
                lowerer,
                check.span,
                "whether another is the same is not checked",
            );
        }
    }
    PartKind::Files(rule, rules::array(&schema.checks))
}

/// The length of what is binary is its number of octets.
///
/// <https://spec.openapis.org/oas/v3.1.1#working-with-binary-data>
fn rule(lowerer: &mut Lowerer, id: SchemaId, types: Vec<String>) -> FileRule {
    let api = lowerer.api;
    let schema = api.schema(id);
    let mut size = SizeRule::default();
    for check in &schema.checks {
        match &check.constraint {
            Constraint::MinLength(min) => size.min = size.min.max(Some(*min)),
            Constraint::MaxLength(max) => {
                size.max = Some(size.max.map_or(*max, |old| old.min(*max)));
            }
            Constraint::Pattern(_) => {
                unchecked(lowerer, check.span, "the pattern is not checked");
            }
            Constraint::Format(_)
            | Constraint::Minimum { .. }
            | Constraint::Maximum { .. }
            | Constraint::MultipleOf(_)
            | Constraint::MinItems(_)
            | Constraint::MaxItems(_)
            | Constraint::UniqueItems
            | Constraint::MinProperties(_)
            | Constraint::MaxProperties(_) => {}
        }
    }
    FileRule { types, size }
}

/// Says that what no type can say isn't checked of a file.
fn judged(lowerer: &mut Lowerer, field: &Field, schema: &Schema) {
    if schema.refinement.is_some() {
        unchecked(lowerer, field.span, "`not` and its like are not checked");
    }
}

fn unchecked(lowerer: &mut Lowerer, span: Span, what: &str) {
    let message = format!("of a file, {what}");
    let diagnostic = Diagnostic::new(&codes::RG0206, Effect::Warning, message);
    lowerer
        .diagnostics
        .push(diagnostic.at(span).help("check it in the handler"));
}
