//! The public test suite of JSON Schema: each of its schemas is the body of an operation, each of its values is posted, and what
//! the server says of it is compared with the suite's verdict.
//!
//! `ROUTEGEN_CORPUS` names the folder that holds the suite (`suites/json-schema-test-suite`); without it there is nothing to
//! compare, and it says so. `cargo test --test verdicts -- --nocapture` prints a table. `ROUTEGEN_VERDICTS=not` runs the files
//! whose names hold that word, and prints what differs.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value, json};

/// How many verdicts in a hundred must be the suite's; `docs/corpus.md` says what becomes of the others.
const LEAST: usize = 93;

/// A value of the suite.
struct Case {
    file: String,
    url: String,
    name: String,
    data: Value,
    is_valid: bool,
}

#[test]
fn verdicts_are_those_of_the_suite() {
    let Some(corpus) = std::env::var_os("ROUTEGEN_CORPUS") else {
        eprintln!("ROUTEGEN_CORPUS is not set: no verdicts to compare with");
        return;
    };
    let suite = Path::new(&corpus).join("suites/json-schema-test-suite/tests/draft2020-12");
    let only = std::env::var("ROUTEGEN_VERDICTS").unwrap_or_default();
    let (contracts, cases) = read(&suite, &only);
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/verdicts/suite");
    emit(&project, &contracts);
    let answers = ask(&project, &cases);
    let (mut agreed, mut shown) = (0, String::new());
    let files = contracts.iter().map(|(file, _)| file);
    for file in files {
        let of_file = cases.iter().zip(&answers);
        let of_file: Vec<_> = of_file.filter(|(case, _)| case.file == *file).collect();
        let wrong = of_file.iter().filter(|(case, status)| match case.is_valid {
            true => **status != 501,
            false => **status != 400,
        });
        let wrong: Vec<_> = wrong.collect();
        let right = of_file.len() - wrong.len();
        agreed += right;
        shown.push_str(&format!("{file:<28} {right:>4} of {:>4}\n", of_file.len()));
        for (case, status) in wrong.iter().filter(|_| !only.is_empty()) {
            shown.push_str(&format!("    {status} {} {}\n", case.name, case.data));
        }
    }
    let rate = (agreed * 1000 + cases.len() / 2) / cases.len();
    println!(
        "{shown}{agreed} of {} ({}.{} %)",
        cases.len(),
        rate / 10,
        rate % 10
    );
    assert!(!only.is_empty() || rate >= LEAST * 10, "{shown}");
}

/// A contract for each file of the suite, and all its values.
fn read(suite: &Path, only: &str) -> (Vec<(String, Value)>, Vec<Case>) {
    let mut paths: Vec<PathBuf> = fs_err::read_dir(suite)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    paths.sort();
    let (mut contracts, mut cases) = (Vec::new(), Vec::new());
    for path in paths {
        let file = path.file_stem().unwrap().to_string_lossy().into_owned();
        if !file.contains(only) {
            continue;
        }
        let base = file.to_lowercase();
        let groups: Vec<Value> = serde_json::from_slice(&fs_err::read(&path).unwrap()).unwrap();
        let (mut schemas, mut paths) = (Map::new(), Map::new());
        for (index, group) in groups.iter().enumerate() {
            let name = format!("g{index}");
            // In one contract, each has hosts of its own.
            let text = group["schema"].to_string();
            let text = text.replace("://localhost:1234", &format!("://{name}.localhost:1234"));
            let text = text.replace("://example.com", &format!("://{name}.example.com"));
            let text = text.replace("\"urn:", &format!("\"urn:{name}:"));
            let mut schema: Value = serde_json::from_str(&text).unwrap();
            rebase(&mut schema, &format!("#/components/schemas/{name}"));
            schemas.insert(name.clone(), schema);
            let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
            let body = json!({ "required": true, "content": { "application/json": { "schema": reference } } });
            let operation =
                json!({ "requestBody": body, "responses": { "204": { "description": "" } } });
            paths.insert(format!("/{name}"), json!({ "post": operation }));
            for test in group["tests"].as_array().unwrap() {
                cases.push(Case {
                    file: file.clone(),
                    url: format!("/api/{base}/{name}"),
                    name: format!("{}: {}", group["description"], test["description"]),
                    data: test["data"].clone(),
                    is_valid: test["valid"] == true,
                });
            }
        }
        let info = json!({ "title": file, "version": "1" });
        let contract = json!({ "openapi": "3.1.0", "info": info, "paths": paths, "components": { "schemas": schemas } });
        contracts.push((file, contract));
    }
    assert!(
        !contracts.is_empty(),
        "{suite:?} holds no file that is asked for"
    );
    (contracts, cases)
}

/// References within a schema lead to where it stands in the contract, save below an `$id`.
fn rebase(schema: &mut Value, at: &str) {
    if schema.get("$id").is_some_and(Value::is_string) {
        return;
    }
    match schema {
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                let local = value.as_str().and_then(|text| text.strip_prefix('#'));
                match (key.as_str(), local) {
                    ("$ref", Some(local)) if local.is_empty() || local.starts_with('/') => {
                        *value = format!("{at}{local}").into();
                    }
                    ("const" | "enum", _) => {}
                    _ => rebase(value, at),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|item| rebase(item, at)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A project with all contracts, each mounted at `/api/{file}`.
fn emit(project: &Path, contracts: &[(String, Value)]) {
    if project.exists() {
        fs_err::remove_dir_all(project).unwrap();
    }
    fs_err::create_dir_all(project.join("tests")).unwrap();
    let mut config = String::new();
    for (file, contract) in contracts {
        fs_err::write(project.join(format!("{file}.json")), contract.to_string()).unwrap();
        let base = file.to_lowercase();
        config.push_str(&format!(
            "[[api]]\nspec = \"{file}.json\"\nbase = \"/api/{base}\"\n\n"
        ));
    }
    fs_err::write(project.join("routegen.toml"), config).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_routegen"));
    run(command.arg("-C").arg(project).arg("sync"));
    let manifest = fs_err::read_to_string(project.join("Cargo.toml")).unwrap();
    let manifest = manifest.replace(
        "[dev-dependencies]\n",
        "[dev-dependencies]\nserde_json = \"1\"\n",
    );
    fs_err::write(
        project.join("Cargo.toml"),
        format!("{manifest}\n[workspace]\n"),
    )
    .unwrap();
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emitted/Cargo.lock");
    fs_err::copy(lock, project.join("Cargo.lock")).unwrap();
    fs_err::write(project.join("tests/verdicts.rs"), ASK).unwrap();
}

/// Posts each value through the router, and prints the status of each answer.
const ASK: &str = r#"
use axum::body::Body;
use axum::http::Request;
use contract::Authenticator;
use suite::{Principal, State, app_with};
use tower::ServiceExt;

#[tokio::test]
async fn verdicts() {
    let cases = std::fs::read_to_string("cases.json").unwrap();
    let cases: Vec<(String, serde_json::Value)> = serde_json::from_str(&cases).unwrap();
    let mut answers = Vec::new();
    for (url, data) in cases {
        let everyone = Authenticator::Everyone(|| Principal { id: String::new() });
        let request = Request::post(url).header("content-type", "application/json");
        let request = request.body(Body::from(data.as_str().unwrap().to_owned())).unwrap();
        let response = app_with(State::default(), everyone).oneshot(request).await.unwrap();
        answers.push(response.status().as_u16());
    }
    std::fs::write("answers.json", serde_json::to_string(&answers).unwrap()).unwrap();
}
"#;

fn ask(project: &Path, cases: &[Case]) -> Vec<u16> {
    let asked = cases
        .iter()
        .map(|case| json!([case.url, case.data.to_string()]));
    let asked = Value::Array(asked.collect());
    fs_err::write(project.join("cases.json"), asked.to_string()).unwrap();
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(project)
        .args(["test", "--quiet", "--test", "verdicts"]);
    run(command.env("CARGO_TARGET_DIR", project.parent().unwrap().join("target")));
    serde_json::from_slice(&fs_err::read(project.join("answers.json")).unwrap()).unwrap()
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success(),
        "{command:?}\n{}\n{}",
        text(&output.stdout),
        text(&output.stderr)
    );
}
