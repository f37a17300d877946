//! Whoever else is in the way: another run, an editor, links.

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Output, Stdio};

use crate::points::{count, killed};
use crate::scenarios::{Scenario, append, scenarios};
use crate::tool::{
    command, difference, done, each, holds, project, restore, run, said, stride, temporary, tree,
};

/// A run that stands still at an operation.
pub struct Stopped(Child);

impl Stopped {
    /// `None` if it came to its end.
    pub fn new(root: &Path, scenario: &Scenario, fault: &str) -> Option<Self> {
        let process = command(root, &scenario.arguments, fault)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let id = process.id() as libc::pid_t;
        let mut status = 0;
        // SAFETY: the process is a child of this one, and `status` is a place for a number.
        let waited = unsafe { libc::waitpid(id, &mut status, libc::WUNTRACED) };
        assert_eq!(waited, id);
        libc::WIFSTOPPED(status).then_some(Self(process))
    }

    /// Lets it go on, to its end; returns its exit code and what it printed.
    pub fn go_on(mut self) -> (Option<i32>, String) {
        // SAFETY: a signal to a child of this process that has not been waited for.
        unsafe { libc::kill(self.0.id() as libc::pid_t, libc::SIGCONT) };
        let mut said = String::new();
        self.0
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        (self.0.wait().unwrap().code(), said)
    }

    fn kill(mut self) {
        self.0.kill().unwrap();
        assert_eq!(self.0.wait().unwrap().signal(), Some(libc::SIGKILL));
    }
}

#[test]
fn a_second_sync_says_that_it_waits_and_goes_on_when_the_first_is_killed() {
    let scenarios = scenarios();
    let scenario = &scenarios[3];
    for at in [10, 100] {
        let folder = temporary();
        restore(&scenario.before, folder.path());
        let first = Stopped::new(folder.path(), scenario, &format!("stop {at}")).unwrap();
        let mut second = command(folder.path(), &scenario.arguments, "")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = second.stderr.take().unwrap();
        let mut start = vec![0; "     Waiting for another routegen".len()];
        stderr.read_exact(&mut start).unwrap();
        assert_eq!(start, b"     Waiting for another routegen");
        assert_eq!(second.try_wait().unwrap(), None);
        first.kill();
        let mut rest = String::new();
        stderr.read_to_string(&mut rest).unwrap();
        assert!(second.wait().unwrap().success(), "{rest}");
        assert_eq!(project(&folder.path().join("shop")), scenario.after);
    }
}

#[test]
fn first_runs_at_the_same_moment_all_come_to_their_end() {
    let scenarios = scenarios();
    let scenario = &scenarios[2];
    for _ in 0..8 {
        let folder = temporary();
        restore(&scenario.before, folder.path());
        fs_err::remove_dir_all(folder.path().join("shop/.routegen")).unwrap();
        for output in at_once(folder.path(), scenario, &[""; 4]) {
            assert!(output.status.success(), "{}", said(&output));
        }
        assert_eq!(project(&folder.path().join("shop")), scenario.after);
    }
}

#[test]
fn new_projects_at_the_same_moment_in_one_folder_are_one() {
    let scenarios = scenarios();
    let scenario = &scenarios[0];
    for _ in 0..8 {
        let folder = temporary();
        restore(&scenario.before, folder.path());
        let outputs = at_once(folder.path(), scenario, &["", "", ""]);
        let written = outputs.iter().filter(|output| output.status.success());
        let said: Vec<String> = outputs.iter().map(said).collect();
        assert_eq!(written.count(), 1, "{said:?}");
        assert_eq!(project(&folder.path().join("shop")), scenario.after);
    }
}

#[test]
fn a_new_project_that_comes_to_nothing_is_out_of_the_way_of_another() {
    let scenarios = scenarios();
    let scenario = &scenarios[0];
    let count = count(scenario);
    // The first operations make the folder, which both need.
    for at in (10..count).step_by(count / 24) {
        let folder = temporary();
        restore(&scenario.before, folder.path());
        let full = format!("{} {at}+", libc::ENOSPC);
        let outputs = at_once(folder.path(), scenario, &[&full, "", &full]);
        let context = format!("{at}: {:?}", outputs.iter().map(said).collect::<Vec<_>>());
        let written = outputs.iter().filter(|output| output.status.success());
        // It may have looked while the files of one of the others were there.
        let is_refused = said(&outputs[1]).contains("RG0513");
        match written.count() {
            0 if is_refused => drop(done(folder.path(), &scenario.arguments)),
            count => assert_eq!(count, 1, "{context}"),
        }
        let now = project(&folder.path().join("shop"));
        assert!(
            now == scenario.after,
            "{context}: {}",
            difference(&now, &scenario.after)
        );
    }
}

/// What several calls said that were made at the same moment, one for each fault.
fn at_once(root: &Path, scenario: &Scenario, faults: &[&str]) -> Vec<Output> {
    let start = |fault: &&str| {
        let mut process = command(root, &scenario.arguments, fault);
        process.stdout(Stdio::null()).stderr(Stdio::piped());
        process.spawn().unwrap()
    };
    let processes: Vec<Child> = faults.iter().map(start).collect();
    let outputs = processes.into_iter();
    outputs
        .map(|process| process.wait_with_output().unwrap())
        .collect()
}

#[test]
fn a_new_project_ends_what_another_left_while_it_was_planned() {
    let scenarios = scenarios();
    let scenario = &scenarios[0];
    let folder = temporary();
    restore(&scenario.before, folder.path());
    // What it does first on disk is to make the folder.
    let first = Stopped::new(folder.path(), scenario, "stop 1").unwrap();
    let at = count(scenario) * 3 / 4;
    let second = run(folder.path(), &scenario.arguments, &format!("kill {at}"));
    assert_eq!(second.status.code(), None);
    assert!(folder.path().join("shop/.routegen/journal").exists());
    let (code, said) = first.go_on();
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("Finished a run that was interrupted"),
        "{said}"
    );
    assert_eq!(project(&folder.path().join("shop")), scenario.after);
}

/// How an editor saves.
#[derive(Debug, Clone, Copy)]
pub enum Saving {
    InPlace,
    ByAnotherFile,
}

fn edit(path: &Path, mark: &str, saving: Saving) -> bool {
    if !path.exists() {
        return false;
    }
    match saving {
        Saving::InPlace => append(path, mark),
        Saving::ByAnotherFile => {
            let text = fs_err::read_to_string(path).unwrap();
            let beside = path.with_extension("swp");
            fs_err::write(&beside, format!("{text}\n{mark}\n")).unwrap();
            fs_err::rename(&beside, path).unwrap();
        }
    }
    true
}

/// Scenarios by their index, with a file that is edited meanwhile: one writes over it, one takes it away, and one takes it elsewhere.
pub const EDITED: [(usize, &str); 4] = [
    (2, "app/api/v1/things2/[id]/route.rs"),
    (3, "app/api/v1/things4/route.rs"),
    (4, "app/api/v1/things2/[id]/route.rs"),
    (4, "app/api/v1/things2/[id]/beside.rs"),
];

#[test]
fn an_edit_between_any_two_operations_is_kept() {
    let scenarios = scenarios();
    for (index, file) in EDITED {
        let scenario = &scenarios[index];
        // Any two operations: both ways to save, on both kinds of file systems.
        each((1..=count(scenario) * 4).step_by(stride(23)), |number| {
            let (at, way) = (1 + number / 4, number % 4);
            let saving = [Saving::InPlace, Saving::ByAnotherFile][way % 2];
            let kind = ["", "plain "][way / 2];
            let folder = temporary();
            restore(&scenario.before, folder.path());
            let fault = format!("{kind}stop {at}");
            edit_is_kept(folder.path(), scenario, file, &fault, saving);
        });
    }
}

/// Stops the scenario's call in a folder, edits a file, lets the call go on: the edit is kept, and all is as before or after.
pub fn edit_is_kept(root: &Path, scenario: &Scenario, file: &str, fault: &str, saving: Saving) {
    const MARK: &str = "// saved while sync was running";
    let shop = root.join("shop");
    let Some(stopped) = Stopped::new(root, scenario, fault) else {
        return;
    };
    let edited = edit(&shop.join(file), MARK, saving);
    let (code, said) = stopped.go_on();
    let context = format!("{}, {file}, {saving:?} at {fault}: {said}", scenario.name);
    assert!(matches!(code, Some(0 | 2)), "{context}");
    if code == Some(2) {
        assert!(said.contains("changed while it was read"), "{context}");
        let (now, mut before) = (project(&shop), scenario.project_before());
        before.remove(file);
        let mut others = now.clone();
        others.remove(file);
        assert!(
            others == before,
            "{context}: {}",
            difference(&others, &before)
        );
    }
    assert!(!edited || holds(&tree(&shop), MARK), "{context}: lost");
    let mut saved = tree(&shop);
    saved.retain(|path, _| path.starts_with(".routegen/recovered/"));
    saved.retain(|_, bytes| String::from_utf8_lossy(bytes).contains(MARK));
    for path in saved.keys() {
        assert!(said.contains(path), "{context}: {path} isn't named");
    }
    // The next run has it, and leaves it.
    run(root, &["-C", "shop", "sync"], "");
    let now = tree(&shop);
    assert!(
        !edited || holds(&now, MARK),
        "{context}: lost by the next run"
    );
    let is_left = |path: &String| {
        let ours = ["/stage", "/displaced", "/.routegen-"];
        ours.iter().any(|word| path.contains(word))
    };
    assert!(!now.keys().any(is_left), "{context}");
}

pub fn link(to: &str, path: &Path) {
    fs_err::os::unix::fs::symlink(to, path).unwrap();
}

#[test]
fn an_app_that_is_a_link_inside_of_the_project_is_written_through() {
    let scenarios = scenarios();
    for scenario in &scenarios[1..6] {
        let folder = temporary();
        restore(&scenario.before, folder.path());
        let shop = folder.path().join("shop");
        fs_err::rename(shop.join("app"), shop.join("server")).unwrap();
        link("server", &shop.join("app"));
        done(folder.path(), &scenario.arguments);
        let expected = scenario.after.iter().map(|(path, bytes)| {
            let path = match path.strip_prefix("app/") {
                Some(rest) => format!("server/{rest}"),
                None => path.clone(),
            };
            (path, bytes.clone())
        });
        let mut expected: crate::tool::Tree = expected.collect();
        expected.insert("app".to_owned(), b"(link to server)".to_vec());
        let now = project(&shop);
        assert!(
            now == expected,
            "{}: {}",
            scenario.name,
            difference(&now, &expected)
        );
    }
}

#[test]
fn an_app_that_is_a_link_out_of_the_project_is_refused() {
    let scenarios = scenarios();
    let scenario = &scenarios[5];
    let folder = temporary();
    restore(&scenario.before, folder.path());
    let shop = folder.path().join("shop");
    fs_err::rename(shop.join("app"), folder.path().join("server")).unwrap();
    link("../server", &shop.join("app"));
    let before = tree(folder.path());
    let output = run(folder.path(), &scenario.arguments, "");
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("RG0509"), "{}", said(&output));
    let checked = run(folder.path(), &["-C", "shop", "check"], "");
    assert_eq!(checked.status.code(), Some(3), "{}", said(&checked));
    assert!(said(&checked).contains("RG0509"), "{}", said(&checked));
    let mut after = tree(folder.path());
    after.remove("shop/.routegen/lock");
    after.remove("shop/.routegen/.gitignore");
    let mut before = before;
    before.remove("shop/.routegen/lock");
    before.remove("shop/.routegen/.gitignore");
    assert!(before == after, "{}", difference(&before, &after));
}

/// What links lead to stays where it is.
#[test]
fn a_link_beside_a_route_goes_with_it_and_what_it_leads_to_stays() {
    let scenarios = scenarios();
    let scenario = &scenarios[4];
    let folder = temporary();
    restore(&scenario.before, folder.path());
    let shop = folder.path().join("shop");
    fs_err::create_dir(shop.join("assets")).unwrap();
    fs_err::write(shop.join("assets/a"), "mine").unwrap();
    fs_err::write(folder.path().join("outside"), "mine").unwrap();
    let beside = shop.join("app/api/v1/things2/[id]");
    link("../../../../../assets", &beside.join("assets"));
    link("../../../../../../outside", &beside.join("outside"));
    done(folder.path(), &scenario.arguments);
    let beside = shop.join("app/api/v1/things2/[thing]");
    assert_eq!(
        fs_err::read_to_string(beside.join("assets/a")).unwrap(),
        "mine"
    );
    assert!(beside.join("assets").is_symlink());
    assert_eq!(
        fs_err::read_to_string(beside.join("outside")).unwrap(),
        "mine"
    );
    assert!(beside.join("outside").is_symlink());
    assert!(shop.join("assets/a").exists());
}

#[test]
fn links_in_the_work_folder_are_refused() {
    let scenarios = scenarios();
    let scenario = &scenarios[2];
    for name in [
        ".routegen",
        ".routegen/in-step",
        ".routegen/in-step.new",
        ".routegen/stage",
        ".routegen/displaced",
        ".routegen/recovered",
        ".routegen/lock",
    ] {
        let folder = temporary();
        restore(&scenario.before, folder.path());
        let path = folder.path().join("shop").join(name);
        let _ = fs_err::remove_file(&path).or_else(|_| fs_err::remove_dir_all(&path));
        link("../../outside", &path);
        let calls: [&[&str]; 3] = [&["sync"], &["sync", "--dry-run"], &["check"]];
        for call in calls {
            let arguments = [&["-C", "shop"], call].concat();
            let output = run(folder.path(), &arguments, "");
            let context = format!("{name}, {arguments:?}: {}", said(&output));
            assert_eq!(output.status.code(), Some(3), "{context}");
            let message = format!("error[RG0509]: `{name}` is a link");
            assert!(said(&output).contains(&message), "{context}");
        }
        assert!(!folder.path().join("outside").exists(), "{name}");
    }
}

/// In a project in step, and in one that isn't.
#[test]
fn what_is_in_the_way_in_the_work_folder_is_named() {
    let scenarios = scenarios();
    let drift = &scenarios[2];
    let folders = [
        ".routegen/lock",
        ".routegen/in-step",
        ".routegen/journal",
        ".routegen/stage/folder",
    ];
    let files = [".routegen", ".routegen/displaced", ".routegen/recovered"];
    let names = folders.iter().chain(&files);
    for (name, is_drift) in names.flat_map(|name| [(*name, true), (*name, false)]) {
        let folder = temporary();
        restore(&drift.before, folder.path());
        if !is_drift {
            done(folder.path(), &drift.arguments);
        }
        let path = folder.path().join("shop").join(name);
        let _ = fs_err::remove_file(&path).or_else(|_| fs_err::remove_dir_all(&path));
        if files.contains(&name) {
            fs_err::write(&path, "mine").unwrap();
        } else {
            fs_err::create_dir_all(&path).unwrap();
        }
        let calls: [&[&str]; 3] = [&["sync"], &["sync", "--dry-run"], &["check"]];
        for call in calls {
            let output = run(folder.path(), &[&["-C", "shop"], call].concat(), "");
            let context = format!("{name}, {is_drift}, {call:?}: {}", said(&output));
            assert_eq!(output.status.code(), Some(3), "{context}");
            let message = format!("error[RG0507]: `{name}` is in the way");
            assert!(said(&output).contains(&message), "{context}");
        }
        assert_eq!(path.is_file(), files.contains(&name), "{name}");
    }
}

/// An edit of the configuration between a kill and the next run must not leave the second contract mounted half.
#[test]
fn a_configuration_edited_after_a_kill_is_what_the_next_run_goes_by() {
    const MARK: &str = "# my configuration";
    let scenarios = scenarios();
    let scenario = &scenarios[6];
    let (before, after) = (scenario.project_before(), &scenario.after);
    each((1..=count(scenario)).step_by(stride(4)), |at| {
        let folder = killed(scenario, at);
        let shop = folder.path().join("shop");
        append(&shop.join("routegen.toml"), MARK);
        let output = run(folder.path(), &["-C", "shop", "sync"], "");
        let context = format!("killed at {at}: {}", said(&output));
        assert!(output.status.success(), "{context}");
        let mut now = project(&shop);
        let text = String::from_utf8(now.remove("routegen.toml").unwrap()).unwrap();
        assert!(text.contains(MARK), "{context}");
        let expected = if text.contains("/api/v2") {
            after
        } else {
            &before
        };
        // Beside what is the second contract's, the edit of a file that isn't a person's was undone.
        let routes = |tree: &crate::tool::Tree| {
            let app = tree.keys().filter(|path| path.starts_with("app/"));
            app.cloned().collect::<Vec<String>>()
        };
        assert_eq!(routes(&now), routes(expected), "{context}");
        let output = run(folder.path(), &["-C", "shop", "check"], "");
        assert!(
            output.status.success(),
            "{context}, then {}",
            self::said(&output)
        );
    });
}
