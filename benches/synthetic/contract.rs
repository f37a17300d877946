//! The made-up API as OpenAPI 3.1.

use serde_json::{Map, Value, json};

use super::{Field, Kind, Resource, words};

/// As in GitHub's contract, where a tag has some twenty operations.
const RESOURCES_OF_A_TAG: usize = 5;

/// The contract of these resources; each field is described in about so many bytes.
pub fn contract(resources: &[Resource], description: usize) -> String {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    for (index, resource) in resources.iter().enumerate() {
        let tag = words::NOUNS[index / RESOURCES_OF_A_TAG % words::NOUNS.len()];
        add_paths(resource, tag, &mut paths);
        add_schemas(resource, description, &mut schemas);
    }
    let text = json!({ "type": "string" });
    schemas.insert(
        "Problem".to_owned(),
        json!({
            "type": "object",
            "required": ["title", "status"],
            "properties": {
                "title": text, "detail": text, "status": { "type": "integer", "format": "int32" },
            },
        }),
    );
    let contract = json!({
        "openapi": "3.1.0",
        "info": { "title": "Made up", "version": "1.0.0" },
        "servers": [{ "url": "/api/v1" }],
        "paths": paths,
        "components": { "schemas": schemas },
    });
    serde_json::to_string_pretty(&contract).expect("a JSON value can be printed")
}

fn add_paths(resource: &Resource, tag: &str, paths: &mut Map<String, Value>) {
    let Resource { ty, path, .. } = resource;
    let body = |schema: &str| json!({ "required": true, "content": { "application/json": { "schema": reference(schema) } } });
    let answer = |schema: &str| json!({ "description": format!("`{schema}`"), "content": { "application/json": { "schema": reference(schema) } } });
    let missing = answer("Problem");
    let list = json!({
        "operationId": format!("list{ty}"),
        "summary": format!("List {path}"),
        "parameters": [
            { "name": "cursor", "in": "query", "schema": { "type": "string", "minLength": 1, "maxLength": 64 } },
            { "name": "limit", "in": "query", "schema": { "type": "integer", "minimum": 1, "maximum": 100, "default": 20 } },
            { "name": "status", "in": "query", "schema": reference(&format!("{ty}Status")) },
            { "name": "search", "in": "query", "schema": { "type": "string", "minLength": 2 } },
        ],
        "responses": { "200": answer(&format!("{ty}Page")) },
    });
    let create = json!({
        "operationId": format!("create{ty}"),
        "requestBody": body(&format!("{ty}Draft")),
        "responses": { "201": answer(ty), "409": missing },
    });
    let read = json!({
        "operationId": format!("read{ty}"),
        "responses": { "200": answer(ty), "404": missing },
    });
    let update = json!({
        "operationId": format!("update{ty}"),
        "requestBody": body(&format!("{ty}Draft")),
        "responses": { "200": answer(ty), "404": missing },
    });
    let delete = json!({
        "operationId": format!("delete{ty}"),
        "responses": { "204": { "description": "It is gone." }, "404": missing },
    });
    let all = [
        ("get", list),
        ("post", create),
        ("get", read),
        ("put", update),
        ("delete", delete),
    ];
    let id = json!([{ "name": "id", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } }]);
    for (index, (method, mut operation)) in all.into_iter().enumerate().take(resource.operations) {
        operation["tags"] = json!([tag]);
        let (url, parameters) = match index {
            0 | 1 => (format!("/{path}"), json!([])),
            _ => (format!("/{path}/{{id}}"), id.clone()),
        };
        let item = paths
            .entry(url)
            .or_insert(json!({ "parameters": parameters }));
        item[method] = operation;
    }
}

fn add_schemas(resource: &Resource, description: usize, schemas: &mut Map<String, Value>) {
    let ty = &resource.ty;
    let id = json!({ "type": "string", "format": "uuid" });
    let instant = json!({ "type": "string", "format": "date-time" });
    let draft = object(ty, &resource.fields, description);
    let mut full = draft.clone();
    full["properties"]["id"] = id;
    full["properties"]["createdAt"] = instant;
    full["properties"]["events"] =
        json!({ "type": "array", "items": reference(&format!("{ty}Event")) });
    for name in ["id", "createdAt", "events"] {
        full["required"]
            .as_array_mut()
            .expect("made above")
            .push(json!(name));
    }
    let page = json!({
        "type": "object",
        "required": ["items", "nextCursor"],
        "properties": {
            "items": { "type": "array", "items": reference(&format!("{ty}Summary")) },
            "nextCursor": { "type": ["string", "null"] },
            "total": { "type": "integer", "format": "int64" },
        },
    });
    schemas.insert(ty.clone(), full);
    schemas.insert(format!("{ty}Draft"), draft);
    schemas.insert(format!("{ty}Page"), page);
    schemas.insert(
        format!("{ty}Detail"),
        object(ty, &resource.detail, description),
    );
    let summary: Vec<_> = resource.fields[..6].to_vec();
    schemas.insert(format!("{ty}Summary"), object(ty, &summary, description));
    schemas.insert(
        format!("{ty}Event"),
        object(ty, &resource.event, description),
    );
    schemas.insert(
        format!("{ty}Status"),
        json!({ "type": "string", "enum": resource.statuses }),
    );
}

fn object(ty: &str, fields: &[Field], description: usize) -> Value {
    let mut properties = Map::new();
    for field in fields {
        let mut schema = schema(ty, field.kind);
        if schema.get("$ref").is_none() {
            schema["description"] = describe(field.name, description).into();
        }
        properties.insert(field.name.to_owned(), schema);
    }
    let required: Vec<_> = fields
        .iter()
        .filter(|field| field.required)
        .map(|field| field.name)
        .collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

fn schema(ty: &str, kind: Kind) -> Value {
    match kind {
        Kind::Text { min, max } => json!({ "type": "string", "minLength": min, "maxLength": max }),
        Kind::Matching(pattern) => json!({ "type": "string", "pattern": pattern }),
        Kind::Integer { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Kind::Number { min, max } => json!({ "type": "number", "minimum": min, "maximum": max }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Uuid => json!({ "type": "string", "format": "uuid" }),
        Kind::Instant => json!({ "type": "string", "format": "date-time" }),
        Kind::Texts { max } => {
            json!({ "type": "array", "maxItems": max, "items": { "type": "string", "minLength": 1 } })
        }
        Kind::Nullable { max } => json!({ "type": ["string", "null"], "maxLength": max }),
        Kind::Status => reference(&format!("{ty}Status")),
        Kind::Detail => reference(&format!("{ty}Detail")),
        Kind::Details { max } => {
            json!({ "type": "array", "maxItems": max, "items": reference(&format!("{ty}Detail")) })
        }
    }
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn describe(name: &str, length: usize) -> String {
    let sentence = format!("The {name} of it, as its owner has given it. ");
    sentence
        .repeat(length.div_ceil(sentence.len()))
        .trim_end()
        .to_owned()
}
