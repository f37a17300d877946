//! Which schemas a route's handlers see by their names: those that its requests and responses are made of.
//!
//! All schemas in each route would be the simplest rule, and what rustc needs for it grows with the product of the two: of the
//! 5.3 GB that a contract of 2,428 operations took, 4.2 were names. Schemas that lead to each other in a circle are mostly many and
//! the same for hundreds of routes, so these, and what they lead to, are named once.

use std::collections::{BTreeMap, BTreeSet};

use super::api::{ApiPlan, RoutePlan};
use super::components::components;
use super::names::{self, Scope};
use super::types::{Home, ItemId};
use super::units::operation_types;

/// From so many schemas in a circle on, they are named once.
const MANY: usize = 12;

/// Schemas that lead to each other, with all that they lead to.
#[derive(Debug, Clone, PartialEq)]
pub struct Circle {
    /// The module that names them, among those of the router: `v1_around_customer`.
    pub module: String,
    /// In their order.
    pub schemas: Vec<ItemId>,
}

/// The schemas that the handlers of a route see.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Visible {
    /// Circles, each by its place in [`ApiPlan::circles`](super::api::ApiPlan::circles).
    pub circles: Vec<usize>,
    /// Those that are in none of these, by their names.
    pub schemas: Vec<ItemId>,
}

/// Decides that for each route, and names the circles.
pub(super) fn decide(api: &mut ApiPlan, scope: &mut Scope) {
    let graph = Graph::of(api);
    let circles = graph.circles();
    let circles: Vec<&Reached> = circles.iter().collect();
    let visible: Vec<Visible> = api
        .routes
        .iter()
        .map(|route| graph.visible(api, route, &circles))
        .collect();
    for (route, visible) in api.routes.iter_mut().zip(visible) {
        route.visible = visible;
    }
    let stem = api.module.trim_end_matches('_');
    let items = &api.items;
    let named = circles.iter().map(|circle| {
        let leader = graph.schemas(api, &circle.members).into_iter().next();
        let leader = leader.map_or("schemas", |id| &items.get(id).name);
        Circle {
            module: scope.unique(format!("{stem}_around_{}", names::plain_snake(leader))),
            schemas: graph.schemas(api, &circle.all),
        }
    });
    api.circles = named.collect();
}

/// Which item names which.
struct Graph {
    edges: Vec<Vec<usize>>,
}

/// A circle.
struct Reached {
    /// The items that lead to each other.
    members: BTreeSet<usize>,
    /// All that they lead to, themselves among them.
    all: BTreeSet<usize>,
}

impl Graph {
    fn of(api: &ApiPlan) -> Self {
        let edges = api.items.iter().map(|(_, item)| {
            let mut edges = BTreeSet::new();
            for ty in item.types() {
                ty.each_item(&mut |id| {
                    edges.insert(id.0 as usize);
                });
            }
            edges.into_iter().collect()
        });
        Self {
            edges: edges.collect(),
        }
    }

    fn circles(&self) -> Vec<Reached> {
        let large = components(&self.edges)
            .into_iter()
            .filter(|members| members.len() >= MANY);
        let circles = large.map(|members| Reached {
            all: self.reached(members.iter().copied()),
            members: members.into_iter().collect(),
        });
        circles.collect()
    }

    /// All items that these lead to, themselves among them.
    fn reached(&self, roots: impl Iterator<Item = usize>) -> BTreeSet<usize> {
        let mut open: Vec<usize> = roots.collect();
        let mut reached = BTreeSet::new();
        while let Some(item) = open.pop() {
            if reached.insert(item) {
                open.extend(&self.edges[item]);
            }
        }
        reached
    }

    fn visible(&self, api: &ApiPlan, route: &RoutePlan, circles: &[&Reached]) -> Visible {
        let mut roots = Vec::new();
        for ty in route.operations.iter().flat_map(operation_types) {
            ty.each_item(&mut |id| roots.push(id.0 as usize));
        }
        let mut rest = self.reached(roots.into_iter());
        let mut seen = Vec::new();
        // A circle comes behind those that it leads to, so whoever leads to others is met before them.
        for (index, circle) in circles.iter().enumerate().rev() {
            let is_there = circle.members.iter().all(|member| rest.contains(member));
            if is_there {
                seen.push(index);
                rest.retain(|item| !circle.all.contains(item));
            }
        }
        seen.reverse();
        Visible {
            circles: seen,
            schemas: self.schemas(api, &rest),
        }
    }

    /// Those of the items that are schemas, by their names.
    fn schemas(&self, api: &ApiPlan, items: &BTreeSet<usize>) -> Vec<ItemId> {
        let ids = items.iter().map(|item| ItemId(*item as u32));
        let schemas = ids.map(|id| (api.items.get(id), id));
        let schemas = schemas.filter(|(item, _)| item.home == Home::Schemas);
        let by_name: BTreeMap<&str, ItemId> =
            schemas.map(|(item, id)| (item.name.as_str(), id)).collect();
        by_name.into_values().collect()
    }
}
