//! The GitHub Action and the hooks of pre-commit: what they run is run here, on a project in an empty folder.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const CONTRACT: &str = "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\npaths:\n  /v1/books: { get: { responses: { '204': { description: Done } } } }\n";

/// A folder with a project, `bin/` with the programs on PATH, and what they say of how they were called.
struct Machine {
    folder: tempfile::TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        fs_err::create_dir(machine.path("bin")).unwrap();
        fs_err::write(machine.path("openapi.yaml"), CONTRACT).unwrap();
        let made = Command::new(env!("CARGO_BIN_EXE_routegen"))
            .args(["new", "services/shop", "--spec", "openapi.yaml"])
            .current_dir(machine.folder.path())
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        machine
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn with_routegen(self) -> Self {
        let bin = self.path("bin/routegen");
        fs_err::os::unix::fs::symlink(env!("CARGO_BIN_EXE_routegen"), bin).unwrap();
        self
    }

    /// Puts a cargo on PATH that only notes how it is called.
    fn with_cargo(self) -> Self {
        use std::os::unix::fs::PermissionsExt;
        let (cargo, calls) = (self.path("bin/cargo"), self.path("calls"));
        let text = format!("#!/bin/sh\necho \"$*\" >> '{}'\n", calls.display());
        fs_err::write(&cargo, text).unwrap();
        fs_err::set_permissions(&cargo, std::fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    fn calls(&self) -> String {
        fs_err::read_to_string(self.path("calls")).unwrap_or_default()
    }

    fn drift(&self) {
        let contract = CONTRACT.replace("get: {", "get: { summary: All of them,");
        fs_err::write(self.path("services/shop/openapi.yaml"), contract).unwrap();
    }

    /// Runs a script as the shell `bash` of GitHub's runner does.
    fn run(&self, script: &str, folder: &str, variables: &[(String, String)]) -> Output {
        Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .current_dir(self.path(folder))
            .env(
                "PATH",
                format!("{}:/usr/bin:/bin", self.path("bin").display()),
            )
            .env("GITHUB_STEP_SUMMARY", self.path("summary.md"))
            .envs(variables.iter().cloned())
            .output()
            .unwrap()
    }

    /// Runs the steps of the action with these inputs, up to one that fails.
    fn action(&self, inputs: &[(&str, &str)]) -> Output {
        let action = Action::read();
        let inputs: BTreeMap<String, String> = action
            .defaults
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .chain(inputs.iter().map(|(name, value)| {
                assert!(action.defaults.contains_key(*name), "no input {name}");
                ((*name).to_owned(), (*value).to_owned())
            }))
            .collect();
        let filled = |text: &str| {
            let mut text = text.replace("${{ github.action_path }}", "/action");
            for (name, value) in &inputs {
                text = text.replace(&format!("${{{{ inputs.{name} }}}}"), value);
            }
            assert!(!text.contains("${{"), "{text}");
            text
        };
        let mut last = None;
        for step in &action.steps {
            assert!(
                !step.script.contains("${{"),
                "what a script gets, it gets from the environment"
            );
            let folder = step.folder.as_deref().map_or(".".to_owned(), filled);
            let variables: Vec<(String, String)> = step
                .variables
                .iter()
                .map(|(name, value)| (name.clone(), filled(value)))
                .collect();
            let output = self.run(&step.script, &folder, &variables);
            let failed = !output.status.success();
            last = Some(output);
            if failed {
                break;
            }
        }
        last.unwrap()
    }
}

/// What `action.yml` says, as far as it is run.
#[derive(Default)]
struct Action {
    defaults: BTreeMap<String, String>,
    steps: Vec<Step>,
}

#[derive(Default)]
struct Step {
    folder: Option<String>,
    variables: Vec<(String, String)>,
    script: String,
}

impl Action {
    /// Reads the file by its indentation, which is as our own file has it.
    fn read() -> Self {
        let mut action = Self::default();
        let (mut input, mut in_script) = (String::new(), false);
        for line in ours("action.yml").lines() {
            let indent = line.len() - line.trim_start().len();
            let (key, value) = line.trim().split_once(": ").unwrap_or((line.trim(), ""));
            let value = value.trim_matches('"').to_owned();
            if in_script && (indent >= 8 || line.is_empty()) {
                let step = action.steps.last_mut().unwrap();
                step.script
                    .push_str(&format!("{}\n", line.get(8..).unwrap_or_default()));
                continue;
            }
            in_script = false;
            match (indent, key) {
                (2, name) if name.ends_with(':') => input = name.trim_end_matches(':').to_owned(),
                (4, "default") => drop(action.defaults.insert(input.clone(), value)),
                (4, "- name") => action.steps.push(Step::default()),
                (6, "working-directory") => action.steps.last_mut().unwrap().folder = Some(value),
                (6, "run") => in_script = true,
                (8, name) => {
                    let step = action.steps.last_mut().unwrap();
                    step.variables.push((name.to_owned(), value));
                }
                (6, "shell") => assert_eq!(value, "bash"),
                _ => {}
            }
        }
        assert_eq!((action.defaults.len(), action.steps.len()), (4, 2));
        action
    }
}

/// The text of a file of this repository.
fn ours(path: &str) -> String {
    fs_err::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_action_annotates_drift_and_fails() {
    let machine = Machine::new().with_routegen().with_cargo();
    let inputs = [("working-directory", "services/shop")];
    let output = machine.action(&inputs);
    assert_eq!(
        (output.status.code(), stdout(&output).as_str()),
        (Some(0), "")
    );
    machine.drift();
    let output = machine.action(&inputs);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(stdout(&output).starts_with("::error file="), "{output:?}");
    let summary = fs_err::read_to_string(machine.path("summary.md")).unwrap();
    assert_eq!(summary.matches("### routegen check").count(), 2);
    assert_eq!(machine.calls(), "", "what is on PATH isn't installed");
}

#[test]
fn the_action_hands_its_arguments_on() {
    let machine = Machine::new().with_routegen();
    let output = machine.action(&[
        ("working-directory", "services/shop"),
        ("format", "text"),
        ("args", "--deny-unimplemented --deny-orphans"),
    ]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(stdout(&output).starts_with("unimplemented"), "{output:?}");
    // No input is a second command.
    let output = machine.action(&[
        ("working-directory", "services/shop"),
        ("args", "; touch /$PWD/made; *"),
    ]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(!machine.path("services/shop/made").exists());
}

#[test]
fn the_action_installs_what_is_missing() {
    let install = &Action::read().steps[0];
    let check = |machine: Machine, version: &str, expected: &str| {
        let variables = [
            ("ROUTEGEN_VERSION".to_owned(), version.to_owned()),
            ("ROUTEGEN_SOURCES".to_owned(), "/action".to_owned()),
        ];
        let names: Vec<&String> = install.variables.iter().map(|(name, _)| name).collect();
        assert_eq!(
            names,
            variables.iter().map(|(name, _)| name).collect::<Vec<_>>()
        );
        let output = machine.run(&install.script, ".", &variables);
        assert!(output.status.success(), "{output:?}");
        assert_eq!(machine.calls(), expected);
    };
    let bare = || Machine::new().with_cargo();
    check(bare(), "", "install --locked --path /action\n");
    check(
        bare(),
        "0.1.0",
        "install --locked routegen --version 0.1.0\n",
    );
    check(bare().with_routegen(), "", "");
    let other = "install --locked routegen --version 0.2.0\n";
    check(bare().with_routegen(), "0.2.0", other);
}

#[test]
fn the_hooks_check_and_sync() {
    let machine = Machine::new().with_routegen();
    let text = ours(".pre-commit-hooks.yaml");
    let entries: Vec<&str> = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("entry: "))
        .collect();
    let [check, sync] = entries.as_slice() else {
        panic!("two hooks: {entries:?}");
    };
    let ids: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("- id: "))
        .collect();
    assert_eq!(ids, ["routegen-check", "routegen-sync"]);
    let exit = |entry: &str, folder: &str| machine.run(entry, folder, &[]).status.code();
    assert_eq!(exit(check, "services/shop"), Some(0));
    machine.drift();
    assert_eq!(exit(check, "services/shop"), Some(1));
    // With `args` as the file says for projects that aren't the root of their repository.
    assert_eq!(exit(&format!("{check} -C services/shop"), "."), Some(1));
    assert_eq!(exit(&format!("{sync} -C services/shop"), "."), Some(0));
    assert_eq!(exit(check, "services/shop"), Some(0));
}

#[test]
fn the_hooks_run_when_a_file_of_a_project_changes() {
    let text = ours(".pre-commit-hooks.yaml");
    let patterns = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("files: "));
    let patterns: Vec<regex::Regex> = patterns
        .map(|pattern| regex::Regex::new(pattern.trim_matches('\'')).unwrap())
        .collect();
    assert_eq!(patterns.len(), 2);
    for pattern in patterns {
        for path in [
            "openapi.yaml",
            "services/shop/contract.ts",
            "api.json",
            "routegen.toml",
            "services/shop/routegen.lock",
            "app/api/[id]/route.rs",
            "app/Cargo.toml",
        ] {
            assert!(pattern.is_match(path), "{path}");
        }
        for path in ["README.md", "src/main.rs.bak", "yaml", "Cargo.lock"] {
            assert!(!pattern.is_match(path), "{path}");
        }
    }
}
