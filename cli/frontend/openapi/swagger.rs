//! What Swagger 2.0 says otherwise: bodies and forms as parameters, content types apart from schemas, collection formats.
//!
//! <https://spec.openapis.org/oas/v2.0>

use indexmap::IndexMap;

use super::parameters::default_style;
use super::tree::Node;
use super::version::Version;
use super::{Lowering, docs, docs_over};
use crate::diagnostics::{Effect, codes};
use crate::model::{
    Access, Body, Content, Encoding, Field, Location, MediaKind, MediaType, Object, Schema,
    SchemaId, Shape, Style, Text, Unknown, Xml,
};

const URLENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// How the items of a list are written: <https://spec.openapis.org/oas/v2.0#parameter-object>, `collectionFormat`.
enum Collection<'a> {
    /// In one text, between separators.
    Joined(Style),
    /// Each on its own.
    Multi,
    /// Between characters that nothing here takes apart: the format.
    Other(Node<'a>),
}

impl<'a> Collection<'a> {
    /// That of a parameter, header or field at a place.
    fn of(node: Node<'a>, location: Location) -> Self {
        let joined = default_style(location);
        let Some(format) = node.get("collectionFormat") else {
            return Self::Joined(joined);
        };
        match (format.scalar_text(), joined) {
            ("csv", _) => Self::Joined(joined),
            ("multi", Style::Form) => Self::Multi,
            ("ssv", Style::Form) => Self::Joined(Style::SpaceDelimited),
            ("pipes", Style::Form) => Self::Joined(Style::PipeDelimited),
            _ => Self::Other(format),
        }
    }
}

impl<'a> Lowering<'a> {
    /// Whether a parameter of Swagger 2.0 is the body or a part of it.
    pub(super) fn is_of_body(&self, parameter: Node<'a>) -> bool {
        self.version == Version::V2_0 && matches!(parameter.str("in"), Some("body" | "formData"))
    }

    /// Schema, style and explode of a parameter, which is its own schema.
    pub(super) fn swagger_parameter(
        &mut self,
        node: Node<'a>,
        location: Location,
    ) -> (SchemaId, Style, bool) {
        match Collection::of(node, location) {
            Collection::Joined(style) => {
                // Of a single value nothing is joined; OpenAPI 3 calls that exploded.
                let is_single = node.str("type") != Some("array");
                (self.schema(node), style, is_single && style == Style::Form)
            }
            Collection::Multi => (self.schema(node), Style::Form, true),
            Collection::Other(format) => (
                self.unseparated(node, format),
                default_style(location),
                false,
            ),
        }
    }

    /// Text in place of a list whose separators aren't known here.
    fn unseparated(&mut self, node: Node<'a>, format: Node<'a>) -> SchemaId {
        let message = format!(
            "`collectionFormat: {}` is not taken apart here",
            format.scalar_text()
        );
        let help = "the handler gets the whole text; take it apart there";
        self.report(
            &codes::openapi::RG0222,
            Effect::Degrades,
            message,
            format.span(),
            help,
        );
        let schema = Schema::inline(node.start(), Shape::String(Text::Plain));
        self.schemas.add(schema)
    }

    /// The schema of a header of a response, which is the header itself.
    pub(super) fn swagger_header(&mut self, node: Node<'a>) -> SchemaId {
        self.swagger_parameter(node, Location::Header).0
    }

    /// The body that the parameters `in: body` and `in: formData` make; later ones of a name replace earlier ones.
    pub(super) fn swagger_body(&mut self, operation: Node<'a>, lists: &[Node<'a>]) -> Option<Body> {
        let mut parameters: IndexMap<(&'a str, &'a str), (Node<'a>, Node<'a>)> = IndexMap::new();
        for holder in lists.iter().flat_map(|list| list.items()) {
            let Some(node) = self.dereference(holder) else {
                continue;
            };
            match node.str("in") {
                Some("body") => parameters.insert(("body", ""), (holder, node)),
                Some("formData") => {
                    let name = node.get("name").map_or("", Node::scalar_text);
                    parameters.insert(("formData", name), (holder, node))
                }
                Some(_) | None => continue,
            };
        }
        let consumes = self.media_types(operation, "consumes");
        if let Some((holder, node)) = parameters.swap_remove(&("body", "")) {
            if let Some((_, (_, field))) = parameters.first() {
                let message = "an operation has either a body or form fields".to_owned();
                let help = "keep the body or the fields; the body counts";
                self.malformed(message, field.start(), help);
            }
            let schema = node.get("schema");
            let contents = self.swagger_contents(node, schema, &consumes);
            return Some(Body {
                span: node.start(),
                docs: docs_over(holder, node),
                required: node.is_true("required"),
                contents,
            });
        }
        let fields: Vec<Node<'a>> = parameters.into_values().map(|(_, node)| node).collect();
        self.form(&fields, &consumes)
    }

    fn form(&mut self, nodes: &[Node<'a>], consumes: &[MediaType]) -> Option<Body> {
        let first = nodes.first()?;
        let has_files = nodes.iter().any(|node| node.str("type") == Some("file"));
        let mut encoding = IndexMap::new();
        let fields: Vec<Field> = nodes
            .iter()
            .map(|node| self.form_field(*node, &mut encoding))
            .collect();
        let object = Object {
            fields,
            unknown: Unknown::Drop,
        };
        let schema = self
            .schemas
            .add(Schema::inline(first.start(), Shape::Object(object)));
        let mut types: Vec<MediaType> = consumes
            .iter()
            .filter(|media| {
                media.kind() == MediaKind::Multipart
                    || (media.kind() == MediaKind::Form && !has_files)
            })
            .cloned()
            .collect();
        if types.is_empty() {
            types.push(MediaType::new(if has_files {
                MULTIPART
            } else {
                URLENCODED
            }));
        }
        let contents = types.into_iter().map(|media_type| Content {
            media_type,
            span: first.start(),
            schema: Some(schema),
            item: None,
            encoding: encoding.clone(),
            xml: Xml::default(),
        });
        Some(Body {
            span: first.start(),
            docs: crate::model::Docs::default(),
            required: nodes.iter().any(|node| node.is_true("required")),
            contents: contents.collect(),
        })
    }

    fn form_field(&mut self, node: Node<'a>, encoding: &mut IndexMap<String, Encoding>) -> Field {
        let (schema, style, explode) = self.swagger_parameter(node, Location::Query);
        let name = node.get("name").map_or("", Node::scalar_text).to_owned();
        if node.str("type") == Some("array") {
            let joined = Encoding {
                content_type: None,
                style: Some(style),
                explode: Some(explode),
            };
            encoding.insert(name.clone(), joined);
        }
        let default = self.default_of(node);
        Field {
            name,
            span: node.get("name").unwrap_or(node).span(),
            schema,
            required: node.is_true("required") && default.is_none(),
            default,
            access: Access::Both,
            docs: docs(node),
            xml: Xml::default(),
        }
    }

    /// The contents of a response: its schema in every content type that the operation produces.
    pub(super) fn swagger_response(
        &mut self,
        operation: Node<'a>,
        response: Node<'a>,
    ) -> Vec<Content> {
        let Some(schema) = response.get("schema") else {
            return Vec::new();
        };
        let mut produces = self.media_types(operation, "produces");
        let is_file = self
            .dereference(schema)
            .is_some_and(|schema| schema.str("type") == Some("file"));
        if is_file {
            produces.retain(|media| matches!(media.kind(), MediaKind::Bytes | MediaKind::Items(_)));
            if produces.is_empty() {
                produces.push(MediaType::new("application/octet-stream"));
            }
        }
        self.swagger_contents(response, Some(schema), &produces)
    }

    fn swagger_contents(
        &mut self,
        holder: Node<'a>,
        schema: Option<Node<'a>>,
        types: &[MediaType],
    ) -> Vec<Content> {
        let json = [MediaType::new("application/json")];
        let types = if types.is_empty() { &json } else { types };
        let key = schema.unwrap_or(holder);
        let xml = schema.map_or_else(Xml::default, |schema| self.used_xml(schema));
        let schema = schema.map(|schema| self.schema(schema));
        let mut contents: Vec<Content> = Vec::with_capacity(types.len());
        for media_type in types {
            if contents
                .iter()
                .any(|content| content.media_type == *media_type)
            {
                continue;
            }
            contents.push(Content {
                media_type: media_type.clone(),
                span: key.start(),
                schema,
                item: None,
                encoding: IndexMap::new(),
                xml: xml.clone(),
            });
        }
        contents
    }

    /// The content types of an operation, or else those of the document.
    fn media_types(&self, operation: Node<'a>, key: &str) -> Vec<MediaType> {
        let list = operation
            .get(key)
            .or_else(|| self.documents.root().get(key));
        let items = list.into_iter().flat_map(Node::items);
        items
            .map(|item| MediaType::new(item.scalar_text()))
            .collect()
    }
}
