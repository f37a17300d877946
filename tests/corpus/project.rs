//! An emitted project: written, checked, built, synced again.

use camino::{Utf8Path, Utf8PathBuf};
use routegen::frontend::{self, Options};
use routegen::pipeline;
use routegen::progress::Progress;
use std::process::Command;

use super::degraded::{Degraded, degraded, left_out, served_with_others};
use super::measure::{Cost, try_run};

/// The package's name, and so the server's.
const NAME: &str = "corpus";

/// A project on disk; the folder goes with it.
pub struct Project {
    _folder: tempfile::TempDir,
    root: Utf8PathBuf,
    log: Utf8PathBuf,
}

/// What a contract holds, and what of it is degraded.
pub struct Extent {
    pub operations: usize,
    pub degraded: Degraded,
    /// Lines of Rust.
    pub lines: usize,
}

impl Project {
    /// `routegen new`.
    pub fn write(contract: &Utf8Path) -> Result<(Self, Cost), String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let path =
            Utf8Path::from_path(folder.path()).expect("temporary folders have names in UTF-8");
        let project = Self {
            root: path.join("project"),
            log: path.join("log.txt"),
            _folder: folder,
        };
        let mut new = Command::new(env!("CARGO_BIN_EXE_routegen"));
        new.args(["new", "--name", NAME, project.root.as_str(), "--spec"])
            .arg(contract);
        let cost = project.run(&mut new, "routegen new")?;
        let lock = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("generated-example/Cargo.lock");
        std::fs::copy(lock, project.root.join("Cargo.lock")).map_err(|error| error.to_string())?;
        Ok((project, cost))
    }

    /// What was written, and that a second `sync` has nothing to do. A process of its own looks: on Linux, the memory that
    /// this one has held would count as that of every program it starts.
    pub fn extent(&self) -> Result<Extent, String> {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let output = Command::new(program)
            .args([LOOK, self.root.as_str()])
            .output()
            .map_err(|error| error.to_string())?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match output.status.success() {
            true => {
                Extent::parse(&text(&output.stdout)).ok_or("the extent can't be read".to_owned())
            }
            false => Err(text(&output.stderr)),
        }
    }

    /// `cargo check`, warnings denied.
    pub fn check(&self) -> Result<Cost, String> {
        self.cargo(&["check", "--quiet"])
    }

    /// `cargo clippy`, warnings denied.
    pub fn clippy(&self) -> Result<Cost, String> {
        self.cargo(&["clippy", "--quiet", "--workspace", "--all-targets"])
    }

    /// `cargo fmt --check`.
    pub fn format(&self) -> Result<Cost, String> {
        self.cargo(&["fmt", "--all", "--check"])
    }

    /// `cargo build`, of a server that lets everyone in.
    pub fn build(&self) -> Result<Utf8PathBuf, String> {
        self.open_to_everyone()?;
        self.cargo(&["build", "--quiet"])?;
        Ok(target().join("debug").join(NAME))
    }

    /// The base path of its API.
    pub fn base(&self) -> String {
        let text = std::fs::read_to_string(self.root.join("routegen.toml")).unwrap_or_default();
        let config = routegen::config::Config::parse(&text);
        config.map_or_else(|_| String::new(), |config| config.apis[0].base.clone())
    }

    /// Nobody can log in to a stub, so the owner's `main.rs` gets an authenticator that denies nobody.
    fn open_to_everyone(&self) -> Result<(), String> {
        let path = self.root.join("src/main.rs");
        let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let open = text
            .replace(
                "use corpus::{State, app};",
                "use corpus::{Principal, State, app_with};",
            )
            .replace(
                "app(State::default())",
                "app_with(State::default(), contract::Authenticator::Everyone(|| Principal { id: String::new() }))",
            );
        if open == text {
            return Err("src/main.rs has changed its form".to_owned());
        }
        std::fs::write(path, open).map_err(|error| error.to_string())
    }

    fn cargo(&self, arguments: &[&str]) -> Result<Cost, String> {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(arguments)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_INCREMENTAL", "0")
            .env("RUSTFLAGS", "-Dwarnings");
        self.run(&mut cargo, &format!("cargo {}", arguments.join(" ")))
    }

    fn run(&self, command: &mut Command, name: &str) -> Result<Cost, String> {
        try_run(command, self.log.as_std_path()).map_err(|log| format!("{name} failed:\n{log}"))
    }
}

/// The argument by which this program is asked for the extent of a project.
pub const LOOK: &str = "--extent-of";

impl Extent {
    /// Looks at a project.
    pub fn of(root: &Utf8Path) -> Result<Self, String> {
        let again =
            pipeline::compare(root, &Progress::default()).map_err(|error| format!("{error:#}"))?;
        let merged = again.merged.ok_or("the project can't be read again")?;
        if let Some(change) = merged.changes.first() {
            return Err(format!("a second sync changes {}", change.path));
        }
        let text = std::fs::read_to_string(root.join("routegen.toml"))
            .map_err(|error| error.to_string())?;
        let config =
            routegen::config::Config::parse(&text).map_err(|error| format!("{error:#}"))?;
        let spec = root.join(&config.apis[0].spec);
        let loaded = frontend::load(&spec, &Options::default())
            .map_err(|_| "the contract can't be read again")?;
        let degraded = degraded(&loaded.api, &loaded.sources, &again.diagnostics);
        Ok(Self {
            operations: loaded.api.operations.len()
                + left_out(&degraded)
                + served_with_others(&again.diagnostics),
            degraded,
            lines: lines(root),
        })
    }

    /// As one line of JSON.
    pub fn text(&self) -> String {
        serde_json::json!([self.operations, self.lines, self.degraded]).to_string()
    }

    fn parse(text: &str) -> Option<Self> {
        let (operations, lines, degraded) = serde_json::from_str(text).ok()?;
        Some(Self {
            operations,
            degraded,
            lines,
        })
    }
}

/// The target folder of all projects.
fn target() -> Utf8PathBuf {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("target/real")
}

fn lines(folder: &Utf8Path) -> usize {
    let mut count = 0;
    for entry in folder.read_dir_utf8().into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            count += lines(path);
        } else if path.extension() == Some("rs") {
            count += std::fs::read_to_string(path).map_or(0, |text| text.lines().count());
        }
    }
    count
}
