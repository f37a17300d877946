//! Contracts that others wrote to be refused, and ones that are legal, from the test suites of other projects.
//!
//! `ROUTEGEN_CORPUS` names the folder that has them below `suites/`; without it there is nothing to run on, and the tests
//! say so. What these suites taught has small contracts of our own in `openapi_grammar.rs`.

use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};

/// What isn't ours to refuse: documents of ogen's suite that break a rule of ogen's own, or that are legal.
const LEGAL: [(&str, &str); 19] = [
    ("cyclic/example.json", "examples are never read"),
    (
        "parameters/cookie/combination_schema_type",
        "an object in a cookie has a spelling: `form`",
    ),
    (
        "parameters/query/combination_schema_type",
        "a style that says nothing of scalars is passed over",
    ),
    (
        "parameters/x_invalid_param_name.json",
        "`x-ogen-name` is for ogen",
    ),
    (
        "securityScheme/invalid_openIdConnect_url.json",
        "`-` is a relative reference",
    ),
    (
        "servers/x_wrong_type_server_name.json",
        "`x-ogen-server-name` is for ogen",
    ),
    ("version/swagger.json", "Swagger 2.0 is read"),
    (
        "cyclic/allOf_property.yaml",
        "recursion through a property is legal",
    ),
    (
        "field_naming/conflict_additional_props.yaml",
        "names of fields are made to differ",
    ),
    (
        "field_naming/conflict_pattern_props.yaml",
        "names of fields are made to differ",
    ),
    (
        "field_naming/extension_additional_props.yaml",
        "`x-ogen-name` is for ogen",
    ),
    (
        "field_naming/extension_pattern_props.yaml",
        "`x-ogen-name` is for ogen",
    ),
    (
        "field_naming/overriden_by_extension.yaml",
        "`x-ogen-name` is for ogen",
    ),
    (
        "field_naming/type_extension.yml",
        "`x-ogen-type` is for ogen",
    ),
    (
        "oneOf/same_json_type_one_of.json",
        "branches of one type are told apart by trying",
    ),
    (
        "router/two_parameter_in_a_row.json",
        "two parameters in a segment are matched",
    ),
    (
        "negative_custom/value_based_discrimination_overlap.json",
        "branches are told apart by trying",
    ),
    (
        "webhook/duplicate_operationId_within_pathItem.json",
        "nothing hangs on ids of webhooks",
    ),
    (
        "webhook/duplicate_operationId_within_webhooks.json",
        "nothing hangs on ids of webhooks",
    ),
];

/// What the specification's own suite calls good, and its text doesn't.
const DOUBTFUL: [(&str, &str); 1] = [(
    "3.1/pass/style-defaults.yaml",
    "a parameter of the path without `required: true`",
)];

fn suites() -> Option<Utf8PathBuf> {
    let Ok(corpus) = std::env::var("ROUTEGEN_CORPUS") else {
        println!("skipped: ROUTEGEN_CORPUS names no folder with suites");
        return None;
    };
    Some(Utf8PathBuf::from(corpus).join("suites"))
}

/// All documents below a folder, in order.
fn documents(folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir_utf8().expect("the suite is there") {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path().to_owned());
            } else if matches!(entry.path().extension(), Some("yaml" | "yml" | "json")) {
                found.push(entry.path().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// What `routegen new` says of a document: its exit code, and the codes of its diagnostics.
fn said(document: &Utf8Path) -> (Option<i32>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_routegen"))
        .arg("new")
        .arg(folder.path().join("project"))
        .arg("--spec")
        .arg(document)
        .output()
        .expect("routegen runs");
    let text = String::from_utf8_lossy(&output.stderr);
    let codes = text.lines().filter_map(|line| {
        let (kind, rest) = line.split_once('[')?;
        let (code, _) = rest.split_once(']')?;
        (matches!(kind, "error" | "warning")).then(|| code.to_owned())
    });
    (output.status.code(), codes.collect())
}

fn listed(list: &[(&str, &str)], document: &Utf8Path) -> bool {
    list.iter()
        .any(|(part, _)| document.as_str().contains(part))
}

#[test]
fn what_others_refuse_is_named() {
    let Some(suites) = suites() else { return };
    let mut count = 0;
    for suite in [
        "oai-spec/3.1/fail",
        "oai-spec/3.2/fail",
        "ogen-parser/negative",
        "ogen/negative",
        "ogen/negative_custom",
    ] {
        for document in documents(&suites.join(suite)) {
            let (exit, codes) = said(&document);
            assert!(matches!(exit, Some(0 | 2 | 3)), "{document}: {exit:?}");
            // That a contract has no operations says nothing of what is wrong with it.
            let is_named = codes.iter().any(|code| code != "RG0220");
            assert!(
                is_named || listed(&LEGAL, &document),
                "nothing is said of {document}"
            );
            count += 1;
        }
    }
    println!("{count} documents are refused, degraded or named, or are legal");
}

#[test]
fn what_the_specification_calls_good_is_passed_in_silence() {
    let Some(suites) = suites() else { return };
    for suite in [
        "oai-spec/3.1/pass",
        "oai-spec/3.2/pass",
        "oai-spec/archive/v3.0/pass",
    ] {
        for document in documents(&suites.join(suite)) {
            let (exit, codes) = said(&document);
            assert_eq!(exit, Some(0), "{document}");
            let has_fault = codes.iter().any(|code| code == "RG0223");
            assert_eq!(
                has_fault,
                listed(&DOUBTFUL, &document),
                "{document}: {codes:?}"
            );
        }
    }
}

#[test]
fn every_layout_of_references_is_read() {
    let Some(suites) = suites() else { return };
    for document in documents(&suites.join("swagger-parser-v3")) {
        let (exit, codes) = said(&document);
        assert!(
            matches!(exit, Some(0 | 2 | 3)),
            "{document}: {exit:?} {codes:?}"
        );
        assert!(exit == Some(0) || !codes.is_empty(), "{document}");
    }
}
