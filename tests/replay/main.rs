//! Real contracts as they changed, with a person at work between their versions: what he wrote is there after each `sync`.
//!
//! `cargo replay DIR` replays every history of a folder and prints a table; `--only a,b` those whose names hold one of the
//! words, `--table FILE` writes the table there, `--steps N` ends after so many versions, `--edits N` are made before each (one for fifteen handlers and four more),
//! `--compiles N` projects of each history are compiled, `--seed N` asks for other edits. In a plain `cargo test`,
//! `ROUTEGEN_CORPUS` names the folder, and a few steps of small histories are replayed; without it there is nothing to
//! run on, and it says so. Projects are compiled in `target/replay`, with the versions of `generated-example/Cargo.lock`.

mod deeds;
mod dice;
mod histories;
mod ledger;
mod order;
mod outcome;
mod outline;
mod person;
mod pieces;
mod project;
#[path = "../real/mod.rs"]
mod real;
mod sheet;
mod step;
mod tree;
mod wanted;

use camino::Utf8PathBuf;

use histories::History;
use outcome::Outcome;

/// What a plain `cargo test` replays, and how many steps of it.
const SAMPLE: (&str, usize) = (
    "svix,qdrant-versions,docker-engine-versions,omicron-nexus",
    3,
);

/// What the command line asks for.
pub struct Arguments {
    folder: Option<Utf8PathBuf>,
    only: String,
    table: Option<Utf8PathBuf>,
    pub steps: usize,
    /// Before each version; otherwise as many as befit the size of the contract.
    pub edits: Option<usize>,
    pub compiles: usize,
    pub seed: u64,
}

impl Arguments {
    /// Options of libtest are passed over, since `cargo test` gives the same to all tests.
    fn read() -> Self {
        let mut read = Self {
            folder: None,
            only: String::new(),
            table: None,
            steps: usize::MAX,
            edits: None,
            compiles: 2,
            seed: 1,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut number = |otherwise: usize| {
                arguments
                    .next()
                    .and_then(|text| text.parse().ok())
                    .unwrap_or(otherwise)
            };
            match argument.as_str() {
                "--steps" => read.steps = number(read.steps),
                "--edits" => read.edits = Some(number(0)),
                "--compiles" => read.compiles = number(read.compiles),
                "--seed" => read.seed = number(1) as u64,
                "--only" => read.only = arguments.next().unwrap_or_default(),
                "--table" => read.table = arguments.next().map(Utf8PathBuf::from),
                option if option.starts_with('-') => {}
                folder => read.folder = Some(folder.into()),
            }
        }
        read
    }
}

fn main() {
    let mut arguments = Arguments::read();
    if arguments.folder.is_none() {
        let Some(corpus) = real::corpus("histories") else {
            return;
        };
        arguments.folder = Some(corpus);
        if arguments.only.is_empty() {
            arguments.only = SAMPLE.0.to_owned();
            arguments.steps = arguments.steps.min(SAMPLE.1);
            arguments.compiles = 0;
        }
    }
    let folder = arguments.folder.clone().expect("it was just set");
    let wanted = |history: &History| real::is_wanted(&arguments.only, &history.name);
    let histories: Vec<History> = histories::histories(&folder)
        .into_iter()
        .filter(wanted)
        .collect();
    assert!(!histories.is_empty(), "{folder} has no such history");
    let mut outcomes = Vec::with_capacity(histories.len());
    for history in &histories {
        let outcome = Outcome::of(history, &arguments);
        eprintln!("{}", outcome.line());
        outcomes.push(outcome);
    }
    let table = outcome::table(&outcomes);
    let failed = outcomes.iter().filter(|outcome| outcome.failure.is_some());
    let failed: Vec<&str> = failed.map(|outcome| outcome.name.as_str()).collect();
    real::finish(&table, arguments.table.as_ref(), &failed);
}
