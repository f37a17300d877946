//! A document with one text wherever a contract has a text of its own choice.

use serde_json::{Value, json};

/// Texts that would be code, would end a comment or a literal, or would lead elsewhere. What they want to be is
/// called `pwnEd`, as no name that is made of a contract ever is.
pub const PAYLOADS: &[&str] = &[
    "*/ pub fn pwnEd() {} /*",
    "\" ; pub fn pwnEd() {} //",
    "\"# ; pub fn pwnEd() {} //",
    "\"## ; pub fn pwnEd() {} //",
    "\\\"; pub fn pwnEd() {} //",
    "ends in a backslash and pwnEd \\",
    "'; pwnEd!(); '",
    "` pwnEd!() `",
    "{} {0} {pwnEd} {{pwnEd}} ${pwnEd} #{pwnEd} %s",
    "{{7*7}} {% pwnEd %} {{ pwnEd }} {# pwnEd #}",
    "} pub fn pwnEd() {",
    "] pub fn pwnEd() {} #[allow(a",
    ") pub fn pwnEd() {} (",
    "//! pwnEd\n//! of it",
    "a\npub fn pwnEd() {}\n",
    "a\rpub fn pwnEd() {}\r",
    "a\r\npub fn pwnEd() {}\r\n",
    "a\u{85}pub fn pwnEd() {}",
    "a\u{2028}pub fn pwnEd() {}",
    "a\u{2029}pub fn pwnEd() {}",
    "a\u{b}pub fn pwnEd() {}\u{c}",
    "\\u{2028}pub fn pwnEd() {}\\n",
    "a\u{202e}{ pwnEd }\u{2066}b\u{2069}\u{61c}",
    "a\u{0}\u{7}\u{1b}[2J\u{1b}]0;pwnEd\u{7}\u{7f}\u{9b}1m",
    "a\u{200b}b\u{feff}pwnEd\u{e0061}\u{2060}",
    "#[path=\"/etc/passwd\"] pub mod pwnEd;",
    "include!(\"/etc/passwd\"); pwnEd",
    "\"\npwnEd = \"1\"\n[dependencies]\npwnEd = \"1",
    "<script>pwnEd()</script><img src=x onerror=pwnEd()>",
    "[a](javascript:pwnEd) ![b](http://pwnEd.example/x.png) <!-- pwnEd -->",
    "```\nlet pwnEd = 1;\n```\n    let pwnEd = 2;\n~~~rust\npwnEd!()\n",
    "$(touch pwnEd) `touch pwnEd` ; touch pwnEd && touch pwnEd | touch pwnEd\ntouch pwnEd",
    "../../../pwnEd",
    "..\\..\\pwnEd",
    "/etc/pwnEd",
    "C:\\pwnEd\\x",
    "\\\\host\\share\\pwnEd",
    "%2e%2e%2f%2e%2e%2fpwnEd",
    "pwnEd\u{0}.rs",
    "r#pwnEd",
    "crate::pwnEd",
];

/// The payload wherever text may stand. It is a name of schemas, fields, parameters, headers and schemes too, and a segment of URLs.
pub fn document(payload: &str) -> Value {
    let key = payload
        .replace('~', "~0")
        .replace('/', "~1")
        .replace('%', "%25");
    let schema = json!({ "$ref": format!("#/components/schemas/{key}") });
    let text = json!({ "type": "string", "title": payload, "description": payload, "default": payload, "example": payload, "pattern": payload });
    let content = json!({
        "application/json": { "schema": schema, "examples": { payload: { "summary": payload, "value": payload } } },
        payload: { "schema": { "type": "string" } },
        format!("text/plain; a=\"{payload}\""): { "schema": { "type": "string" } },
        "multipart/form-data": { "schema": { "type": "object", "properties": { payload: { "type": "string", "format": "binary" } } },
            "encoding": { payload: { "contentType": payload, "headers": { payload: { "schema": { "type": "string" } } } } } },
    });
    let operation = json!({
        "operationId": payload, "summary": payload, "description": payload, "tags": [payload],
        "externalDocs": { "url": payload, "description": payload },
        "parameters": [
            { "name": payload, "in": "query", "description": payload, "schema": text, "example": payload },
            { "name": payload, "in": "header", "description": payload, "schema": { "type": "string" } },
            { "name": payload, "in": "cookie", "schema": { "type": "string", "enum": [payload, "b"] } },
        ],
        "requestBody": { "description": payload, "required": true, "content": content },
        "responses": {
            "200": { "description": payload, "headers": { payload: { "description": payload, "schema": { "type": "string" } }, "X-A": { "description": payload, "schema": { "type": "string" } } },
                "content": content, "links": { payload: { "operationId": payload, "description": payload, "parameters": { payload: payload } } } },
            "default": { "description": payload, "content": { payload: { "schema": { "type": "string" } } } },
        },
        "security": [{ payload: [payload] }],
        "callbacks": { payload: { payload: { "post": { "operationId": payload, "responses": { "200": { "description": payload } } } } } },
        "servers": [{ "url": payload, "description": payload }],
        "x-codeSamples": [{ "lang": payload, "source": payload }],
        payload: payload,
    });
    json!({
        "openapi": "3.1.0",
        "info": { "title": payload, "version": payload, "summary": payload, "description": payload, "termsOfService": payload,
            "contact": { "name": payload, "url": payload, "email": payload }, "license": { "name": payload, "identifier": payload } },
        "servers": [{ "url": format!("{payload}/{{a}}"), "description": payload, "variables": { "a": { "default": payload, "enum": [payload], "description": payload } } }],
        "tags": [{ "name": payload, "description": payload }],
        "paths": { format!("/{}", payload.replace(['{', '}'], "")): { "summary": payload, "description": payload, "post": operation },
            format!("/with/{{{}}}", payload.replace(['{', '}', '/'], "")): { "parameters": [
                { "name": payload.replace(['{', '}', '/'], ""), "in": "path", "required": true, "description": payload, "schema": { "type": "string" } }], "get": { "responses": { "204": { "description": payload } } } } },
        "webhooks": { payload: { "post": { "operationId": payload, "responses": { "200": { "description": payload } } } } },
        "components": {
            "securitySchemes": { payload: { "type": "apiKey", "in": "header", "name": payload, "description": payload } },
            "schemas": { payload: {
                "title": payload, "description": payload, "type": "object", "required": [payload],
                "properties": { payload: text, "listed": { "type": "string", "description": payload, "enum": [payload, "b"], "x-enum-varnames": [payload, payload], "x-enum-descriptions": [payload, payload], "x-enumDescriptions": { payload: payload } },
                    "fixed": { "const": payload }, "formed": { "type": "string", "format": payload }, "named": { "$ref": "#/components/schemas/Either" },
                    "marked": { "type": "object", "xml": { "name": payload, "prefix": payload, "namespace": payload } } },
                "additionalProperties": { "type": "string", "description": payload },
                "x-python-type": payload, "x-rust-type": payload, "x-go-type": payload, "default_factory": payload, "validators": [payload],
                "patternProperties": { payload: { "type": "string" } }, "dependentRequired": { payload: [payload] } },
                "Either": { "discriminator": { "propertyName": payload, "mapping": { payload: "#/components/schemas/One", "two": payload } }, "oneOf": [{ "$ref": "#/components/schemas/One" }, { "$ref": "#/components/schemas/Two" }] },
                "One": { "type": "object", "required": [payload], "properties": { payload: { "const": payload } } },
                "Two": { "type": "object", "required": [payload], "properties": { payload: { "const": "two" } } },
            },
        },
    })
}

/// The same as Zod schemas and routes.
pub fn typescript(payload: &str) -> String {
    let text = Value::from(payload).to_string();
    format!(
        "import {{ createRoute, z }} from '@hono/zod-openapi'\n\
         const Thing = z.object({{ {text}: z.string({{ error: {text} }}).min(1, {text}).describe({text}).default({text}),\n\
           listed: z.enum([{text}, 'b']).openapi({{ description: {text}, title: {text} }}), fixed: z.literal({text}) }})\n\
           .meta({{ id: {text}, title: {text}, description: {text} }}).openapi({text})\n\
         export const route = createRoute({{ method: 'post', path: {path}, operationId: {text}, summary: {text}, description: {text}, tags: [{text}],\n\
           request: {{ query: z.object({{ {text}: z.string().optional() }}), headers: z.object({{ {text}: z.string().optional() }}),\n\
             body: {{ required: true, content: {{ 'application/json': {{ schema: Thing }}, {text}: {{ schema: z.string() }} }} }} }},\n\
           responses: {{ 200: {{ description: {text}, content: {{ 'application/json': {{ schema: Thing }} }} }} }} }})\n",
        path = Value::from(format!("/{}", payload.replace(['{', '}'], "")))
    )
}
