//! Paths that differ behind `#` or `?` alone, and what the one operation is that they become.

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
    assert_eq!(
        post.docs.description,
        "The contract describes apart:\n\n- `POST /talks`"
    );
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
