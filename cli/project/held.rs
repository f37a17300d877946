//! Whether somebody is writing a file: what a program writes that has it open goes wherever the file went, so such a file is not replaced.
//!
//! Linux says it: a lease on a file is refused as long as any process has the file open for writing, since before this program began too.
//! Elsewhere, on network file systems and of other people's files nothing is said, and a program that keeps on watching goes by the
//! time of the last change ([`is_unrested`]).

use std::time::{Duration, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};

use super::fault::is_plain;
use super::scan::app_files;

/// How long a file of which nothing else is known must not have been written to until it is taken for done with.
const REST: Duration = Duration::from_secs(5);

/// What is known of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hands {
    /// Nobody has it open for writing.
    None,
    /// Somebody has.
    Some,
    /// The system doesn't say.
    Unknown,
}

/// Whether somebody is known to have the file open for writing.
pub fn is_held(path: &Utf8Path) -> bool {
    hands(path) == Hands::Some
}

/// The same; and where nothing is known, whether it was written to only just now.
pub fn is_unrested(path: &Utf8Path) -> bool {
    match hands(path) {
        Hands::None => false,
        Hands::Some => true,
        Hands::Unknown => is_young(path),
    }
}

/// The files of the project at `root` that somebody is known to be writing, of those in `app/` that are Rust and those that are
/// `read`.
pub fn held(root: &Utf8Path, read: &[Utf8PathBuf]) -> Vec<Utf8PathBuf> {
    // What can't be listed is said by the run.
    let files = app_files(root).unwrap_or_default();
    let files = files.iter().filter(|path| path.extension() == Some("rs"));
    let paths = files.chain(read).filter(|path| is_held(&root.join(path)));
    paths.cloned().collect()
}

fn is_young(path: &Utf8Path) -> bool {
    let Ok(changed) = std::fs::metadata(path).and_then(|metadata| metadata.modified()) else {
        return false;
    };
    // A clock that was put back may be far behind; nobody waits for that.
    let age = match SystemTime::now().duration_since(changed) {
        Ok(age) => age,
        Err(ahead) => ahead.duration(),
    };
    age < REST
}

fn hands(path: &Utf8Path) -> Hands {
    let is_file = std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    if !is_file {
        return Hands::None;
    }
    if is_plain() {
        return Hands::Unknown;
    }
    said_by_system(path)
}

#[cfg(target_os = "linux")]
fn said_by_system(path: &Utf8Path) -> Hands {
    use std::os::fd::AsRawFd;
    /// As `fcntl(2)` numbers it, which `libc` leaves out.
    const F_SETSIG: libc::c_int = 10;
    let Ok(file) = std::fs::File::open(path) else {
        return Hands::Unknown;
    };
    if is_shared(&file) {
        return Hands::Unknown;
    }
    let lease = |command, argument: libc::c_int| {
        // SAFETY: both commands take a number, and the descriptor is open as long as `file`.
        match unsafe { libc::fcntl(file.as_raw_fd(), command, argument) } {
            -1 => Err(std::io::Error::last_os_error()),
            _ => Ok(()),
        }
    };
    // Whoever opens the file in this moment waits for the lease to end, of which a signal tells: one that nobody minds, where the
    // usual one would end the program.
    let leased =
        lease(F_SETSIG, libc::SIGURG).and_then(|()| lease(libc::F_SETLEASE, libc::F_RDLCK));
    match leased {
        Ok(()) => {
            // Closing the file ends it as well.
            let _ = lease(libc::F_SETLEASE, libc::F_UNLCK);
            Hands::None
        }
        Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => Hands::Some,
        Err(_) => Hands::Unknown,
    }
}

/// Whether a file may be written by another machine, of which this one knows nothing.
#[cfg(target_os = "linux")]
fn is_shared(file: &std::fs::File) -> bool {
    /// NFS, SMB, CIFS, SMB 2, 9P and FUSE, as `statfs(2)` numbers them.
    const SHARED: [u32; 6] = [
        0x6969,
        0x517b,
        0xff53_4d42,
        0xfe53_4d42,
        0x0102_1997,
        0x6573_5546,
    ];
    rustix::fs::fstatfs(file).map_or(true, |system| SHARED.contains(&(system.f_type as u32)))
}

#[cfg(not(target_os = "linux"))]
fn said_by_system(_: &Utf8Path) -> Hands {
    Hands::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_is_held_as_long_as_somebody_has_it_open_for_writing() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::try_from(folder.path().join("route.rs")).unwrap();
        let file = fs_err::File::create(&path).unwrap();
        assert!(is_held(&path));
        drop(file);
        let _reader = fs_err::File::open(&path).unwrap();
        assert!(!is_held(&path));
        let appending = fs_err::OpenOptions::new().append(true).open(&path).unwrap();
        assert!(is_held(&path));
        drop(appending);
        assert!(!is_held(&path));
        assert!(!is_held(&path.join("nothing")));
    }

    #[test]
    fn a_file_rests_when_it_was_written_long_ago() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::try_from(folder.path().join("route.rs")).unwrap();
        let file = fs_err::File::create(&path).unwrap();
        assert!(is_young(&path));
        for changed in [SystemTime::now() - 2 * REST, SystemTime::now() + 2 * REST] {
            file.file().set_modified(changed).unwrap();
            assert!(!is_young(&path));
        }
    }
}
