//! What several schema nodes say together, keyword by keyword.

use indexmap::IndexMap;

use super::Lowering;
use super::keywords;
use super::shapes::is_nullable;
use super::tree::{Kind, Node};
use super::types::Types;
use super::version::Version;
use crate::model::{Check, RefinementId, UnionKind, Value};
use crate::source::Span;

/// What is said of one value.
#[derive(Default)]
pub(super) struct Facets<'a> {
    /// What all `type`s allow; `None` if there is none.
    pub(super) types: Option<Types>,
    /// What other keywords hint at.
    pub(super) hints: Types,
    /// Whether the outermost node says `nullable: true`.
    pub(super) root_nullable: bool,
    /// Whether any node does.
    pub(super) any_nullable: bool,
    /// The values that all `enum`s and `const`s allow, with their names.
    pub(super) values: Option<Vec<(Value, Option<String>)>>,
    /// `format`s.
    pub(super) formats: Vec<&'a str>,
    /// `contentEncoding`.
    pub(super) content_encoding: Option<&'a str>,
    /// `contentMediaType`.
    pub(super) content_media_type: Option<&'a str>,
    /// `contentSchema`.
    pub(super) content_schema: Option<Node<'a>>,
    /// Keys and schemas of properties by name.
    pub(super) properties: IndexMap<&'a str, Vec<(Node<'a>, Node<'a>)>>,
    /// Names of properties that must be there.
    pub(super) required: IndexMap<&'a str, Span>,
    /// `additionalProperties` and `unevaluatedProperties`.
    pub(super) additional: Vec<Node<'a>>,
    /// Whether some keys are constrained by patterns.
    pub(super) has_patterns: bool,
    /// The schema of all properties whose keys match the one pattern, where no others are allowed.
    pub(super) pattern: Option<Node<'a>>,
    /// Whether which keys are allowed is looked at later.
    pub(super) is_open: bool,
    /// What is said beyond the shape of the value.
    pub(super) refinement: Option<RefinementId>,
    /// `items`, as far as they are schemas.
    pub(super) items: Vec<Node<'a>>,
    /// `prefixItems`.
    pub(super) prefix: Option<Node<'a>>,
    /// What may come after `prefixItems`.
    pub(super) rest: Option<Node<'a>>,
    /// Constraints, in order.
    pub(super) checks: Vec<Check>,
    /// `oneOf`s and `anyOf`s.
    pub(super) unions: Vec<Branches<'a>>,
    /// Whether a schema is `false`.
    pub(super) is_never: bool,
}

/// A `oneOf` or `anyOf`.
#[derive(Clone, Copy)]
pub(super) struct Branches<'a> {
    pub(super) kind: UnionKind,
    /// The schema that has it.
    pub(super) holder: Node<'a>,
    /// Its list.
    pub(super) list: Node<'a>,
}

impl<'a> Facets<'a> {
    /// Adds what one node says by itself.
    pub(super) fn take(&mut self, lowering: &mut Lowering<'a>, node: Node<'a>) {
        match node.kind() {
            Kind::Bool(allowed) => self.is_never |= !allowed,
            Kind::Mapping => {}
            Kind::Null => return,
            Kind::Number | Kind::String | Kind::Sequence => {
                lowering.malformed(
                    "a schema is a mapping, `true` or `false`".to_owned(),
                    node.start(),
                    "write `{ … }`, or `$ref: '#/components/schemas/…'`; until then any value is taken",
                );
                return;
            }
        }
        for (key, value) in node.entries() {
            self.keyword(lowering, node, key, value);
        }
        keywords::checks(lowering, node, self);
    }

    fn keyword(
        &mut self,
        lowering: &mut Lowering<'a>,
        node: Node<'a>,
        key: Node<'a>,
        value: Node<'a>,
    ) {
        match key.scalar_text() {
            "type" => self.types(lowering, node, value),
            "nullable" | "x-nullable" if value.as_bool() == Some(true) => self.any_nullable = true,
            "enum" => self.values(enum_values(node, value)),
            "const" => self.values(vec![(value.value(), None)]),
            "format" => self.formats.extend(value.as_str()),
            "contentEncoding" => {
                if !value.as_str().is_some_and(is_known_encoding) {
                    lowering.note_unchecked("contentEncoding", key, value);
                }
                self.string_hint(|facets| facets.content_encoding = value.as_str())
            }
            "contentMediaType" => {
                self.string_hint(|facets| facets.content_media_type = value.as_str())
            }
            "contentSchema" => self.content_schema = Some(value),
            "properties" => {
                self.hints = self.hints.union(Types::OBJECT);
                // OpenAPI knows no reference to a map of properties, but other tools follow it.
                let is_reference = value.str("$ref").is_some();
                let map = if is_reference {
                    lowering.dereference(value)
                } else {
                    Some(value)
                };
                for (name, schema) in map.into_iter().flat_map(Node::entries) {
                    self.properties
                        .entry(name.scalar_text())
                        .or_default()
                        .push((name, schema));
                }
            }
            "required" if value.kind() == Kind::Sequence => {
                self.hints = self.hints.union(Types::OBJECT);
                for name in value.items() {
                    self.required
                        .entry(name.scalar_text())
                        .or_insert(name.span());
                }
            }
            "additionalProperties" | "unevaluatedProperties" => {
                self.hints = self.hints.union(Types::OBJECT);
                self.additional.push(value);
            }
            "patternProperties" => {
                self.hints = self.hints.union(Types::OBJECT);
                self.has_patterns = true;
            }
            "items" if node.get("prefixItems").is_some() => self.rest = Some(value),
            "items" if value.kind() == Kind::Sequence => self.prefix = Some(value),
            "items" => {
                self.hints = self.hints.union(Types::ARRAY);
                self.items.push(value);
            }
            "prefixItems" => {
                self.hints = self.hints.union(Types::ARRAY);
                self.prefix = Some(value);
            }
            "additionalItems" | "unevaluatedItems" => self.rest = self.rest.or(Some(value)),
            "oneOf" => self.union(UnionKind::One, node, value),
            "anyOf" => self.union(UnionKind::Any, node, value),
            "$recursiveRef" if lowering.documents.dynamic_reference(node).is_some() => {}
            keyword => {
                if keyword == keywords::UNCHECKED {
                    lowering.note_unchecked(keywords::UNCHECKED, key, value);
                }
            }
        }
    }

    fn union(&mut self, kind: UnionKind, holder: Node<'a>, list: Node<'a>) {
        if list.items().next().is_some() {
            self.unions.push(Branches { kind, holder, list });
        }
    }

    fn string_hint(&mut self, set: impl FnOnce(&mut Self)) {
        self.hints = self.hints.union(Types::STRING);
        set(self);
    }

    fn types(&mut self, lowering: &mut Lowering<'a>, node: Node<'a>, value: Node<'a>) {
        let names: Vec<Node<'a>> = if value.is_collection() {
            value.items().collect()
        } else {
            vec![value]
        };
        let mut types = Types::default();
        for name in names {
            // An unquoted `null` in YAML is no text, but is meant as one.
            let text = if name.kind() == Kind::Null {
                "null"
            } else {
                name.scalar_text()
            };
            match Types::named(text) {
                Some(ty) => types = types.union(ty),
                // <https://spec.openapis.org/oas/v2.0#response-object>: "the type can also be file".
                None if text == "file" && lowering.version == Version::V2_0 => {
                    types = types.union(Types::STRING);
                    self.formats.push("binary");
                }
                None => {
                    let meant = Types::meant(text);
                    lowering.unknown_type(text, meant, name.span());
                    types = types.union(meant.and_then(Types::named).unwrap_or(Types::ALL));
                }
            }
        }
        if is_nullable(node) {
            types = types.union(Types::NULL);
        }
        self.types = Some(
            self.types
                .map_or(types, |before| before.intersection(types)),
        );
    }

    fn values(&mut self, values: Vec<(Value, Option<String>)>) {
        match &mut self.values {
            None => self.values = Some(values),
            Some(before) => {
                let texts = values.iter().map(|(value, _)| value.to_string());
                let texts: std::collections::HashSet<String> = texts.collect();
                before.retain(|(value, _)| texts.contains(&value.to_string()));
            }
        }
    }
}

/// Whether a text in this encoding is checked, or is the text itself (RFC 2045, §6.1).
fn is_known_encoding(encoding: &str) -> bool {
    matches!(
        encoding,
        "base64" | "base64url" | "7bit" | "8bit" | "binary"
    )
}

/// The values of an `enum`, each once, with the names that a vendor extension gives them.
fn enum_values(node: Node<'_>, list: Node<'_>) -> Vec<(Value, Option<String>)> {
    let names = ["x-enum-varnames", "x-enumNames", "x-enum-names"]
        .iter()
        .find_map(|key| node.get(key));
    let count = list.items().count();
    let mut names = names
        .filter(|names| names.items().count() == count)
        .map(|names| names.items());
    let mut values: Vec<(Value, Option<String>)> = Vec::with_capacity(count);
    let mut seen = std::collections::HashSet::new();
    for item in list.items() {
        let name = names
            .as_mut()
            .and_then(Iterator::next)
            .map(|name| name.scalar_text().to_owned());
        let value = item.value();
        if seen.insert(value.to_string()) {
            values.push((value, name));
        }
    }
    values
}
