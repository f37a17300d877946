//! Calls of the program with faults, and folders before and after.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder as a value: files with their bytes; links and empty folders by a word for what they are.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// A folder in memory where there is one, since nothing here depends on its being a disk.
pub fn temporary() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() && std::env::var_os("TMPDIR").is_none() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

/// The program, in a folder, with a fault if there is one.
pub fn command(root: &Path, arguments: &[&str], fault: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_routegen"));
    command
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::null())
        .env("NO_COLOR", "1")
        .env("RAYON_NUM_THREADS", "2")
        .env_remove("ROUTEGEN_OPERATIONS")
        .env("ROUTEGEN_FAULT", fault);
    command
}

/// Calls the program.
pub fn run(root: &Path, arguments: &[&str], fault: &str) -> Output {
    command(root, arguments, fault).output().unwrap()
}

/// Calls the program, which must do what it is asked.
pub fn done(root: &Path, arguments: &[&str]) -> Output {
    let output = run(root, arguments, "");
    assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    output
}

/// What a call printed to stderr.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The operations of a call that comes to its end, one a line.
pub fn operations(root: &Path, arguments: &[&str]) -> Vec<String> {
    let log = tempfile::NamedTempFile::new().unwrap();
    let output = command(root, arguments, "")
        .env("ROUTEGEN_OPERATIONS", log.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    let text = fs_err::read_to_string(log.path()).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// All that is in a folder.
pub fn tree(root: &Path) -> Tree {
    let mut found = Tree::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries: Vec<PathBuf> = fs_err::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        let name = |path: &Path| {
            path.strip_prefix(root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        };
        if entries.is_empty() && folder != root {
            found.insert(name(&folder) + "/", b"(empty folder)".to_vec());
        }
        for path in entries {
            if path.is_symlink() {
                let to = fs_err::read_link(&path).unwrap();
                found.insert(name(&path), format!("(link to {})", to.display()).into());
            } else if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(name(&path), fs_err::read(&path).unwrap());
            }
        }
    }
    found
}

/// A project as a value, without what a run notes for the next one; what a transaction leaves behind counts.
pub fn project(root: &Path) -> Tree {
    let notes = [
        ".routegen/.gitignore",
        ".routegen/lock",
        ".routegen/in-step",
        ".routegen/",
    ];
    let mut tree = tree(root);
    tree.retain(|path, _| !notes.contains(&path.as_str()));
    tree
}

/// Writes a tree into a folder.
pub fn restore(tree: &Tree, root: &Path) {
    for (path, bytes) in tree {
        let full = root.join(path);
        if path.ends_with('/') {
            fs_err::create_dir_all(full).unwrap();
            continue;
        }
        fs_err::create_dir_all(full.parent().unwrap()).unwrap();
        match bytes
            .strip_prefix(b"(link to ")
            .and_then(|rest| rest.strip_suffix(b")"))
        {
            Some(to) => {
                let to = std::str::from_utf8(to).unwrap();
                fs_err::os::unix::fs::symlink(to, full).unwrap();
            }
            None => fs_err::write(full, bytes).unwrap(),
        }
    }
}

/// How two trees differ, by their paths.
pub fn difference(one: &Tree, other: &Tree) -> String {
    let paths: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let differing = paths
        .into_iter()
        .filter(|path| one.get(*path) != other.get(*path));
    let line = |path: &String| match (one.contains_key(path), other.contains_key(path)) {
        (true, true) => format!("~{path} "),
        (true, false) => format!("+{path} "),
        (false, _) => format!("-{path} "),
    };
    differing.map(line).collect()
}

/// Whether somewhere in a tree these bytes stand.
pub fn holds(tree: &Tree, text: &str) -> bool {
    let find = |bytes: &Vec<u8>| {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    tree.values().any(find)
}

/// Does something for each number, on all cores.
pub fn each(numbers: impl IntoIterator<Item = usize>, what: impl Fn(usize) + Sync) {
    let queue = std::sync::Mutex::new(numbers.into_iter().collect::<Vec<_>>().into_iter());
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap().next();
                    let Some(number) = next else { break };
                    what(number);
                }
            });
        }
    });
}

/// Numbers by chance, the same for the same seed (SplitMix64).
pub struct Chance(u64);

impl Chance {
    pub fn new(number: usize) -> Self {
        let seed = std::env::var("ROUTEGEN_SEED").ok();
        let seed = seed.and_then(|seed| seed.parse().ok()).unwrap_or(0u64);
        Self(seed.wrapping_mul(0x1234_5678_9abc_def1) ^ number as u64)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of so many.
    pub fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }
}

/// The steps in which operations are tried: all of them where many kills are asked for.
pub fn stride(usual: usize) -> usize {
    if std::env::var_os("ROUTEGEN_KILLS").is_some() {
        1
    } else {
        usual
    }
}

/// How many times something is done by chance.
pub fn times(usual: usize) -> usize {
    let asked = std::env::var("ROUTEGEN_KILLS").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(usual)
}
