//! `generated-example/`: in step with what routegen writes today, and sound by its own tests.
//!
//! When what is written changes, `cargo run -- sync -C generated-example` brings the example after it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

#[test]
fn the_example_is_in_step_with_its_contract() {
    let temporary = tempfile::tempdir().unwrap();
    let copy = temporary.path();
    let before = files();
    for (path, content) in &before {
        let path = copy.join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, content).unwrap();
    }

    for command in ["check", "sync"] {
        let output = Command::new(env!("CARGO_BIN_EXE_routegen"))
            .arg(command)
            .current_dir(copy)
            .output()
            .unwrap();
        assert_success(&output);
    }
    for (path, content) in &before {
        let after = fs_err::read(copy.join(path)).unwrap();
        assert!(after == *content, "sync changes {}", path.display());
    }
}

#[test]
fn formatting_it_in_any_way_is_no_drift() {
    let temporary = tempfile::tempdir().unwrap();
    let root = temporary.path();
    let run = |folder: &Path, program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        let output = command.args(arguments).current_dir(folder).output();
        assert_success(&output.unwrap());
    };
    let routegen = env!("CARGO_BIN_EXE_routegen");
    for layout in ["single", "split"] {
        run(root, routegen, &["new", layout, "--layout", layout]);
        let project = root.join(layout);
        for options in [
            "max_width = 50",
            "max_width = 140",
            "hard_tabs = true",
            "newline_style = \"Windows\"",
        ] {
            fs_err::write(project.join("rustfmt.toml"), options).unwrap();
            run(&project, env!("CARGO"), &["fmt", "--all"]);
            run(&project, routegen, &["check"]);
            run(&project, routegen, &["sync"]);
            run(&project, env!("CARGO"), &["fmt", "--all", "--check"]);
            assert!(!project.join(".routegen/recovered").exists());
        }
    }
}

#[test]
fn the_example_passes_its_own_tests() {
    // `target/tmp` is what cargo tells us of the target folder; the example's own build lies beside it.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("example");
    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--locked"])
        .current_dir(example())
        .env("CARGO_TARGET_DIR", target)
        .output()
        .unwrap();
    assert_success(&output);
}

#[track_caller]
fn assert_success(output: &Output) {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{stdout}{stderr}");
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("generated-example")
}

/// The example's files by their paths in it, without those that its `.gitignore` names.
fn files() -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(&example(), Path::new(""), &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs_err::read_dir(root.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = folder.join(entry.file_name());
        if path == Path::new("target") || path == Path::new(".routegen") {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            collect(root, &path, files);
        } else {
            files.insert(path, fs_err::read(entry.path()).unwrap());
        }
    }
}
