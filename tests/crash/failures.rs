//! Operations that fail: disks that are full, permissions that are missing, file systems that can do less.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::elsewhere::Mounted;
use crate::points::{assert_whole, count, killed};
use crate::scenarios::{Scenario, scenarios};
use crate::tool::{
    difference, done, each, operations, project, restore, run, said, stride, temporary, tree,
};

/// Numbers of errors, which are the same on Linux and macOS.
const NO_PERMISSION: i32 = libc::EACCES;
const NO_SPACE: i32 = libc::ENOSPC;
const BROKEN: i32 = libc::EIO;

/// Lets an operation fail: the program says what is to be done, and leaves before or after, or what the next run ends.
fn fails(scenario: &Scenario, fault: &str, words: &str) -> bool {
    let folder = temporary();
    restore(&scenario.before, folder.path());
    let before = scenario.project_before();
    let output = run(folder.path(), &scenario.arguments, fault);
    let said = said(&output);
    let context = format!("{}, {fault}: {said}", scenario.name);
    let now = || project(&folder.path().join("shop"));
    match output.status.code() {
        // What the next run would like to know isn't worth a failure.
        Some(0) => {
            let mut now = now();
            now.remove(".routegen/in-step.new");
            assert!(
                now == scenario.after,
                "{context}: {}",
                difference(&now, &scenario.after)
            );
            return false;
        }
        Some(2) => assert!(said.contains(words), "{context}"),
        code => panic!("{code:?}: {context}"),
    }
    if said.contains("nothing was written") {
        if !folder.path().join("shop").exists() {
            assert!(scenario.is_new(), "{context}");
        } else {
            let mut now = now();
            // What could not be removed is the next run's to remove.
            now.retain(|path, _| !is_leftover(path));
            assert!(now == before, "{context}: {}", difference(&now, &before));
        }
    } else {
        let known = ["cut off half-way", "may not survive a power cut"];
        assert!(known.iter().any(|known| said.contains(known)), "{context}");
    }
    let output = run(folder.path(), &scenario.recover(), "");
    assert_whole(
        scenario,
        &before,
        folder.path(),
        &format!("{context}, then {}", self::said(&output)),
    );
    true
}

fn is_leftover(path: &str) -> bool {
    path.starts_with(".routegen/stage")
        || path.starts_with(".routegen/displaced")
        || (path.starts_with(".routegen/") && path.ends_with(".new"))
}

/// Operations of every scenario, those of one error beside those of another.
fn fail_everywhere(shift: usize, fault: impl Fn(usize) -> String + Sync, words: &str) {
    let failed = AtomicUsize::new(0);
    for scenario in &scenarios() {
        let count = count(scenario);
        let stride = stride(24);
        each((1 + shift % stride..=count).step_by(stride), |at| {
            if fails(scenario, &fault(at), words) {
                failed.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    println!("{} failures of the kind {}", failed.into_inner(), fault(0));
}

#[test]
fn one_operation_without_space_leaves_before_or_after() {
    fail_everywhere(0, |at| format!("{NO_SPACE} {at}"), "free some space");
}

#[test]
fn a_disk_that_stays_full_leaves_before_or_after() {
    fail_everywhere(6, |at| format!("{NO_SPACE} {at}+"), "free some space");
}

#[test]
fn a_new_project_without_space_leaves_no_folder() {
    let scenarios = scenarios();
    let scenario = &scenarios[0];
    // The first operations make the folder, and lock it.
    each((20..count(scenario)).step_by(stride(40)), |at| {
        let folder = temporary();
        restore(&scenario.before, folder.path());
        let output = run(
            folder.path(),
            &scenario.arguments,
            &format!("{NO_SPACE} {at}+"),
        );
        if output.status.code() == Some(2) {
            assert!(
                said(&output).contains("nothing was written"),
                "{at}: {}",
                said(&output)
            );
            assert!(tree(folder.path()) == scenario.before, "{at}");
        }
    });
}

#[test]
fn an_operation_without_permission_leaves_before_or_after() {
    fail_everywhere(
        12,
        |at| format!("{NO_PERMISSION} {at}"),
        "permission to write",
    );
}

#[test]
fn a_broken_disk_leaves_before_or_after() {
    fail_everywhere(18, |at| format!("{BROKEN} {at}"), "mend that");
}

#[test]
fn a_file_system_without_links_and_exchanges_will_do() {
    for scenario in &scenarios() {
        let folder = temporary();
        restore(&scenario.before, folder.path());
        let output = run(folder.path(), &scenario.arguments, "plain");
        assert!(output.status.success(), "{}", said(&output));
        assert_eq!(
            project(&folder.path().join("shop")),
            scenario.after,
            "{}",
            scenario.name
        );
        let before = scenario.project_before();
        each((1..=count(scenario)).step_by(stride(12)), |at| {
            let folder = temporary();
            restore(&scenario.before, folder.path());
            run(
                folder.path(),
                &scenario.arguments,
                &format!("plain kill {at}"),
            );
            run(folder.path(), &scenario.recover(), "plain");
            assert_whole(
                scenario,
                &before,
                folder.path(),
                &format!("plain, killed at {at}"),
            );
        });
    }
}

#[test]
fn a_disk_that_is_really_full_leaves_all_as_it_was() {
    let scenarios = scenarios();
    let scenario = &scenarios[5];
    let folder = temporary();
    let disk = folder.path().join("disk");
    fs_err::create_dir(&disk).unwrap();
    let Some(_mounted) = Mounted::new(&disk, "2m") else {
        return;
    };
    restore(&scenario.before, &disk);
    let mut filler = fs_err::File::create(disk.join("filler")).unwrap();
    while std::io::Write::write_all(&mut filler, &[0; 4096]).is_ok() {}
    drop(filler);
    let before = tree(&disk.join("shop"));
    let output = run(&disk, &scenario.arguments, "");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("nothing was written"),
        "{}",
        said(&output)
    );
    assert!(
        said(&output).contains("free some space"),
        "{}",
        said(&output)
    );
    let after = tree(&disk.join("shop"));
    assert!(before == after, "{}", difference(&before, &after));
    fs_err::remove_file(disk.join("filler")).unwrap();
    done(&disk, &scenario.arguments);
    assert_eq!(project(&disk.join("shop")), scenario.after);
}

#[test]
fn a_file_system_without_locks_is_named() {
    let scenarios = scenarios();
    let scenario = &scenarios[2];
    let folder = temporary();
    restore(&scenario.before, folder.path());
    let made = operations(folder.path(), &scenario.arguments);
    let at = 1 + made
        .iter()
        .position(|line| line.starts_with("lock"))
        .unwrap();
    let folder = temporary();
    restore(&scenario.before, folder.path());
    let fault = format!("{} {at}", libc::ENOSYS);
    let output = run(folder.path(), &scenario.arguments, &fault);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("nothing was written: the file system of"),
        "{said}"
    );
    assert!(!said.contains("waiting"), "{said}");
    assert_eq!(
        project(&folder.path().join("shop")),
        scenario.project_before()
    );
}

#[test]
fn a_file_that_nobody_may_write_to_is_left_and_named() {
    use std::os::unix::fs::PermissionsExt;
    let scenarios = scenarios();
    let route = "app/api/v1/things2/[id]/route.rs";
    // Written, moved and removed; a person's, and one that isn't.
    for (index, path) in [
        (2, route),
        (4, route),
        (3, "app/api/v1/things4/route.rs"),
        (2, "routegen.lock"),
    ] {
        let scenario = &scenarios[index];
        let folder = temporary();
        restore(&scenario.before, folder.path());
        let file = folder.path().join("shop").join(path);
        let mode = |mode| {
            fs_err::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        mode(0o444);
        let output = run(folder.path(), &scenario.arguments, "");
        let context = format!("{}, {path}: {}", scenario.name, said(&output));
        assert_eq!(output.status.code(), Some(3), "{context}");
        let message = format!("error[RG0523]: `{path}` is read-only, but must change");
        assert!(said(&output).contains(&message), "{context}");
        assert_eq!(
            project(&folder.path().join("shop")),
            scenario.project_before()
        );
        mode(0o644);
        done(folder.path(), &scenario.arguments);
        assert_eq!(project(&folder.path().join("shop")), scenario.after);
    }
}

#[test]
fn a_file_keeps_its_mode_wherever_it_goes() {
    use std::os::unix::fs::PermissionsExt;
    let scenarios = scenarios();
    let (here, there) = ("things2/[id]", "things2/[thing]");
    for (index, after) in [(2, here), (4, there)] {
        let scenario = &scenarios[index];
        let folder = temporary();
        restore(&scenario.before, folder.path());
        let routes = folder.path().join("shop/app/api/v1");
        let file = routes.join(here).join("route.rs");
        fs_err::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        done(folder.path(), &scenario.arguments);
        assert_eq!(project(&folder.path().join("shop")), scenario.after);
        let file = routes.join(after).join("route.rs");
        let mode = fs_err::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", scenario.name);
    }
}

#[test]
fn a_project_whose_files_went_away_after_a_kill_gets_them_back() {
    let scenarios = scenarios();
    let scenario = &scenarios[2];
    for at in (40..count(scenario)).step_by(stride(14)) {
        let folder = killed(scenario, at);
        let shop = folder.path().join("shop");
        fs_err::remove_file(shop.join("contract/src/v1/openapi.json")).unwrap();
        fs_err::remove_dir_all(shop.join("contract/src/v1/routes")).unwrap();
        done(folder.path(), &["-C", "shop", "sync"]);
        let now = project(&shop);
        assert!(
            now == scenario.after,
            "{at}: {}",
            difference(&now, &scenario.after)
        );
    }
}
