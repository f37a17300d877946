//! How requests are read: parameters and bodies.

use indexmap::IndexMap;

use super::api::{
    BodyContent, BodyKind, BodyPlan, Kind, ParameterPlan, PartKind, PartPlan, Reading,
};
use super::lower::{Lowerer, Place};
use super::names::{self, Scope};
use super::types::{EnumKind, ItemKind, Items, Messages, Presence, StringRule, Type};
use super::{defaults, docs, form_parts, items, kinds, manner, media, rules};
use crate::diagnostics::codes::openapi as codes;
use crate::diagnostics::{Diagnostic, Effect};
use crate::model::{
    self, Body, Check, Constraint, Content, Location, MediaKind, MediaType, Object, Operation,
    Parameter, Part, Schema, SchemaId, Shape, Style, Text,
};

/// The parameters of an operation; names are unique within their location.
pub(super) fn parameters(
    lowerer: &mut Lowerer,
    operation: &Operation,
    place: &Place,
) -> Vec<ParameterPlan> {
    let locations = [
        Location::Path,
        Location::Query,
        Location::Header,
        Location::Cookie,
    ];
    let mut plans = Vec::new();
    for location in locations {
        let mut scope = Scope::default();
        for parameter in operation
            .parameters
            .iter()
            .filter(|parameter| parameter.location == location)
        {
            let mut plan = self::parameter(lowerer, parameter, place, &mut scope);
            adapt(&mut plan, operation);
            plans.push(plan);
        }
    }
    plans
}

/// What hangs on the operation around a parameter.
fn adapt(plan: &mut ParameterPlan, operation: &Operation) {
    let parts = operation
        .url
        .segments
        .iter()
        .flat_map(|segment| &segment.parts);
    let is_rest = |part: &Part| match part {
        Part::CatchAll(name) | Part::OptionalCatchAll(name) => *name == plan.wire,
        Part::Literal(_) | Part::Parameter(_) => false,
    };
    let strings = matches!(plan.ty.plain(), Type::List(item, _) if matches!(item.plain(), Type::Text(Text::Plain, _)));
    if plan.location == Location::Path && strings && parts.into_iter().any(is_rest) {
        plan.reading = Reading::Rest;
    }
    let queries = operation
        .parameters
        .iter()
        .filter(|other| other.location == Location::Query)
        .count();
    if let Reading::Structured {
        style: "FormExploded",
        kind: Kind::Object { others, .. },
    } = &mut plan.reading
        && queries > 1
    {
        // An exploded object that takes any key would take those of the other parameters.
        *others = None;
    }
}

/// The name of the struct that holds the parameters of a location, without the method.
pub fn location_name(location: Location) -> &'static str {
    match location {
        Location::Path => "Path",
        Location::Query => "Query",
        Location::Header => "Headers",
        Location::Cookie => "Cookies",
    }
}

fn parameter(
    lowerer: &mut Lowerer,
    parameter: &Parameter,
    place: &Place,
    scope: &mut Scope,
) -> ParameterPlan {
    let place = place
        .inside(location_name(parameter.location))
        .inside(&parameter.name);
    let mut ty = lowerer.ty(parameter.schema, place.asked(), &place);
    // A text can't be `null`.
    while let Type::Nullable(inner) = ty {
        ty = *inner;
    }
    let reading = match &parameter.content {
        Some(media) if media.kind() == MediaKind::Json => Reading::Json,
        Some(_) => Reading::Scalar,
        None if is_scalar(&lowerer.items, &ty) => Reading::Scalar,
        None => Reading::Structured {
            style: style(parameter),
            kind: kinds::parameter(&lowerer.items, &ty),
        },
    };
    if parameter.content.is_some() && reading == Reading::Scalar && !is_scalar(&lowerer.items, &ty)
    {
        ty = Type::Text(Text::Plain, StringRule::default());
    }
    let presence = match &parameter.default {
        Some(value) if defaults::fits(&lowerer.items, &ty, value) => {
            Presence::Default(value.clone())
        }
        Some(_) => Presence::Optional,
        None if parameter.required => Presence::Required,
        None => Presence::Optional,
    };
    let wire = match parameter.location {
        Location::Header => parameter.name.to_ascii_lowercase(),
        Location::Path | Location::Query | Location::Cookie => parameter.name.clone(),
    };
    ParameterPlan {
        name: scope.unique(names::snake(&parameter.name)),
        wire,
        location: parameter.location,
        ty,
        presence,
        prefix: match parameter.style {
            Style::Label if reading == Reading::Scalar => Some("Label"),
            Style::Matrix if reading == Reading::Scalar => Some("Matrix"),
            _ => None,
        },
        reading,
        docs: docs::of_value(&parameter.docs, lowerer.api.schema(parameter.schema)),
    }
}

/// Whether a value of the type is one text.
pub fn is_scalar(items: &Items, ty: &Type) -> bool {
    match ty {
        Type::Boolean | Type::Integer(..) | Type::Number(_) | Type::Text(..) => true,
        Type::Item(id) => match &items.get(*id).kind {
            ItemKind::Enum(literals) => literals.kind == EnumKind::Strings,
            ItemKind::Alias(ty) => is_scalar(items, ty),
            ItemKind::Struct(_) | ItemKind::Union(_) | ItemKind::Newtype(_) => false,
        },
        Type::Read(inner, _) => is_scalar(items, inner),
        Type::Any | Type::Never | Type::Null | Type::Nullable(_) => false,
        Type::List(..) | Type::Map(..) | Type::Tuple(_) | Type::Boxed(_) => false,
    }
}

fn style(parameter: &Parameter) -> &'static str {
    match (parameter.style, parameter.explode) {
        (Style::Form, true) => "FormExploded",
        (Style::Form, false) => "Form",
        (Style::SpaceDelimited, true) | (Style::PipeDelimited, true) => "FormExploded",
        (Style::SpaceDelimited, false) => "Spaces",
        (Style::PipeDelimited, false) => "Pipes",
        (Style::DeepObject, _) => "Deep",
        (Style::Simple, true) => "SimpleExploded",
        (Style::Simple, false) => "Simple",
        (Style::Label, true) => "LabelExploded",
        (Style::Label, false) => "Label",
        (Style::Matrix, true) => "MatrixExploded",
        (Style::Matrix, false) => "Matrix",
    }
}

/// What a request carries.
pub(super) fn body(lowerer: &mut Lowerer, body: &Body, place: &Place) -> BodyPlan {
    let mut scope = Scope::default();
    let several = body.contents.len() > 1;
    let contents = body.contents.iter().map(|content| {
        let name = scope.unique(media_name(content));
        let place = place.inside("Body");
        let place = if several { place.inside(&name) } else { place };
        (name, self::content(lowerer, content, &place))
    });
    let contents: Vec<(String, BodyContent)> = contents.collect();
    BodyPlan {
        required: body.required,
        is_choice: several && !same_type(&contents),
        contents,
        docs: docs::lines(&body.docs),
    }
}

/// Whether all contents are values of one type.
fn same_type(contents: &[(String, BodyContent)]) -> bool {
    let ty = |content: &'_ (String, BodyContent)| match &content.1.kind {
        BodyKind::Json(ty) | BodyKind::Form { ty, .. } | BodyKind::Xml { ty, .. } => {
            Some(ty.clone())
        }
        BodyKind::Text(..)
        | BodyKind::Multipart { .. }
        | BodyKind::Items { .. }
        | BodyKind::Stream => None,
    };
    let first = contents.first().and_then(ty);
    first.is_some() && contents.iter().all(|content| ty(content) == first)
}

/// The variant's name for a content type.
pub(super) fn media_name(content: &Content) -> String {
    match content.media_type.kind() {
        MediaKind::Json if content.media_type.essence() == "application/json" => "Json".to_owned(),
        MediaKind::Form => "Form".to_owned(),
        MediaKind::Multipart => "Multipart".to_owned(),
        MediaKind::EventStream => "Events".to_owned(),
        MediaKind::Text if content.media_type.essence() == "text/plain" => "Text".to_owned(),
        MediaKind::Json
        | MediaKind::Text
        | MediaKind::Xml
        | MediaKind::Items(_)
        | MediaKind::Bytes => {
            let essence = content.media_type.essence();
            match essence.as_str() {
                "*/*" => "Any".to_owned(),
                "application/octet-stream" => "Bytes".to_owned(),
                other => {
                    let subtype = other.split_once('/').map_or(other, |(kind, subtype)| {
                        if subtype == "*" { kind } else { subtype }
                    });
                    names::variant_name(subtype.trim_start_matches("vnd.").trim_start_matches("x-"))
                }
            }
        }
    }
}

fn content(lowerer: &mut Lowerer, content: &Content, place: &Place) -> BodyContent {
    let kind = match (media::kind(lowerer.api, content), content.schema) {
        (MediaKind::Json, Some(schema)) => BodyKind::Json(lowerer.ty(schema, place.asked(), place)),
        (MediaKind::Json, None) => BodyKind::Json(Type::Any),
        (MediaKind::Text, schema) => text(lowerer, content, schema),
        (MediaKind::Form, Some(schema)) => {
            let ty = lowerer.ty(schema, place.asked(), place);
            let mut kind = kinds::kind(&lowerer.items, &ty, 0);
            kinds::join(&mut kind, content);
            BodyKind::Form { ty, kind }
        }
        (MediaKind::Form, None) => BodyKind::Form {
            ty: Type::Any,
            kind: Kind::Any,
        },
        (MediaKind::Multipart, schema) => multipart(lowerer, content, schema, place),
        (MediaKind::Xml, schema) => match (lowerer.document(content), schema) {
            (Some(root), Some(schema)) => BodyKind::Xml {
                ty: lowerer.ty(schema, place.asked(), place),
                root,
            },
            (Some(_), None) | (None, _) => BodyKind::Stream,
        },
        (MediaKind::Items(framing), _) => match items::item(lowerer, content) {
            Some(item) => BodyKind::Items {
                ty: lowerer.ty(item, place.asked(), &place.inside("Item")),
                framing,
            },
            None => BodyKind::Stream,
        },
        (MediaKind::EventStream, _) => BodyKind::Stream,
        (MediaKind::Bytes, schema) => {
            if schema.is_some_and(|id| has_length(lowerer.api.schema(id))) {
                unmeasured(lowerer, content);
            }
            BodyKind::Stream
        }
    };
    BodyContent {
        media: content.media_type.as_str().to_owned(),
        kind,
    }
}

fn text(lowerer: &mut Lowerer, content: &Content, schema: Option<SchemaId>) -> BodyKind {
    let Some(schema) = schema.map(|id| lowerer.api.schema(id)) else {
        return BodyKind::Text(StringRule::default(), Messages::default());
    };
    if schema.refinement.is_some() {
        unrefined(lowerer, content, "a body of text");
    }
    let rule = rules::string(&schema.checks, &lowerer.patterns, lowerer.diagnostics);
    BodyKind::Text(rule, manner::messages(schema))
}

/// Says that what no type can say isn't checked of a body.
pub(super) fn unrefined(lowerer: &mut Lowerer, content: &Content, what: &str) {
    let message = format!("of {what}, `not` and its like are not checked");
    let diagnostic = Diagnostic::new(&codes::RG0206, Effect::Warning, message);
    let help = "check it in the handler";
    lowerer
        .diagnostics
        .push(diagnostic.at(content.span).help(help));
}

/// Whether a schema says how long its values are.
fn has_length(schema: &Schema) -> bool {
    let is_length = |check: &Check| match &check.constraint {
        Constraint::MinLength(_) | Constraint::MaxLength(_) => true,
        Constraint::Pattern(_)
        | Constraint::Format(_)
        | Constraint::Minimum { .. }
        | Constraint::Maximum { .. }
        | Constraint::MultipleOf(_)
        | Constraint::MinItems(_)
        | Constraint::MaxItems(_)
        | Constraint::UniqueItems
        | Constraint::MinProperties(_)
        | Constraint::MaxProperties(_) => false,
    };
    schema.checks.iter().any(is_length)
}

/// Says that a stream's length isn't checked: it is given away as it arrives.
fn unmeasured(lowerer: &mut Lowerer, content: &Content) {
    let message = "of a body of bytes, the length is not checked";
    let diagnostic = Diagnostic::new(&codes::RG0206, Effect::Warning, message);
    let help = "count what the stream gives in the handler; no body is longer than `body-bytes` of `routegen.toml`";
    lowerer
        .diagnostics
        .push(diagnostic.at(content.span).help(help));
}

/// A multipart body with fields is a struct; what says nothing of its parts is read by the handler.
fn multipart(
    lowerer: &mut Lowerer,
    content: &Content,
    schema: Option<SchemaId>,
    place: &Place,
) -> BodyKind {
    let Some((name, parts)) = form_data(lowerer, content, place) else {
        undivided(lowerer, content);
        return BodyKind::Stream;
    };
    if schema.is_some_and(|id| lowerer.api.schema(id).refinement.is_some()) {
        unrefined(lowerer, content, "a form with parts");
    }
    BodyKind::Multipart { name, parts }
}

/// Says that the parts of a form are not told apart, where it may be one of several objects. A list or a text says nothing of parts.
pub(super) fn undivided(lowerer: &mut Lowerer, content: &Content) {
    let is_form = content.media_type.essence() == "multipart/form-data";
    let is_union = |id: &SchemaId| matches!(lowerer.api.schema(*id).shape, Shape::Union(_));
    if !is_form || !content.schema.as_ref().is_some_and(is_union) {
        return;
    }
    let message = "the parts of this form are not told apart: it is one of several objects";
    let diagnostic = Diagnostic::new(&codes::RG0224, Effect::Degrades, message);
    let help = "write one object, in which what not all have is optional; until then the handler gets the bytes";
    lowerer
        .diagnostics
        .push(diagnostic.at(content.span).help(help));
}

/// The parts of a form with files, and the name of the struct that holds them; `None` if the contract doesn't say which there are.
pub(super) fn form_data(
    lowerer: &mut Lowerer,
    content: &Content,
    place: &Place,
) -> Option<(String, Vec<PartPlan>)> {
    let api = lowerer.api;
    let is_form = content.media_type.essence() == "multipart/form-data";
    let object = content.schema.map(|id| match &api.schema(id).shape {
        // The fields of a form are those that all have, whichever heir it is.
        Shape::Union(union) => {
            let fallback = union.discriminator.as_ref().and_then(|by| by.fallback);
            let base = fallback.map(|index| union.branches[index]);
            &api.schema(base.unwrap_or(id)).shape
        }
        shape => shape,
    });
    let Some(Shape::Object(object)) = object.filter(|_| is_form) else {
        return None;
    };
    let mut scope = Scope::default();
    let parts = parts(lowerer, object, content, place, &mut scope);
    Some((names::type_name(&place.name), parts))
}

fn parts(
    lowerer: &mut Lowerer,
    object: &Object,
    content: &Content,
    place: &Place,
    scope: &mut Scope,
) -> Vec<PartPlan> {
    let api = lowerer.api;
    let fields = object
        .fields
        .iter()
        .filter(|field| place.asked().has(field.access));
    let parts = fields.map(|field| {
        let encoding = content.encoding.get(&field.name);
        let schema = api.schema(field.schema);
        let place = place.inside(&field.name);
        let document = part_document(lowerer, field, content);
        let kind = match document {
            Some(document) => xml_part(lowerer, &document, field.schema, &place),
            None => form_parts::kind(lowerer, field, encoding, &place),
        };
        let presence = match (&field.default, &kind) {
            (Some(value), PartKind::Value { ty, .. } | PartKind::Xml { ty, .. })
                if defaults::fits(&lowerer.items, ty, value) =>
            {
                Presence::Default(value.clone())
            }
            (None, _) if field.required => Presence::Required,
            (Some(_) | None, _) => Presence::Optional,
        };
        PartPlan {
            name: scope.unique(names::snake(&field.name)),
            wire: field.name.clone(),
            presence,
            kind,
            docs: docs::of_value(&field.docs, schema),
        }
    });
    parts.collect()
}

/// What a part is of which the contract says that it is XML alone. Texts in it are files, as in bodies.
fn part_document(lowerer: &Lowerer, field: &model::Field, content: &Content) -> Option<Content> {
    let encoding = content.encoding.get(&field.name)?;
    let media_type = MediaType::new(encoding.content_type.as_deref()?);
    let shape = &lowerer.api.schema(field.schema).shape;
    let is_document = media_type.kind() == MediaKind::Xml
        && !media_type.as_str().contains(',')
        && *shape != Shape::String(Text::Binary);
    is_document.then(|| Content {
        media_type,
        span: field.span,
        schema: Some(field.schema),
        item: None,
        encoding: IndexMap::new(),
        xml: field.xml.clone(),
    })
}

/// Of a list there is a part for each item (RFC 7578, §4.3), and each of them is a document: they are read by the handler.
fn xml_part(
    lowerer: &mut Lowerer,
    document: &Content,
    schema: SchemaId,
    place: &Place,
) -> PartKind {
    let types = vec![document.media_type.as_str().to_ascii_lowercase()];
    if matches!(lowerer.api.schema(schema).shape, Shape::Array { .. }) {
        let message = format!("parts of `{}` are not typed if there are several", types[0]);
        let help = "they are files, whose bytes the handler gets and gives";
        let diagnostic = Diagnostic::new(&codes::RG0212, Effect::Degrades, message);
        lowerer
            .diagnostics
            .push(diagnostic.at(document.span).help(help));
        return form_parts::files(lowerer, schema, types);
    }
    let Some(root) = lowerer.document(document) else {
        return form_parts::file(lowerer, schema, types);
    };
    let mut ty = lowerer.ty(schema, place.asked(), place);
    while let Type::Nullable(inner) = ty {
        ty = *inner;
    }
    PartKind::Xml { ty, root }
}
