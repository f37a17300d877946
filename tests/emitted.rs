//! Torture: the contracts under `tests/contracts/`, side by side in one project, compile without a warning, pass clippy and
//! rustfmt, and do what the tests under `tests/emitted/` say.
//!
//! It does so in both layouts, once with the contract in one package and once in many. The projects lie in `target/emitted/` and stay there, so that only what has changed is compiled again. Handlers are stubs
//! that tell what they were given ([`ECHOES`]), or the files under `tests/emitted/app/`.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// The contracts, each mounted at `/api/{name}`, and what the stubs of their handlers become.
const ECHOES: &[(&str, &str)] = &[
    ("parameters", TELL),
    ("bodies", TELL),
    ("texts", TELL),
    ("schemas", RETURN),
    ("dialect30", RETURN),
    ("dialect32", TELL),
    ("items", STUB),
    ("ranges", RETURN),
    ("refined", RETURN),
    ("inheritance", RETURN),
    ("names", RETURN),
    ("hostile", STUB),
    ("responses", STUB),
    ("limits", RETURN),
    ("xml", RETURN),
    ("zod", RETURN),
    ("hooks", STUB),
    ("received", STUB),
];

/// The body of a stub.
const STUB: &str = "ctx.not_implemented(request)";

/// Answers with what was read, for people.
const TELL: &str = "Ok({Method}Response::Ok(format!(\"{request:?}\")))";

/// Answers with the body of the request; operations without one stay as they are.
const RETURN: &str = "Ok({Method}Response::Ok(request.body))";

#[test]
fn emitted_projects_compile_and_do_what_the_contract_says() {
    let project = write("single", "shop");
    cargo(&project, &["fmt", "--check"]);
    for features in ["--features=", "--features=serde"] {
        let clippy = ["clippy", "--all-targets", "--workspace", features];
        cargo(&project, &[&clippy[..], &["--", "-D", "warnings"]].concat());
    }
    cargo(&project, &["test", "--workspace", "--features=serde"]);
}

#[test]
fn handlers_in_crates_of_their_own_do_the_same() {
    let project = write("split", "handlers");
    cargo(&project, &["fmt", "--all", "--check"]);
    for features in ["--features=", "--features=serde"] {
        let clippy = ["clippy", "--all-targets", "--workspace", features];
        cargo(&project, &[&clippy[..], &["--", "-D", "warnings"]].concat());
    }
    cargo(&project, &["test", "--features=serde"]);
    answers(&project);
}

#[test]
fn a_contract_in_many_packages_changes_nothing_of_yours() {
    let contracts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contracts");
    let fresh = tempfile::tempdir().unwrap();
    let project = fresh.path().join("shop");
    emit(&contracts, &project, "single");
    let one = files(&project);
    let packages = |files: &Files| {
        let manifests = files.keys().filter(|path| path.ends_with("Cargo.toml"));
        manifests
            .filter(|path| path.starts_with("contract"))
            .count()
    };
    assert_eq!(packages(&one), 1);
    let config = project.join("routegen.toml");
    let said = fs_err::read_to_string(&config).unwrap();
    fs_err::write(&config, format!("{MANY}{said}")).unwrap();
    in_step(&project);
    let many = files(&project);
    assert!(packages(&many) > 2 * ECHOES.len());
    let elsewhere = |files: &Files| {
        let ours = |path: &Path| path.starts_with("contract") || path.starts_with(".routegen");
        let mut files = files.clone();
        files.retain(|path, _| {
            !ours(path) && path != Path::new("routegen.lock") && path != Path::new("routegen.toml")
        });
        files
    };
    assert!(elsewhere(&one) == elsewhere(&many));
    let mut check = Command::new(env!("CARGO"));
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/emitted/target");
    run(check
        .current_dir(&project)
        .args(["check", "--all-targets"])
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", "-Dwarnings"));
    fs_err::remove_file(project.join("Cargo.lock")).unwrap();
    fs_err::write(&config, said).unwrap();
    in_step(&project);
    let mut again = files(&project);
    again.retain(|path, _| !path.starts_with(".routegen"));
    let mut one = one;
    one.retain(|path, _| !path.starts_with(".routegen"));
    assert!(one == again, "every file is as it was");
    assert!(!project.join("contract/support").exists());
}

#[test]
fn a_layout_changes_nothing_in_handlers() {
    let contracts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contracts");
    let [single, split] = ["single", "split"].map(|layout| {
        let fresh = tempfile::tempdir().unwrap();
        let project = fresh.path().join("shop");
        emit(&contracts, &project, layout);
        let mut files = files(&project);
        let ends = [
            "route.rs",
            "auth.rs",
            "error.rs",
            "middleware.rs",
            "state.rs",
        ];
        files.retain(|path, _| {
            path.starts_with("app") && ends.iter().any(|end| path.ends_with(end))
        });
        files
    });
    assert!(single.len() > ECHOES.len());
    assert_eq!(single, split);
}

/// What cuts the torture contracts into more than two packages each.
const MANY: &str = "contract-crates = 400\n";

/// The project with all contracts and bodies in its handlers, where `krate` has `app`.
fn write(layout: &str, krate: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fresh = tempfile::tempdir().unwrap();
    let fresh = fresh.path().join("shop");
    emit(&root.join("tests/contracts"), &fresh, layout);
    let mut files = files(&fresh);
    for (path, text) in &mut files {
        if path.starts_with("app") && path.ends_with("route.rs") {
            *text = echo(path, text);
        }
        if path == Path::new("Cargo.toml") {
            let plain = String::from_utf8_lossy(text);
            let tests = "[features]\nserde = [\"contract/serde\"]\n\n[dev-dependencies]\nfutures-core = \"0.3\"\nserde_json = \"1\"\nhyper = { version = \"1\", features = [\"client\", \"http1\"] }\nhyper-util = { version = \"0.1\", features = [\"tokio\"] }\n";
            *text = plain.replace("[dev-dependencies]\n", tests).into_bytes();
        }
    }
    let own = self::files(&root.join("tests/emitted"));
    for (path, text) in own {
        let place = match path.to_str().unwrap() {
            "behaviour.rs" => "tests/behaviour/main.rs".into(),
            name if name.ends_with(".rs") && !name.contains('/') => {
                Path::new("tests/behaviour").join(name)
            }
            _ => path.clone(),
        };
        let text = match path.to_str().unwrap() {
            "behaviour.rs" => String::from_utf8_lossy(&text)
                .replace("use shop::", &format!("use {krate}::"))
                .into_bytes(),
            _ => text,
        };
        files.insert(place, text);
    }
    let project = root.join("target/emitted").join(match layout {
        "single" => "shop",
        other => other,
    });
    replace(&project, &files);
    project
}

/// A server that is ended when the test is.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// `cargo run` starts a server that answers, waits for no head for ever, and ends when it is told to.
fn answers(project: &Path) {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(project)
        .args(["run", "--quiet"])
        .env("CARGO_TARGET_DIR", project.parent().unwrap().join("target"))
        .env("ADDRESS", "127.0.0.1:0")
        .env_remove("RUST_LOG")
        .stdout(Stdio::piped());
    // What cargo has started takes its place.
    let mut server = Server(command.spawn().unwrap());
    let lines = BufReader::new(server.0.stdout.take().unwrap()).lines();
    let mut lines = lines.map_while(Result::ok);
    let line = lines.find(|line| line.contains("listening on http://"));
    let line = line.expect("it says where it listens");
    let (_, address) = line.split_once("http://").unwrap();
    let connect = |head: &str| {
        let mut stream = TcpStream::connect(address.trim()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream
    };
    let mut half = connect("GET / HTTP/1.1\r\nhost: x\r\n");
    let head = "GET /api/names/openapi.json HTTP/1.1\r\nhost: x\r\n";
    let mut response = String::new();
    let mut whole = connect(&format!("{head}connection: close\r\n\r\n"));
    whole.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 200 "), "{response}");
    assert_eq!(half.read(&mut [0]).expect("it is closed in time"), 0);
    if cfg!(unix) {
        let mut idle = connect(&format!("{head}\r\n"));
        idle.read_exact(&mut [0]).unwrap();
        let pid = server.0.id().to_string();
        run(Command::new("kill").args(["-TERM", &pid]));
        idle.read_to_end(&mut Vec::new()).expect("it is closed too");
        assert!(server.0.wait().unwrap().success());
    }
}

/// How long a test waits for the other end.
const PATIENCE: Duration = Duration::from_secs(30);

/// A project with all contracts.
fn emit(contracts: &Path, project: &Path, layout: &str) {
    let (first, _) = ECHOES[0];
    let spec = contracts.join(format!("{first}.yaml"));
    let base = format!("/api/{first}");
    routegen(&[
        "new",
        project.to_str().unwrap(),
        "--spec",
        spec.to_str().unwrap(),
        "--base",
        &base,
        "--layout",
        layout,
    ]);
    let mut config = fs_err::read_to_string(project.join("routegen.toml")).unwrap();
    for (name, _) in &ECHOES[1..] {
        let extensions = ["yaml", "ts"].map(|extension| format!("{name}.{extension}"));
        let spec = extensions.iter().find(|spec| contracts.join(spec).exists());
        let spec = spec.unwrap();
        fs_err::copy(contracts.join(spec), project.join(spec)).unwrap();
        config.push_str(&format!(
            "\n[[api]]\nspec = \"{spec}\"\nbase = \"/api/{name}\"\n"
        ));
    }
    if layout == "split" {
        // There, a client is too slow on purpose.
        config.push_str("\n[limits]\ntimeout-seconds = 2\n");
        config.insert_str(0, MANY);
    }
    fs_err::write(project.join("routegen.toml"), config).unwrap();
    in_step(project);
}

/// Brings a project into step, which is done then.
fn in_step(project: &Path) {
    routegen(&["-C", project.to_str().unwrap(), "sync"]);
    routegen(&["-C", project.to_str().unwrap(), "check"]);
}

fn routegen(arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_routegen"));
    run(command.args(arguments));
}

fn cargo(project: &Path, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO"));
    let target = project.parent().unwrap().join("target");
    run(command
        .current_dir(project)
        .env("CARGO_TARGET_DIR", target)
        .args(arguments));
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success(),
        "{command:?}\n{}\n{}",
        text(&output.stdout),
        text(&output.stderr)
    );
}

/// A `route.rs` whose stubs are filled with what its API's handlers do.
fn echo(path: &Path, text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(text.to_vec()).unwrap();
    let echo = ECHOES
        .iter()
        .find(|(name, _)| path.starts_with(format!("app/api/{name}")));
    let (_, echo) = echo.unwrap();
    let mut out = String::new();
    let mut body = STUB.to_owned();
    for line in text.lines() {
        let mut line = line.replace(STUB, &body);
        if let Some(rest) = line.strip_prefix("pub async fn ") {
            let (method, _) = rest.split_once('(').unwrap();
            if *echo != RETURN || method != "get" {
                let method = method[..1].to_uppercase() + &method[1..];
                body = echo.replace("{Method}", method.trim_end_matches('_'));
                if body != STUB {
                    line = line.replace("(ctx: ", "(_: ");
                }
            }
        }
        out.push_str(&line);
        out.push('\n');
    }
    out.into_bytes()
}

fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs_err::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                found.insert(name, fs_err::read(path).unwrap());
            }
        }
    }
    found
}

/// Makes a folder hold these files alone; those that are the same keep their time.
fn replace(folder: &Path, wanted: &Files) {
    fs_err::create_dir_all(folder).unwrap();
    for (path, text) in files(folder) {
        if wanted.get(&path) != Some(&text) {
            fs_err::remove_file(folder.join(path)).unwrap();
        }
    }
    for (path, text) in wanted {
        let path = folder.join(path);
        if !path.exists() {
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(path, text).unwrap();
        }
    }
}
