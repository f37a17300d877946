//! A `sync --watch` that runs: its lines as they come, each waited for with a bound.
//!
//! A program that follows what changes does so in time, so here alone tests look at a clock: to give up, and to see that nothing more
//! happens, for which no event can stand.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// How long anything may take; it is waited for that long only where something is wrong.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long nothing must have happened for a program to be at rest.
const REST: Duration = Duration::from_secs(2);

/// How a file is opened that is written in place.
#[derive(Clone, Copy)]
pub enum How {
    /// It is emptied.
    Anew,
    /// It grows.
    Behind,
}

/// A project in an empty folder.
pub struct Project {
    folder: tempfile::TempDir,
    /// What is to go wrong on disk.
    fault: Option<String>,
}

impl Project {
    /// Made of a contract.
    pub fn new(name: &str, contract: &str) -> Self {
        let project = Self {
            folder: tempfile::tempdir().unwrap(),
            fault: None,
        };
        project.write(name, contract);
        let output = project
            .command(&[
                "new", ".", "--spec", name, "--name", "shop", "--base", "/api",
            ])
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        project
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file where it stands, and the folders to it.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text).unwrap();
    }

    /// Opens a file where it stands, as a program does that writes it bit by bit.
    pub fn open(&self, path: &str, how: How) -> fs_err::File {
        let mut options = fs_err::OpenOptions::new();
        match how {
            How::Anew => options.write(true).truncate(true),
            How::Behind => options.append(true),
        };
        options.open(self.path(path)).unwrap()
    }

    /// Has the program find such a fault on disk.
    pub fn set_fault(&mut self, fault: &str) {
        self.fault = Some(fault.to_owned());
    }

    /// Writes a file as most editors do: beside its place, then renamed.
    pub fn replace(&self, path: &str, text: &str) {
        let beside = format!("{path}~");
        self.write(&beside, text);
        fs_err::rename(self.path(&beside), self.path(path)).unwrap();
    }

    /// Makes a link to a place, as seen from its own folder.
    pub fn link(&self, to: &str, path: &str) {
        fs_err::os::unix::fs::symlink(to, self.path(path)).unwrap();
    }

    pub fn rename(&self, from: &str, to: &str) {
        fs_err::rename(self.path(from), self.path(to)).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs_err::remove_file(self.path(path)).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs_err::read_to_string(self.path(path)).unwrap()
    }

    /// The program, in the project.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_routegen"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .env("NO_COLOR", "1")
            .env_remove("ROUTEGEN_FAULT")
            .env("ROUTEGEN_OPERATIONS", self.log());
        if let Some(fault) = &self.fault {
            command.env("ROUTEGEN_FAULT", fault);
        }
        command
    }

    fn log(&self) -> PathBuf {
        self.folder.path().with_extension("operations")
    }

    /// Starts watching; comes back when it does.
    pub fn watch(&self) -> Watch {
        self.watch_until("Watching")
    }

    /// The same, until another line comes.
    pub fn watch_until(&self, word: &str) -> Watch {
        let mut watch = self.start(&["sync", "--watch"]);
        watch.until(word);
        watch
    }

    /// Starts watching; comes back when it does, and hears no more.
    pub fn watch_unheard(&self) -> Watch {
        let mut child = self
            .command(&["sync", "--watch"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        stderr.read_line(&mut line).unwrap();
        assert!(line.contains("Watching"), "{line}");
        let (_, lines) = mpsc::channel();
        let log = self.log();
        Watch { child, lines, log }
    }

    /// Which operation on disk of a `sync`, counted from 1, is of this kind and about such a file; the `sync` is made.
    pub fn operation(&self, kind: &str, path: &str) -> usize {
        let _ = std::fs::remove_file(self.log());
        let output = self.command(&["sync"]).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let log = fs_err::read_to_string(self.log()).unwrap();
        let mut lines = log.lines();
        let found = lines.position(|line| line.starts_with(kind) && line.ends_with(path));
        found.unwrap_or_else(|| panic!("no {kind} of {path} in {log}")) + 1
    }

    /// Starts the program.
    pub fn start(&self, arguments: &[&str]) -> Watch {
        let mut child = self
            .command(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            let mut lines = stderr.lines().map_while(Result::ok);
            lines.all(|line| sender.send(line).is_ok())
        });
        Watch {
            child,
            lines,
            log: self.log(),
        }
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(self.log());
    }
}

/// The program as it runs.
pub struct Watch {
    child: Child,
    lines: Receiver<String>,
    /// To which it appends what it does to the disk.
    log: PathBuf,
}

impl Watch {
    /// The lines up to one that has `word` in it.
    pub fn until(&mut self, word: &str) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => lines.push(line.trim().to_owned()),
                Err(error) => panic!("no line with `{word}` ({error}) behind {lines:#?}"),
            }
            if lines.last().is_some_and(|line| line.contains(word)) {
                return lines;
            }
        }
    }

    /// How much it has done to the disk.
    pub fn done(&self) -> u64 {
        fs_err::metadata(&self.log).map_or(0, |metadata| metadata.len())
    }

    /// Waits until the program does nothing more; what it has said until then. One that leads itself to run again never comes to rest.
    pub fn rest(&mut self) -> Vec<String> {
        let begin = Instant::now();
        let mut lines = Vec::new();
        loop {
            let before = self.done();
            match self.lines.recv_timeout(REST) {
                Ok(line) => lines.push(line.trim().to_owned()),
                Err(_) if self.done() == before => return lines,
                Err(_) => {}
            }
            assert!(
                begin.elapsed() < PATIENCE,
                "it doesn't come to rest: {lines:#?}"
            );
        }
    }

    /// Sends a signal.
    pub fn send(&self, signal: libc::c_int) {
        let id = libc::pid_t::try_from(self.child.id()).unwrap();
        // SAFETY: a signal to a child that hasn't been waited for, so the number is its own.
        assert_eq!(unsafe { libc::kill(id, signal) }, 0);
    }

    /// Waits until the program has stopped where it was to stop.
    pub fn until_stopped(&self) {
        let id = libc::pid_t::try_from(self.child.id()).unwrap();
        let has_stopped = || {
            let mut status = 0;
            // SAFETY: it asks for the state of a child that hasn't been waited for.
            let found =
                unsafe { libc::waitpid(id, &raw mut status, libc::WUNTRACED | libc::WNOHANG) };
            assert!(found == 0 || libc::WIFSTOPPED(status), "it has ended");
            found == id
        };
        until(has_stopped, "it doesn't stop");
    }

    /// Waits for the end.
    pub fn end(mut self) -> ExitStatus {
        let mut status = None;
        let has_ended = || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        };
        until(has_ended, "it doesn't end");
        status.unwrap()
    }
}

/// Waits with a bound: nothing else tells of the state of a process without waiting for it forever.
fn until(mut is_so: impl FnMut() -> bool, fault: &str) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < PATIENCE, "{fault}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
