//! The contract as the server gives it away, written anew from the model: for contracts that are no OpenAPI document.

mod schemas;

use serde_json::{Map, json};

use self::schemas::Schemas;
use crate::model::{
    Api, Body, Content, Docs, Document, Header, Location, MediaType, Mount, Operation, Parameter,
    Requirement, Response, SchemeKind, SecurityScheme, Status, Style, Value,
};

/// Where the value of `servers` stands in the pretty text: no other key is indented so little, and no string of
/// JSON holds a line break.
const SERVERS: &str = "\n  \"servers\": ";

/// The OpenAPI 3.1 document of an API.
pub fn document(api: &Api) -> Document {
    let schemas = Schemas { api };
    let mut info = Map::new();
    info.insert("title".into(), api.title.clone().into());
    info.insert("version".into(), api.version.clone().into());
    text(&mut info, "description", &api.description);
    let document = json!({
        "openapi": "3.1.0",
        "info": info,
        "servers": null,
        "paths": paths(api, &schemas),
        "components": components(api, &schemas),
    });
    let pretty = serde_json::to_string_pretty(&document).expect("a value of ours is JSON");
    let (before, after) = pretty
        .split_once(SERVERS)
        .expect("the document has servers");
    Document {
        before_servers: format!("{before}{SERVERS}"),
        after_servers: after
            .strip_prefix("null")
            .expect("servers are null above")
            .to_owned(),
        mount: Mount::Servers,
    }
}

fn paths(api: &Api, schemas: &Schemas<'_>) -> Map<String, Value> {
    let mut paths = Map::new();
    for operation in &api.operations {
        let item = paths
            .entry(operation.url.to_string())
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(item) = item {
            item.insert(
                operation.method.lower().to_owned(),
                Value::Object(self::operation(api, schemas, operation)),
            );
        }
    }
    paths
}

fn components(api: &Api, schemas: &Schemas<'_>) -> Map<String, Value> {
    let mut components = Map::new();
    let named = schemas.components();
    if !named.is_empty() {
        components.insert("schemas".into(), Value::Object(named));
    }
    if !api.security_schemes.is_empty() {
        let schemes = api
            .security_schemes
            .iter()
            .map(|scheme| (scheme.name.clone(), security_scheme(scheme)));
        components.insert("securitySchemes".into(), Value::Object(schemes.collect()));
    }
    components
}

fn operation(api: &Api, schemas: &Schemas<'_>, operation: &Operation) -> Map<String, Value> {
    let mut object = Map::new();
    if let Some(id) = &operation.operation_id {
        object.insert("operationId".into(), id.clone().into());
    }
    docs(&mut object, &operation.docs, "summary");
    if !operation.tags.is_empty() {
        object.insert("tags".into(), operation.tags.clone().into());
    }
    if !operation.parameters.is_empty() {
        let parameters = operation
            .parameters
            .iter()
            .map(|parameter| self::parameter(schemas, parameter));
        object.insert("parameters".into(), Value::Array(parameters.collect()));
    }
    if let Some(body) = &operation.body {
        object.insert("requestBody".into(), self::body(schemas, body));
    }
    let responses = operation.responses.iter().map(|response| {
        let status = match response.status {
            Status::Code(code) => code.to_string(),
            Status::Range(class) => format!("{class}XX"),
            Status::Default => "default".to_owned(),
        };
        (status, self::response(schemas, response))
    });
    object.insert("responses".into(), Value::Object(responses.collect()));
    if !operation.security.is_empty() {
        let security = operation
            .security
            .iter()
            .map(|requirement| self::requirement(api, requirement));
        object.insert("security".into(), Value::Array(security.collect()));
    }
    object
}

fn parameter(schemas: &Schemas<'_>, parameter: &Parameter) -> Value {
    let mut object = Map::new();
    object.insert("name".into(), parameter.name.clone().into());
    let (place, usual) = match parameter.location {
        Location::Path => ("path", Style::Simple),
        Location::Query => ("query", Style::Form),
        Location::Header => ("header", Style::Simple),
        Location::Cookie => ("cookie", Style::Form),
    };
    object.insert("in".into(), place.into());
    docs(&mut object, &parameter.docs, "x-summary");
    if parameter.required {
        object.insert("required".into(), true.into());
    }
    let mut schema = schemas.reference(parameter.schema);
    if let (Some(default), Value::Object(schema)) = (&parameter.default, &mut schema) {
        schema.insert("default".into(), default.clone());
    }
    match &parameter.content {
        Some(media_type) => {
            object.insert(
                "content".into(),
                json!({ (media_type.as_str()): { "schema": schema } }),
            );
        }
        None => {
            if parameter.style != usual {
                object.insert("style".into(), style(parameter.style).into());
            }
            if parameter.explode != (parameter.style == Style::Form) {
                object.insert("explode".into(), parameter.explode.into());
            }
            object.insert("schema".into(), schema);
        }
    }
    Value::Object(object)
}

fn style(style: Style) -> &'static str {
    match style {
        Style::Matrix => "matrix",
        Style::Label => "label",
        Style::Simple => "simple",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
    }
}

fn body(schemas: &Schemas<'_>, body: &Body) -> Value {
    let mut object = Map::new();
    docs(&mut object, &body.docs, "x-summary");
    if body.required {
        object.insert("required".into(), true.into());
    }
    object.insert("content".into(), contents(schemas, &body.contents));
    Value::Object(object)
}

fn response(schemas: &Schemas<'_>, response: &Response) -> Value {
    let mut object = Map::new();
    object.insert("description".into(), response.description.clone().into());
    if !response.headers.is_empty() {
        let headers = response
            .headers
            .iter()
            .map(|header| (header.name.clone(), self::header(schemas, header)));
        object.insert("headers".into(), Value::Object(headers.collect()));
    }
    if !response.contents.is_empty() {
        object.insert("content".into(), contents(schemas, &response.contents));
    }
    Value::Object(object)
}

fn header(schemas: &Schemas<'_>, header: &Header) -> Value {
    let mut object = Map::new();
    docs(&mut object, &header.docs, "x-summary");
    if header.required {
        object.insert("required".into(), true.into());
    }
    if header.explode {
        object.insert("explode".into(), true.into());
    }
    object.insert("schema".into(), schemas.reference(header.schema));
    Value::Object(object)
}

fn contents(schemas: &Schemas<'_>, contents: &[Content]) -> Value {
    let content = |content: &Content| {
        let mut object = Map::new();
        if let Some(schema) = content.schema {
            object.insert("schema".into(), schemas.reference(schema));
        }
        if let Some(item) = content.item {
            object.insert("itemSchema".into(), schemas.reference(item));
        }
        let mut encodings = Map::new();
        for (name, encoding) in &content.encoding {
            let mut said = Map::new();
            if let Some(content_type) = &encoding.content_type {
                said.insert("contentType".into(), content_type.clone().into());
            }
            if let Some(style) = encoding.style {
                said.insert("style".into(), self::style(style).into());
            }
            if let Some(explode) = encoding.explode {
                said.insert("explode".into(), explode.into());
            }
            encodings.insert(name.clone(), Value::Object(said));
        }
        if !encodings.is_empty() {
            object.insert("encoding".into(), Value::Object(encodings));
        }
        let media_type: &MediaType = &content.media_type;
        (media_type.as_str().to_owned(), Value::Object(object))
    };
    Value::Object(contents.iter().map(content).collect())
}

fn requirement(api: &Api, requirement: &Requirement) -> Value {
    let uses = requirement.uses.iter().map(|use_| {
        let scheme = &api.security_schemes[use_.scheme];
        (scheme.name.clone(), Value::from(use_.scopes.clone()))
    });
    Value::Object(uses.collect())
}

fn security_scheme(scheme: &SecurityScheme) -> Value {
    let mut value = match &scheme.kind {
        SchemeKind::ApiKeyHeader(name) => json!({ "type": "apiKey", "in": "header", "name": name }),
        SchemeKind::ApiKeyQuery(name) => json!({ "type": "apiKey", "in": "query", "name": name }),
        SchemeKind::ApiKeyCookie(name) => json!({ "type": "apiKey", "in": "cookie", "name": name }),
        SchemeKind::Basic => json!({ "type": "http", "scheme": "basic" }),
        SchemeKind::Bearer { format: None } => json!({ "type": "http", "scheme": "bearer" }),
        SchemeKind::Bearer {
            format: Some(format),
        } => {
            json!({ "type": "http", "scheme": "bearer", "bearerFormat": format })
        }
        SchemeKind::Http(name) => json!({ "type": "http", "scheme": name }),
        // The model doesn't know where tokens are given out, only that they are asked for.
        SchemeKind::OAuth2 => json!({ "type": "oauth2", "flows": {} }),
        SchemeKind::OpenIdConnect => json!({ "type": "openIdConnect", "openIdConnectUrl": "" }),
        SchemeKind::MutualTls => json!({ "type": "mutualTLS" }),
    };
    if let Value::Object(object) = &mut value {
        docs(object, &scheme.docs, "x-summary");
    }
    value
}

/// Docs, with the one line under the key that it has there.
fn docs(object: &mut Map<String, Value>, docs: &Docs, line: &str) {
    text(object, line, &docs.summary);
    text(object, "description", &docs.description);
    if docs.deprecated {
        object.insert("deprecated".into(), true.into());
    }
}

/// Text that is there.
fn text(object: &mut Map<String, Value>, key: &str, text: &str) {
    if !text.is_empty() {
        object.insert(key.into(), text.into());
    }
}
