//! What stands in a text, as far as it matters for cutting it.

use super::api::Kind;
use super::types::{Field, ItemId, ItemKind, Items, Struct, Type, Unknown};
use crate::model::{Content, Style};

/// What stands in a text; what lies deeper than a parameter can say is cut by its looks.
pub(super) fn kind(items: &Items, ty: &Type, depth: usize) -> Kind {
    if depth > 4 {
        return Kind::Any;
    }
    let inside = |ty: &Type| kind(items, ty, depth + 1);
    match ty {
        Type::Any | Type::Never => Kind::Any,
        Type::Null | Type::Boolean | Type::Integer(..) | Type::Number(_) | Type::Text(..) => {
            Kind::Scalar
        }
        Type::Nullable(inner) | Type::Boxed(inner) | Type::Read(inner, _) => {
            kind(items, inner, depth)
        }
        Type::List(item, _) => Kind::List(Box::new(inside(item))),
        Type::Tuple(_) => Kind::List(Box::new(Kind::Scalar)),
        Type::Map(value, _) => Kind::Object {
            properties: Vec::new(),
            others: Some(Box::new(inside(value))),
        },
        Type::Item(id) => item_kind(items, *id, depth),
    }
}

fn item_kind(items: &Items, id: ItemId, depth: usize) -> Kind {
    match &items.get(id).kind {
        ItemKind::Enum(_) => Kind::Scalar,
        ItemKind::Alias(ty) | ItemKind::Newtype(ty) => kind(items, ty, depth),
        ItemKind::Union(union) => {
            let branches = union.branches.iter();
            let kinds = branches.map(|branch| kind(items, &branch.ty, depth + 1));
            kinds.reduce(either).unwrap_or(Kind::Any)
        }
        ItemKind::Struct(body) => structure(items, body, depth),
    }
}

fn structure(items: &Items, body: &Struct, depth: usize) -> Kind {
    let property = |field: &Field| (field.wire.clone(), kind(items, &field.ty, depth + 1));
    let others = match &body.unknown {
        Unknown::Keep { value, .. } => Some(Box::new(kind(items, value, depth + 1))),
        Unknown::Reject => Some(Box::new(Kind::Any)),
        Unknown::Drop => None,
    };
    Kind::Object {
        properties: body.fields.iter().map(property).collect(),
        others,
    }
}

/// What stands in the text of what is one of two.
fn either(one: Kind, other: Kind) -> Kind {
    match (one, other) {
        (one, other) if one == other => one,
        (Kind::List(one), Kind::List(other)) => Kind::List(Box::new(either(*one, *other))),
        (
            Kind::Object { properties, others },
            Kind::Object {
                properties: more,
                others: rest,
            },
        ) => both(properties, others, more, rest),
        (one, other) if is_spelled(&one) && is_spelled(&other) => Kind::Texts,
        (_, _) => Kind::Either,
    }
}

/// An object that has the properties of two.
fn both(
    mut properties: Vec<(String, Kind)>,
    others: Option<Box<Kind>>,
    more: Vec<(String, Kind)>,
    rest: Option<Box<Kind>>,
) -> Kind {
    for (name, kind) in more {
        match properties.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = either(std::mem::replace(known, Kind::Any), kind),
            None => properties.push((name, kind)),
        }
    }
    let others = match (others, rest) {
        (Some(one), Some(other)) => Some(Box::new(either(*one, *other))),
        (one, other) => one.or(other),
    };
    Kind::Object { properties, others }
}

/// Whether nothing stands there but scalars and lists of them.
fn is_spelled(kind: &Kind) -> bool {
    match kind {
        Kind::Scalar | Kind::Joined(_) | Kind::Texts => true,
        Kind::List(item) => is_spelled(item),
        Kind::Object { .. } | Kind::Json | Kind::Quoted | Kind::Either | Kind::Any => false,
    }
}

/// The same in a parameter, of which no style says that it may be JSON.
pub(super) fn parameter(items: &Items, ty: &Type) -> Kind {
    match kind(items, ty, 0) {
        Kind::Either => Kind::Any,
        kind => kind,
    }
}

/// The same in a part of a form with files. RFC 7578 has no words for objects: they are sent as JSON; a list is a part for each
/// item.
pub(super) fn part(items: &Items, ty: &Type) -> Kind {
    match kind(items, ty, 0) {
        Kind::List(item) => Kind::List(Box::new(part_item(*item))),
        kind => part_item(kind),
    }
}

fn part_item(kind: Kind) -> Kind {
    match kind {
        Kind::Object { .. } | Kind::List(_) | Kind::Json | Kind::Any => Kind::Json,
        Kind::Scalar | Kind::Joined(_) | Kind::Texts | Kind::Quoted | Kind::Either => kind,
    }
}

/// The same where the form's `encoding` has it in JSON.
pub(super) fn json_part(items: &Items, ty: &Type) -> Kind {
    match kind(items, ty, 0) {
        Kind::List(item) => Kind::List(Box::new(json_item(*item))),
        kind => json_item(kind),
    }
}

fn json_item(kind: Kind) -> Kind {
    match kind {
        Kind::Scalar => Kind::Quoted,
        Kind::Object { .. } | Kind::List(_) | Kind::Joined(_) | Kind::Json | Kind::Quoted => {
            Kind::Json
        }
        Kind::Texts | Kind::Either | Kind::Any => Kind::Json,
    }
}

/// Lists that a form's `encoding` puts into one text.
pub(super) fn join(kind: &mut Kind, content: &Content) {
    let Kind::Object { properties, .. } = kind else {
        return;
    };
    for (name, kind) in properties {
        let encoding = content.encoding.get(name);
        let between = match encoding.map(|encoding| (encoding.style, encoding.explode)) {
            Some((None | Some(Style::Form), Some(false))) => ",",
            Some((Some(Style::SpaceDelimited), None | Some(false))) => " ",
            Some((Some(Style::PipeDelimited), None | Some(false))) => "|",
            Some(_) | None => continue,
        };
        if matches!(kind, Kind::List(item) if **item == Kind::Scalar) {
            *kind = Kind::Joined(between);
        }
    }
}
