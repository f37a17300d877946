//! What isn't written as the specification has it is named, at its place; what is, is passed in silence.

use camino::Utf8Path;
use routegen::diagnostics::Effect;
use routegen::frontend::{self, Options};

/// What is said of a contract's grammar: line, column and message.
fn said(text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = Utf8Path::from_path(folder.path())
        .unwrap()
        .join("openapi.yaml");
    fs_err::write(&path, text).unwrap();
    let loaded = frontend::load(&path, &Options::default()).expect("it can be read");
    let of_grammar = loaded
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code.number == "RG0223");
    of_grammar
        .map(|diagnostic| {
            assert_eq!(diagnostic.effect, Effect::Warning);
            assert!(diagnostic.help.is_some(), "no help: {}", diagnostic.message);
            let span = diagnostic.span.expect("it has a place");
            let (line, column) = loaded.sources.line_column(span);
            format!("{line}:{column} {}", diagnostic.message)
        })
        .collect()
}

/// A contract of a version; `rest` follows its `info`, from line 3 on.
fn contract(version: &str, rest: &str) -> String {
    let first = match version {
        "2.0" => "swagger: '2.0'".to_owned(),
        version => format!("openapi: {version}.0"),
    };
    format!("{first}\ninfo: {{ title: A, version: '1' }}\n{rest}")
}

/// A contract with one component.
fn component(version: &str, section: &str, component: &str) -> String {
    contract(
        version,
        &format!("paths: {{}}\ncomponents:\n  {section}:\n    A: {component}"),
    )
}

#[test]
fn fields_are_those_of_the_version() {
    for (text, expected) in [
        (
            "openapi: 3.0.0\npaths: {}".to_owned(),
            "1:1 an OpenAPI Object needs `info`",
        ),
        (contract("3.0", ""), "1:1 an OpenAPI Object needs `paths`"),
        (
            contract("3.1", ""),
            "1:10 an OpenAPI Object needs `paths`, `components` or `webhooks`",
        ),
        (
            contract("3.2", "paths: {}\noverlays: {}"),
            "4:1 an OpenAPI Object has no field `overlays`",
        ),
        (
            contract("3.0", "paths: {}\nwebhooks: {}"),
            "4:1 an OpenAPI Object has `webhooks` from OpenAPI 3.1 on",
        ),
        (
            contract("3.0", "paths: {}\nhost: a"),
            "4:1 an OpenAPI Object has `host` no longer in OpenAPI 3.0",
        ),
        (
            contract("3.1", "paths: {}\nservers: { url: / }"),
            "4:1 `servers` is a list, not a mapping",
        ),
        (
            "openapi: 3.1.0\ninfo: { title: A, version: 1.0 }\npaths: {}".to_owned(),
            "2:28 `version` is text, not a number",
        ),
        (
            contract("3.1", "paths:\n  /a:\n    get: { sumary: a }"),
            "5:12 an Operation Object has no field `sumary`",
        ),
        (
            contract("3.0", "paths:\n  /a:\n    get: {}"),
            "5:5 an Operation Object needs `responses`",
        ),
        (
            contract("3.1", "paths:\n  /a: { get: { $ref: '#/x-a' } }\nx-a: {}"),
            "4:22 a reference can't stand in the place of an Operation Object",
        ),
        (
            component("3.1", "responses", "{ $ref: '#/components/schemas/B' }"),
            "6:16 a Response Object stands here, and the reference leads to `schemas`",
        ),
        (
            component("3.1", "schemas", "{ $ref: 5 }"),
            "6:16 `$ref` is text, not a number",
        ),
        (
            contract("2.0", "paths: {}\nschemes: https"),
            "4:10 `schemes` is a list of texts, not text",
        ),
        (
            component("3.1", "headers", "{ schema: {}, name: a }"),
            "6:22 a Header Object has no field `name`",
        ),
        (
            component("3.1", "responses", ""),
            "6:5 a Response Object is a mapping, not nothing",
        ),
        (
            component("3.1", "schemas/x", "{}"),
            "5:3 a Components Object has no field `schemas/x`",
        ),
    ] {
        assert_eq!(said(&text), [expected], "{text}");
    }
}

#[test]
fn slips_in_schemas_are_found() {
    let schema = |version: &str, schema: &str| component(version, "schemas", schema);
    for (text, expected) in [
        (
            schema("3.1", "{ requried: [a] }"),
            "6:10 a Schema Object has no field `requried`",
        ),
        (
            schema("3.0", "{ maxitems: 2 }"),
            "6:10 a Schema Object has no field `maxitems`",
        ),
        (
            schema("3.0", "true"),
            "6:8 `true` and `false` are schemas from OpenAPI 3.1 on",
        ),
        (
            schema("3.0", "{ type: [string] }"),
            "6:10 a schema has several types from OpenAPI 3.1 on",
        ),
        (
            schema("3.0", "{ type: 'null' }"),
            "6:16 there is no type `null`",
        ),
        (
            schema("3.0", "{ required: true }"),
            "6:10 `required` of a schema is the list of its properties that must be there",
        ),
        (
            schema("3.0", "{ discriminator: kind }"),
            "6:25 a Discriminator Object is a mapping, not text",
        ),
        (schema("3.1", "{ enum: a }"), "6:10 `enum` is a list"),
        (
            schema("3.1", "{ oneOf: [] }"),
            "6:10 `oneOf` has a schema or more",
        ),
        (
            schema("3.2", "{ xml: { attribute: true, nodeType: text } }"),
            "6:17 an XML Object has either `nodeType` or `attribute`, not both",
        ),
    ] {
        assert_eq!(said(&text), [expected], "{text}");
    }
}

#[test]
fn parameters_and_bodies_agree_with_themselves() {
    let parameter = |version: &str, parameter: &str| component(version, "parameters", parameter);
    let operation =
        |fields: &str| contract("3.2", &format!("paths:\n  /a:\n    get: {{ {fields} }}"));
    for (text, expected) in [
        (
            parameter("3.1", "{ name: a, in: query }"),
            "6:5 a Parameter Object needs `schema` or `content`",
        ),
        (
            parameter(
                "3.1",
                "{ name: a, in: query, schema: {}, content: { a/b: {} } }",
            ),
            "6:42 a Parameter Object has either `schema` or `content`, not both",
        ),
        (
            parameter(
                "3.1",
                "{ name: a, in: query, content: { a/b: {}, a/c: {} } }",
            ),
            "6:30 `content` of a parameter has exactly one media type",
        ),
        (
            parameter("3.1", "{ name: a, in: path, schema: {} }"),
            "6:23 a parameter of the path needs `required: true`",
        ),
        (
            parameter("3.1", "{ name: a, in: cookie, style: simple, schema: {} }"),
            "6:38 parameters in `cookie` have no such `style`",
        ),
        (
            parameter(
                "3.1",
                "{ name: a, in: header, allowReserved: true, schema: {} }",
            ),
            "6:31 `allowReserved` means nothing for this parameter in `header`",
        ),
        (
            parameter("3.2", "{ name: a, in: querystring, schema: {} }"),
            "6:36 a parameter in `querystring` has `content`, and no `schema`",
        ),
        (
            parameter(
                "3.2",
                "{ name: a, in: query, schema: {}, example: a, examples: {} }",
            ),
            "6:54 a Parameter Object has either `example` or `examples`, not both",
        ),
        (
            operation(
                "parameters: [{ name: a, in: query, schema: {} }, { name: a, in: query, schema: {} }]",
            ),
            "5:69 two parameters have one name and one place",
        ),
        (
            operation(
                "parameters: [{ name: a, in: query, schema: {} }, { name: b, in: querystring, content: { a/b: {} } }]",
            ),
            "5:69 a parameter in `querystring` stands for all parameters in `query`",
        ),
        (
            operation("requestBody: { content: { ';': {} } }"),
            "5:38 the keys of `content` are media types",
        ),
        (
            operation(
                "requestBody: { content: { multipart/form-data: { schema: { properties: {} }, encoding: { a: {} } } } }",
            ),
            "5:101 `encoding` names a property that the schema doesn't have",
        ),
        (
            operation("responses: {}"),
            "5:12 a Responses Object has a response or more",
        ),
        (
            operation(
                "responses: { '200': { description: a, headers: { X-A: { schema: {} }, x-a: { schema: {} } } } }",
            ),
            "5:82 two headers of a response have one name: upper and lower case are alike",
        ),
        (
            contract(
                "3.2",
                "paths:\n  /a:\n    additionalOperations: { GET: { responses: { '204': {} } } }",
            ),
            "5:29 a method that has a field of its own is no additional operation",
        ),
        (
            contract("3.2", "paths:\n  /a/{b: {}"),
            "4:3 a brace of this path isn't closed, or closes nothing, and stands for itself",
        ),
        (
            contract("2.0", "paths: {}\nparameters:\n  a: { name: a, in: query }"),
            "5:6 a parameter in `query` needs `type`",
        ),
    ] {
        assert_eq!(said(&text), [expected], "{text}");
    }
}

#[test]
fn the_rest_of_a_contract_agrees_with_itself_too() {
    let scheme = |scheme: &str| component("3.0", "securitySchemes", scheme);
    for (text, expected) in [
        (
            scheme("{ type: apiKey, name: a }"),
            "6:5 a security scheme of type `apiKey` needs `in`",
        ),
        (
            scheme("{ type: apiKey, name: '', in: query }"),
            "6:5 a security scheme of type `apiKey` needs `name`",
        ),
        (
            scheme("{ type: mutualTLS }"),
            "6:5 there is `mutualTLS` from OpenAPI 3.1 on",
        ),
        (
            scheme("{ type: oauth2, flows: { password: { scopes: {} } } }"),
            "6:33 the flow `password` needs `tokenUrl`",
        ),
        (
            component("3.1", "links", "{ operationId: a, operationRef: b }"),
            "6:10 a Link Object has either `operationRef` or `operationId`, not both",
        ),
        (
            component("3.2", "examples", "{ value: 1, serializedValue: '1' }"),
            "6:20 an Example Object has either `value` or `serializedValue`, not both",
        ),
        (
            component("3.0", "schemas", "{}\n    'a b': {}"),
            "7:5 names of components are letters, digits, `.`, `_` and `-`",
        ),
        (
            contract("3.1", "paths: {}\nservers: [{ url: '/{a}' }]"),
            "4:18 the URL of a server has a variable that is not declared",
        ),
        (
            contract(
                "3.1",
                "paths: {}\nservers: [{ url: '/{a}', variables: { a: { default: b, enum: [c] } } }]",
            ),
            "4:53 the `default` of a server variable is one of its `enum`",
        ),
        (
            contract("3.1", "paths: {}\ntags: [{ name: a }, { name: a }]"),
            "4:29 two tags have one name",
        ),
        (
            contract("3.2", "paths: {}\ntags: [{ name: a, parent: b }]"),
            "4:27 the parent of a tag is not declared",
        ),
    ] {
        assert_eq!(said(&text), [expected], "{text}");
    }
}

#[test]
fn what_stands_wrong_often_is_shown_a_few_times() {
    let tags = "  - { nme: a, name: b }\n";
    let many: String = (0..40)
        .map(|number| format!("  - {{ name: t{number}, colour: red }}\n"))
        .collect();
    let said = said(&contract(
        "3.1",
        &format!("paths: {{}}\ntags:\n{tags}{many}"),
    ));
    assert_eq!(said.len(), 6, "{said:?}");
    assert_eq!(said[0], "5:7 a Tag Object has no field `nme`");
}

#[test]
fn nothing_is_said_of_a_contract_without_a_fault() {
    for contract in [
        "generated-example/openapi.yaml",
        "tests/contracts/dialect32.yaml",
    ] {
        let path = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join(contract);
        let text = fs_err::read_to_string(path).unwrap();
        assert_eq!(said(&text), [""; 0], "{contract}");
    }
}
