//! What was done to other generators, turned against this one. Each test is named after the advisory and says what it was;
//! that no token of the text becomes code is asked of every project, what is asked beside is at its place.

use routegen::config::Layout;
use serde_json::{Value, json};

use crate::emitted::{project, project_of, text};

/// A document with one operation, and schemas.
fn document(operation: &Value, schemas: &Value) -> Value {
    json!({ "openapi": "3.1.0", "info": { "title": "A", "version": "1" }, "paths": { "/a": { "post": operation } }, "components": { "schemas": schemas } })
}

/// An operation that takes a schema.
fn taking(schema: &Value) -> Value {
    json!({ "requestBody": { "content": { "application/json": { "schema": schema } } }, "responses": { "204": { "description": "" } } })
}

/// A document whose operation takes the schema.
fn schema(schema: &Value) -> Value {
    document(&taking(schema), &json!({}))
}

/// orval: the summary of an operation was written into a template literal of the MCP server.
#[test]
fn cve_2026_22785_a_summary_is_no_code() {
    for summary in [
        "`); pwnEd!(); (`",
        "${pwnEd()}",
        "\"); pub fn pwnEd() {} (\"",
        "\n}\npub fn pwnEd() {\n",
    ] {
        let emitted = project(&document(
            &json!({ "summary": summary, "responses": {} }),
            &json!({}),
        ));
        let route = text(&emitted, "app/api/a/route.rs");
        assert_eq!(route.matches("pub async fn").count(), 1, "{route}");
        let docs = route.lines().filter(|line| line.contains("pwnEd"));
        docs.for_each(|line| assert!(line.starts_with("/// "), "{line}"));
    }
}

/// orval (and CVE-2026-25141): descriptions of enums' values, whose escaping a comment's end went round.
#[test]
fn cve_2026_23947_descriptions_of_values_are_no_code() {
    project(&schema(
        &json!({ "enum": ["a", "b"], "x-enum-varnames": ["A", "*/ pwnEd!() /*"],
        "x-enumDescriptions": { "a": "*/ pwnEd!() /*" }, "x-enum-descriptions": ["'; pwnEd!(); //", "*/\npwnEd!();\n/*"] }),
    ));
}

/// orval: a default of an enum was written into a template literal, run when the module was read (also CVE-2026-72716).
#[test]
fn cve_2026_71868_a_default_is_no_code() {
    for default in ["v${pwnEd()}w", "\"); pwnEd!(); (\"", "`+pwnEd()+`"] {
        for values in [json!([default, "b"]), json!(["b"])] {
            project(&schema(
                &json!({ "type": "object", "properties": { "a": { "type": "string", "enum": values, "default": default } } }),
            ));
        }
        project(&schema(
            &json!({ "type": "object", "properties": { "a": { "type": "array", "items": { "type": "string" }, "default": [default] } } }),
        ));
        project(&schema(
            &json!({ "type": "object", "properties": { "a": { "type": "integer", "default": default } } }),
        ));
    }
}

/// orval GHSA-w68h-2r38-4cqq: the name of a property was written into a cast.
#[test]
fn ghsa_w68h_2r38_4cqq_a_property_is_no_code() {
    let emitted = project(&schema(
        &json!({ "type": "object", "properties": { "k'][]), __pwnEd: (x = 1), z: (0": { "enum": ["A", "B"] } } }),
    ));
    assert!(text(&emitted, "contract/src/api/routes/a.rs").contains("k_pwn_ed_x_1_z_0: "));
}

/// datamodel-code-generator: a key of the schema was taken for the expression that makes the default.
#[test]
fn cve_2026_54653_keys_that_nobody_knows_are_no_code() {
    for key in [
        "default_factory",
        "x-rust-type",
        "x-go-type",
        "customTypePath",
        "x-python-import",
        "x-extra-derives",
    ] {
        project(&schema(
            &json!({ "title": "Thing", "type": "object", key: "pwnEd", "properties": { "a": { "type": "string", key: "pwnEd()" }, "b": { "type": "array", "items": {}, key: { "module": "pwnEd" } } } }),
        ));
    }
}

/// datamodel-code-generator (and CVE-2026-54621): a carriage return ended a comment that was guarded against newlines alone.
#[test]
fn cve_2026_54654_no_kind_of_line_end_ends_a_comment() {
    for end in [
        "\n", "\r", "\r\n", "\n\r", "\u{b}", "\u{c}", "\u{1c}", "\u{85}", "\u{2028}", "\u{2029}",
        "\u{0}",
    ] {
        let harm = format!("a{end}pub fn pwnEd() {{}}{end}//");
        let either = json!({ "description": harm, "oneOf": [{ "title": harm, "type": "string" }, { "description": harm, "type": "integer" }] });
        project(&document(
            &json!({ "summary": harm, "description": harm, "responses": { "200": { "description": harm, "content": { "application/json": { "schema": either } } } },
                "parameters": [{ "name": "q", "in": "query", "description": harm, "schema": { "type": "string", "enum": [harm, "b"], "default": harm } }] }),
            &json!({}),
        ));
    }
}

/// datamodel-code-generator: an extension named the type of a schema, and was believed.
#[test]
fn cve_2026_54655_a_type_is_never_the_contracts_to_name() {
    let emitted = project(&schema(
        &json!({ "title": "Thing", "type": "string", "x-python-type": "pwnEd", "format": "crate::pwnEd", "contentMediaType": "pwnEd" }),
    ));
    assert!(text(&emitted, "contract/src/api/routes/a.rs").contains("body: Option<String>"));
    for ty in ["pwnEd", "String; pub struct pwnEd", "object\npwnEd"] {
        project(&schema(&json!({ "type": ty })));
        project(&schema(&json!({ "type": [ty, "null"] })));
    }
}

/// datamodel-code-generator: names of validators became code. Patterns and formats are ours.
#[test]
fn cve_2026_54656_a_rule_is_no_code() {
    for pattern in [
        "\"#; pwnEd!(); r#\"",
        "\"##; pwnEd!(); r##\"",
        "(?<pwnEd>a)\\k<pwnEd>",
        "[\"\\\\]",
        "\\",
        "\n\"; pwnEd!();",
    ] {
        project(&schema(
            &json!({ "type": "object", "validators": ["pwnEd"], "properties": { "a": { "type": "string", "pattern": pattern, "format": pattern, "contentEncoding": pattern } },
            "patternProperties": { pattern: { "type": "string" } }, "propertyNames": { "pattern": pattern } }),
        ));
    }
}

/// openapi-python-client: all values went into code, enum names, descriptions, defaults; and schemas named files (CVE-2020-15141).
#[test]
fn cve_2020_15142_names_and_values_are_no_code_and_no_paths() {
    let names = [
        "User:\n    pass\npwnEd()  # ",
        "../../../pwnEd",
        "..\\..\\pwnEd",
        "/tmp/pwnEd",
        "pwnEd/../../x",
        "con",
        "pwnEd\u{0}",
        "~pwnEd",
    ];
    for name in names {
        let pointer = name.replace('~', "~0").replace('/', "~1");
        let mut document = document(
            &taking(&json!({ "$ref": format!("#/components/schemas/{pointer}") })),
            &json!({ name: { "type": "object", "properties": { name: { "enum": [name, "b"] } } } }),
        );
        document["paths"]["/a"]["post"]["tags"] = json!([name]);
        document["paths"]["/a"]["post"]["operationId"] = json!(name);
        let plain = project(
            &json!({ "openapi": "3.1.0", "paths": { "/a": { "post": taking(&json!({})) } } }),
        );
        let paths = |emitted: &routegen::render::Emitted| -> Vec<String> {
            emitted
                .files
                .iter()
                .map(|file| file.path.to_string())
                .filter(|path| !path.contains("/support/"))
                .collect()
        };
        let extra: Vec<String> = paths(&project(&document))
            .into_iter()
            .filter(|path| !paths(&plain).contains(path))
            .collect();
        assert_eq!(
            extra,
            [] as [String; 0],
            "{name}: a name of a schema, a tag or an operation is no file's"
        );
    }
}

/// openapi-python-client GHSA-5293-mq8x-g3xj: docstrings, format strings and literals, each with an escape of its own.
#[test]
fn ghsa_5293_mq8x_g3xj_each_context_has_its_escape() {
    for harm in [
        "\"\"\"\npwnEd()\n\"\"\"",
        "{pwnEd()}",
        "{{pwnEd()}}",
        "\\\"\"\"; pwnEd()",
        "\\N{pwnEd}",
        "\\x22; pwnEd!()",
        "\\u{22}; pwnEd!()",
        "b'\\'; pwnEd!(); '",
    ] {
        let operation = json!({ "description": harm, "parameters": [{ "name": harm, "in": "query", "schema": { "type": "string", "default": harm } }, { "name": harm, "in": "header", "schema": { "const": harm } }],
            "responses": { "200": { "description": harm, "headers": { harm: { "schema": { "type": "string" } } }, "content": { harm: {} } } } });
        project(&document(&operation, &json!({})));
    }
}

/// The TypeSpec compiler, GHSA-2q42-4q24-7rgv: the contract's version became part of the name of a file.
#[test]
fn ghsa_2q42_4q24_7rgv_a_version_is_no_path() {
    for version in [
        "../../pwnEd",
        "1/../../pwnEd",
        "/etc/pwnEd",
        "..",
        "1\u{0}",
        "v2/../..",
        "99999999999999999999",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let contract = json!({ "openapi": "3.1.0", "info": { "title": version, "version": version }, "servers": [{ "url": format!("/{version}") }], "paths": { "/a": { "get": { "responses": {} } } } });
        fs_err::write(folder.path().join("openapi.json"), contract.to_string()).unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_routegen"));
        let output = command
            .current_dir(folder.path())
            .args(["new", "deep/er/shop", "--spec", "openapi.json"])
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{version}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let outside = crate::links::tree(folder.path());
        let strangers = outside
            .keys()
            .filter(|path| !path.starts_with("deep/") && !path.starts_with("openapi.json"));
        assert_eq!(strangers.count(), 0);
    }
}

/// swagger-typescript-api: keys of `paths` were written into the clients' template literals; oapi-codegen GHSA-jwgf-6xff-4hvp: into
/// the routes of a server.
#[test]
fn cve_2026_54666_a_path_is_no_code() {
    for path in [
        "/`+pwnEd()+`",
        "/${pwnEd()}",
        "/\", pwnEd(), \"",
        "/a\n/// b\npub fn pwnEd() {}\n//",
        "/a%0Apub fn pwnEd() {}%0A%2F%2F",
        "/{a\npub fn pwnEd() {}\n}",
        "/a%22);pwnEd!();(%22",
        "/\u{202e}pwnEd\u{2066}",
        "/*/ pub fn pwnEd() {} /*",
    ] {
        let operation = json!({ "operationId": "a", "parameters": [{ "name": "q", "in": "query", "schema": { "type": "string" } }], "requestBody": { "content": { "application/json": {}, "text/plain": {} } }, "responses": { "200": { "description": "" } } });
        for layout in [Layout::Single, Layout::Split] {
            project_of(
                "openapi.json",
                &json!({ "openapi": "3.1.0", "paths": { path: { "post": operation } } })
                    .to_string(),
                layout,
            );
        }
    }
}

/// swagger-typescript-api: values of enums ended the declaration that they stood in.
#[test]
fn cve_2026_54664_a_value_of_an_enum_is_no_code() {
    for value in [
        "\", X = pwnEd(), Y = \"",
        "\"}\npub fn pwnEd() {}\n{\"",
        "` pwnEd",
        "\\",
    ] {
        for ty in ["string", "integer", "boolean", "null"] {
            project(&schema(
                &json!({ "type": ty, "enum": [value, 1, null, { value: [value] }] }),
            ));
        }
    }
}

/// swagger-typescript-api (and CVE-2026-54661): the URL of the server.
#[test]
fn cve_2026_54662_a_server_is_no_code() {
    for url in [
        "https://a.example\"; pwnEd(); \"",
        "/${pwnEd()}",
        "/{v}/\npub fn pwnEd() {}",
        "//a/../../pwnEd",
        "javascript:pwnEd()",
    ] {
        let mut document = schema(&json!({}));
        document["servers"] = json!([{ "url": url, "description": url, "variables": { "v": { "default": url, "enum": [url] } } }]);
        project(&document);
    }
}

/// swagger-codegen: parameters, paths and descriptions of Swagger 2.0 were written into code of four languages.
#[test]
fn cve_2016_5641_swagger_documents_are_no_code() {
    for harm in [
        "\"; pwnEd(); \"",
        "*/ pwnEd(); /*",
        "'\npwnEd()\n'",
        "=end\npwnEd\n=begin",
    ] {
        let path = format!("/{}", harm.replace('/', ""));
        project(&json!({
            "swagger": "2.0", "info": { "title": harm, "version": harm, "description": harm }, "host": harm, "basePath": format!("/{harm}"), "schemes": [harm], "consumes": [harm, "application/json"], "produces": [harm],
            "paths": { path: { "post": { "summary": harm, "operationId": harm, "consumes": ["multipart/form-data", harm],
                "parameters": [{ "name": harm, "in": "query", "type": "array", "items": { "type": "string" }, "collectionFormat": harm, "description": harm }, { "name": harm, "in": "formData", "type": "file" }, { "name": "b", "in": "formData", "type": harm, "default": harm }],
                "responses": { "200": { "description": harm, "schema": { "$ref": "#/definitions/A" }, "headers": { "X-A": { "type": "string", "description": harm } }, "examples": { harm: harm } } },
                "security": [{ harm: [] }] } } },
            "securityDefinitions": { harm: { "type": "oauth2", "flow": "implicit", "authorizationUrl": harm, "scopes": { harm: harm }, "description": harm } },
            "definitions": { "A": { "description": harm, "type": "object", "discriminator": harm, "required": [harm], "properties": { harm: { "type": "string", "description": harm } } } },
        }));
    }
}
