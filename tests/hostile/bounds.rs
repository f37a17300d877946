//! Contracts that would like to cost more time or memory than they should: each run of the program ends, in one of its ways, within
//! the bounds below.

use std::time::Duration;

use serde_json::{Value, json};

/// What a run may take of the processor. Builds without optimisation are slower by far.
const MAX_TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 40 } else { 5 });

/// What a run may take of memory, in KiB.
const MAX_MEMORY: i64 = 1 << 20;

/// Makes a project of a contract; its exit code.
#[cfg(unix)]
#[expect(
    clippy::zombie_processes,
    reason = "`wait4` waits, and tells what was used"
)]
fn run(name: &str, text: &str) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Command, ExitStatus, Stdio};

    let folder = tempfile::tempdir().unwrap();
    fs_err::write(folder.path().join(name), text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_routegen"));
    command
        .current_dir(folder.path())
        .args(["new", "shop", "--spec", name]);
    let child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut status = 0;
    // SAFETY: all zeros is a value of this plain struct.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: both pointers are to values that live on; the child is ours, and nobody else waits for it.
    let waited = unsafe { libc::wait4(child.id() as libc::pid_t, &mut status, 0, &mut usage) };
    assert_eq!(waited, child.id() as libc::pid_t);
    let time = |time: libc::timeval| Duration::new(time.tv_sec as u64, time.tv_usec as u32 * 1000);
    let took = time(usage.ru_utime);
    assert!(took < MAX_TIME, "{took:?}");
    assert!(usage.ru_maxrss < MAX_MEMORY, "{} KiB", usage.ru_maxrss);
    let status = ExitStatus::from_raw(status);
    status.code().unwrap_or_else(|| panic!("{status}"))
}

/// A document whose one operation takes and returns the schema `S0`.
pub(super) fn document(schemas: &Value) -> String {
    let content =
        json!({ "application/json": { "schema": { "$ref": "#/components/schemas/S0" } } });
    json!({
        "openapi": "3.1.0", "info": { "title": "A", "version": "1" },
        "paths": { "/a": { "post": { "requestBody": { "content": content }, "responses": { "200": { "description": "", "content": content } } } } },
        "components": { "schemas": schemas },
    })
    .to_string()
}

/// `{"key": {"key": …}}`, so many levels deep; in lists where the keyword has them.
fn nested(key: &str, levels: usize) -> Value {
    let is_list = ["allOf", "anyOf", "oneOf", "prefixItems"].contains(&key);
    (0..levels).fold(json!({ "type": "string" }), |inner, _| match is_list {
        true => json!({ key: [inner] }),
        false => json!({ key: inner }),
    })
}

/// Schemas `S0` to `S{length}`, each made of the name of the next.
fn chain(length: usize, link: impl Fn(usize, Value) -> Value) -> Value {
    let next = |index: usize| json!({ "$ref": format!("#/components/schemas/S{}", index + 1) });
    let mut schemas: serde_json::Map<String, Value> = (0..length)
        .map(|index| (format!("S{index}"), link(index, next(index))))
        .collect();
    schemas.insert(format!("S{length}"), json!({ "type": "string" }));
    schemas.into()
}

/// An object made of numbered entries.
pub(super) fn numbered(count: usize, entry: impl Fn(usize) -> (String, Value)) -> Value {
    Value::Object((0..count).map(entry).collect())
}

#[cfg(unix)]
pub(super) fn check(expected: i32, contracts: &[(&str, String)]) {
    for (index, (name, text)) in contracts.iter().enumerate() {
        let found = std::panic::catch_unwind(|| run(name, text));
        let start: String = text.chars().take(200).collect();
        assert_eq!(found.ok(), Some(expected), "contract {index}: {start}");
    }
}

const HEAD: &str = "openapi: 3.1.0\ninfo: { title: A, version: '1' }\n";

#[test]
#[cfg(unix)]
fn yaml_that_grows_is_refused() {
    let aliases: String = (1..20)
        .map(|n| {
            format!(
                "a{n}: &a{n} [{}]\n",
                vec![format!("*a{}", n - 1); 9].join(",")
            )
        })
        .collect();
    let merged: String = (1..60)
        .map(|n| {
            format!(
                "m{n}: &m{n}\n  <<: [*m{0}, *m{0}]\n  x{n}: [*m{0}, *m{0}]\n",
                n - 1
            )
        })
        .collect();
    let one_key: Vec<String> = (0..3000).map(|n| format!("k{n}: 1")).collect();
    let wide: String = (0..3000).map(|n| format!("n{n}: {{ <<: *m }}\n")).collect();
    check(
        2,
        &[
            (
                "a.yaml",
                format!("{HEAD}a0: &a0 [x]\n{aliases}paths: *a19\n"),
            ),
            (
                "a.yaml",
                format!("{HEAD}m0: &m0 {{ k: 1 }}\n{merged}paths: *m59\n"),
            ),
            (
                "a.yaml",
                format!(
                    "{HEAD}m: &m {{ {} }}\n{wide}paths: {{}}\n",
                    one_key.join(", ")
                ),
            ),
        ],
    );
}

#[test]
#[cfg(unix)]
fn what_nests_without_end_is_refused() {
    let steps: String = (1..3000)
        .map(|n| format!("{}a:\n", " ".repeat(n)))
        .collect();
    check(
        2,
        &[
            ("a.yaml", format!("{HEAD}x: {}\n", "[".repeat(100_000))),
            ("a.yaml", format!("{HEAD}x: {}\n", "{a: ".repeat(100_000))),
            ("a.yaml", format!("{HEAD}x:\n{}a\n", "- ".repeat(100_000))),
            ("a.yaml", format!("{HEAD}? {}a\n", "? ".repeat(100_000))),
            ("a.yaml", format!("{HEAD}x:\n{steps}")),
            (
                "a.json",
                format!("{{\"openapi\":\"3.1.0\",\"x\":{}", "[".repeat(200_000)),
            ),
            (
                "a.json",
                format!(
                    "{{\"openapi\":\"3.1.0\",\"x\":{}",
                    "{\"a\":".repeat(200_000)
                ),
            ),
            ("a.ts", format!("const a = {}", "(".repeat(100_000))),
            ("a.ts", format!("x={}", "$<$<(a=".repeat(100))),
        ],
    );
}

#[test]
#[cfg(unix)]
fn deep_schemas_are_schemas() {
    let lists = ["allOf", "anyOf", "oneOf", "prefixItems"].map(|key| nested(key, 110));
    let others = ["items", "additionalProperties", "not"].map(|key| nested(key, 220));
    let contracts = lists
        .into_iter()
        .chain(others)
        .map(|schema| ("a.json", document(&json!({ "S0": schema }))));
    check(0, &contracts.collect::<Vec<_>>());
}

#[test]
#[cfg(unix)]
fn schemas_that_refer_to_each_other_are_read_once() {
    let all_of_all = numbered(300, |index| {
        let later = (index + 1..(index + 40).min(300))
            .map(|later| json!({ "$ref": format!("#/components/schemas/S{later}") }));
        (
            format!("S{index}"),
            json!({ "allOf": later.collect::<Vec<_>>(), "properties": { format!("p{index}"): {} } }),
        )
    });
    check(
        0,
        &[
            ("a.json", document(&chain(10_000, |_, next| next))),
            (
                "a.json",
                document(&chain(
                    5000,
                    |_, next| json!({ "properties": { "a": next } }),
                )),
            ),
            (
                "a.json",
                document(&chain(2000, |_, next| json!({ "allOf": [next] }))),
            ),
            (
                "a.json",
                document(&chain(40, |_, next| json!({ "allOf": [next, next] }))),
            ),
            (
                "a.json",
                document(&chain(
                    40,
                    |index, next| json!({ "allOf": [next, next], "properties": { format!("p{index}"): {} } }),
                )),
            ),
            (
                "a.json",
                document(&chain(40, |_, next| json!({ "oneOf": [next, next] }))),
            ),
            (
                "a.json",
                document(&chain(
                    40,
                    |_, next| json!({ "anyOf": [{ "allOf": [next] }, { "allOf": [next, { "title": "x" }] }] }),
                )),
            ),
            ("a.json", document(&all_of_all)),
            (
                "a.json",
                document(
                    &json!({ "S0": { "allOf": [{ "$ref": "#/components/schemas/S0" }], "properties": { "a": { "$ref": "#/components/schemas/S0" } } } }),
                ),
            ),
            (
                "a.json",
                document(
                    &json!({ "S0": { "$ref": "#/components/schemas/S1" }, "S1": { "$ref": "#/components/schemas/S0" } }),
                ),
            ),
        ],
    );
}

#[test]
#[cfg(unix)]
fn large_schemas_are_schemas() {
    let values: Vec<String> = (0..10_000).map(|n| format!("v{n}")).collect();
    let alike = numbered(3000, |n| {
        (format!("a{}", "-".repeat(n)), json!({ "type": "string" }))
    });
    let branches: Vec<Value> = (0..3000).map(|n| json!({ "type": "object", "required": ["k"], "properties": { "k": { "const": format!("v{n}") } } })).collect();
    check(
        0,
        &[
            (
                "a.json",
                document(
                    &json!({ "S0": { "type": "object", "properties": numbered(100_000, |n| (format!("p{n}"), json!({ "type": "string" }))) } }),
                ),
            ),
            (
                "a.json",
                document(&json!({ "S0": { "type": "object", "properties": alike } })),
            ),
            ("a.json", document(&json!({ "S0": { "enum": values } }))),
            (
                "a.json",
                document(&json!({ "S0": { "allOf": vec![json!({ "enum": values }); 10] } })),
            ),
            ("a.json", document(&json!({ "S0": { "oneOf": branches } }))),
            (
                "a.json",
                document(&json!({ "S0": { "description": "x\n".repeat(1_000_000) } })),
            ),
        ],
    );
}

#[test]
#[cfg(unix)]
fn names_of_any_length_are_names() {
    let long = "n".repeat(100_000);
    let operation = |tag: &str| {
        json!({ "operationId": long, "tags": [tag], "summary": long, "responses": { "204": { "description": long } },
        "parameters": [{ "name": long, "in": "query", "schema": { "$ref": format!("#/components/schemas/{long}") } }] })
    };
    let document = json!({ "openapi": "3.1.0", "info": { "title": long, "version": long }, "servers": [{ "url": format!("/{long}") }],
        "paths": { "/a": { "get": operation(&long) }, format!("/{long}"): { "get": operation("a") },
            format!("/{}", "b".repeat(255)): { "get": operation("b") }, format!("/{}", "c".repeat(256)): { "get": operation("c") },
            format!("/{{{}}}", "d".repeat(253)): { "get": operation("d") }, format!("/{}", "é".repeat(80)): { "get": operation("e") },
            "/x/".repeat(400): { "get": operation("x") }, "/y".repeat(500): { "get": operation("y") } },
        "components": { "schemas": { &long: { "type": "object", "title": long, "properties": { &long: { "enum": [long, "b"], "default": long } } } } } });
    check(0, &[("a.json", document.to_string())]);
}

#[test]
#[cfg(unix)]
fn numbers_of_any_size_are_numbers() {
    let long = format!("{}9", "9".repeat(50_000));
    let small = format!("0.{}1", "0".repeat(50_000));
    let keywords = [
        "minimum",
        "maximum",
        "multipleOf",
        "exclusiveMinimum",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "minProperties",
        "maxProperties",
        "default",
        "const",
    ];
    let numbers = [
        "1e308",
        "1e309",
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "18446744073709551616",
        "-0",
        "0.1",
        &long,
        &small,
    ];
    for keyword in keywords {
        let properties: Vec<String> = ["integer", "number", "string", "array", "object"]
            .iter()
            .flat_map(|ty| {
                numbers.iter().enumerate().map(move |(n, number)| {
                    format!("\"{ty}{n}\":{{\"type\":\"{ty}\",\"{keyword}\":{number}}}")
                })
            })
            .collect();
        let text = document(&json!({ "S0": { "type": "object", "properties": "HERE" } }))
            .replace("\"HERE\"", &format!("{{{}}}", properties.join(",")));
        check(0, &[("a.json", text)]);
    }
}

#[test]
#[cfg(unix)]
fn patterns_are_compiled_within_bounds() {
    let properties = |patterns: &[String]| {
        let properties = numbered(patterns.len(), |n| {
            (
                format!("p{n}"),
                json!({ "type": "string", "pattern": patterns[n] }),
            )
        });
        (
            "a.json",
            document(&json!({ "S0": { "type": "object", "properties": properties } })),
        )
    };
    let hard = [
        "(a{1000}){1000}".to_owned(),
        "((a{100}){100}){100}".to_owned(),
        "\\p{L}{100000}".to_owned(),
        "a{4294967296}".to_owned(),
        "a{99999999999999999999}".to_owned(),
        "(".repeat(10_000),
        format!("{}{}", "(".repeat(3000), ")".repeat(3000)),
        format!("{}{}", "(a|".repeat(3000), ")".repeat(3000)),
        "(?=a)".repeat(5000),
        "(a)\\1".repeat(1000),
        "[a-z]".repeat(20_000),
        format!("{}{}", "a?".repeat(5000), "a".repeat(5000)),
        "(?:(?:a{0,50}){0,50}){0,50}(?=b)".to_owned(),
        "[^\\W\\w]{1000}".to_owned(),
    ];
    let many: Vec<String> = (0..300)
        .map(|n| format!("^\\p{{L}}{{20,{}}}$", 21 + n % 150))
        .collect();
    check(0, &[properties(&hard), properties(&many)]);
}

#[test]
#[cfg(unix)]
fn many_paths_and_references_are_read() {
    let paths = |paths: Value| {
        (
            "a.json",
            json!({ "openapi": "3.1.0", "paths": paths }).to_string(),
        )
    };
    let operation = || json!({ "get": { "responses": {} } });
    let broken = numbered(5000, |n| {
        (format!("p{n}"), json!({ "$ref": format!("#/nowhere/{n}") }))
    });
    let files = numbered(3000, |n| {
        (format!("p{n}"), json!({ "$ref": format!("f{n}.yaml") }))
    });
    let long = numbered(20, |n| {
        (
            format!("p{n}"),
            json!({ "$ref": format!("#{}", "/a".repeat(10_000)) }),
        )
    });
    let parameters: String = (0..1000).map(|n| format!("/{{p{n}}}")).collect();
    check(
        0,
        &[
            paths(numbered(1000, |n| (format!("/a{n}/{{b}}"), operation()))),
            paths(numbered(1000, |n| (format!("/{{p{n}}}"), operation()))),
            paths(
                json!({ parameters: operation(), format!("/{}", "{a}".repeat(3000)): operation() }),
            ),
            (
                "a.json",
                document(&json!({ "S0": { "properties": broken } })),
            ),
            (
                "a.json",
                document(&json!({ "S0": { "properties": files } })),
            ),
            ("a.json", document(&json!({ "S0": { "properties": long } }))),
        ],
    );
}
