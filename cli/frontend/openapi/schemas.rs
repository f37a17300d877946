//! From schema nodes to ids: each is lowered once, later, so that recursion and sharing need no thought.

use super::Lowering;
use super::dynamic::Way;
use super::references::MAX_CHAIN;
use super::tree::{Node, NodeKey};
use super::types::Types;
use crate::model::{Access, Docs, Schema, SchemaId, Shape, Value};
use crate::source::Span;

/// A schema that is still to be lowered: what all of its pieces say together.
#[derive(Clone)]
pub(super) struct Task<'a> {
    pub(super) id: SchemaId,
    pub(super) pieces: Vec<Node<'a>>,
    /// `oneOf`s and `anyOf`s that are left out, since the schema is made for one branch of them.
    pub(super) excluded: Vec<UnionKey>,
    /// The types that alone are looked at.
    pub(super) only: Option<Types>,
    /// How many of the pieces have said beyond the shape of values what they say, where the schema is used.
    pub(super) refined: usize,
    /// What the schemas on the way here mean by dynamic references.
    pub(super) way: Way,
}

/// Identity of a `oneOf` or `anyOf`: the node of its list.
pub(super) type UnionKey = NodeKey;

/// Identity of a task.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct TaskKey {
    pieces: Vec<NodeKey>,
    excluded: Vec<UnionKey>,
    only: Option<Types>,
    refined: usize,
    way: Way,
}

/// A schema node and those that do no more than point to it.
pub(super) struct Chain<'a> {
    /// What says something.
    pub(super) last: Node<'a>,
    /// The nodes before it, from the outside in: their texts and annotations count.
    pub(super) passed: Vec<Node<'a>>,
}

impl<'a> Lowering<'a> {
    /// The id of a schema.
    pub(super) fn schema(&mut self, node: Node<'a>) -> SchemaId {
        let last = self.chain(node).last;
        self.reserve(vec![last], Vec::new(), None, 0)
    }

    /// The id of what all of some schemas say together.
    pub(super) fn schema_of_all(&mut self, nodes: &[Node<'a>]) -> SchemaId {
        let mut pieces: Vec<Node<'a>> = Vec::new();
        for node in nodes {
            let last = self.chain(*node).last;
            let is_empty = says_nothing(last);
            if !is_empty && pieces.iter().all(|piece| piece.key() != last.key()) {
                pieces.push(last);
            }
        }
        if pieces.is_empty() {
            return self.schema(nodes[0]);
        }
        self.reserve(pieces, Vec::new(), None, 0)
    }

    /// The schema that takes any JSON value.
    pub(super) fn any_schema(&mut self) -> SchemaId {
        let schemas = &mut self.schemas;
        *self
            .any
            .get_or_insert_with(|| schemas.add(Schema::inline(Span::default(), Shape::Any)))
    }

    /// The id of a task, which is queued when it is first met.
    pub(super) fn reserve(
        &mut self,
        pieces: Vec<Node<'a>>,
        excluded: Vec<UnionKey>,
        only: Option<Types>,
        refined: usize,
    ) -> SchemaId {
        let keys = pieces.iter().map(|piece| piece.key()).collect();
        let way = self.way_to(&pieces);
        let key = TaskKey {
            pieces: keys,
            excluded: excluded.clone(),
            only,
            refined,
            way,
        };
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        let id = self
            .schemas
            .add(Schema::inline(pieces[0].start(), Shape::Any));
        self.ids.insert(key, id);
        self.made_for(way);
        self.queue.push_back(Task {
            id,
            pieces,
            excluded,
            only,
            refined,
            way,
        });
        id
    }

    /// Lowers whatever was met.
    pub(super) fn lower_queue(&mut self) {
        while let Some(task) = self.queue.pop_front() {
            self.way = task.way;
            self.note_known(&task);
            let schema = self.build(&task);
            self.schemas.set(task.id, schema);
        }
        self.way = Way::default();
    }

    /// Follows a node through references and through `allOf`s, `oneOf`s and `anyOf`s of one.
    pub(super) fn chain(&mut self, node: Node<'a>) -> Chain<'a> {
        let mut chain = Chain {
            last: node,
            passed: Vec::new(),
        };
        while let Some(next) = self.next_in_chain(chain.last) {
            chain.passed.push(chain.last);
            chain.last = next;
            if chain.passed.len() > MAX_CHAIN {
                self.report_circle(node.get("$ref").unwrap_or(node));
                break;
            }
        }
        chain
    }

    fn next_in_chain(&mut self, node: Node<'a>) -> Option<Node<'a>> {
        // An heir is more than a name for its base, even if it says nothing beside.
        if self.inheritance.is_heir(node) {
            return None;
        }
        // What it says for others behind it, they say only here.
        if self.is_fork(node) {
            return None;
        }
        let has_reference = node.str("$ref").is_some();
        // "This object cannot be extended with additional properties and any properties added SHALL be ignored":
        // https://spec.openapis.org/oas/v3.0.4#reference-object
        if has_reference && self.version.ignores_siblings() {
            return self.target(node);
        }
        let mut composed = None;
        for (key, value) in node.entries() {
            match key.scalar_text() {
                "$ref" if has_reference => {}
                "$dynamicRef" | "$recursiveRef"
                    if !has_reference
                        && composed.is_none()
                        && self.documents.dynamic_reference(node).is_some() =>
                {
                    composed = Some((key.scalar_text(), value));
                }
                "allOf" | "oneOf" | "anyOf" if composed.is_none() && !has_reference => {
                    composed = Some((key.scalar_text(), value));
                }
                text if is_annotation(text) => {}
                _ => return None,
            }
        }
        if has_reference {
            return self.target(node);
        }
        let (keyword, list) = composed?;
        if matches!(keyword, "$dynamicRef" | "$recursiveRef") {
            return self.dynamic_target(node);
        }
        let mut members = list
            .items()
            .filter(|member| keyword != "allOf" || !says_nothing(*member));
        let first = members.next()?;
        members.next().is_none().then_some(first)
    }

    /// The default that a schema has where it is used.
    pub(super) fn default_of(&mut self, node: Node<'a>) -> Option<Value> {
        let chain = self.chain(node);
        let found = chain
            .passed
            .iter()
            .chain([&chain.last])
            .find_map(|node| node.get("default"));
        found.map(Node::value)
    }

    /// Texts and direction that are said where a schema is used.
    pub(super) fn usage(&mut self, node: Node<'a>) -> (Docs, Access) {
        let chain = self.chain(node);
        let texts = chain.passed.iter().map(|node| super::docs(*node));
        let docs = texts.reduce(|over, under| if over == Docs::default() { under } else { over });
        let mut nodes = chain.passed.iter().chain([&chain.last]);
        let (read, write) = nodes.by_ref().fold((false, false), |(read, write), node| {
            (
                read || node.is_true("readOnly"),
                write || node.is_true("writeOnly"),
            )
        });
        let access = match (read, write) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            (true, true) | (false, false) => Access::Both,
        };
        (docs.unwrap_or_default(), access)
    }
}

/// Whether a schema has nothing but annotations.
pub(super) fn says_nothing(node: Node<'_>) -> bool {
    node.is_mapping()
        && node
            .entries()
            .all(|(key, _)| is_annotation(key.scalar_text()))
}

/// Whether a keyword is for people and tools alone, and says nothing of values.
pub(super) fn is_annotation(keyword: &str) -> bool {
    matches!(
        keyword,
        "title"
            | "summary"
            | "description"
            | "deprecated"
            | "default"
            | "example"
            | "examples"
            | "readOnly"
            | "writeOnly"
            | "externalDocs"
            | "xml"
            | "discriminator"
            | "$comment"
            | "$id"
            | "$schema"
            | "$anchor"
            | "$dynamicAnchor"
            | "$recursiveAnchor"
            | "$defs"
            | "definitions"
    ) || keyword.starts_with("x-")
}
