//! The URL of a callback, where the typed request that brings it about says it.

use super::api::{BodyKind, BodyPlan, OperationPlan, PartKind};
use super::names;
use super::requests::{is_scalar, location_name};
use super::types::{ItemKind, Items, Presence, StringRule, Type};
use crate::model::{Callback, Location, RequestValue, TargetPiece, Text};

/// How a URL follows from a request.
#[derive(Debug, Clone)]
pub struct TargetPlan {
    /// The route of that request, by its index.
    pub route: usize,
    /// The request's type there: `PostRequest`.
    pub request: String,
    /// Put together, they are the URL.
    pub pieces: Vec<Piece>,
}

/// A piece of a URL.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Text.
    Text(String),
    /// A value of the request.
    Value {
        /// The fields that lead to it.
        steps: Vec<Step>,
        /// Its type.
        ty: Type,
        /// Whether it is percent-encoded: all are, but one that the URL begins with.
        encoded: bool,
    },
}

/// A field on the way to a value.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its name.
    pub field: String,
    /// Whether it may be absent.
    pub optional: bool,
}

impl TargetPlan {
    /// The types of the values that are written into the URL.
    pub(super) fn types(&self) -> impl Iterator<Item = &Type> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Value { ty, .. } => Some(ty),
            Piece::Text(_) => None,
        })
    }
}

/// How a callback's URL follows from its operation's request; `None` where it doesn't, or is always the same.
pub(super) fn target(
    items: &Items,
    callback: &Callback,
    route: usize,
    owner: &OperationPlan,
) -> Option<TargetPlan> {
    let mut pieces: Vec<Piece> = Vec::new();
    for piece in &callback.target {
        let encoded = !pieces.is_empty();
        let piece = match piece {
            TargetPiece::Text(text) => Piece::Text(text.clone()),
            TargetPiece::Request(RequestValue::Method) => {
                Piece::Text(owner.method.upper().to_owned())
            }
            TargetPiece::Request(value) => {
                let (steps, ty) = value_of(items, owner, value)?;
                Piece::Value { steps, ty, encoded }
            }
            TargetPiece::Unknown => return None,
        };
        pieces.push(piece);
    }
    let has_value = |piece: &Piece| matches!(piece, Piece::Value { .. });
    pieces.iter().any(has_value).then(|| TargetPlan {
        route,
        request: format!("{}Request", names::pascal(owner.method.upper())),
        pieces,
    })
}

/// The way to a value that is one text, and its type.
fn value_of(
    items: &Items,
    operation: &OperationPlan,
    value: &RequestValue,
) -> Option<(Vec<Step>, Type)> {
    let parameter = |location: Location, wire: &str| {
        let mut all = operation.parameters.iter();
        let found = all.find(|other| other.location == location && other.wire == wire)?;
        let place = Step {
            field: location_name(location).to_lowercase(),
            optional: false,
        };
        let steps = vec![place, step(&found.name, &found.presence)?];
        Some((steps, found.ty.clone()))
    };
    let (steps, ty) = match value {
        RequestValue::Method => return None,
        RequestValue::Path(name) => parameter(Location::Path, name)?,
        RequestValue::Query(name) => parameter(Location::Query, name)?,
        RequestValue::Header(name) => parameter(Location::Header, &name.to_ascii_lowercase())?,
        RequestValue::Body(property) => {
            in_body(items, operation.body.as_ref()?, property.as_deref())?
        }
    };
    is_one_text(items, &ty).then_some((steps, ty))
}

fn step(name: &str, presence: &Presence) -> Option<Step> {
    let optional = match presence {
        Presence::Required | Presence::Default(_) => false,
        Presence::Optional => true,
        // It has no field.
        Presence::Constant(_) => return None,
    };
    Some(Step {
        field: name.to_owned(),
        optional,
    })
}

fn in_body(items: &Items, body: &BodyPlan, property: Option<&str>) -> Option<(Vec<Step>, Type)> {
    if body.is_choice {
        return None;
    }
    let whole = Step {
        field: "body".to_owned(),
        optional: !body.required,
    };
    let (_, content) = body.contents.first()?;
    match (&content.kind, property) {
        (BodyKind::Text(..), None) => {
            Some((vec![whole], Type::Text(Text::Plain, StringRule::default())))
        }
        (BodyKind::Json(ty) | BodyKind::Form { ty, .. } | BodyKind::Xml { ty, .. }, None) => {
            Some((vec![whole], ty.clone()))
        }
        (BodyKind::Json(ty) | BodyKind::Form { ty, .. } | BodyKind::Xml { ty, .. }, Some(name)) => {
            let (step, ty) = field(items, ty, name)?;
            Some((vec![whole, step], ty))
        }
        (BodyKind::Multipart { parts, .. }, Some(name)) => {
            let part = parts.iter().find(|part| part.wire == name)?;
            let (PartKind::Value { ty, .. } | PartKind::Xml { ty, .. }) = &part.kind else {
                return None;
            };
            Some((vec![whole, step(&part.name, &part.presence)?], ty.clone()))
        }
        (BodyKind::Text(..), Some(_)) | (BodyKind::Multipart { .. }, None) => None,
        (BodyKind::Stream | BodyKind::Items { .. }, _) => None,
    }
}

/// A field of a struct, under whatever name.
fn field(items: &Items, ty: &Type, name: &str) -> Option<(Step, Type)> {
    let Type::Item(id) = ty.plain() else {
        return None;
    };
    match &items.get(*id).kind {
        ItemKind::Struct(body) => {
            let found = body.fields.iter().find(|field| field.wire == name)?;
            Some((step(&found.name, &found.presence)?, found.ty.clone()))
        }
        ItemKind::Alias(ty) => field(items, ty, name),
        ItemKind::Enum(_) | ItemKind::Union(_) | ItemKind::Newtype(_) => None,
    }
}

fn is_one_text(items: &Items, ty: &Type) -> bool {
    match ty {
        Type::Nullable(inner) => is_one_text(items, inner),
        ty => is_scalar(items, ty),
    }
}
