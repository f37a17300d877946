//! Cases: a folder each under `tests/cases/`, named as a sentence.
//!
//! - `before/` is copied into an empty folder, if it is there; so is a file `contract.yaml` (`.json`, `.ts`), as
//!   `openapi.yaml`, and what is in a folder `contract/`.
//! - `command` has one step a line: the arguments of a call of `routegen`, `copy FOLDER` (of the case, over what is
//!   there), `remove PATH`, `readonly PATH`, `link PATH TARGET`, or `crlf` (which gives all files the line ends of Windows); `< FILE` (of the case) behind a call is its stdin. What the last call prints and returns is compared with `stdout`, `stderr` and `exit`;
//!   those that aren't there are empty, and 0.
//! - `after/` is what is there in the end, if it is there: all files, or those whose paths begin with a line of
//!   the file `compare`.
//!
//! `ROUTEGEN_BLESS=1` writes what is expected; read its diff like code. `ROUTEGEN_CASE=word` runs some of them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

type Files = BTreeMap<String, String>;

#[test]
fn every_case_does_what_its_folder_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let wanted = std::env::var("ROUTEGEN_CASE").unwrap_or_default();
    let mut cases: Vec<PathBuf> = fs_err::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.retain(|case| case.is_dir() && case.to_string_lossy().contains(&wanted));
    cases.sort();
    assert!(!cases.is_empty());
    let failures: Vec<String> = cases.iter().filter_map(|case| check(case).err()).collect();
    assert!(
        failures.is_empty(),
        "{} of {} cases failed\n{}",
        failures.len(),
        cases.len(),
        failures.concat()
    );
}

/// Runs a case and compares; the error is a diff.
fn check(case: &Path) -> Result<(), String> {
    let name = case.file_name().unwrap().to_string_lossy().into_owned();
    let temporary = tempfile::tempdir().unwrap();
    let root = temporary.path();
    copy(&case.join("before"), root);
    copy(&case.join("contract"), root);
    for extension in ["yaml", "json", "ts"] {
        let contract = case.join(format!("contract.{extension}"));
        if contract.exists() {
            fs_err::copy(contract, root.join(format!("openapi.{extension}"))).unwrap();
        }
    }
    let output = run_steps(case, root);
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).replace(&*root.to_string_lossy(), "[ROOT]");
        text.lines()
            .map(|line| without_version(&without_count(line.trim_end())))
            .map(|line| format!("{}\n", without_print(&line)))
            .collect::<String>()
    };
    let mut found = Files::new();
    let exit = output.status.code().unwrap_or(-1);
    for (file, text) in [
        ("stdout", text(&output.stdout)),
        ("stderr", text(&output.stderr)),
        ("exit", format!("{exit}\n")),
    ] {
        if !text.is_empty() && (file, text.as_str()) != ("exit", "0\n") {
            found.insert(file.to_owned(), text);
        }
    }
    let limits = fs_err::read_to_string(case.join("compare")).unwrap_or_default();
    let after = case.join("after");
    if after.exists()
        || case.join("compare").exists()
        || std::env::var_os("ROUTEGEN_BLESS").is_none()
    {
        let compared =
            |path: &str| limits.is_empty() || limits.lines().any(|limit| path.starts_with(limit));
        for (path, text) in files(root)
            .into_iter()
            .filter(|(path, _)| after.exists() && compared(path))
        {
            found.insert(format!("after/{path}"), text);
        }
    }
    check_fast_path(root, &name)?;
    let mut expected = files(case);
    expected.retain(|path, _| {
        path.starts_with("after/") || ["stdout", "stderr", "exit"].contains(&path.as_str())
    });
    if std::env::var_os("ROUTEGEN_BLESS").is_some() {
        bless(case, &expected, &found);
        return Ok(());
    }
    compare(&name, &expected, &found)
}

/// A line of `new` without the number of files, which changes with every module of ours.
fn without_count(line: &str) -> String {
    match line.split_once(" files, ") {
        Some((before, after)) if line.trim_start().starts_with("Created ") => {
            let before = before.trim_end_matches(|last: char| last.is_ascii_digit());
            format!("{before}[N] files, {after}")
        }
        Some(_) | None => line.to_owned(),
    }
}

/// A line of `routegen.lock`, in a diff, without its hash, which changes with every module of ours.
fn without_print(line: &str) -> String {
    let is_print = |word: &&str| word.len() == 32 && word.bytes().all(|b| b.is_ascii_hexdigit());
    match line.rsplit(' ').next().filter(is_print) {
        Some(print) => line.replace(print, "[HASH]"),
        None => line.to_owned(),
    }
}

/// A line of SARIF without the version of this program.
fn without_version(line: &str) -> String {
    let version = concat!("\"semanticVersion\": \"", env!("CARGO_PKG_VERSION"), "\"");
    line.replace(version, "\"semanticVersion\": \"[VERSION]\"")
}

/// Makes the steps of `command`; returns what the last call gave.
fn run_steps(case: &Path, root: &Path) -> Output {
    let mut output = None;
    for line in fs_err::read_to_string(case.join("command"))
        .unwrap()
        .lines()
    {
        let words = words(line);
        match words
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .as_slice()
        {
            [] => {}
            ["copy", folder] => copy(&case.join(folder), root),
            ["remove", path] => fs_err::remove_file(root.join(path)).unwrap(),
            ["readonly", path] => {
                let mut permissions = fs_err::metadata(root.join(path)).unwrap().permissions();
                permissions.set_readonly(true);
                fs_err::set_permissions(root.join(path), permissions).unwrap();
            }
            ["crlf"] => {
                for (path, text) in files(root) {
                    let text = text.replace('␍', "").replace('\n', "\r\n");
                    fs_err::write(root.join(path), text).unwrap();
                }
            }
            #[cfg(unix)]
            ["link", path, target] => {
                fs_err::os::unix::fs::symlink(target, root.join(path)).unwrap()
            }
            [arguments @ .., "<", file] => {
                let input = fs_err::File::open(case.join(file)).unwrap();
                output = Some(routegen(root, arguments, Stdio::from(input.into_parts().0)));
            }
            arguments => output = Some(routegen(root, arguments, Stdio::null())),
        }
    }
    output.expect("a case calls routegen")
}

fn routegen(root: &Path, arguments: &[&str], input: Stdio) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_routegen"));
    command
        .args(arguments)
        .current_dir(root)
        .stdin(input)
        .env_remove("CLICOLOR_FORCE")
        .env_remove("GITHUB_STEP_SUMMARY")
        .env("NO_COLOR", "1");
    command.output().unwrap()
}

/// `check` says the same with and without what the last run remembered.
fn check_fast_path(root: &Path, name: &str) -> Result<(), String> {
    if !root.join(".routegen/in-step").exists() {
        return Ok(());
    }
    let check = || routegen(root, &["check"], Stdio::null());
    let fast = check();
    fs_err::remove_file(root.join(".routegen/in-step")).unwrap();
    let full = check();
    if fast == full {
        Ok(())
    } else {
        Err(format!(
            "{name}: the fast path says {}, the full one {}\n",
            fast.status, full.status
        ))
    }
}

/// Words of a line; quotes keep spaces and empty words.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in line.chars() {
        match (character, quote) {
            ('\'' | '"', None) => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (_, Some(open)) if character == open => quote = None,
            (' ', None) => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

/// All files below a folder, save those that only this machine needs.
fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs_err::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path
                .strip_prefix(folder)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            let hidden = name.starts_with(".routegen/") && !name.starts_with(".routegen/recovered");
            if path.is_dir() {
                folders.push(path);
            } else if !hidden {
                let bytes = fs_err::read(&path).unwrap();
                // What git would turn into plain line ends is spelled out.
                found.insert(name, String::from_utf8_lossy(&bytes).replace('\r', "␍"));
            }
        }
    }
    found
}

/// Copies what is in a folder, if it is there, over another.
fn copy(from: &Path, to: &Path) {
    for (path, text) in files(from) {
        let path = to.join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text.replace('␍', "\r")).unwrap();
    }
}

fn bless(case: &Path, expected: &Files, found: &Files) {
    for path in expected.keys().filter(|path| !found.contains_key(*path)) {
        fs_err::remove_file(case.join(path)).unwrap();
    }
    for (path, text) in found
        .iter()
        .filter(|(path, text)| expected.get(*path) != Some(text))
    {
        let path = case.join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text).unwrap();
    }
}

fn compare(name: &str, expected: &Files, found: &Files) -> Result<(), String> {
    let mut report = String::new();
    let paths: std::collections::BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
    for path in paths {
        let (expected, found) = (expected.get(path), found.get(path));
        if expected != found {
            let text = |side: Option<&String>| side.cloned().unwrap_or_default();
            let (expected, found) = (text(expected), text(found));
            let diff = similar::TextDiff::from_lines(&expected, &found);
            let diff = diff.unified_diff().header("expected", "found").to_string();
            write!(report, "\n{name}: {path}\n{diff}").unwrap();
        }
    }
    if report.is_empty() {
        Ok(())
    } else {
        Err(report)
    }
}
