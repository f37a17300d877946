//! `.openapi(…)` and `.meta(…)`: names, docs, and what Zod itself can't say.

use super::Lowering;
use super::constant::Property;
use super::draft::{Draft, Hints};
use super::formats::{self, Formatted};
use super::objects::access;
use super::syntax::{Expression, Kind};
use crate::diagnostics::codes::zod::{RG0304, RG0310};
use crate::model::{Access, Shape, Text, Value};
use crate::source::Span;

impl Lowering<'_> {
    /// Takes the arguments of `.openapi()` or `.meta()`: a name, metadata, or both.
    pub fn metadata(&mut self, draft: &mut Draft, arguments: &[Expression], at: Span) {
        for argument in arguments {
            let resolved = self.module.resolve(argument);
            match &*resolved.kind {
                Kind::Object(entries) => match self.module.properties(entries) {
                    Ok(properties) => self.metadata_entries(draft, &properties),
                    Err(unknown) => {
                        draft.refuse(&RG0304, unknown.span, "this metadata can't be read".to_owned())
                    }
                },
                _ => match self.module.string(&resolved) {
                    Some(name) => rename(draft, name),
                    None => draft.refuse(&RG0304, at, "this metadata would have to be run".to_owned()),
                },
            }
        }
    }

    fn metadata_entries(&mut self, draft: &mut Draft, properties: &[Property]) {
        let text = |name: &str| {
            properties
                .iter()
                .find(|property| property.name == name)
                .and_then(|property| self.module.string(&property.value))
        };
        let flag = |name: &str| {
            let property = properties.iter().find(|property| property.name == name)?;
            self.module.value(&property.value)?.as_bool()
        };
        let (id, kind, format) = (text("id"), text("type"), text("format"));
        let (title, description) = (text("title"), text("description"));
        let deprecated = flag("deprecated");
        match access(flag("readOnly") == Some(true), flag("writeOnly") == Some(true)) {
            Access::Both => {}
            one_way => draft.access = one_way,
        }
        if let Some(kind) = kind {
            let items = properties.iter().find(|property| property.name == "items");
            let items = items.map(|items| self.said_schema(&items.value));
            self.retype(draft, &kind, items);
        }
        if let Some(format) = format {
            apply_format(draft, &format);
        }
        if let Some(id) = id {
            rename(draft, id);
        }
        if title.is_some() || description.is_some() || deprecated.is_some() {
            let docs = draft.docs_mut();
            docs.summary = title.unwrap_or_else(|| std::mem::take(&mut docs.summary));
            docs.description = description.unwrap_or_else(|| std::mem::take(&mut docs.description));
            docs.deprecated = deprecated.unwrap_or(docs.deprecated);
        }
        if let Some(parameter) = properties.iter().find(|property| property.name == "param") {
            self.parameter_hints(draft, parameter);
        }
    }

    fn parameter_hints(&mut self, draft: &mut Draft, parameter: &Property) {
        let Some(Value::Object(said)) = self.constant_value(&parameter.value, "`param`") else { return };
        let text = |name: &str| said.get(name).and_then(Value::as_str).map(str::to_owned);
        let mut hints = Hints { span: parameter.span, style: text("style"), ..Hints::default() };
        hints.explode = said.get("explode").and_then(Value::as_bool);
        hints.docs.description = text("description").unwrap_or_default();
        hints.docs.deprecated = said.get("deprecated").and_then(Value::as_bool).unwrap_or_default();
        draft.hints = Some(hints);
    }

    /// A schema said in JSON Schema's words, as `content` and `headers` may: `{ type: 'string', format: 'binary' }`;
    /// or one of Zod's.
    pub fn said_schema(&mut self, expression: &Expression) -> Draft {
        let resolved = self.module.resolve(expression);
        let Kind::Object(entries) = &*resolved.kind else { return self.schema(expression) };
        let mut draft = Draft::new(expression.span, Shape::Any);
        match self.module.properties(entries) {
            Ok(properties) => {
                self.metadata_entries(&mut draft, &properties);
                let known =
                    ["type", "format", "items", "description", "title", "deprecated", "example", "examples"];
                for property in &properties {
                    if !known.contains(&property.name.as_str()) {
                        let message =
                            format!("`{}` is not read here; write this schema with Zod", property.name);
                        draft.refuse(&RG0310, property.span, message);
                    }
                }
            }
            Err(unknown) => draft.refuse(&RG0304, unknown.span, "this schema can't be read".to_owned()),
        }
        draft
    }
}

/// Gives a schema a name of its own, even if it had one.
fn rename(draft: &mut Draft, name: String) {
    if draft.schema.name.as_deref() != Some(&name) && !draft.pending {
        draft.edit().name = Some(name);
    }
}

fn apply_format(draft: &mut Draft, format: &str) {
    match &draft.schema.shape {
        Shape::String(Text::Plain) => match formats::json_schema(format) {
            Some(Formatted::Text(text)) => draft.edit().shape = Shape::String(text),
            Some(Formatted::Check(constraint)) => {
                draft.schema.checks.retain(|check| check.constraint != constraint);
                draft.check(constraint, None, draft.schema.span);
            }
            // Other formats are documentation alone, in JSON Schema too.
            None => {}
        },
        Shape::Integer(_) => {
            if let Some(width) = formats::integer(format) {
                draft.edit().shape = Shape::Integer(width);
            }
        }
        Shape::Any
        | Shape::Never
        | Shape::Null
        | Shape::Boolean
        | Shape::Number
        | Shape::String(_)
        | Shape::Enum { .. }
        | Shape::Array { .. }
        | Shape::Tuple { .. }
        | Shape::Object(_)
        | Shape::Union(_) => {}
    }
}
