//! The `openapiv3` crate as a strict reader of 3.0: it takes the documents that we give away, and we take its own.

mod canonical;

use camino::Utf8Path;
use openapiv3::OpenAPI;
use routegen::frontend::{self, Failed, Loaded, Options};
use routegen::model::Api;

/// A contract of two files with whatever 3.0 has of its own.
fn library() -> Loaded {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openapiv3");
    let loaded = frontend::load(&folder.join("openapi.yaml"), &Options::default());
    loaded.expect("it is a contract")
}

/// The document as the server gives it away, in one piece.
fn bundled(api: &Api) -> String {
    let document = &api.document;
    let servers = r#"[{"url":"/api/v2"}]"#;
    format!(
        "{}{servers}{}",
        document.before_servers, document.after_servers
    )
}

fn read(text: &str) -> OpenAPI {
    serde_json::from_str(text).expect("the crate reads it")
}

#[test]
fn the_bundle_is_strict_3_0() {
    let api = library().api;
    let document = read(&bundled(&api));
    let ids: Vec<_> = document
        .operations()
        .filter_map(|(_, _, operation)| operation.operation_id.as_deref())
        .collect();
    assert_eq!(ids, ["listBooks", "addBook", "putScan"]);
    let schemas = document.components.expect("there are components").schemas;
    assert!(schemas.contains_key("Book"), "{:?}", schemas.keys());
}

#[test]
fn a_document_of_the_crate_is_the_same_model() {
    let text = bundled(&library().api);
    let loaded = Loaded::try_from(read(&text)).expect("it is a contract");
    assert!(loaded.diagnostics.is_empty());

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("openapi.json");
    std::fs::write(&path, &text).unwrap();
    let path = Utf8Path::from_path(&path).unwrap();
    let direct = frontend::load(path, &Options::default()).expect("it is a contract");

    let (expected, actual) = (canonical::text(&direct.api), canonical::text(&loaded.api));
    let difference = similar::TextDiff::from_lines(&expected, &actual)
        .unified_diff()
        .to_string();
    assert_eq!(difference, "");
}

#[test]
fn a_document_of_another_version_is_refused() {
    let mut document = read(&bundled(&library().api));
    document.openapi = "4.0.0".to_owned();
    let failed: Result<Api, Failed> = document.try_into();
    let failed = failed.expect_err("there is no OpenAPI 4");
    let codes: Vec<_> = failed
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.number)
        .collect();
    assert_eq!(codes, ["RG0106"]);
    assert_eq!(failed.sources.files()[0].path, "<openapiv3>");
}
