//! Kills by chance: at random operations and random times, over histories of contracts and edits.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::contract::Contract;
use crate::scenarios::append;
use crate::tool::{
    Chance, Tree, command, difference, done, each, holds, project, restore, run, said, temporary,
    times, tree,
};

/// What happened over all histories.
#[derive(Default)]
struct Numbers {
    histories: AtomicUsize,
    syncs: AtomicUsize,
    at_operations: AtomicUsize,
    at_times: AtomicUsize,
    edits_between: AtomicUsize,
    too_late: AtomicUsize,
}

/// A project through its history.
struct History<'a> {
    folder: tempfile::TempDir,
    chance: Chance,
    contract: Contract,
    /// What a person wrote, each a line.
    marks: Vec<String>,
    numbers: &'a Numbers,
    name: String,
}

#[test]
fn histories_with_kills_by_chance_lose_nothing() {
    let kills = times(200);
    let numbers = Numbers::default();
    let start = start();
    let done =
        || numbers.at_operations.load(Ordering::Relaxed) + numbers.at_times.load(Ordering::Relaxed);
    each(0..kills, |number| {
        // As many histories as it takes.
        if done() < kills {
            History::new(&start, number, &numbers).live();
        }
    });
    let count = |number: &AtomicUsize| number.load(Ordering::Relaxed);
    println!(
        "{} histories, {} syncs, {} kills at random operations, {} at random times ({} came too late), {} edits between a kill \
         and the next run",
        count(&numbers.histories),
        count(&numbers.syncs),
        count(&numbers.at_operations),
        count(&numbers.at_times),
        count(&numbers.too_late),
        count(&numbers.edits_between),
    );
    assert!(done() >= kills.min(1));
}

/// Where all histories begin.
fn start() -> Tree {
    let folder = temporary();
    fs_err::write(folder.path().join("openapi.yaml"), Contract::of(8).text()).unwrap();
    done(folder.path(), &["new", "shop", "--spec", "openapi.yaml"]);
    tree(&folder.path().join("shop"))
}

impl<'a> History<'a> {
    fn new(start: &Tree, number: usize, numbers: &'a Numbers) -> Self {
        let folder = temporary();
        restore(start, folder.path());
        numbers.histories.fetch_add(1, Ordering::Relaxed);
        Self {
            folder,
            chance: Chance::new(number),
            contract: Contract::of(8),
            marks: Vec::new(),
            numbers,
            name: format!("history {number}"),
        }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn live(mut self) {
        for version in 2..8 {
            for _ in 0..self.chance.below(3) {
                self.edit();
            }
            for _ in 0..=self.chance.below(3) {
                self.contract.change(&mut self.chance, version);
            }
            self.write_contract();
            self.sync(version);
        }
    }

    fn write_contract(&self) {
        let config = self.root().join("routegen.toml");
        let text = fs_err::read_to_string(&config).unwrap();
        let lines = text.lines().map(|line| match line.starts_with("base = ") {
            true => format!("base = \"{}\"\n", self.contract.base),
            false => format!("{line}\n"),
        });
        fs_err::write(&config, lines.collect::<String>()).unwrap();
        fs_err::write(self.root().join("openapi.yaml"), self.contract.text()).unwrap();
    }

    /// A person writes something somewhere.
    fn edit(&mut self) {
        let mut files: Vec<PathBuf> = tree(&self.root().join("app"))
            .into_keys()
            .filter(|path| path.ends_with(".rs"))
            .map(|path| self.root().join("app").join(path))
            .collect();
        files.push(self.root().join("contract/src/lib.rs"));
        files.retain(|path| path.exists() && !path.ends_with("app/router.rs"));
        let path = files[self.chance.below(files.len())].clone();
        let mark = format!("// mine, number {}", self.marks.len());
        match self.chance.below(3) {
            0 => append(&path, &mark),
            1 => {
                let text = fs_err::read_to_string(&path).unwrap();
                if !text.contains("    ctx.not_implemented") {
                    return append_and_note(&path, mark, &mut self.marks);
                }
                let body = format!("    {mark}\n    ctx.not_implemented");
                let text = text.replacen("    ctx.not_implemented", &body, 1);
                // As an editor saves that replaces the file.
                fs_err::write(path.with_extension("swp"), text).unwrap();
                fs_err::rename(path.with_extension("swp"), &path).unwrap();
            }
            _ => fs_err::write(
                path.with_file_name(format!("beside{}.txt", self.marks.len())),
                &mark,
            )
            .unwrap(),
        }
        self.marks.push(mark);
    }

    /// Brings the project into step, with kills on the way.
    fn sync(&mut self, version: usize) {
        self.numbers.syncs.fetch_add(1, Ordering::Relaxed);
        let expected = self.undisturbed();
        let mut edits = false;
        for attempt in 0..1 + self.chance.below(4) {
            if !self.killed(version, attempt) {
                break;
            }
            self.assert_kept(version, "killed");
            if self.chance.below(3) == 0 {
                edits = true;
                self.edit();
                self.numbers.edits_between.fetch_add(1, Ordering::Relaxed);
            }
        }
        let output = run(self.root(), &["sync"], "");
        let context = format!("{}, version {version}: {}", self.name, said(&output));
        assert!(matches!(output.status.code(), Some(0 | 3)), "{context}");
        self.assert_kept(version, &said(&output));
        let now = project(self.root());
        let strays: Vec<&String> = now
            .keys()
            .filter(|path| {
                path.starts_with(".routegen/") && !path.starts_with(".routegen/recovered/")
            })
            .chain(now.keys().filter(|path| path.contains("/.routegen-")))
            .collect();
        assert!(strays.is_empty(), "{context}: {strays:?}");
        if !edits {
            assert!(
                now == expected,
                "{context}: {}",
                difference(&now, &expected)
            );
        }
        run(self.root(), &["sync"], "");
        assert!(
            project(self.root()) == now,
            "{context}: a second sync changes something"
        );
    }

    /// What a sync makes of it that nobody disturbs.
    fn undisturbed(&self) -> Tree {
        let folder = temporary();
        restore(&tree(self.root()), folder.path());
        run(folder.path(), &["sync"], "");
        project(folder.path())
    }

    /// Kills a sync; whether it came in time.
    fn killed(&mut self, version: usize, attempt: usize) -> bool {
        if self.chance.below(3) > 0 {
            // Where it can't be sooner than the end, the number is too high now and then.
            let at = 1 + self.chance.below(if attempt == 0 { 120 } else { 60 });
            let output = run(self.root(), &["sync"], &format!("kill {at}"));
            let in_time = output.status.code().is_none();
            if in_time {
                self.numbers.at_operations.fetch_add(1, Ordering::Relaxed);
            }
            return in_time;
        }
        let mut process = command(self.root(), &["sync"], "")
            .stderr(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(self.chance.next() % 60_000));
        process.kill().unwrap();
        let in_time = process.wait().unwrap().code().is_none();
        let counted = if in_time {
            &self.numbers.at_times
        } else {
            &self.numbers.too_late
        };
        counted.fetch_add(1, Ordering::Relaxed);
        let _ = version;
        in_time
    }

    fn assert_kept(&self, version: usize, context: &str) {
        let tree = tree(self.root());
        for mark in &self.marks {
            assert!(
                holds(&tree, mark),
                "{}, version {version}: lost `{mark}`: {context}",
                self.name
            );
        }
    }
}

fn append_and_note(path: &Path, mark: String, marks: &mut Vec<String>) {
    append(path, &mark);
    marks.push(mark);
}
