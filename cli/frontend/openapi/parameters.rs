//! Parameters of operations, and how their values are written.

use super::tree::Node;
use super::version::Version;
use super::{Lowering, docs, docs_over, url};
use crate::diagnostics::{Effect, codes};
use crate::model::{
    Docs, Location, MediaKind, MediaType, Parameter, Schema, Shape, Style, Text, UrlTemplate,
};
use crate::source::Span;

/// How values are written when nothing is said: style and explode.
///
/// <https://spec.openapis.org/oas/v3.1.1#fixed-fields-for-use-with-schema>
pub(super) fn default_style(location: Location) -> Style {
    match location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::Cookie => Style::Form,
    }
}

/// The style of this name; 3.2's `cookie` is `form` without percent-encoding.
pub(super) fn style(text: &str) -> Option<Style> {
    match text {
        "matrix" => Some(Style::Matrix),
        "label" => Some(Style::Label),
        "simple" => Some(Style::Simple),
        "form" | "cookie" => Some(Style::Form),
        "spaceDelimited" => Some(Style::SpaceDelimited),
        "pipeDelimited" => Some(Style::PipeDelimited),
        "deepObject" => Some(Style::DeepObject),
        _ => None,
    }
}

fn fits(style: Style, location: Location) -> bool {
    match style {
        Style::Matrix | Style::Label => location == Location::Path,
        Style::Simple => matches!(location, Location::Path | Location::Header),
        Style::Form => matches!(location, Location::Query | Location::Cookie),
        Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject => {
            location == Location::Query
        }
    }
}

/// Where parameters of this `in` stand. The query string as a whole is an object in the query whose properties stand
/// on their own: <https://spec.openapis.org/oas/v3.2.0#parameter-locations>.
fn location(text: &str) -> Option<Location> {
    match text {
        "path" => Some(Location::Path),
        "query" | "querystring" => Some(Location::Query),
        "header" => Some(Location::Header),
        "cookie" => Some(Location::Cookie),
        _ => None,
    }
}

fn is_form(media: &str) -> bool {
    MediaType::new(media).kind() == MediaKind::Form
}

impl<'a> Lowering<'a> {
    /// Lowers a list of parameters; one of the same name and place replaces the one before it.
    pub(super) fn parameters(
        &mut self,
        list: Node<'a>,
        template: &mut UrlTemplate,
        parameters: &mut Vec<Parameter>,
    ) {
        for item in list.items() {
            let Some(node) = self.dereference(item) else {
                continue;
            };
            if self.is_of_body(node) {
                continue;
            }
            let Some(parameter) = self.parameter(item, node) else {
                continue;
            };
            if node.is_true("x-catch-all") && !url::catch_all(template, &parameter.name) {
                let message = format!("`{}` can't take the rest of the path", parameter.name);
                let help = "only a parameter that is the whole last segment can";
                self.report(
                    &codes::openapi::RG0218,
                    Effect::Degrades,
                    message,
                    parameter.span,
                    help,
                );
            }
            let same = |other: &&mut Parameter| {
                other.location == parameter.location
                    && match other.location {
                        Location::Header => other.name.eq_ignore_ascii_case(&parameter.name),
                        Location::Path | Location::Query | Location::Cookie => {
                            other.name == parameter.name
                        }
                    }
            };
            match parameters.iter_mut().find(same) {
                Some(place) => *place = parameter,
                None => parameters.push(parameter),
            }
        }
    }

    /// Lowers one parameter; `holder` is where it is used, `node` where it is declared.
    fn parameter(&mut self, holder: Node<'a>, node: Node<'a>) -> Option<Parameter> {
        let Some(name) = node.get("name").filter(|name| !name.is_collection()) else {
            let help = "give it one; until then it is left out";
            self.malformed("a parameter has no `name`".to_owned(), node.start(), help);
            return None;
        };
        let place = node.str("in").unwrap_or_default();
        let Some(location) = location(place) else {
            self.other_location(place, node);
            return None;
        };
        let content = node
            .get("content")
            .and_then(|content| content.entries().next());
        let is_whole_query = place == "querystring";
        if is_whole_query && !content.is_some_and(|(media, _)| is_form(media.scalar_text())) {
            let message = "a query string that is no form is not read".to_owned();
            let span = node.get("in").map_or(node.start(), Node::span);
            let help = "let its `content` be `application/x-www-form-urlencoded`, or read the query in the handler";
            self.malformed(message, span, help);
            return None;
        }
        let name_text = name.scalar_text();
        // "If in is header and the name field is Accept, Content-Type or Authorization, the parameter definition
        // SHALL be ignored": https://spec.openapis.org/oas/v3.1.1#parameter-object
        let ignored = ["accept", "content-type", "authorization"];
        if location == Location::Header
            && ignored.contains(&name_text.to_ascii_lowercase().as_str())
        {
            return None;
        }
        let schema_node = node
            .get("schema")
            .or_else(|| content.and_then(|(_, media)| media.get("schema")));
        let (schema, style, explode) = match (self.version, schema_node) {
            (Version::V2_0, _) => self.swagger_parameter(node, location),
            (Version::V3_0 | Version::V3_1, declared) => {
                let style = self.parameter_style(node, location);
                let explode = node.get("explode").and_then(Node::as_bool);
                let schema = match declared {
                    Some(schema) => self.schema(schema),
                    None => self.any_schema(),
                };
                (schema, style, explode.unwrap_or(style == Style::Form))
            }
        };
        let says_default = match self.version {
            Version::V2_0 => Some(node),
            Version::V3_0 | Version::V3_1 => schema_node,
        };
        let default = says_default.and_then(|schema| self.default_of(schema));
        Some(Parameter {
            name: name_text.to_owned(),
            location,
            span: name.span(),
            docs: if holder.key() == node.key() {
                docs(node)
            } else {
                docs_over(holder, node)
            },
            required: location == Location::Path || (node.is_true("required") && default.is_none()),
            schema,
            default,
            style,
            explode,
            content: content
                .filter(|_| !is_whole_query)
                .map(|(media, _)| MediaType::new(media.scalar_text())),
        })
    }

    fn parameter_style(&mut self, node: Node<'a>, location: Location) -> Style {
        let Some(declared) = node.get("style") else {
            return default_style(location);
        };
        match style(declared.scalar_text()).filter(|style| fits(*style, location)) {
            Some(style) => style,
            None => {
                let message = format!(
                    "style `{}` does not exist in this place",
                    declared.scalar_text()
                );
                self.malformed(
                    message,
                    declared.span(),
                    "delete it, or use one that this place has",
                );
                default_style(location)
            }
        }
    }

    fn other_location(&mut self, place: &str, node: Node<'a>) {
        let span = node.get("in").map_or(node.start(), Node::span);
        let message = match place {
            "" => "a parameter has no `in`".to_owned(),
            _ => format!("parameters can't stand in `{place}`"),
        };
        let help = "write `path`, `query`, `header` or `cookie`; until then it is left out";
        self.malformed(message, span, help);
    }

    /// A parameter that only the path names: text.
    pub(super) fn undeclared_path_parameter(&mut self, name: &str, span: Span) -> Parameter {
        Parameter {
            name: name.to_owned(),
            location: Location::Path,
            span,
            docs: Docs::default(),
            required: true,
            schema: self
                .schemas
                .add(Schema::inline(span, Shape::String(Text::Plain))),
            default: None,
            style: Style::Simple,
            explode: false,
            content: None,
        }
    }
}
