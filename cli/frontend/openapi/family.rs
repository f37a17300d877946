//! Who is an heir of whom: named schemas, and those that they take over through `allOf`.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::documents::Documents;
use super::references::MAX_CHAIN;
use super::schemas::{is_annotation, says_nothing};
use super::shapes::is_nullable;
use super::tree::{Node, NodeKey};

/// How heirs say in Swagger 2.0 by which value of the discriminator they are known.
pub(super) const VALUE_KEYS: [&str; 2] = ["x-discriminator-value", "x-ms-discriminator-value"];

/// All named schemas that have heirs or are some, in the contract's order.
pub(super) struct Family<'a> {
    members: IndexMap<NodeKey, Member<'a>>,
    /// The names of all schemas.
    names: HashSet<&'a str>,
}

/// A named schema.
pub(super) struct Member<'a> {
    pub(super) name: &'a str,
    pub(super) node: Node<'a>,
    /// What its `allOf` refers to.
    parents: Vec<NodeKey>,
    /// Those whose `allOf` refers to it.
    children: Vec<NodeKey>,
}

impl<'a> Family<'a> {
    pub(super) fn of(documents: &Documents<'a>) -> Self {
        let mut family = Self {
            members: IndexMap::new(),
            names: HashSet::new(),
        };
        for (index, whole) in documents.wholes().enumerate() {
            let components = whole.get("components");
            let sections = [
                components.and_then(|components| components.get("schemas")),
                whole.get("definitions"),
                whole.get("$defs"),
                // Other files may be a map of schemas, or a schema.
                (index > 0).then_some(whole),
            ];
            for (key, schema) in sections.into_iter().flatten().flat_map(Node::entries) {
                family.names.insert(key.scalar_text());
                family.add(documents, key.scalar_text(), schema);
            }
            if index > 0 {
                let stem = documents.path(whole.file()).file_stem();
                family.add(documents, stem.unwrap_or_default(), whole);
            }
        }
        family.link(documents);
        family
    }

    fn add(&mut self, documents: &Documents<'a>, name: &'a str, schema: Node<'a>) {
        let node = behind(documents, schema);
        let takes_part = ["allOf", "discriminator", "properties"]
            .iter()
            .any(|key| node.get(key).is_some_and(Node::is_collection) || node.str(key).is_some());
        if takes_part {
            self.members.entry(node.key()).or_insert(Member {
                name,
                node,
                parents: Vec::new(),
                children: Vec::new(),
            });
        }
    }

    fn link(&mut self, documents: &Documents<'a>) {
        let members: Vec<Node<'a>> = self.members.values().map(|member| member.node).collect();
        for node in members.into_iter().filter(|node| !is_use(*node)) {
            let mut parents: Vec<NodeKey> = Vec::new();
            for part in parts(node) {
                let listed = part.get("allOf").into_iter().flat_map(Node::items);
                let references = listed.filter(|item| item.str("$ref").is_some());
                parents.extend(references.map(|item| behind(documents, item).key()));
            }
            parents.retain(|parent| *parent != node.key());
            for parent in &parents {
                if let Some(parent) = self.members.get_mut(parent) {
                    parent.children.push(node.key());
                }
            }
            self.members[&node.key()].parents = parents;
        }
    }

    pub(super) fn members(&self) -> impl Iterator<Item = &Member<'a>> {
        self.members.values()
    }

    /// The heirs of a schema, and theirs as far as `passes` lets through, in the contract's order.
    pub(super) fn heirs(
        &self,
        of: &Member<'a>,
        passes: impl Fn(&Member<'a>) -> bool,
    ) -> Vec<&Member<'a>> {
        // Those that it takes over itself, in a circle, are none of its heirs.
        let ancestors = self.ancestors(of).into_iter();
        let mut seen: HashSet<NodeKey> = ancestors.map(|member| member.node.key()).collect();
        seen.insert(of.node.key());
        let mut found = Vec::new();
        let mut open: Vec<NodeKey> = of.children.clone();
        while let Some(key) = open.pop() {
            let heir = &self.members[&key];
            if seen.insert(key) {
                found.push(self.members.get_index_of(&key));
                if passes(heir) {
                    open.extend(&heir.children);
                }
            }
        }
        found.sort_unstable();
        let heirs = found
            .into_iter()
            .flatten()
            .map(|index| &self.members[index]);
        heirs.collect()
    }

    /// The schemas that a schema takes over, the nearest first.
    pub(super) fn ancestors(&self, of: &Member<'a>) -> Vec<&Member<'a>> {
        let mut seen = HashSet::from([of.node.key()]);
        let mut found: Vec<&Member<'a>> = Vec::new();
        let mut next = of.parents.clone();
        while !next.is_empty() {
            let parents = next.iter().filter(|key| seen.insert(**key));
            let parents: Vec<&Member<'a>> =
                parents.filter_map(|key| self.members.get(key)).collect();
            next = parents
                .iter()
                .flat_map(|member| &member.parents)
                .copied()
                .collect();
            found.extend(parents);
        }
        found
    }

    /// A name that no schema has, made of one.
    pub(super) fn free_name(&self, name: &str) -> String {
        let numbered = (2..).map(|number| format!("{name}{number}"));
        std::iter::once(name.to_owned())
            .chain(numbered)
            .find(|name| !self.names.contains(name.as_str()))
            .expect("there is always a next number")
    }
}

/// What a schema says itself: the node, and what stands in its `allOf` without a reference.
pub(super) fn parts(node: Node<'_>) -> Vec<Node<'_>> {
    let mut parts = vec![node];
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        let listed = part.get("allOf").into_iter().flat_map(Node::items);
        let inline: Vec<Node<'_>> = listed.filter(|item| item.str("$ref").is_none()).collect();
        parts.extend(inline);
        at += 1;
    }
    parts
}

/// What is behind a node's references; the last that is there.
pub(super) fn behind<'a>(documents: &Documents<'a>, node: Node<'a>) -> Node<'a> {
    let mut current = node;
    for _ in 0..MAX_CHAIN {
        let reference = current.str("$ref");
        let next = reference.and_then(|text| {
            let own = documents.in_resource(current, text);
            own.or_else(|| documents.follow(current.file(), text).ok().flatten())
        });
        match next {
            Some(next) => current = next,
            None => break,
        }
    }
    current
}

/// Whether a schema does no more than allow `null` beside another: it is no heir of that.
fn is_use(node: Node<'_>) -> bool {
    let says_more = |key: &str| match key {
        "allOf" | "nullable" | "x-nullable" | "type" => false,
        key => VALUE_KEYS.contains(&key) || !is_annotation(key),
    };
    is_nullable(node)
        && !node.entries().any(|(key, _)| says_more(key.scalar_text()))
        && node
            .get("allOf")
            .is_some_and(|list| list.items().filter(|item| !says_nothing(*item)).count() == 1)
}
