//! Which folders a project depends on, and word of changes in them.
//!
//! Folders are watched, not files: an editor that saves by renaming puts another file into the place of the one that was
//! watched. Each folder is watched by itself, since all below the root would be `target/` too, where cargo writes
//! without end.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use notify::event::{AccessKind, AccessMode};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::lock::{self, Lock};
use super::scan::APP;

/// Word of changes, as long as it lives.
#[derive(Debug)]
pub struct Watcher {
    _watcher: RecommendedWatcher,
}

/// The folders of the project at `root`, and those of the files that were `read` or looked for, relative to the root; of what
/// isn't there, the next one above that is.
pub fn folders(root: &Utf8Path, read: &[Utf8PathBuf]) -> BTreeSet<Utf8PathBuf> {
    let mut folders = BTreeSet::from([there(root)]);
    below(&root.join(APP), &mut folders);
    let lock = fs_err::read(root.join(lock::FILE_NAME)).unwrap_or_default();
    let lock = Lock::parse(&String::from_utf8_lossy(&lock));
    let written = lock.ours.keys().chain(&lock.created);
    for path in written.chain(read).map(|path| root.join(path)) {
        folders.extend(path.parent().map(there));
        // What is behind a link changes at its own place.
        let target = path.canonicalize_utf8().ok();
        folders.extend(target.as_deref().and_then(Utf8Path::parent).map(there));
    }
    folders
}

/// The folder itself, or the next one above that is there, in one spelling.
fn there(folder: &Utf8Path) -> Utf8PathBuf {
    let folders = folder.ancestors().map(|folder| match folder.as_str() {
        "" => Utf8Path::new("."),
        _ => folder,
    });
    let found = folders
        .filter(|folder| folder.is_dir())
        .find_map(|folder| folder.canonicalize_utf8().ok());
    found.unwrap_or_else(|| folder.to_owned())
}

/// A folder and all below it, links aside.
fn below(folder: &Utf8Path, folders: &mut BTreeSet<Utf8PathBuf>) {
    let Ok(entries) = folder.read_dir_utf8() else {
        return;
    };
    folders.insert(there(folder));
    for entry in entries.flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            below(entry.path(), folders);
        }
    }
}

impl Watcher {
    /// Watches `folders`; `changed` is called, in another thread, whenever something changes in one of them.
    ///
    /// # Errors
    ///
    /// When the system doesn't let them be watched.
    pub fn new(
        folders: &BTreeSet<Utf8PathBuf>,
        changed: impl Fn() + Send + 'static,
    ) -> anyhow::Result<Self> {
        let told = move |event: notify::Result<Event>| {
            // Something got lost where there is an error.
            if event.as_ref().map_or(true, is_change) {
                changed();
            }
        };
        let mut watcher = notify::recommended_watcher(told).map_err(unwatched)?;
        let mut paths = watcher.paths_mut();
        for folder in folders {
            match paths.add(folder.as_std_path(), RecursiveMode::NonRecursive) {
                Ok(()) => {}
                // It was removed since; the folder above tells of that.
                Err(error) if is_gone(&error) => {}
                Err(error) => return Err(unwatched(error)),
            }
        }
        paths.commit().map_err(unwatched)?;
        Ok(Self { _watcher: watcher })
    }
}

/// Whether something is another than before: reading, which we do ourselves, changes nothing.
fn is_change(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    }
}

fn is_gone(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        ErrorKind::Generic(_)
        | ErrorKind::WatchNotFound
        | ErrorKind::InvalidConfig(_)
        | ErrorKind::MaxFilesWatch => false,
    }
}

fn unwatched(error: notify::Error) -> anyhow::Error {
    match error.kind {
        ErrorKind::MaxFilesWatch => anyhow::anyhow!(
            "the system lets no more folders be watched; raise `fs.inotify.max_user_watches`"
        ),
        ErrorKind::Generic(_)
        | ErrorKind::Io(_)
        | ErrorKind::PathNotFound
        | ErrorKind::WatchNotFound
        | ErrorKind::InvalidConfig(_) => {
            anyhow::anyhow!("the project's folders can't be watched: {error}")
        }
    }
}
