//! Whether a default is a value of its type, so that it can be written down.

use super::rules::bounds;
use super::types::{ItemKind, Items, Presence, Type, Unknown};
use crate::model::{Text, Value};

/// Whether `value` is a value of `ty`, as far as its shape goes; rules are checked when it is decoded.
pub(super) fn fits(items: &Items, ty: &Type, value: &Value) -> bool {
    match ty {
        Type::Any => true,
        Type::Never => false,
        Type::Null => value.is_null(),
        Type::Boolean => value.is_boolean(),
        Type::Integer(width, _) => {
            let (least, greatest) = bounds(*width);
            let number: Option<i128> = value
                .as_number()
                .and_then(|number| number.as_str().parse().ok());
            number.is_some_and(|number| (least..=greatest).contains(&number))
        }
        Type::Number(_) => value.is_number(),
        Type::Text(Text::Binary, _) => false,
        Type::Text(..) => value.is_string(),
        Type::Nullable(inner) => value.is_null() || fits(items, inner, value),
        Type::Boxed(inner) | Type::Read(inner, _) => fits(items, inner, value),
        Type::List(item, _) => value
            .as_array()
            .is_some_and(|list| list.iter().all(|value| fits(items, item, value))),
        Type::Map(item, _) => value
            .as_object()
            .is_some_and(|map| map.values().all(|value| fits(items, item, value))),
        Type::Tuple(tuple) => value.as_array().is_some_and(|list| {
            let places = tuple
                .places
                .iter()
                .chain(tuple.rest.as_deref().into_iter().cycle());
            let fit = |(ty, value)| fits(items, ty, value);
            let many = tuple.rest.is_some() || list.len() <= tuple.places.len();
            many && list.len() >= tuple.required && places.zip(list).all(fit)
        }),
        Type::Item(id) => match &items.get(*id).kind {
            ItemKind::Enum(literals) => literals
                .variants
                .iter()
                .any(|variant| variant.value == *value),
            ItemKind::Alias(ty) | ItemKind::Newtype(ty) => fits(items, ty, value),
            ItemKind::Union(union) => union
                .branches
                .iter()
                .any(|branch| fits(items, &branch.ty, value)),
            ItemKind::Struct(item) => value.as_object().is_some_and(|object| {
                item.fields
                    .iter()
                    .all(|field| match object.get(&field.wire) {
                        Some(value) => fits(items, &field.ty, value),
                        None => matches!(field.presence, Presence::Optional | Presence::Default(_)),
                    })
                    && (item.unknown != Unknown::Reject
                        || object
                            .keys()
                            .all(|key| item.fields.iter().any(|field| field.wire == *key)))
            }),
        },
    }
}
