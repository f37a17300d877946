//! Single operations on disk, each of which has happened or hasn't; nothing else of this program writes to a project.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{Metadata, TryLockError};
use std::io::{ErrorKind, Result, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::fault::{Operation, is_plain, point};
use super::fingerprint::Fingerprint;
use super::owner;

/// What became of an operation that not every file system has, and that never overwrites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It happened.
    Done,
    /// Something stands where something was to be put, or nothing where something was to be taken.
    InTheWay,
    /// The file system can't do it.
    CantBe,
}

/// When what was written must last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasting {
    /// When the call returns.
    Now,
    /// When [`sync_all`] returns.
    Later,
}

/// Of the bytes of a file, if one is there: none is under a name that no file can have, and a folder has none.
pub fn print_of(path: &Utf8Path) -> Result<Option<Fingerprint>> {
    match fs_err::read(path) {
        Ok(bytes) => Ok(Some(Fingerprint::of_bytes(&bytes))),
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::NotFound
                    | ErrorKind::NotADirectory
                    | ErrorKind::IsADirectory
                    | ErrorKind::InvalidFilename
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Whether anything stands there, be it a link to nowhere.
pub fn is_there(path: &Utf8Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

/// Whether a file stands there that nobody may write to, by its mode: who asks may be somebody for whom no mode counts.
pub fn is_protected(path: &Utf8Path) -> bool {
    let metadata = std::fs::symlink_metadata(path);
    metadata.is_ok_and(|metadata| metadata.is_file() && metadata.permissions().readonly())
}

/// Whether a symbolic link stands there.
pub fn is_link(path: &Utf8Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}

/// Whether a folder stands there, and no link to one.
pub fn is_folder(path: &Utf8Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Whether two folders are on one file system.
#[cfg(unix)]
pub fn is_beside(one: &Utf8Path, other: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Utf8Path| std::fs::metadata(path).map(|metadata| metadata.dev()).ok();
    device(one).is_some_and(|one| Some(one) == device(other))
}

/// Whether two folders are on one file system; this system doesn't say, and has no [`sync_all`] that would need it.
#[cfg(not(unix))]
pub fn is_beside(_: &Utf8Path, _: &Utf8Path) -> bool {
    false
}

/// Whether two names are of one file.
#[cfg(unix)]
pub fn is_same(one: &Utf8Path, other: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |path: &Utf8Path| {
        let metadata = std::fs::symlink_metadata(path).ok()?;
        Some((metadata.dev(), metadata.ino()))
    };
    id(one).is_some_and(|one| Some(one) == id(other))
}

/// Whether two names are of one file; this system doesn't say.
#[cfg(not(unix))]
pub fn is_same(_: &Utf8Path, _: &Utf8Path) -> bool {
    false
}

/// Whether a name is that of an open file: it may have been taken away, and given to another one.
#[cfg(unix)]
pub fn is_open(path: &Utf8Path, file: &fs_err::File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    let open = file.metadata().map(id).ok();
    open.is_some() && open == std::fs::symlink_metadata(path).map(id).ok()
}

/// Whether a name is that of an open file: this system doesn't say, but whether it is there.
#[cfg(not(unix))]
pub fn is_open(path: &Utf8Path, _: &fs_err::File) -> bool {
    is_there(path)
}

/// Whether a folder holds one entry of this name at the most.
pub fn holds_nothing_but(folder: &Utf8Path, name: &str) -> bool {
    let entries = fs_err::read_dir(folder);
    entries.is_ok_and(|mut entries| {
        entries.all(|entry| entry.is_ok_and(|entry| entry.file_name() == name))
    })
}

/// Whether two paths are of one name: a folder is a link to the other's, or the file system takes one spelling for the
/// other. Two names of one file, which a half-lasted renaming leaves, aren't.
pub fn is_one_name(one: &Utf8Path, other: &Utf8Path) -> Result<bool> {
    let (Some(folder), Some(name)) = (one.parent(), one.file_name()) else {
        return Ok(one == other);
    };
    let (Some(other_folder), Some(other_name)) = (other.parent(), other.file_name()) else {
        return Ok(false);
    };
    if fs_err::canonicalize(folder)? != fs_err::canonicalize(other_folder)?
        && !is_same(folder, other_folder)
    {
        return Ok(false);
    }
    let entries = fs_err::read_dir(folder)?.map(|entry| Ok(entry?.file_name()));
    let entries: BTreeSet<OsString> = entries.collect::<Result<_>>()?;
    let are_both = [name, other_name]
        .iter()
        .all(|name| entries.contains(OsStr::new(name)));
    Ok(name == other_name || !are_both)
}

/// Makes a folder and those above it, as far as they aren't there; returns those that were made, outermost first.
pub fn make_folders(folder: &Utf8Path) -> Result<Vec<Utf8PathBuf>> {
    let missing = folder
        .ancestors()
        .take_while(|folder| !folder.as_str().is_empty() && !folder.is_dir());
    let mut missing: Vec<Utf8PathBuf> = missing.map(Utf8Path::to_owned).collect();
    missing.reverse();
    for folder in &missing {
        point(Operation::MakeFolder(folder), || ())?;
        match fs_err::create_dir(folder) {
            // Somebody else was quicker.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
            result => result?,
        }
        owner::give_to_folder(folder);
    }
    Ok(missing)
}

/// Opens the file that whoever writes to a project locks, and makes it if it isn't there.
pub fn open_lock(path: &Utf8Path) -> Result<fs_err::File> {
    let is_new = !is_there(path);
    if is_new {
        point(Operation::Create(path), || ())?;
    }
    let file = fs_err::OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)?;
    if is_new {
        owner::give_to_folder(path);
    }
    Ok(file)
}

/// Locks a file, unless somebody else has.
pub fn try_lock(path: &Utf8Path, file: &fs_err::File) -> std::result::Result<(), TryLockError> {
    point(Operation::Lock(path), || ()).map_err(TryLockError::Error)?;
    file.file().try_lock()
}

/// Writes a file that only this program has the name of; what stands there goes, and is never written through. Mode and
/// owner are those of the file that it is `like`, if there is one.
pub fn write(
    path: &Utf8Path,
    bytes: &[u8],
    like: Option<&Metadata>,
    lasting: Lasting,
) -> Result<()> {
    remove(path)?;
    point(Operation::Create(path), || ())?;
    let mut file = fs_err::File::create_new(path)?;
    let half = || drop(std::fs::write(path, &bytes[..bytes.len() / 2]));
    point(Operation::Write(path, bytes), half)?;
    file.write_all(bytes)?;
    match like {
        Some(like) => {
            owner::give_as_before(path, like);
            file.set_permissions(like.permissions())?;
        }
        None => owner::give_to_folder(path),
    }
    match lasting {
        Lasting::Now => sync(path, &file),
        Lasting::Later => Ok(()),
    }
}

/// On macOS this is `F_FULLFSYNC`, on Windows `FlushFileBuffers`: both reach the medium.
fn sync(path: &Utf8Path, file: &fs_err::File) -> Result<()> {
    point(Operation::Sync(path), || ())?;
    file.sync_all()
}

/// Gives a file new bytes at once and for good: `beside` must be on its file system.
pub fn replace(path: &Utf8Path, bytes: &[u8], beside: &Utf8Path) -> Result<()> {
    write(beside, bytes, None, Lasting::Now)?;
    rename(beside, path)?;
    sync_folder(path.parent().expect("a file has a folder"))
}

/// Copies a file, for good.
pub fn copy(from: &Utf8Path, to: &Utf8Path) -> Result<()> {
    let metadata = fs_err::metadata(from)?;
    write(to, &fs_err::read(from)?, Some(&metadata), Lasting::Now)
}

/// Whether [`sync_all`] can be called.
pub const SYNCS_ALL: bool = cfg!(target_os = "linux");

/// Waits until all that was written on the file system of a folder lasts, bytes and names.
#[cfg(target_os = "linux")]
pub fn sync_all(folder: &Utf8Path) -> Result<()> {
    point(Operation::SyncAll(folder), || ())?;
    let synced = rustix::fs::syncfs(fs_err::File::open(folder)?.file());
    synced.map_err(|error| named(folder, error.into()))
}

/// Elsewhere nothing waits for all at once: each file and each folder has to be waited for.
#[cfg(not(target_os = "linux"))]
pub fn sync_all(_: &Utf8Path) -> Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Makes the names in a folder last.
#[cfg(unix)]
pub fn sync_folder(folder: &Utf8Path) -> Result<()> {
    point(Operation::SyncFolder(folder), || ())?;
    let synced = fs_err::File::open(folder).and_then(|folder| folder.sync_all());
    match synced {
        // Some network file systems don't know of it, and a folder that may not be read can't be opened.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::Unsupported | ErrorKind::PermissionDenied
            ) =>
        {
            Ok(())
        }
        result => result,
    }
}

/// Folders can't be opened here; NTFS writes names in the order in which they were made, through a journal of its own.
#[cfg(not(unix))]
pub fn sync_folder(folder: &Utf8Path) -> Result<()> {
    point(Operation::SyncFolder(folder), || ())
}

/// Gives a file a second name. It never overwrites.
pub fn link(from: &Utf8Path, to: &Utf8Path) -> Result<Outcome> {
    if is_plain() {
        return Ok(Outcome::CantBe);
    }
    point(Operation::Link(from, to), || ())?;
    match std::fs::hard_link(from, to) {
        Ok(()) => Ok(Outcome::Done),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(Outcome::InTheWay),
        // Whoever may not write there finds it out by writing a copy.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::CrossesDevices
                    | ErrorKind::Unsupported
                    | ErrorKind::PermissionDenied
                    | ErrorKind::TooManyLinks
            ) =>
        {
            Ok(Outcome::CantBe)
        }
        Err(error) => Err(named(to, error)),
    }
}

/// Gives a file a second name in the work folder, or copies it where there are no such names; a copy is there whole or not at all.
pub fn keep(file: &Utf8Path, kept: &Utf8Path) -> Result<()> {
    match link(file, kept)? {
        Outcome::Done => Ok(()),
        Outcome::InTheWay | Outcome::CantBe => {
            let beside = Utf8PathBuf::from(format!("{kept}.new"));
            copy(file, &beside)?;
            rename(&beside, kept)
        }
    }
}

/// Exchanges the names of two files in one moment.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
pub fn exchange(one: &Utf8Path, other: &Utf8Path) -> Result<Outcome> {
    rename_with(
        Operation::Exchange(one, other),
        rustix::fs::RenameFlags::EXCHANGE,
        (one, other),
    )
}

/// Exchanges the names of two files, which this system doesn't do.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
pub fn exchange(_: &Utf8Path, _: &Utf8Path) -> Result<Outcome> {
    Ok(Outcome::CantBe)
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn rename_with(
    operation: Operation<'_>,
    flags: rustix::fs::RenameFlags,
    (from, to): (&Utf8Path, &Utf8Path),
) -> Result<Outcome> {
    use rustix::fs::{CWD, renameat_with};
    use rustix::io::Errno;
    if is_plain() {
        return Ok(Outcome::CantBe);
    }
    point(operation, || ())?;
    match renameat_with(CWD, from.as_std_path(), CWD, to.as_std_path(), flags) {
        Ok(()) => Ok(Outcome::Done),
        Err(Errno::EXIST | Errno::NOENT) => Ok(Outcome::InTheWay),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP | Errno::XDEV) => Ok(Outcome::CantBe),
        Err(error) => Err(named(to, error.into())),
    }
}

/// Renames a file; what stands there goes.
pub fn rename(from: &Utf8Path, to: &Utf8Path) -> Result<()> {
    point(Operation::Rename(from, to), || ())?;
    fs_err::rename(from, to)
}

/// Renames a file to a name that nobody has; it can't be done from one file system to another.
pub fn rename_new(from: &Utf8Path, to: &Utf8Path) -> Result<Outcome> {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        let flags = rustix::fs::RenameFlags::NOREPLACE;
        match rename_with(Operation::Rename(from, to), flags, (from, to))? {
            Outcome::CantBe => {}
            outcome => return Ok(outcome),
        }
    }
    // Between this look and the renaming is the one moment that such systems leave.
    if is_there(to) || !is_there(from) {
        return Ok(Outcome::InTheWay);
    }
    match rename(from, to) {
        Err(error) if error.kind() == ErrorKind::CrossesDevices => Ok(Outcome::CantBe),
        result => result.map(|()| Outcome::Done),
    }
}

/// Puts a copy of a file where nothing stands, for good; `beside` is a name on the same file system, where it may be half.
pub fn bring(from: &Utf8Path, to: &Utf8Path, beside: &Utf8Path) -> Result<Outcome> {
    match is_link(from) {
        true => copy_link(from, beside)?,
        false => copy(from, beside)?,
    }
    let outcome = rename_new(beside, to)?;
    match outcome {
        Outcome::Done => sync_folder(to.parent().expect("a file has a folder"))?,
        Outcome::InTheWay | Outcome::CantBe => remove(beside)?,
    }
    Ok(outcome)
}

#[cfg(unix)]
fn copy_link(from: &Utf8Path, to: &Utf8Path) -> Result<()> {
    remove(to)?;
    point(Operation::Create(to), || ())?;
    fs_err::os::unix::fs::symlink(fs_err::read_link(from)?, to)
}

/// Elsewhere it must be known whether a link leads to a file or to a folder, which may not be there.
#[cfg(not(unix))]
fn copy_link(_: &Utf8Path, _: &Utf8Path) -> Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Removes a file, if it is there.
pub fn remove(path: &Utf8Path) -> Result<()> {
    if !is_there(path) {
        return Ok(());
    }
    point(Operation::Remove(path), || ())?;
    match fs_err::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Removes a folder, if nothing is in it.
pub fn remove_if_empty(folder: &Utf8Path) -> Result<Outcome> {
    let is_empty = fs_err::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    if !is_empty {
        return Ok(Outcome::InTheWay);
    }
    point(Operation::RemoveFolder(folder), || ())?;
    // It fails if somebody put something in it, which is what we want.
    match fs_err::remove_dir(folder) {
        Ok(()) => Ok(Outcome::Done),
        Err(_) => Ok(Outcome::InTheWay),
    }
}

/// Removes a folder of files.
pub fn remove_folder(folder: &Utf8Path) -> Result<()> {
    let entries = match fs_err::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    let paths = entries.map(|entry| Ok(entry?.path()));
    let mut paths: Vec<std::path::PathBuf> = paths.collect::<Result<_>>()?;
    paths.sort();
    for path in paths {
        remove(Utf8Path::from_path(&path).ok_or(ErrorKind::InvalidFilename)?)?;
    }
    remove_if_empty(folder)?;
    Ok(())
}

/// An error with the path that it is about.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn named(path: &Utf8Path, error: std::io::Error) -> std::io::Error {
    std::io::Error::new(error.kind(), format!("`{path}`: {error}"))
}
