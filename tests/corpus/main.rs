//! Real contracts, from generation to a running server: no warning, nothing for rustfmt or a second `sync` to do.
//!
//! `cargo corpus DIR` runs every contract below a folder and prints a table; `--only a,b` those whose paths hold one of
//! the words, `--table FILE` writes the table there, `--check` leaves the servers out. In a plain `cargo test`,
//! `ROUTEGEN_CORPUS` names the folder, and a few contracts of it are run; without it there is nothing to run on, and it
//! says so. Projects are built in `target/real`, with the dependency versions of `generated-example/Cargo.lock`.

mod degraded;
mod documents;
#[path = "../../benches/measure/mod.rs"]
#[allow(dead_code, reason = "the benches use the rest")]
mod measure;
mod outcome;
mod project;
#[path = "../real/mod.rs"]
mod real;
mod requests;
mod server;

use camino::Utf8PathBuf;
use indicatif::{ProgressBar, ProgressStyle};

use outcome::Outcome;

/// What a plain `cargo test` runs, the small ones first.
const SAMPLE: &str = "specs/petstore-2.0.yaml,specs/petstore-3.yaml,specs/train-travel.yaml,specs/museum.yaml,specs/box.json,\
                      specs/asana.yaml,specs/stripe.yaml,specs/github-api.json";

/// How far each contract is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// Until it compiles.
    Check,
    /// Until its server has answered.
    Serve,
}

/// What the command line asks for.
struct Arguments {
    folder: Option<Utf8PathBuf>,
    only: String,
    table: Option<Utf8PathBuf>,
    depth: Depth,
}

impl Arguments {
    /// Options of libtest are passed over, since `cargo test` gives the same to all tests.
    fn read() -> Self {
        let mut read = Self {
            folder: None,
            only: String::new(),
            table: None,
            depth: Depth::Serve,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--only" => read.only = arguments.next().unwrap_or_default(),
                "--table" => read.table = arguments.next().map(Utf8PathBuf::from),
                "--check" => read.depth = Depth::Check,
                option if option.starts_with('-') => {}
                folder => read.folder = Some(folder.into()),
            }
        }
        read
    }
}

fn main() {
    if let [_, word, root] = std::env::args().collect::<Vec<_>>().as_slice()
        && word == project::LOOK
    {
        match project::Extent::of(root.as_str().into()) {
            Ok(extent) => println!("{}", extent.text()),
            Err(why) => {
                eprintln!("{why}");
                std::process::exit(1);
            }
        }
        return;
    }
    let mut arguments = Arguments::read();
    if arguments.folder.is_none() {
        let Some(corpus) = real::corpus("contracts") else {
            return;
        };
        arguments.folder = Some(corpus);
        if arguments.only.is_empty() {
            arguments.only = SAMPLE.to_owned();
        }
    }
    let folder = arguments.folder.expect("it was just set");
    let wanted = |path: &Utf8PathBuf| real::is_wanted(&arguments.only, path.as_str());
    let contracts: Vec<Utf8PathBuf> = documents::contracts(&folder)
        .into_iter()
        .filter(wanted)
        .collect();
    assert!(!contracts.is_empty(), "{folder} has no such contract");

    // Dependencies are no contract's cost.
    let bookshop = Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schemas/bookshop");
    let warm = Outcome::of(&bookshop, &bookshop.join("openapi.yaml"), arguments.depth);
    eprintln!("{}", warm.line());
    let bar = ProgressBar::new(contracts.len() as u64).with_style(
        ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {wide_msg}")
            .expect("the template is a good one"),
    );
    let mut outcomes = Vec::with_capacity(contracts.len());
    for contract in contracts {
        bar.set_message(contract.to_string());
        let outcome = Outcome::of(&folder, &contract, arguments.depth);
        bar.suspend(|| eprintln!("{}", outcome.line()));
        outcomes.push(outcome);
        bar.inc(1);
    }
    bar.finish_and_clear();
    let table = outcome::table(&outcomes, arguments.depth);
    let failed = outcomes.iter().filter(|outcome| outcome.failure.is_some());
    let failed: Vec<&str> = failed.map(|outcome| outcome.name.as_str()).collect();
    real::finish(&table, arguments.table.as_ref(), &failed);
}
