//! The items that schemas become: structs, enums of literals, unions.

use std::collections::HashSet;

use super::lower::{Direction, Lowerer, Place, item_name};
use super::names::{self, Scope};
use super::types::{
    Branch, Discriminator, Enum, EnumKind, Field, ItemKind, Presence, Struct, Type, Union, Unknown,
    Variant,
};
use super::{defaults, docs, manner, rules};
use crate::model::{self, Object, Schema, Shape, Value};

/// The struct that an object becomes in one direction.
pub(super) fn structure(
    lowerer: &mut Lowerer,
    object: &Object,
    schema: &Schema,
    direction: Direction,
    place: &Place,
) -> Struct {
    let mut scope = Scope::default();
    let mut fields = Vec::new();
    let there = object.fields.iter();
    for field in there.filter(|field| direction.has(field.access)) {
        let (ty, presence) = match constant(lowerer, field) {
            Some(value) => {
                let messages = lowerer.api.schema(field.schema);
                (
                    manner::read(Type::Null, messages),
                    Presence::Constant(value),
                )
            }
            None => {
                let ty = lowerer.ty(field.schema, direction, &place.inside(&field.name));
                let presence = presence(lowerer, field, &ty);
                (ty, presence)
            }
        };
        let schema = lowerer.api.schema(field.schema);
        let is_silent = docs::lines(&field.docs).is_empty();
        let docs = match is_silent && schema.name.is_none() && !matches!(ty.plain(), Type::Item(_))
        {
            true => docs::of_value(&schema.docs, schema),
            false => docs::of_value(&field.docs, schema),
        };
        fields.push(Field {
            name: scope.unique(names::snake(&field.name)),
            wire: field.name.clone(),
            ty,
            presence,
            docs,
        });
    }
    if fields.len() > 128 {
        // The decoder keeps a bit for each of the first 128 fields, so the required ones come first.
        fields.sort_by_key(|field| {
            !matches!(field.presence, Presence::Required | Presence::Constant(_))
        });
    }
    let unknown = match object.unknown {
        model::Unknown::Drop => Unknown::Drop,
        model::Unknown::Reject => Unknown::Reject,
        model::Unknown::Keep(value) => {
            let value = lowerer.ty(value, direction, &place.inside("Additional"));
            Unknown::Keep {
                field: scope.unique("additional".to_owned()),
                value,
            }
        }
    };
    Struct {
        fields,
        unknown,
        size: rules::size_in(object, direction, &schema.checks),
    }
}

fn presence(lowerer: &mut Lowerer, field: &model::Field, ty: &Type) -> Presence {
    if let Some(default) = &field.default {
        return match defaults::fits(&lowerer.items, ty, default) {
            true => Presence::Default(default.clone()),
            false => Presence::Optional,
        };
    }
    if field.required {
        Presence::Required
    } else {
        Presence::Optional
    }
}

/// The one value of a field that is always there and always the same.
fn constant(lowerer: &Lowerer, field: &model::Field) -> Option<Value> {
    let schema = lowerer.api.schema(field.schema);
    match &schema.shape {
        Shape::Enum { values, .. } if field.required && values.len() == 1 && !schema.nullable => {
            Some(values[0].clone())
        }
        _ => None,
    }
}

/// The enum that a list of literals becomes; `given` are names that the contract itself proposes.
pub(super) fn literals(values: &[Value], given: &[String]) -> Enum {
    let kind = if values.iter().all(Value::is_string) {
        EnumKind::Strings
    } else if values.iter().all(Value::is_i64) {
        EnumKind::Integers
    } else {
        EnumKind::Mixed
    };
    let mut scope = Scope::default();
    let mut seen = HashSet::new();
    let values = values
        .iter()
        .enumerate()
        .filter(|(_, value)| seen.insert(value.to_string()));
    let variants = values.map(|(index, value)| {
        let given = given.get(index).filter(|_| !given.is_empty());
        let name = given.map_or_else(|| literal_name(value), |name| names::variant_name(name));
        Variant {
            name: scope.unique(name),
            value: value.clone(),
        }
    });
    Enum {
        variants: variants.collect(),
        kind,
    }
}

fn literal_name(value: &Value) -> String {
    match value {
        Value::String(text) => names::variant_name(text),
        Value::Null => "Null".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => names::variant_name(&number.to_string().replace('.', " point ")),
        Value::Array(_) => "List".to_owned(),
        Value::Object(_) => "Object".to_owned(),
    }
}

/// The variant of a base of an inheritance, beside those of its heirs.
const BASE: &str = "Base";

/// The enum of types that a union becomes; a union of one type is that type.
pub(super) fn union(
    lowerer: &mut Lowerer,
    union: &model::Union,
    direction: Direction,
    place: &Place,
) -> ItemKind {
    let api = lowerer.api;
    let mut scope = Scope::default();
    let mut branches: Vec<Branch> = Vec::new();
    let mut tags = Vec::new();
    for (index, id) in union.branches.iter().enumerate() {
        let schema = api.schema(*id);
        let values = union
            .discriminator
            .as_ref()
            .map_or(&[][..], |by| &by.values[index]);
        let fallback = union.discriminator.as_ref().and_then(|by| by.fallback);
        let tag = match fallback {
            Some(fallback) if fallback == index && values.is_empty() => Some(BASE),
            Some(_) | None => values.first().and_then(Value::as_str),
        };
        let hint = tag
            .or(schema.name.as_deref())
            .map_or_else(|| shape_name(schema, index), str::to_owned);
        let ty = lowerer.ty(*id, direction, &place.inside(&hint));
        let hint = match (tag, ty.plain()) {
            (None, Type::Item(id)) if schema.name.is_some() => {
                item_name(&lowerer.items, *id).to_owned()
            }
            _ => names::variant_name(&hint),
        };
        tags.extend(
            values
                .iter()
                .filter_map(Value::as_str)
                .map(|value| (value.to_owned(), index)),
        );
        branches.push(Branch {
            name: scope.unique(hint),
            ty,
        });
    }
    let tells_by_text = |by: &&model::Discriminator| {
        by.values.iter().flatten().all(Value::is_string)
            && (by.values.iter().enumerate())
                .all(|(index, values)| !values.is_empty() || by.fallback == Some(index))
    };
    let discriminator = union.discriminator.as_ref().filter(tells_by_text);
    let discriminator = discriminator.map(|by| Discriminator {
        property: by.property.clone(),
        values: tags,
        fallback: by.fallback,
    });
    ItemKind::Union(Union {
        branches,
        kind: union.kind,
        discriminator,
    })
}

fn shape_name(schema: &Schema, index: usize) -> String {
    let name = match &schema.shape {
        Shape::Any => "Any",
        Shape::Never => "Never",
        Shape::Null => "Null",
        Shape::Boolean => "Boolean",
        Shape::Integer(_) => "Integer",
        Shape::Number => "Number",
        Shape::String(_) => "String",
        Shape::Enum { .. } => "Literal",
        Shape::Array { .. } | Shape::Tuple { .. } => "List",
        Shape::Object(_) | Shape::Union(_) => return format!("Variant{}", index + 1),
    };
    name.to_owned()
}
