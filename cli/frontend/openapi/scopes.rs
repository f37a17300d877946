//! All that is said of one value, wherever it stands, so that what is said at one place knows what travels in one direction alone.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::Lowering;
use super::tree::{Node, NodeKey};
use crate::model::Access;

/// How many nodes all scopes have together at most: combinations of what refers to what have no other bound.
const MAX_NODES: usize = 200_000;

/// How often their nodes are asked at most what they say of what is inside.
const MAX_LOOKS: usize = 5_000_000;

/// What a keyword is said of, and to what end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Scope {
    value: Known,
    end: End,
}

/// What is known of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Known {
    /// What stands at one place.
    Narrow,
    /// All that is said of it; index into [`Scopes`].
    All(usize),
    /// There is more than is looked at.
    TooMuch,
}

/// To what end something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum End {
    /// It must hold, so that less may be asked for.
    Claim,
    /// What else must hold depends on whether it does: `not`, `if`, `oneOf`.
    Question,
}

/// The scopes of a document.
#[derive(Default)]
pub(super) struct Scopes<'a> {
    /// What speaks of each value.
    nodes: Vec<Rc<[Node<'a>]>>,
    known: HashMap<Vec<NodeKey>, Scope>,
    /// In which direction properties travel, by scope and key.
    accesses: HashMap<(usize, String), Access>,
    /// How many nodes they have together.
    count: usize,
    looks: usize,
}

/// A step into a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Inside<'k> {
    /// The property of this key.
    Property(&'k str),
    /// Properties that have no schema of their own.
    Others,
    /// Items of a list.
    Item,
}

impl Scope {
    /// That of a value of which nothing is known but what stands at one place.
    pub(super) const NARROW: Self = Self {
        value: Known::Narrow,
        end: End::Claim,
    };

    /// That of a value of which more is said than is looked at.
    const VAST: Self = Self {
        value: Known::TooMuch,
        end: End::Claim,
    };

    /// The same, where it is asked whether something holds.
    pub(super) fn asked(self) -> Self {
        Self {
            end: End::Question,
            ..self
        }
    }

    /// Whether it is asked whether something holds.
    pub(super) fn is_question(self) -> bool {
        self.end == End::Question
    }

    /// Whether nobody knows what else is said of the value.
    fn is_vast(self) -> bool {
        self.value == Known::TooMuch
    }
}

impl<'a> Lowering<'a> {
    /// The scope of the value that some nodes speak of.
    pub(super) fn scope(&mut self, roots: &[Node<'a>]) -> Scope {
        // Without a direction, nobody asks.
        let is_directed =
            self.documents.mentions("readOnly") || self.documents.mentions("writeOnly");
        if !is_directed {
            return Scope::NARROW;
        }
        let keys: Vec<NodeKey> = roots.iter().map(|root| root.key()).collect();
        if let Some(scope) = self.scopes.known.get(&keys) {
            return *scope;
        }
        let scope = match self.in_place(roots) {
            Some(nodes) => {
                self.scopes.nodes.push(nodes.into());
                Scope {
                    value: Known::All(self.scopes.nodes.len() - 1),
                    end: End::Claim,
                }
            }
            None => return Scope::VAST,
        };
        self.scopes.known.insert(keys, scope);
        scope
    }

    /// The scope of what lies inside of a value, where `own` speaks of it.
    pub(super) fn scope_inside(&mut self, scope: Scope, step: Inside<'_>, own: Node<'a>) -> Scope {
        let nodes = self.scopes.nodes(scope);
        if scope.is_vast() || !self.scopes.may_look(nodes.len()) {
            return Scope {
                end: scope.end,
                ..Scope::VAST
            };
        }
        let found = nodes.iter().flat_map(|node| speaking(*node, step));
        let mut seen = HashSet::new();
        let mut roots: Vec<Node<'a>> = std::iter::once(own).chain(found).collect();
        roots.retain(|root| seen.insert(root.key()));
        Scope {
            end: scope.end,
            ..self.scope(&roots)
        }
    }

    /// Whether a property of a value is in none of its two directions left out, as far as anybody knows.
    pub(super) fn is_always_there(&mut self, scope: Scope, node: Node<'a>, key: &str) -> bool {
        self.accesses(scope, node, key) == Some(Access::Both)
    }

    /// In which direction a property of a value travels; `None` if nobody knows. What speaks of it may disagree: then it travels as
    /// the first says that doesn't say both.
    pub(super) fn accesses(&mut self, scope: Scope, node: Node<'a>, key: &str) -> Option<Access> {
        match self.access_in(scope, key)? {
            Access::Both => {
                let own = speaking(node, Inside::Property(key));
                Some(own.map(|schema| self.usage(schema).1).unwrap_or_default())
            }
            access => Some(access),
        }
    }

    /// The same by the nodes of a scope alone, each of which is asked once for each key.
    fn access_in(&mut self, scope: Scope, key: &str) -> Option<Access> {
        let index = match scope.value {
            Known::All(index) => index,
            Known::Narrow => return Some(Access::Both),
            Known::TooMuch => return None,
        };
        let question = (index, key.to_owned());
        if let Some(known) = self.scopes.accesses.get(&question) {
            return Some(*known);
        }
        let nodes = self.scopes.nodes(scope);
        if !self.scopes.may_look(nodes.len()) {
            return None;
        }
        let found = nodes.iter();
        let found = found.flat_map(|node| speaking(*node, Inside::Property(key)));
        let mut all = found.map(|schema| self.usage(schema).1);
        let access = all
            .find(|access| *access != Access::Both)
            .unwrap_or_default();
        self.scopes.accesses.insert(question, access);
        Some(access)
    }

    /// How many of the properties that a value declares are left out in the direction that leaves out more of them; `None` if nobody
    /// knows.
    pub(super) fn left_out(&mut self, scope: Scope, node: Node<'a>) -> Option<u64> {
        let nodes = self.scopes.nodes(scope);
        if scope.is_vast() || !self.scopes.may_look(nodes.len()) {
            return None;
        }
        let declared = nodes.iter().chain([&node]);
        let declared = declared.flat_map(|node| node.get("properties"));
        let keys: HashSet<&str> = declared
            .flat_map(|properties| properties.entries().map(|(key, _)| key.scalar_text()))
            .collect();
        let (mut read, mut write) = (0, 0);
        for key in keys {
            match self.accesses(scope, node, key)? {
                Access::Both => {}
                Access::ReadOnly => read += 1,
                Access::WriteOnly => write += 1,
            }
        }
        Some(read.max(write))
    }

    /// Whether too much is said of a value, or has been of others, to know what travels in one direction alone.
    pub(super) fn is_vast(&self, scope: Scope) -> bool {
        scope.is_vast() || self.scopes.looks > MAX_LOOKS
    }

    /// The nodes that speak of the value that some do, whatever else decides whether they count; `None` if they are too many.
    fn in_place(&mut self, roots: &[Node<'a>]) -> Option<Vec<Node<'a>>> {
        let mut seen: HashSet<NodeKey> = HashSet::new();
        let mut found: Vec<Node<'a>> = Vec::new();
        let mut open: Vec<Node<'a>> = roots.to_vec();
        while let Some(node) = open.pop() {
            if !node.is_mapping() || !seen.insert(node.key()) {
                continue;
            }
            if self.scopes.count >= MAX_NODES {
                return None;
            }
            self.scopes.count += 1;
            found.push(node);
            if node.str("$ref").is_some() {
                open.extend(self.target(node));
            }
            open.extend(self.dynamic_target(node));
            for key in ["allOf", "anyOf", "oneOf"] {
                open.extend(node.get(key).into_iter().flat_map(Node::items));
            }
            for key in ["if", "then", "else"] {
                open.extend(node.get(key));
            }
            for key in ["dependentSchemas", "dependencies"] {
                let schemas = node.get(key).into_iter().flat_map(Node::entries);
                open.extend(schemas.map(|(_, schema)| schema));
            }
        }
        Some(found)
    }
}

impl<'a> Scopes<'a> {
    fn nodes(&self, scope: Scope) -> Rc<[Node<'a>]> {
        match scope.value {
            Known::All(index) => Rc::clone(&self.nodes[index]),
            Known::Narrow | Known::TooMuch => Rc::new([]),
        }
    }

    /// Counts that so many nodes are asked, if they may be.
    fn may_look(&mut self, nodes: usize) -> bool {
        self.looks += nodes;
        self.looks <= MAX_LOOKS
    }
}

/// What a node says of what lies inside of its value.
fn speaking<'a>(node: Node<'a>, step: Inside<'_>) -> Option<Node<'a>> {
    let others = || node.get("additionalProperties");
    match step {
        Inside::Property(key) => {
            let declared = node.get("properties").and_then(|all| all.get(key));
            declared.or_else(others)
        }
        Inside::Others => others(),
        Inside::Item => node.get("items").filter(|items| items.is_mapping()),
    }
}
