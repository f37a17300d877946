//! Real contracts, from generation to a running server: no warning, nothing for rustfmt or a second `sync` to do.
//!
//! `ROUTEGEN_CORPUS` names a folder with contracts (`specs/museum.yaml`, …); without it there is nothing to run on, and the
//! test says so. `ROUTEGEN_CONTRACT=museum` runs one of them, or one that isn't in the list. Projects are built in
//! `target/real`, with the dependency versions of `generated-example/Cargo.lock` where it is.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use camino::{Utf8Path, Utf8PathBuf};
use routegen::config::Config;

/// What is run, the small ones first, and whether clippy looks at them too.
const CONTRACTS: &[(&str, Clippy)] = &[
    ("specs/petstore-3.yaml", Clippy::Yes),
    ("specs/train-travel.yaml", Clippy::Yes),
    ("specs/museum.yaml", Clippy::Yes),
    ("specs/box.json", Clippy::No),
    ("specs/asana.yaml", Clippy::No),
    ("specs/stripe.yaml", Clippy::No),
    ("specs/github-api.json", Clippy::No),
];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Clippy {
    Yes,
    No,
}

#[test]
fn real_contracts_become_servers() {
    let Some(corpus) = std::env::var_os("ROUTEGEN_CORPUS") else {
        eprintln!("skipped: ROUTEGEN_CORPUS names no folder with contracts");
        return;
    };
    let corpus = Utf8PathBuf::try_from(std::path::PathBuf::from(corpus)).unwrap();
    let wanted = std::env::var("ROUTEGEN_CONTRACT").unwrap_or_default();
    let listed = CONTRACTS.iter().filter(|(path, _)| path.contains(&wanted));
    let mut contracts: Vec<(Utf8PathBuf, Clippy)> = listed
        .map(|(path, clippy)| (corpus.join(path), *clippy))
        .collect();
    if contracts.is_empty() {
        contracts.push((corpus.join(&wanted), Clippy::Yes));
    }
    let failed: Vec<Utf8PathBuf> = contracts
        .into_iter()
        .filter(|(contract, clippy)| std::panic::catch_unwind(|| run(contract, *clippy)).is_err())
        .map(|(contract, _)| contract)
        .collect();
    assert!(failed.is_empty(), "{failed:?}: see above");
}

/// Everything that is asked of one contract.
fn run(contract: &Utf8Path, clippy: Clippy) {
    assert!(contract.is_file(), "{contract} is not there");
    let start = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(folder.path()).unwrap().join("project");
    let name = contract.file_stem().unwrap_or_default();

    routegen(
        folder.path(),
        &[
            "new",
            root.as_str(),
            "--name",
            "corpus",
            "--spec",
            contract.as_str(),
        ],
    );
    let lock = own().join("generated-example/Cargo.lock");
    if lock.exists() {
        std::fs::copy(lock, root.join("Cargo.lock")).unwrap();
    }
    cargo(&root, &["build"]);
    if clippy == Clippy::Yes {
        cargo(&root, &["clippy", "--workspace", "--all-targets"]);
        cargo(&root, &["test"]);
    }
    cargo(&root, &["fmt", "--all", "--check"]);
    gives_its_contract_away(&root);
    // Both the quick look and the full one.
    for _ in 0..2 {
        assert_eq!(routegen(root.as_std_path(), &["check"]), "", "{contract}");
        assert_eq!(
            routegen(root.as_std_path(), &["sync", "--dry-run"]),
            "",
            "{contract}"
        );
        std::fs::remove_file(root.join(".routegen/in-step")).ok();
    }
    eprintln!("{name}: {:.0?}", start.elapsed());
}

fn own() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs routegen, which must succeed; returns what it printed to stdout.
fn routegen(dir: &std::path::Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_routegen"));
    let output = command.current_dir(dir).args(arguments).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "routegen {arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// Runs cargo, which must succeed without a warning.
fn cargo(root: &Utf8Path, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(root)
        .args(arguments)
        .env("CARGO_TARGET_DIR", own().join("target/real"))
        .env("RUSTFLAGS", "-Dwarnings");
    let output = command.output().unwrap();
    let (said, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(
        output.status.success(),
        "cargo {arguments:?} in {root}: {said}{errors}"
    );
}

/// A server that is ended when the test is.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Starts the server and asks it for its contract.
fn gives_its_contract_away(root: &Utf8Path) {
    let program = own().join("target/real/debug/corpus");
    let mut command = Command::new(program);
    command
        .env("ADDRESS", "127.0.0.1:0")
        .env_remove("RUST_LOG")
        .stdout(Stdio::piped());
    let mut server = Server(command.spawn().unwrap());
    let output = server.0.stdout.take().unwrap();
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let line = lines.find(|line| line.contains("listening on http://"));
    let line = line.expect("it says where it listens");
    let (_, address) = line.split_once("http://").unwrap();

    let config =
        Config::parse(&std::fs::read_to_string(root.join("routegen.toml")).unwrap()).unwrap();
    let mut stream = TcpStream::connect(address.trim()).unwrap();
    let url = format!("{}/openapi.json", config.apis[0].base);
    write!(
        stream,
        "GET {url} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 "), "{url}: {head}");
    let document: serde_json::Value = serde_json::from_str(body).unwrap();
    assert!(
        document["paths"].is_object(),
        "{url} is an OpenAPI document"
    );
}
