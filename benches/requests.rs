//! What one request costs, beside a hand-written service of the same contract: `cargo bench --bench requests`.
//!
//! Instructions need `valgrind`; without it they are left out.

#[path = "measure/mod.rs"]
#[expect(
    dead_code,
    reason = "what its commands cost doesn't matter here, only what they say"
)]
mod measure;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use measure::{Table, run, verdict};

/// What is measured, and how much of the peer's instructions it may take.
const CASES: [(&str, &str, f64); 3] = [
    ("get", "GET with parameters", 0.8),
    ("post", "POST of 1 KB", 0.6),
    ("list", "list of 50", 0.5),
];

/// Requests under callgrind, whose start is taken off.
const REQUESTS: u64 = 200;

/// Rounds over the loopback, of so many milliseconds; the best counts.
const ROUNDS: usize = 5;
const MILLISECONDS: &str = "1000";

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("requests");
    let probe = build(&folder);
    let columns = ["request", "what", "emitted", "by hand", "ratio", "target"];
    let mut table = Table::new(&columns);
    for (case, name, limit) in CASES {
        instructions(&mut table, &probe, case, name, limit);
        allocations(&mut table, &probe, case, name);
    }
    for (case, name, _) in CASES {
        load(&mut table, &probe, case, name);
    }
    table.print("Requests");
}

/// Writes the emitted project with its handlers, and builds the program that asks both services.
fn build(folder: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/requests");
    let emitted = folder.join("emitted");
    for project in ["emitted", "peer", "probe"] {
        if folder.join(project).exists() {
            fs::remove_dir_all(folder.join(project)).expect("the last project can be removed");
        }
    }
    fs::create_dir_all(folder).expect("the target folder can be written");
    let mut new = Command::new(env!("CARGO_BIN_EXE_routegen"));
    new.arg("new").arg(&emitted).args(["--name", "emitted"]);
    new.arg("--spec").arg(source.join("contract.yaml"));
    let log = folder.join("log.txt");
    run(&mut new, &log);
    for (handler, place) in [
        ("state.rs", "state.rs"),
        ("orders.rs", "api/v1/orders/route.rs"),
        ("products.rs", "api/v1/products/route.rs"),
        ("price.rs", "api/v1/products/[productId]/price/route.rs"),
    ] {
        let handler = source.join("handlers").join(handler);
        copy(&handler, &emitted.join("app").join(place));
    }
    for file in [
        "peer/Cargo.toml",
        "peer/src/error.rs",
        "peer/src/handlers.rs",
        "peer/src/lib.rs",
        "peer/src/models.rs",
        "probe/Cargo.toml",
        "probe/src/allocations.rs",
        "probe/src/case.rs",
        "probe/src/load.rs",
        "probe/src/main.rs",
    ] {
        copy(&source.join(file), &folder.join(file));
    }
    let target = folder.join("target");
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "--release"])
        .env("CARGO_TARGET_DIR", &target);
    run(cargo.current_dir(folder.join("probe")), &log);
    target.join("release/probe")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.parent().expect("a file lies in a folder")).expect("it can be made");
    fs::copy(from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
}

fn instructions(table: &mut Table, probe: &Path, case: &str, name: &str, limit: f64) {
    for (suffix, what, limit) in [
        ("", "instructions", Some(limit)),
        ("-app", "instructions, with layers", None),
    ] {
        let count = |service: &str| {
            let once = callgrind(probe, service, case, REQUESTS)?;
            let twice = callgrind(probe, service, case, 2 * REQUESTS)?;
            Some((twice - once) / REQUESTS as f64)
        };
        let ours = count(&format!("emitted{suffix}"));
        let theirs = count(&format!("peer{suffix}"));
        // Making the request is no work of the services.
        if let (Some(ours), Some(theirs), Some(made)) = (ours, theirs, count("none")) {
            row(table, name, what, [ours - made, theirs - made], limit);
        }
    }
}

/// All instructions of a run; none if there is no valgrind.
fn callgrind(probe: &Path, service: &str, case: &str, requests: u64) -> Option<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(probe)
        .args(["requests", service, case, &requests.to_string()])
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
    let (_, count) = text.split_once("Collected : ")?;
    count.split_whitespace().next()?.parse().ok()
}

fn allocations(table: &mut Table, probe: &Path, case: &str, name: &str) {
    let limit = (case == "post").then_some(0.5);
    let count = |service| ask(probe, &["allocations", service, case])[0];
    row(
        table,
        name,
        "allocations",
        [count("emitted"), count("peer")],
        limit,
    );
}

fn load(table: &mut Table, probe: &Path, case: &str, name: &str) {
    // Microseconds per request: of the clock, and of the server's CPU.
    let mut best = [[f64::MAX; 2]; 2];
    for _ in 0..ROUNDS {
        for (service, best) in ["emitted", "peer"].into_iter().zip(&mut best) {
            let answer = ask(probe, &["load", service, case, MILLISECONDS]);
            let milliseconds: f64 = MILLISECONDS.parse().expect("a number");
            best[0] = best[0].min(milliseconds * 1e3 / answer[0]);
            best[1] = best[1].min(answer[1] / answer[0]);
        }
    }
    let [ours, theirs] = best.map(|best| best.map(|microseconds| 1e6 / microseconds));
    let limit = (case == "post").then_some(1.2);
    for (index, what) in ["requests/s", "requests per CPU s"].into_iter().enumerate() {
        let ratio = ours[index] / theirs[index];
        let verdict = limit.map_or_else(String::new, |limit| {
            let word = if ratio >= limit { "met" } else { "MISSED" };
            format!(">= {limit}: {word}")
        });
        add(table, name, what, [ours[index], theirs[index]], verdict);
    }
}

/// The numbers that the probe prints.
fn ask(probe: &Path, arguments: &[&str]) -> Vec<f64> {
    let output = Command::new(probe).args(arguments).output();
    let output = output.expect("the probe starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers = text.split_whitespace().map(|number| number.parse());
    numbers
        .collect::<Result<_, _>>()
        .expect("the probe prints numbers")
}

fn row(table: &mut Table, name: &str, what: &str, values: [f64; 2], limit: Option<f64>) {
    let ratio = values[0] / values[1];
    let verdict = limit.map_or_else(String::new, |limit| verdict(ratio, limit));
    add(table, name, what, values, verdict);
}

fn add(table: &mut Table, name: &str, what: &str, [ours, theirs]: [f64; 2], verdict: String) {
    table.row(&[
        name.to_owned(),
        what.to_owned(),
        format!("{ours:.0}"),
        format!("{theirs:.0}"),
        format!("{:.2}", ours / theirs),
        verdict,
    ]);
}
