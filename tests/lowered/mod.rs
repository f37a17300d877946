//! Small contracts, read and lowered.

#![allow(dead_code, reason = "each test uses some of them")]

use camino::Utf8Path;
use routegen::frontend::{self, Loaded, Options};

/// A contract of these schemas, one a line, whose operation number `n` has the `n`th of some schemas as its body.
pub fn with_schemas(schemas: &str, bodies: &[&str]) -> Loaded {
    let schemas: String = schemas
        .lines()
        .map(|line| format!("    {line}\n"))
        .collect();
    let paths: String = bodies
        .iter()
        .map(|body| format!("  /{body}:\n    post: {{ requestBody: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{body}' }} }} }} }}, responses: {{ '204': {{ description: Taken. }} }} }}\n"))
        .collect();
    with_paths(&format!("{paths}components:\n  schemas:\n{schemas}"))
}

/// A contract of these paths, indented by two, and what follows them.
pub fn with_paths(paths: &str) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    let path = Utf8Path::from_path(folder.path())
        .unwrap()
        .join("openapi.yaml");
    let text = format!("openapi: 3.1.0\ninfo: {{ title: Test, version: '1' }}\npaths:\n{paths}");
    fs_err::write(&path, text).unwrap();
    frontend::load(&path, &Options::default()).expect("it is a contract")
}
