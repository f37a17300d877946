//! What git makes of a project: merges of branches that each changed the contract, and what `--dry-run` prints as a patch. Without git
//! there is nothing to try.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const BASE: &str = r#"openapi: 3.1.0
info: { title: Shop, version: "1" }
paths:
  /books:
    get:
      summary: List books.
      responses: { "204": { description: Done. } }
"#;

const ADD: &str = r#"    post:
      summary: Add a book.
      responses: { "204": { description: Done. } }
"#;

const CHANGE: &str = r#"    put:
      summary: Change all books.
      responses: { "204": { description: Done. } }
"#;

const HANDLERS: &str = "app/api/books/route.rs";

const STUB: &str = "    ctx.not_implemented(request)\n";

const WRITTEN: &str = "    let _ = (ctx, request);\n    Ok(PostResponse::NoContent)\n";

#[test]
fn sync_mends_what_a_merge_left_in_files_of_ours() {
    if !has_git() {
        return;
    }
    for style in ["merge", "diff3"] {
        let temporary = tempfile::tempdir().unwrap();
        let root = temporary.path();
        merged(root, style);
        let conflicts = git(root, &["diff", "--name-only", "--diff-filter=U"]);
        for path in [
            "openapi.yaml",
            HANDLERS,
            "app/router.rs",
            "routegen.lock",
            "contract/src/api/openapi.json",
        ] {
            assert!(
                conflicts.contains(path),
                "{path} isn't in conflict: {conflicts}"
            );
        }

        // The contract first, then the handlers, each named at its line; nothing is written meanwhile.
        let refused = |file: &str, exit| {
            let text = read(root, file);
            let line = text
                .lines()
                .position(|line| line.starts_with("<<<<<<<"))
                .unwrap()
                + 1;
            let (said, code) = routegen(root, &["sync"]);
            assert_eq!(code, exit, "{said}");
            assert!(said.contains(&format!("--> {file}:{line}:1\n")), "{said}");
            assert!(said.contains("a merge conflict begins here"), "{said}");
        };
        refused("openapi.yaml", 2);
        write(root, "openapi.yaml", &format!("{BASE}{CHANGE}{ADD}"));
        refused(HANDLERS, 3);
        let handlers = resolved();
        write(root, HANDLERS, &handlers);

        let (said, code) = routegen(root, &["sync"]);
        assert_eq!(code, 0, "{said}");
        assert!(
            said.contains("a merge left a conflict in `routegen.lock`"),
            "{said}"
        );
        assert_eq!(read(root, HANDLERS), handlers);
        let (said, code) = routegen(root, &["check"]);
        assert_eq!((said.as_str(), code), ("", 0));
        git(root, &["add", "--all"]);
        let left = git(root, &["grep", "--cached", "-l", "^<<<<<<<", "--", "."]);
        assert_eq!(left, "");

        // What either branch wrote is known: an untouched stub goes with its operation, a written handler doesn't.
        write(root, "openapi.yaml", BASE);
        let (said, code) = routegen(root, &["sync"]);
        assert_eq!(code, 0, "{said}");
        let handlers = read(root, HANDLERS);
        assert!(
            !handlers.contains("fn put") && handlers.contains(WRITTEN),
            "{handlers}"
        );
    }
}

#[test]
fn a_conflict_in_files_of_ours_is_no_edit_of_yours() {
    if !has_git() {
        return;
    }
    let temporary = tempfile::tempdir().unwrap();
    let root = temporary.path();
    merged(root, "merge");
    // Whoever takes one side of the lock has files of ours in conflict that the lock knows.
    git(root, &["checkout", "--ours", "routegen.lock"]);
    write(root, "openapi.yaml", &format!("{BASE}{CHANGE}{ADD}"));
    write(root, HANDLERS, &resolved());
    let (said, code) = routegen(root, &["sync"]);
    assert_eq!(code, 0, "{said}");
    assert!(
        !said.contains("was edited") && !said.contains("<<<<<<<"),
        "{said}"
    );
    let (said, code) = routegen(root, &["check"]);
    assert_eq!((said.as_str(), code), ("", 0));
}

#[test]
fn git_applies_what_a_dry_run_shows() {
    if !has_git() {
        return;
    }
    let made = tempfile::tempdir().unwrap();
    behind(made.path());
    done(made.path(), &["sync"]);
    let expected = files(&made.path().join("app/api"));
    for moved in [
        "authors/[authorId]/queries.rs",
        "authors/[authorId]/route.rs",
        "shelves/route.rs",
    ] {
        assert!(expected.contains_key(Path::new(moved)), "{moved}");
    }
    assert!(!expected.contains_key(Path::new("old/route.rs")));

    for arguments in [
        &["sync", "--dry-run"][..],
        &["sync", "--dry-run", "--full-diff"],
    ] {
        let temporary = tempfile::tempdir().unwrap();
        let root = temporary.path();
        behind(root);
        let patch = call(root, arguments).stdout;
        fs_err::write(root.join("x.patch"), patch).unwrap();
        let applied = Command::new("git")
            .args([
                "-c",
                "core.autocrlf=false",
                "apply",
                "--whitespace=nowarn",
                "x.patch",
            ])
            .current_dir(root)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&applied.stderr);
        assert!(applied.status.success(), "{said}");
        assert_eq!(files(&root.join("app/api")), expected);
        if arguments.contains(&"--full-diff") {
            let Output { status, stdout, .. } = call(root, &["check"]);
            assert_eq!((stdout.as_slice(), status.code()), (&b""[..], Some(0)));
        }
    }
}

/// A project whose contract went on: functions come and go in a file with CRLF and without a last line end, files come, go and move.
fn behind(root: &Path) {
    let path = |path: &str, methods: &[&str]| {
        let method = |method: &&str| {
            format!("    {method}: {{ responses: {{ '204': {{ description: Done. }} }} }}\n")
        };
        let methods: String = methods.iter().map(method).collect();
        format!("  {path}:\n{methods}")
    };
    let contract = |paths: &[String]| {
        let paths = paths.concat();
        format!("openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths:\n{paths}")
    };
    let before = [
        path("/books", &["get", "put"]),
        path("/old", &["get"]),
        path("/authors/{id}", &["get"]),
    ];
    write(root, "openapi.yaml", &contract(&before));
    done(
        root,
        &[
            "new",
            ".",
            "--spec",
            "openapi.yaml",
            "--name",
            "shop",
            "--base",
            "/api",
        ],
    );
    let handlers = read(root, HANDLERS).trim_end().replace('\n', "\r\n");
    write(root, HANDLERS, &handlers);
    write(root, "app/api/authors/[id]/queries.rs", "pub fn all() {}\n");
    let after = [
        path("/books", &["get", "post"]),
        path("/authors/{authorId}", &["get", "put"]),
        path("/shelves", &["get"]),
    ];
    write(root, "openapi.yaml", &contract(&after));
}

/// The bytes of all files below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs_err::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                found.insert(name, fs_err::read(&path).unwrap());
            }
        }
    }
    found
}

/// A project in which two branches, each of which added a handler, were merged.
fn merged(root: &Path, style: &str) {
    write(root, "openapi.yaml", BASE);
    done(
        root,
        &[
            "new",
            ".",
            "--spec",
            "openapi.yaml",
            "--name",
            "shop",
            "--base",
            "/api",
        ],
    );
    git(root, &["init", "--quiet", "--initial-branch", "main"]);
    git(root, &["config", "merge.conflictStyle", style]);
    git(root, &["config", "core.autocrlf", "false"]);
    commit(root);
    git(root, &["checkout", "--quiet", "-b", "one"]);
    write(root, "openapi.yaml", &format!("{BASE}{ADD}"));
    done(root, &["sync"]);
    let (before, stub) = {
        let text = read(root, HANDLERS);
        let at = text.rfind(STUB).unwrap();
        (text[..at].to_owned(), text[at..].to_owned())
    };
    write(
        root,
        HANDLERS,
        &format!("{before}{}", stub.replace(STUB, WRITTEN)),
    );
    commit(root);
    git(root, &["checkout", "--quiet", "main"]);
    write(root, "openapi.yaml", &format!("{BASE}{CHANGE}"));
    done(root, &["sync"]);
    commit(root);
    git(root, &["merge", "one"]);
}

/// The handlers of both branches.
fn resolved() -> String {
    let function = |comment: &str, name: &str, of: &str, body: &str| {
        format!(
            "\n/// {comment}\npub async fn {name}(ctx: Context, request: {of}Request) -> Result<{of}Response> {{\n{body}}}\n"
        )
    };
    let functions = [
        function("List books.", "get", "Get", STUB),
        function("Change all books.", "put", "Put", STUB),
        function("Add a book.", "post", "Post", WRITTEN),
    ];
    format!("use super::contract::*;\n{}", functions.concat())
}

fn has_git() -> bool {
    Command::new("git").arg("--version").output().is_ok()
}

fn commit(root: &Path) {
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "--message", "change"]);
}

/// What git prints; a merge with conflicts is no fault here.
fn git(root: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=n",
            "-c",
            "user.email=n@example.org",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .current_dir(root)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn done(root: &Path, arguments: &[&str]) {
    let (said, code) = routegen(root, arguments);
    assert_eq!(code, 0, "{said}");
}

/// What a call says, and its exit code.
fn routegen(root: &Path, arguments: &[&str]) -> (String, i32) {
    let Output {
        status,
        stdout,
        stderr,
    } = call(root, arguments);
    let said = [stderr, stdout].concat();
    (String::from_utf8(said).unwrap(), status.code().unwrap())
}

fn call(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_routegen"))
        .args(arguments)
        .current_dir(root)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

fn write(root: &Path, path: &str, text: &str) {
    fs_err::write(root.join(path), text).unwrap();
}

fn read(root: &Path, path: &str) -> String {
    fs_err::read_to_string(root.join(path)).unwrap()
}
