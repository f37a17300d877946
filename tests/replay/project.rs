//! A project that lives through a history.

use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};

use super::step::routegen;

/// A project on disk; the folder goes with it.
pub struct Project {
    _folder: tempfile::TempDir,
    pub root: Utf8PathBuf,
    contract: Utf8PathBuf,
}

impl Project {
    /// `routegen new`.
    pub fn new(version: &Utf8Path) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let path =
            Utf8Path::from_path(folder.path()).expect("temporary folders have names in UTF-8");
        let root = path.join("project");
        // Its later versions come under the same name.
        let extension = version.extension().unwrap_or("yaml");
        let first = path.join(format!("contract.{extension}"));
        std::fs::copy(version, &first).map_err(|error| error.to_string())?;
        let output = routegen(
            path,
            &[
                "new",
                root.as_str(),
                "--name",
                "replayed",
                "--spec",
                first.as_str(),
            ],
        );
        if !output.status.success() {
            return Err(format!("new: {}", String::from_utf8_lossy(&output.stderr)));
        }
        let text = std::fs::read_to_string(root.join("routegen.toml"))
            .map_err(|error| error.to_string())?;
        let config =
            routegen::config::Config::parse(&text).map_err(|error| format!("{error:#}"))?;
        let contract = root.join(&config.apis[0].spec);
        let lock = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("generated-example/Cargo.lock");
        std::fs::copy(lock, root.join("Cargo.lock")).map_err(|error| error.to_string())?;
        Ok(Self {
            _folder: folder,
            root,
            contract,
        })
    }

    /// Replaces the contract.
    pub fn take(&self, version: &Utf8Path) -> Result<(), String> {
        std::fs::copy(version, &self.contract)
            .map(|_| ())
            .map_err(|error| error.to_string())
    }

    /// `cargo check`, warnings as they come.
    pub fn check(&self) -> Result<(), String> {
        let target = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("target/replay");
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(["check", "--quiet"])
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_INCREMENTAL", "0")
            .env("RUSTFLAGS", "-Awarnings");
        let output = cargo.output().map_err(|error| error.to_string())?;
        match output.status.success() {
            true => Ok(()),
            false => Err(format!(
                "cargo check:\n{}",
                String::from_utf8_lossy(&output.stderr)
            )),
        }
    }
}
