//! What of an API stands together in one package whatever happens, and what of it refers to what.

use std::collections::{BTreeSet, HashMap};

use super::api::{ApiPlan, BodyKind, OperationPlan, PartKind, ResponseContent, Writing};
use super::senders::SenderPlan;
use super::types::{Home, ItemId, Type};
use super::weight;

/// A schema, or a module with all its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Unit {
    /// An item of `schemas`.
    Schema(ItemId),
    /// The route with this index.
    Route(usize),
    /// What is sent to the address with this index.
    Sender(usize),
}

/// The units of an API: schemas by name, then routes, then what is sent.
pub(super) struct Units {
    pub(super) all: Vec<Unit>,
    /// What each is called.
    pub(super) names: Vec<String>,
    /// About how many lines each has.
    pub(super) weights: Vec<u64>,
    /// To which each refers, sorted.
    pub(super) edges: Vec<Vec<usize>>,
}

impl Units {
    /// Those of an API.
    pub(super) fn of(api: &ApiPlan) -> Self {
        let schemas = api.items.iter();
        let schemas = schemas.filter(|(_, item)| item.home == Home::Schemas);
        let mut schemas: Vec<(&str, ItemId)> =
            schemas.map(|(id, item)| (item.name.as_str(), id)).collect();
        schemas.sort_unstable();
        let mut units = Self {
            all: Vec::new(),
            names: Vec::new(),
            weights: Vec::new(),
            edges: Vec::new(),
        };
        for (name, id) in schemas {
            units.add(Unit::Schema(id), name.to_owned(), 0);
        }
        for (index, route) in api.routes.iter().enumerate() {
            units.add(
                Unit::Route(index),
                route.module.clone(),
                weight::route(route),
            );
        }
        for (index, module) in api.senders.iter().enumerate() {
            units.add(Unit::Sender(index), module.path(), weight::senders(module));
        }
        units.edges = units.references(api);
        units
    }

    fn add(&mut self, unit: Unit, name: String, weight: u64) {
        self.all.push(unit);
        self.names.push(name);
        self.weights.push(weight);
    }

    /// To which units each refers; adds the weight of the items on the way.
    fn references(&mut self, api: &ApiPlan) -> Vec<Vec<usize>> {
        let places: HashMap<Unit, usize> = self.all.iter().copied().zip(0..).collect();
        let home = |id: ItemId| places[&unit_of(api, id)];
        let mut edges = vec![BTreeSet::new(); self.all.len()];
        for (id, item) in api.items.iter() {
            self.weights[home(id)] += weight::item(item);
            for ty in item.types() {
                ty.each_item(&mut |to| {
                    edges[home(id)].insert(home(to));
                });
            }
        }
        for (place, unit) in self.all.iter().enumerate() {
            let types = match unit {
                Unit::Schema(_) => Vec::new(),
                Unit::Route(index) => {
                    let operations = api.routes[*index].operations.iter();
                    operations.flat_map(operation_types).collect()
                }
                Unit::Sender(index) => {
                    let senders = &api.senders[*index].senders;
                    let routes = senders.iter().filter_map(|sender| sender.target.as_ref());
                    edges[place].extend(routes.map(|target| places[&Unit::Route(target.route)]));
                    senders.iter().flat_map(sender_types).collect()
                }
            };
            for ty in types {
                ty.each_item(&mut |to| {
                    edges[place].insert(home(to));
                });
            }
        }
        let sorted = edges.into_iter().map(|edges| edges.into_iter().collect());
        sorted.collect()
    }
}

/// The unit that an item belongs to.
pub(super) fn unit_of(api: &ApiPlan, id: ItemId) -> Unit {
    match api.items.get(id).home {
        Home::Schemas => Unit::Schema(id),
        Home::Route(index) => Unit::Route(index),
        Home::Sender(index) => Unit::Sender(index),
    }
}

fn sender_types(sender: &SenderPlan) -> Vec<&Type> {
    sender.written().into_iter().chain(sender.read()).collect()
}

/// The types that an operation's code names.
pub(super) fn operation_types(operation: &OperationPlan) -> Vec<&Type> {
    let parameters = operation.parameters.iter();
    let mut types: Vec<&Type> = parameters.map(|parameter| &parameter.ty).collect();
    for (_, content) in operation.body.iter().flat_map(|body| &body.contents) {
        match &content.kind {
            BodyKind::Json(ty)
            | BodyKind::Form { ty, .. }
            | BodyKind::Xml { ty, .. }
            | BodyKind::Items { ty, .. } => types.push(ty),
            BodyKind::Multipart { parts, .. } => {
                types.extend(parts.iter().filter_map(|part| match &part.kind {
                    PartKind::Value { ty, .. } | PartKind::Xml { ty, .. } => Some(ty),
                    PartKind::File(_) | PartKind::Files(..) => None,
                }));
            }
            BodyKind::Text(..) | BodyKind::Stream => {}
        }
    }
    for variant in &operation.responses {
        for header in &variant.headers {
            types.push(&header.ty);
            if let Writing::Each(ty) = &header.writing {
                types.push(ty);
            }
        }
        match &variant.content {
            ResponseContent::Json { ty, .. }
            | ResponseContent::Xml { ty, .. }
            | ResponseContent::Items { ty, .. } => types.push(ty),
            // What an event carries is written by a method of its type.
            ResponseContent::Events { ty } => types.extend(ty),
            ResponseContent::Empty
            | ResponseContent::Text { .. }
            | ResponseContent::Bytes { .. } => {}
        }
    }
    types
}
