//! The bar of runs that take long: on a terminal, and nowhere else. The contract is a pipe that nobody writes to until the
//! bar is there, so no run is too fast for it.
#![cfg(unix)]

use std::ffi::CString;
use std::fs::File;
use std::io::Read;
use std::os::fd::{FromRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// How long anything may take; it is waited for that long only where something is wrong.
const PATIENCE: Duration = Duration::from_secs(60);

/// Longer than a run may take without a bar.
const LONG: Duration = Duration::from_millis(800);

const CONTRACT: &str = "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\npaths:\n  /books: { get: { responses: { '204': { description: Done } } } }\n";

/// What takes a bar away.
const CLEAR: &str = "\u{1b}[2K";

/// A project whose contract is a pipe.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let contract = folder.path().join("openapi.yaml");
    fs_err::write(&contract, CONTRACT).unwrap();
    let made = command(
        folder.path(),
        &["new", ".", "--spec", "openapi.yaml", "--name", "shop"],
    )
    .output()
    .unwrap();
    assert!(made.status.success(), "{made:?}");
    fs_err::remove_file(&contract).unwrap();
    let path = CString::new(contract.as_os_str().as_bytes()).unwrap();
    // SAFETY: the path is a string that ends with NUL and lives as long as the call.
    assert_eq!(unsafe { libc::mkfifo(path.as_ptr(), 0o600) }, 0);
    folder
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_routegen"));
    command
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .env("TERM", "xterm")
        .env_remove("CI")
        .env_remove("NO_COLOR");
    command
}

/// A terminal: the end of whoever looks at it, and that of a program.
fn terminal() -> (File, OwnedFd) {
    let (mut ours, mut theirs) = (0, 0);
    // SAFETY: the places are there for as long as the call, and where null is given nothing is asked for.
    let opened = unsafe {
        libc::openpty(
            &mut ours,
            &mut theirs,
            std::ptr::null_mut(),
            std::ptr::null_mut(),
            std::ptr::null_mut(),
        )
    };
    assert_eq!(opened, 0);
    // SAFETY: both were just opened and belong to nobody else.
    unsafe { (File::from_raw_fd(ours), OwnedFd::from_raw_fd(theirs)) }
}

/// All that comes out of a stream, as it comes.
fn pieces(mut stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        // A terminal whose program has ended gives an error.
        while let Ok(length @ 1..) = stream.read(&mut bytes) {
            let _ = sender.send(String::from_utf8_lossy(&bytes[..length]).into_owned());
        }
    });
    receiver
}

/// The rest of what a run prints once it has got its contract.
fn finish(root: &Path, mut child: Child, pieces: &Receiver<String>) -> String {
    fs_err::write(root.join("openapi.yaml"), CONTRACT.replace("204", "205")).unwrap();
    let mut text = String::new();
    while let Ok(piece) = pieces.recv_timeout(PATIENCE) {
        text += &piece;
    }
    child.wait().unwrap();
    text
}

/// Runs on a terminal; what it prints until there is a bar, and what after that.
fn on_a_terminal(root: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> (String, String) {
    let (ours, theirs) = terminal();
    let mut command = command(root, arguments);
    command.envs(variables.iter().copied()).stderr(theirs);
    let child = command.spawn().unwrap();
    // Else this process would keep the terminal open.
    drop(command);
    let pieces = pieces(ours);
    let mut before = String::new();
    while !before.contains("openapi.yaml") {
        before += &pieces.recv_timeout(PATIENCE).unwrap();
    }
    let after = finish(root, child, &pieces);
    (before, after)
}

#[test]
fn a_long_run_shows_how_far_it_is_and_cleans_up() {
    for arguments in [
        ["sync"].as_slice(),
        &["sync", "--dry-run"],
        &["check"],
        &["routes"],
        &["new", "other", "--spec", "openapi.yaml"],
    ] {
        let folder = project();
        let (before, after) = on_a_terminal(folder.path(), arguments, &[]);
        assert!(before.contains("Reading"), "{arguments:?}: {before:?}");
        assert!(before.contains(" 1/6 "), "{arguments:?}: {before:?}");
        let (_, left) = after.rsplit_once(CLEAR).expect("the bar is taken away");
        let is_bar = [
            "Reading",
            "Resolving",
            "Planning",
            "Rendering",
            "Comparing",
            "Writing",
        ]
        .iter()
        .any(|verb| left.contains(verb));
        assert!(!is_bar, "{arguments:?}: {after:?}");
        if arguments == ["sync"] {
            assert!(left.contains("Updated"), "{after:?}");
        }
    }
}

#[test]
fn a_bar_has_no_colours_where_none_are_wanted() {
    let folder = project();
    let (before, after) = on_a_terminal(folder.path(), &["sync"], &[("NO_COLOR", "1")]);
    for colour in ["\u{1b}[1m", "\u{1b}[3"] {
        assert!(
            !before.contains(colour) && !after.contains(colour),
            "{before:?} {after:?}"
        );
    }
    let folder = project();
    let (before, _) = on_a_terminal(folder.path(), &["sync"], &[]);
    assert!(before.contains("\u{1b}[1m"), "{before:?}");
}

#[test]
fn nothing_is_shown_in_a_pipe_or_in_ci_or_on_a_dumb_terminal() {
    let folder = project();
    let mut child = command(folder.path(), &["sync", "--color", "always"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let pieces_of_pipe = pieces(child.stderr.take().unwrap());
    std::thread::sleep(LONG);
    let text = finish(folder.path(), child, &pieces_of_pipe);
    assert!(
        text.contains("Updated") && !text.contains("Reading") && !text.contains(CLEAR),
        "{text:?}"
    );
    for variable in [("CI", "true"), ("TERM", "dumb")] {
        let folder = project();
        let (ours, theirs) = terminal();
        let mut command = command(folder.path(), &["sync"]);
        command.env(variable.0, variable.1).stderr(theirs);
        let child = command.spawn().unwrap();
        drop(command);
        let pieces = pieces(ours);
        std::thread::sleep(LONG);
        let text = finish(folder.path(), child, &pieces);
        assert!(
            text.contains("Updated") && !text.contains("Reading") && !text.contains(CLEAR),
            "{text:?}"
        );
    }
}
