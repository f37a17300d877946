//! What requests and responses carry: contents, encodings, headers.

use indexmap::IndexMap;

use super::tree::Node;
use super::version::Version;
use super::{Lowering, docs, docs_over, parameters};
use crate::diagnostics::{Effect, codes};
use crate::model::{Body, Content, Encoding, Header, MediaKind, MediaType, Response, Status, Xml};

impl<'a> Lowering<'a> {
    /// Lowers a request body; `None` if it has no content.
    pub(super) fn body(&mut self, holder: Node<'a>) -> Option<Body> {
        let Some(node) = self.dereference(holder) else {
            return Some(any_body(holder));
        };
        let contents = self.contents(node.get("content")?);
        if contents.is_empty() {
            return None;
        }
        Some(Body {
            span: node.span(),
            docs: docs_over(holder, node),
            required: node.is_true("required"),
            contents,
        })
    }

    fn contents(&mut self, map: Node<'a>) -> Vec<Content> {
        let mut contents: Vec<Content> = Vec::new();
        for (key, media) in map.entries() {
            let media_type = MediaType::new(key.scalar_text());
            let Some(media) = self.dereference(media) else {
                continue;
            };
            let declared = match media_type.kind() {
                MediaKind::EventStream => self.event(media),
                _ => media.get("schema"),
            };
            let schema = declared.map(|schema| self.schema(schema));
            let item = match media_type.kind() {
                MediaKind::Items(_) => media.get("itemSchema"),
                _ => None,
            };
            let item = item.map(|item| self.schema(item));
            if media_type.kind() == MediaKind::Multipart {
                self.note_parts(&media_type, media);
            }
            let xml = declared.map(|schema| self.used_xml(schema));
            let encoding = self.encodings(media);
            contents.push(Content {
                media_type,
                span: key.span(),
                schema,
                item,
                encoding,
                xml: xml.unwrap_or_default(),
            });
        }
        contents
    }

    /// The schema of what a server-sent event carries. `itemSchema` describes the event with its fields, of which `data`
    /// holds JSON by its `contentSchema`; one that has no `data` is taken for what the event carries.
    ///
    /// <https://spec.openapis.org/oas/v3.2.0#server-sent-event-streams>
    fn event(&mut self, media: Node<'a>) -> Option<Node<'a>> {
        let Some(item) = media.get("itemSchema") else {
            return media.get("schema");
        };
        let event = self.dereference(item)?;
        let data = event
            .get("properties")
            .and_then(|properties| properties.get("data"));
        match data {
            Some(data) => self.dereference(data)?.get("contentSchema"),
            // Several kinds of events: the handler writes them.
            None if event.get("oneOf").or(event.get("anyOf")).is_some() => None,
            None => Some(item),
        }
    }

    /// Says that parts are not told apart, where something is said of them: those without names, and those of all bodies but forms.
    fn note_parts(&mut self, media_type: &MediaType, media: Node<'a>) {
        let is_form = media_type.essence() == "multipart/form-data";
        let key = media.entries().find(|(key, said)| match key.scalar_text() {
            "itemSchema" | "prefixEncoding" | "itemEncoding" => true,
            "schema" if !is_form => self.says_parts(*said),
            _ => false,
        });
        if let Some((key, _)) = key {
            let message = format!(
                "what `{}` says of the parts of `{}` is not read",
                key.scalar_text(),
                media_type.as_str()
            );
            let help = "the handler gets and gives the bytes of the body, and takes them apart by the boundary in its content type; parts with names in `multipart/form-data` are typed";
            self.report(
                &codes::openapi::RG0224,
                Effect::Degrades,
                message,
                key.span(),
                help,
            );
        }
    }

    /// Whether a schema says which parts there are.
    fn says_parts(&mut self, schema: Node<'a>) -> bool {
        let keywords = [
            "properties",
            "items",
            "prefixItems",
            "allOf",
            "oneOf",
            "anyOf",
        ];
        let schema = self.chain(schema).last;
        keywords.iter().any(|key| schema.get(key).is_some())
    }

    fn encodings(&mut self, media: Node<'a>) -> IndexMap<String, Encoding> {
        let map = media.get("encoding");
        map.into_iter()
            .flat_map(Node::entries)
            .map(|(field, node)| {
                let encoding = Encoding {
                    content_type: node.str("contentType").map(str::to_owned),
                    style: node.str("style").and_then(parameters::style),
                    explode: node.get("explode").and_then(Node::as_bool),
                };
                (field.scalar_text().to_owned(), encoding)
            })
            .collect()
    }

    /// Lowers the responses of an operation.
    pub(super) fn responses(&mut self, operation: Node<'a>, map: Node<'a>) -> Vec<Response> {
        let mut responses: Vec<Response> = Vec::new();
        for (key, holder) in map
            .entries()
            .filter(|(key, _)| !key.scalar_text().starts_with("x-"))
        {
            let Some(status) = status(key.scalar_text()) else {
                let message = format!("`{}` is no status of HTTP", key.scalar_text());
                let help =
                    "write the likes of `200`, `2XX` or `default`; this response is left out";
                self.malformed(message, key.span(), help);
                continue;
            };
            let Some(node) = self.dereference(holder) else {
                continue;
            };
            if responses.iter().any(|response| response.status == status) {
                self.malformed(
                    format!("status `{}` is declared twice", key.scalar_text()),
                    key.span(),
                    "delete one of the two; this one is left out",
                );
                continue;
            }
            let headers = node
                .get("headers")
                .map(|headers| self.headers(headers))
                .unwrap_or_default();
            let contents = match (self.version, node.get("content")) {
                (Version::V2_0, _) => self.swagger_response(operation, node),
                (Version::V3_0 | Version::V3_1, Some(content)) => self.contents(content),
                (Version::V3_0 | Version::V3_1, None) => Vec::new(),
            };
            let description = docs_over(holder, node).description;
            let links = self.links(node);
            responses.push(Response {
                status,
                span: key.span(),
                description,
                headers,
                contents,
                links,
            });
        }
        responses
    }

    fn headers(&mut self, map: Node<'a>) -> Vec<Header> {
        let mut headers = Vec::new();
        for (name, holder) in map.entries() {
            // "If a response header is defined with the name "Content-Type", it SHALL be ignored":
            // https://spec.openapis.org/oas/v3.1.1#response-object
            if name.scalar_text().eq_ignore_ascii_case("content-type") {
                continue;
            }
            let Some(node) = self.dereference(holder) else {
                continue;
            };
            let content = node
                .get("content")
                .and_then(|content| content.entries().next());
            let schema = node
                .get("schema")
                .or_else(|| content.and_then(|(_, media)| media.get("schema")));
            let schema = match schema {
                _ if self.version == Version::V2_0 => self.swagger_header(node),
                Some(schema) => self.schema(schema),
                None => self.any_schema(),
            };
            headers.push(Header {
                name: name.scalar_text().to_owned(),
                span: name.span(),
                docs: if holder.key() == node.key() {
                    docs(node)
                } else {
                    docs_over(holder, node)
                },
                required: node.is_true("required"),
                schema,
                explode: node.is_true("explode"),
            });
        }
        headers
    }
}

/// The body of a broken reference: bytes of any type, if there are any.
fn any_body(holder: Node<'_>) -> Body {
    let span = holder.start();
    let media_type = MediaType::new("*/*");
    let contents = vec![Content {
        media_type,
        span,
        schema: None,
        item: None,
        encoding: IndexMap::new(),
        xml: Xml::default(),
    }];
    Body {
        span,
        docs: docs(holder),
        required: false,
        contents,
    }
}

/// `200`, `4XX`, `default`.
fn status(text: &str) -> Option<Status> {
    match text.as_bytes() {
        b"default" => Some(Status::Default),
        [class @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(Status::Range(class - b'0')),
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] => text.parse().ok().map(Status::Code),
        _ => None,
    }
}
