//! What `check` prints for programs: valid by its schema, by SARIF's rules, as XML and as GitHub's commands, whatever
//! stands in a contract.

mod github;
mod schema;
mod xml;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// What the cases with this format print, by the names of the cases.
fn printed(format: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut found = Vec::new();
    for entry in fs_err::read_dir(folder).unwrap() {
        let case = entry.unwrap().path();
        let Ok(command) = fs_err::read_to_string(case.join("command")) else {
            continue;
        };
        if command.trim_end().ends_with(&format!("--format {format}")) {
            let name = case.file_name().unwrap().to_string_lossy().into_owned();
            found.push((name, fs_err::read_to_string(case.join("stdout")).unwrap()));
        }
    }
    assert!(!found.is_empty(), "no case prints {format}");
    found
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A schema beside the tests, or among those that are published.
fn schema_of(path: &str) -> Value {
    json(&fs_err::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap())
}

fn routegen(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_routegen"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .env_remove("GITHUB_STEP_SUMMARY")
        .env("NO_COLOR", "1");
    command.output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A folder with the project `services/shop`, whose contract then gets other paths.
fn drifted(paths: &str) -> (tempfile::TempDir, PathBuf) {
    let temporary = tempfile::tempdir().unwrap();
    let head = "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\npaths:\n";
    let contract = temporary.path().join("openapi.yaml");
    fs_err::write(
        &contract,
        format!(
            "{head}  /v1/books: {{ get: {{ responses: {{ '204': {{ description: Done }} }} }} }}\n"
        ),
    )
    .unwrap();
    let made = routegen(
        temporary.path(),
        &["new", "services/shop", "--spec", "openapi.yaml"],
    );
    assert!(made.status.success(), "{made:?}");
    let shop = temporary.path().join("services/shop");
    fs_err::write(shop.join("openapi.yaml"), format!("{head}{paths}")).unwrap();
    (temporary, shop)
}

/// Text that is something else to each of those who read a report.
const HOSTILE: &str = r#"  /v1/books:
    get:
      summary: "::error::a %0A ##[add-mask]b ``` ]]> <b>&amp;| \u001b[31m \uFFFE"
      responses: { '204': { description: Done } }
    post:
      "sumary\n::error::c, d: ]]>\u0001": x
      responses: { '204': { description: Done } }
  "/v1/[x]/%25, a:b": { get: { responses: { '204': { description: Done } } } }
"#;

#[test]
fn what_is_printed_as_json_is_what_the_schema_says() {
    let schema = schema_of("schemas/check.schema.json");
    let mut kinds = BTreeSet::new();
    let mut check = |name: &str, document: &Value| {
        assert_eq!(schema::faults(&schema, document), [""; 0], "{name}");
        for finding in document["findings"].as_array().unwrap() {
            kinds.insert(finding["kind"].as_str().unwrap().to_owned());
        }
    };
    for (name, text) in printed("json") {
        check(&name, &json(&text));
    }
    let (folder, shop) = drifted(HOSTILE);
    let output = routegen(
        folder.path(),
        &[
            "-C",
            "services/shop",
            "check",
            "--format",
            "json",
            "--full-diff",
        ],
    );
    check("a hostile contract", &json(&stdout(&output)));
    fs_err::write(shop.join(".routegen/journal"), "").unwrap();
    let output = routegen(&shop, &["check", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    check("an interrupted run", &json(&stdout(&output)));
    let known = &schema["$defs"]["finding"]["properties"]["kind"]["enum"];
    let known = known.as_array().unwrap().iter();
    let known: BTreeSet<String> = known
        .map(|kind| kind.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(kinds, known, "each kind is printed by a case");
}

#[test]
fn what_is_printed_as_sarif_is_what_the_standard_says() {
    let schema = schema_of("tests/check_formats/sarif.schema.json");
    let (folder, _) = drifted(HOSTILE);
    let output = routegen(
        folder.path(),
        &["-C", "services/shop", "check", "--format", "sarif"],
    );
    let hostile = ("a hostile contract".to_owned(), stdout(&output));
    for (name, text) in printed("sarif").into_iter().chain([hostile]) {
        let document = json(&text);
        assert_eq!(schema::faults(&schema, &document), [""; 0], "{name}");
        let run = &document["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let ids: BTreeSet<&str> = rules
            .iter()
            .map(|rule| rule["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids.len(), rules.len(), "{name}: each rule once");
        let category = run["automationDetails"]["id"].as_str().unwrap();
        assert!(category.starts_with("routegen/") && category.ends_with('/'));
        let results = run["results"].as_array().unwrap();
        assert!(!results.is_empty(), "{name}");
        let mut prints = BTreeSet::new();
        for result in results {
            let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
            assert_eq!(rule["id"], result["ruleId"], "{name}");
            let location = &result["locations"][0]["physicalLocation"];
            assert!(
                location["region"]["startLine"].is_u64(),
                "{name}: GitHub wants a region in each location"
            );
            assert!(
                prints.insert(result["partialFingerprints"].to_string()),
                "{name}: a result is known by its fingerprint"
            );
        }
    }
}

#[test]
fn a_stub_has_one_fingerprint_wherever_it_stands() {
    let (_folder, shop) =
        drifted("  /v1/books: { get: { responses: { '204': { description: Done } } } }\n");
    let prints = || {
        let arguments = ["check", "--deny-unimplemented", "--format", "sarif"];
        let document = json(&stdout(&routegen(&shop, &arguments)));
        let results = document["runs"][0]["results"].as_array().unwrap().clone();
        assert_eq!(results.len(), 1, "{document}");
        let line = &results[0]["locations"][0]["physicalLocation"]["region"]["startLine"];
        (
            line.as_u64().unwrap(),
            results[0]["partialFingerprints"].to_string(),
        )
    };
    let (line, print) = prints();
    let route = shop.join("app/v1/books/route.rs");
    let text = fs_err::read_to_string(&route).unwrap();
    fs_err::write(&route, format!("// Mine.\n{text}")).unwrap();
    assert_eq!(prints(), (line + 1, print));
}

#[test]
fn what_is_printed_as_junit_is_xml() {
    let (folder, _) = drifted(HOSTILE);
    let output = routegen(
        folder.path(),
        &["-C", "services/shop", "check", "--format", "junit"],
    );
    let hostile = ("a hostile contract".to_owned(), stdout(&output));
    for (name, text) in printed("junit").into_iter().chain([hostile]) {
        xml::check(&name, &text);
    }
}

#[test]
fn what_is_printed_for_github_is_commands() {
    let (folder, _) = drifted(HOSTILE);
    let output = routegen(
        folder.path(),
        &["-C", "services/shop", "check", "--format", "github"],
    );
    let hostile = ("a hostile contract".to_owned(), stdout(&output));
    for (name, text) in printed("github").into_iter().chain([hostile]) {
        github::check(&name, &text);
    }
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!said.contains("##["), "{said}");
    let is_command = |line: &str| line.trim_start().starts_with("::");
    assert!(!said.lines().any(is_command), "{said}");
}

#[test]
fn a_log_has_an_end() {
    let slips: String = (0..150)
        .map(|number| format!("      slip{number}: x\n"))
        .collect();
    let (folder, _) = drifted(&format!(
        "  /v1/books:\n    get:\n{slips}      responses: {{ '204': {{ description: Done }} }}\n"
    ));
    let output = routegen(
        folder.path(),
        &["-C", "services/shop", "check", "--format", "github"],
    );
    let text = stdout(&output);
    github::check("many slips", &text);
    let is_finding = |line: &&str| line.starts_with("::error ") || line.starts_with("::warning ");
    assert_eq!(text.lines().filter(is_finding).count(), 100);
    assert!(text.contains("\n… and "), "{text}");
}

/// A folder with the project `services/shop` of twelve operations, one of which a person wrote, and which are mounted elsewhere then.
fn mounted_elsewhere() -> tempfile::TempDir {
    let paths: String = (0..12)
        .map(|number| {
            format!(
                "  /v1/r{number}: {{ get: {{ responses: {{ '204': {{ description: Done }} }} }} }}\n"
            )
        })
        .collect();
    let (temporary, shop) = drifted(&paths);
    assert!(routegen(&shop, &["sync"]).status.success());
    let config = fs_err::read_to_string(shop.join("routegen.toml")).unwrap();
    let config = config.replace("base = \"\"", "base = \"/api\"");
    fs_err::write(shop.join("routegen.toml"), config).unwrap();
    temporary
}

#[test]
fn what_a_person_must_decide_is_annotated_first() {
    let folder = mounted_elsewhere();
    let app = folder.path().join("services/shop/app");
    fs_err::write(app.join("v1/r3/route.rs"), "pub fn (").unwrap();
    let router = fs_err::read_to_string(app.join("router.rs")).unwrap();
    fs_err::write(app.join("router.rs"), format!("{router}// Mine.\n")).unwrap();
    let output = routegen(
        folder.path(),
        &["-C", "services/shop", "check", "--format", "github"],
    );
    let text = stdout(&output);
    github::check("mounted elsewhere", &text);
    let errors: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("::error "))
        .collect();
    let first = "::error file=services/shop/app/v1/r3/route.rs,line=1,";
    assert!(errors[0].starts_with(first), "{text}");
    let second = "::error file=services/shop/app/router.rs,line=";
    assert!(errors[1].starts_with(second), "{text}");
    // What GitHub shows of a step.
    assert!(errors.len() <= 10, "{text}");
    let fourth = "::11 files in app/ belong elsewhere; run `routegen -C services/shop sync` when the rest is decided";
    assert!(errors[3].ends_with(fourth), "{text}");
    let (ours, others) = errors.split_last().unwrap();
    assert!(
        ours.contains(" generated files are out of step (")
            && ours.contains("; run `routegen -C services/shop sync` when the rest is decided"),
        "{text}"
    );
    assert!(
        !others.iter().any(|line| line.contains("contract/")),
        "{text}"
    );
}

#[test]
fn many_files_of_a_person_that_move_are_one_annotation() {
    let folder = mounted_elsewhere();
    let shop = folder.path().join("services/shop");
    let app = shop.join("app/v1");
    for number in 0..50 {
        fs_err::write(app.join(format!("r1/part{number}.rs")), "// A part.\n").unwrap();
    }
    let output = routegen(&shop, &["check", "--format", "github"]);
    let text = stdout(&output);
    github::check("many that move", &text);
    let errors = text.lines().filter(|line| line.starts_with("::error "));
    let errors: Vec<&str> = errors.collect();
    assert_eq!(errors.len(), 2, "{text}");
    assert!(
        errors[0].ends_with("::62 files in app/ belong elsewhere; run `routegen sync`"),
        "{text}"
    );
    for (arguments, line) in [
        (&["check"][..], "moved         62 files in app/\n"),
        (&["sync", "--dry-run"], "Would move 62 files in app/\n"),
    ] {
        let text = stdout(&routegen(&shop, arguments));
        assert!(
            text.contains(line) && !text.contains("rename from"),
            "{text}"
        );
    }
}

#[test]
fn the_command_that_mends_is_said_beside_what_is_denied() {
    let (folder, _) = drifted(
        "  /v1/books: { get: { summary: New, responses: { '204': { description: Done } } } }\n",
    );
    let sync = "`routegen -C services/shop sync`";
    let sentence = "a person must decide: 1 unimplemented; the project is out of step with its contract, too: 3 stale";
    let whole = format!("{sentence}; mend that with {sync}");
    for format in ["text", "json", "github", "junit", "sarif"] {
        let arguments = [
            "-C",
            "services/shop",
            "check",
            "--deny-unimplemented",
            "--format",
            format,
        ];
        let output = routegen(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(3), "{format}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(said.lines().last(), Some(&*whole), "{format}");
        let text = stdout(&output);
        match format {
            "json" => {
                let document = json(&text);
                let schema = schema_of("schemas/check.schema.json");
                assert_eq!(schema::faults(&schema, &document), [""; 0]);
                assert_eq!(document["command"], "routegen -C services/shop sync");
                assert_eq!(document["message"], sentence);
            }
            "sarif" => {
                let document = json(&text);
                let invocation = &document["runs"][0]["invocations"][0];
                assert_eq!(invocation["exitCodeDescription"], whole);
            }
            "junit" => assert!(text.contains(&format!("<system-out>{whole}</system-out>"))),
            _ => {}
        }
    }
}

#[test]
fn what_sync_refuses_is_no_command() {
    let folder = mounted_elsewhere();
    let shop = folder.path().join("services/shop");
    fs_err::write(shop.join("app/v1/r3/route.rs"), "pub fn (").unwrap();
    let output = routegen(&shop, &["check", "--format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(json(&stdout(&output))["command"].is_null());
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().last().unwrap();
    assert!(
        last.ends_with("; mend that with `routegen sync` afterwards"),
        "{last}"
    );
}

#[test]
fn every_file_is_named_if_all_is_to_be_shown() {
    let folder = mounted_elsewhere();
    let shop = folder.path().join("services/shop");
    let files = |arguments: &[&str]| {
        let text = stdout(&routegen(&shop, arguments));
        let words = ["moved ", "unneeded ", "missing ", "stale "];
        let is_file = |line: &&str| words.iter().any(|word| line.starts_with(word));
        let is_rename = |line: &&str| line.starts_with("rename from ");
        let count = |is: &dyn Fn(&&str) -> bool| text.lines().filter(is).count();
        (count(&is_file), count(&is_rename))
    };
    assert_eq!(files(&["check"]), (16, 12));
    let (all, renames) = files(&["check", "--full-diff"]);
    assert!(all > 50 && renames == 12, "{all}, {renames}");
    // For programs there is no fold.
    let document = json(&stdout(&routegen(&shop, &["check", "--format", "json"])));
    assert_eq!(document["findings"].as_array().unwrap().len(), all);
}

#[test]
fn files_are_named_from_the_root_of_the_repository() {
    let (folder, shop) = drifted(
        "  /v1/books: { get: { summary: New, responses: { '204': { description: Done } } } }\n",
    );
    let paths = |folder: &Path, arguments: &[&str]| {
        let output = routegen(
            folder,
            &[arguments, &["check", "--format", "json"]].concat(),
        );
        let document = json(&stdout(&output));
        let finding = &document["findings"][0]["path"];
        (
            document["project"].as_str().unwrap().to_owned(),
            finding.as_str().unwrap().to_owned(),
            document["command"].as_str().unwrap().to_owned(),
        )
    };
    let outer = (
        "services/shop".to_owned(),
        "services/shop/app/v1/books/route.rs".to_owned(),
        "routegen -C services/shop sync".to_owned(),
    );
    let inner = (
        ".".to_owned(),
        "app/v1/books/route.rs".to_owned(),
        "routegen sync".to_owned(),
    );
    // Without a repository, from where the program is called.
    assert_eq!(paths(folder.path(), &["-C", "services/shop"]), outer);
    assert_eq!(paths(&shop, &[]), inner);
    assert_eq!(paths(&shop.join("contract"), &["-C", ".."]), inner);
    fs_err::create_dir(folder.path().join(".git")).unwrap();
    assert_eq!(paths(folder.path(), &["-C", "services/shop"]), outer);
    assert_eq!(paths(&shop, &[]), outer);
    assert_eq!(paths(&shop.join("app/v1"), &[]), outer);
}

#[test]
fn a_summary_that_has_no_place_hides_nothing() {
    let (folder, _) = drifted(HOSTILE);
    let output = Command::new(env!("CARGO_BIN_EXE_routegen"))
        .args(["-C", "services/shop", "check", "--format", "github"])
        .current_dir(folder.path())
        .env("GITHUB_STEP_SUMMARY", folder.path().join("no/summary.md"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    let lost = "::warning title=routegen::nothing was added to the job's summary: ";
    assert!(
        said.starts_with("::error file=") && said.contains(lost),
        "{said}"
    );
}

#[test]
fn a_summary_is_added_to_the_file_that_github_names() {
    let (folder, _) = drifted(HOSTILE);
    let summary = folder.path().join("summary.md");
    let check = |before: &str| {
        fs_err::write(&summary, before).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_routegen"))
            .args(["-C", "services/shop", "check", "--format", "github"])
            .current_dir(folder.path())
            .env("GITHUB_STEP_SUMMARY", &summary)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        let text = fs_err::read_to_string(&summary).unwrap();
        text.strip_prefix(before).unwrap().to_owned()
    };
    let page = check("what was there\n");
    assert!(page.starts_with("### routegen check\n"), "{page}");
    assert!(
        page.contains("| error stale | `services/shop/app/v1/books/route.rs:2` |"),
        "{page}"
    );
    assert!(
        page.contains("mend it with `routegen -C services/shop sync`"),
        "{page}"
    );
    let generated = page.find("<details><summary>6 generated files</summary>");
    let router = page.find("| error stale | `services/shop/app/router.rs` |");
    let slip = page.find("| warning RG0223 |");
    assert!(
        slip < generated && generated < router && slip.is_some(),
        "{page}"
    );
    // The fence of a diff is longer than any in it.
    assert!(page.contains("\n````diff\n"), "{page}");
    assert_eq!(
        page.matches("<details>").count(),
        page.matches("\n</details>\n").count()
    );
    // GitHub refuses more than 1 MiB: what doesn't fit is counted.
    let cut = check(&"x".repeat(1_000_000 - page.len() + 400));
    assert!(cut.len() < page.len() && cut.contains("… and "), "{cut}");
    assert_eq!(check(&"x".repeat(1_000_000)), "");
}

#[test]
fn the_validator_of_these_tests_refuses() {
    let schema = schema_of("schemas/check.schema.json");
    let document = |finding: &str| {
        let head =
            r#"{"version":1,"status":"drift","exit":1,"message":"m","command":null,"project":"."}"#;
        let mut document = json(head);
        document["findings"] = Value::Array(vec![json(finding)]);
        document
    };
    let check = |finding: &str, expected: &str| {
        let faults = schema::faults(&schema, &document(finding));
        assert_eq!(faults.join("\n"), expected);
    };
    check(r#"{"kind":"stale","effect":"drift","message":"m"}"#, "");
    check(
        r#"{"kind":"stale","effect":"drift"}"#,
        "/findings/0: no `message`",
    );
    check(
        r#"{"kind":"old","effect":"drift","message":"m","x":1}"#,
        "/findings/0/kind: \"old\" is none of the values\n/findings/0: `x` is not known",
    );
    check(
        r#"{"kind":"stale","effect":"drift","message":"","code":"X","range":{"line":0,"endLine":"1"}}"#,
        "/findings/0/code: doesn't match ^RG[0-9]{4}$\n/findings/0/message: is too short\n\
         /findings/0/range/endLine: is not of type \"integer\"\n/findings/0/range/line: is less than 1",
    );
}
