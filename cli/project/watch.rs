//! Word of changes in what a project depends on.
//!
//! Folders are watched, not files: an editor that saves by renaming puts another file into the place of the one that was
//! watched. Each folder is watched by itself, since all below the root would be `target/` too, where cargo writes
//! without end.

use std::sync::Arc;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::places::{Places, Touched};

/// Word of changes, as long as it lives.
#[derive(Debug)]
pub struct Watcher {
    _watcher: RecommendedWatcher,
}

impl Watcher {
    /// Watches `places`; `changed` is called, in another thread, whenever one of them changes.
    ///
    /// # Errors
    ///
    /// When the system doesn't let them be watched.
    pub fn new(places: &Arc<Places>, changed: impl Fn() + Send + 'static) -> anyhow::Result<Self> {
        let asked = Arc::clone(places);
        let told = move |event: notify::Result<Event>| {
            // Something got lost where there is an error.
            if event
                .as_ref()
                .map_or(true, |event| is_change(event, &asked))
            {
                changed();
            }
        };
        let mut watcher = notify::recommended_watcher(told).map_err(unwatched)?;
        let mut paths = watcher.paths_mut();
        for folder in &places.folders {
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

/// Whether something is another than before: reading, which we do ourselves, changes nothing, and neither does a log that grows
/// beside the contract.
fn is_change(event: &Event, places: &Places) -> bool {
    let touched = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Modify(ModifyKind::Any | ModifyKind::Data(_)) => Touched::Bytes,
        EventKind::Access(_) => return false,
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => Touched::Name,
    };
    let mut paths = event.paths.iter();
    // Without a path it is told that something got lost.
    event.paths.is_empty() || paths.any(|path| places.have(path, touched))
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
