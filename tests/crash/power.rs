//! Power cuts: what was not made to last is lost, whole or in part, and the next run begins from that.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::model::{Journaling, Model};
use crate::points::assert_whole;
use crate::scenarios::{Scenario, scenarios};
use crate::tool::{
    Chance, Tree, command, done, each, holds, operations, project, restore, run, said, temporary,
    times, tree,
};

/// A call's operations, from a tree.
struct Recording {
    before: Tree,
    operations: Vec<String>,
    base: std::path::PathBuf,
}

impl Recording {
    /// Calls the program in a folder with this tree, and holds the model against what became of it.
    fn new(before: &Tree, arguments: &[&str], fault: &str) -> Self {
        let folder = temporary();
        restore(before, folder.path());
        let log = tempfile::NamedTempFile::new().unwrap();
        command(folder.path(), arguments, fault)
            .env("ROUTEGEN_OPERATIONS", log.path())
            .output()
            .unwrap();
        let text = fs_err::read_to_string(log.path()).unwrap();
        let recording = Self {
            before: before.clone(),
            operations: text.lines().map(str::to_owned).collect(),
            base: fs_err::canonicalize(folder.path()).unwrap(),
        };
        let mut seen = recording
            .after(recording.operations.len(), Journaling::Whole)
            .seen();
        let mut there = tree(folder.path());
        for tree in [&mut seen, &mut there] {
            // It is empty, and opened by the program without a point.
            tree.remove("shop/.routegen/lock");
        }
        assert!(
            seen == there,
            "the model: {}",
            crate::tool::difference(&seen, &there)
        );
        recording
    }

    /// The model after so many operations.
    fn after(&self, count: usize, journaling: Journaling) -> Model {
        let mut model = Model::new(&self.before, journaling);
        for line in &self.operations[..count] {
            model.make(line, &self.base);
        }
        model
    }
}

/// Ends what a power cut has left, and holds it against before and after.
fn recover(scenario: &Scenario, before: &Tree, left: &Tree, context: &str) {
    for mark in &scenario.marks {
        assert!(
            holds(left, mark),
            "{}, {context}: lost {mark}",
            scenario.name
        );
    }
    let folder = temporary();
    restore(left, folder.path());
    let output = run(folder.path(), &scenario.recover(), "");
    let context = format!("{context}: {}", said(&output));
    assert_whole(scenario, before, folder.path(), &context);
}

#[test]
fn a_power_cut_at_any_operation_leaves_before_or_after() {
    let scenarios = scenarios();
    let befores: Vec<Tree> = scenarios.iter().map(Scenario::project_before).collect();
    let recordings: Vec<Recording> = scenarios
        .iter()
        .map(|scenario| Recording::new(&scenario.before, &scenario.arguments, ""))
        .collect();
    let (cuts, second_cuts) = (AtomicUsize::new(0), AtomicUsize::new(0));
    each(0..times(300), |number| {
        let mut chance = Chance::new(number);
        let index = number % scenarios.len();
        let (scenario, recording) = (&scenarios[index], &recordings[index]);
        let journaling = [Journaling::Whole, Journaling::Halves][chance.below(2)];
        let at = chance.below(recording.operations.len() + 1);
        let left = recording.after(at, journaling).cut(&mut chance);
        let context = format!("power cut {number} after {at} operations, {journaling:?}");
        cuts.fetch_add(1, Ordering::Relaxed);
        recover(scenario, &befores[index], &left, &context);
        if number % 4 == 0 {
            // Another one while the first is recovered from.
            let again = Recording::new(&left, &scenario.recover(), "");
            let at = chance.below(again.operations.len() + 1);
            let left = again.after(at, journaling).cut(&mut chance);
            second_cuts.fetch_add(1, Ordering::Relaxed);
            recover(
                scenario,
                &befores[index],
                &left,
                &format!("{context}, then after {at}"),
            );
        }
    });
    println!(
        "{} power cuts, and {} while such were recovered from",
        cuts.into_inner(),
        second_cuts.into_inner()
    );
}

/// What is said to be done is done for good.
#[test]
fn a_power_cut_after_the_end_loses_nothing() {
    for scenario in scenarios() {
        let recording = Recording::new(&scenario.before, &scenario.arguments, "");
        for number in 0..20 {
            let journaling = [Journaling::Whole, Journaling::Halves][number % 2];
            let model = recording.after(recording.operations.len(), journaling);
            let left = model.cut(&mut Chance::new(number));
            let folder = temporary();
            restore(&left, folder.path());
            let after = project(&folder.path().join("shop"));
            assert!(
                without_leftovers(&after) == scenario.after,
                "{}: {}",
                scenario.name,
                crate::tool::difference(&after, &scenario.after)
            );
        }
    }
}

/// What was removed when all was done may be there again; the next run removes it.
fn without_leftovers(tree: &Tree) -> Tree {
    let leftover = |path: &str| {
        path.starts_with(".routegen/stage")
            || path.starts_with(".routegen/displaced")
            || (path.starts_with(".routegen/") && path.ends_with(".new"))
    };
    let mut tree = tree.clone();
    tree.retain(|path, _| !leftover(path));
    tree
}

/// The model finds what it is for: a program that didn't wait would be caught.
#[test]
fn the_model_catches_a_program_that_does_not_wait() {
    let scenarios = scenarios();
    let scenario = &scenarios[2];
    let mut recording = Recording::new(&scenario.before, &scenario.arguments, "");
    recording
        .operations
        .retain(|line| !line.starts_with("sync"));
    let befores = scenario.project_before();
    let is_whole = |number: usize| {
        let mut chance = Chance::new(number);
        let at = chance.below(recording.operations.len() + 1);
        let left = recording.after(at, Journaling::Whole).cut(&mut chance);
        let folder = temporary();
        restore(&left, folder.path());
        run(folder.path(), &scenario.recover(), "");
        let now = project(&folder.path().join("shop"));
        now == befores || now == scenario.after
    };
    assert!(!(0..60).all(is_whole));
}

/// `new`, too, makes folders that last.
#[test]
fn operations_are_logged_below_the_root() {
    let folder = temporary();
    fs_err::write(
        folder.path().join("openapi.yaml"),
        crate::contract::Contract::of(2).text(),
    )
    .unwrap();
    let log = operations(folder.path(), &["new", "shop", "--spec", "openapi.yaml"]);
    let base = fs_err::canonicalize(folder.path()).unwrap();
    let synced = format!("sync-folder\t{}", base.display());
    assert!(log.contains(&synced), "{log:?}");
    done(folder.path(), &["-C", "shop", "check"]);
    assert!(Path::new(&base).join("shop").is_dir());
}
