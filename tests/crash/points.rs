//! Kills at every operation on disk, and at those of the recovery from them.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::scenarios::{Scenario, scenarios};
use crate::tool::{
    Chance, Tree, difference, each, holds, operations, project, restore, run, said, stride,
    temporary, times, tree,
};

/// A folder in which the scenario's call was killed at an operation.
pub fn killed(scenario: &Scenario, at: usize) -> tempfile::TempDir {
    let folder = temporary();
    restore(&scenario.before, folder.path());
    let output = run(folder.path(), &scenario.arguments, &format!("kill {at}"));
    assert_eq!(
        output.status.code(),
        None,
        "{}: {}",
        scenario.name,
        said(&output)
    );
    folder
}

/// How many operations the scenario's call makes.
pub fn count(scenario: &Scenario) -> usize {
    let folder = temporary();
    restore(&scenario.before, folder.path());
    operations(folder.path(), &scenario.arguments).len()
}

/// Holds a project that was recovered against what it may be.
pub fn assert_whole(scenario: &Scenario, befores: &Tree, root: &std::path::Path, context: &str) {
    let now = project(&root.join("shop"));
    assert!(
        now == scenario.after || (!scenario.is_new() && now == *befores),
        "{}, {context}: neither before ({}) nor after ({})",
        scenario.name,
        difference(&now, befores),
        difference(&now, &scenario.after)
    );
}

/// What a person wrote is there in every moment.
fn assert_kept(scenario: &Scenario, root: &std::path::Path, at: usize) {
    let tree = tree(root);
    for mark in &scenario.marks {
        assert!(
            holds(&tree, mark),
            "{}, killed at {at}: lost {mark}",
            scenario.name
        );
    }
}

#[test]
fn a_kill_at_any_operation_leaves_before_or_after() {
    let total = AtomicUsize::new(0);
    for scenario in scenarios() {
        let before = scenario.project_before();
        let count = count(&scenario);
        // The long ones do the same things many times over.
        let step = if count > 300 { stride(3) } else { 1 };
        let kills: Vec<usize> = (1..=count).step_by(step).collect();
        total.fetch_add(kills.len(), Ordering::Relaxed);
        println!(
            "{}: {} kills, at {count} operations",
            scenario.name,
            kills.len()
        );
        each(kills, |at| {
            let folder = killed(&scenario, at);
            let root = folder.path();
            assert_kept(&scenario, root, at);
            if at % stride(4) == 0 {
                readers_say(root, at, &scenario);
            }
            let output = run(root, &scenario.recover(), "");
            let context = format!("killed at {at} of {count}: {}", said(&output));
            assert_whole(&scenario, &before, root, &context);
            // The usual way is to call the same again.
            if at % 8 == 0 && !scenario.is_new() {
                let folder = killed(&scenario, at);
                let root = folder.path();
                let output = run(root, &["-C", "shop", "sync"], "");
                assert!(output.status.success(), "{}", said(&output));
                if scenario.arguments.contains(&"sync") {
                    assert_eq!(project(&root.join("shop")), scenario.after);
                }
            }
        });
    }
    println!("{} kills, each at another operation", total.into_inner());
}

/// What only looks at a project names what was interrupted, and changes nothing.
fn readers_say(root: &std::path::Path, at: usize, scenario: &Scenario) {
    let before = tree(root);
    let interrupted = root.join("shop/.routegen/journal").exists();
    if !interrupted {
        return;
    }
    let readers: [&[&str]; 3] = [&["check"], &["sync", "--dry-run"], &["routes"]];
    for reader in readers {
        let output = run(root, &[&["-C", "shop"], reader].concat(), "");
        let context = format!("{}, killed at {at}, then {reader:?}", scenario.name);
        assert_eq!(output.status.code(), Some(1), "{context}");
        assert!(
            said(&output).contains("`routegen sync` ends it"),
            "{context}"
        );
        assert_eq!(tree(root), before, "{context}");
    }
}

#[test]
fn a_kill_of_the_recovery_leaves_before_or_after() {
    let total = AtomicUsize::new(0);
    let scenarios = scenarios();
    let before: Vec<Tree> = scenarios.iter().map(Scenario::project_before).collect();
    let counts: Vec<usize> = scenarios.iter().map(count).collect();
    each(0..times(12).min(200), |number| {
        let mut chance = Chance::new(number);
        let index = chance.below(scenarios.len());
        let (scenario, before) = (&scenarios[index], &before[index]);
        let at = 1 + chance.below(counts[index]);
        let folder = killed(scenario, at);
        let root = folder.path();
        let left = tree(root);
        // Every operation of the recovery, one after the other, each from the same beginning.
        for second in 1.. {
            let folder = temporary();
            restore(&left, folder.path());
            let output = run(
                folder.path(),
                &scenario.recover(),
                &format!("kill {second}"),
            );
            let context = format!("killed at {at}, then at {second}");
            if output.status.code().is_some() {
                assert_whole(scenario, before, folder.path(), &context);
                break;
            }
            total.fetch_add(1, Ordering::Relaxed);
            assert_kept(scenario, folder.path(), at);
            // Sampled: a recovery has some hundred operations.
            if chance.below(4) == 0 {
                run(folder.path(), &scenario.recover(), "");
                assert_whole(scenario, before, folder.path(), &context);
            }
        }
    });
    println!("{} kills of recoveries", total.into_inner());
}
