//! From a contract to a project: `cargo bench --bench generation`.
//!
//! Takes real contracts from the folder that `ROUTEGEN_CORPUS` names (`target/corpus` if it names none), and makes up
//! contracts of the same size where they aren't there.

#[path = "measure/mod.rs"]
mod measure;
#[path = "synthetic/mod.rs"]
mod synthetic;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use measure::{Cost, Table, run, verdict};

/// The best of so many runs counts.
const RUNS: usize = 5;

struct Case {
    name: &'static str,
    /// Its place in the corpus.
    file: &'static str,
    /// What stands in for it: operations, and bytes of description for each field.
    operations: usize,
    description: usize,
    /// CPU seconds and MB that generating may take.
    cpu: f64,
    peak: f64,
}

const CASES: [Case; 2] = [
    Case {
        name: "GitHub",
        file: "dev/specs/github-api.json",
        operations: 874,
        description: 40,
        cpu: 1.0,
        peak: 150.0,
    },
    Case {
        name: "giant",
        file: "dev/specs/derived-giant-dev.json",
        operations: 2_214,
        description: 700,
        cpu: 4.0,
        peak: 600.0,
    },
];

fn main() {
    // `cargo test --all-targets` runs benches too, without this argument.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generation");
    let mut table = Table::new(&["contract", "command", "CPU s", "limit", "peak MB", "limit "]);
    for case in &CASES {
        measure_case(case, &folder, &mut table);
    }
    table.print("Generation");
}

fn measure_case(case: &Case, folder: &Path, table: &mut Table) {
    fs::create_dir_all(folder).expect("the target folder can be written");
    let (name, spec) = contract(case, folder);
    let project = folder.join("project");
    let log = folder.join("log.txt");
    let mut best: [Option<Cost>; 3] = [None; 3];
    for _ in 0..RUNS {
        if project.exists() {
            fs::remove_dir_all(&project).expect("the last project can be removed");
        }
        let new = run(routegen("new").arg(&project).arg("--spec").arg(&spec), &log);
        let sync = run(routegen("sync").current_dir(&project), &log);
        let check = run(routegen("check").current_dir(&project), &log);
        for (best, cost) in best.iter_mut().zip([new, sync, check]) {
            *best = Some(best.map_or(cost, |best| best.least(cost)));
        }
    }
    let [new, sync, check] = best.map(|cost| cost.expect("each command has run"));
    let half = (new.cpu * 50.0).round() / 100.0;
    let rows = [
        ("new", new, case.cpu),
        ("sync", sync, half),
        ("check", check, half),
    ];
    for (command, cost, limit) in rows {
        table.row(&[
            name.clone(),
            command.to_owned(),
            format!("{:.2}", cost.cpu),
            verdict(cost.cpu, limit),
            format!("{:.0}", cost.peak),
            verdict(cost.peak, case.peak),
        ]);
    }
}

/// What to call the contract, and where it is.
fn contract(case: &Case, folder: &Path) -> (String, PathBuf) {
    let corpus = std::env::var_os("ROUTEGEN_CORPUS")
        .map_or_else(|| PathBuf::from("target/corpus"), PathBuf::from);
    let real = corpus.join(case.file);
    if real.exists() {
        let real = real.canonicalize().expect("a file that exists has a path");
        return (case.name.to_owned(), real);
    }
    let resources = synthetic::resources(case.operations);
    let text = synthetic::contract(&resources, case.description);
    let made = folder.join(format!("{}.json", case.name));
    fs::write(&made, text).expect("the target folder can be written");
    (format!("synthetic ({} size)", case.name), made)
}

fn routegen(command: &str) -> Command {
    let mut routegen = Command::new(env!("CARGO_BIN_EXE_routegen"));
    routegen.arg(command);
    routegen
}
