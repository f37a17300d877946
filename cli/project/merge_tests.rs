//! Tables of what `sync` does to files of the user's; each row is a small project before and after.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use super::change::{ChangeKind, Merged, State};
use super::lock::FILE_NAME;
use super::merge::merge;
use super::scan::{DiskFile, Entry, Project};
use super::{Lock, has_functions};
use crate::render::{Content, Emitted, EmittedFile, Function, FunctionsFile, Mount};

const PREAMBLE: &str = "use super::contract::*;\n\n";

/// A project as files in memory.
pub(super) type Files = BTreeMap<Utf8PathBuf, String>;

pub(super) fn project(files: &Files) -> Project {
    let lock = files.get(camino::Utf8Path::new(FILE_NAME));
    let mut project = Project {
        lock: lock.map(|text| Lock::parse(text)).unwrap_or_default(),
        lock_bytes: lock.map(|text| text.as_bytes().into()),
        ..Project::default()
    };
    for (path, text) in files {
        project.entries.insert(
            path.clone(),
            Entry::File(DiskFile::new(text.clone().into_bytes())),
        );
        if path.starts_with("app") {
            project.app_files.insert(path.clone());
        }
    }
    project
}

/// Makes the changes in memory.
fn apply(files: &mut Files, merged: &Merged) {
    for change in &merged.changes {
        match &change.kind {
            ChangeKind::Create { text }
            | ChangeKind::Update { text, .. }
            | ChangeKind::Restore { text, .. }
            | ChangeKind::Renew { text, .. } => {
                files.insert(change.path.clone(), text.clone());
            }
            ChangeKind::Move { from, text, .. } => {
                files.remove(from);
                files.insert(change.path.clone(), text.clone());
            }
            ChangeKind::Follow { from } => {
                let text = files.remove(from).unwrap();
                files.insert(change.path.clone(), text);
            }
            ChangeKind::Remove { .. } | ChangeKind::RemoveEdited { .. } => {
                files.remove(&change.path);
            }
        }
    }
}

/// `GET /books#list: Lists.` is an operation with an id and a doc comment; the id may be missing.
fn emitted(operations: &[&str]) -> Emitted {
    let mut files: BTreeMap<Utf8PathBuf, Vec<Function>> = BTreeMap::new();
    for operation in operations {
        let (key, doc) = operation.split_once(": ").unwrap_or((operation, ""));
        let (key, id) = key
            .split_once('#')
            .map_or((key, None), |(key, id)| (key, Some(id.to_owned())));
        let (method, url) = key.split_once(' ').unwrap();
        let path = Utf8PathBuf::from(format!(
            "app{}/route.rs",
            url.replace('{', "[").replace('}', "]")
        ));
        let name = method.to_lowercase();
        files.entry(path).or_default().push(Function {
            key: key.to_owned(),
            operation_id: id,
            doc: if doc.is_empty() {
                String::new()
            } else {
                format!("/// {doc}\n")
            },
            signature: format!("pub async fn {name}(ctx: Context)"),
            signature_by_path: None,
            body: "    stub(ctx)\n".to_owned(),
            name,
        });
    }
    let files = files.into_iter().map(|(path, mut functions)| {
        functions.sort_by_key(|function| {
            ["get", "post", "delete"]
                .iter()
                .position(|name| *name == function.name)
        });
        let content = Content::Functions(FunctionsFile {
            mount: Some(Mount {
                spec: "openapi.yaml".into(),
                base: String::new(),
            }),
            preamble: PREAMBLE.to_owned(),
            functions,
        });
        EmittedFile { path, content }
    });
    Emitted {
        files: files.collect(),
        ..Emitted::default()
    }
}

/// Syncs files with a contract and returns the diagnostics' codes; a second run must change nothing.
pub(super) fn sync(files: &mut Files, operations: &[&str]) -> Vec<&'static str> {
    let emitted = emitted(operations);
    let merged = merge(&emitted, &project(files));
    apply(files, &merged);
    let again = merge(&emitted, &project(files));
    assert_eq!(again.changes, [], "a second run changes nothing");
    merged
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.number)
        .collect()
}

/// Writes `old`, edits it by `edit` (path, from, to), syncs with `new`, and compares codes and files under `app/`.
fn check(
    old: &[&str],
    edits: &[(&str, &str, &str)],
    new: &[&str],
    codes: &[&str],
    expected: &[(&str, &str)],
) {
    for newline in ["\n", "\r\n"] {
        let mut files = Files::new();
        assert_eq!(sync(&mut files, old), [""; 0]);
        for text in files.values_mut() {
            *text = text.replace('\n', newline);
        }
        for (path, from, to) in edits {
            let text = files.entry((*path).into()).or_default();
            let (from, to) = (from.replace('\n', newline), to.replace('\n', newline));
            assert!(text.contains(&from), "{text:?} has {from:?}");
            *text = if from.is_empty() {
                to
            } else {
                text.replacen(&from, &to, 1)
            };
        }
        assert_eq!(sync(&mut files, new), codes);
        let found: Vec<(&str, &str)> = files
            .iter()
            .filter(|(path, _)| path.starts_with("app"))
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        // A file that we create has plain line ends; one of the user's keeps its own.
        let normal: Vec<(&str, String)> = found
            .iter()
            .map(|(path, text)| (*path, text.replace("\r\n", "\n")))
            .collect();
        let normal: Vec<(&str, &str)> = normal
            .iter()
            .map(|(path, text)| (*path, text.as_str()))
            .collect();
        assert_eq!(normal, expected);
        for (path, text) in found {
            assert!(
                !text.contains('\r') || !text.replace("\r\n", "").contains('\n'),
                "{path}: {text:?}"
            );
        }
    }
}

const BOOKS: &str = "app/books/route.rs";
const GET: &str = "use super::contract::*;\n\npub async fn get(ctx: Context) {\n    stub(ctx)\n}\n";

#[test]
fn stubs_are_added_in_the_order_of_methods() {
    let all = format!(
        "{GET}\npub async fn post(ctx: Context) {{\n    stub(ctx)\n}}\n\npub async fn delete(ctx: Context) {{\n    stub(ctx)\n}}\n"
    );
    for old in [
        ["GET /books"].as_slice(),
        &["POST /books"],
        &["DELETE /books"],
        &["GET /books", "DELETE /books"],
        &[],
    ] {
        check(
            old,
            &[],
            &["GET /books", "POST /books", "DELETE /books"],
            &[],
            &[(BOOKS, &all)],
        );
    }
}

#[test]
fn a_doc_comment_follows_until_it_is_edited() {
    let doc = |doc: &str| GET.replace("pub", &format!("/// {doc}\npub"));
    let (old, new) = (["GET /books: Old."], ["GET /books: New."]);
    check(&old, &[], &new, &[], &[(BOOKS, &doc("New."))]);
    check(&old, &[], &["GET /books"], &[], &[(BOOKS, GET)]);
    check(&["GET /books"], &[], &new, &[], &[(BOOKS, &doc("New."))]);
    check(
        &old,
        &[(BOOKS, "Old.", "Mine.")],
        &new,
        &[],
        &[(BOOKS, &doc("Mine."))],
    );
    check(
        &old,
        &[(BOOKS, "stub", "mine")],
        &new,
        &[],
        &[(BOOKS, &doc("New.").replace("stub", "mine"))],
    );
    check(
        &old,
        &[(BOOKS, "pub", "#[mine]\npub")],
        &new,
        &[],
        &[(BOOKS, &doc("New.").replace("pub", "#[mine]\npub"))],
    );
}

#[test]
fn what_is_untouched_goes_with_its_operation() {
    check(&["GET /books"], &[], &[], &[], &[]);
    check(
        &["GET /books", "POST /books"],
        &[],
        &["GET /books"],
        &[],
        &[(BOOKS, GET)],
    );
    let helper = (BOOKS, "pub async", "fn help() {}\n\npub async");
    check(
        &["GET /books"],
        &[helper],
        &[],
        &[],
        &[(BOOKS, "use super::contract::*;\n\nfn help() {}\n")],
    );
    check(
        &["GET /books"],
        &[(BOOKS, "use", "// Mine.\nuse")],
        &[],
        &[],
        &[(BOOKS, "// Mine.\nuse super::contract::*;\n")],
    );
}

#[test]
fn what_was_edited_stays_as_an_orphan() {
    for (from, to) in [
        ("stub(ctx)", "mine(\"*/ é\")"),
        ("pub", "#[mine]\npub"),
        ("stub", "// mine\n    stub"),
        (") {", ") /* mine */ {"),
    ] {
        check(
            &["GET /books"],
            &[(BOOKS, from, to)],
            &[],
            &["RG0504"],
            &[(BOOKS, &GET.replacen(from, to, 1))],
        );
    }
}

#[test]
fn handlers_elsewhere_are_found() {
    let text = "pub use crate::books::get;\n";
    check(
        &["GET /books"],
        &[(BOOKS, GET, text)],
        &["GET /books: New."],
        &[],
        &[(BOOKS, text)],
    );
    let text = "pub use crate::books::{handler as get};\n";
    check(
        &[],
        &[(BOOKS, "", text)],
        &["GET /books"],
        &[],
        &[(BOOKS, text)],
    );
    let text = "#[cfg(unix)]\npub async fn get(_: Context) {}\n#[cfg(not(unix))]\npub async fn get(_: Context) {}\n";
    check(
        &["GET /books"],
        &[(BOOKS, GET, text)],
        &["GET /books: New."],
        &[],
        &[(BOOKS, text)],
    );
}

#[test]
fn handlers_that_cannot_be_seen_are_asked_for() {
    for (text, code) in [
        ("pub use crate::books::*;\n", "RG0502"),
        ("handlers! {}\n", "RG0502"),
        ("include!(\"x.rs\");\n", "RG0502"),
        ("async fn get() {}\n", "RG0503"),
        ("use crate::books::get;\n", "RG0503"),
        ("fn get( {\n", "RG0501"),
    ] {
        check(
            &["GET /books"],
            &[(BOOKS, GET, text)],
            &["GET /books: New."],
            &[code],
            &[(BOOKS, text)],
        );
    }
}

#[test]
fn a_file_moves_when_all_its_operations_did() {
    let to = "app/volumes/route.rs";
    let mine = GET.replace("stub", "mine");
    let edit = (BOOKS, "stub", "mine");
    check(
        &["GET /books#list"],
        &[edit],
        &["GET /volumes#list"],
        &[],
        &[(to, &mine)],
    );
    check(
        &["GET /books#list"],
        &[
            edit,
            ("app/books/help.rs", "", "// Help.\n"),
            ("app/books/x/help.rs", "", "// Help.\n"),
        ],
        &["GET /volumes#list: New."],
        &[],
        &[
            ("app/volumes/help.rs", "// Help.\n"),
            (to, &mine.replace("pub", "/// New.\npub")),
            ("app/volumes/x/help.rs", "// Help.\n"),
        ],
    );
    let (from, to) = ("app/books/[id]/route.rs", "app/books/[book]/route.rs");
    check(
        &["GET /books/{id}"],
        &[(from, "stub", "mine")],
        &["GET /books/{book}"],
        &[],
        &[(to, &mine)],
    );
}

#[test]
fn a_body_is_never_copied() {
    let to = "app/volumes/route.rs";
    let mine = GET.replace("stub", "mine");
    check(
        &["GET /books#list", "POST /books#add"],
        &[(BOOKS, "stub", "mine")],
        &["GET /volumes#list", "POST /books#add"],
        &["RG0505"],
        &[
            (
                BOOKS,
                &format!(
                    "{mine}\n{}",
                    &GET["use super::contract::*;\n\n".len()..].replace("get", "post")
                ),
            ),
            (to, GET),
        ],
    );
    check(
        &["GET /books#list"],
        &[(BOOKS, "stub", "mine"), (to, "", "pub fn post() {}\n")],
        &["GET /volumes#list"],
        &["RG0505"],
        &[
            (BOOKS, &mine),
            (
                to,
                "pub fn post() {}\n\npub async fn get(ctx: Context) {\n    stub(ctx)\n}\n",
            ),
        ],
    );
}

#[test]
fn a_lost_lock_counts_as_edited() {
    let mut files = Files::new();
    sync(&mut files, &["GET /books: Old."]);
    files.remove(camino::Utf8Path::new(FILE_NAME));
    let before = files[camino::Utf8Path::new(BOOKS)].clone();
    assert_eq!(sync(&mut files, &["GET /books: New."]), [""; 0]);
    assert_eq!(files[camino::Utf8Path::new(BOOKS)], before);
}

#[test]
fn what_would_break_a_file_is_not_written() {
    let (old, new) = (["GET /books"], ["GET /books", "POST /books: A.\n/* B."]);
    let mut files = Files::new();
    sync(&mut files, &old);
    let merged = merge(&emitted(&new), &project(&files));
    let codes: Vec<&str> = merged.diagnostics.iter().map(|of| of.code.number).collect();
    assert_eq!(codes, ["RG0525"]);
    assert!(merged.changes.iter().all(|change| change.path == FILE_NAME));
}

#[test]
fn states_tell_stubs_from_bodies() {
    let mut files = Files::new();
    sync(&mut files, &["GET /books", "POST /books", "DELETE /books"]);
    let text = files.get_mut(camino::Utf8Path::new(BOOKS)).unwrap();
    *text = format!(
        "{}\npub fn head() {{}}\n",
        text.replacen("stub", "mine", 1).replace(
            "delete(ctx: Context) {\n    stub",
            "delete(ctx: Context) {\n  mine"
        )
    );
    let merged = merge(&emitted(&["GET /books", "POST /books"]), &project(&files));
    let states: Vec<(&str, Option<usize>, State)> = merged
        .states
        .iter()
        .map(|state| (state.name.as_str(), state.line, state.state))
        .collect();
    let expected = [
        ("delete", Some(11), State::Orphan),
        ("get", Some(3), State::Implemented),
        ("head", Some(15), State::Undocumented),
        ("post", Some(7), State::Stub),
    ];
    assert_eq!(states, expected);
    assert!(has_functions(camino::Utf8Path::new("app/auth.rs")));
}

/// What people put into files; none of it may ever be changed.
const MINE: [&str; 9] = [
    "/* A block\n\n   with a gap. */\n",
    "use crate::mine; /* begins\n\nand /* ends */ below */\n",
    "// Mine: é, */ and \"quotes\".\n",
    "fn help() -> &'static str {\n    \"/* pub async fn get() {} */\"\n}\n",
    "#[mine]\npub async fn get(ctx: Context) {\n    mine(ctx) // kept\n}\n",
    "/// Mine.\npub async fn post(ctx: Context,) {   mine(ctx)   }\n",
    "/* A block\n   comment. */\n",
    "const X: u8 = 1; // one line\n",
    "#[cfg(test)]\nmod tests {\n    fn get() {}\n}\n",
];

proptest::proptest! {
    #[test]
    fn what_a_person_wrote_is_never_changed(
        old in 0usize..8,
        new in 0usize..8,
        mut mine in proptest::collection::vec((0usize..MINE.len(), 0usize..3), 1..5),
        first in proptest::bool::ANY,
    ) {
        let methods = ["GET /books#get: Get.", "POST /books#post", "DELETE /books#delete: Delete."];
        let chosen = |bits: usize| {
            methods.into_iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0).map(|(_, text)| text).collect::<Vec<_>>()
        };
        mine.sort();
        mine.dedup_by_key(|(at, _)| *at);
        let handler = |key: &str| {
            let method = key.split(' ').next().unwrap_or_default().to_lowercase();
            format!("\npub async fn {method}(ctx")
        };
        // The handlers that the person writes stand instead of ours.
        let written: Vec<&str> = chosen(old)
            .into_iter()
            .filter(|key| !mine.iter().any(|(at, _)| MINE[*at].contains(&handler(key))))
            .collect();
        let mut files = Files::new();
        sync(&mut files, &written);
        let text = files.entry(BOOKS.into()).or_default();
        for (at, blank) in &mine {
            let chunk = MINE[*at];
            let gap = "\n".repeat(*blank);
            *text = if first { format!("{chunk}{gap}{text}") } else { format!("{text}{gap}{chunk}") };
        }
        let codes = sync(&mut files, &chosen(new));
        proptest::prop_assert!(!codes.contains(&"RG0525"), "{files:?}");
        let all: Vec<&String> = files.values().collect();
        for (at, _) in &mine {
            proptest::prop_assert!(all.iter().any(|text| text.contains(MINE[*at])), "{all:?} lost {:?}", MINE[*at]);
        }
        for text in all {
            if !text.starts_with("# @generated") {
                proptest::prop_assert!(super::rust_file::RustFile::parse(text).is_ok(), "{text}");
            }
        }
    }
}

#[test]
fn a_signature_that_you_edited_is_told_what_it_should_be() {
    let mut files = Files::new();
    sync(&mut files, &["GET /books"]);
    let text = files.get_mut(camino::Utf8Path::new(BOOKS)).unwrap();
    *text = text.replace("get(", "get(mut ");
    let mut emitted = emitted(&["GET /books"]);
    for file in &mut emitted.files {
        if let Content::Functions(file) = &mut file.content {
            let signature = &mut file.functions[0].signature;
            *signature = signature.replace("get(", "get(state: State, ");
        }
    }
    let merged = merge(&emitted, &project(&files));
    let [diagnostic] = merged.diagnostics.iter().as_slice() else {
        panic!("one diagnostic");
    };
    assert_eq!(diagnostic.code.number, "RG0508");
    assert!(diagnostic.help.as_ref().unwrap().contains("state: State"));
}
