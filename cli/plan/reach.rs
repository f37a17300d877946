//! Which schemas differ between requests and responses, and which several operations share.

use std::collections::{HashMap, HashSet};

use super::names;
use crate::model::{Access, Api, Body, Content, Operation, Schema, SchemaId, Shape, Unknown};

/// The schemas directly inside a schema.
pub(super) fn children(schema: &Schema) -> Vec<SchemaId> {
    match &schema.shape {
        Shape::Array { items } => vec![*items],
        Shape::Tuple { prefix, rest, .. } => prefix.iter().chain(rest).copied().collect(),
        Shape::Object(object) => {
            let kept = match object.unknown {
                Unknown::Keep(value) => Some(value),
                Unknown::Drop | Unknown::Reject => None,
            };
            object
                .fields
                .iter()
                .map(|field| field.schema)
                .chain(kept)
                .collect()
        }
        Shape::Union(union) => union.branches.clone(),
        Shape::Any
        | Shape::Never
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number
        | Shape::String(_)
        | Shape::Enum { .. } => Vec::new(),
    }
}

/// The schemas that have, somewhere inside, a field that travels in one direction alone.
pub(super) fn directed(api: &Api) -> HashSet<SchemaId> {
    let mut parents: HashMap<SchemaId, Vec<SchemaId>> = HashMap::new();
    let mut found: Vec<SchemaId> = Vec::new();
    for (id, schema) in api.schemas.iter() {
        for child in children(schema) {
            parents.entry(child).or_default().push(id);
        }
        if let Shape::Object(object) = &schema.shape
            && object
                .fields
                .iter()
                .any(|field| field.access != Access::Both)
        {
            found.push(id);
        }
    }
    let mut directed: HashSet<SchemaId> = found.iter().copied().collect();
    while let Some(id) = found.pop() {
        for parent in parents.get(&id).into_iter().flatten() {
            if directed.insert(*parent) {
                found.push(*parent);
            }
        }
    }
    directed
}

/// The schemas at which a walk that doesn't enter `declared` ones comes back to where it was: a list of itself, a map of itself.
/// Walks are loops, since references may form long chains.
pub(super) fn knots(api: &Api, declared: impl Fn(&Schema) -> bool) -> HashSet<SchemaId> {
    let mut knots = HashSet::new();
    let mut done = HashSet::new();
    for (root, _) in api.schemas.iter() {
        let mut on_path = HashSet::new();
        let mut work = vec![(root, false)];
        while let Some((id, left)) = work.pop() {
            if left {
                on_path.remove(&id);
                done.insert(id);
            } else if on_path.contains(&id) {
                knots.insert(id);
            } else if !done.contains(&id) && !declared(api.schema(id)) {
                on_path.insert(id);
                work.push((id, true));
                let children = children(api.schema(id));
                work.extend(children.into_iter().map(|child| (child, false)));
            }
        }
    }
    knots
}

/// The inline schemas that stand at the root of a parameter, body or response of more than one operation: they come out of a
/// shared component.
pub(super) fn shared(operations: &[&Operation]) -> HashSet<SchemaId> {
    let mut users: HashMap<SchemaId, usize> = HashMap::new();
    for operation in operations {
        let roots: HashSet<SchemaId> = roots(operation).collect();
        for root in roots {
            *users.entry(root).or_default() += 1;
        }
    }
    users
        .into_iter()
        .filter(|(_, count)| *count > 1)
        .map(|(id, _)| id)
        .collect()
}

/// The inline schemas inside of named ones, each with the name it has there: whoever reaches one from elsewhere (a merged
/// `allOf` shares the fields of its parts) finds it beside its owner.
pub(super) fn owned(api: &Api) -> HashMap<SchemaId, String> {
    let named = api
        .schemas
        .iter()
        .filter_map(|(id, schema)| Some((schema.name.as_deref()?, id)));
    let mut named: Vec<(&str, SchemaId)> = named.collect();
    named.sort();
    let mut owned = HashMap::new();
    for (name, id) in named {
        let mut open = vec![(id, names::type_name(name))];
        while let Some((id, name)) = open.pop() {
            for (child, part) in named_children(api.schema(id)) {
                let schema = api.schema(child);
                if schema.name.is_none() && !owned.contains_key(&child) {
                    let name = format!("{name}{}", names::pascal(&part));
                    owned.insert(child, name.clone());
                    open.push((child, name));
                }
            }
        }
    }
    owned
}

/// The schemas directly inside a schema, each with what its name gets from its place.
fn named_children(schema: &Schema) -> Vec<(SchemaId, String)> {
    match &schema.shape {
        Shape::Object(object) => {
            let fields = object
                .fields
                .iter()
                .map(|field| (field.schema, field.name.clone()));
            let kept = match object.unknown {
                Unknown::Keep(value) => Some((value, "Additional".to_owned())),
                Unknown::Drop | Unknown::Reject => None,
            };
            fields.chain(kept).collect()
        }
        Shape::Union(union) => {
            let branches = union.branches.iter().enumerate();
            branches
                .map(|(index, id)| (*id, format!("Variant{}", index + 1)))
                .collect()
        }
        _ => children(schema)
            .into_iter()
            .map(|id| (id, "Item".to_owned()))
            .collect(),
    }
}

/// What is said of a content, as a whole and of its items.
fn said(content: &Content) -> impl Iterator<Item = SchemaId> + use<> {
    content.schema.into_iter().chain(content.item)
}

fn roots(operation: &Operation) -> impl Iterator<Item = SchemaId> {
    let body = |body: &Body| body.contents.iter().flat_map(said).collect::<Vec<_>>();
    let contents = operation
        .responses
        .iter()
        .flat_map(|response| &response.contents);
    let headers = operation
        .responses
        .iter()
        .flat_map(|response| &response.headers);
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| parameter.schema);
    let bodies = operation.body.as_ref().map(body).into_iter().flatten();
    let responses = contents.flat_map(said);
    parameters
        .chain(bodies)
        .chain(responses)
        .chain(headers.map(|header| header.schema))
}
