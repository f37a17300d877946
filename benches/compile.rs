//! What compiling the emitted code costs, beside the usual form of the same API: `cargo bench --bench compile`.
//!
//! The dependencies of both are built before. Each form is measured in turn, and the least of some rounds counts.
//! `cargo bench --bench compile -- growth` shows instead how the cost of `cargo check` grows with a contract.

#[path = "measure/mod.rs"]
mod measure;
#[path = "synthetic/mod.rs"]
mod synthetic;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use measure::{Cost, Table, run, verdict};

/// How many operations, to see how costs grow with them.
const GROWTH: [usize; 4] = [100, 874, 2_428, 5_000];

/// How many operations, and in how many rounds.
const SIZES: [(usize, usize); 2] = [(100, 3), (874, 1)];

/// A project to be compiled.
struct Project {
    folder: PathBuf,
    target: PathBuf,
    /// Its own packages.
    packages: Vec<String>,
    /// The file with the handler that is edited, the text that is replaced, and what by.
    edit: (PathBuf, &'static str, &'static str),
}

/// What compiling a project costs.
#[derive(Clone, Copy)]
struct Costs {
    check: Cost,
    build: Cost,
    edit: Cost,
}

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    if std::env::args().any(|argument| argument == "growth") {
        return growth(&folder);
    }
    let mut table = Table::new(&["operations", "what", "emitted", "usual", "ratio", "target"]);
    let layouts = ["single", "split"];
    for (index, (operations, rounds)) in SIZES.into_iter().enumerate() {
        let resources = synthetic::resources(operations);
        let emitted = layouts.map(|layout| emitted(&folder, operations, &resources, layout));
        let usual = usual(&folder, operations, &resources);
        if index == 0 {
            // The dependencies stay for all that follows.
            emitted.iter().for_each(Project::build_all);
            usual.build_all();
        }
        let mut ours = emitted.each_ref().map(Project::compile);
        let mut theirs = usual.compile();
        for _ in 1..rounds {
            let again = emitted.each_ref().map(Project::compile);
            ours = [ours[0].least(again[0]), ours[1].least(again[1])];
            theirs = theirs.least(usual.compile());
        }
        report(&mut table, operations, ours, theirs);
    }
    table.print("Compiling");
}

/// What `cargo check` costs for each operation of ever larger contracts, and again after an edit of one handler.
fn growth(folder: &Path) {
    let mut table = Table::new(&[
        "operations",
        "check, CPU s",
        "ms each",
        "of that at 100",
        "limit",
        "peak MB",
        "again after an edit, CPU s",
    ]);
    let mut first = None;
    for operations in GROWTH {
        let project = emitted(
            folder,
            operations,
            &synthetic::resources(operations),
            "single",
        );
        project.cargo(&["check"]);
        project.clean();
        let check = project.cargo(&["check"]);
        let each = check.cpu * 1_000.0 / operations as f64;
        let ratio = each / *first.get_or_insert(each);
        table.row(&[
            operations.to_string(),
            format!("{:.1}", check.cpu),
            format!("{each:.1}"),
            format!("{ratio:.2}"),
            verdict(ratio, 1.3),
            format!("{:.0}", check.peak),
            format!("{:.2}", project.after_edit("check").cpu),
        ]);
    }
    table.print("Growth");
}

fn report(table: &mut Table, operations: usize, [ours, split]: [Costs; 2], theirs: Costs) {
    let peak = |costs: Costs| costs.build.peak.max(costs.check.peak);
    let rows = [
        ("check, CPU s", ours.check.cpu, theirs.check.cpu, 0.25),
        ("build, CPU s", ours.build.cpu, theirs.build.cpu, 0.2),
        (
            "edit a handler, build, CPU s",
            ours.edit.cpu,
            theirs.edit.cpu,
            0.2,
        ),
        ("peak of rustc, MB", peak(ours), peak(theirs), 0.4),
        (
            "edit a handler, build, split, CPU s",
            split.edit.cpu,
            theirs.edit.cpu,
            0.125,
        ),
        (
            "build, split, CPU s",
            split.build.cpu,
            theirs.build.cpu,
            0.2,
        ),
    ];
    for (what, ours, theirs, target) in rows {
        table.row(&[
            operations.to_string(),
            what.to_owned(),
            format!("{ours:.1}"),
            format!("{theirs:.1}"),
            format!("{:.2}", ours / theirs),
            verdict(ours / theirs, target),
        ]);
    }
}

/// The project that `routegen new` writes.
fn emitted(
    folder: &Path,
    operations: usize,
    resources: &[synthetic::Resource],
    layout: &str,
) -> Project {
    let project = folder.join(format!("emitted-{layout}-{operations}"));
    let spec = folder.join(format!("{operations}.json"));
    fs::write(&spec, synthetic::contract(resources, 60)).expect("the contract can be written");
    if project.exists() {
        fs::remove_dir_all(&project).expect("the last project can be removed");
    }
    let mut new = Command::new(env!("CARGO_BIN_EXE_routegen"));
    new.arg("new")
        .arg(&project)
        .args(["--name", "emitted", "--layout", layout, "--spec"]);
    run(new.arg(&spec), &folder.join("log.txt"));
    stand_alone(&project);
    let route = format!("app/api/v1/{}/route.rs", resources[0].path);
    Project {
        edit: (
            project.join(route),
            "ctx.not_implemented(request)",
            "{ tracing::info!(\"edited\"); ctx.not_implemented(request) }",
        ),
        packages: packages(&project),
        folder: project,
        target: folder.join(format!("target-{layout}")),
    }
}

/// Takes a project out of the workspace in whose target folder it lies.
fn stand_alone(project: &Path) {
    let manifest = project.join("Cargo.toml");
    let mut text = fs::read_to_string(&manifest).expect("the project has a manifest");
    if !text.contains("[workspace]") {
        text.push_str("\n[workspace]\n");
        fs::write(&manifest, text).expect("the manifest can be written");
    }
}

/// The packages of a project, by the names in its manifests.
fn packages(project: &Path) -> Vec<String> {
    let mut folders = vec![project.to_owned()];
    let mut names = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the project can be read") {
            let path = entry.expect("the project can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.ends_with("Cargo.toml") {
                let text = fs::read_to_string(&path).expect("the project can be read");
                let name = text.lines().find_map(|line| line.strip_prefix("name = "));
                let name = name.expect("a package has a name");
                names.push(name.trim_matches('"').to_owned());
            }
        }
    }
    names
}

/// The same API as people mostly write it.
fn usual(folder: &Path, operations: usize, resources: &[synthetic::Resource]) -> Project {
    let project = folder.join(format!("usual-{operations}"));
    if project.exists() {
        fs::remove_dir_all(&project).expect("the last project can be removed");
    }
    fs::create_dir_all(project.join("src")).expect("the target folder can be written");
    for (path, text) in synthetic::usual::files(resources) {
        fs::write(project.join(path), text).expect("the target folder can be written");
    }
    Project {
        edit: (
            project.join(format!("src/{}.rs", resources[0].module)),
            synthetic::usual::BODY,
            "{ tracing::info!(\"edited\"); Err(Error::not_implemented()) }",
        ),
        folder: project,
        target: folder.join("target-usual"),
        packages: vec!["usual".to_owned()],
    }
}

impl Project {
    fn build_all(&self) {
        self.cargo(&["check"]);
        self.cargo(&["build"]);
    }

    fn compile(&self) -> Costs {
        self.clean();
        Costs {
            check: self.cargo(&["check"]),
            build: self.cargo(&["build"]),
            edit: self.after_edit("build"),
        }
    }

    fn clean(&self) {
        let packages = self.packages.iter().flat_map(|name| ["-p", name]);
        let arguments: Vec<&str> = ["clean"].into_iter().chain(packages).collect();
        self.cargo(&arguments);
    }

    fn after_edit(&self, command: &str) -> Cost {
        let (file, from, to) = &self.edit;
        let original = fs::read_to_string(file).expect("the handler is there");
        let edited = original.replacen(from, to, 1);
        assert_ne!(original, edited, "{} has {from}", file.display());
        fs::write(file, edited).expect("the handler can be edited");
        let cost = self.cargo(&[command]);
        fs::write(file, original).expect("the handler can be restored");
        cost
    }

    fn cargo(&self, arguments: &[&str]) -> Cost {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env_remove("RUSTFLAGS");
        run(&mut cargo, &self.folder.join("cargo.log"))
    }
}

impl Costs {
    fn least(self, other: Self) -> Self {
        Self {
            check: self.check.least(other.check),
            build: self.build.least(other.build),
            edit: self.edit.least(other.edit),
        }
    }
}
