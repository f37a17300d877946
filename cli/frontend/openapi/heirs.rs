//! Bases of an inheritance where they are used: unions of their heirs and of what they are by themselves.

use std::rc::Rc;

use super::Lowering;
use super::facets::Facets;
use super::inheritance::{Base, FaultKind};
use super::schemas::Task;
use super::tree::Node;
use super::types::Types;
use crate::diagnostics::{Diagnostic, Effect, codes};
use crate::model::{
    Access, Discriminator, Docs, Field, Schema, SchemaId, Shape, Text, Union, UnionKind, Value, Xml,
};

/// Values of discriminators, each with the schema of an heir and the property.
#[derive(Default)]
pub(super) struct KnownBy<'a> {
    /// The contract says that the heir has no other.
    alone: Vec<(SchemaId, &'a str, &'a str)>,
    /// The heir may have others.
    besides: Vec<(SchemaId, &'a str, &'a str)>,
}

impl<'a> Lowering<'a> {
    /// The base that a task is about, if it stands for its heirs there: neither in them nor as itself.
    pub(super) fn base(&self, task: &Task<'a>, facets: &Facets<'a>) -> Option<Rc<Base<'a>>> {
        let [node] = task.pieces.as_slice() else {
            return None;
        };
        let is_object = facets
            .types
            .is_none_or(|types| types.without_null() == Types::OBJECT);
        let is_plain = facets.unions.is_empty() && facets.values.is_none();
        let is_whole = task.excluded.is_empty() && task.only.is_none();
        self.inheritance
            .base(*node)
            .filter(|_| is_object && is_plain && is_whole)
    }

    /// Lowers a base as the union of its heirs and itself, which takes whatever no heir does.
    pub(super) fn with_heirs(
        &mut self,
        node: Node<'a>,
        base: &Base<'a>,
        mut schema: Schema,
    ) -> Schema {
        let mut branches: Vec<SchemaId> = Vec::with_capacity(base.heirs.len() + 1);
        let mut values: Vec<Vec<Value>> = Vec::with_capacity(base.heirs.len() + 1);
        for heir in &base.heirs {
            let key = heir.node.key();
            self.names
                .entry(key)
                .or_insert_with(|| heir.name.to_owned());
            let is_base = self.inheritance.base(heir.node).is_some();
            let id = match is_base && !heir.is_whole {
                true => self.alone(heir.node),
                false => self.reserve(vec![heir.node], Vec::new(), None, 0),
            };
            if let [value] = heir.values.as_slice() {
                self.known_by.besides.push((id, base.property, value));
            }
            branches.push(id);
            values.push(
                heir.values
                    .iter()
                    .map(|value| Value::from(*value))
                    .collect(),
            );
        }
        branches.push(self.alone(node));
        values.push(Vec::new());
        schema.shape = Shape::Union(Union {
            kind: UnionKind::Any,
            branches,
            discriminator: Some(Discriminator {
                property: base.property.to_owned(),
                values,
                fallback: Some(base.heirs.len()),
            }),
        });
        schema
    }

    /// Says what a schema's discriminator doesn't say, or says wrong.
    pub(super) fn report_discriminator(&mut self, node: Node<'a>) {
        for fault in self.inheritance.faults(node) {
            let (note, help) = match fault.kind {
                FaultKind::Baseless => (
                    "such values are read as the base alone, without the properties of an heir",
                    "give each heir a value in `discriminator.mapping`, and an `allOf` that refers to the base",
                ),
                FaultKind::Refused => (
                    "such values are refused, since none is right for both",
                    "let the heir's own schema allow what `discriminator.mapping` says, or map what it allows",
                ),
            };
            self.diagnostics.push(
                Diagnostic::new(
                    &codes::openapi::RG0225,
                    Effect::Warning,
                    fault.message.clone(),
                )
                .at(fault.span)
                .note(note)
                .help(help),
            );
        }
    }

    /// The id of a base without its heirs: it is made for one branch of them.
    fn alone(&mut self, node: Node<'a>) -> SchemaId {
        self.reserve(vec![node], vec![node.key()], None, 0)
    }

    /// Notes which properties of a task's schema have but one value.
    pub(super) fn note_known(&mut self, task: &Task<'a>) {
        let [node] = task.pieces.as_slice() else {
            return;
        };
        let is_one = task.excluded.iter().all(|key| *key == node.key());
        if is_one && task.only.is_none() {
            let implied = self.inheritance.implied(*node).iter();
            let alone = &mut self.known_by.alone;
            alone.extend(implied.map(|(property, value)| (task.id, *property, *value)));
        }
    }

    /// Gives heirs the values that they are known by, so that nobody has to say them, as far as that refuses no value
    /// that the contract doesn't.
    pub(super) fn settle_discriminators(&mut self) {
        let KnownBy { alone, besides } = std::mem::take(&mut self.known_by);
        for (id, property, value) in alone {
            self.narrow(id, property, value);
        }
        for (id, property, value) in besides {
            self.fill_in(id, property, value);
        }
    }

    /// Leaves a property but one value.
    fn narrow(&mut self, id: SchemaId, property: &str, value: &str) {
        let mut schema = self.schemas.get(id).clone();
        let Some(field) = field_of(&mut schema, property) else {
            return;
        };
        let declared = self.schemas.get(field.schema);
        let value = Value::from(value);
        let is_settled = matches!(&declared.shape, Shape::Enum { values, .. } if values.len() == 1);
        if is_settled || !takes(declared, &value) {
            return;
        }
        let shape = Shape::Enum {
            values: vec![value.clone()],
            names: Vec::new(),
        };
        let only = Schema {
            docs: declared.docs.clone(),
            xml: declared.xml.clone(),
            ..Schema::inline(declared.span, shape)
        };
        field.schema = self.schemas.add(only);
        if !field.required {
            field.default = Some(value);
        }
        self.schemas.set(id, schema);
    }

    /// Lets a value stand in for a property that may be absent, or that nobody declared.
    fn fill_in(&mut self, id: SchemaId, property: &str, value: &str) {
        let mut schema = self.schemas.get(id).clone();
        let span = schema.span;
        if let Some(field) = field_of(&mut schema, property) {
            let value = Value::from(value);
            let takes = takes(self.schemas.get(field.schema), &value);
            if takes && !field.required && field.default.is_none() {
                field.default = Some(value);
            }
        } else if let Shape::Object(object) = &mut schema.shape {
            let text = Schema::inline(span, Shape::String(Text::Plain));
            object.fields.push(Field {
                name: property.to_owned(),
                span,
                schema: self.schemas.add(text),
                required: false,
                default: Some(value.into()),
                access: Access::Both,
                docs: Docs::default(),
                xml: Xml::default(),
            });
        }
        self.schemas.set(id, schema);
    }
}

/// Whether a schema is of texts, this one among them.
fn takes(schema: &Schema, value: &Value) -> bool {
    match &schema.shape {
        Shape::String(Text::Plain) => !schema.nullable,
        Shape::Enum { values, .. } => !schema.nullable && values.contains(value),
        Shape::Any
        | Shape::Never
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number => false,
        Shape::String(_)
        | Shape::Array { .. }
        | Shape::Tuple { .. }
        | Shape::Object(_)
        | Shape::Union(_) => false,
    }
}

fn field_of<'s>(schema: &'s mut Schema, property: &str) -> Option<&'s mut Field> {
    let Shape::Object(object) = &mut schema.shape else {
        return None;
    };
    let mut fields = object.fields.iter_mut();
    fields.find(|field| field.name == property)
}
