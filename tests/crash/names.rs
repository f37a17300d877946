//! Files of a person's whose names are long, or like those that a transaction gives away.

use std::path::Path;

use crate::others::{Stopped, link};
use crate::scenarios::scenarios;
use crate::tool::{command, restore, run, said, temporary, tree};

const ROUTE: &str = "shop/app/api/v1/things2/[id]/route.rs";

/// File systems with hard links and exchanges, and those without.
const KINDS: [&str; 2] = ["", "plain"];

#[test]
fn files_that_are_called_like_copies_stay() {
    let scenarios = scenarios();
    // One writes over the file, and one takes it away.
    for (scenario, kind) in [2, 3]
        .iter()
        .flat_map(|index| KINDS.map(|kind| (&scenarios[*index], kind)))
    {
        let folder = temporary();
        restore(&scenario.before, folder.path());
        let beside = ["new", "old"].map(|what| format!("{ROUTE}.routegen-{what}"));
        for path in &beside {
            fs_err::write(folder.path().join(path), "mine").unwrap();
        }
        let output = run(folder.path(), &scenario.arguments, kind);
        let context = format!("{}, {kind}: {}", scenario.name, said(&output));
        assert!(output.status.success(), "{context}");
        let now = tree(folder.path());
        for path in beside {
            assert_eq!(
                now.get(&path).map(Vec::as_slice),
                Some(b"mine".as_slice()),
                "{context}"
            );
        }
    }
}

#[test]
fn a_file_with_a_long_name_goes_with_its_route() {
    let scenarios = scenarios();
    let scenario = &scenarios[4];
    let name = format!("{}.rs", "n".repeat(250));
    for kind in KINDS {
        let folder = temporary();
        restore(&scenario.before, folder.path());
        let beside = folder.path().join(ROUTE);
        fs_err::write(beside.with_file_name(&name), "mine").unwrap();
        // Neither what is called like a copy is one, if it is a folder.
        fs_err::create_dir(beside.with_file_name("route.rs.routegen-old")).unwrap();
        fs_err::create_dir(beside.with_file_name("beside.rs.routegen-new")).unwrap();
        let output = run(folder.path(), &scenario.arguments, kind);
        assert!(output.status.success(), "{kind}: {}", said(&output));
        let there = folder.path().join("shop/app/api/v1/things2/[thing]");
        assert_eq!(fs_err::read(there.join(&name)).unwrap(), b"mine", "{kind}");
        assert!(!beside.exists(), "{kind}");
    }
}

/// Where a scenario's call first makes a copy beside its place, and the number of that operation.
fn copy(index: usize) -> (String, usize) {
    let scenarios = scenarios();
    let scenario = &scenarios[index];
    let folder = temporary();
    restore(&scenario.before, folder.path());
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut call = command(folder.path(), &scenario.arguments, "plain");
    let output = call
        .env("ROUTEGEN_OPERATIONS", log.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let text = fs_err::read_to_string(log.path()).unwrap();
    let root = folder.path().canonicalize().unwrap();
    let mut lines = text.lines().enumerate();
    let found = lines.find_map(|(index, line)| {
        let path = Path::new(line.strip_prefix("create\t")?);
        let path = path.strip_prefix(&root).ok()?.to_str()?;
        path.starts_with("shop/app/")
            .then(|| (path.to_owned(), index + 1))
    });
    found.expect("a new route is copied where it can't be linked")
}

#[test]
fn a_name_that_is_needed_and_taken_is_refused() {
    let scenarios = scenarios();
    let scenario = &scenarios[1];
    let (name, _) = copy(1);
    let folder = temporary();
    restore(&scenario.before, folder.path());
    let path = folder.path().join(&name);
    fs_err::create_dir_all(path.parent().unwrap()).unwrap();
    let victim = folder.path().join("victim");
    fs_err::write(&victim, "mine").unwrap();
    link(victim.to_str().unwrap(), &path);
    let calls: [&[&str]; 3] = [&["sync"], &["sync", "--dry-run"], &["check"]];
    for call in calls {
        let output = run(folder.path(), &[&["-C", "shop"], call].concat(), "plain");
        let context = format!("{call:?}: {}", said(&output));
        assert_eq!(output.status.code(), Some(3), "{context}");
        let name = name.strip_prefix("shop/").unwrap();
        let message = format!("error[RG0507]: `{name}` is in the way");
        assert!(said(&output).contains(&message), "{context}");
        assert_eq!(fs_err::read(&victim).unwrap(), b"mine", "{context}");
        assert!(path.is_symlink(), "{context}");
    }
}

#[test]
fn a_link_that_comes_at_the_last_moment_is_not_written_through() {
    let scenarios = scenarios();
    let scenario = &scenarios[1];
    let (name, number) = copy(1);
    // Before it is looked whether something stands there, and behind that.
    for at in [number - 1, number] {
        let folder = temporary();
        restore(&scenario.before, folder.path());
        let victim = folder.path().join("victim");
        fs_err::write(&victim, "mine").unwrap();
        let stopped = Stopped::new(folder.path(), scenario, &format!("plain stop {at}")).unwrap();
        let path = folder.path().join(&name);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        link(victim.to_str().unwrap(), &path);
        let (_, said) = stopped.go_on();
        assert_eq!(fs_err::read(&victim).unwrap(), b"mine", "{said}");
        let output = run(folder.path(), &scenario.arguments, "plain");
        assert!(output.status.success(), "{}", self::said(&output));
        assert_eq!(fs_err::read(&victim).unwrap(), b"mine");
    }
}
