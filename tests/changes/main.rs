//! Any small contract, in OpenAPI or in Zod, or two in one project; any edits, any next version: what a person wrote is there after
//! `sync`, what nobody edited follows, and the way back leads where it began. `PROPTEST_CASES` asks for more of them.

mod contract;
#[path = "../replay/deeds.rs"]
mod deeds;
#[path = "../replay/dice.rs"]
mod dice;
#[path = "../replay/ledger.rs"]
mod ledger;
#[path = "../replay/order.rs"]
mod order;
#[path = "../replay/outline.rs"]
mod outline;
mod patch;
#[path = "../replay/person.rs"]
mod person;
#[path = "../replay/pieces.rs"]
mod pieces;
#[path = "../replay/sheet.rs"]
mod sheet;
#[path = "../replay/step.rs"]
#[allow(dead_code, reason = "the replay counts the rest")]
mod step;
#[path = "../replay/tree.rs"]
mod tree;
#[path = "../replay/wanted.rs"]
mod wanted;

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner};

use contract::{Contract, Language, Mutation, contracts, mutations};
use dice::Dice;
use ledger::Ledger;
use person::Person;
use step::{Ended, routegen, sync};
use tree::Tree;
use wanted::Wanted;

/// A project of one contract or two.
struct Project {
    _folder: tempfile::TempDir,
    root: Utf8PathBuf,
}

impl Project {
    fn new(contracts: &[Contract], layout: &str) -> Result<Self, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path()).unwrap();
        let root = path.join("small");
        for (number, contract) in contracts.iter().enumerate() {
            let spec = path.join(contract.file_name(number));
            std::fs::write(&spec, contract.text()).unwrap();
            let mounted = ["--spec", spec.as_str(), "--base", contract.base];
            let output = match number {
                0 => {
                    let new = ["new", root.as_str(), "--layout", layout];
                    routegen(path, &[new, mounted].concat())
                }
                _ => routegen(&root, &[&["add"], &mounted[..]].concat()),
            };
            if !output.status.success() {
                let said = String::from_utf8_lossy(&output.stderr);
                return Err(format!("contract {number}: {said}"));
            }
        }
        Ok(Self {
            _folder: folder,
            root,
        })
    }

    /// Gives it other versions of its contracts.
    fn take(&self, before: &[Contract], next: &[Contract]) {
        let config = self.root.join("routegen.toml");
        let mut text = std::fs::read_to_string(&config).unwrap();
        let line = |contract: &Contract| format!("base = \"{}\"\n", contract.base);
        for (number, (before, next)) in before.iter().zip(next).enumerate() {
            std::fs::write(self.root.join(next.file_name(number)), next.text()).unwrap();
            assert!(text.contains(&line(before)), "{text}");
            text = text.replace(&line(before), &line(next));
        }
        std::fs::write(config, text).unwrap();
    }
}

/// Runs a test on so many values, the same ones each time.
fn check<S: Strategy>(cases: u32, values: S, test: impl Fn(S::Value) -> Result<(), String>) {
    let wanted = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    let config = ProptestConfig {
        cases: wanted.unwrap_or(cases),
        max_shrink_iters: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let seed = std::env::var("ROUTEGEN_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(1_u8);
    let mut runner = TestRunner::new_with_rng(
        config,
        TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]),
    );
    let result = runner.run(&values, |value| test(value).map_err(TestCaseError::fail));
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn nothing_that_was_written_is_lost() {
    let layouts = proptest::sample::select(&["single", "single", "split"][..]);
    let edits = (any::<u64>(), 0..12_usize);
    let versions = (
        contracts(),
        proptest::collection::vec((edits, mutations()), 1..4),
        layouts,
    );
    check(30, versions, |(contracts, steps, layout)| {
        live_through(contracts, &steps, layout)
    });
}

fn live_through(
    mut contracts: Vec<Contract>,
    steps: &[((u64, usize), Vec<Mutation>)],
    layout: &str,
) -> Result<(), String> {
    let project = Project::new(&contracts, layout)?;
    let mut wanted = Wanted::of(&project.root)?;
    let mut ledger = Ledger::default();
    let first = contracts.clone();
    for ((seed, edits), mutations) in steps {
        let mut person = Person {
            root: project.root.clone(),
            ledger,
            dice: Dice::new(*seed, ""),
        };
        person.work(*edits);
        if seed % 4 == 0 {
            person.work_rarely();
        }
        if seed % 4 == 1 {
            person.bury()?;
        }
        let next = match seed % 5 {
            // What was taken back comes again.
            0 => first.clone(),
            _ => after(&contracts, *seed as usize, mutations),
        };
        project.take(&contracts, &next);
        contracts = next;
        let mut ended = told_and_done(&mut person, &mut wanted)?;
        if let Ended::Decide(_) = ended {
            person.decide();
            ended = told_and_done(&mut person, &mut wanted)?;
        }
        if !matches!(ended, Ended::Done(_)) {
            return Err("a small contract ends in what only a person can decide".to_owned());
        }
        ledger = person.ledger;
    }
    Ok(())
}

/// The next version of one of the contracts.
fn after(contracts: &[Contract], which: usize, mutations: &[Mutation]) -> Vec<Contract> {
    let mut next = contracts.to_vec();
    let changed = &mut next[which % contracts.len()];
    *changed = changed.after(mutations);
    next
}

/// Syncs, after a dry run, which writes nothing and tells what is done then.
fn told_and_done(person: &mut Person, wanted: &mut Wanted) -> Result<Ended, String> {
    let root = person.root.clone();
    let before = Tree::read(&root);
    let dry = routegen(&root, &["sync", "--dry-run", "--full-diff"]);
    before.same_as(&Tree::read(&root), "a dry run")?;
    let ended = sync(&root, &mut person.ledger, wanted)?;
    if let Ended::Done(_) = ended {
        let told = patch::patched(&texts(&before), &String::from_utf8_lossy(&dry.stdout))?;
        let done = texts(&Tree::read(&root));
        if let Some((path, _)) = done
            .iter()
            .find(|(path, text)| told.get(*path) != Some(text))
        {
            return Err(format!(
                "a dry run tells something else of {path} than is done:\n{}",
                String::from_utf8_lossy(&dry.stdout)
            ));
        }
        if let Some(path) = told.keys().find(|path| !done.contains_key(*path)) {
            return Err(format!("a dry run tells that {path} stays"));
        }
    }
    Ok(ended)
}

fn texts(tree: &Tree) -> BTreeMap<Utf8PathBuf, String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let files = tree.0.iter();
    files
        .map(|(path, file)| (path.clone(), text(&file.bytes)))
        .collect()
}

#[test]
fn a_contract_that_comes_back_brings_the_project_back() {
    let layouts = proptest::sample::select(&["single", "split"][..]);
    check(
        12,
        (contracts(), any::<usize>(), mutations(), layouts),
        |(contracts, which, mutations, layout)| {
            let project = Project::new(&contracts, layout)?;
            let first = Tree::read(&project.root);
            let next = after(&contracts, which, &mutations);
            for (from, to) in [(&contracts, &next), (&next, &contracts)] {
                project.take(from, to);
                let output = routegen(&project.root, &["sync"]);
                if !output.status.success() {
                    return Err(String::from_utf8_lossy(&output.stderr).into_owned());
                }
            }
            same_bytes(&first, &Tree::read(&project.root))
        },
    );
}

#[test]
fn a_contract_asks_for_the_same_files_in_either_language() {
    check(8, contracts(), |contracts| {
        let [first, second] = [Language::OpenApi, Language::Zod].map(|language| {
            let mut contracts = contracts.clone();
            contracts
                .iter_mut()
                .for_each(|contract| contract.language = language);
            let project = Project::new(&contracts, "single")?;
            let mut tree = Tree::read(&project.root);
            tree.0.retain(|path, _| path.starts_with("app"));
            Ok::<_, String>(tree)
        });
        same_bytes(&first?, &second?)
    });
}

/// Says where two folders differ.
fn same_bytes(expected: &Tree, found: &Tree) -> Result<(), String> {
    let differences = expected.differences(found);
    let text = |tree: &Tree, path| tree.text(path).unwrap_or("(no such file)\n").to_owned();
    match differences.first() {
        None => Ok(()),
        Some(path) => {
            let (expected, found) = (text(expected, path), text(found, path));
            let diff = similar::TextDiff::from_lines(&expected, &found)
                .unified_diff()
                .to_string();
            Err(format!("{differences:?} differ\n{diff}"))
        }
    }
}
