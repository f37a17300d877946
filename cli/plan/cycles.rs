//! Recursion: what must be boxed so that every type has a size, and which aliases can't be plain names.

use super::types::{ItemId, ItemKind, Items, Type};

/// Boxes every by-value reference that lies on a cycle, and makes an alias that leads back to itself a newtype.
pub(super) fn break_cycles(items: &mut Items) {
    let aliases = components(items, |items, id| match &items.get(id).kind {
        ItemKind::Alias(ty) => all_items(ty),
        ItemKind::Struct(_) | ItemKind::Enum(_) | ItemKind::Union(_) | ItemKind::Newtype(_) => {
            Vec::new()
        }
    });
    for id in ids(items) {
        let item = items.get_mut(id);
        if let ItemKind::Alias(ty) = &item.kind
            && aliases[id.0 as usize].is_some()
        {
            item.kind = ItemKind::Newtype(ty.clone());
        }
    }
    let components = components(items, |items, id| {
        items
            .get(id)
            .types()
            .into_iter()
            .flat_map(direct_items)
            .collect()
    });
    for id in ids(items) {
        let own = components[id.0 as usize];
        if own.is_some() {
            each_type(&mut items.get_mut(id).kind, &mut |ty| {
                box_direct(ty, own, &components)
            });
        }
    }
}

fn ids(items: &Items) -> Vec<ItemId> {
    items.iter().map(|(id, _)| id).collect()
}

fn all_items(ty: &Type) -> Vec<ItemId> {
    let mut found = Vec::new();
    ty.each_item(&mut |id| found.push(id));
    found
}

/// The items that a type holds by value: not behind a list or a map.
fn direct_items(ty: &Type) -> Vec<ItemId> {
    match ty {
        Type::Item(id) => vec![*id],
        Type::Nullable(inner) | Type::Read(inner, _) => direct_items(inner),
        Type::Tuple(tuple) => tuple.places.iter().flat_map(direct_items).collect(),
        Type::List(..) | Type::Map(..) | Type::Boxed(_) | Type::Any | Type::Never | Type::Null => {
            Vec::new()
        }
        Type::Boolean | Type::Integer(..) | Type::Number(_) | Type::Text(..) => Vec::new(),
    }
}

fn box_direct(ty: &mut Type, own: Option<usize>, components: &[Option<usize>]) {
    match ty {
        Type::Item(id) if components[id.0 as usize] == own => {
            *ty = Type::Boxed(Box::new(ty.clone()))
        }
        Type::Nullable(inner) | Type::Read(inner, _) => box_direct(inner, own, components),
        Type::Tuple(tuple) => tuple
            .places
            .iter_mut()
            .for_each(|place| box_direct(place, own, components)),
        Type::Item(_)
        | Type::List(..)
        | Type::Map(..)
        | Type::Boxed(_)
        | Type::Any
        | Type::Never
        | Type::Null => {}
        Type::Boolean | Type::Integer(..) | Type::Number(_) | Type::Text(..) => {}
    }
}

fn each_type(kind: &mut ItemKind, visit: &mut dyn FnMut(&mut Type)) {
    match kind {
        // What is kept beside the fields stands in a map, which needs no box.
        ItemKind::Struct(item) => item
            .fields
            .iter_mut()
            .for_each(|field| visit(&mut field.ty)),
        ItemKind::Union(union) => union
            .branches
            .iter_mut()
            .for_each(|branch| visit(&mut branch.ty)),
        ItemKind::Newtype(ty) => visit(ty),
        // An alias can't be on a cycle by value any more: it would have become a newtype, or leads to an item that boxes.
        ItemKind::Alias(ty) => visit(ty),
        ItemKind::Enum(_) => {}
    }
}

/// For each item the number of its strongly connected component, if that has a cycle.
fn components(items: &Items, edges: impl Fn(&Items, ItemId) -> Vec<ItemId>) -> Vec<Option<usize>> {
    let targets = |id| {
        let targets = edges(items, id).into_iter();
        targets.map(|to| to.0 as usize).collect()
    };
    let edges: Vec<Vec<usize>> = ids(items).into_iter().map(targets).collect();
    let mut found = vec![None; edges.len()];
    for (number, members) in super::components::components(&edges).iter().enumerate() {
        let first = members[0];
        if members.len() > 1 || edges[first].contains(&first) {
            members
                .iter()
                .for_each(|member| found[*member] = Some(number));
        }
    }
    found
}
