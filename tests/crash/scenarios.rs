//! Projects with a person's edits, and what is about to happen to them.

use std::path::Path;

use crate::contract::{Contract, Route};
use crate::tool::{Tree, done, holds, project, restore, temporary, tree};

/// A folder, a call, and what the call makes of the folder.
pub struct Scenario {
    pub name: &'static str,
    pub before: Tree,
    /// The project is in this folder of it.
    pub arguments: Vec<&'static str>,
    pub after: Tree,
    /// The program's work of it: with it, the project as it is left.
    pub marks: Vec<String>,
}

impl Scenario {
    fn new(name: &'static str, before: Tree, arguments: &[&'static str], marks: &[&str]) -> Self {
        let folder = temporary();
        restore(&before, folder.path());
        done(folder.path(), arguments);
        let after = project(&folder.path().join("shop"));
        let marks: Vec<String> = marks.iter().map(|mark| (*mark).to_owned()).collect();
        for mark in &marks {
            assert!(holds(&after, mark), "{name} lost {mark}");
        }
        Self {
            name,
            before,
            arguments: arguments.to_vec(),
            after,
            marks,
        }
    }

    /// The project before the call.
    pub fn project_before(&self) -> Tree {
        let folder = temporary();
        restore(&self.before, folder.path());
        fs_err::create_dir_all(folder.path().join("shop")).unwrap();
        project(&folder.path().join("shop"))
    }

    pub fn is_new(&self) -> bool {
        self.arguments[0] == "new"
    }

    /// A call that ends what was interrupted, and nothing else.
    pub fn recover(&self) -> Vec<&'static str> {
        if self.is_new() {
            self.arguments.clone()
        } else {
            vec!["-C", "shop", "add", "--spec", "no-such-contract.yaml"]
        }
    }
}

const SYNC: [&str; 3] = ["-C", "shop", "sync"];
pub const BODY: &str = "// my body ÄÖ";
pub const HELPER: &str = "// my helper";
pub const BESIDE: &str = "// my file beside";
pub const OURS: &str = "// my edit of yours";

/// A project with edits: bodies, helpers, comments, files beside routes, and one in a file that isn't a person's.
pub fn edited(contract: &Contract) -> Tree {
    let folder = temporary();
    let root = folder.path();
    fs_err::write(root.join("openapi.yaml"), contract.text()).unwrap();
    done(root, &["new", "shop", "--spec", "openapi.yaml"]);
    let route = root.join("shop/app/api/v1/things2/[id]/route.rs");
    let text = fs_err::read_to_string(&route).unwrap();
    let text = text.replacen(
        "    ctx.not_implemented",
        &format!("    {BODY}\r\n    ctx.not_implemented"),
        1,
    );
    fs_err::write(&route, format!("{text}\n{HELPER}\nfn help() {{}}\n")).unwrap();
    fs_err::write(route.with_file_name("beside.rs"), BESIDE).unwrap();
    append(&root.join("shop/contract/src/lib.rs"), OURS);
    tree(root)
}

pub fn append(path: &Path, line: &str) {
    let mut bytes = fs_err::read(path).unwrap();
    bytes.extend(format!("\n{line}\n").bytes());
    fs_err::write(path, bytes).unwrap();
}

/// The same project with another contract.
fn with(tree: &Tree, contract: &Contract) -> Tree {
    let mut tree = tree.clone();
    tree.insert("shop/openapi.yaml".to_owned(), contract.text().into());
    let config = tree.get_mut("shop/routegen.toml").unwrap();
    let text = String::from_utf8(config.clone()).unwrap();
    *config = text
        .replace("\"/api/v1\"", &format!("\"{}\"", contract.base))
        .into();
    tree
}

/// All scenarios.
pub fn scenarios() -> Vec<Scenario> {
    let first = Contract::first();
    let project = edited(&first);
    let all = [BODY, HELPER, BESIDE, OURS];
    let sync =
        |name, contract: &Contract| Scenario::new(name, with(&project, contract), &SYNC, &all);
    let mut added = first.clone();
    added.routes.push(Route {
        path: "/more".to_owned(),
        id: 77,
        ..first.routes[0].clone()
    });
    let mut changed = first.clone();
    changed.routes[3].summary = 2;
    changed.routes[3].queries = 1;
    changed.routes[5].summary = 3;
    let mut removed = first.clone();
    removed.routes.drain(2..8);
    let mut renamed = first.clone();
    renamed.routes[3].path = "/things2/{thing}".to_owned();
    renamed.routes[6].path = "/elsewhere".to_owned();
    let mut moved = first.clone();
    moved.base = "/api/v2".to_owned();
    let new = Tree::from([("openapi.yaml".to_owned(), Contract::of(4).text().into())]);
    let mut second = project.clone();
    second.insert("v2.yaml".to_owned(), Contract::of(2).text().into());
    let add = [
        "-C", "shop", "add", "--spec", "v2.yaml", "--base", "/api/v2",
    ];
    // The paths of `-C` and `--spec` are both seen from where the program is called.
    let add: Vec<&str> = add
        .into_iter()
        .map(|word| {
            if word == "v2.yaml" {
                "../v2.yaml"
            } else {
                word
            }
        })
        .collect();
    vec![
        Scenario::new("new", new, &["new", "shop", "--spec", "openapi.yaml"], &[]),
        sync("routes are added", &added),
        sync("routes are changed", &changed),
        sync("routes are removed", &removed),
        sync("paths are renamed", &renamed),
        sync("the base is another", &moved),
        Scenario::new("a contract is added", second, &add, &all),
    ]
}

#[test]
fn a_scenario_changes_its_project() {
    for scenario in scenarios() {
        assert_ne!(
            scenario.project_before(),
            scenario.after,
            "{}",
            scenario.name
        );
    }
}
