//! Objects of which values can't tell which is meant: one with the fields of both, or any value.

use routegen::frontend::Loaded;
use routegen::model::{Access, Shape, Unknown};

use super::lowered::with_paths;
use super::{bodies, fields, json};

#[test]
fn objects_that_values_cant_tell_apart_become_one() {
    let object = |required: &str, properties: &str| {
        format!("{{ type: object, required: [{required}], properties: {{ {properties} }} }}")
    };
    let text = "{ type: string }";
    let deep = |name: &str| format!("p: {{ type: object, properties: {{ {name}: {text} }} }}");
    for (schemas, expected) in [
        // Whatever the second takes, the first would.
        (
            vec![
                object("", &format!("a: {text}")),
                object("s", &format!("s: {text}")),
            ],
            "a s",
        ),
        (
            vec![
                object("a", &format!("a: {text}")),
                object("a", &format!("a: {text}, b: {text}")),
            ],
            "a! b",
        ),
        (
            vec![
                object("", &deep("x")),
                object("", &deep("y")),
                object("", &deep("z")),
            ],
            "p{x y z}",
        ),
        // Each needs what the other hasn't.
        (
            vec![
                object("a", &format!("a: {text}")),
                object("b", &format!("b: {text}")),
            ],
            "a! | b!",
        ),
        // A value tells.
        (
            vec![
                object("k", "k: { const: x }"),
                object("k", &format!("k: {{ const: y }}, b: {text}")),
            ],
            "k! | k! b",
        ),
        (
            vec![
                object("a", &format!("a: {text}")),
                object("b", &format!("b: {text}")),
                object("", &format!("c: {text}")),
            ],
            "b a c",
        ),
        (
            vec![
                format!(
                    "{{ type: array, items: {} }}",
                    object("", &format!("a: {text}"))
                ),
                format!(
                    "{{ type: array, items: {} }}",
                    object("", &format!("b: {text}"))
                ),
            ],
            "[a b]",
        ),
        (
            vec![text.to_owned(), object("", &format!("a: {text}"))],
            "- | a",
        ),
    ] {
        let contents: Vec<String> = schemas.iter().map(|schema| json(schema)).collect();
        let contents: Vec<&str> = contents.iter().map(String::as_str).collect();
        let loaded = bodies(&contents);
        let body = loaded.api.operations[0].body.as_ref().unwrap();
        let found = fields(&loaded, body.contents[0].schema.unwrap());
        assert_eq!(found, expected, "{schemas:?}");
    }
}

#[test]
fn what_recurs_is_joined_once() {
    let loaded = with_paths(
        "  /a:
    put: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }, responses: {} }
  /a#b:
    put: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/B' } } } }, responses: {} }
components:
  schemas:
    A: { type: object, properties: { next: { $ref: '#/components/schemas/A' }, a: {} } }
    B: { type: object, properties: { next: { $ref: '#/components/schemas/B' }, b: {} } }
",
    );
    let body = loaded.api.operations[0].body.as_ref().unwrap();
    let id = body.contents[0].schema.unwrap();
    let Shape::Object(object) = &loaded.api.schema(id).shape else {
        panic!("an object with the fields of both");
    };
    let names: Vec<&str> = object
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    assert_eq!(names, ["next", "a", "b"]);
    assert_eq!(object.fields[0].schema, id);
}

/// The bodies of both in JSON, and what becomes of them; with a `?` behind it, if a place isn't checked any more.
fn either(a: &str, b: &str) -> String {
    let loaded = bodies(&[&json(a), &json(b)]);
    let body = loaded.api.operations[0].body.as_ref().unwrap();
    let found = match body.contents[0].schema {
        Some(id) => fields(&loaded, id),
        None => "-".to_owned(),
    };
    let is_lost = loaded.diagnostics.iter().any(|of| {
        of.code.number == "RG0230" && of.effect == routegen::diagnostics::Effect::Degrades
    });
    if is_lost { format!("{found}?") } else { found }
}

#[test]
fn no_value_is_lost_in_silence() {
    let a = "{ type: object, properties: { a: { type: string } } }";
    let b = "{ type: object, properties: { b: { type: string } } }";
    let list = |of: &str| format!("{{ type: array, items: {of} }}");
    let with = |of: &str, more: &str| of.replacen("{ type: object", &format!("{{ {more}"), 1);
    let nullable = "type: [object, 'null']";
    for (first, other, expected) in [
        // A value tells two apart only where it must be there.
        (
            "{ type: object, properties: { k: { enum: [a, aa] }, x: {} } }",
            "{ type: object, properties: { k: { enum: [b, bb] }, y: {} } }",
            "k x y",
        ),
        (
            "{ type: object, required: [k], properties: { k: { enum: [a, null], type: [string, 'null'] }, x: {} } }",
            "{ type: object, required: [k], properties: { k: { enum: [b, null], type: [string, 'null'] }, y: {} } }",
            "k! x y",
        ),
        // Neither does one that no request has, nor one with a default.
        (
            "{ type: object, required: [id], properties: { id: { type: integer, readOnly: true }, x: {} } }",
            "{ type: object, required: [z], properties: { z: {}, y: {} } }",
            "id x z y",
        ),
        (
            "{ type: object, required: [a], properties: { a: { type: integer, default: 1 }, x: {} } }",
            "{ type: object, required: [b], properties: { b: {}, y: {} } }",
            "a x b y",
        ),
        (&list(&list(a)), &list(&list(b)), "[[a b]]"),
        (&with(a, nullable), b, "a b"),
        (a, &with(b, nullable), "a b"),
        // What can't be one is any value, and said to be.
        (&with(a, "minProperties: 1, type: object"), b, "-?"),
        (
            "{ anyOf: [{ type: object, properties: { x: {} } }, { type: object, required: [y], properties: { y: {} } }] }",
            "{ type: object, properties: { z: {} } }",
            "-?",
        ),
        (
            &format!("{{ type: array, prefixItems: [{a}], items: false }}"),
            &list(b),
            "-?",
        ),
        (
            &format!(
                "{{ type: object, properties: {{ p: {} }} }}",
                with(a, "minProperties: 1, type: object")
            ),
            &format!("{{ type: object, properties: {{ p: {b} }} }}"),
            "p?",
        ),
        // Of a union no branch takes what lacks the property that each needs.
        (
            "{ oneOf: [{ type: object, required: [x], properties: { x: {} } }, { type: object, required: [y], properties: { y: {} } }] }",
            "{ type: object, properties: { z: {} } }",
            "x! | y! | z",
        ),
    ] {
        assert_eq!(either(first, other), expected, "{first} {other}");
    }
}

#[test]
fn two_pairs_that_cant_be_one_are_both_said() {
    let loaded = with_paths(
        "  /a:
    put: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }, responses: {} }
  /a#b:
    put: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/B' } } } }, responses: {} }
  /b:
    put: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }, responses: {} }
  /b#b:
    put: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/B' } } } }, responses: {} }
components:
  schemas:
    A: { type: array, items: { type: object, minProperties: 1, properties: { a: {} } } }
    B: { type: array, maxItems: 3, items: { type: object, properties: { b: {} } } }
",
    );
    let lost = loaded.diagnostics.iter().filter(|of| {
        of.code.number == "RG0230" && of.effect == routegen::diagnostics::Effect::Degrades
    });
    assert_eq!(lost.count(), 2);
    for operation in &loaded.api.operations {
        let schema = operation.body.as_ref().unwrap().contents[0].schema;
        let shape = schema.map(|id| &loaded.api.schema(id).shape);
        assert!(matches!(shape, None | Some(Shape::Any)), "{shape:?}");
    }
}

#[test]
fn what_is_right_for_one_is_taken() {
    let schema = |loaded: &Loaded| {
        let body = loaded.api.operations[0].body.as_ref().unwrap();
        body.contents[0].schema.unwrap()
    };
    let object = |first: &str, other: &str| {
        let loaded = bodies(&[&json(first), &json(other)]);
        let id = schema(&loaded);
        let Shape::Object(object) = loaded.api.schema(id).shape.clone() else {
            panic!("one object");
        };
        (loaded, object)
    };
    let (_, read_only) = object(
        "{ type: object, required: [id], properties: { id: { type: integer, readOnly: true }, x: {} } }",
        "{ type: object, required: [id], properties: { id: { type: integer }, y: {} } }",
    );
    assert!(!read_only.fields[0].required, "the first has none");
    assert_eq!(read_only.fields[0].access, Access::Both);
    let (_, write_only) = object(
        "{ type: object, required: [id], properties: { id: { type: integer, writeOnly: true }, x: {} } }",
        "{ type: object, required: [id], properties: { id: { type: integer }, y: {} } }",
    );
    assert!(write_only.fields[0].required);
    let (_, one_default) = object(
        "{ type: object, required: [id], properties: { id: { type: integer, default: 1 }, x: {} } }",
        "{ type: object, required: [id], properties: { id: { type: integer }, y: {} } }",
    );
    assert!(!one_default.fields[0].required && one_default.fields[0].default.is_none());
    let (loaded, kept) = object(
        "{ type: object, properties: { a: { type: integer } }, additionalProperties: { type: boolean } }",
        "{ type: object, properties: { b: { type: integer } } }",
    );
    let Unknown::Keep(any) = kept.unknown else {
        panic!("what the first keeps is kept");
    };
    assert_eq!(loaded.api.schema(any).shape, Shape::Any);
    let shape = |loaded: &Loaded, id| loaded.api.schema(id).shape.clone();
    assert!(matches!(
        shape(&loaded, kept.fields[0].schema),
        Shape::Integer(_)
    ));
    assert!(matches!(
        shape(&loaded, kept.fields[1].schema),
        Shape::Union(_)
    ));
    let (loaded, strict) = object(
        "{ type: object, properties: { a: { type: integer } }, additionalProperties: false }",
        "{ type: object, properties: { b: {} }, additionalProperties: { type: boolean } }",
    );
    assert!(matches!(
        shape(&loaded, strict.fields[0].schema),
        Shape::Union(_)
    ));
    let Unknown::Keep(kept) = strict.unknown else {
        panic!("what the other keeps is kept");
    };
    assert_eq!(shape(&loaded, kept), Shape::Boolean);
}

#[test]
fn fields_of_forms_are_written_alike_in_both_or_not_checked() {
    let form = |media: &str, schema: &str, encoding: &str| {
        format!(
            "{{ {media}: {{ schema: {{ type: object, properties: {{ {schema} }} }}, encoding: {{ {encoding} }} }} }}"
        )
    };
    let (url, parts) = ("application/x-www-form-urlencoded", "multipart/form-data");
    let tags = "tags: { type: array, items: { type: string } }";
    let file = "f: { type: string, format: binary }";
    let text = "f: { type: string }";
    for (first, other, is_lost) in [
        (
            (url, tags, "tags: { explode: false }"),
            (url, tags, ""),
            true,
        ),
        (
            (url, tags, ""),
            (url, tags, "tags: { explode: false }"),
            true,
        ),
        (
            (url, tags, "tags: { explode: false }"),
            (url, tags, "tags: { explode: false }"),
            false,
        ),
        (
            (url, tags, "tags: { explode: false }"),
            (url, "a: { type: string }", ""),
            false,
        ),
        ((url, tags, ""), (url, tags, "tags: { }"), false),
        ((parts, file, ""), (parts, text, ""), true),
        ((parts, text, ""), (parts, file, ""), true),
        ((parts, file, ""), (parts, file, ""), false),
        (
            (parts, file, ""),
            (
                parts,
                "f: { type: array, items: { type: string, format: binary } }",
                "",
            ),
            true,
        ),
        ((parts, file, ""), (parts, "g: { type: string }", ""), false),
    ] {
        let contents =
            [first, other].map(|(media, schema, encoding)| form(media, schema, encoding));
        let loaded = bodies(&[&contents[0], &contents[1]]);
        let body = loaded.api.operations[0].body.as_ref().unwrap();
        let content = &body.contents[0];
        assert_eq!(content.schema.is_none(), is_lost, "{contents:?}");
        let said = loaded.diagnostics.iter().any(|of| {
            of.code.number == "RG0230" && of.effect == routegen::diagnostics::Effect::Degrades
        });
        assert_eq!(said, is_lost, "{contents:?}");
    }
}
