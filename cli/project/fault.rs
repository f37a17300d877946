//! Faults for tests: which operation on disk kills or stops the process, or fails.
//!
//! Debug builds ask for them, and those with the feature `failpoints`; in all others nothing of this is there.
//! `ROUTEGEN_FAULT` says which: `kill 17` or `stop 17` at the 17th operation, which has half happened where it can;
//! `28 17` lets it fail with that number of an error, `28 17+` all operations that need space from there on; and `plain`, before
//! one of these or alone, is a file system without hard links and exchanges. `ROUTEGEN_OPERATIONS` names a file to which each operation is appended.

use camino::Utf8Path;

/// An operation that changes the disk, or makes a change of it last.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(
    not(any(debug_assertions, feature = "failpoints")),
    expect(dead_code, reason = "only tests look at what is done")
)]
#[cfg_attr(
    all(
        any(debug_assertions, feature = "failpoints"),
        not(target_os = "linux")
    ),
    expect(dead_code, reason = "only Linux does all of it")
)]
pub enum Operation<'a> {
    /// A folder is made.
    MakeFolder(&'a Utf8Path),
    /// A file is made, or emptied.
    Create(&'a Utf8Path),
    /// Bytes are put into an empty file.
    Write(&'a Utf8Path, &'a [u8]),
    /// What is in a file is made to last.
    Sync(&'a Utf8Path),
    /// The names in a folder are made to last.
    SyncFolder(&'a Utf8Path),
    /// All that was written on the file system of a folder is made to last.
    SyncAll(&'a Utf8Path),
    /// A file is locked.
    Lock(&'a Utf8Path),
    /// A file gets a second name.
    Link(&'a Utf8Path, &'a Utf8Path),
    /// A file gets another name.
    Rename(&'a Utf8Path, &'a Utf8Path),
    /// Two files exchange their names.
    Exchange(&'a Utf8Path, &'a Utf8Path),
    /// A name of a file goes away.
    Remove(&'a Utf8Path),
    /// An empty folder goes away.
    RemoveFolder(&'a Utf8Path),
}

/// Lets an operation happen, unless a test wants something else; `half` is the half of it that has happened when it is cut off.
#[cfg(not(any(debug_assertions, feature = "failpoints")))]
pub fn point(_: Operation<'_>, _: impl FnOnce()) -> std::io::Result<()> {
    Ok(())
}

/// Whether the file system is to be taken for one without hard links and exchanges.
#[cfg(not(any(debug_assertions, feature = "failpoints")))]
pub fn is_plain() -> bool {
    false
}

#[cfg(any(debug_assertions, feature = "failpoints"))]
pub use on_demand::{is_plain, point};

#[cfg(any(debug_assertions, feature = "failpoints"))]
mod on_demand {
    use std::fmt::Write;
    use std::fs::File;
    use std::io::{Error, Result};
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use camino::Utf8Path;

    use super::Operation;

    /// What happens at an operation.
    #[derive(Debug, Clone, Copy)]
    enum Fault {
        Kill,
        Stop,
        /// The number of an error.
        Fail(i32),
        /// The same, then and ever after, of all that needs space.
        FailOn(i32),
    }

    static PLAN: LazyLock<Option<(Fault, usize)>> = LazyLock::new(|| {
        let text = std::env::var("ROUTEGEN_FAULT").ok()?;
        let text = text.strip_prefix("plain ").unwrap_or(&text);
        let (word, number) = text.split_once(' ')?;
        let fault = match (word, number.ends_with('+')) {
            ("kill", _) => Fault::Kill,
            ("stop", _) => Fault::Stop,
            (error, false) => Fault::Fail(error.parse().ok()?),
            (error, true) => Fault::FailOn(error.parse().ok()?),
        };
        Some((fault, number.trim_end_matches('+').parse().ok()?))
    });

    static LOG: LazyLock<Option<File>> = LazyLock::new(|| {
        let path = std::env::var_os("ROUTEGEN_OPERATIONS")?;
        File::options().create(true).append(true).open(path).ok()
    });

    static COUNT: AtomicUsize = AtomicUsize::new(0);

    pub fn is_plain() -> bool {
        static PLAIN: LazyLock<bool> = LazyLock::new(|| {
            std::env::var("ROUTEGEN_FAULT").is_ok_and(|text| text.starts_with("plain"))
        });
        *PLAIN
    }

    pub fn point(operation: Operation<'_>, half: impl FnOnce()) -> Result<()> {
        let number = COUNT.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some((fault, at)) = *PLAN {
            let needs_space = match operation {
                Operation::MakeFolder(_)
                | Operation::Create(_)
                | Operation::Write(..)
                | Operation::Link(..) => true,
                Operation::Sync(_)
                | Operation::SyncFolder(_)
                | Operation::SyncAll(_)
                | Operation::Lock(_)
                | Operation::Rename(..)
                | Operation::Exchange(..)
                | Operation::Remove(_)
                | Operation::RemoveFolder(_) => false,
            };
            match fault {
                Fault::Kill if number == at => {
                    half();
                    die();
                }
                Fault::Stop if number == at => stop(),
                Fault::Fail(error) if number == at => {
                    half();
                    return Err(failure(error, operation));
                }
                Fault::FailOn(error) if number >= at && needs_space => {
                    half();
                    return Err(failure(error, operation));
                }
                Fault::Kill | Fault::Stop | Fault::Fail(_) | Fault::FailOn(_) => {}
            }
        }
        if let Some(mut log) = LOG.as_ref() {
            std::io::Write::write_all(&mut log, line(operation).as_bytes())?;
        }
        Ok(())
    }

    fn failure(number: i32, operation: Operation<'_>) -> Error {
        let error = Error::from_raw_os_error(number);
        let name = line(operation).replace('\t', " ");
        Error::new(error.kind(), format!("{}: {error}", name.trim_end()))
    }

    /// An operation as a line of the log; bytes are in hexadecimal.
    fn line(operation: Operation<'_>) -> String {
        let one = |word: &str, path: &Utf8Path| format!("{word}\t{path}\n");
        let two = |word: &str, from: &Utf8Path, to: &Utf8Path| format!("{word}\t{from}\t{to}\n");
        match operation {
            Operation::MakeFolder(path) => one("make-folder", path),
            Operation::Create(path) => one("create", path),
            Operation::Write(path, bytes) => {
                let mut text = format!("write\t{path}\t");
                for byte in bytes {
                    write!(text, "{byte:02x}").expect("strings don't fail");
                }
                text + "\n"
            }
            Operation::Sync(path) => one("sync", path),
            Operation::SyncFolder(path) => one("sync-folder", path),
            Operation::SyncAll(path) => one("sync-all", path),
            Operation::Lock(path) => one("lock", path),
            Operation::Link(from, to) => two("link", from, to),
            Operation::Rename(from, to) => two("rename", from, to),
            Operation::Exchange(from, to) => two("exchange", from, to),
            Operation::Remove(path) => one("remove", path),
            Operation::RemoveFolder(path) => one("remove-folder", path),
        }
    }

    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    fn die() {
        use rustix::process::{Signal, getpid, kill_process};
        // It doesn't come back.
        let _ = kill_process(getpid(), Signal::KILL);
    }

    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    fn stop() {
        use rustix::process::{Signal, getpid, kill_process};
        let _ = kill_process(getpid(), Signal::STOP);
    }

    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    fn die() {
        std::process::abort();
    }

    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    fn stop() {
        std::thread::park();
    }
}
