//! `sync --watch` as people have it: a process that runs while files change under it.
#![cfg(unix)]

mod process;

use std::io::Write;
use std::time::Duration;

use process::{How, Project};

/// A contract of operations `get /NAME`, with a body of the schema that `reference` names.
fn contract(names: &[&str], reference: &str) -> String {
    let mut text = String::from("openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\npaths:\n");
    for name in names {
        let content = match reference {
            "" => String::new(),
            reference => {
                format!(
                    ", content: {{ application/json: {{ schema: {{ $ref: '{reference}' }} }} }}"
                )
            }
        };
        text += &format!(
            "  /{name}: {{ get: {{ responses: {{ '200': {{ description: Done{content} }} }} }} }}\n"
        );
    }
    text
}

fn books() -> Project {
    Project::new("openapi.yaml", &contract(&["books"], ""))
}

/// The contract of [`books`] with a second operation, whose stub is to be put behind the first one.
fn both() -> String {
    let one = "get: { responses: { '200': { description: Done } } }";
    let two = format!("{one}, {}", one.replace("get", "post"));
    contract(&["books"], "").replace(one, &two)
}

/// Gives the handler of [`books`] a body that a person wrote; returns the text of its file.
fn edit_books(project: &Project) -> String {
    let written = project.read("app/api/books/route.rs");
    let edited = written.replace(
        "ctx.not_implemented(request)",
        "{\n        let _ = request;\n        ctx.deny(todo!())\n    }",
    );
    assert_ne!(written, edited);
    project.write("app/api/books/route.rs", &edited);
    edited
}

#[test]
fn a_contract_is_followed_however_it_is_saved() {
    let project = books();
    let mut watch = project.watch();
    project.write("openapi.yaml", &contract(&["books", "pens"], ""));
    let lines = watch.until("Created app/api/pens/route.rs");
    assert_eq!(lines, ["Created app/api/pens/route.rs with `get`"]);
    watch.rest();
    for name in ["inks", "nibs"] {
        project.replace("openapi.yaml", &contract(&["books", name], ""));
        watch.until(&format!("Created app/api/{name}/route.rs"));
        watch.rest();
    }
    project.remove("openapi.yaml");
    watch.until("error[RG0101]: `openapi.yaml` can't be opened");
    watch.rest();
    project.write("openapi.yaml", &contract(&["books", "nibs"], ""));
    watch.until("In step again");
    project.write("openapi.yaml", &contract(&["books"], ""));
    watch.until("Removed app/api/nibs/route.rs");
    assert!(project.command(&["check"]).status().unwrap().success());
}

#[test]
fn a_broken_contract_is_said_once_and_waited_for() {
    let project = books();
    let mut watch = project.watch();
    let before = project.read("app/router.rs");
    project.write("openapi.yaml", "openapi: 3.1.0\npaths: [\n");
    watch.until("error[RG0102]");
    watch.rest();
    project.write("README.md", "Something else changes.\n");
    assert_eq!(watch.rest(), [""; 0]);
    assert_eq!(project.read("app/router.rs"), before);
    project.write("openapi.yaml", &contract(&["books", "pens"], ""));
    watch.until("Created app/api/pens/route.rs");
}

#[test]
fn what_is_wrong_is_said_again_only_when_it_changed() {
    let project = books();
    let slip = |names: &[&str], slips: &[&str]| {
        let slips: String = slips.iter().map(|slip| format!("{slip}: x\n")).collect();
        contract(names, "") + &slips
    };
    project.write("openapi.yaml", &slip(&["books"], &["pathes"]));
    let mut watch = project.watch();
    watch.rest();
    project.write("openapi.yaml", &slip(&["books", "pens"], &["pathes"]));
    let lines = watch.until("Created app/api/pens/route.rs with `get`");
    assert_eq!(lines, ["Created app/api/pens/route.rs with `get`"]);
    watch.rest();
    project.write(
        "openapi.yaml",
        &slip(&["books", "pens"], &["pathes", "infos"]),
    );
    let said = watch.rest().join("\n");
    assert!(
        said.contains("`infos`") && !said.contains("`pathes`"),
        "{said}"
    );
    // Of two errors the one that is left is said when the other is mended.
    let handlers = ["books", "pens"].map(|name| format!("app/api/{name}/route.rs"));
    let written = handlers.each_ref().map(|path| project.read(path));
    handlers
        .iter()
        .for_each(|path| project.write(path, "pub fn ("));
    watch.rest();
    project.write(&handlers[0], &written[0]);
    let said = watch.rest().join("\n");
    assert!(
        said.contains("`app/api/pens/route.rs` can't be parsed") && !said.contains("books"),
        "{said}"
    );
    project.write(&handlers[1], &written[1]);
    let lines = watch.until("In step again");
    assert!(!lines.iter().any(|line| line.contains("RG0")), "{lines:?}");
}

#[test]
fn a_file_that_a_contract_comes_to_refer_to_is_followed() {
    let project = books();
    let mut watch = project.watch();
    project.write(
        "openapi.yaml",
        &contract(&["books"], "parts/deep/book.yaml"),
    );
    watch.until("parts/deep/book.yaml");
    watch.rest();
    project.write(
        "parts/deep/book.yaml",
        "type: object\nproperties: { title: { type: string } }\n",
    );
    watch.until("in contract/");
    watch.rest();
    project.replace(
        "parts/deep/book.yaml",
        "type: object\nproperties: { pages: { type: integer } }\n",
    );
    watch.until("in contract/");
    watch.rest();
    let types = project.read("contract/src/api/schemas.rs");
    assert!(
        types.contains("pages") && !types.contains("title"),
        "{types}"
    );
}

#[test]
fn a_contract_is_followed_wherever_its_folders_and_links_come_to_lead() {
    let project = books();
    let config = project.read("routegen.toml");
    let at = |spec: &str| config.replace("\"openapi.yaml\"", &format!("\"{spec}\""));
    project.write("docs/api/v1/openapi.yaml", &contract(&["books"], ""));
    project.write(
        "docs/new/v1/openapi.yaml",
        &contract(&["books", "pens"], ""),
    );
    project.write("routegen.toml", &at("docs/api/v1/openapi.yaml"));
    let mut watch = project.watch();
    watch.rest();
    project.rename("docs/api", "docs/old");
    project.rename("docs/new", "docs/api");
    watch.until("Created app/api/pens/route.rs");
    watch.rest();
    project.write("far/r1/openapi.yaml", &contract(&["books", "pens"], ""));
    project.write("far/r2/openapi.yaml", &contract(&["books", "inks"], ""));
    project.link("r1", "far/current");
    project.write("routegen.toml", &at("far/current/openapi.yaml"));
    watch.rest();
    project.link("r2", "far/next");
    project.rename("far/next", "far/current");
    watch.until("Created app/api/inks/route.rs");
}

#[test]
fn a_log_that_grows_beside_the_contract_is_not_looked_at() {
    let project = books();
    project.write("server.log", "");
    // A run of a project with an orphan always does something, so that it can be counted.
    edit_books(&project);
    project.write("openapi.yaml", &contract(&["pens"], ""));
    let mut watch = project.watch();
    watch.rest();
    let before = watch.done();
    let mut log = project.open("server.log", How::Anew);
    writeln!(log, "A request.").unwrap();
    watch.rest();
    writeln!(log, "Another.").unwrap();
    drop(log);
    watch.rest();
    assert_eq!(watch.done(), before);
    project.write("app/health/notes.md", "Something that is looked at.");
    watch.rest();
    assert_ne!(watch.done(), before);
}

#[test]
fn a_contract_in_typescript_is_followed() {
    let route = |path: &str| {
        format!(
            "export const {path} = createRoute({{ method: 'get', path: '/{path}', responses: {{ 204: {{ description: 'Done' }} }} }});\n"
        )
    };
    let head = "import { createRoute } from '@hono/zod-openapi';\n";
    let project = Project::new("contract.ts", &format!("{head}{}", route("books")));
    let mut watch = project.watch();
    project.replace(
        "contract.ts",
        &format!("{head}{}{}", route("books"), route("pens")),
    );
    watch.until("Created app/api/pens/route.rs");
}

#[test]
fn the_project_is_followed_as_the_contract_is() {
    let project = books();
    let mut watch = project.watch();
    let router = project.read("app/router.rs");
    project.write("app/router.rs", "// @generated\n// Mine.\n");
    watch.until("Restored app/router.rs");
    watch.rest();
    assert_eq!(project.read("app/router.rs"), router);
    project.remove("app/api/books/route.rs");
    watch.until("Created app/api/books/route.rs with `get`");
    watch.rest();
    project.write(
        "app/health/route.rs",
        "pub async fn get(ctx: crate::Context, request: axum::extract::Request) -> crate::Result<axum::response::Response> {\n    todo!()\n}\n",
    );
    watch.until("Updated app/router.rs");
    watch.rest();
    project.write("app/health/route.rs", "pub async fn get(\n");
    watch.until("error[RG0501]");
    watch.rest();
    project.remove("app/health/route.rs");
    watch.until("Updated app/router.rs");
    watch.rest();
    let config = project.read("routegen.toml");
    project.write("routegen.toml", &config.replace("\"/api\"", "\"/api/v2\""));
    watch.until("Moved app/api/books/route.rs -> app/api/v2/books/route.rs");
    watch.rest();
    project.remove("routegen.toml");
    watch.until("error: ");
    watch.rest();
    project.write("routegen.toml", &config.replace("\"/api\"", "\"/api/v2\""));
    watch.until("In step again");
}

#[test]
fn what_it_wrote_itself_leads_to_no_end_of_runs() {
    let project = books();
    // An orphan is said in each run, and no run of such a project is remembered as having nothing to do.
    let edited = edit_books(&project);
    let mut watch = project.watch();
    project.write("openapi.yaml", &contract(&["pens"], ""));
    watch.until("warning[RG0504]");
    watch.until("Created app/api/pens/route.rs with `get`");
    watch.rest();
    // Once for all: what follows changes nothing of it, nor does it change where the handler stands.
    project.write("openapi.yaml", &contract(&["pens", "inks"], ""));
    let lines = watch.until("Created app/api/inks/route.rs with `get`");
    assert_eq!(lines, ["Created app/api/inks/route.rs with `get`"]);
    watch.rest();
    let edited = format!("// Mine.\n{edited}");
    project.write("app/api/books/route.rs", &edited);
    assert_eq!(watch.rest(), [""; 0]);
    assert_eq!(project.read("app/api/books/route.rs"), edited);
}

/// What a person writes into a `route.rs` line by line: a handler, and more than one run's time later another.
#[cfg(target_os = "linux")]
const HANDLERS: [&str; 2] = [
    "use super::contract::*;\n\npub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {\n    todo!()\n}\n",
    "\n// The end.\n",
];

#[cfg(target_os = "linux")]
#[test]
fn what_somebody_is_writing_in_place_is_never_lost() {
    let project = books();
    for how in [How::Anew, How::Behind] {
        let mut watch = project.watch();
        let mut file = project.open("app/api/books/route.rs", how);
        file.write_all(HANDLERS[0].as_bytes()).unwrap();
        project.replace("openapi.yaml", &both());
        watch.until("Waiting until app/api/books/route.rs is closed");
        assert_eq!(watch.rest(), [""; 0]);
        file.write_all(HANDLERS[1].as_bytes()).unwrap();
        drop(file);
        watch.until("app/api/books/route.rs with `post`");
        watch.rest();
        let there = project.read("app/api/books/route.rs");
        assert!(
            there.contains(HANDLERS[0].trim()) && there.contains("// The end."),
            "{there}"
        );
        project.replace("openapi.yaml", &contract(&["books"], ""));
        watch.until("Updated app/api/books/route.rs");
        project.remove("app/api/books/route.rs");
        watch.until("Created app/api/books/route.rs");
        watch.rest();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_was_open_before_is_waited_for_too() {
    let project = books();
    let mut file = project.open("app/api/books/route.rs", How::Behind);
    project.write("openapi.yaml", &contract(&["pens"], ""));
    let mut watch = project.watch_until("Waiting until app/api/books/route.rs is closed");
    file.write_all(b"// Mine.\n").unwrap();
    drop(file);
    watch.until("Watching");
    watch.rest();
    assert!(project.read("app/api/books/route.rs").contains("// Mine."));
}

#[test]
fn a_file_is_left_alone_while_it_grows_where_the_system_says_nothing() {
    let mut project = books();
    project.set_fault("plain");
    let mut watch = project.watch();
    let mut file = project.open("app/api/books/route.rs", How::Behind);
    project.replace("openapi.yaml", &contract(&["pens"], ""));
    for number in 0..40 {
        writeln!(file, "// Line {number}.").unwrap();
        // Longer than a run waits for more changes in all; no two lines are as far apart as a file must rest.
        std::thread::sleep(Duration::from_millis(80));
    }
    drop(file);
    watch.until("app/api/pens/route.rs");
    watch.rest();
    let there = project.read("app/api/books/route.rs");
    assert_eq!(there.matches("// Line ").count(), 40, "{there}");
}

#[test]
fn a_project_that_is_moved_away_is_waited_for_and_not_made_again() {
    let project = books();
    project.write("shop/openapi.yaml", &contract(&["books"], ""));
    let new = ["new", "shop", "--spec", "shop/openapi.yaml"];
    assert!(project.command(&new).output().unwrap().status.success());
    let shop = project.path("shop");
    let mut watch = project.start(&["-C", shop.to_str().unwrap(), "sync", "--watch"]);
    watch.until("Watching");
    project.rename("shop", "shop2");
    watch.until("error: ");
    assert_eq!(watch.rest(), [""; 0]);
    assert!(!shop.exists());
    project.write("shop2/openapi.yaml", &contract(&["books", "pens"], ""));
    project.rename("shop2", "shop");
    watch.until("pens/route.rs with `get`");
}

/// A project that a run would add a function to, whose stub stands in a file that is there.
fn behind() -> Project {
    let project = books();
    project.write("openapi.yaml", &both());
    project
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_opened_in_the_middle_of_a_run_is_put_back() {
    let number = behind().operation("exchange", "app/api/books/route.rs");
    let mut project = behind();
    project.set_fault(&format!("stop {number}"));
    let watch = project.start(&["sync"]);
    watch.until_stopped();
    let mut file = project.open("app/api/books/route.rs", How::Behind);
    watch.send(libc::SIGCONT);
    assert_eq!(watch.end().code(), Some(2));
    file.write_all(b"// Mine.\n").unwrap();
    drop(file);
    let there = project.read("app/api/books/route.rs");
    assert!(there.ends_with("// Mine.\n"), "{there}");
    assert!(!there.contains("fn post"), "{there}");
}

#[test]
fn it_ends_well_when_it_is_asked() {
    let number = behind().operation("exchange", "app/api/books/route.rs");
    for signal in [libc::SIGINT, libc::SIGTERM] {
        let mut project = behind();
        project.set_fault(&format!("stop {number}"));
        let watch = project.start(&["sync", "--watch"]);
        watch.until_stopped();
        watch.send(signal);
        watch.send(libc::SIGCONT);
        assert_eq!(watch.end().code(), Some(0));
        // The run that it was in the midst of is whole.
        let check = project.command(&["check"]).output().unwrap();
        assert!(check.status.success(), "{check:?}");
    }
}

#[test]
fn it_ends_while_it_waits_for_another_run() {
    for signal in [libc::SIGINT, libc::SIGTERM] {
        let project = behind();
        let lock = fs_err::File::create(project.path(".routegen/lock")).unwrap();
        lock.file().lock().unwrap();
        let mut watch = project.start(&["sync", "--watch"]);
        watch.until("Waiting for another routegen in this folder");
        watch.send(signal);
        assert_eq!(watch.end().code(), Some(0));
    }
}

#[test]
fn it_ends_when_nobody_hears_it() {
    let project = books();
    let watch = project.watch_unheard();
    project.write("openapi.yaml", &contract(&["books", "pens"], ""));
    assert_eq!(watch.end().code(), Some(0));
    assert!(project.path("app/api/pens/route.rs").exists());
}

#[test]
fn a_contract_from_stdin_is_no_file_to_watch() {
    let project = books();
    let config = project.read("routegen.toml");
    project.write(
        "routegen.toml",
        &config.replace("\"openapi.yaml\"", "\"-\""),
    );
    let output = project.command(&["sync", "--watch"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: a contract that comes from stdin can't be watched; put it into a file\n"
    );
    let output = project
        .command(&["sync", "--watch", "--dry-run"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}
