//! `createRoute({ … })`: operations with their bodies and responses.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::Lowering;
use super::constant::Property;
use super::syntax::{Expression, Kind};
use crate::diagnostics::codes::zod::{RG0303, RG0304, RG0310, RG0315, RG0320, RG0321};
use crate::frontend::openapi::url::{self, Parsed};
use crate::model::{
    Asker, Body, Content, Docs, Encoding, Header, MediaType, Method, Operation, Requirement,
    Response, Status, Style, UrlTemplate, Xml,
};
use crate::source::Span;

/// The keys of an object literal in a route, each looked up by name.
pub(super) struct Fields {
    properties: Vec<Property>,
    /// Where the object stands.
    pub span: Span,
}

impl Fields {
    /// What stands at `name`.
    pub fn get(&self, name: &str) -> Option<&Expression> {
        self.properties
            .iter()
            .find(|property| property.name == name)
            .map(|property| &property.value)
    }

    /// All, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Property> {
        self.properties.iter()
    }
}

impl Lowering<'_> {
    /// Every route of the file, in the order of the calls.
    pub fn operations(&mut self, security: &[Requirement]) -> Vec<Operation> {
        let mut routes = Vec::new();
        for expression in &self.module.expressions {
            self.collect_routes(expression, &mut routes, 0);
        }
        let operations = routes
            .iter()
            .filter_map(|(call, arguments)| self.operation(call, arguments, security));
        let operations = operations.collect();
        self.without_repeated(operations)
    }

    /// Leaves out routes that another one takes the requests of, and operation ids that another one has.
    fn without_repeated(&mut self, mut operations: Vec<Operation>) -> Vec<Operation> {
        let (mut urls, mut ids) = (HashSet::new(), HashSet::new());
        operations.retain_mut(|operation| {
            let Operation {
                method, url, span, ..
            } = operation;
            if !urls.insert((*method, url.shape())) {
                let message = format!("another route takes `{} {url}`", method.upper());
                self.degrade(&RG0320, *span, message);
                return false;
            }
            if let Some(id) = operation.operation_id.take_if(|id| !ids.insert(id.clone())) {
                self.warn(
                    &RG0321,
                    *span,
                    format!("another route has the operation id `{id}`; this one goes without"),
                );
            }
            true
        });
        operations
    }

    /// Calls of `createRoute` in an expression, those within functions that only return one among them.
    fn collect_routes(
        &self,
        expression: &Expression,
        routes: &mut Vec<(Expression, Vec<Expression>)>,
        depth: usize,
    ) {
        let mut inlined = Vec::new();
        expression.walk(&mut |inner| {
            let Kind::Call {
                callee, arguments, ..
            } = &*inner.kind
            else {
                return;
            };
            let Kind::Identifier(name) = &*callee.kind else {
                return;
            };
            let imported = self
                .module
                .imports
                .get(name)
                .is_some_and(|import| import.name == "createRoute");
            if imported && !self.module.constants.contains_key(name) {
                routes.push((inner.clone(), arguments.clone()));
            } else if let Some(body) = self.module.inline(callee, arguments) {
                inlined.push(body);
            }
        });
        if depth < 8 {
            inlined
                .iter()
                .for_each(|body| self.collect_routes(body, routes, depth + 1));
        }
    }

    /// The keys of an object literal, spreads laid out; reported when it is none.
    pub fn object_fields(&mut self, expression: &Expression, what: &str) -> Option<Fields> {
        let resolved = self.module.resolve(expression);
        let failed = match &*resolved.kind {
            Kind::Object(entries) => match self.module.properties(entries) {
                Ok(properties) => {
                    return Some(Fields {
                        properties,
                        span: expression.span,
                    });
                }
                Err(failed) => failed,
            },
            _ => expression.clone(),
        };
        let root = root_name(&failed);
        match root.and_then(|name| self.module.imports.get(name).map(|import| (name, import))) {
            Some((name, import)) => {
                let message = format!(
                    "{what} needs `{name}` of `{}`, which is not read",
                    import.module
                );
                self.degrade(&RG0303, failed.span, message);
            }
            None => {
                let message = format!("{what} can't be read from {}", failed.describe());
                self.degrade(&RG0304, failed.span, message);
            }
        }
        None
    }

    /// The text of a constant; reported when it is there and isn't one.
    pub fn text(&mut self, fields: &Fields, name: &str) -> String {
        self.optional_text(fields, name).unwrap_or_default()
    }

    /// As [`Lowering::text`], telling absence apart.
    pub fn optional_text(&mut self, fields: &Fields, name: &str) -> Option<String> {
        let expression = fields.get(name)?;
        if matches!(&*expression.kind, Kind::Identifier(undefined) if undefined == "undefined") {
            return None;
        }
        let text = self.module.string(expression);
        if text.is_none() {
            self.warn(
                &RG0304,
                expression.span,
                format!("this `{name}` would have to be run and is left out"),
            );
        }
        text
    }

    /// Whether a constant is `true`.
    pub fn flag(&self, fields: &Fields, name: &str) -> bool {
        fields
            .get(name)
            .and_then(|value| self.module.value(value))
            .and_then(|value| value.as_bool())
            == Some(true)
    }

    fn operation(
        &mut self,
        call: &Expression,
        arguments: &[Expression],
        open: &[Requirement],
    ) -> Option<Operation> {
        let route = match arguments.first() {
            Some(argument) => self.object_fields(argument, "a route")?,
            None => {
                self.degrade(&RG0315, call.span, "`createRoute()` needs an object");
                return None;
            }
        };
        let (method, url) = self.method_and_url(&route)?;
        let request = route
            .get("request")
            .and_then(|request| self.object_fields(request, "`request`"));
        let parameters = self.parameters(request.as_ref(), &url, route.span);
        let body = request
            .as_ref()
            .and_then(|request| request.get("body"))
            .and_then(|body| self.body(body));
        let responses = route
            .get("responses")
            .map(|responses| self.responses(responses))
            .unwrap_or_default();
        let security = match route.get("security") {
            Some(security) => self.requirements(security),
            None => open.to_vec(),
        };
        let tags = route
            .get("tags")
            .and_then(|tags| self.constant_value(tags, "`tags`"));
        let tags = tags
            .as_ref()
            .and_then(|tags| tags.as_array())
            .into_iter()
            .flatten();
        let tags = tags
            .filter_map(|tag| tag.as_str().map(str::to_owned))
            .collect();
        Some(Operation {
            method,
            url,
            span: declared_at(call),
            asker: Asker::Client,
            operation_id: self.optional_text(&route, "operationId"),
            docs: Docs {
                summary: self.text(&route, "summary"),
                description: self.text(&route, "description"),
                deprecated: self.flag(&route, "deprecated"),
            },
            tags,
            parameters,
            body,
            responses,
            security,
            described_apart: Vec::new(),
        })
    }

    fn method_and_url(&mut self, route: &Fields) -> Option<(Method, UrlTemplate)> {
        let method = route.get("method");
        let found = method
            .and_then(|method| self.module.string(method))
            .and_then(|method| Method::parse(&method));
        if found.is_none() {
            let span = method.map_or(route.span, |method| method.span);
            self.degrade(
                &RG0315,
                span,
                "this route has no method that is known and constant",
            );
        }
        let path = route.get("path");
        let span = path.map_or(route.span, |path| path.span);
        let Some(path) = path.and_then(|path| self.module.string(path)) else {
            self.degrade(&RG0315, span, "this route has no path that is constant");
            return None;
        };
        let Parsed { template, faults } = url::parse(&path);
        for fault in faults {
            self.degrade(&RG0315, span, fault.message);
        }
        Some((found?, template))
    }

    fn body(&mut self, body: &Expression) -> Option<Body> {
        let fields = self.object_fields(body, "`body`")?;
        let contents = fields
            .get("content")
            .map(|content| self.contents(content))
            .unwrap_or_default();
        if contents.is_empty() {
            self.degrade(&RG0310, body.span, "this body has no content");
            return None;
        }
        let description = self.text(&fields, "description");
        let required = self.flag(&fields, "required");
        Some(Body {
            span: body.span,
            docs: Docs {
                description,
                ..Docs::default()
            },
            required,
            contents,
        })
    }

    fn contents(&mut self, content: &Expression) -> Vec<Content> {
        let Some(types) = self.object_fields(content, "`content`") else {
            return Vec::new();
        };
        types
            .iter()
            .filter_map(|media_type| self.content(media_type))
            .collect()
    }

    fn content(&mut self, media_type: &Property) -> Option<Content> {
        let fields = self.object_fields(&media_type.value, "a content")?;
        let schema = fields.get("schema").map(|schema| {
            let draft = self.said_schema(schema);
            self.commit(draft)
        });
        let encoding = fields
            .get("encoding")
            .and_then(|encoding| self.object_fields(encoding, "`encoding`"));
        let mut encodings = IndexMap::new();
        for part in encoding.iter().flat_map(Fields::iter) {
            let Some(fields) = self.object_fields(&part.value, "an encoding") else {
                continue;
            };
            let style = self.optional_text(&fields, "style");
            let explode = fields
                .get("explode")
                .and_then(|explode| self.module.value(explode));
            let encoding = Encoding {
                content_type: self.optional_text(&fields, "contentType"),
                style: style.and_then(|style| self.style(&style, part.span)),
                explode: explode.and_then(|explode| explode.as_bool()),
            };
            encodings.insert(part.name.clone(), encoding);
        }
        Some(Content {
            media_type: MediaType::new(&media_type.name),
            span: media_type.span,
            schema,
            item: None,
            encoding: encodings,
            xml: Xml::default(),
        })
    }

    /// The style of this name; reported when there is none.
    pub fn style(&mut self, name: &str, span: Span) -> Option<Style> {
        let style = match name {
            "matrix" => Style::Matrix,
            "label" => Style::Label,
            "simple" => Style::Simple,
            "form" => Style::Form,
            "spaceDelimited" => Style::SpaceDelimited,
            "pipeDelimited" => Style::PipeDelimited,
            "deepObject" => Style::DeepObject,
            _ => {
                self.degrade(&RG0310, span, format!("there is no style `{name}`"));
                return None;
            }
        };
        Some(style)
    }

    fn responses(&mut self, responses: &Expression) -> Vec<Response> {
        let Some(fields) = self.object_fields(responses, "`responses`") else {
            return Vec::new();
        };
        fields
            .iter()
            .filter_map(|response| self.response(response))
            .collect()
    }

    fn response(&mut self, response: &Property) -> Option<Response> {
        let Some(status) = status(&response.name) else {
            self.degrade(
                &RG0310,
                response.span,
                format!("`{}` is no status", response.name),
            );
            return None;
        };
        let fields = self.object_fields(&response.value, "a response")?;
        let headers = fields
            .get("headers")
            .map(|headers| self.headers(headers))
            .unwrap_or_default();
        let contents = fields
            .get("content")
            .map(|content| self.contents(content))
            .unwrap_or_default();
        let description = self.text(&fields, "description");
        Some(Response {
            status,
            span: response.span,
            description,
            headers,
            contents,
            links: Vec::new(),
        })
    }

    /// Headers of a response: an object of Zod's, or one entry a header in OpenAPI's words.
    fn headers(&mut self, headers: &Expression) -> Vec<Header> {
        let resolved = self.module.resolve(headers);
        if !matches!(&*resolved.kind, Kind::Object(_)) {
            let fields = self.parameter_fields(headers);
            let header = |field| {
                let (field, docs, _) = self.own_docs(field);
                Header {
                    name: field.name,
                    span: field.span,
                    docs,
                    required: field.required,
                    schema: field.schema,
                    explode: false,
                }
            };
            return fields.into_iter().map(header).collect();
        }
        let Some(fields) = self.object_fields(headers, "`headers`") else {
            return Vec::new();
        };
        let mut lowered = Vec::new();
        for header in fields.iter() {
            let Some(said) = self.object_fields(&header.value, "a header") else {
                continue;
            };
            let draft = match said.get("schema") {
                Some(schema) => self.said_schema(schema),
                None => super::draft::Draft::new(header.span, crate::model::Shape::Any),
            };
            let optional = draft.optional;
            let docs = Docs {
                description: self.text(&said, "description"),
                deprecated: self.flag(&said, "deprecated"),
                ..Docs::default()
            };
            lowered.push(Header {
                name: header.name.clone(),
                span: header.span,
                docs,
                required: self.flag(&said, "required") && !optional,
                schema: self.commit(draft),
                explode: self.flag(&said, "explode"),
            });
        }
        lowered
    }
}

/// Where a route is declared: at the name `createRoute`, since the whole call may be a screen long.
fn declared_at(call: &Expression) -> Span {
    match &*call.kind {
        Kind::Call { at, .. } => *at,
        _ => call.span,
    }
}

/// The name that a chain of members and calls begins with.
fn root_name(expression: &Expression) -> Option<&str> {
    match &*expression.kind {
        Kind::Identifier(name) => Some(name),
        Kind::Member { object, .. } | Kind::Index { object, .. } => root_name(object),
        Kind::Call { callee, .. } => root_name(callee),
        _ => None,
    }
}

/// `200`, `4XX`, `default`.
fn status(text: &str) -> Option<Status> {
    if text == "default" {
        return Some(Status::Default);
    }
    match text.as_bytes() {
        [class @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(Status::Range(class - b'0')),
        [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => text.parse().ok().map(Status::Code),
        _ => None,
    }
}
