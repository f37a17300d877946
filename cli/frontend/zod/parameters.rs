//! `request.params`, `query`, `headers` and `cookies`: each field of their objects is a parameter.

use super::Lowering;
use super::draft::{Draft, Hints};
use super::routes::Fields;
use super::syntax::Expression;
use crate::diagnostics::codes::zod::{RG0310, RG0316};
use crate::model::{
    Coercion, Docs, Field, Location, Object, Parameter, SchemaId, Shape, Style, Text, Union,
    Unknown, UrlTemplate,
};
use crate::source::Span;

impl Lowering<'_> {
    /// All parameters of a route: path, query, headers, cookies, as far as they fit its path.
    pub fn parameters(
        &mut self,
        request: Option<&Fields>,
        url: &UrlTemplate,
        span: Span,
    ) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        let places = [
            ("params", Location::Path),
            ("query", Location::Query),
            ("headers", Location::Header),
            ("cookies", Location::Cookie),
        ];
        for (name, location) in places {
            let Some(object) = request.and_then(|request| request.get(name)) else {
                continue;
            };
            let objects = self
                .module
                .items(object)
                .unwrap_or_else(|_| vec![object.clone()]);
            for object in objects {
                for field in self.parameter_fields(&object) {
                    parameters.push(self.parameter(field, location));
                }
            }
        }
        self.match_path(&mut parameters, url, span);
        parameters
    }

    /// Holds the path's parameters against the path.
    fn match_path(&mut self, parameters: &mut Vec<Parameter>, url: &UrlTemplate, span: Span) {
        parameters.retain(|parameter| {
            let stays = parameter.location != Location::Path
                || url.parameters().any(|name| name == parameter.name);
            if !stays {
                let message = format!(
                    "the path has no `{{{}}}`, so this parameter is left out",
                    parameter.name
                );
                self.warn(&RG0316, parameter.span, message);
            }
            stays
        });
        let mut missing = Vec::new();
        for name in url.parameters() {
            let declared = |parameter: &&Parameter| {
                parameter.location == Location::Path && parameter.name == name
            };
            if parameters.iter().find(declared).is_none() {
                self.warn(
                    &RG0316,
                    span,
                    format!("`{name}` of the path has no schema; any text is taken"),
                );
                missing.push(Parameter {
                    name: name.to_owned(),
                    location: Location::Path,
                    span,
                    docs: Docs::default(),
                    required: true,
                    schema: self.commit(Draft::new(span, Shape::String(Text::Plain))),
                    default: None,
                    style: Style::Simple,
                    explode: false,
                    content: None,
                });
            }
        }
        parameters.splice(0..0, missing);
    }

    /// The fields of an object whose fields are parameters or headers.
    pub fn parameter_fields(&mut self, object: &Expression) -> Vec<Field> {
        let draft = self.schema(object);
        self.report(draft.refused);
        match draft.schema.shape {
            Shape::Object(object) => object.fields,
            Shape::Any => Vec::new(),
            Shape::Never
            | Shape::Null
            | Shape::Boolean
            | Shape::Integer(_)
            | Shape::Number
            | Shape::String(_)
            | Shape::Enum { .. }
            | Shape::Array { .. }
            | Shape::Tuple { .. }
            | Shape::Union(_) => {
                self.degrade(&RG0310, object.span, "parameters stand in an object");
                Vec::new()
            }
        }
    }

    fn parameter(&mut self, field: Field, location: Location) -> Parameter {
        let (field, docs, hints) = self.own_docs(field);
        let default = match location {
            Location::Path | Location::Header => Style::Simple,
            Location::Query | Location::Cookie => Style::Form,
        };
        let style = hints
            .style
            .as_deref()
            .and_then(|style| self.style(style, hints.span))
            .unwrap_or(default);
        self.read_text_as_typed(field.schema, 0);
        Parameter {
            name: field.name,
            location,
            span: field.span,
            docs,
            required: field.required || location == Location::Path,
            schema: field.schema,
            default: field.default,
            style,
            explode: hints.explode.unwrap_or(style == Style::Form),
            content: None,
        }
    }

    /// A parameter's docs are its own: those said at an inline schema move to it.
    pub fn own_docs(&mut self, mut field: Field) -> (Field, Docs, Hints) {
        let hints = self.hints.get(&field.span).cloned().unwrap_or_default();
        let mut docs = std::mem::take(&mut field.docs);
        let schema = self.schemas.get(field.schema);
        if schema.name.is_none() && schema.docs != Docs::default() {
            let mut schema = schema.clone();
            docs = std::mem::take(&mut schema.docs);
            field.schema = self.schemas.add(schema);
        }
        if !hints.docs.description.is_empty() {
            docs.description.clone_from(&hints.docs.description);
        }
        docs.deprecated |= hints.docs.deprecated;
        (field, docs, hints)
    }

    /// Every parameter comes as text and is read as its type, which is what `z.coerce` says there. JavaScript's
    /// truth of `"false"` is not meant: booleans are read as such too.
    fn read_text_as_typed(&mut self, id: SchemaId, depth: usize) {
        let schema = self.schemas.get(id);
        let inner: Vec<SchemaId> = match &schema.shape {
            Shape::Array { items } => vec![*items],
            Shape::Object(Object { fields, unknown }) => {
                let rest = match unknown {
                    Unknown::Keep(rest) => Some(*rest),
                    Unknown::Drop | Unknown::Reject => None,
                };
                fields
                    .iter()
                    .map(|field| field.schema)
                    .chain(rest)
                    .collect()
            }
            Shape::Union(Union { branches, .. }) => branches.clone(),
            Shape::Tuple { prefix, rest, .. } => prefix.iter().copied().chain(*rest).collect(),
            Shape::Any
            | Shape::Never
            | Shape::Null
            | Shape::Boolean
            | Shape::Integer(_)
            | Shape::Number
            | Shape::String(_)
            | Shape::Enum { .. } => Vec::new(),
        };
        // A moment may be written in more ways when it is coerced.
        let is_read_anyhow = match schema.coerce {
            None | Some(Coercion::Date) => false,
            Some(Coercion::Number | Coercion::BigInt | Coercion::Boolean | Coercion::String) => {
                schema.name.is_none()
            }
        };
        if is_read_anyhow {
            let mut schema = schema.clone();
            schema.coerce = None;
            self.schemas.set(id, schema);
        }
        if depth < 16 {
            inner
                .into_iter()
                .for_each(|id| self.read_text_as_typed(id, depth + 1));
        }
    }
}
