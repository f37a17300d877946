//! What the specification says of its objects, held against a contract: unknown fields, missing ones, values of another kind,
//! fields that exclude each other.
//!
//! Lowering takes what it can use and passes over the rest; this pass says what that rest was. It changes nothing.

use std::collections::{HashMap, HashSet, VecDeque};

use indexmap::IndexMap;

use super::grammar_objects::{Edition, Field, Holds, Object};
use super::tree::{Kind, Node, NodeKey};
use super::{Lowering, grammar_rules, slips};
use crate::diagnostics::{Diagnostic, Effect, codes};
use crate::source::Span;

/// How many places of one fault are shown.
const MAX_SHOWN: usize = 5;

/// How many different faults are reported.
const MAX_FAULTS: usize = 200;

/// Reports what isn't written as the specification has it, save where something has been said already.
pub(super) fn check(lowering: &mut Lowering<'_>) {
    let root = lowering.documents.root();
    let mut grammar = Grammar {
        edition: edition(root),
        lowering,
        seen: HashSet::new(),
        queue: VecDeque::from([(root, Object::Contract)]),
        faults: IndexMap::new(),
    };
    while let Some((node, object)) = grammar.queue.pop_front() {
        grammar.one(object, node, None);
    }
    let faults = grammar.faults;
    report(lowering, faults);
}

/// What is wrong, and the way out.
#[derive(PartialEq, Eq, Hash)]
struct Fault {
    message: String,
    help: String,
}

/// The pass over one contract.
pub(super) struct Grammar<'g, 'a> {
    pub(super) edition: Edition,
    pub(super) lowering: &'g mut Lowering<'a>,
    /// Objects that were looked at, each by what it should be.
    seen: HashSet<(NodeKey, Object)>,
    /// Where references lead, to be looked at.
    queue: VecDeque<(Node<'a>, Object)>,
    faults: IndexMap<Fault, Vec<Span>>,
}

/// The edition that a contract says it is written in.
fn edition(root: Node<'_>) -> Edition {
    let text = root.get("openapi").map_or("2.0", Node::scalar_text);
    match text.as_bytes().get(..3) {
        Some(b"3.0") => Edition::V3_0,
        Some(b"3.1") => Edition::V3_1,
        Some(b"3.2") => Edition::V3_2,
        _ => Edition::V2_0,
    }
}

impl<'a> Grammar<'_, 'a> {
    /// Notes a fault.
    pub(super) fn fault(
        &mut self,
        message: impl Into<String>,
        help: impl Into<String>,
        span: Span,
    ) {
        let fault = Fault {
            message: message.into(),
            help: help.into(),
        };
        if self.faults.len() < MAX_FAULTS || self.faults.contains_key(&fault) {
            self.faults.entry(fault).or_default().push(span);
        }
    }

    /// Looks at what should be an `object`; `key` is the key that it stands under.
    fn one(&mut self, object: Object, node: Node<'a>, key: Option<Node<'a>>) {
        let is_unwanted = self.lowering.unwanted.everywhere(node.key());
        if !self.seen.insert((node.key(), object)) || is_unwanted {
            return;
        }
        if object == Object::Schema && node.as_bool().is_some() {
            return self.boolean_schema(node, key);
        }
        if !node.is_mapping() {
            let message = format!("{} is a mapping, not {}", object.title(), kind(node));
            return self.fault(
                message,
                "see the specification for its fields",
                place(node, key),
            );
        }
        if let Some(reference) = node
            .get("$ref")
            .filter(|reference| reference.as_str().is_none())
        {
            let message = format!("`$ref` is text, not {}", kind(reference));
            return self.fault(
                message,
                "write where it leads: `#/components/…`",
                place(reference, key),
            );
        }
        if node.str("$ref").is_some() && object != Object::PathItem {
            if !object.may_be_referenced(self.edition) {
                let message = format!("a reference can't stand in the place of {}", object.title());
                let help = "it is followed all the same; other tools won't";
                self.fault(
                    message,
                    help,
                    node.get("$ref").map_or(node.start(), Node::span),
                );
            }
            self.follow(object, node);
            // In 3.1 the keywords beside a schema's reference count.
            if object != Object::Schema || self.edition < Edition::V3_1 {
                return;
            }
        } else if node.str("$ref").is_some() {
            self.follow(object, node);
        }
        self.fields(object, node, key);
        grammar_rules::check(self, object, node, key);
    }

    fn follow(&mut self, object: Object, node: Node<'a>) {
        let (reference, section) = (
            node.str("$ref").unwrap_or_default(),
            object.section(self.edition),
        );
        let found = component_section(reference);
        if let (Some(section), Some(found)) = (section, found)
            && section != found
        {
            let message = format!(
                "{} stands here, and the reference leads to `{found}`",
                object.title()
            );
            let help = format!("refer to something under `{section}`");
            return self.fault(
                message,
                help,
                node.get("$ref").map_or(node.start(), Node::span),
            );
        }
        // Where operations were left out by choice, nobody asked for the references of the rest.
        let target = if self.lowering.unwanted.is_empty() {
            self.lowering.target(node)
        } else {
            let reference = node.str("$ref").unwrap_or_default();
            let found = self.lowering.documents.follow(node.file(), reference);
            found.ok().flatten()
        };
        if let Some(target) = target {
            self.queue.push_back((target, object));
        }
    }

    fn boolean_schema(&mut self, node: Node<'a>, key: Option<Node<'a>>) {
        let is_additional = key.is_some_and(|key| key.scalar_text() == "additionalProperties");
        if self.edition < Edition::V3_1 && !is_additional {
            let message = "`true` and `false` are schemas from OpenAPI 3.1 on";
            self.fault(message, "write `{}` for any value", node.span());
        }
    }

    fn fields(&mut self, object: Object, node: Node<'a>, key: Option<Node<'a>>) {
        if let Some(holds) = object.values() {
            for (name, value) in node.entries().filter(|(name, _)| !is_extension(*name)) {
                self.value(holds, name, value);
            }
            return;
        }
        let (known, edition) = (object.fields(), self.edition);
        let mut slips: Vec<&str> = Vec::new();
        for (name, value) in node.entries().filter(|(name, _)| !is_extension(*name)) {
            let text = name.scalar_text();
            let mut named = known.iter().filter(|field| field.name == text);
            match named.clone().find(|field| field.is_in(self.edition)) {
                Some(field) => self.value(field.holds, name, value),
                None => slips.extend(self.unknown(object, name, named.next())),
            }
        }
        let missing = known
            .iter()
            .filter(|field| field.needed && field.is_in(edition))
            .filter(|field| node.get(field.name).is_none() && !slips.contains(&field.name));
        // What stands behind a path item's reference may have the rest.
        if node.str("$ref").is_none() {
            for field in missing {
                let message = format!("{} needs `{}`", object.title(), field.name);
                self.fault(message, format!("add `{}`", field.name), place(node, key));
            }
        }
    }

    /// Reports a field that an object doesn't have; the field that it is a slip of, if it is one.
    fn unknown(
        &mut self,
        object: Object,
        name: Node<'a>,
        other: Option<&Field>,
    ) -> Option<&'static str> {
        let text: String = name.scalar_text().chars().take(60).collect();
        if let Some(field) = other.filter(|_| object != Object::Schema) {
            let (message, help) = if field.since > self.edition {
                (
                    format!(
                        "{} has `{text}` from OpenAPI {} on",
                        object.title(),
                        label(field.since)
                    ),
                    format!(
                        "raise the contract's version to {}; other tools won't read it before",
                        label(field.since)
                    ),
                )
            } else {
                let help = moved(object, &text).unwrap_or("delete it");
                (
                    format!(
                        "{} has `{text}` no longer in OpenAPI {}",
                        object.title(),
                        label(self.edition)
                    ),
                    help.to_owned(),
                )
            };
            self.fault(message, help, name.span());
            return None;
        }
        let slip = slip(object, self.edition, &text);
        let help = match slip {
            Some(field) => format!("is `{field}` meant?"),
            // JSON Schema lets anybody add keywords.
            None if object == Object::Schema => return None,
            None => "delete it, or let its name begin with `x-`".to_owned(),
        };
        self.fault(
            format!("{} has no field `{text}`", object.title()),
            help,
            name.span(),
        );
        slip
    }

    /// Looks at what stands in a field.
    pub(super) fn value(&mut self, holds: Holds, key: Node<'a>, value: Node<'a>) {
        let expected = match holds {
            Holds::Any => return,
            Holds::One(object) => return self.one(object, value, Some(key)),
            Holds::Schemas if value.kind() != Kind::Sequence => {
                return self.one(Object::Schema, value, Some(key));
            }
            Holds::List(object) if value.kind() == Kind::Sequence => {
                value.items().for_each(|item| self.one(object, item, None));
                return;
            }
            Holds::Map(object) if value.is_mapping() => {
                for (name, item) in value.entries() {
                    self.one(object, item, Some(name));
                }
                return;
            }
            Holds::Text if value.kind() == Kind::String => return,
            Holds::Flag if value.as_bool().is_some() => return,
            Holds::Texts
                if value.items().all(|item| item.as_str().is_some())
                    && value.kind() == Kind::Sequence =>
            {
                return;
            }
            Holds::Mapping if value.is_mapping() => return,
            Holds::Text => "text",
            Holds::Flag => "`true` or `false`",
            Holds::Texts => "a list of texts",
            Holds::Schemas => "a schema",
            Holds::List(_) => "a list",
            Holds::Map(_) | Holds::Mapping => "a mapping",
        };
        let name: String = key.scalar_text().chars().take(60).collect();
        let message = format!("`{name}` is {expected}, not {}", kind(value));
        let help = match (holds, value.kind()) {
            (Holds::Text, Kind::Number | Kind::Bool(_)) => "put it into quotes",
            (_, Kind::Null) => "give it a value, or delete it",
            _ => "see the specification for what may stand here",
        };
        self.fault(message, help, place(value, Some(key)));
    }
}

/// The field that a name is a slip of.
fn slip(object: Object, edition: Edition, text: &str) -> Option<&'static str> {
    let known = object.fields().iter().filter(|field| field.is_in(edition));
    slips::meant(text, known.map(|field| field.name))
}

/// Where to say what a field of Swagger 2.0 said.
fn moved(object: Object, field: &str) -> Option<&'static str> {
    match (object, field) {
        (Object::Contract, "definitions") => Some("move it to `components.schemas`"),
        (Object::Contract, "parameters") => Some("move it to `components.parameters`"),
        (Object::Contract, "responses") => Some("move it to `components.responses`"),
        (Object::Contract, "securityDefinitions") => {
            Some("move it to `components.securitySchemes`")
        }
        (Object::Contract, "host" | "basePath" | "schemes") => {
            Some("say it in the `url` of `servers`")
        }
        (_, "consumes" | "produces") => Some("say it by the keys of `content`"),
        (_, "collectionFormat") => Some("say it by `style` and `explode`"),
        (Object::Response, "schema") => Some("move it to `content`"),
        (Object::Parameter | Object::Header, _) => Some("say it in `schema`"),
        (Object::SecurityScheme, _) => Some("move it to `flows`"),
        _ => None,
    }
}

/// The section of components that a reference leads to.
fn component_section(reference: &str) -> Option<&str> {
    let (_, pointer) = reference.split_once('#')?;
    let mut tokens = pointer.strip_prefix("/components/")?.split('/');
    let section = tokens.next()?;
    let known = Object::Components.fields().iter();
    let is_known = known.map(|field| field.name).any(|name| name == section);
    // Deeper ones lead to pieces of components.
    (is_known && tokens.count() == 1).then_some(section)
}

fn is_extension(name: Node<'_>) -> bool {
    name.scalar_text().starts_with("x-")
}

/// Where to point: at a scalar itself, at the key of anything larger.
pub(super) fn place(node: Node<'_>, key: Option<Node<'_>>) -> Span {
    if node.is_collection() {
        key.map_or(node.start(), Node::span)
    } else if node.kind() == Kind::Null {
        key.unwrap_or(node).span()
    } else {
        node.span()
    }
}

/// What a node is, for people.
fn kind(node: Node<'_>) -> &'static str {
    match node.kind() {
        Kind::Null => "nothing",
        Kind::Bool(true) => "`true`",
        Kind::Bool(false) => "`false`",
        Kind::Number => "a number",
        Kind::String => "text",
        Kind::Sequence => "a list",
        Kind::Mapping => "a mapping",
    }
}

fn label(edition: Edition) -> &'static str {
    match edition {
        Edition::V2_0 => "2.0",
        Edition::V3_0 => "3.0",
        Edition::V3_1 => "3.1",
        Edition::V3_2 => "3.2",
    }
}

fn report(lowering: &mut Lowering<'_>, faults: IndexMap<Fault, Vec<Span>>) {
    let mut said: HashMap<u16, HashSet<u32>> = HashMap::new();
    // These two say of a value at its place what this pass would say of it.
    let alike = [codes::openapi::RG0214.number, codes::openapi::RG0215.number];
    let spans = lowering
        .diagnostics
        .iter()
        .filter(|other| alike.contains(&other.code.number))
        .filter_map(|other| other.span);
    for span in spans {
        said.entry(span.file).or_default().insert(span.start);
    }
    for (fault, mut spans) in faults {
        spans.retain(|span| {
            !said
                .get(&span.file)
                .is_some_and(|said| said.contains(&span.start))
        });
        let more = spans.len().saturating_sub(MAX_SHOWN);
        let last = spans.len().min(MAX_SHOWN).saturating_sub(1);
        for (index, span) in spans.into_iter().take(MAX_SHOWN).enumerate() {
            let mut diagnostic = Diagnostic::new(
                &codes::openapi::RG0223,
                Effect::Warning,
                fault.message.clone(),
            )
            .at(span)
            .help(fault.help.clone());
            if more > 0 && index == last {
                diagnostic = diagnostic.note(format!("the same is so in {more} more places"));
            }
            lowering.diagnostics.push(diagnostic);
        }
    }
}
