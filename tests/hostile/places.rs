//! Each place of a contract where a text of its own choice stands, one at a time: the rest of the document is in order, so that
//! nothing hides the place.

use routegen::config::Layout;
use serde_json::{Value, json};

use crate::emitted::{project, project_of, text};
use crate::everywhere::{PAYLOADS, document, typescript};

/// A document in order, with a value at each of [`VALUES`] and a key at each of [`KEYS`].
fn base() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "A", "version": "1", "description": "A" },
        "servers": [{ "url": "https://a.example/{v}", "description": "A", "variables": { "v": { "default": "v1", "enum": ["v1"] } } }],
        "tags": [{ "name": "a", "description": "A" }],
        "paths": { "/a/{id}": { "summary": "A", "description": "A", "post": {
            "operationId": "a", "summary": "A", "description": "A", "tags": ["a"], "deprecated": true, "security": [{ "key": ["s"] }],
            "parameters": [
                { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
                { "name": "q", "in": "query", "description": "A", "schema": { "type": "string", "default": "a", "pattern": "^a" } },
                { "name": "h", "in": "header", "description": "A", "schema": { "type": "string", "enum": ["a", "b"] } },
                { "name": "c", "in": "cookie", "description": "A", "schema": { "type": "string" } },
            ],
            "requestBody": { "description": "A", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" }, "example": "a" }, "text/plain": {} } },
            "responses": { "200": { "description": "A", "headers": { "X-A": { "description": "A", "schema": { "type": "string" } } }, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } }, "text/csv": {} } } },
            "callbacks": { "done": { "{$request.body#/url}": { "post": { "responses": {} } } } },
        } } },
        "webhooks": { "hook": { "post": { "operationId": "hook", "summary": "A", "responses": {} } } },
        "components": {
            "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "k", "description": "A" }, "http": { "type": "http", "scheme": "bearer", "bearerFormat": "A" } },
            "schemas": {
                "Thing": { "title": "A", "description": "A", "type": "object", "required": ["field"],
                    "properties": { "field": { "title": "A", "description": "A", "type": "string", "default": "a", "pattern": "^a", "format": "f", "example": "a" },
                        "listed": { "description": "A", "enum": ["a", "b"], "x-enum-varnames": ["A", "B"], "x-enum-descriptions": ["A", "B"] },
                        "fixed": { "const": "a" }, "either": { "$ref": "#/components/schemas/Either" } },
                    "patternProperties": { "^x": { "type": "string" } }, "default_factory": "a", "x-python-type": "a", "validators": ["a"] },
                "Either": { "discriminator": { "propertyName": "kind", "mapping": { "one": "#/components/schemas/One" } }, "oneOf": [{ "$ref": "#/components/schemas/One" }, { "$ref": "#/components/schemas/Two" }] },
                "One": { "type": "object", "required": ["kind"], "properties": { "kind": { "const": "one" } } },
                "Two": { "type": "object", "required": ["kind"], "properties": { "kind": { "const": "Two" } } },
            },
        },
    })
}

/// Places of texts.
const VALUES: &[&str] = &[
    "/info/title",
    "/info/version",
    "/info/description",
    "/servers/0/url",
    "/servers/0/description",
    "/servers/0/variables/v/default",
    "/servers/0/variables/v/enum/0",
    "/tags/0/name",
    "/tags/0/description",
    "{op}/operationId",
    "{op}/summary",
    "{op}/description",
    "{op}/tags/0",
    "{op}/security/0/key/0",
    "{op}/parameters/1/name",
    "{op}/parameters/2/name",
    "{op}/parameters/3/name",
    "{op}/parameters/1/description",
    "{op}/parameters/1/schema/default",
    "{op}/parameters/1/schema/pattern",
    "{op}/parameters/2/schema/enum/0",
    "{op}/requestBody/description",
    "{op}/requestBody/content/application~1json/example",
    "{op}/responses/200/description",
    "{op}/responses/200/headers/X-A/description",
    "/webhooks/hook/post/operationId",
    "/webhooks/hook/post/summary",
    "/components/securitySchemes/key/name",
    "/components/securitySchemes/key/description",
    "/components/securitySchemes/http/scheme",
    "/components/securitySchemes/http/bearerFormat",
    "{thing}/title",
    "{thing}/description",
    "{thing}/required/0",
    "{field}/title",
    "{field}/description",
    "{field}/default",
    "{field}/pattern",
    "{field}/format",
    "{field}/example",
    "{thing}/properties/listed/enum/0",
    "{thing}/properties/listed/x-enum-varnames/0",
    "{thing}/properties/listed/x-enum-descriptions/0",
    "{thing}/properties/fixed/const",
    "{thing}/default_factory",
    "{thing}/x-python-type",
    "{thing}/validators/0",
    "/components/schemas/Either/discriminator/propertyName",
    "/components/schemas/Either/discriminator/mapping/one",
    "/components/schemas/One/properties/kind/const",
    "{field}/type",
];

/// Places of names, by the last key; what refers to them does so no more.
const KEYS: &[&str] = &[
    "/paths/~1a~1{id}",
    "{op}/callbacks/done",
    "{op}/callbacks/done/{$request.body#~1url}",
    "{op}/requestBody/content/text~1plain",
    "{op}/responses/200",
    "{op}/responses/200/headers/X-A",
    "{op}/responses/200/content/text~1csv",
    "/webhooks/hook",
    "/components/securitySchemes/http",
    "{thing}/properties/listed",
    "{thing}/properties/fixed",
    "{thing}/patternProperties/^x",
    "/components/schemas/Two",
    "/components/schemas/Either/discriminator/mapping/one",
    "{thing}/x-python-type",
];

fn pointer(place: &str) -> String {
    place
        .replace("{field}", "{thing}/properties/field")
        .replace("{thing}", "/components/schemas/Thing")
        .replace("{op}", "/paths/~1a~1{id}/post")
}

#[test]
fn a_text_in_any_place_stays_a_text() {
    for place in VALUES {
        for payload in PAYLOADS {
            let mut document = base();
            let found = document.pointer_mut(&pointer(place));
            *found.unwrap_or_else(|| panic!("no {place}")) = Value::from(*payload);
            project(&document);
        }
    }
}

#[test]
fn a_name_in_any_place_stays_a_name() {
    for place in KEYS {
        let place = pointer(place);
        let (parent, key) = place.rsplit_once('/').unwrap();
        let key = key.replace("~1", "/");
        for payload in PAYLOADS {
            let mut document = base();
            let parent = document.pointer_mut(parent).unwrap().as_object_mut();
            let parent = parent.unwrap();
            let value = parent
                .shift_remove(&key)
                .unwrap_or_else(|| panic!("no {place}"));
            let is_path = place.starts_with("/paths") && !place.contains("post");
            parent.insert(
                if is_path {
                    format!("/{payload}")
                } else {
                    (*payload).to_owned()
                },
                value,
            );
            project(&document);
        }
    }
}

#[test]
fn a_text_in_all_places_stays_a_text() {
    for payload in PAYLOADS {
        for layout in [Layout::Single, Layout::Split] {
            project_of("openapi.json", &document(payload).to_string(), layout);
        }
    }
}

#[test]
fn a_text_of_a_zod_contract_stays_a_text() {
    for payload in PAYLOADS {
        project_of("contract.ts", &typescript(payload), Layout::Single);
    }
}

#[test]
fn what_is_served_is_what_was_written() {
    for payload in PAYLOADS {
        let emitted = project(&document(payload));
        let served: Value =
            serde_json::from_str(&text(&emitted, "contract/src/api/openapi.json")).unwrap();
        assert_eq!(served["info"]["title"], *payload);
        assert_eq!(
            served["components"]["schemas"][payload]["description"],
            *payload
        );
    }
}

#[test]
fn what_is_served_is_json_whatever_stands_in_it() {
    let values = [
        json!({ "a": null }),
        json!([[]]),
        json!([null]),
        json!({}),
        json!(1e300),
        json!("\u{0}\u{1f}\u{7f}\"\\"),
    ];
    for value in values {
        for key in [
            "required",
            "enum",
            "type",
            "properties",
            "x-a",
            "allOf",
            "default",
            "$ref",
            "description",
        ] {
            for value in [value.clone(), json!([value]), json!({ "a": value })] {
                let mut document = base();
                document["components"]["schemas"]["Thing"][key] = value;
                let emitted = project(&document);
                let served: Value =
                    serde_json::from_str(&text(&emitted, "contract/src/api/openapi.json")).unwrap();
                assert_eq!(
                    served["components"]["schemas"]["Thing"][key],
                    document["components"]["schemas"]["Thing"][key]
                );
            }
        }
    }
}
