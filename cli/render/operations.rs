//! The request and response types of one URL, which people read.

use super::construct;
use super::items::{declaration, field_line, sorted, uses_map, variant_line};
use super::rust::{Modules, Scope, Types, doc};
use crate::model::{Location, Method, Status};
use crate::plan::api::{
    ApiPlan, BodyKind, BodyPlan, OperationPlan, PartKind, PartPlan, ResponseContent, RoutePlan,
    VariantPlan,
};
use crate::plan::code;
use crate::plan::requests::location_name;
use crate::plan::types::{Home, Presence};

/// The places of a request, in the order of its fields.
pub const LOCATIONS: [Location; 4] = [
    Location::Path,
    Location::Query,
    Location::Header,
    Location::Cookie,
];

/// The module of a URL.
pub fn module(api: &ApiPlan, index: usize, modules: &Modules) -> String {
    let route = &api.routes[index];
    let types = modules.types(api, Scope::Route(index));
    let mut body = String::new();
    for operation in &route.operations {
        body.push_str(&self::operation(operation, types));
    }
    let own = api
        .items
        .iter()
        .filter(|(_, item)| item.home == Home::Route(index));
    for (_, item) in sorted(own) {
        body.push_str(&format!("\n{}", declaration(item, types)));
    }
    let own = api
        .items
        .iter()
        .filter(|(_, item)| item.home == Home::Route(index))
        .map(|(_, item)| item);
    let mut uses = String::new();
    if uses_map(own) || body.contains("BTreeMap<") {
        uses.push_str("\nuse std::collections::BTreeMap;\n");
    }
    if body.contains("schemas::") {
        uses.push_str(&format!("\nuse crate::{}::schemas;\n", api.module));
    }
    format!("{}\n//! `{}`\n{uses}{body}", super::GENERATED, title(route))
}

fn title(route: &RoutePlan) -> String {
    route
        .operations
        .first()
        .map_or_else(String::new, |operation| code(&operation.url))
}

/// The name of a type that an operation or a sender has: `GetRequest`.
pub fn name(method: Method, what: &str) -> String {
    let (first, rest) = method.upper().split_at(1);
    format!("{first}{}{what}", rest.to_ascii_lowercase())
}

fn operation(operation: &OperationPlan, types: Types) -> String {
    let mut out = String::from("\n");
    let mut docs = vec![format!(
        "`{} {}`",
        operation.method.upper(),
        code(&operation.url)
    )];
    if !operation.docs.is_empty() {
        docs.push(String::new());
        docs.extend(operation.docs.iter().cloned());
    }
    out.push_str(&doc(&docs, 0));
    request(operation, types, &mut out);
    for location in LOCATIONS {
        parameters(operation, location, types, &mut out);
    }
    if let Some(body) = &operation.body {
        bodies(operation, body, types, &mut out);
    }
    response(operation, types, &mut out);
    out
}

/// Whether values of an operation's request can be cloned and compared: streams and files can't.
fn request_derives(operation: &OperationPlan) -> &'static str {
    let streams = |kind: &BodyKind| match kind {
        BodyKind::Stream | BodyKind::Items { .. } | BodyKind::Multipart { .. } => true,
        BodyKind::Json(_) | BodyKind::Text(..) | BodyKind::Form { .. } => false,
        BodyKind::Xml { .. } => false,
    };
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    if contents
        .into_iter()
        .any(|(_, content)| streams(&content.kind))
    {
        "Debug"
    } else {
        "Debug, Clone"
    }
}

fn request(operation: &OperationPlan, types: Types, out: &mut String) {
    let default = match construct::request_is_optional(operation) {
        true => ", Default",
        false => "",
    };
    out.push_str(&format!(
        "#[derive({}{default})]\n",
        request_derives(operation)
    ));
    let mut fields = String::new();
    for location in LOCATIONS {
        if operation
            .parameters
            .iter()
            .any(|parameter| parameter.location == location)
        {
            let ty = name(operation.method, location_name(location));
            fields.push_str(&field_line(location_field(location), &ty));
        }
    }
    if let Some(body) = &operation.body {
        fields.push_str(&doc(&body.docs, 4));
        let ty = body_type(operation, body, types);
        fields.push_str(&field_line(
            "body",
            &if body.required {
                ty
            } else {
                format!("Option<{ty}>")
            },
        ));
    }
    braces("struct", &name(operation.method, "Request"), &fields, out);
}

pub fn braces(keyword: &str, name: &str, inside: &str, out: &mut String) {
    if inside.is_empty() {
        out.push_str(&format!("pub {keyword} {name} {{}}\n"));
    } else {
        out.push_str(&format!("pub {keyword} {name} {{\n{inside}}}\n"));
    }
}

/// The request's field for a location.
pub fn location_field(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "headers",
        Location::Cookie => "cookies",
    }
}

fn parameters(operation: &OperationPlan, location: Location, types: Types, out: &mut String) {
    let mut fields = String::new();
    for parameter in operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == location)
    {
        let ty = types.ty(&parameter.ty);
        let ty = if parameter.presence == Presence::Optional {
            format!("Option<{ty}>")
        } else {
            ty
        };
        fields.push_str(&doc(&parameter.docs, 4));
        fields.push_str(&field_line(&parameter.name, &ty));
    }
    if fields.is_empty() {
        return;
    }
    let what = match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "headers",
        Location::Cookie => "cookies",
    };
    let url = code(&operation.url);
    out.push_str(&format!(
        "\n/// The {what} of `{} {url}`\n",
        operation.method.upper()
    ));
    let all = construct::parameters(operation, location);
    out.push_str(match construct::are_optional(&all) {
        true => "#[derive(Debug, Clone, Default)]\n",
        false => "#[derive(Debug, Clone)]\n",
    });
    braces(
        "struct",
        &name(operation.method, location_name(location)),
        &fields,
        out,
    );
}

/// The type of a request's body.
pub fn body_type(operation: &OperationPlan, body: &BodyPlan, types: Types) -> String {
    match body.contents.first() {
        Some((_, content)) if !body.is_choice => content_type(&content.kind, types),
        Some(_) | None => name(operation.method, "Body"),
    }
}

/// The type of a body of one content type.
pub fn content_type(kind: &BodyKind, types: Types) -> String {
    match kind {
        BodyKind::Json(ty) | BodyKind::Form { ty, .. } | BodyKind::Xml { ty, .. } => types.ty(ty),
        BodyKind::Text(..) => "String".to_owned(),
        BodyKind::Multipart { name, .. } => match types.scope {
            Scope::Codecs(_) | Scope::Schemas | Scope::Route(_) | Scope::Sender(_) => name.clone(),
        },
        BodyKind::Items { ty, .. } => format!("crate::ItemStream<{}>", types.ty(ty)),
        BodyKind::Stream => "crate::Stream".to_owned(),
    }
}

fn bodies(operation: &OperationPlan, body: &BodyPlan, types: Types, out: &mut String) {
    if body.is_choice {
        let url = code(&operation.url);
        out.push_str(&format!(
            "\n/// The body of `{} {url}`\n",
            operation.method.upper()
        ));
        out.push_str(&format!("#[derive({})]\n", request_derives(operation)));
        let mut variants = String::new();
        for (name, content) in &body.contents {
            variants.push_str(&format!("    /// `{}`\n", code(&content.media)));
            variants.push_str(&variant_line(name, &content_type(&content.kind, types)));
        }
        braces("enum", &name(operation.method, "Body"), &variants, out);
    }
    for (_, content) in &body.contents {
        if let BodyKind::Multipart { name, parts } = &content.kind {
            let default = match construct::form_is_optional(parts) {
                true => ", Default",
                false => "",
            };
            out.push_str(&format!(
                "\n/// The parts of the form.\n#[derive(Debug{default})]\n"
            ));
            let fields: String = parts.iter().map(|part| part_field(part, types)).collect();
            braces("struct", name, &fields, out);
        }
    }
}

fn part_field(part: &PartPlan, types: Types) -> String {
    let ty = match &part.kind {
        PartKind::File(_) => "crate::File".to_owned(),
        PartKind::Files(..) => "Vec<crate::File>".to_owned(),
        PartKind::Value { ty, .. } | PartKind::Xml { ty, .. } => types.ty(ty),
    };
    let is_list = matches!(part.kind, PartKind::Files(..));
    let ty = if part.presence == Presence::Optional && !is_list {
        format!("Option<{ty}>")
    } else {
        ty
    };
    format!("{}{}", doc(&part.docs, 4), field_line(&part.name, &ty))
}

fn response(operation: &OperationPlan, types: Types, out: &mut String) {
    let streams = operation.responses.iter().any(|variant| {
        matches!(
            variant.content,
            ResponseContent::Bytes { .. }
                | ResponseContent::Items { .. }
                | ResponseContent::Events { .. }
        )
    });
    let derives = if streams {
        "#[derive(Debug)]\n"
    } else {
        "#[derive(Debug, Clone)]\n"
    };
    let url = code(&operation.url);
    out.push_str(&format!(
        "\n/// What `{} {url}` answers.\n{derives}",
        operation.method.upper()
    ));
    let variants: String = operation
        .responses
        .iter()
        .map(|variant| self::variant(variant, types))
        .collect();
    braces("enum", &name(operation.method, "Response"), &variants, out);
}

/// The type of a variant's body, if it has one.
pub fn response_type(content: &ResponseContent, types: Types) -> Option<String> {
    match content {
        ResponseContent::Empty => None,
        ResponseContent::Json { ty, .. } | ResponseContent::Xml { ty, .. } => Some(types.ty(ty)),
        ResponseContent::Text { .. } => Some("String".to_owned()),
        ResponseContent::Bytes { .. } => Some("crate::Body".to_owned()),
        ResponseContent::Items { ty, .. } => Some(format!("crate::Items<{}>", types.ty(ty))),
        ResponseContent::Events { .. } => Some("crate::Sse".to_owned()),
    }
}

/// Whether a variant has named fields, and not just a body.
pub fn is_struct_variant(variant: &VariantPlan) -> bool {
    variant.is_range() || !variant.headers.is_empty() || !matches!(variant.status, Status::Code(_))
}

fn variant(variant: &VariantPlan, types: Types) -> String {
    let docs = doc(&variant.docs, 4);
    let body = response_type(&variant.content, types);
    if !is_struct_variant(variant) {
        return match body {
            Some(ty) => format!("{docs}{}", variant_line(&variant.name, &ty)),
            None => format!("{docs}    {},\n", variant.name),
        };
    }
    let mut fields = String::new();
    if !matches!(variant.status, Status::Code(_)) {
        fields.push_str("        /// The status.\n        status: crate::StatusCode,\n");
    }
    for header in &variant.headers {
        let ty = types.ty(&header.ty);
        let ty = if header.required {
            ty
        } else {
            format!("Option<{ty}>")
        };
        fields.push_str(&format!(
            "        /// The header `{}`.\n        {}: {ty},\n",
            code(&header.wire),
            header.name
        ));
    }
    if variant.is_range() {
        fields.push_str("        /// The media type of the body.\n        content_type: String,\n");
    }
    if let Some(ty) = body {
        fields.push_str(&format!("        /// The body.\n        body: {ty},\n"));
    }
    format!("{docs}    {} {{\n{fields}    }},\n", variant.name)
}
