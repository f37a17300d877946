//! The shape of the code: which layer may know which, who touches the disk, how long files may be, and a code map that
//! names every file. `ROUTEGEN_BLESS=1` writes the map anew from the first sentence of each file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use camino::{Utf8Path, Utf8PathBuf};

/// What each layer may use of the crate, besides itself. Those after `::` are the only items that it may use of a layer.
const LAYERS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("config", &[]),
    ("args", &[]),
    ("progress", &[]),
    ("diagnostics", &["source"]),
    ("model", &["source::Span"]),
    // Which operations are wanted is said in the configuration, and what is wrong with that where it stands there.
    (
        "frontend",
        &[
            "source",
            "diagnostics",
            "model",
            "config::Selector",
            "config::Selectors",
            "config::FILE_NAME",
            "progress",
        ],
    ),
    // The user's own routes are an input of planning: a pure value out of scanning.
    (
        "plan",
        &[
            "model",
            "config",
            "diagnostics",
            "project::UserRoutes",
            "source::Span",
        ],
    ),
    // What a plan keeps of the model are words of HTTP and JSON, which planning has nothing to add to.
    (
        "render",
        &[
            "plan",
            "config::LimitsConfig",
            "model::Coercion",
            "model::Framing",
            "model::Integer",
            "model::Location",
            "model::Method",
            "model::SchemeKind",
            "model::Status",
            "model::Text",
            "model::UnionKind",
            "model::Value",
        ],
    ),
    // A `route.rs` has functions named after methods, in the order of methods; a project is of a layout.
    (
        "project",
        &[
            "render",
            "diagnostics",
            "source",
            "model::Method",
            "config::Layout",
        ],
    ),
    (
        "pipeline",
        &[
            "config",
            "diagnostics",
            "frontend",
            "model",
            "plan",
            "progress",
            "project",
            "render",
            "source",
        ],
    ),
    (
        "commands",
        &[
            "args",
            "config",
            "diagnostics",
            "model",
            "pipeline",
            "progress",
            "project",
            "render",
            "source",
        ],
    ),
];

/// What one front-end uses of another.
const BETWEEN_FRONTENDS: &[&str] = &[
    // Both write path templates alike.
    "zod/routes.rs uses openapi",
];

/// Who touches the disk, besides tests.
const DISK: &[(&str, &str)] = &[
    ("build.rs", "hashes the program's own files"),
    ("source.rs", "reads contracts"),
    ("config.rs", "reads `routegen.toml`"),
    (
        "frontend/openapi/documents.rs",
        "asks which file a reference leads to",
    ),
    (
        "commands/check/github.rs",
        "adds to the job's summary that GitHub asks for",
    ),
    (
        "commands/check/repository.rs",
        "looks for the repository that a project lies in",
    ),
    (
        "commands/routes/mod.rs",
        "asks where the project really lies",
    ),
    (
        "commands/routes/place.rs",
        "writes a page where it was asked for",
    ),
    ("commands/report.rs", "looks for the project's folder"),
    ("project/owner.rs", "gives what is written to its owner"),
    (
        "project/recover.rs",
        "reads the journal of a run that was interrupted",
    ),
    ("project/saved.rs", "reads what it saves"),
    (
        "commands/new.rs",
        "looks at the folder, and puts the bookshop where it can be read",
    ),
    (
        "commands/contract_files.rs",
        "looks where a contract's files lie, and whether their names are taken",
    ),
    ("project/apply.rs", "writes"),
    ("project/disk.rs", "writes"),
    (
        "project/fault.rs",
        "appends what is done to a log, for tests",
    ),
    ("project/held.rs", "asks whether somebody is writing a file"),
    ("project/in_step.rs", "remembers the last run"),
    ("project/obstacles.rs", "asks where the project really lies"),
    ("project/package.rs", "reads `Cargo.toml`"),
    ("project/scan.rs", "reads the project"),
    (
        "project/places.rs",
        "goes along the ways to what is watched",
    ),
    (
        "project/taking.rs",
        "names an error of `std::fs` that locks have",
    ),
    ("project/target.rs", "follows links"),
    ("project/transaction.rs", "writes"),
    ("project/work_folder.rs", "looks whether it is one"),
];

/// How many lines a file may have.
const MAX_LINES: usize = 600;

fn cli() -> Utf8PathBuf {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("cli")
}

/// Every Rust file below `cli/`, by its path there.
fn files() -> BTreeMap<String, String> {
    rust_files(cli())
}

fn rust_files(root: Utf8PathBuf) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir_utf8().unwrap() {
            let path = entry.unwrap().into_path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension() == Some("rs") {
                let name = path.strip_prefix(&root).unwrap().to_string();
                files.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

/// The first name of a path: `plan` of `plan/mod.rs`, `source` of `source.rs`.
fn layer(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or_default()
}

/// The code of a file: no comments, no unit tests.
fn code(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
    let lines = text.lines();
    lines
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect()
}

/// What a file uses of the crate, as `layer::Item`; items of a group in braces one by one.
fn uses(code: &str) -> BTreeSet<String> {
    let mut uses = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let path = &code[at + "crate::".len()..];
        let end = path.find(|character: char| !(character.is_alphanumeric() || character == '_'));
        let (layer, rest) = path.split_at(end.unwrap_or(path.len()));
        if !LAYERS.iter().any(|(name, _)| *name == layer) {
            // A piece of emitted code.
            continue;
        }
        let items = match rest.strip_prefix("::") {
            None => "",
            Some(rest) => match rest.strip_prefix('{') {
                Some(group) => group.split('}').next().unwrap_or_default(),
                None => rest
                    .split([';', ',', '(', ')', '<', '>', ' ', '\n', '{', ':'])
                    .next()
                    .unwrap(),
            },
        };
        for item in items
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
        {
            let item = item.split("::").next().unwrap_or(item);
            uses.insert(format!("{layer}::{item}"));
        }
        if items.is_empty() {
            uses.insert(layer.to_owned());
        }
    }
    uses
}

#[test]
fn layers_know_those_before_them() {
    let mut wrong = String::new();
    for (file, text) in files() {
        let own = layer(&file);
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == own) else {
            // `main.rs` starts the commands, `lib.rs` names the modules, `build.rs` is another program.
            assert!(
                ["main", "lib", "build"].contains(&own),
                "{file} is of no layer"
            );
            continue;
        };
        let is_allowed = |used: &String| {
            layer_of(used) == own
                || allowed
                    .iter()
                    .any(|allowed| used == allowed || layer_of(used) == *allowed)
        };
        for used in uses(&code(&text)).iter().filter(|used| !is_allowed(used)) {
            writeln!(wrong, "{file} uses `{used}`").unwrap();
        }
    }
    assert_eq!(wrong, "", "ARCHITECTURE.md says what a layer may know");
}

fn layer_of(used: &str) -> &str {
    used.split("::").next().unwrap_or(used)
}

#[test]
fn front_ends_are_apart() {
    let mut found = Vec::new();
    for (file, text) in files() {
        for (own, other) in [
            ("openapi", "zod"),
            ("zod", "openapi"),
            ("document", "openapi"),
            ("document", "zod"),
        ] {
            let Some(name) = file
                .strip_prefix("frontend/")
                .filter(|name| layer(name) == own)
            else {
                continue;
            };
            let code = code(&text);
            let paths = [
                format!("frontend::{other}"),
                format!("super::super::{other}"),
            ];
            if paths.iter().any(|path| code.contains(path)) {
                found.push(format!("{name} uses {other}"));
            }
        }
    }
    assert_eq!(found, BETWEEN_FRONTENDS);
}

#[test]
fn few_files_touch_the_disk() {
    const WORDS: [&str; 9] = [
        "fs_err::",
        "std::fs::",
        "rustix::fs::",
        "tempfile::",
        ".exists()",
        ".is_file()",
        ".is_dir()",
        ".read_dir",
        "canonicalize",
    ];
    let touches = |(file, text): (String, String)| {
        let code = code(&text);
        let is_test = file.ends_with("_tests.rs");
        (!is_test && WORDS.iter().any(|word| code.contains(word))).then_some(file)
    };
    let found: BTreeSet<String> = files().into_iter().filter_map(touches).collect();
    let expected: BTreeSet<String> = DISK.iter().map(|(file, _)| (*file).to_owned()).collect();
    assert_eq!(found, expected);
}

#[test]
fn files_have_one_idea() {
    let files = files();
    let long: Vec<&String> = files
        .iter()
        .filter(|(_, text)| text.lines().count() > MAX_LINES)
        .map(|(file, _)| file)
        .collect();
    assert!(long.is_empty(), "over {MAX_LINES} lines: {long:?}");
    for folder in ["templates", "benches", "tests"] {
        let others = rust_files(cli().parent().unwrap().join(folder));
        let long = others
            .iter()
            .find(|(_, text)| text.lines().count() > MAX_LINES);
        assert_eq!(long.map(|(file, _)| file), None, "over {MAX_LINES} lines");
    }
    for file in files.keys() {
        let stem = Utf8Path::new(file).file_stem().unwrap_or_default();
        let says_nothing = ["util", "utils", "helper", "helpers", "common", "misc"].contains(&stem);
        assert!(!says_nothing, "{file}: name it after its idea");
        assert!(
            file.matches('/').count() <= 2,
            "{file}: two levels of folders at most"
        );
    }
}

#[test]
fn the_code_map_names_every_file() {
    let files = files();
    let mut paths: Vec<&Utf8Path> = files.keys().map(Utf8Path::new).collect();
    // Files before the folders beside them, then by name.
    paths.sort_by_key(|path| (path.parent(), *path));
    let mut map = String::new();
    let mut folder = Utf8Path::new("");
    for path in paths {
        let (own, name) = (path.parent().unwrap(), path.file_name().unwrap());
        if own != folder {
            writeln!(map, "{own}/").unwrap();
            folder = own;
        }
        let indent = if own == "" { "" } else { "  " };
        let sentence = sentence(&files[path.as_str()], path);
        writeln!(map, "{:<22} {sentence}", format!("{indent}{name}")).unwrap();
    }
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    write_or_compare(&root.join("ARCHITECTURE.md"), "", &map);
    write_or_compare(&root.join("cli/lib.rs"), "//! ", &map);
}

/// The first sentence of a module's docs.
fn sentence(text: &str, file: &Utf8Path) -> String {
    let docs: Vec<&str> = text
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    let docs = docs.join(" ");
    assert!(!docs.is_empty(), "{file} opens with a `//!` sentence");
    docs.split(". ")
        .next()
        .unwrap_or(&docs)
        .trim_end_matches('.')
        .to_owned()
}

/// Compares a file's ```` ```text ```` block that begins with `args.rs` with the map, or writes it.
fn write_or_compare(path: &Utf8Path, prefix: &str, map: &str) {
    let map: String = map
        .lines()
        .map(|line| format!("{prefix}{line}\n"))
        .collect();
    let text = std::fs::read_to_string(path).unwrap();
    let fence = format!("{prefix}```text\n");
    let start = text.find(&format!("{fence}{prefix}args.rs"));
    let at = start.expect("the map is there") + fence.len();
    let length = text[at..].find(&format!("{prefix}```\n"));
    let end = at + length.expect("the map has an end");
    if std::env::var_os("ROUTEGEN_BLESS").is_some() {
        let text = format!("{}{map}{}", &text[..at], &text[end..]);
        std::fs::write(path, text).unwrap();
    } else {
        let difference = similar::TextDiff::from_lines(&text[at..end], &map)
            .unified_diff()
            .to_string();
        assert_eq!(
            difference, "",
            "the map in {path}; ROUTEGEN_BLESS=1 mends it"
        );
    }
}
