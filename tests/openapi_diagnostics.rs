//! Every diagnostic of reading and lowering OpenAPI, with the smallest contract that has it.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use routegen::diagnostics::{Diagnostic, Diagnostics, Effect, all_codes};
use routegen::frontend::{self, Options};
use routegen::source::Sources;

/// The diagnostics of a contract, with its files for their places.
fn diagnostics_of(name: &str, text: &str) -> (Diagnostics, Sources, Utf8PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = Utf8Path::from_path(folder.path())
        .unwrap()
        .join("api")
        .join(name);
    fs_err::create_dir_all(path.parent().unwrap()).unwrap();
    fs_err::write(folder.path().join("outside.yaml"), "{}").unwrap();
    fs_err::write(&path, text).unwrap();
    match frontend::load(&path, &Options::default()) {
        Ok(loaded) => (loaded.diagnostics, loaded.sources, path),
        Err(failed) => (failed.diagnostics, failed.sources, path),
    }
}

/// The diagnostics of a code, each with its way out.
fn ways_out(code: &str, text: &str) -> Vec<String> {
    let (diagnostics, sources, _) = diagnostics_of("a.yaml", text);
    let line = |diagnostic: &Diagnostic| {
        let (line, column) = sources.line_column(diagnostic.span.unwrap());
        let help = diagnostic.help.as_deref().unwrap();
        format!("{line}:{column} {}: {help}", diagnostic.message)
    };
    let of_code = |diagnostic: &&Diagnostic| diagnostic.code.number == code;
    diagnostics.iter().filter(of_code).map(line).collect()
}

/// The diagnostics of a contract: code, effect, line and column, message.
fn said(name: &str, text: &str) -> Vec<String> {
    let (diagnostics, sources, path) = diagnostics_of(name, text);
    let line = |diagnostic: &Diagnostic| {
        assert!(
            diagnostic.help.is_some(),
            "{} has no help",
            diagnostic.message
        );
        let place = diagnostic.span.map(|span| sources.line_column(span));
        let place = place
            .map(|(line, column)| format!(" {line}:{column}"))
            .unwrap_or_default();
        let message = diagnostic.message.replace(path.as_str(), name);
        format!(
            "{} {:?}{place} {message}",
            diagnostic.code.number, diagnostic.effect
        )
    };
    // These contracts are the smallest there are, and lack what the specification asks for: see `openapi_grammar.rs`.
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code.number != "RG0223")
        .map(line)
        .collect()
}

/// A contract with one operation; `{}` is what it has beside its responses.
fn operation(fields: &str) -> String {
    format!("openapi: 3.1.0\npaths:\n  /a:\n    get: {{ responses: {{}}, {fields} }}")
}

/// A contract with one link.
fn link(fields: &str) -> String {
    format!(
        "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses: {{ '200': {{ description: A, links: {{ l: {{ {fields} }} }} }} }}"
    )
}

/// A contract with one body of this schema.
fn body(schema: &str) -> String {
    operation(&format!(
        "\n      requestBody: {{ content: {{ application/json: {{ schema: {schema} }} }} }}"
    ))
}

#[test]
fn reading_says_why_it_can_not() {
    for (name, text, expected) in [
        (
            "a.yaml",
            "a\0b",
            "RG0101 Fatal `a.yaml` is a binary file (a NUL byte at offset 1), not a contract",
        ),
        ("a.yaml", "a: 'b", "RG0102 Fatal 1:4 unclosed quote"),
        (
            "a.json",
            "{\"a\": nil}",
            "RG0102 Fatal 1:7 expected a JSON value, found `n`",
        ),
        (
            "a.json",
            &"[".repeat(300),
            "RG0103 Fatal 1:257 this nests more than 256 levels deep",
        ),
        (
            "a.yaml",
            "openapi:\n",
            "RG0106 Fatal 1:8 OpenAPI `` is not known",
        ),
        (
            "a.yaml",
            "openapi: '5.0'",
            "RG0106 Fatal 1:10 OpenAPI `5.0` is not known",
        ),
        (
            "a.yaml",
            "info: {}",
            "RG0105 Fatal 1:1 this is not an OpenAPI document",
        ),
        (
            "a.yaml",
            "swagger: '1.2'",
            "RG0107 Fatal 1:10 Swagger `1.2` is not known",
        ),
    ] {
        assert_eq!(said(name, text), [expected]);
    }
}

#[test]
fn lowering_names_what_it_can_not_express() {
    let mounts = "openapi: 3.1.0\npaths:\n  /a/{x}: { get: { parameters: [{ name: x, in: path }] } }\n  /a/{y}: { get: { parameters: [{ name: y, in: path, schema: { default: usual } }] } }";
    let twice = "openapi: 3.1.0\npaths:\n  /a/{x}: { get: { parameters: [{ name: x, in: path }] } }\n  /a/{y}: { get: {} }";
    let path = |path: &str, fields: &str| {
        format!("openapi: 3.1.0\npaths:\n  {path}:\n    get: {{ {fields} }}")
    };
    for (text, expected) in [
        (
            format!("{}\nx-a: 1\nx-a: 2", operation("")),
            "RG0109 Decide 6:1 this key stands in its mapping twice",
        ),
        (
            body("{ $ref: '#/b' }"),
            "RG0201 Degrades 5:69 `#/b` leads to nothing",
        ),
        (
            body("{ $ref: 'https://b' }"),
            "RG0202 Degrades 5:69 `https://b` lies on the network, which is never asked",
        ),
        (
            body("{ $ref: ../outside.yaml }"),
            "RG0203 Degrades 5:69 `../outside.yaml` lies outside the contract's folder",
        ),
        (
            body("{ $ref: no.yaml }"),
            "RG0204 Degrades 5:69 `no.yaml` can't be read: No such file or directory (os error 2)",
        ),
        (
            format!("{}\nx: {{ $ref: '#/x' }}", body("{ $ref: '#/x' }")),
            "RG0205 Degrades 5:69 these references lead in a circle, and never to a value",
        ),
        (
            body("{ contentEncoding: base32 }"),
            "RG0206 Warning 5:63 `contentEncoding` is not checked",
        ),
        (
            body("{ not: { format: ipv6 } }"),
            "RG0206 Warning 5:78 `format` is not checked",
        ),
        (
            twice.to_owned(),
            "RG0207 Degrades 4:13 `GET /a/{y}` is declared twice: `/a/{x}` matches the same URLs",
        ),
        (
            mounts.to_owned(),
            "RG0228 Warning 4:13 `GET /a/{y}` is served at `/a/usual` alone: `/a/{x}` matches the same URLs",
        ),
        (
            path("/{x}", ""),
            "RG0208 Warning 4:5 parameter `x` of the path is not declared",
        ),
        (
            operation("parameters: [{ name: x, in: path }]"),
            "RG0209 Warning 4:48 path parameter `x` is not in the path",
        ),
        (
            path("/a/{x}", "parameters: [{ name: y, in: path }]"),
            "RG0209 Warning 4:33 path parameter `y` is not in the path",
        ),
        (
            path("/a?b", ""),
            "RG0210 Warning 3:3 a query or a fragment is no part of a path; what stands before it is served",
        ),
        (
            operation("callbacks: { a: { 'https://x': { post: { callbacks: {} } } } }"),
            "RG0211 Warning 4:68 nothing is written for the callbacks of a callback or a webhook",
        ),
        (
            operation("callbacks: { a: { '{$request.query.b}': { post: {} } } }"),
            "RG0226 Warning 4:45 the operation has no parameter `b` in its query, which this callback goes by",
        ),
        (
            operation("callbacks: { a: { '{$request.body#/b}': { post: {} } } }"),
            "RG0226 Warning 4:45 the operation has no body, which this callback goes by",
        ),
        (
            link("operationId: b"),
            "RG0227 Warning 5:72 the link leads to `b`, and there is no such operation",
        ),
        (
            link("operationRef: '#/paths/~1b/get'"),
            "RG0227 Warning 5:73 the link leads to `#/paths/~1b/get`, and there is no such operation",
        ),
        (
            link(""),
            "RG0214 Degrades 5:54 the link `l` names no operation",
        ),
        (
            body("{ xml: { nodeType: nothing } }"),
            "RG0214 Degrades 5:80 a `nodeType` is `element`, `attribute`, `text`, `cdata` or `none`",
        ),
        (
            body("{ properties: { a: { type: string, default: 1 } } }"),
            "RG0213 Warning 5:77 the default of `a` is no value of its schema",
        ),
        (
            operation("parameters: [{ in: query }]"),
            "RG0214 Degrades 4:40 a parameter has no `name`",
        ),
        (
            body("{ type: int }"),
            "RG0215 Warning 5:69 there is no type `int`; it is read as `integer`",
        ),
        (
            body("{ type: foo }"),
            "RG0215 Degrades 5:69 there is no type `foo`; any value is taken",
        ),
        (
            body("{ minLength: -1 }"),
            "RG0215 Warning 5:74 `minLength` must be a whole number from 0 on",
        ),
        (
            operation("security: [{ k: [] }]"),
            "RG0216 Degrades 4:40 security scheme `k` is not declared",
        ),
        (
            path("/a", "operationId: x }\n    put: { operationId: x "),
            "RG0217 Warning 5:25 `operationId` `x` is taken by another operation",
        ),
        (
            path(
                "/{x}/b",
                "parameters: [{ name: x, in: path, x-catch-all: true }]",
            ),
            "RG0218 Degrades 4:33 `x` can't take the rest of the path",
        ),
        (
            body(&format!(
                "{{ allOf: [{}] }}",
                "{ anyOf: [{ required: [a] }, { required: [b] }] }, ".repeat(5)
            )),
            "RG0219 Degrades 5:233 there are too many unions in one schema to multiply them out",
        ),
        (
            "openapi: 3.2.0\npaths:\n  /a:\n    post: { requestBody: { content: { multipart/mixed: { itemSchema: {} } } } }".to_owned(),
            "RG0224 Degrades 4:58 what `itemSchema` says of the parts of `multipart/mixed` is not read",
        ),
        (
            "openapi: 3.1.0".to_owned(),
            "RG0220 Warning 1:1 this contract has no operations",
        ),
        (
            path("/a", "}\n    additionalOperations: { PURGE: {} "),
            "RG0221 Degrades 5:29 the method `PURGE` is not served",
        ),
    ] {
        assert_eq!(
            said("a.yaml", &text).first().map(String::as_str),
            Some(expected),
            "{text}"
        );
    }
}

#[test]
fn a_reference_beside_the_mark_says_what_is_meant() {
    let book =
        "components: { schemas: { Book: { type: object, properties: { id: {} } }, A~B: {} } }";
    let otherwise = "mend the reference, or add what it names; until then a parameter is left out, and a schema takes any value";
    for (reference, expected) in [
        (
            "#/components/schemas/Bok",
            "is `#/components/schemas/Book` meant?",
        ),
        (
            "#/components/schema/Book/properties/id",
            "is `#/components/schemas/Book/properties/id` meant?",
        ),
        (
            "#/components/schemas/a~0b",
            "is `#/components/schemas/A~0B` meant?",
        ),
        ("#/components/schemas/Invoice", otherwise),
        // Two slips at once are one too many.
        ("#/components/schema/Bok", otherwise),
        ("#Bok", otherwise),
    ] {
        let text = format!("{}\n{book}", body(&format!("{{ $ref: '{reference}' }}")));
        let expected = format!("5:69 `{reference}` leads to nothing: {expected}");
        assert_eq!(ways_out("RG0201", &text), [expected]);
    }
    let other = "  /b: { get: { operationId: getUser, responses: {} }, put: { operationId: getUsers, responses: {} } }";
    let otherwise = "mend its `operationId` or `operationRef`";
    for (fields, at, target, expected) in [
        ("operationId: getUsr", 72, "getUsr", "is `getUser` meant?"),
        ("operationId: putUser", 72, "putUser", otherwise),
        (
            "operationRef: '#/paths/~1b/gte'",
            73,
            "#/paths/~1b/gte",
            "is `#/paths/~1b/get` meant?",
        ),
        (
            "operationRef: '#/path/~1b/get'",
            73,
            "#/path/~1b/get",
            "is `#/paths/~1b/get` meant?",
        ),
    ] {
        let text = format!("{}\n{other}", link(fields));
        let expected = format!(
            "5:{at} the link leads to `{target}`, and there is no such operation: {expected}"
        );
        assert_eq!(ways_out("RG0227", &text), [expected]);
    }
}

#[test]
fn a_mapping_leads_to_branches_alone() {
    let contract = |list: &str, mapping: &str| {
        let reference = |name: &str| format!("{{ $ref: '#/components/schemas/{name}' }}");
        let union = format!(
            "{{ {list}: [{}, {}], discriminator: {{ propertyName: kind, mapping: {{\n{mapping} }} }} }}",
            reference("Cat"),
            reference("Bird")
        );
        format!(
            "{}\ncomponents:\n  schemas:\n    Cat: {{ type: object }}\n    Dog: {{ type: object }}\n    Crow: {{ type: object }}\n    Bird: {{ oneOf: [{}] }}",
            body(&union),
            reference("Crow")
        )
    };
    for (mapping, expected) in [
        (
            "cat: Cat, c: '#/components/schemas/Cat', crow: Crow, bird: Bird",
            &[][..],
        ),
        (
            "cat: Catt",
            &["6:6 `Catt` leads to nothing: is `Cat` meant?"],
        ),
        (
            "cat: '#/components/schemas/Invoice'",
            &[
                "6:6 `#/components/schemas/Invoice` leads to nothing: mend it, or take it out: no branch is known by it",
            ],
        ),
        (
            "cat: Cat, dog: Dog",
            &[
                "6:16 `Dog` is no branch of this `oneOf`: add it to `oneOf`, or take it out: no branch is known by it",
            ],
        ),
    ] {
        assert_eq!(
            ways_out("RG0225", &contract("oneOf", mapping)),
            expected,
            "{mapping}"
        );
    }
    let any = ways_out("RG0225", &contract("anyOf", "dog: Dog"));
    assert!(any[0].contains("no branch of this `anyOf`"), "{any:?}");
    let text = contract("oneOf", "cat: Cat }, defaultMapping: Dog, x-a: {");
    let default = ways_out("RG0225", &text.replace("3.1.0", "3.2.0"));
    assert_eq!(default.len(), 1, "{default:?}");
}

#[test]
fn a_callback_goes_by_what_the_body_has() {
    let contract = |schema: &str, pointer: &str| {
        format!(
            "openapi: 3.1.0\npaths:\n  /a:\n    post:\n      requestBody: {{ content: {{ application/json: {{ schema: {schema} }} }} }}\n      responses: {{}}\n      callbacks: {{ a: {{ '{{$request.body#/{pointer}}}': {{ post: {{ responses: {{}} }} }} }} }}"
        )
    };
    let object = "{ type: object, properties: { callbackUrl: { type: string }, hooks: { type: array, items: { type: object, properties: { url: {} } } } } }";
    let otherwise = "mend the expression, or declare what it names";
    let lacks = |name: &str, help: &str| {
        format!("7:25 the operation's body has no `{name}`, which this callback goes by: {help}")
    };
    for (schema, pointer, expected) in [
        (object, "callbackUrl", vec![]),
        (object, "hooks/0/url", vec![]),
        (object, "nope", vec![lacks("nope", otherwise)]),
        (
            object,
            "callbackUri",
            vec![lacks("callbackUri", "is `callbackUrl` meant?")],
        ),
        (object, "hooks/0/link", vec![lacks("link", otherwise)]),
        (object, "callbackUrl/deep", vec![lacks("deep", otherwise)]),
        ("{}", "nope", vec![]),
        ("{ type: object }", "nope", vec![]),
        (
            "{ type: object, additionalProperties: true }",
            "nope",
            vec![],
        ),
        (
            "{ type: object, patternProperties: { '^n': { type: string } }, properties: { a: {} } }",
            "nope",
            vec![],
        ),
        (
            "{ oneOf: [{ type: object, properties: { a: {} } }, { type: object, properties: { b: {} } }] }",
            "b",
            vec![],
        ),
        (
            "{ oneOf: [{ type: object, properties: { a: {} } }, { type: object, properties: { b: {} } }] }",
            "c",
            vec![lacks("c", otherwise)],
        ),
    ] {
        assert_eq!(
            ways_out("RG0226", &contract(schema, pointer)),
            expected,
            "{schema} {pointer}"
        );
    }
}

#[test]
fn every_code_is_explained() {
    let mut numbers = BTreeSet::new();
    for code in all_codes() {
        assert!(numbers.insert(code.number), "{} stands twice", code.number);
        assert!(
            code.explanation.len() > code.title.len(),
            "{} explains nothing",
            code.number
        );
        assert!(!code.title.ends_with('.'), "{}", code.number);
    }
    assert!(numbers.contains("RG0101") && Effect::Fatal < Effect::Warning);
}
