//! `$dynamicRef` where several anchors have its name: the outermost schema on the way there that has one says what is meant, so
//! schemas that depend on it are lowered once for each such way.
//!
//! <https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2>

use std::collections::HashMap;

use super::Lowering;
use super::documents::Documents;
use super::tree::{Node, NodeKey};
use crate::diagnostics::{Effect, codes};

/// How many names with several anchors are told apart.
const MAX_NAMES: usize = 64;

/// How many ways are told apart.
const MAX_WAYS: usize = 2_000;

/// How many schemas are made for ways to them, in all: each way may lead to each schema.
const MAX_MADE: usize = 20_000;

/// What the schemas on the way to one have bound names to; index into [`Dynamics`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Way(Option<usize>);

/// An anchor of a name, by the name's index.
type Binding<'a> = (usize, Node<'a>);

/// Names that several anchors have.
#[derive(Default)]
pub(super) struct Dynamics<'a> {
    names: Vec<&'a str>,
    /// The names that each node leads to, a bit for each.
    reach: HashMap<NodeKey, u64>,
    /// The anchors that come with a schema.
    anchors: HashMap<NodeKey, Vec<Binding<'a>>>,
    ways: Vec<Vec<Binding<'a>>>,
    made: usize,
    /// The first reference by one of the names.
    first: Option<Node<'a>>,
    /// The first reference that may mean more than is told apart.
    beyond: Option<Node<'a>>,
    known: HashMap<Vec<(usize, NodeKey)>, Way>,
}

impl<'a> Dynamics<'a> {
    pub(super) fn of(documents: &Documents<'a>) -> Self {
        let mut names = documents.ambiguous_anchors();
        let others = names.split_off(names.len().min(MAX_NAMES));
        if names.is_empty() {
            return Self::default();
        }
        let mut found = Self {
            names,
            ..Self::default()
        };
        found.find_reach(documents, &others);
        for node in documents.all() {
            let anchors = found.anchors_with(node);
            if !anchors.is_empty() {
                found.anchors.insert(node.key(), anchors);
            }
        }
        found
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|other| *other == name)
    }

    fn find_reach(&mut self, documents: &Documents<'a>, others: &[&'a str]) {
        let mut before: HashMap<NodeKey, Vec<NodeKey>> = HashMap::new();
        let mut open: Vec<(NodeKey, u64)> = Vec::new();
        for node in documents.all() {
            let mut leads_to = |next: Node<'a>| {
                before.entry(next.key()).or_default().push(node.key());
            };
            node.entries().for_each(|(_, value)| leads_to(value));
            node.items().for_each(&mut leads_to);
            if let Some(text) = node.str("$ref") {
                let own = documents.in_resource(node, text);
                let target = own.or_else(|| documents.follow(node.file(), text).ok().flatten());
                target.into_iter().for_each(&mut leads_to);
            }
            if let Some((reference, name)) = documents.dynamic_reference(node) {
                documents.dynamic_anchors(name).for_each(&mut leads_to);
                if let Some(index) = self.index(name) {
                    open.push((node.key(), 1 << index));
                    self.first.get_or_insert(reference);
                } else if others.binary_search(&name).is_ok() {
                    self.beyond.get_or_insert(reference);
                }
            }
        }
        while let Some((key, names)) = open.pop() {
            let reach = self.reach.entry(key).or_default();
            if *reach | names != *reach {
                *reach |= names;
                let reach = *reach;
                let before = before.get(&key).into_iter().flatten();
                open.extend(before.map(|key| (*key, reach)));
            }
        }
    }

    /// The anchors that come with a schema: its own, those of its `$defs`, and of all of its resource if it is the root of one.
    fn anchors_with(&self, schema: Node<'a>) -> Vec<Binding<'a>> {
        let is_root = |node: Node<'a>| node.str("$id").is_some_and(|id| !id.starts_with('#'));
        let mut found: Vec<Binding<'a>> = Vec::new();
        let mut open = vec![schema];
        while let Some(node) = open.pop() {
            let index = anchor(node).and_then(|name| self.index(name));
            if let Some(index) = index
                && found.iter().all(|(other, _)| *other != index)
            {
                found.push((index, node));
            }
            if is_root(schema) {
                let inside = node.entries().map(|(_, value)| value).chain(node.items());
                open.extend(inside.filter(|inside| !is_root(*inside)));
            } else if node.key() == schema.key() {
                let definitions = node.get("$defs").into_iter().chain(node.get("definitions"));
                open.extend(definitions.flat_map(Node::entries).map(|(_, value)| value));
            }
        }
        found
    }

    /// The names that some nodes lead to.
    fn reach(&self, nodes: &[Node<'a>]) -> u64 {
        let reach = nodes.iter().filter_map(|node| self.reach.get(&node.key()));
        reach.fold(0, |all, names| all | names)
    }

    fn bindings(&self, way: Way) -> &[Binding<'a>] {
        way.0.map_or(&[], |index| self.ways[index].as_slice())
    }

    fn way(&mut self, mut bindings: Vec<Binding<'a>>) -> Way {
        if bindings.is_empty() {
            return Way::default();
        }
        bindings.sort_by_key(|(name, _)| *name);
        let keys: Vec<(usize, NodeKey)> = bindings
            .iter()
            .map(|(name, node)| (*name, node.key()))
            .collect();
        if let Some(way) = self.known.get(&keys) {
            return *way;
        }
        if self.ways.len() >= MAX_WAYS {
            self.beyond = self.beyond.or(self.first);
            return Way::default();
        }
        self.ways.push(bindings);
        let way = Way(Some(self.ways.len() - 1));
        self.known.insert(keys, way);
        way
    }

    /// A way that goes on through a schema: what it was bound to stays.
    fn through(&mut self, way: Way, schema: Node<'a>) -> Way {
        let Some(anchors) = self.anchors.get(&schema.key()) else {
            return way;
        };
        let mut bindings = self.bindings(way).to_vec();
        for (name, node) in anchors {
            if bindings.iter().all(|(other, _)| other != name) {
                bindings.push((*name, *node));
            }
        }
        self.way(bindings)
    }

    /// A way to some schemas, without what they don't ask for.
    fn to(&mut self, way: Way, schemas: &[Node<'a>]) -> Way {
        if self.names.is_empty() {
            return way;
        }
        let reach = self.reach(schemas);
        if self.made >= MAX_MADE {
            if reach != 0 {
                self.beyond = self.beyond.or(self.first);
            }
            return Way::default();
        }
        let way = schemas
            .iter()
            .fold(way, |way, schema| self.through(way, *schema));
        let mut bindings = self.bindings(way).to_vec();
        bindings.retain(|(name, _)| reach & 1 << *name != 0);
        self.way(bindings)
    }

    /// What a name is bound to.
    pub(super) fn bound(&self, way: Way, name: &str) -> Option<Node<'a>> {
        let index = self.index(name)?;
        let mut bindings = self.bindings(way).iter();
        bindings
            .find(|(name, _)| *name == index)
            .map(|(_, node)| *node)
    }
}

impl<'a> Lowering<'a> {
    /// The way on which some schemas are lowered from here.
    pub(super) fn way_to(&mut self, schemas: &[Node<'a>]) -> Way {
        self.dynamics.to(self.way, schemas)
    }

    /// Counts what is made for a way.
    pub(super) fn made_for(&mut self, way: Way) {
        self.dynamics.made += usize::from(way != Way::default());
    }

    /// Says so if there is more that references may mean than was told apart.
    pub(super) fn report_beyond(&mut self) {
        if let Some(reference) = self.dynamics.beyond {
            let message = "there are too many meanings of dynamic references to tell them apart";
            let help = "refer to what is meant by `$ref`";
            self.report(
                &codes::openapi::RG0229,
                Effect::Degrades,
                message.to_owned(),
                reference.span(),
                help,
            );
        }
    }

    /// Goes through a schema.
    pub(super) fn go_through(&mut self, schema: Node<'a>) {
        self.way = self.dynamics.through(self.way, schema);
    }

    /// Whether a schema says what a name means that is asked for behind its reference.
    pub(super) fn is_fork(&self, schema: Node<'a>) -> bool {
        let reach = self.dynamics.reach(&[schema]);
        let anchors = self.dynamics.anchors.get(&schema.key());
        let bindings = self.dynamics.bindings(self.way);
        anchors.into_iter().flatten().any(|(name, _)| {
            reach & 1 << *name != 0 && bindings.iter().all(|(other, _)| other != name)
        })
    }
}

/// The name by which a schema is meant by dynamic references; draft 2019-09 had one for all.
pub(super) fn anchor(node: Node<'_>) -> Option<&str> {
    let recursive = node.is_true("$recursiveAnchor").then_some("");
    node.str("$dynamicAnchor").or(recursive)
}
