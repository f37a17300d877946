//! The packages that the contract stands in: one, or as many as it takes that none of them is too much for rustc.

use std::collections::{BTreeSet, HashMap};

use xxhash_rust::xxh3::xxh3_64;

use super::api::ApiPlan;
use super::components::components;
use super::names;
use super::types::ItemId;
use super::units::{Unit, Units, unit_of};
use crate::config::ContractCrates;

/// From so many lines of code on, the contract has several packages. As one package, GitHub's 102,000 lines take rustc 1.0 GB
/// and 7 CPU s, Stripe's 174,000 take 1.7 GB and 13 CPU s; those below have the profile of their own that the project's manifest
/// gives to one package, and no other is better for them.
const THRESHOLD: u64 = 150_000;

/// About how many lines of code each of them has then, at most: so many take 0.25 to 0.5 GB, of which 0.15 are any crate's.
/// Half of it would make twice as many packages, and each sets out anew.
const BUDGET: u64 = 30_000;

/// Of so many places where a package might end, one is where it does. Between half of the budget and all of it, there are
/// hundreds of schemas and dozens of routes, so that hardly any package is cut off by its budget.
const RARITY: u64 = 16;

/// The longest name of a package, but for its mark.
const LONGEST_NAME: usize = 60;

/// The packages that the contract stands in.
#[derive(Debug, Clone, PartialEq)]
pub enum ContractPlan {
    /// One.
    One,
    /// One that people see; these, which it shows as if they were its own; and one below them all, with what speaks of no type.
    Many(Vec<PackagePlan>),
}

/// A package with a part of an API.
#[derive(Debug, Clone, PartialEq)]
pub struct PackagePlan {
    /// Its folder below `contract/`, and the end of its package's name: `v1-schemas-book`.
    pub name: String,
    /// Its API's place in [`Plan::apis`](super::Plan::apis).
    pub api: usize,
    /// What stands in it.
    pub own: Share,
    /// What it refers to in parts before it, each by its place among the parts.
    pub below: Vec<(usize, Share)>,
}

/// What of an API stands in a package.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Share {
    /// Items, in their order.
    pub items: Vec<ItemId>,
    /// Routes, by their index.
    pub routes: Vec<usize>,
    /// What is sent, by the index of the address.
    pub senders: Vec<usize>,
}

impl Share {
    /// A whole API.
    pub fn all(api: &ApiPlan) -> Self {
        Self {
            items: api.items.iter().map(|(id, _)| id).collect(),
            routes: (0..api.routes.len()).collect(),
            senders: (0..api.senders.len()).collect(),
        }
    }
}

/// Decides which.
pub(super) fn plan(crates: ContractCrates, apis: &[ApiPlan]) -> ContractPlan {
    let (threshold, budget) = match crates {
        ContractCrates::One => return ContractPlan::One,
        ContractCrates::Auto => (THRESHOLD, BUDGET),
        ContractCrates::Lines(lines) => (lines, lines),
    };
    let units: Vec<Units> = apis.iter().map(Units::of).collect();
    let total: u64 = units.iter().flat_map(|units| &units.weights).sum();
    if total <= threshold {
        return ContractPlan::One;
    }
    let mut parts = Vec::new();
    for (index, (api, units)) in apis.iter().zip(&units).enumerate() {
        let first = parts.len();
        let chunks = chunks(units, budget);
        // In which part each unit stands.
        let mut places = HashMap::new();
        for (chunk, place) in chunks.iter().zip(first..) {
            let members = chunk.members.iter();
            places.extend(members.map(|unit| (units.all[*unit], place)));
        }
        for chunk in &chunks {
            let own = chunk.members.iter().map(|unit| units.all[*unit]);
            parts.push(PackagePlan {
                name: chunk.name(&api.module),
                api: index,
                own: content(own.collect()),
                below: below(chunk, units, &places),
            });
        }
        for (id, _) in api.items.iter() {
            parts[places[&unit_of(api, id)]].own.items.push(id);
        }
    }
    name_apart(&mut parts);
    ContractPlan::Many(parts)
}

/// Shortens the names of packages, and keeps those apart that begin alike.
fn name_apart(parts: &mut [PackagePlan]) {
    let short = |name: &String| name[..name.len().min(LONGEST_NAME)].to_owned();
    let wanted: Vec<(String, String)> = parts
        .iter()
        .map(|part| (short(&part.name), part.name.clone()))
        .collect();
    for (part, name) in parts.iter_mut().zip(names::apart(&wanted)) {
        let words = name.split('_').filter(|word| !word.is_empty());
        part.name = words.collect::<Vec<_>>().join("-");
    }
}

/// Units that will stand in one package.
struct Chunk {
    kind: Kind,
    /// The unit that it is named after; none if it is the first of its kind.
    leader: Option<String>,
    members: Vec<usize>,
    weight: u64,
}

/// What a package holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    /// All of an API.
    Whole,
    Schemas,
    Routes,
}

impl Chunk {
    fn name(&self, module: &str) -> String {
        let kind = match self.kind {
            Kind::Whole => "whole",
            Kind::Schemas => "schemas",
            Kind::Routes => "routes",
        };
        let leader = self.leader.as_deref().unwrap_or_default();
        let name = format!("{module}_{kind}_{}", names::plain_snake(leader));
        match self.leader {
            Some(_) => name,
            None => name.trim_end_matches("_unnamed").to_owned(),
        }
    }
}

/// Cuts an API into chunks that refer to none behind them.
///
/// What refers to each other in a circle can't be taken apart, so a chunk is made of strongly connected components. They are
/// lined up by name, each behind what it refers to; one that comes to refer to a later one moves behind it. Where the line is cut hangs on the names beside the cut and hardly on what
/// stands before it, and a chunk is named after what it begins with, as backup programs cut files: so whoever adds a schema
/// finds one or two packages changed, and not every package behind it.
fn chunks(units: &Units, budget: u64) -> Vec<Chunk> {
    let total: u64 = units.weights.iter().sum();
    let is_whole = total <= budget;
    let mut chunks: Vec<Chunk> = Vec::new();
    for mut members in components(&units.edges) {
        members.sort_unstable();
        let first = members[0];
        let weight: u64 = members.iter().map(|member| units.weights[*member]).sum();
        let kind = match units.all[first] {
            _ if is_whole => Kind::Whole,
            Unit::Schema(_) => Kind::Schemas,
            Unit::Route(_) | Unit::Sender(_) => Kind::Routes,
        };
        let name = &units.names[first];
        let goes_on = chunks.last_mut().filter(|last| {
            let may_end =
                last.weight >= budget / 2 && xxh3_64(name.as_bytes()).is_multiple_of(RARITY);
            last.kind == kind && !may_end && last.weight + weight <= budget
        });
        match goes_on {
            Some(last) => {
                last.members.extend(members);
                last.weight += weight;
            }
            None => {
                let is_first = chunks.iter().all(|chunk| chunk.kind != kind);
                chunks.push(Chunk {
                    kind,
                    leader: (!is_first).then(|| name.clone()),
                    members,
                    weight,
                });
            }
        }
    }
    chunks
}

/// What a chunk refers to outside of it, by part.
fn below(chunk: &Chunk, units: &Units, places: &HashMap<Unit, usize>) -> Vec<(usize, Share)> {
    let referred = chunk.members.iter().flat_map(|unit| &units.edges[*unit]);
    let referred: BTreeSet<(usize, Unit)> = referred
        .map(|unit| (places[&units.all[*unit]], units.all[*unit]))
        .collect();
    let own = places[&units.all[chunk.members[0]]];
    let referred: Vec<(usize, Unit)> = referred
        .into_iter()
        .filter(|(part, _)| *part != own)
        .collect();
    let parts = referred.chunk_by(|a, b| a.0 == b.0);
    let parts = parts.map(|same| {
        let mut content = content(same.iter().map(|(_, unit)| *unit).collect());
        let schemas = same.iter().filter_map(|(_, unit)| match unit {
            Unit::Schema(id) => Some(*id),
            Unit::Route(_) | Unit::Sender(_) => None,
        });
        content.items = schemas.collect();
        (same[0].0, content)
    });
    parts.collect()
}

/// Units by their kind, without their items.
fn content(units: Vec<Unit>) -> Share {
    let mut content = Share::default();
    for unit in units {
        match unit {
            Unit::Schema(_) => {}
            Unit::Route(index) => content.routes.push(index),
            Unit::Sender(index) => content.senders.push(index),
        }
    }
    content.routes.sort_unstable();
    content.senders.sort_unstable();
    content
}
