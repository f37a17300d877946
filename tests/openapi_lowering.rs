//! Small OpenAPI contracts, and what the model says of them.

use camino::Utf8Path;
use routegen::frontend::{self, Failed, Loaded, Options};
use routegen::model::{
    Access, Api, Constraint, Format, Integer, Location, Method, Object, Schema, SchemaId,
    SchemeKind, Shape, Status, Style, Text, UnionKind, Unknown,
};

/// Loads the first of some files, all of which lie in one folder.
fn load_files(files: &[(&str, &str)]) -> Result<Loaded, Failed> {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(folder.path()).unwrap();
    for (name, text) in files {
        let path = root.join(name);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text).unwrap();
    }
    frontend::load(&root.join(files[0].0), &Options::default())
}

fn load(text: &str) -> Loaded {
    load_files(&[("openapi.yaml", text)]).expect("it is a contract")
}

/// Codes of the diagnostics, in order of their places.
fn codes(loaded: &Loaded) -> Vec<&str> {
    loaded
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.number)
        // These contracts are the smallest there are, and lack what the specification asks for.
        .filter(|code| *code != "RG0223")
        .collect()
}

/// A contract of 3.1 with some schemas, of which `Root` is the body of its one operation.
fn with_schemas(version: &str, schemas: &str) -> Loaded {
    let schemas: String = schemas
        .lines()
        .map(|line| format!("    {line}\n"))
        .collect();
    load(&format!(
        "openapi: {version}
info: {{ title: Test, version: '1' }}
paths:
  /root:
    post:
      requestBody:
        content:
          application/json:
            schema: {{ $ref: '#/components/schemas/Root' }}
      responses: {{}}
components:
  schemas:
{schemas}"
    ))
}

fn root_id(api: &Api) -> SchemaId {
    api.operations[0].body.as_ref().unwrap().contents[0]
        .schema
        .unwrap()
}

fn root(api: &Api) -> &Schema {
    api.schema(root_id(api))
}

fn object(schema: &Schema) -> &Object {
    match &schema.shape {
        Shape::Object(object) => object,
        other => panic!("no object: {other:?}"),
    }
}

/// One line that says what a schema is, two levels deep.
fn describe(api: &Api, id: SchemaId, depth: usize) -> String {
    let schema = api.schema(id);
    let inner = |id: &SchemaId| {
        if depth == 0 {
            "…".to_owned()
        } else {
            describe(api, *id, depth - 1)
        }
    };
    let name = schema
        .name
        .clone()
        .map(|name| format!("{name}="))
        .unwrap_or_default();
    let shape = match &schema.shape {
        Shape::Integer(width) => format!("{width:?}"),
        Shape::String(text) => format!("{text:?}"),
        Shape::Enum { values, .. } => format!("enum{}", serde_json::Value::from(values.clone())),
        Shape::Array { items } => format!("[{}]", inner(items)),
        Shape::Tuple {
            prefix,
            rest,
            required,
        } => {
            let prefix: Vec<String> = prefix.iter().map(inner).collect();
            format!(
                "({}; {}; {required})",
                prefix.join(", "),
                rest.as_ref().map(inner).unwrap_or_default()
            )
        }
        Shape::Object(object) => {
            let field = |field: &routegen::model::Field| {
                format!(
                    "{}{}: {}",
                    field.name,
                    if field.required { "!" } else { "" },
                    inner(&field.schema)
                )
            };
            let mut parts: Vec<String> = object.fields.iter().map(field).collect();
            match &object.unknown {
                Unknown::Drop => {}
                Unknown::Reject => parts.push("-".to_owned()),
                Unknown::Keep(id) => parts.push(format!("*: {}", inner(id))),
            }
            format!("{{{}}}", parts.join(", "))
        }
        Shape::Union(union) => {
            let branches: Vec<String> = union.branches.iter().map(inner).collect();
            let by = union
                .discriminator
                .as_ref()
                .map(|discriminator| format!(" by {}", discriminator.property))
                .unwrap_or_default();
            format!("{:?}({}{by})", union.kind, branches.join(" | "))
        }
        other @ (Shape::Any | Shape::Never | Shape::Null | Shape::Boolean | Shape::Number) => {
            format!("{other:?}")
        }
    };
    let checks: Vec<String> = schema
        .checks
        .iter()
        .map(|check| format!(" {:?}", check.constraint))
        .collect();
    format!(
        "{name}{shape}{}{}",
        if schema.nullable { "?" } else { "" },
        checks.concat()
    )
}

/// Lowers `Root: schema` and compares its description.
fn check(version: &str, schema: &str, expected: &str) {
    let schema: String = schema.lines().map(|line| format!("  {line}\n")).collect();
    let loaded = with_schemas(
        version,
        &format!(
            "Root:\n{schema}\nOther: {{ type: object, properties: {{ o: {{ type: string }} }} }}"
        ),
    );
    let described = describe(&loaded.api, root_id(&loaded.api), 2);
    let described = described.strip_prefix("Root=").unwrap_or(&described);
    assert_eq!(described, expected, "{schema}");
}

#[test]
fn keywords_of_3_1_become_shapes_and_checks() {
    for (schema, expected) in [
        ("{}", "Any"),
        ("{ type: string }", "Plain"),
        ("{ type: [string, 'null'] }", "Plain?"),
        (
            "{ type: [string, null], minLength: 1 }",
            "Plain? MinLength(1)",
        ),
        ("{ type: [string, integer] }", "Any(Plain | I64)"),
        (
            "{ type: [string, integer, number], maximum: 3, maxLength: 2 }",
            "Any(Plain MaxLength(2) | Number Maximum { value: \"3\", exclusive: false })",
        ),
        (
            "{ type: integer, format: uint8, exclusiveMinimum: 0 }",
            "U8 Minimum { value: \"0\", exclusive: true }",
        ),
        ("{ type: number, format: int64 }", "Number"),
        ("{ type: string, format: date-time }", "DateTime"),
        ("{ type: string, format: email }", "Plain Format(Email)"),
        ("{ type: string, format: phone }", "Plain"),
        ("{ type: string, contentEncoding: base64 }", "Base64"),
        (
            "{ type: string, contentMediaType: application/octet-stream }",
            "Binary",
        ),
        ("{ const: a }", "enum[\"a\"]"),
        ("{ enum: [a, null] }", "enum[\"a\"]?"),
        ("{ type: string, enum: [a, 1, a] }", "enum[\"a\"]"),
        ("{ enum: [] }", "Never"),
        ("{ type: 'null' }", "Null"),
        (
            "{ type: array, items: { type: string }, uniqueItems: true }",
            "[Plain] UniqueItems",
        ),
        ("{ items: { type: string } }", "[Plain]"),
        (
            "{ prefixItems: [{ type: string }], minItems: 1 }",
            "(Plain; Any; 1) MinItems(1)",
        ),
        (
            "{ type: array, prefixItems: [{ type: string }], items: false }",
            "(Plain; ; 0)",
        ),
        (
            "{ properties: { a: { type: string } }, required: [a, b] }",
            "{a!: Plain, b!: Any}",
        ),
        ("{ type: object }", "{*: Any}"),
        ("{ type: object, additionalProperties: true }", "{*: Any}"),
        (
            "{ type: object, additionalProperties: { type: string } }",
            "{*: Plain}",
        ),
        ("{ type: object, additionalProperties: false }", "{-}"),
        (
            "{ allOf: [{ $ref: '#/components/schemas/Other' }], unevaluatedProperties: false }",
            "{o: Plain, -}",
        ),
        ("{ pattern: '^a' }", "Plain Pattern(\"^a\")"),
    ] {
        check("3.1.0", schema, expected);
    }
}

#[test]
fn keywords_of_3_0_become_shapes_and_checks() {
    for (schema, expected) in [
        ("{ type: string, nullable: true }", "Plain?"),
        (
            "{ type: string, nullable: true, enum: [a] }",
            "enum[\"a\"]?",
        ),
        ("{ type: string, enum: [a, null] }", "enum[\"a\"]?"),
        (
            "{ type: number, minimum: 1, exclusiveMinimum: true }",
            "Number Minimum { value: \"1\", exclusive: true }",
        ),
        (
            "{ type: number, minimum: 1.50, exclusiveMinimum: false }",
            "Number Minimum { value: \"1.50\", exclusive: false }",
        ),
        (
            "{ nullable: true, allOf: [{ $ref: '#/components/schemas/Other' }] }",
            "One(Other={o: Plain})?",
        ),
        ("{ type: string, format: byte }", "Base64"),
        (
            "{ type: object, properties: { a: { $ref: '#/components/schemas/Other', nullable: true } } }",
            "{a: Other={o: Plain}}",
        ),
    ] {
        check("3.0.3", schema, expected);
    }
}

#[test]
fn composition_is_merged_or_kept_apart() {
    for (schema, expected) in [
        (
            "{ allOf: [{ $ref: '#/components/schemas/Other' }, { description: just words }] }",
            "Other={o: Plain}",
        ),
        (
            "{ allOf: [{ $ref: '#/components/schemas/Other' }], properties: { p: { type: integer } }, required: [o] }",
            "{o!: Plain, p: I64}",
        ),
        (
            "{ allOf: [{ properties: { a: { type: string, minLength: 1 } } }, { properties: { a: { maxLength: 3 } } }] }",
            "{a: Plain MinLength(1) MaxLength(3)}",
        ),
        ("{ oneOf: [{ type: string }, { type: 'null' }] }", "Plain?"),
        (
            "{ anyOf: [{ $ref: '#/components/schemas/Other' }, { type: 'null' }] }",
            "Any(Other={o: Plain})?",
        ),
        (
            "{ oneOf: [{ $ref: '#/components/schemas/Other' }] }",
            "Other={o: Plain}",
        ),
        (
            "{ anyOf: [{ type: string }, { type: integer }, { type: 'null' }] }",
            "Any(Plain | I64)?",
        ),
        (
            "{ properties: { a: { type: string }, b: { type: string } }, oneOf: [{ required: [a] }, { required: [b] }] }",
            "One({a!: Plain, b: Plain} | {a: Plain, b!: Plain})",
        ),
        (
            "oneOf:\n- { type: object, required: [k], properties: { k: { const: a } } }\n- { type: object, required: [k], properties: { k: { const: b } } }",
            "One({k!: enum[\"a\"]} | {k!: enum[\"b\"]} by k)",
        ),
        (
            "{ $ref: '#/components/schemas/Other', required: [o] }",
            "{o!: Plain}",
        ),
        (
            "{ $ref: '#/components/schemas/Other', description: words }",
            "Other={o: Plain}",
        ),
    ] {
        check("3.1.0", schema, expected);
    }
}

#[test]
fn recursion_ends_in_the_same_id() {
    let loaded = with_schemas(
        "3.1.0",
        "Root: { type: object, properties: { next: { $ref: '#/components/schemas/Root' } } }",
    );
    let id = root_id(&loaded.api);
    assert_eq!(object(loaded.api.schema(id)).fields[0].schema, id);
}

#[test]
fn a_base_that_lists_its_heirs_is_a_plain_object_in_them() {
    let loaded = with_schemas(
        "3.0.3",
        "Root: { type: object, required: [kind], properties: { kind: { type: string } }, oneOf: [{ $ref: '#/components/schemas/Cat' }], discriminator: { propertyName: kind } }
Cat: { allOf: [{ $ref: '#/components/schemas/Root' }, { properties: { meow: { type: boolean } } }] }",
    );
    assert_eq!(
        describe(&loaded.api, root_id(&loaded.api), 1),
        "Root={kind!: Plain, meow: Boolean}"
    );
}

#[test]
fn discriminators_name_the_values_of_each_branch() {
    let loaded = with_schemas(
        "3.1.0",
        "Root:
  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
  discriminator: { propertyName: kind, mapping: { puss: Cat, tom: '#/components/schemas/Cat' } }
Cat: { type: object, properties: { kind: { type: string } } }
Dog: { type: object, properties: { kind: { type: string } } }",
    );
    let Shape::Union(union) = &root(&loaded.api).shape else {
        panic!("no union")
    };
    assert_eq!(union.kind, UnionKind::One);
    let discriminator = union.discriminator.as_ref().unwrap();
    assert_eq!(discriminator.property, "kind");
    assert_eq!(
        serde_json::json!(discriminator.values),
        serde_json::json!([["puss", "tom"], ["Dog"]])
    );
}

#[test]
fn fields_carry_defaults_directions_and_texts() {
    let loaded = with_schemas(
        "3.1.0",
        "Root:
  properties:
    a: { type: integer, default: 5 }
    b: { type: integer, default: five }
    c: { type: string, readOnly: true, description: inner }
    d: { $ref: '#/components/schemas/D', description: outer, writeOnly: true }
D: { type: string, default: x, description: inner }",
    );
    assert_eq!(codes(&loaded), ["RG0213"]);
    let fields = &object(root(&loaded.api)).fields;
    assert_eq!(fields[0].default, Some(5.into()));
    assert_eq!(fields[1].default, None);
    assert_eq!(
        (fields[2].access, fields[2].docs.description.as_str()),
        (Access::ReadOnly, "")
    );
    assert_eq!(
        (fields[3].access, fields[3].docs.description.as_str()),
        (Access::WriteOnly, "outer")
    );
    assert_eq!(fields[3].default, Some("x".into()));
    assert_eq!(
        loaded.api.schema(fields[3].schema).docs.description,
        "inner"
    );
}

const OPERATIONS: &str = r#"
openapi: 3.0.3
info: { title: Books, version: 1.0 }
servers: [{ url: 'https://api.example.com/{v}/', variables: { v: { default: v1 } } }]
security: [{ key: [] }]
paths:
  /books/{id}.json:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer } }
      - { name: page, in: query, schema: { type: integer, default: 1 }, required: true }
    get:
      tags: [books]
      security: [{}, { key: [], oauth: [read] }]
      parameters:
        - { name: page, in: query, schema: { type: string } }
        - { name: ids, in: query, style: pipeDelimited, schema: { type: array, items: { type: string } } }
        - { name: Accept, in: header, schema: { type: string } }
        - { name: filter, in: query, content: { application/json: { schema: { type: object } } } }
      responses:
        200:
          description: A book.
          headers:
            X-Rate: { schema: { type: integer }, required: true }
            Content-Type: { schema: { type: string } }
          content:
            application/json: { schema: { type: string } }
            application/xml: { schema: { type: string } }
        4XX: { description: Wrong. }
        default: { description: Else. }
  /books/{isbn}.json:
    get: { responses: {} }
    delete: { responses: {} }
  /files/{path}:
    get:
      parameters: [{ name: path, in: path, required: true, x-catch-all: true, schema: { type: string } }]
      responses: {}
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    oauth: { type: oauth2, flows: {} }
"#;

#[test]
fn operations_say_what_goes_in_and_what_comes_out() {
    let loaded = load(OPERATIONS);
    assert_eq!(codes(&loaded), ["RG0207", "RG0208", "RG0208"]);
    let api = &loaded.api;
    assert_eq!(
        (
            api.title.as_str(),
            api.version.as_str(),
            api.server_path.as_deref()
        ),
        ("Books", "1.0", Some("/v1"))
    );
    let urls: Vec<String> = api
        .operations
        .iter()
        .map(|operation| format!("{} {}", operation.method.upper(), operation.url))
        .collect();
    assert_eq!(
        urls,
        [
            "GET /books/{id}.json",
            "GET /files/{*path}",
            "DELETE /books/{isbn}.json"
        ]
    );
    let get = &api.operations[0];
    let parameters: Vec<_> = get
        .parameters
        .iter()
        .map(|p| (p.name.as_str(), p.location, p.style, p.explode, p.required))
        .collect();
    assert_eq!(
        parameters,
        [
            ("id", Location::Path, Style::Simple, false, true),
            ("page", Location::Query, Style::Form, true, false),
            ("ids", Location::Query, Style::PipeDelimited, false, false),
            ("filter", Location::Query, Style::Form, true, false),
        ]
    );
    assert_eq!(get.parameters[1].default, None);
    assert_eq!(
        get.parameters[3].content.as_ref().unwrap().as_str(),
        "application/json"
    );
    let statuses: Vec<Status> = get
        .responses
        .iter()
        .map(|response| response.status)
        .collect();
    assert_eq!(
        statuses,
        [Status::Code(200), Status::Range(4), Status::Default]
    );
    assert_eq!(get.responses[0].headers.len(), 1);
    assert!(get.responses[0].contents[1].schema.is_some());
    let schemes: Vec<Vec<usize>> = get
        .security
        .iter()
        .map(|all| all.uses.iter().map(|one| one.scheme).collect())
        .collect();
    assert_eq!(schemes, [vec![], vec![0, 1]]);
    assert_eq!(api.operations[2].security.len(), 1);
    assert_eq!(api.operations[2].method, Method::Delete);
    assert_eq!(
        api.security_schemes[0].kind,
        SchemeKind::ApiKeyHeader("X-Key".to_owned())
    );
    assert_eq!(
        api.schema(api.operations[2].parameters[0].schema).shape,
        Shape::String(Text::Plain)
    );
}

#[test]
fn broken_references_degrade_what_needs_them() {
    let loaded = with_schemas(
        "3.1.0",
        "Root: { properties: { a: { $ref: '#/nothing' }, b: { $ref: 'http://x.y/z' }, c: { $ref: ../out.yaml }, d: { $ref: '#/components/schemas/Loop' } } }
Loop: { $ref: '#/components/schemas/Loop' }",
    );
    let mut found = codes(&loaded);
    found.sort_unstable();
    assert_eq!(found, ["RG0201", "RG0202", "RG0204", "RG0205"]);
    assert!(
        object(root(&loaded.api))
            .fields
            .iter()
            .all(|field| loaded.api.schema(field.schema).shape == Shape::Any)
    );
}

#[test]
fn constraints_are_those_of_the_type() {
    let loaded = with_schemas(
        "3.1.0",
        "Root: { type: string, format: uri, minLength: 3, minItems: 2, maximum: 4 }",
    );
    let constraints: Vec<&Constraint> = root(&loaded.api)
        .checks
        .iter()
        .map(|check| &check.constraint)
        .collect();
    assert_eq!(
        constraints,
        [&Constraint::Format(Format::Uri), &Constraint::MinLength(3)]
    );
    let loaded = with_schemas(
        "3.1.0",
        "Root: { type: integer, format: int32, multipleOf: 5, x-a: 1, not: {} }",
    );
    assert_eq!(root(&loaded.api).shape, Shape::Integer(Integer::I32));
    assert_eq!(codes(&loaded), [""; 0]);
    assert!(root(&loaded.api).refinement.is_some());
}
