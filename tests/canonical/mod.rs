//! A model as text that says what it means and not where or how it was written: no spans, no document, only what is
//! reached, checks in order of their names, docs of a use and of its inline schema in one place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use routegen::model::{
    Api, Body, Constraint, Content, Docs, Field, Object, Operation, Requirement, Response, Schema,
    SchemaId, Shape, Union, Unknown, Xml,
};

/// The canonical text of an API.
pub fn text(api: &Api) -> String {
    let mut writer = Writer {
        api,
        out: String::new(),
        named: BTreeMap::new(),
        done: BTreeSet::new(),
    };
    writer.api();
    writer.out
}

struct Writer<'a> {
    api: &'a Api,
    out: String,
    named: BTreeMap<String, SchemaId>,
    done: BTreeSet<String>,
}

impl Writer<'_> {
    fn line(&mut self, indent: usize, text: impl AsRef<str>) {
        writeln!(
            self.out,
            "{:indent$}{}",
            "",
            text.as_ref(),
            indent = indent * 2
        )
        .unwrap();
    }

    fn api(&mut self) {
        let api = self.api;
        self.line(
            0,
            format!("{:?} {:?} {:?}", api.title, api.version, api.server_path),
        );
        self.line(0, format!("about {:?}", api.description));
        for operation in &api.operations {
            self.operation(operation);
        }
        while let Some((name, id)) = self.named.pop_first() {
            if self.done.insert(name.clone()) {
                let schema = api.schema(id);
                self.line(0, format!("schema {name}{}", docs(&schema.docs)));
                self.shape(1, schema);
            }
        }
        for scheme in &api.security_schemes {
            self.line(
                0,
                format!(
                    "scheme {} {:?}{}",
                    scheme.name,
                    scheme.kind,
                    docs(&scheme.docs)
                ),
            );
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let Operation {
            method,
            url,
            operation_id,
            tags,
            ..
        } = operation;
        self.line(
            0,
            format!(
                "{} {url} {operation_id:?} {tags:?}{}",
                method.upper(),
                docs(&operation.docs)
            ),
        );
        let mut parameters: Vec<_> = operation.parameters.iter().collect();
        parameters.sort_by_key(|parameter| parameter.location);
        for parameter in parameters {
            let said = self.docs_here(&parameter.docs, parameter.schema);
            let default = parameter
                .default
                .as_ref()
                .map(|value| format!(" = {value}"))
                .unwrap_or_default();
            self.line(
                1,
                format!(
                    "{:?} {} required={} {:?} explode={} {:?}{default}{said}",
                    parameter.location,
                    parameter.name,
                    parameter.required,
                    parameter.style,
                    parameter.explode,
                    parameter.content,
                ),
            );
            self.schema(2, parameter.schema);
        }
        if let Some(body) = &operation.body {
            self.body(body);
        }
        for response in &operation.responses {
            self.response(response);
        }
        for requirement in &operation.security {
            self.requirement(requirement);
        }
    }

    fn requirement(&mut self, requirement: &Requirement) {
        let uses = requirement.uses.iter();
        let uses: Vec<_> = uses
            .map(|use_| {
                format!(
                    "{} {:?}",
                    self.api.security_schemes[use_.scheme].name, use_.scopes
                )
            })
            .collect();
        self.line(1, format!("needs {}", uses.join(" and ")));
    }

    fn body(&mut self, body: &Body) {
        self.line(
            1,
            format!("body required={}{}", body.required, docs(&body.docs)),
        );
        body.contents
            .iter()
            .for_each(|content| self.content(content));
    }

    fn response(&mut self, response: &Response) {
        self.line(
            1,
            format!("{:?} {:?}", response.status, response.description),
        );
        for header in &response.headers {
            let said = self.docs_here(&header.docs, header.schema);
            self.line(
                2,
                format!(
                    "header {} required={} explode={}{said}",
                    header.name, header.required, header.explode
                ),
            );
            self.schema(3, header.schema);
        }
        response
            .contents
            .iter()
            .for_each(|content| self.content(content));
    }

    fn content(&mut self, content: &Content) {
        self.line(
            2,
            format!(
                "{} {:?}{}",
                content.media_type.as_str(),
                content.encoding,
                xml(&content.xml)
            ),
        );
        if let Some(schema) = content.schema {
            self.schema(3, schema);
        }
    }

    /// Docs of a use, or of its inline schema if it has none.
    fn docs_here(&self, said: &Docs, id: SchemaId) -> String {
        let schema = self.api.schema(id);
        if *said == Docs::default() && schema.name.is_none() {
            docs(&schema.docs)
        } else {
            docs(said)
        }
    }

    fn schema(&mut self, indent: usize, id: SchemaId) {
        let schema = self.api.schema(id);
        match &schema.name {
            Some(name) => {
                self.line(indent, format!("is {name}"));
                self.named.insert(name.clone(), id);
            }
            None => self.shape(indent, schema),
        }
    }

    fn shape(&mut self, indent: usize, schema: &Schema) {
        let Schema {
            nullable, coerce, ..
        } = schema;
        // A tuple says by itself how many items it needs.
        let said_twice = |constraint: &Constraint| match (&schema.shape, constraint) {
            (Shape::Tuple { required, .. }, Constraint::MinItems(count)) => {
                *count <= *required as u64
            }
            _ => false,
        };
        let checks = schema.checks.iter().map(|check| &check.constraint);
        let mut checks: Vec<_> = checks
            .filter(|constraint| !said_twice(constraint))
            .map(|constraint| format!("{constraint:?}"))
            .collect();
        checks.sort();
        let rest = format!(
            "nullable={nullable} coerce={coerce:?} {}{}{}",
            checks.join(" "),
            xml(&schema.xml),
            xml(&schema.items_xml)
        );
        match &schema.shape {
            Shape::Array { items } => {
                self.line(indent, format!("array {rest}"));
                self.schema(indent + 1, *items);
            }
            Shape::Tuple {
                prefix,
                rest: after,
                required,
            } => {
                self.line(indent, format!("tuple required={required} {rest}"));
                prefix
                    .iter()
                    .for_each(|item| self.schema(indent + 1, *item));
                if let Some(after) = after {
                    self.line(indent + 1, "rest");
                    self.schema(indent + 2, *after);
                }
            }
            Shape::Object(object) => {
                self.line(indent, format!("object {rest}"));
                self.object(indent + 1, object);
            }
            Shape::Union(Union {
                kind,
                branches,
                discriminator,
            }) => {
                self.line(indent, format!("union {kind:?} {discriminator:?} {rest}"));
                branches
                    .iter()
                    .for_each(|branch| self.schema(indent + 1, *branch));
            }
            simple => self.line(indent, format!("{simple:?} {rest}")),
        }
    }

    fn object(&mut self, indent: usize, object: &Object) {
        for field in &object.fields {
            self.field(indent, field);
        }
        match object.unknown {
            Unknown::Drop => self.line(indent, "others dropped"),
            Unknown::Reject => self.line(indent, "others refused"),
            Unknown::Keep(id) => {
                self.line(indent, "others");
                self.schema(indent + 1, id);
            }
        }
    }

    fn field(&mut self, indent: usize, field: &Field) {
        let Field {
            name,
            required,
            default,
            access,
            ..
        } = field;
        let said = self.docs_here(&field.docs, field.schema);
        let default = default
            .as_ref()
            .map(|value| format!(" = {value}"))
            .unwrap_or_default();
        self.line(
            indent,
            format!(
                "field {name} required={required} {access:?}{default}{said}{}",
                xml(&field.xml)
            ),
        );
        self.schema(indent + 1, field.schema);
    }
}

fn xml(xml: &Xml) -> String {
    match *xml == Xml::default() {
        true => String::new(),
        false => format!(" {xml:?}"),
    }
}

fn docs(docs: &Docs) -> String {
    let mut text = String::new();
    for part in [&docs.summary, &docs.description] {
        if !part.is_empty() {
            write!(text, " {part:?}").unwrap();
        }
    }
    text + if docs.deprecated { " deprecated" } else { "" }
}
