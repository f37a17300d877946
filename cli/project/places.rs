//! Which names on disk a project depends on, and the folders that tell of them.
//!
//! Of each file that is looked at these are its own name, those of the folders between it and the project, and those of the links on the way:
//! whichever of them comes to mean something else, the file is another. Of what isn't there it is the first name that is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::lock::{self, Lock};
use super::package::APP_MANIFEST;
use super::scan::{APP, has_functions};

/// How many links may lead to a file, as in Linux.
const MAX_LINKS: usize = 40;

/// What a change is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touched {
    /// What stands there, or who may do what with it.
    Name,
    /// The bytes of a file.
    Bytes,
}

/// The names that a project depends on; two are equal if all of it leads to the same.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The folders that the names are in, in one spelling.
    pub folders: BTreeSet<Utf8PathBuf>,
    names: BTreeSet<Utf8PathBuf>,
    /// The project's folder, where it really lies.
    root: Utf8PathBuf,
    /// Where `app/` really lies, all of which is looked at.
    app: Option<Utf8PathBuf>,
}

impl Places {
    /// Of the project at `root`, and the files that were `read` or looked for, relative to the root.
    pub fn of(root: &Utf8Path, read: &[Utf8PathBuf]) -> Self {
        let mut places = Self::default();
        let absolute = std::path::absolute(root).ok();
        let Some(absolute) = absolute.and_then(|path| Utf8PathBuf::try_from(path).ok()) else {
            return places;
        };
        places.root.clone_from(&absolute);
        let Some(root) = places.follow(Utf8PathBuf::new(), &absolute) else {
            return places;
        };
        places.root.clone_from(&root);
        places.app = places.follow(root.clone(), Utf8Path::new(APP));
        if let Some(app) = places.app.clone() {
            places.list(&app);
        }
        let lock = fs_err::read(root.join(lock::FILE_NAME)).unwrap_or_default();
        let lock = Lock::parse(&String::from_utf8_lossy(&lock));
        let functions = lock.functions.values().map(|function| &function.path);
        let written = lock.ours.keys().chain(&lock.created).chain(functions);
        let own = [lock::FILE_NAME, "Cargo.toml", APP_MANIFEST].map(Utf8PathBuf::from);
        let mut ways: BTreeMap<Utf8PathBuf, Option<Utf8PathBuf>> = BTreeMap::new();
        for path in own.iter().chain(written).chain(read) {
            let (folder, name) = match (path.parent(), path.file_name()) {
                (Some(folder), Some(name)) => (folder, name),
                (None, _) | (_, None) => continue,
            };
            if !ways.contains_key(folder) {
                let found = places.follow(root.clone(), folder);
                ways.insert(folder.to_owned(), found);
            }
            if let Some(Some(folder)) = ways.get(folder) {
                places.follow(folder.clone(), Utf8Path::new(name));
            }
        }
        places
    }

    /// Whether the project is another if this path is.
    pub fn have(&self, path: &Path, touched: Touched) -> bool {
        let Some(path) = Utf8Path::from_path(path) else {
            return false;
        };
        let in_app = self
            .app
            .as_deref()
            .and_then(|app| path.strip_prefix(app).ok());
        self.names.contains(path)
            || self.folders.contains(path)
            || in_app.is_some_and(|path| match touched {
                Touched::Name => true,
                Touched::Bytes => has_functions(&Utf8Path::new(APP).join(path)),
            })
    }

    /// Goes along a path, notes each name on the way, and returns where it really leads if something is there.
    fn follow(&mut self, from: Utf8PathBuf, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let mut here = from;
        let mut rest = parts(path);
        let mut links = 0;
        while let Some(part) = rest.pop() {
            match part.as_str() {
                "." => continue,
                ".." => {
                    here.pop();
                    continue;
                }
                _ => {}
            }
            let next = here.join(&part);
            if next.file_name().is_none() {
                // Where a whole path begins.
                here = next;
                continue;
            }
            let there = std::fs::symlink_metadata(&next).ok();
            let is_folder = there.as_ref().is_some_and(|there| there.is_dir());
            // What lies above the project is none of its business, and may change all the time.
            let is_above = is_folder && self.root != next && self.root.starts_with(&next);
            if !is_above {
                self.folders.insert(here.clone());
                self.names.insert(next.clone());
            }
            if there?.is_symlink() {
                links += 1;
                let target = next.read_link_utf8().ok()?;
                rest.extend((links <= MAX_LINKS).then(|| parts(&target))?);
            } else {
                here = next;
            }
        }
        Some(here)
    }

    /// Notes a folder and all below it, links aside.
    fn list(&mut self, folder: &Utf8Path) {
        let Ok(entries) = folder.read_dir_utf8() else {
            return;
        };
        self.folders.insert(folder.to_owned());
        for entry in entries.flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.list(entry.path());
            }
        }
    }
}

/// The parts of a path, the first one last.
fn parts(path: &Utf8Path) -> Vec<String> {
    let parts = path.components().rev();
    parts
        .map(|part: Utf8Component<'_>| part.as_str().to_owned())
        .collect()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn each_name_on_the_way_is_followed_and_nothing_above_the_project() {
        let folder = tempfile::tempdir().unwrap();
        let top = Utf8PathBuf::try_from(folder.path().canonicalize().unwrap()).unwrap();
        for path in ["shop/app/api/books", "shop/docs/api", "ext/r1"] {
            fs_err::create_dir_all(top.join(path)).unwrap();
        }
        fs_err::os::unix::fs::symlink("r1", top.join("ext/current")).unwrap();
        fs_err::write(top.join("ext/r1/openapi.yaml"), "").unwrap();
        let read = [
            "docs/api/openapi.yaml",
            "../ext/current/openapi.yaml",
            "gone/far/a.yaml",
            "routegen.toml",
        ];
        let places = Places::of(&top.join("shop"), &read.map(Utf8PathBuf::from));
        let check = |path: &str, name: bool, bytes: bool| {
            let path = top.join(path);
            let have = |touched| places.have(path.as_std_path(), touched);
            assert_eq!(
                (have(Touched::Name), have(Touched::Bytes)),
                (name, bytes),
                "{path}"
            );
        };
        check("shop", true, true);
        check("shop/routegen.toml", true, true);
        check("shop/server.log", false, false);
        check("shop/target", false, false);
        check("shop/docs", true, true);
        check("shop/docs/api", true, true);
        check("shop/docs/api/openapi.yaml", true, true);
        check("shop/docs/api/other.yaml", false, false);
        check("ext", true, true);
        check("ext/current", true, true);
        check("ext/r1/openapi.yaml", true, true);
        check("ext/r2", false, false);
        check("shop/gone", true, true);
        check("shop/gone/far", false, false);
        check("shop/app/api/books/route.rs", true, true);
        check("shop/app/api/books/server.log", true, false);
        check("other", false, false);
        let above = top.parent().unwrap();
        assert!(!places.folders.contains(above), "{:?}", places.folders);
    }
}
