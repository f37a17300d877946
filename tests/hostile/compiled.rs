//! A project of all payloads at once is one that compiles without a warning, and that rustfmt and clippy leave alone.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::everywhere::{PAYLOADS, document};
use crate::links::tree;

/// The paths and components of the documents of all payloads, side by side.
fn together() -> Value {
    let mut all = document(PAYLOADS[0]);
    all["paths"] = json!({});
    for (index, payload) in PAYLOADS.iter().enumerate() {
        let text = document(payload).to_string();
        // These would be one for all.
        let own = ["Either", "One", "Two"].iter().fold(text, |text, name| {
            text.replace(
                &format!("schemas/{name}\""),
                &format!("schemas/{name}{index}\""),
            )
            .replace(&format!("\"{name}\":{{"), &format!("\"{name}{index}\":{{"))
        });
        let own: Value = serde_json::from_str(&own).unwrap();
        for (path, item) in own["paths"].as_object().unwrap() {
            all["paths"][format!("/p{index}{path}")] = item.clone();
        }
        for section in ["schemas", "securitySchemes"] {
            for (name, value) in own["components"][section].as_object().unwrap() {
                all["components"][section][name] = value.clone();
            }
        }
    }
    all
}

#[test]
fn a_project_of_all_payloads_compiles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = root.join("target/emitted");
    let project = target.join("payloads");
    if project.exists() {
        fs_err::remove_dir_all(&project).unwrap();
    }
    // Inside of this workspace it would be made another way.
    let fresh = tempfile::tempdir().unwrap();
    fs_err::write(fresh.path().join("payloads.json"), together().to_string()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_routegen"));
    let arguments = ["new", "shop", "--spec", "payloads.json", "--base", "/api"];
    run(command.current_dir(fresh.path()).args(arguments));
    for (path, bytes) in tree(&fresh.path().join("shop")) {
        match path.strip_suffix('/') {
            Some(folder) => fs_err::create_dir_all(project.join(folder)).unwrap(),
            None => {
                let path = project.join(path);
                fs_err::create_dir_all(path.parent().unwrap()).unwrap();
                fs_err::write(path, bytes).unwrap();
            }
        }
    }
    fs_err::copy(
        root.join("tests/emitted/Cargo.lock"),
        project.join("Cargo.lock"),
    )
    .unwrap();
    let manifest: toml::Table = fs_err::read_to_string(project.join("Cargo.toml"))
        .unwrap()
        .parse()
        .unwrap();
    let package = manifest["package"].as_table().unwrap();
    assert_eq!(package["name"].as_str(), Some("shop"));
    for arguments in [
        &["fmt", "--all", "--check"][..],
        &[
            "clippy",
            "--all-targets",
            "--workspace",
            "--",
            "-D",
            "warnings",
        ],
    ] {
        let mut command = Command::new(env!("CARGO"));
        run(command
            .current_dir(&project)
            .env("CARGO_TARGET_DIR", target.join("target"))
            .args(arguments));
    }
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
