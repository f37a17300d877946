//! What is said of a value → its shape and checks.

use super::facets::Facets;
use super::schemas::Task;
use super::tree::{Kind, Node};
use super::types::Types;
use super::version::Version;
use super::{Lowering, docs, keywords};
use crate::model::{
    Check, Constraint, Docs, Format, Held, Integer, MediaKind, MediaType, Schema, Shape, Text,
    Union, UnionKind, Value, Xml,
};
use crate::source::Span;

impl<'a> Lowering<'a> {
    /// Lowers one task.
    pub(super) fn build(&mut self, task: &Task<'a>) -> Schema {
        let root = task.pieces[0];
        let mut schema = Schema::inline(root.start(), Shape::Any);
        if task.pieces.len() == 1 && task.only.is_none() {
            schema.name = match task.excluded.as_slice() {
                [] => self.names.get(&root.key()).cloned(),
                [excluded] if *excluded == root.key() => self.inheritance.name_alone(root),
                _ => None,
            };
        }
        schema.xml = self.own_xml(&task.pieces);
        if schema.name.is_none() && schema.xml == Xml::default() {
            schema.xml = self.inherited_xml(&task.pieces);
        }
        let mut texts = task.pieces.iter().rev().map(|piece| docs(*piece));
        schema.docs = texts
            .find(|docs| *docs != Docs::default())
            .unwrap_or_default();
        let is_use = task.pieces.len() == 1 && !self.inheritance.is_heir(root);
        if let Some(member) = self.only_nullable(root).filter(|_| is_use) {
            let branches = vec![self.schema(member)];
            schema.shape = Shape::Union(Union {
                kind: UnionKind::One,
                branches,
                discriminator: None,
            });
            schema.nullable = true;
            return schema;
        }
        let mut facets = self.facets(task);
        if facets.is_never {
            schema.shape = Shape::Never;
            return schema;
        }
        // A base alone is a branch of its union, which may be `null` itself.
        let is_alone = task.excluded.contains(&root.key());
        schema.nullable = task.only.is_none() && !is_alone && self.is_nullable(&facets);
        if task.pieces.len() == 1 && task.excluded.is_empty() && task.only.is_none() {
            self.report_discriminator(root);
        }
        if let Some(base) = self.base(task, &facets) {
            return self.with_heirs(root, &base, schema);
        }
        if let Some(values) = facets.values.take() {
            schema.refinement = facets.refinement;
            return self.with_values(schema, &facets, values);
        }
        if !facets.unions.is_empty() {
            return self.with_union(task, schema, facets);
        }
        self.with_types(task, schema, facets)
    }

    /// Whether `null` is allowed. In 3.0 the outermost `nullable` counts, whatever else is said.
    fn is_nullable(&self, facets: &Facets<'a>) -> bool {
        let by_type = match facets.types {
            Some(types) => types.contains(Types::NULL),
            None => facets.any_nullable,
        };
        facets.root_nullable || by_type
    }

    /// The named member of `allOf`, if a schema says no more than that it may be `null` too.
    fn only_nullable(&mut self, node: Node<'a>) -> Option<Node<'a>> {
        if !is_nullable(node) {
            return None;
        }
        let mut composed = None;
        for (key, value) in node.entries() {
            match key.scalar_text() {
                "nullable" | "x-nullable" => {}
                "allOf" | "oneOf" | "anyOf" if composed.is_none() => composed = Some(value),
                "type" if value.as_str() == Some("object") => {}
                text if super::schemas::is_annotation(text) => {}
                _ => return None,
            }
        }
        let mut members = composed?
            .items()
            .filter(|member| !super::schemas::says_nothing(*member));
        let member = members.next().filter(|_| members.next().is_none())?;
        let last = self.chain(member).last;
        self.names.contains_key(&last.key()).then_some(member)
    }

    fn with_values(
        &mut self,
        mut schema: Schema,
        facets: &Facets<'a>,
        values: Vec<(Value, Option<String>)>,
    ) -> Schema {
        let types = facets.types.unwrap_or(Types::ALL);
        let has_null = values.iter().any(|(value, _)| value.is_null());
        let is_typed = facets.types.is_some();
        schema.nullable = match self.version {
            Version::V2_0 | Version::V3_0 => has_null || schema.nullable,
            Version::V3_1 => has_null && (!is_typed || schema.nullable) || facets.root_nullable,
        };
        let fits = |value: &Value| !value.is_null() && types.contains(Types::of(value));
        let (values, names): (Vec<Value>, Vec<Option<String>>) =
            values.into_iter().filter(|(value, _)| fits(value)).unzip();
        let names: Option<Vec<String>> = names.into_iter().collect();
        schema.shape = match (values.is_empty(), schema.nullable) {
            (true, true) => Shape::Null,
            (true, false) => Shape::Never,
            (false, _) => Shape::Enum {
                values,
                names: names.unwrap_or_default(),
            },
        };
        if schema.shape == Shape::Null {
            schema.nullable = false;
        }
        schema
    }

    /// Lowers what has no unions and no listed values: one type, or several.
    fn with_types(&mut self, task: &Task<'a>, mut schema: Schema, facets: Facets<'a>) -> Schema {
        let declared = facets
            .types
            .map(|types| types.intersection(task.only.unwrap_or(Types::ALL)));
        let types = match declared {
            Some(types) if types == Types::ALL && facets.hints.is_empty() => None,
            Some(types) => Some(types.without_null()),
            None => inferred(&facets),
        };
        schema.refinement = facets.refinement;
        let Some(types) = types else {
            // Any JSON value, `null` too.
            schema.nullable = false;
            return schema;
        };
        let each = types.each();
        let Some(first) = each.first().copied() else {
            schema.shape = if schema.nullable {
                Shape::Null
            } else {
                Shape::Never
            };
            schema.nullable = false;
            return schema;
        };
        if each.len() > 1 {
            let branches = each
                .into_iter()
                .map(|ty| {
                    let (pieces, excluded) = (task.pieces.clone(), task.excluded.clone());
                    self.reserve(pieces, excluded, Some(ty), task.pieces.len())
                })
                .collect();
            schema.shape = Shape::Union(Union {
                kind: UnionKind::Any,
                branches,
                discriminator: None,
            });
            return schema;
        }
        for node in &facets.items {
            let said = self.used_xml(*node);
            schema.items_xml = schema.items_xml.over(&said);
        }
        schema.shape = self.shape(first, &facets, &mut schema.checks, schema.span);
        if matches!(schema.shape, Shape::String(_)) {
            schema.held = held(&facets);
        }
        let own = facets.checks.into_iter();
        schema.checks.extend(own.filter(|check| {
            first.contains(keywords::speaks_of(&check.constraint)) || is_integer(first, check)
        }));
        schema
    }

    fn shape(
        &mut self,
        ty: Types,
        facets: &Facets<'a>,
        checks: &mut Vec<Check>,
        span: Span,
    ) -> Shape {
        if ty == Types::OBJECT {
            self.object(facets)
        } else if ty == Types::ARRAY {
            self.array(facets)
        } else if ty == Types::STRING {
            let format = facets
                .formats
                .iter()
                .find_map(|format| string_format(format));
            match (format, content(facets)) {
                (Some(StringFormat::Checked(format)), None) => {
                    checks.push(Check {
                        constraint: Constraint::Format(format),
                        message: None,
                        span,
                    });
                    Shape::String(Text::Plain)
                }
                (Some(StringFormat::Text(text)), None) => Shape::String(text),
                (_, Some(text)) => Shape::String(text),
                (None, None) => Shape::String(Text::Plain),
            }
        } else if ty == Types::INTEGER {
            let width = facets
                .formats
                .iter()
                .find_map(|format| integer_format(format));
            Shape::Integer(width.unwrap_or(Integer::I64))
        } else if ty == Types::NUMBER {
            Shape::Number
        } else {
            Shape::Boolean
        }
    }

    fn array(&mut self, facets: &Facets<'a>) -> Shape {
        let Some(list) = facets.prefix else {
            let items = if facets.items.is_empty() {
                self.any_schema()
            } else {
                self.schema_of_all(&facets.items)
            };
            return Shape::Array { items };
        };
        let prefix: Vec<_> = list.items().map(|item| self.schema(item)).collect();
        let rest = match facets.rest {
            Some(rest) if rest.as_bool() == Some(false) => None,
            Some(rest) => Some(self.schema(rest)),
            None => Some(self.any_schema()),
        };
        let minimum = facets
            .checks
            .iter()
            .filter_map(|check| match check.constraint {
                Constraint::MinItems(count) => Some(count),
                _ => None,
            });
        let required = minimum.max().unwrap_or(0).min(prefix.len() as u64) as usize;
        if prefix.is_empty() {
            return Shape::Array {
                items: rest.unwrap_or_else(|| self.any_schema()),
            };
        }
        Shape::Tuple {
            prefix,
            rest,
            required,
        }
    }
}

/// Whether a node says that `null` is allowed; Swagger 2.0 has an extension for it.
pub(super) fn is_nullable(node: Node<'_>) -> bool {
    node.is_true("nullable") || node.is_true("x-nullable")
}

/// The integer's checks are those of numbers.
fn is_integer(ty: Types, check: &Check) -> bool {
    ty == Types::INTEGER && keywords::speaks_of(&check.constraint) == Types::NUMBER
}

/// The type that keywords other than `type` suggest.
fn inferred(facets: &Facets<'_>) -> Option<Types> {
    let by_keyword = [Types::OBJECT, Types::ARRAY, Types::STRING, Types::NUMBER];
    if let Some(ty) = by_keyword.into_iter().find(|ty| facets.hints.contains(*ty)) {
        return Some(ty);
    }
    facets.formats.iter().find_map(|format| match *format {
        "float" | "double" => Some(Types::NUMBER),
        format if integer_format(format).is_some() => Some(Types::INTEGER),
        format if string_format(format).is_some() => Some(Types::STRING),
        _ => None,
    })
}

/// What a string's format does.
enum StringFormat {
    Text(Text),
    Checked(Format),
}

/// The constraint of a format that leaves a string a string.
pub(super) fn checked_format(format: &str) -> Option<Constraint> {
    match string_format(format)? {
        StringFormat::Checked(format) => Some(Constraint::Format(format)),
        StringFormat::Text(_) => None,
    }
}

/// <https://spec.openapis.org/registry/format/>; formats of vendors say nothing.
fn string_format(format: &str) -> Option<StringFormat> {
    use StringFormat::{Checked, Text as Typed};
    match format {
        "date-time" => Some(Typed(Text::DateTime)),
        "date" => Some(Typed(Text::Date)),
        "uuid" => Some(Typed(Text::Uuid)),
        "ipv4" => Some(Typed(Text::Ipv4)),
        "ipv6" => Some(Typed(Text::Ipv6)),
        "byte" => Some(Typed(Text::Base64)),
        "base64url" => Some(Typed(Text::Base64Url)),
        "binary" => Some(Typed(Text::Binary)),
        "password" => Some(Typed(Text::Password)),
        "time" => Some(Checked(Format::Time)),
        "duration" => Some(Checked(Format::Duration)),
        "email" => Some(Checked(Format::Email)),
        "uri" => Some(Checked(Format::Uri)),
        "uri-reference" => Some(Checked(Format::UriReference)),
        "hostname" => Some(Checked(Format::Hostname)),
        _ => None,
    }
}

fn integer_format(format: &str) -> Option<Integer> {
    match format {
        "int8" => Some(Integer::I8),
        "int16" => Some(Integer::I16),
        "int32" => Some(Integer::I32),
        "int64" => Some(Integer::I64),
        "uint8" => Some(Integer::U8),
        "uint16" => Some(Integer::U16),
        "uint32" => Some(Integer::U32),
        "uint64" | "uint" => Some(Integer::U64),
        _ => None,
    }
}

/// What `contentEncoding` and `contentMediaType` make of a string.
///
/// <https://spec.openapis.org/oas/v3.1.1#working-with-binary-data>
fn content(facets: &Facets<'_>) -> Option<Text> {
    match (facets.content_encoding, facets.content_media_type) {
        (Some("base64"), _) => Some(Text::Base64),
        (Some("base64url"), _) => Some(Text::Base64Url),
        (Some(_), _) | (None, None) => None,
        (None, Some(media)) => {
            let kind = MediaType::new(media).kind();
            matches!(kind, MediaKind::Bytes | MediaKind::Items(_)).then_some(Text::Binary)
        }
    }
}

/// What a string holds. Without a media type, `contentSchema` says nothing.
///
/// <https://json-schema.org/draft/2020-12/json-schema-validation#section-8.5>
fn held(facets: &Facets<'_>) -> Option<Held> {
    let reference = facets.content_schema.and_then(|node| node.str("$ref"));
    let name = reference.and_then(|text| text.rsplit(['/', '#']).next());
    Some(Held {
        media_type: MediaType::new(facets.content_media_type?),
        schema: name.filter(|name| !name.is_empty()).map(str::to_owned),
    })
}

/// Whether a node is a schema of `null` alone.
pub(super) fn is_null(node: Node<'_>) -> bool {
    let is_null = |node: Node<'_>| node.kind() == Kind::Null;
    let named = |node: Node<'_>| is_null(node) || node.as_str() == Some("null");
    let of_type = node.get("type").is_some_and(|ty| {
        named(ty)
            || (ty.kind() == Kind::Sequence && ty.items().next().is_some() && ty.items().all(named))
    });
    let listed = node
        .get("enum")
        .is_some_and(|list| list.items().next().is_some() && list.items().all(is_null));
    of_type || listed || node.get("const").is_some_and(is_null)
}
