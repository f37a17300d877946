//! One contract in two languages is one model: each pair in `tests/frontends/` and `tests/dialects/`, and the bookshop.

mod canonical;

use camino::{Utf8Path, Utf8PathBuf};
use routegen::frontend::{self, Options};

fn model(path: &Utf8Path) -> String {
    match frontend::load(path, &Options::default()) {
        Ok(loaded) => {
            let said: Vec<_> = loaded.diagnostics.iter().collect();
            assert!(said.is_empty(), "{path}: {said:#?}");
            canonical::text(&loaded.api)
        }
        Err(failed) => panic!("{path}: {:#?}", failed.diagnostics),
    }
}

/// Where the models of these two differ; empty when they don't.
fn difference(openapi: &Utf8Path, typescript: &Utf8Path) -> String {
    let (expected, actual) = (model(openapi), model(typescript));
    let difference = similar::TextDiff::from_lines(&expected, &actual)
        .unified_diff()
        .to_string();
    if difference.is_empty() {
        difference
    } else {
        format!("{openapi} and {typescript} differ:\n{difference}\n")
    }
}

fn pairs() -> Vec<Utf8PathBuf> {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frontends");
    let files = folder
        .read_dir_utf8()
        .unwrap()
        .map(|entry| entry.unwrap().into_path());
    let mut pairs: Vec<_> = files
        .filter(|path| path.extension() == Some("yaml"))
        .collect();
    pairs.sort();
    pairs
}

#[test]
fn pairs_of_contracts_are_one_model() {
    let pairs = pairs();
    assert!(pairs.len() > 10, "the pairs are there");
    let differences = pairs
        .iter()
        .map(|openapi| difference(openapi, &openapi.with_extension("ts")));
    assert_eq!(differences.collect::<String>(), "");
}

/// Swagger 2.0 says with other keys what OpenAPI 3.0 says.
#[test]
fn dialects_of_openapi_are_one_model() {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialects");
    for name in ["parameters", "bodies", "security", "xml", "inheritance"] {
        let swagger = folder.join(format!("{name}.swagger.yaml"));
        let openapi = folder.join(format!("{name}.openapi.yaml"));
        assert_eq!(difference(&openapi, &swagger), "");
    }
}

#[test]
fn the_bookshop_is_one_model() {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/bookshop");
    assert_eq!(
        difference(&folder.join("openapi.yaml"), &folder.join("bookshop.ts")),
        ""
    );
}

/// The document that is given away for a contract in Zod says what the contract says: it lowers to the same model.
#[test]
fn the_document_of_a_contract_in_zod_is_that_contract() {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let bookshop = folder.join("schemas/bookshop/bookshop.ts");
    let scratch = tempfile::tempdir().unwrap();
    for typescript in pairs()
        .into_iter()
        .map(|path| path.with_extension("ts"))
        .chain([bookshop])
    {
        let Ok(loaded) = frontend::load(&typescript, &Options::default()) else {
            panic!("{typescript}")
        };
        let document = &loaded.api.document;
        let base = loaded.api.server_path.as_deref().unwrap_or("/");
        let text = format!(
            "{}[{{\"url\":{base:?}}}]{}",
            document.before_servers, document.after_servers
        );
        let path = Utf8PathBuf::from_path_buf(scratch.path().join("openapi.json")).unwrap();
        std::fs::write(&path, text).unwrap();
        assert_eq!(difference(&path, &typescript), "");
    }
}
