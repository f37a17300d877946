//! Contracts of several files, and inputs that are none or hardly one.

use camino::Utf8Path;
use routegen::frontend::{self, Failed, Loaded, Options};
use routegen::model::{Integer, Method, Shape, Text};

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
        .filter(|code| *code != "RG0223")
        .collect()
}

#[test]
fn references_stay_within_the_contracts_folder() {
    let files = [
        (
            "api/openapi.yaml",
            "openapi: 3.1.0\npaths: { /a: { $ref: '../secret.yaml' }, /b: { $ref: 'sub/../b.yaml' } }",
        ),
        ("secret.yaml", "get: { responses: {} }"),
        ("api/b.yaml", "get: { responses: {} }"),
        ("api/sub/c.yaml", ""),
    ];
    let loaded = load_files(&files).unwrap();
    assert_eq!(codes(&loaded), ["RG0203"]);
    assert_eq!(loaded.api.operations.len(), 1);
}

#[test]
fn what_is_meant_by_a_slip_is_said() {
    let files = [
        (
            "api/openapi.yaml",
            "openapi: 3.1.0\npaths: { /a: { $ref: './sub/station.yaml#/a' }, /b: { $ref: other.yaml }, /c: { get: {} } }\ncomponents: { securitySchemes: { token: { type: http, scheme: bearer } } }\nsecurity: [{ tokn: [] }]",
        ),
        ("api/sub/stations.yaml", "a: { get: {} }"),
    ];
    let loaded = load_files(&files).unwrap();
    let helps = loaded.diagnostics.iter().filter_map(|of| {
        let help = of.help.as_deref()?;
        (of.code.number != "RG0223").then_some((of.code.number, help))
    });
    assert_eq!(
        helps.collect::<Vec<_>>(),
        [
            ("RG0204", "is `./sub/stations.yaml` meant?"),
            ("RG0204", "mend the reference, or the file that it names"),
            (
                "RG0216",
                "is `token` meant? Until then its function in `auth.rs` gets an `Authorization` header of the scheme `tokn`, and decides"
            ),
        ]
    );
}

#[test]
fn a_file_is_found_by_the_address_that_it_says_it_has() {
    let root = "openapi: 3.2.0
$self: https://books.example/openapi.yaml
info: { title: A, version: '1' }
paths:
  /a: { $ref: 'https://books.example/paths.yaml#/a' }
  /b: { $ref: 'https://books.example/openapi.yaml#/paths/~1c' }
  /c: { get: {} }
  /d: { $ref: paths.yaml#/a }
  /e: { $ref: 'https://elsewhere.example/openapi.yaml#/paths/~1c' }";
    let paths = "$self: https://books.example/paths.yaml\na: { get: {} }";
    let loaded = load_files(&[("openapi.yaml", root), ("paths.yaml", paths)]).unwrap();
    assert_eq!(codes(&loaded), ["RG0202"]);
    assert_eq!(loaded.api.operations.len(), 4);
}

#[test]
fn schemas_that_only_their_own_file_refers_to_have_names_too() {
    let files = [
        (
            "openapi.yaml",
            "openapi: 3.1.0
info: { title: A, version: '1' }
paths:
  /a:
    get:
      responses: { '200': { description: '', content: { application/json: { schema: { $ref: 'models.yaml#/Book' } } } } }",
        ),
        (
            "models.yaml",
            "Book: { type: object, properties: { paper: { $ref: '#/Paper' } } }
Paper: { type: object, properties: { weight: { type: integer } } }",
        ),
    ];
    let loaded = load_files(&files).unwrap();
    let names = loaded
        .api
        .schemas
        .iter()
        .filter_map(|(_, schema)| schema.name.as_deref());
    assert_eq!(names.collect::<Vec<_>>(), ["Book", "Paper"]);
}

#[test]
fn several_files_become_one_document_without_what_is_internal() {
    let files = [
        (
            "openapi.yaml",
            "openapi: 3.1.0
info: { title: A, version: '1' }
servers: [{ url: /x }]
paths:
  /a:
    get:
      parameters: [{ name: secret, in: query, x-internal: true }]
      responses: { '200': { description: '', content: { application/json: { schema: { $ref: 'models.yaml#/Book' } } } } }
  /hidden:
    x-internal: true
    get: { responses: {} }
components:
  schemas:
    Book: { type: string }
    Hidden: { x-internal: true }",
        ),
        (
            "models.yaml",
            "Book: { required: [me, x], properties: { me: { $ref: '#/Book' }, x: { x-internal: true }, r: { $ref: 'openapi.yaml#/components/schemas/Book' } } }",
        ),
    ];
    let loaded = load_files(&files).unwrap();
    assert_eq!(codes(&loaded), ["RG0111"]);
    assert_eq!(loaded.api.operations.len(), 2);
    let document = &loaded.api.document;
    let whole: serde_json::Value = serde_json::from_str(&format!(
        "{}[\"servers\"]{}",
        document.before_servers, document.after_servers
    ))
    .unwrap();
    let expected = serde_json::json!({
        "openapi": "3.1.0",
        "info": { "title": "A", "version": "1" },
        "servers": ["servers"],
        "paths": { "/a": { "get": {
            "parameters": [],
            "responses": { "200": { "description": "", "content": { "application/json": {
                "schema": { "$ref": "#/components/schemas/Book_2" } } } } },
        } } },
        "components": { "schemas": {
            "Book": { "type": "string" },
            "Book_2": { "required": ["me"], "properties": {
                "me": { "$ref": "#/components/schemas/Book_2" },
                "r": { "$ref": "#/components/schemas/Book" },
            } },
        } },
    });
    assert_eq!(whole, expected);
}

#[test]
fn inputs_that_are_no_contract_are_refused() {
    for (name, text, code) in [
        ("a.yaml", "openapi: 3.0.0\npaths: [", "RG0102"),
        ("a.json", "{\"openapi\": \"3.0.0\",}", "RG0102"),
        ("a.yaml", &"[".repeat(100_000), "RG0103"),
        ("a.json", &"[".repeat(100_000), "RG0103"),
        ("a.yaml", "hello", "RG0105"),
        ("a.yaml", "openapi: 4.0.0", "RG0106"),
        ("a.yaml", "swagger: '1.2'", "RG0107"),
        ("a.yaml", "a\0b", "RG0101"),
    ] {
        let failed = load_files(&[(name, text)]).unwrap_err();
        let codes: Vec<&str> = failed
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.number)
            .filter(|code| *code != "RG0223")
            .collect();
        assert_eq!(
            codes,
            [code],
            "{name}: {}",
            text.chars().take(30).collect::<String>()
        );
    }
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        text.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    let failed = load_files(&[("a.yaml", &text)]).unwrap_err();
    assert_eq!(
        failed.diagnostics.iter().next().unwrap().code.number,
        "RG0104"
    );
}

#[test]
fn anchors_merge_keys_marks_and_line_ends_of_yaml_are_read() {
    let text = "\u{feff}openapi: 3.0\r\nx-base: &base\r\n  get: &get { operationId: é, responses: {} }\r\npaths:\r\n  /a:\r\n    <<: *base\r\n    put: *get\r\n";
    let loaded = load(text);
    let operations: Vec<_> = loaded
        .api
        .operations
        .iter()
        .map(|o| (o.method, o.operation_id.clone().unwrap()))
        .collect();
    assert_eq!(
        operations,
        [(Method::Put, "é".to_owned()), (Method::Get, "é".to_owned())]
    );
    assert_eq!(codes(&loaded), ["RG0217"]);
}

/// Where references lead that begin from the `$id` of the schema they stand in, or go by an anchor.
#[test]
fn references_begin_from_the_id_of_their_schema() {
    let text = "openapi: 3.1.0
info: { title: A, version: '1' }
paths:
  /a:
    post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Shelf' } } } }, responses: {} }
components:
  schemas:
    Shelf:
      $id: https://books.example/schemas/shelf
      type: object
      properties:
        first: { $ref: book }
        second: { $ref: '/schemas/book#isbn' }
        third: { $ref: '#/$defs/local' }
        fourth: { $ref: '#/components/schemas/Genre' }
        fifth: { $dynamicRef: '#genre' }
      $defs: { local: { type: number } }
    Book: { $id: https://books.example/schemas/book, type: boolean, $defs: { isbn: { $anchor: isbn, type: integer } } }
    Genre: { $dynamicAnchor: genre, type: string }
";
    let loaded = load(text);
    assert_eq!(codes(&loaded), [""; 0]);
    let api = &loaded.api;
    let body = api.operations[0].body.as_ref().unwrap();
    let Shape::Object(shelf) = &api.schema(body.contents[0].schema.unwrap()).shape else {
        panic!("a shelf is an object");
    };
    let shapes = shelf
        .fields
        .iter()
        .map(|field| &api.schema(field.schema).shape);
    let expected = [
        Shape::Boolean,
        Shape::Integer(Integer::I64),
        Shape::Number,
        Shape::String(Text::Plain),
        Shape::String(Text::Plain),
    ];
    assert_eq!(
        shapes.collect::<Vec<_>>(),
        expected.iter().collect::<Vec<_>>()
    );
}
