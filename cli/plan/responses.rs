//! The variants of a response: one per status and content type.

use super::api::{HeaderPlan, ResponseContent, VariantPlan, Writing};
use super::lower::{Lowerer, Place};
use super::names::{self, Scope};
use super::requests::{is_scalar, media_name};
use super::types::{EnumKind, Field, ItemId, ItemKind, Items, Presence, StringRule, Type, Unknown};
use super::{docs, items, media, statuses};
use crate::diagnostics::codes::plan::RG0403;
use crate::diagnostics::{Diagnostic, Effect};
use crate::model::{Content, Header, MediaKind, Operation, Response, Status, Text};

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
        let contents: Vec<&Content> = match has_body {
            true => response
                .contents
                .iter()
                .filter(|content| sendable(lowerer, content))
                .collect(),
            false => Vec::new(),
        };
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
        for content in &contents {
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
            links: Vec::new(),
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

/// Whether a content type can be sent; says so if not.
pub(super) fn sendable(lowerer: &mut Lowerer, content: &Content) -> bool {
    let media = &content.media_type;
    if !media.can_be_sent() {
        let message = format!("`{}` can't be sent as a content type", media.as_str());
        let help = "write it in ASCII as `type/subtype`; until then this content is left out";
        let diagnostic = Diagnostic::new(&RG0403, Effect::Degrades, message);
        lowerer
            .diagnostics
            .push(diagnostic.at(content.span).help(help));
    }
    media.can_be_sent()
}

/// Whether a header has a name that HTTP allows; says so if not.
///
/// <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2>
pub(super) fn nameable(lowerer: &mut Lowerer, header: &Header) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let is_token = !header.name.is_empty() && header.name.bytes().all(allowed);
    if !is_token {
        let message = format!("`{}` can't be the name of a header", header.name);
        let help =
            "HTTP allows ASCII letters, digits and `-` there; until then this header is left out";
        let diagnostic = Diagnostic::new(&RG0403, Effect::Degrades, message);
        lowerer
            .diagnostics
            .push(diagnostic.at(header.span).help(help));
    }
    is_token
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
    let headers: Vec<&Header> = response
        .headers
        .iter()
        .filter(|header| nameable(lowerer, header))
        .collect();
    let headers = headers.into_iter().map(|header| {
        let place = place.inside(&name).inside(&header.name);
        let wire = header.name.to_ascii_lowercase();
        let (ty, writing) = header_type(lowerer, header, &wire, &place);
        HeaderPlan {
            name: scope.unique(names::snake(&header.name)),
            wire,
            required: header.required,
            ty,
            writing,
        }
    });
    let headers = headers.collect();
    let docs = docs(response);
    VariantPlan {
        name,
        status: response.status,
        headers,
        content,
        docs,
    }
}

/// Doc lines of a response: what it is, and where one may go from there.
pub(super) fn docs(response: &Response) -> Vec<String> {
    let mut lines = statuses::docs(response.status, docs::text_lines(&response.description));
    let links = response.links.iter();
    let links = links.map(|link| {
        format!(
            "`{}` to `{}`",
            docs::code(&link.name),
            docs::code(&link.operation)
        )
    });
    let links: Vec<String> = links.collect();
    if !links.is_empty() {
        lines.push(String::new());
        lines.push(format!("Links: {}.", links.join(", ")));
    }
    lines
}

/// A header's value is one text: what has more than one level is left to the handler as text.
pub(super) fn header_type(
    lowerer: &mut Lowerer,
    header: &Header,
    wire: &str,
    place: &Place,
) -> (Type, Writing) {
    let mut ty = lowerer.ty(header.schema, place.answered(), place);
    while let Type::Nullable(inner) = ty {
        ty = *inner;
    }
    let items = &lowerer.items;
    if is_one_text(items, &ty) {
        return (ty, Writing::Scalar);
    }
    match flat(items, &ty) {
        Some(Flat::List(item)) if wire == "set-cookie" => (ty, Writing::Each(item)),
        Some(Flat::List(_) | Flat::Places) => {
            let explode = header.explode;
            (ty, Writing::Simple { explode })
        }
        None => (
            Type::Text(Text::Plain, StringRule::default()),
            Writing::Scalar,
        ),
    }
}

/// What a value of one level consists of.
enum Flat {
    /// Items of one type.
    List(Type),
    /// Places or keys, each with its own type.
    Places,
}

/// Whether a type is a list or an object of scalars.
fn flat(items: &Items, ty: &Type) -> Option<Flat> {
    let is_part = |ty: &Type| match ty.plain() {
        Type::Nullable(inner) => is_one_text(items, inner),
        ty => is_one_text(items, ty),
    };
    let places = |all: bool| all.then_some(Flat::Places);
    match ty {
        Type::Read(inner, _) => flat(items, inner),
        Type::List(item, _) => is_part(item).then(|| Flat::List((**item).clone())),
        Type::Tuple(tuple) => {
            places(tuple.places.iter().all(is_part) && tuple.rest.as_deref().is_none_or(is_part))
        }
        Type::Map(value, _) => places(is_part(value)),
        Type::Item(id) => match &items.get(*id).kind {
            ItemKind::Alias(inner) => flat(items, inner),
            ItemKind::Struct(body) => {
                let is_flat = |field: &Field| match &field.presence {
                    Presence::Constant(value) => !value.is_array() && !value.is_object(),
                    Presence::Required | Presence::Optional | Presence::Default(_) => {
                        is_part(&field.ty)
                    }
                };
                let kept = match &body.unknown {
                    Unknown::Keep { value, .. } => is_part(value),
                    Unknown::Drop | Unknown::Reject => true,
                };
                places(kept && body.fields.iter().all(is_flat))
            }
            ItemKind::Enum(_) | ItemKind::Union(_) | ItemKind::Newtype(_) => None,
        },
        Type::Any | Type::Never | Type::Null | Type::Boolean | Type::Integer(..) => None,
        Type::Number(_) | Type::Text(..) | Type::Nullable(_) | Type::Boxed(_) => None,
    }
}

/// Whether a value of the type is one text: a scalar, or an enum of strings or of whole numbers.
fn is_one_text(items: &Items, ty: &Type) -> bool {
    let is_enum = |id: ItemId| match &items.get(id).kind {
        ItemKind::Enum(literals) => literals.kind == EnumKind::Integers,
        ItemKind::Alias(inner) => is_one_text(items, inner),
        ItemKind::Struct(_) | ItemKind::Union(_) | ItemKind::Newtype(_) => false,
    };
    is_scalar(items, ty) || matches!(ty.plain(), Type::Item(id) if is_enum(*id))
}

fn body(lowerer: &mut Lowerer, content: &Content, place: &Place) -> ResponseContent {
    let media = content.media_type.as_str().to_owned();
    match media::kind(lowerer.api, content) {
        MediaKind::Json => {
            let media = media::sent_as(content);
            let place = place.inside("Body");
            let ty = content
                .schema
                .map_or(Type::Any, |id| lowerer.ty(id, place.answered(), &place));
            ResponseContent::Json { media, ty }
        }
        MediaKind::Text if !media.contains('*') => ResponseContent::Text { media },
        MediaKind::EventStream => {
            let place = place.inside("Event");
            let ty = content
                .schema
                .map(|id| lowerer.ty(id, place.answered(), &place));
            ResponseContent::Events { ty }
        }
        MediaKind::Xml if !media.contains('*') => match (lowerer.document(content), content.schema)
        {
            (Some(root), Some(id)) => {
                let ty = lowerer.ty(id, place.answered(), &place.inside("Body"));
                ResponseContent::Xml { media, ty, root }
            }
            (Some(_), None) | (None, _) => ResponseContent::Bytes { media },
        },
        MediaKind::Items(framing) => match items::item(lowerer, content) {
            Some(id) => ResponseContent::Items {
                media,
                ty: lowerer.ty(id, place.answered(), &place.inside("Item")),
                framing,
            },
            None => ResponseContent::Bytes { media },
        },
        MediaKind::Text
        | MediaKind::Form
        | MediaKind::Multipart
        | MediaKind::Xml
        | MediaKind::Bytes => ResponseContent::Bytes { media },
    }
}
