//! YAML text → tree, over the events of `granit-parser`, which no other module knows of.
//!
//! It takes indentation as PyYAML does, which strict YAML forbids and real contracts rely on.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Marker, Parser, ScalarStyle, ScanError, Tag};

use super::syntax::{Fault, SyntaxError};
use super::tree::{Kind, MAX_DEPTH, Store, Tree};
use super::yaml_mend::Mended;
use super::yaml_scalar::{self, Resolved};

/// How many nodes the aliases of a document may stand for, all told: a bomb has billions, honest contracts hundreds.
const MAX_ALIASED_NODES: u64 = 1_000_000;

/// How many bytes are read anew, all told, since the text had to be mended.
const MAX_REREAD: usize = 400 << 20;

/// Reads YAML 1.2 (core schema) with merge keys; of several documents the first.
pub(super) fn read(text: &str, file: u16) -> Result<Tree, SyntaxError> {
    let mut mended = Mended::default();
    for _ in 0..(MAX_REREAD / text.len().max(1)).min(500) {
        match read_mended(text, &mended, file) {
            Err((_, Some(Cure::Indent(at)))) if mended.indent(text, at) => {}
            Err((_, Some(Cure::SpaceColon(at)))) if mended.space_colon(text, at) => {}
            Err((error, _)) => return Err(error),
            Ok(tree) => return Ok(tree),
        }
    }
    read_mended(text, &mended, file).map_err(|(error, _)| error)
}

/// What may help against an error.
enum Cure {
    /// The line at this place continues a quoted scalar and stands too far left.
    Indent(usize),
    /// The colon at this place stands right before a bracket.
    SpaceColon(usize),
}

/// Reads once.
fn read_mended(text: &str, mended: &Mended, file: u16) -> Result<Tree, (SyntaxError, Option<Cure>)> {
    let with_spaces = mended.text(text);
    let mut parser = Parser::new_from_str(&with_spaces);
    let mut reader = Reader {
        text,
        mended,
        tree: Tree::new(file, text.len()),
        open: Vec::new(),
        pending: Vec::new(),
        anchors: HashMap::new(),
        weight: 0,
        aliased: 0,
    };
    loop {
        match parser.next_event() {
            Some(Ok((event, span))) => {
                let range = reader.byte(span.start)..reader.byte(span.end);
                if let Some(root) = reader.event(event, range).map_err(|error| (error, None))? {
                    reader.tree.set_root(root);
                    return Ok(reader.tree);
                }
            }
            Some(Err(error)) => {
                let at = reader.byte(*error.marker());
                let cure = match error.kind() {
                    ErrorKind::InvalidQuotedScalarIndent => Some(Cure::Indent(at)),
                    ErrorKind::FlowMappingValueAdjacentCollection => Some(Cure::SpaceColon(at)),
                    _ => None,
                };
                return Err((reader.scan_error(&error), cure));
            }
            None => return Err((SyntaxError::new(0, "the document is empty"), None)),
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    mended: &'a Mended,
    tree: Tree,
    open: Vec<Open>,
    /// Children of the collections that are still open.
    pending: Vec<u32>,
    anchors: HashMap<usize, Anchor>,
    /// Nodes so far, those behind aliases counted each time.
    weight: u64,
    /// Those behind aliases alone.
    aliased: u64,
}

/// A collection that is still open.
struct Open {
    start: usize,
    from: usize,
    anchor: usize,
    weight: u64,
    height: usize,
    is_mapping: bool,
    has_merge: bool,
}

/// A finished node that has an anchor.
struct Anchor {
    id: u32,
    weight: u64,
    height: usize,
}

impl Reader<'_> {
    /// Takes one event; returns the root once it is finished.
    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<Option<u32>, SyntaxError> {
        match event {
            Event::StreamEnd => Err(SyntaxError::new(0, "the document is empty")),
            Event::SequenceStart(_, anchor, _) => self.begin(anchor, range, false),
            Event::MappingStart(_, anchor, _) => self.begin(anchor, range, true),
            Event::Scalar(value, style, anchor, tag) => {
                let is_key = self.at_key();
                let id = self.scalar(&value, style, tag.as_deref(), range, is_key);
                self.weight += 1;
                if anchor > 0 {
                    self.anchors.insert(anchor, Anchor { id, weight: 1, height: 0 });
                }
                Ok(self.child(id, 0))
            }
            Event::Alias(anchor) => {
                let Some(anchor) = self.anchors.get(&anchor) else {
                    return Err(SyntaxError::new(range.start, "an alias stands inside what it names"));
                };
                let (id, height) = (anchor.id, anchor.height);
                self.weight += anchor.weight;
                self.aliased += anchor.weight;
                if self.aliased > MAX_ALIASED_NODES {
                    let message = format!("aliases stand for more than {MAX_ALIASED_NODES} nodes");
                    return Err(SyntaxError { at: range.start, message, fault: Fault::Aliases });
                }
                if self.open.len() + height > MAX_DEPTH {
                    return Err(SyntaxError::too_deep(range.start));
                }
                if self.at_key() && !matches!(self.tree.kind(id), Kind::String) {
                    let key = self.tree.string(self.text, id).to_owned();
                    let id = self.tree.pooled_scalar(Kind::String, &key, range);
                    return Ok(self.child(id, 0));
                }
                Ok(self.child(id, height))
            }
            Event::SequenceEnd | Event::MappingEnd => Ok(self.end(range)),
            // Beginnings and ends of documents, and what is only given when it is asked for.
            _ => Ok(None),
        }
    }

    fn begin(
        &mut self,
        anchor: usize,
        range: Range<usize>,
        is_mapping: bool,
    ) -> Result<Option<u32>, SyntaxError> {
        if self.open.len() == MAX_DEPTH {
            return Err(SyntaxError::too_deep(range.start));
        }
        if self.at_key() {
            return Err(SyntaxError::new(range.start, "a key must be text, not a list or a mapping"));
        }
        let weight = self.weight;
        self.weight += 1;
        let (start, from) = (range.start, self.pending.len());
        self.open.push(Open { start, from, anchor, weight, height: 0, is_mapping, has_merge: false });
        Ok(None)
    }

    fn end(&mut self, range: Range<usize>) -> Option<u32> {
        let open = self.open.pop().expect("the parser ends what it began");
        if open.has_merge {
            self.merge(open.from);
        }
        let is_flow = matches!(self.text.as_bytes().get(open.start), Some(b'[' | b'{'));
        let end = if is_flow { range.end } else { self.last_end(open.from).unwrap_or(range.start) };
        let range = open.start..end.max(open.start);
        let id = if open.is_mapping {
            self.tree.mapping(self.text, &mut self.pending, open.from, range)
        } else {
            self.tree.sequence(&self.pending[open.from..], range)
        };
        self.pending.truncate(open.from);
        let height = open.height + 1;
        if open.anchor > 0 {
            self.anchors.insert(open.anchor, Anchor { id, weight: self.weight - open.weight, height });
        }
        self.child(id, height)
    }

    fn last_end(&self, from: usize) -> Option<usize> {
        let last = *self.pending[from..].last()?;
        let key = if self.pending.len() - from >= 2 { self.pending[self.pending.len() - 2] } else { last };
        let end = |id: u32| self.tree.range(id).end;
        let end = end(last).max(end(key));
        Some(end)
    }

    /// Hands a finished node to the collection around it; it is the root if there is none.
    fn child(&mut self, id: u32, height: usize) -> Option<u32> {
        let Some(open) = self.open.last_mut() else { return Some(id) };
        open.height = open.height.max(height);
        self.pending.push(id);
        None
    }

    /// Whether the next node is a key.
    fn at_key(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| open.is_mapping && (self.pending.len() - open.from).is_multiple_of(2))
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        range: Range<usize>,
        is_key: bool,
    ) -> u32 {
        // Where nothing stands the parser gives `~`.
        let value = if style == ScalarStyle::Plain && range.is_empty() { "" } else { value };
        let core = tag.and_then(Tag::core_suffix);
        let is_plain = style == ScalarStyle::Plain && tag.is_none();
        if is_key && is_plain && value == "<<" {
            self.open.last_mut().expect("a key has a mapping around it").has_merge = true;
        }
        let resolved = match core {
            _ if is_key => Resolved::String,
            Some("str") => Resolved::String,
            Some("int" | "float" | "bool" | "null") => yaml_scalar::resolve(value),
            _ if is_plain => yaml_scalar::resolve(value),
            _ => Resolved::String,
        };
        let (kind, value) = match resolved {
            Resolved::Null => (Kind::Null, Cow::Borrowed(value)),
            Resolved::Bool(bool) => (Kind::Bool(bool), Cow::Borrowed(value)),
            Resolved::Number(number) => (Kind::Number, number),
            Resolved::String => (Kind::String, Cow::Borrowed(value)),
        };
        let source = &self.text[range.clone()];
        let plain = source.trim_end();
        let inner = source.len().checked_sub(1).and_then(|end| source.get(1..end));
        match style {
            ScalarStyle::Plain if plain == value => {
                self.tree.scalar(kind, Store::Plain, range.start..range.start + plain.len())
            }
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted if inner == Some(&value) => {
                self.tree.scalar(kind, Store::Quoted, range)
            }
            _ => self.tree.pooled_scalar(kind, &value, range),
        }
    }

    /// Replaces the merge keys of the entries from `from` on by what they name, behind the mapping's own entries.
    ///
    /// <https://yaml.org/type/merge.html>
    fn merge(&mut self, from: usize) {
        let entries = self.pending.split_off(from);
        let key_text = |tree: &Tree, id: u32| tree.string(self.text, id).to_owned();
        let mut seen: std::collections::HashSet<String> = std::collections::HashSet::new();
        let mut merged: Vec<u32> = Vec::new();
        for pair in entries.chunks_exact(2) {
            if key_text(&self.tree, pair[0]) == "<<" {
                match self.tree.kind(pair[1]) {
                    Kind::Sequence => merged.extend(self.tree.children(pair[1])),
                    Kind::Mapping => merged.push(pair[1]),
                    Kind::Null | Kind::Bool(_) | Kind::Number | Kind::String => {}
                }
            } else {
                seen.insert(key_text(&self.tree, pair[0]));
                self.pending.extend(pair);
            }
        }
        for id in merged.into_iter().filter(|id| self.tree.kind(*id) == Kind::Mapping) {
            for pair in self.tree.children(id).chunks_exact(2) {
                if seen.insert(key_text(&self.tree, pair[0])) {
                    self.pending.extend(pair);
                }
            }
        }
    }

    fn scan_error(&self, error: &ScanError) -> SyntaxError {
        let at = self.byte(*error.marker());
        if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
            return SyntaxError::too_deep(at);
        }
        let mut message = error.info();
        if let Some(first) = message.get(..1) {
            message.replace_range(..1, &first.to_lowercase());
        }
        SyntaxError::new(at, message)
    }

    fn byte(&self, marker: Marker) -> usize {
        self.mended.original(marker.byte_offset().unwrap_or(0)).min(self.text.len())
    }
}
