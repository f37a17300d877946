//! A document as an arena tree: JSON and YAML alike, every node knows its place in the text.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::Value;
use crate::source::Span;

/// How deep a document may nest; deeper ones are refused, so that walking a tree can recurse.
pub(super) const MAX_DEPTH: usize = 256;

/// Mappings with more entries than this are searched through a sorted index.
const LINEAR_ENTRIES: usize = 16;

/// A document without its text, which stays in [`crate::source::Sources`].
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Index of the text's file.
    file: u16,
    nodes: Vec<Data>,
    /// For each collection its count, then the ids of its children: items, or keys and values in turn.
    links: Vec<u32>,
    /// Text of scalars that don't stand in the source letter by letter.
    pool: String,
    pooled: Vec<Range<u32>>,
    /// For each large mapping the places of its entries in order of their keys.
    sorted: HashMap<u32, Box<[u32]>>,
    root: u32,
    /// Whether strings stand in the source as JSON has them.
    is_json: bool,
    /// Keys of entries that were dropped because a mapping had the key before, each with that other one.
    pub(super) duplicates: Vec<Duplicate>,
}

/// A key that stands in its mapping twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Duplicate {
    pub(super) second: Span,
    pub(super) first: Span,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    Number,
    String,
    Sequence,
    Mapping,
}

/// Where the text of a scalar stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Store {
    /// At the node's span.
    Plain,
    /// At the node's span, between quotes.
    Quoted,
    /// In the pool.
    Pool,
}

#[derive(Debug, Clone, Copy)]
struct Data {
    start: u32,
    end: u32,
    /// Index into `links` for collections, into `pooled` for pooled scalars.
    payload: u32,
    kind: Kind,
    store: Store,
}

/// A node of a tree together with its text.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    tree: &'a Tree,
    text: &'a str,
    id: u32,
}

/// Identity of a node: file and index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct NodeKey(u16, u32);

impl Tree {
    /// An empty tree for a text of `bytes` bytes.
    pub(super) fn new(file: u16, bytes: usize) -> Self {
        let nodes = bytes / 16 + 8;
        Self {
            file,
            nodes: Vec::with_capacity(nodes),
            links: Vec::with_capacity(nodes),
            ..Self::default()
        }
    }

    /// An empty tree for a JSON text.
    pub(super) fn of_json(file: u16, bytes: usize) -> Self {
        Self {
            is_json: true,
            ..Self::new(file, bytes)
        }
    }

    /// Adds a scalar whose text stands in the source.
    pub(super) fn scalar(&mut self, kind: Kind, store: Store, range: Range<usize>) -> u32 {
        self.push(kind, store, range, 0)
    }

    /// Adds a scalar with text of its own.
    pub(super) fn pooled_scalar(&mut self, kind: Kind, value: &str, range: Range<usize>) -> u32 {
        let start = self.pool.len() as u32;
        self.pool.push_str(value);
        self.pooled.push(start..self.pool.len() as u32);
        self.push(kind, Store::Pool, range, self.pooled.len() as u32 - 1)
    }

    /// Adds a sequence of nodes.
    pub(super) fn sequence(&mut self, items: &[u32], range: Range<usize>) -> u32 {
        let payload = self.links.len() as u32;
        self.links.push(items.len() as u32);
        self.links.extend_from_slice(items);
        self.push(Kind::Sequence, Store::Plain, range, payload)
    }

    /// Adds a mapping of keys and values in turn; of entries with one key the first stays.
    pub(super) fn mapping(
        &mut self,
        text: &str,
        links: &mut Vec<u32>,
        from: usize,
        range: Range<usize>,
    ) -> u32 {
        let order = self.drop_duplicates(text, links, from);
        let payload = self.links.len() as u32;
        self.links.push((links.len() - from) as u32 / 2);
        self.links.extend_from_slice(&links[from..]);
        let id = self.push(Kind::Mapping, Store::Plain, range, payload);
        if let Some(order) = order {
            self.sorted.insert(id, order);
        }
        id
    }

    fn drop_duplicates(
        &mut self,
        text: &str,
        links: &mut Vec<u32>,
        from: usize,
    ) -> Option<Box<[u32]>> {
        let key = |links: &[u32], place: u32| self.string(text, links[from + 2 * place as usize]);
        let count = (links.len() - from) as u32 / 2;
        // Places of two entries with one key.
        let mut duplicates: Vec<(u32, u32)> = Vec::new();
        let mut order: Vec<u32> = (0..count).collect();
        if count as usize <= LINEAR_ENTRIES {
            duplicates.extend((1..count).filter_map(|later| {
                let is_same = |earlier: &u32| key(links, *earlier) == key(links, later);
                Some(((0..later).find(is_same)?, later))
            }));
        } else {
            order.sort_by(|&a, &b| key(links, a).cmp(key(links, b)).then(a.cmp(&b)));
            let same = |pair: &[u32]| {
                (key(links, pair[0]) == key(links, pair[1])).then_some((pair[0], pair[1]))
            };
            duplicates.extend(order.windows(2).filter_map(same));
            duplicates.sort_unstable_by_key(|(_, later)| *later);
        }
        if !duplicates.is_empty() {
            for &(first, place) in duplicates.iter().rev() {
                let at = from + 2 * place as usize;
                let first = from + 2 * first as usize;
                self.duplicates.push(Duplicate {
                    second: self.span(links[at]),
                    first: self.span(links[first]),
                });
                links.drain(at..at + 2);
            }
            return self.drop_duplicates(text, links, from);
        }
        (count as usize > LINEAR_ENTRIES).then(|| order.into_boxed_slice())
    }

    /// Says which node is the whole document.
    pub(super) fn set_root(&mut self, id: u32) {
        self.root = id;
        self.nodes.shrink_to_fit();
        self.links.shrink_to_fit();
    }

    /// The whole document, given its text.
    pub(super) fn root<'a>(&'a self, text: &'a str) -> Node<'a> {
        Node {
            tree: self,
            text,
            id: self.root,
        }
    }

    /// Index of its file.
    pub(super) fn file(&self) -> u16 {
        self.file
    }

    /// Every node, in no useful order, given its text.
    pub(super) fn all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Node<'a>> {
        (0..self.nodes.len() as u32).map(move |id| Node {
            tree: self,
            text,
            id,
        })
    }

    /// The keys and values of a mapping, in turn.
    pub(super) fn children(&self, id: u32) -> &[u32] {
        let data = &self.nodes[id as usize];
        let at = data.payload as usize;
        let width = match data.kind {
            Kind::Mapping => 2,
            Kind::Sequence => 1,
            Kind::Null | Kind::Bool(_) | Kind::Number | Kind::String => return &[],
        };
        let count = self.links[at] as usize * width;
        &self.links[at + 1..at + 1 + count]
    }

    /// What the node is.
    pub(super) fn kind(&self, id: u32) -> Kind {
        self.nodes[id as usize].kind
    }

    /// The bytes that a node stands at.
    pub(super) fn range(&self, id: u32) -> Range<usize> {
        let data = &self.nodes[id as usize];
        data.start as usize..data.end as usize
    }

    fn span(&self, id: u32) -> Span {
        let data = &self.nodes[id as usize];
        Span {
            file: self.file,
            start: data.start,
            end: data.end,
        }
    }

    /// The text of a scalar; of a collection the source text.
    pub(super) fn string<'a>(&'a self, text: &'a str, id: u32) -> &'a str {
        let data = &self.nodes[id as usize];
        let (start, end) = (data.start as usize, data.end as usize);
        match data.store {
            Store::Plain => &text[start..end],
            Store::Quoted => &text[start + 1..end - 1],
            Store::Pool => {
                let range = &self.pooled[data.payload as usize];
                &self.pool[range.start as usize..range.end as usize]
            }
        }
    }

    fn push(&mut self, kind: Kind, store: Store, range: Range<usize>, payload: u32) -> u32 {
        self.nodes.push(Data {
            start: range.start as u32,
            end: range.end as u32,
            payload,
            kind,
            store,
        });
        self.nodes.len() as u32 - 1
    }
}

impl<'a> Node<'a> {
    /// What it is.
    pub(super) fn kind(self) -> Kind {
        self.tree.kind(self.id)
    }

    /// Its identity.
    pub(super) fn key(self) -> NodeKey {
        NodeKey(self.tree.file, self.id)
    }

    /// Its place.
    pub(super) fn span(self) -> Span {
        self.tree.span(self.id)
    }

    /// The file it stands in.
    pub(super) fn file(self) -> u16 {
        self.tree.file
    }

    /// The text of a string.
    pub(super) fn as_str(self) -> Option<&'a str> {
        (self.kind() == Kind::String).then(|| self.scalar_text())
    }

    /// The text of a number or any other scalar as it was written, of a string its value.
    pub(super) fn scalar_text(self) -> &'a str {
        self.tree.string(self.text, self.id)
    }

    /// The value of a boolean.
    pub(super) fn as_bool(self) -> Option<bool> {
        match self.kind() {
            Kind::Bool(value) => Some(value),
            Kind::Null | Kind::Number | Kind::String | Kind::Sequence | Kind::Mapping => None,
        }
    }

    /// Its first character.
    pub(super) fn start(self) -> Span {
        let span = self.span();
        let length = self.text[span.start as usize..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        Span {
            end: span.start + length as u32,
            ..span
        }
    }

    /// Whether it is a mapping or a sequence.
    pub(super) fn is_collection(self) -> bool {
        matches!(self.kind(), Kind::Mapping | Kind::Sequence)
    }

    /// Whether it is a mapping.
    pub(super) fn is_mapping(self) -> bool {
        self.kind() == Kind::Mapping
    }

    /// Whether its source text is JSON.
    pub(super) fn is_json(self) -> bool {
        self.tree.is_json
    }

    /// The source text at its span.
    pub(super) fn source_text(self) -> &'a str {
        let data = &self.tree.nodes[self.id as usize];
        &self.text[data.start as usize..data.end as usize]
    }

    /// The items of a sequence; none for anything else.
    pub(super) fn items(self) -> impl Iterator<Item = Node<'a>> {
        let links = if self.kind() == Kind::Sequence {
            self.tree.children(self.id)
        } else {
            &[]
        };
        links.iter().map(move |&id| Node { id, ..self })
    }

    /// The keys and values of a mapping; none for anything else.
    pub(super) fn entries(self) -> impl Iterator<Item = (Node<'a>, Node<'a>)> {
        let links = if self.is_mapping() {
            self.tree.children(self.id)
        } else {
            &[]
        };
        links.chunks_exact(2).map(move |pair| {
            (
                Node {
                    id: pair[0],
                    ..self
                },
                Node {
                    id: pair[1],
                    ..self
                },
            )
        })
    }

    /// The value under a key of a mapping.
    pub(super) fn get(self, key: &str) -> Option<Node<'a>> {
        self.entry(key).map(|(_, value)| value)
    }

    /// Key and value under a key of a mapping.
    pub(super) fn entry(self, key: &str) -> Option<(Node<'a>, Node<'a>)> {
        if !self.is_mapping() {
            return None;
        }
        let links = self.tree.children(self.id);
        let text_at = |place: usize| self.tree.string(self.text, links[2 * place]);
        let place = match self.tree.sorted.get(&self.id) {
            Some(order) => {
                let at = order
                    .binary_search_by(|&place| text_at(place as usize).cmp(key))
                    .ok()?;
                order[at] as usize
            }
            None => (0..links.len() / 2).find(|&place| text_at(place) == key)?,
        };
        Some((
            Node {
                id: links[2 * place],
                ..self
            },
            Node {
                id: links[2 * place + 1],
                ..self
            },
        ))
    }

    /// The text under a key, if it is a string.
    pub(super) fn str(self, key: &str) -> Option<&'a str> {
        self.get(key)?.as_str()
    }

    /// Whether `true` stands under a key.
    pub(super) fn is_true(self, key: &str) -> bool {
        self.get(key).and_then(Node::as_bool) == Some(true)
    }

    /// The node as a JSON value.
    pub(super) fn value(self) -> Value {
        match self.kind() {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(value),
            // Both readers let only JSON's numbers through.
            Kind::Number => Value::Number(serde_json::Number::from_string_unchecked(
                self.scalar_text().to_owned(),
            )),
            Kind::String => Value::String(self.scalar_text().to_owned()),
            Kind::Sequence => Value::Array(self.items().map(Node::value).collect()),
            Kind::Mapping => Value::Object(
                self.entries()
                    .map(|(key, value)| (key.scalar_text().to_owned(), value.value()))
                    .collect(),
            ),
        }
    }
}
