//! Defaults that don't fit what they are defaults of.

use super::Lowering;
use super::types::is_whole;
use crate::diagnostics::{Diagnostic, Effect, codes};
use crate::model::{Operation, SchemaId, Schemas, Shape, Text, Value};
use crate::source::Span;

/// How deep a default is looked at.
const MAX_DEPTH: usize = 16;

impl Lowering<'_> {
    /// Drops defaults of fields and parameters that don't fit; a parameter that keeps one is not required.
    pub(super) fn check_defaults(&mut self, operations: &mut [Operation]) {
        let mut dropped: Vec<(String, Span)> = Vec::new();
        let callbacks = self.callbacks.iter_mut().map(|hook| &mut hook.operation);
        let webhooks = self.webhooks.iter_mut().map(|hook| &mut hook.operation);
        let operations = operations.iter_mut().chain(callbacks).chain(webhooks);
        for parameter in operations.flat_map(|operation| &mut operation.parameters) {
            let fits = |value: &Value| fits(&self.schemas, parameter.schema, value, 0);
            if parameter.default.as_ref().is_some_and(|value| !fits(value)) {
                parameter.default = None;
                dropped.push((parameter.name.clone(), parameter.span));
            }
            let is_path = parameter.location == crate::model::Location::Path;
            parameter.required = is_path || (parameter.required && parameter.default.is_none());
        }
        let mut changed: Vec<(SchemaId, Vec<usize>)> = Vec::new();
        for (id, schema) in self.schemas.iter() {
            let Shape::Object(object) = &schema.shape else {
                continue;
            };
            let misfits = object.fields.iter().enumerate().filter(|(_, field)| {
                field
                    .default
                    .as_ref()
                    .is_some_and(|value| !fits(&self.schemas, field.schema, value, 0))
            });
            let misfits: Vec<usize> = misfits.map(|(index, _)| index).collect();
            dropped.extend(misfits.iter().map(|index| {
                (
                    object.fields[*index].name.clone(),
                    object.fields[*index].span,
                )
            }));
            if !misfits.is_empty() {
                changed.push((id, misfits));
            }
        }
        for (id, misfits) in changed {
            let mut schema = self.schemas.get(id).clone();
            if let Shape::Object(object) = &mut schema.shape {
                misfits
                    .iter()
                    .for_each(|index| object.fields[*index].default = None);
            }
            self.schemas.set(id, schema);
        }
        for (name, span) in dropped {
            let message = format!("the default of `{name}` is no value of its schema");
            self.diagnostics.push(
                Diagnostic::new(&codes::openapi::RG0213, Effect::Warning, message)
                    .at(span)
                    .note("nothing stands in for the value when it is absent")
                    .help("mend the default or the schema"),
            );
        }
    }
}

/// Whether a value is of a schema's shape; checks are left to whoever runs the server.
fn fits(schemas: &Schemas, id: SchemaId, value: &Value, depth: usize) -> bool {
    let schema = schemas.get(id);
    if depth > MAX_DEPTH || (value.is_null() && schema.nullable) {
        return true;
    }
    match &schema.shape {
        Shape::Any => true,
        Shape::Never => false,
        Shape::Null => value.is_null(),
        Shape::Boolean => value.is_boolean(),
        Shape::Integer(_) => {
            matches!(value, Value::Number(number) if is_whole(&number.to_string()))
        }
        Shape::Number => value.is_number(),
        Shape::String(Text::Binary) => false,
        Shape::String(_) => value.is_string(),
        Shape::Enum { values, .. } => values.contains(value),
        Shape::Array { items } => value.as_array().is_some_and(|list| {
            list.iter()
                .all(|item| fits(schemas, *items, item, depth + 1))
        }),
        Shape::Tuple { .. } => value.is_array(),
        Shape::Object(object) => value.as_object().is_some_and(|map| {
            object
                .fields
                .iter()
                .all(|field| match map.get(&field.name) {
                    Some(value) => fits(schemas, field.schema, value, depth + 1),
                    None => !field.required || field.default.is_some(),
                })
        }),
        Shape::Union(union) => union
            .branches
            .iter()
            .any(|branch| fits(schemas, *branch, value, depth + 1)),
    }
}
