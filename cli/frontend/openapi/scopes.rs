//! All that is said of one value, wherever it stands, so that what is said at one place knows what travels in one direction alone.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::Lowering;
use super::tree::{Node, NodeKey};
use crate::model::Access;

/// How many scopes there are at most in one document: combinations of what refers to what have no other bound.
const MAX_SCOPES: usize = 5_000;

/// How many nodes one has at most.
const MAX_NODES: usize = 5_000;

/// What a keyword is said of, and to what end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Scope {
    /// Index into [`Scopes`].
    value: Option<usize>,
    end: End,
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
        value: None,
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
}

impl<'a> Lowering<'a> {
    /// The scope of the value that some nodes speak of.
    pub(super) fn scope(&mut self, roots: &[Node<'a>]) -> Scope {
        // Without a direction, nobody asks.
        let is_directed =
            self.documents.mentions("readOnly") || self.documents.mentions("writeOnly");
        if !is_directed || self.scopes.nodes.len() >= MAX_SCOPES {
            return Scope::NARROW;
        }
        let keys: Vec<NodeKey> = roots.iter().map(|root| root.key()).collect();
        if let Some(scope) = self.scopes.known.get(&keys) {
            return *scope;
        }
        let nodes = self.in_place(roots).into();
        self.scopes.nodes.push(nodes);
        let scope = Scope {
            value: Some(self.scopes.nodes.len() - 1),
            end: End::Claim,
        };
        self.scopes.known.insert(keys, scope);
        scope
    }

    /// The scope of what lies inside of a value, where `own` speaks of it.
    pub(super) fn scope_inside(&mut self, scope: Scope, step: Inside<'_>, own: Node<'a>) -> Scope {
        let nodes = self.scopes.nodes(scope);
        let found = nodes.iter().flat_map(|node| speaking(*node, step));
        let mut seen = HashSet::new();
        let mut roots: Vec<Node<'a>> = std::iter::once(own).chain(found).collect();
        roots.retain(|root| seen.insert(root.key()));
        Scope {
            end: scope.end,
            ..self.scope(&roots)
        }
    }

    /// Whether a property of a value is in none of its two directions left out.
    pub(super) fn is_always_there(&mut self, scope: Scope, node: Node<'a>, key: &str) -> bool {
        let nodes = self.scopes.nodes(scope);
        let nodes = nodes.iter().chain([&node]);
        let found = nodes.flat_map(|node| speaking(*node, Inside::Property(key)));
        let found: Vec<Node<'a>> = found.collect();
        found
            .into_iter()
            .all(|schema| self.usage(schema).1 == Access::Both)
    }

    /// The nodes that speak of the value that some do, whatever else decides whether they count.
    fn in_place(&mut self, roots: &[Node<'a>]) -> Vec<Node<'a>> {
        let mut seen: HashSet<NodeKey> = HashSet::new();
        let mut found: Vec<Node<'a>> = Vec::new();
        let mut open: Vec<Node<'a>> = roots.to_vec();
        while let Some(node) = open.pop() {
            if found.len() >= MAX_NODES || !node.is_mapping() || !seen.insert(node.key()) {
                continue;
            }
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
        found
    }
}

impl<'a> Scopes<'a> {
    fn nodes(&self, scope: Scope) -> Rc<[Node<'a>]> {
        match scope.value {
            Some(index) => Rc::clone(&self.nodes[index]),
            None => Rc::new([]),
        }
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
