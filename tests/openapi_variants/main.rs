//! Paths that differ behind `#` or `?` alone, and what the one operation is that they become.

mod joined;
#[path = "../lowered/mod.rs"]
mod lowered;

use lowered::with_paths;
use routegen::frontend::Loaded;
use routegen::model::{Location, SchemaId, Shape};

const CONVERSATIONS: &str = "  /talks#stream:
    post:
      summary: Talk in a stream.
      operationId: stream
      parameters:
        - { name: trace, in: header, required: true, schema: { type: string } }
        - { name: tags, in: query, explode: false, schema: { type: array, items: { type: string } } }
        - { name: size, in: query, schema: { type: integer, minimum: 1 } }
        - { name: sort, in: query, schema: { type: string, default: up } }
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, required: [stream], properties: { stream: { const: true } } } } }
      responses:
        '200':
          description: Pieces.
          headers: { X-Left: { required: true, schema: { type: integer } }, X-Id: { required: true, schema: { type: string } } }
          content: { text/event-stream: { schema: { type: string } } }
        '404': { description: None., content: { application/json: { schema: { type: array, items: { type: string, maxLength: 3 } } } } }
  /talks:
    post:
      description: All at once.
      parameters:
        - { name: trace, in: header, schema: { type: string } }
        - { name: tags, in: query, schema: { type: string } }
        - { name: size, in: query, schema: { type: integer, minimum: 1 } }
        - { name: sort, in: query, schema: { type: string, default: down } }
      requestBody:
        content: { application/json: { schema: { type: object, required: [stream], properties: { stream: { const: false } } } } }
      responses:
        '200':
          description: The whole.
          headers: { x-left: { required: true, schema: { type: integer } } }
          content: { application/json: { schema: { type: string } } }
        '404': { description: None., content: { application/json: { schema: { type: array, items: { type: string, maxLength: 3 } } } } }
        '409': { description: Busy. }
    get: { responses: { '204': { description: Nothing. } } }
";

fn branches(loaded: &Loaded, id: SchemaId) -> usize {
    match &loaded.api.schema(id).shape {
        Shape::Union(union) => union.branches.len(),
        _ => 1,
    }
}

#[test]
fn one_operation_takes_and_gives_what_either_does() {
    let loaded = with_paths(CONVERSATIONS);
    let codes: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|of| (of.code.number, of.message.as_str()))
        .collect();
    assert_eq!(
        codes,
        [
            (
                "RG0210",
                "a query or a fragment is no part of a path; what stands before it is served"
            ),
            (
                "RG0230",
                "`POST /talks` is served together with `POST /talks#stream`"
            ),
        ]
    );
    let [post, get] = loaded.api.operations.as_slice() else {
        panic!("{:#?}", loaded.api.operations);
    };
    assert_eq!(get.responses.len(), 1);
    assert_eq!(post.operation_id.as_deref(), Some("stream"));
    let [apart] = post.described_apart.as_slice() else {
        panic!("{:#?}", post.described_apart);
    };
    assert_eq!(
        (apart.path.as_str(), apart.summary.as_str()),
        ("/talks", "")
    );
    assert_eq!(post.docs.description, "");
    let body = post.body.as_ref().unwrap();
    assert!(!body.required);
    assert_eq!(branches(&loaded, body.contents[0].schema.unwrap()), 2);
    let statuses: Vec<_> = post
        .responses
        .iter()
        .map(|of| {
            let media = of.contents.iter().map(|of| of.media_type.as_str());
            let headers = of.headers.iter().map(|of| (of.name.as_str(), of.required));
            (media.collect::<Vec<_>>(), headers.collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(
        statuses,
        [
            (
                vec!["text/event-stream", "application/json"],
                vec![("X-Left", true), ("X-Id", false)]
            ),
            (vec!["application/json"], vec![]),
            (vec![], vec![]),
        ]
    );
    let missing = post.responses[1].contents[0].schema.unwrap();
    assert_eq!(branches(&loaded, missing), 1, "both say the same");
}

#[test]
fn a_parameter_that_both_have_is_one() {
    let loaded = with_paths(CONVERSATIONS);
    let parameters = &loaded.api.operations[0].parameters;
    let found: Vec<_> = parameters
        .iter()
        .map(|of| (of.location, of.name.as_str(), of.required, of.explode))
        .collect();
    assert_eq!(
        found,
        [
            (Location::Header, "trace", false, false),
            (Location::Query, "tags", false, false),
            (Location::Query, "size", false, true),
            (Location::Query, "sort", false, true),
        ]
    );
    let shape = |at: usize| &loaded.api.schema(parameters[at].schema).shape;
    assert!(
        matches!(shape(1), Shape::Array { .. }),
        "a text with commas is a list"
    );
    assert!(matches!(shape(2), Shape::Integer(_)));
    assert_eq!(parameters[3].default, None, "their defaults differ");
}

#[test]
fn what_is_written_in_two_ways_is_left_out() {
    let loaded = with_paths(
        "  /a:
    get:
      parameters: [{ name: at, in: query, style: pipeDelimited, schema: { type: array, items: { type: string } } }]
      responses: {}
  /a?b:
    get:
      parameters: [{ name: at, in: query, schema: { type: array, items: { type: string } } }]
      responses: {}
",
    );
    assert_eq!(loaded.api.operations.len(), 1);
    let twice = loaded
        .diagnostics
        .iter()
        .find(|of| of.code.number == "RG0207");
    assert_eq!(
        twice.unwrap().notes,
        ["one handler can't serve both: `at` is written in two ways"]
    );
}

/// The bodies of `PUT /a`, with as many variants as there are schemas after the first.
fn bodies(schemas: &[&str]) -> Loaded {
    let paths: String = schemas
        .iter()
        .enumerate()
        .map(|(at, schema)| {
            let path = if at == 0 { String::new() } else { format!("#{at}") };
            format!("  /a{path}:\n    put: {{ requestBody: {{ content: {schema} }}, responses: {{}} }}\n")
        })
        .collect();
    with_paths(&paths)
}

fn json(schema: &str) -> String {
    format!("{{ application/json: {{ schema: {schema} }} }}")
}

/// The names of fields, with `!` where one is required; of a union those of each branch.
fn fields(loaded: &Loaded, id: SchemaId) -> String {
    match &loaded.api.schema(id).shape {
        Shape::Object(object) => {
            let all = object.fields.iter().map(|field| {
                let mark = if field.required { "!" } else { "" };
                match &loaded.api.schema(field.schema).shape {
                    Shape::Object(_) => {
                        format!("{}{mark}{{{}}}", field.name, fields(loaded, field.schema))
                    }
                    _ => format!("{}{mark}", field.name),
                }
            });
            all.collect::<Vec<_>>().join(" ")
        }
        Shape::Union(union) => {
            let all = union.branches.iter().map(|id| fields(loaded, *id));
            all.collect::<Vec<_>>().join(" | ")
        }
        Shape::Array { items } => format!("[{}]", fields(loaded, *items)),
        _ => "-".to_owned(),
    }
}

#[test]
fn forms_are_one_form_and_what_cant_be_one_is_said() {
    let form = |properties: &str| {
        format!(
            "{{ multipart/form-data: {{ schema: {{ type: object, required: [file], properties: {{ file: {{ type: string, format: binary }}, {properties} }} }} }} }}"
        )
    };
    let loaded = bodies(&[&form("a: {}"), &form("note: { type: string }")]);
    let body = loaded.api.operations[0].body.as_ref().unwrap();
    assert_eq!(
        fields(&loaded, body.contents[0].schema.unwrap()),
        "file! a note"
    );
    for (contents, losses) in [
        (
            [
                "{ text/plain: { schema: { type: string, maxLength: 1 } } }",
                "{ text/plain: { schema: { type: string } } }",
            ],
            1,
        ),
        (
            [
                "{ application/json: { schema: { type: string } } }",
                "{ application/json: {} }",
            ],
            1,
        ),
        (
            [
                "{ text/plain: { schema: { type: string } } }",
                "{ text/plain: { schema: { type: string } } }",
            ],
            0,
        ),
    ] {
        let loaded = bodies(&contents);
        let lost = loaded.diagnostics.iter().filter(|of| {
            of.code.number == "RG0230" && of.effect == routegen::diagnostics::Effect::Degrades
        });
        assert_eq!(lost.count(), losses, "{contents:?}");
    }
}

#[test]
fn what_differs_in_words_alone_is_one() {
    let loaded = with_paths(
        "  /a:
    get: { security: [{ key: [] }, {}], responses: { '200': { description: An image., content: { image/png: {} } } } }
  /a#b:
    get: { security: [{}, { key: [] }], responses: { '200': { description: An image., content: { image/png: { schema: { type: string, format: binary } } } } } }
  /a#c:
    get: { security: [{ key: [] }], responses: { '204': { description: Nothing. } } }
components: { securitySchemes: { key: { type: apiKey, in: header, name: k } } }
",
    );
    let found: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|of| (of.code.number, of.effect))
        .filter(|(code, _)| ["RG0207", "RG0230"].contains(code))
        .collect();
    let (warning, degrades) = (
        routegen::diagnostics::Effect::Warning,
        routegen::diagnostics::Effect::Degrades,
    );
    assert_eq!(found, [("RG0230", warning), ("RG0207", degrades)]);
}

#[test]
fn a_callback_that_variants_have_in_common_is_one() {
    let operation = |path: &str, parameter: &str, callbacks: &str| {
        format!(
            "  {path}:
    post:
      parameters: [{{ name: {parameter}, in: path, required: true, schema: {{ type: string }} }}]
      responses: {{}}
      callbacks:
{callbacks}"
        )
    };
    let callback = |name: &str, field: &str, style: &str| {
        format!("        {name}:
          'https://x/{{$request.path.id}}':
            post:
              parameters: [{{ name: at, in: query, style: {style}, schema: {{ type: array, items: {{ type: string }} }} }}]
              requestBody: {{ content: {{ application/json: {{ schema: {{ type: object, properties: {{ {field}: {{}} }} }} }} }} }}
              responses: {{ '200': {{ description: Taken., content: {{ application/json: {{ schema: {{ type: object, properties: {{ {field}: {{}} }} }} }} }} }} }}
")
    };
    let first = callback("onA", "a", "form") + &callback("onB", "b", "form");
    let loaded = with_paths(
        &(operation("/s/{id}", "id", &first)
            + &operation("/s/{key}#b", "key", &callback("onA", "c", "form"))),
    );
    let names = |loaded: &Loaded| -> Vec<String> {
        let callbacks = loaded.api.callbacks.iter();
        callbacks.map(|callback| callback.name.clone()).collect()
    };
    assert_eq!(names(&loaded), ["onA", "onB"]);
    let sent = &loaded.api.callbacks[0].operation;
    let body = sent.body.as_ref().unwrap().contents[0].schema.unwrap();
    assert_eq!(fields(&loaded, body), "a | c", "whoever sends it chooses");
    let answer = sent.responses[0].contents[0].schema.unwrap();
    assert_eq!(fields(&loaded, answer), "a c");
    let loaded = with_paths(
        &(operation("/s/{id}", "id", &first)
            + &operation("/s/{key}#b", "key", &callback("onA", "c", "pipeDelimited"))),
    );
    assert_eq!(names(&loaded), ["onA", "onB"]);
    let lost = loaded.diagnostics.iter().find(|of| {
        of.code.number == "RG0230" && of.effect == routegen::diagnostics::Effect::Degrades
    });
    assert_eq!(
        lost.unwrap().message,
        "`at` is written in two ways in what is sent to `https://x/{$request.path.id}`"
    );
}

#[test]
fn each_variant_is_held_against_all_before_it() {
    let parameter = |said: &str| format!("parameters: [{{ name: at, {said} }}], responses: {{}}");
    let list = "schema: { type: array, items: { type: string } }";
    let pipes = parameter(&format!(
        "in: query, style: pipeDelimited, explode: false, {list}"
    ));
    let commas = parameter(&format!("in: query, explode: false, {list}"));
    let loaded = with_paths(&format!(
        "  /a:\n    get: {{ responses: {{}} }}\n  /a#p:\n    get: {{ {pipes} }}\n  /a#c:\n    get: {{ {commas} }}\n"
    ));
    assert!(
        loaded
            .diagnostics
            .iter()
            .any(|of| of.code.number == "RG0207")
    );
    // Names of headers have no case.
    let [upper, lower] = ["X-Id", "x-id"].map(|name| {
        format!("parameters: [{{ name: {name}, in: header, schema: {{ type: string }} }}], responses: {{}}")
    });
    let loaded = with_paths(&format!(
        "  /a:\n    get: {{ {upper} }}\n  /a#b:\n    get: {{ {lower} }}\n"
    ));
    assert_eq!(loaded.api.operations[0].parameters.len(), 1);
}

#[test]
fn a_callback_of_a_variant_goes_by_the_names_of_the_first() {
    let loaded = with_paths(
        "  /a/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: Nothing. } }
  /a/{key}#b:
    get:
      parameters: [{ name: key, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: Some., content: { text/plain: {} } } }
      callbacks:
        done: { 'https://x/{$request.path.key}': { post: { responses: {} } } }
",
    );
    let codes: Vec<_> = loaded.diagnostics.iter().map(|of| of.code.number).collect();
    assert!(!codes.contains(&"RG0226"), "{codes:?}");
    let target = format!("{:?}", loaded.api.callbacks[0].target);
    assert!(target.contains("Path(\"id\")"), "{target}");
    let empty = loaded
        .diagnostics
        .iter()
        .find(|of| of.message.contains("don't both have a body"));
    assert!(empty.is_some());
}
