//! What is in the user's folder now.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::fingerprint::Fingerprint;
use super::lock::{self, Lock};
use super::rust_file::{NotRust, RustFile};
use super::user_routes::{UserHandler, UserRoute, UserRoutes};
use crate::model::Method;
use crate::render::{Content, Emitted};

/// The folder in which routes live.
pub const APP: &str = "app";

/// The user's folder, as far as we may have to do with it.
#[derive(Debug, Default)]
pub struct Project {
    /// What we wrote the last time.
    pub lock: Lock,
    /// The bytes of `routegen.lock`, if there is one.
    pub lock_bytes: Option<Arc<[u8]>>,
    /// What stands at the paths we looked at, relative to the root. What isn't there has no entry.
    pub entries: BTreeMap<Utf8PathBuf, Entry>,
    /// Every file under `app/`.
    pub app_files: BTreeSet<Utf8PathBuf>,
    /// Those of them that are links, with what the links say.
    pub links: BTreeMap<Utf8PathBuf, Utf8PathBuf>,
    /// Folders under `app/` that have a file whose name isn't Unicode.
    pub unnamed: BTreeSet<Utf8PathBuf>,
}

/// What stands at a path.
#[derive(Debug)]
pub enum Entry {
    /// A file.
    File(DiskFile),
    /// A folder, a device, or something below what is a file: no file of a project can stand there.
    Other,
}

/// A file's text and what stands where in it.
type ReadRust = (Arc<str>, Box<RustFile>);

/// A file on disk.
#[derive(Debug)]
pub struct DiskFile {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Of its bytes.
    pub print: Fingerprint,
    rust: OnceLock<Result<ReadRust, NotRust>>,
}

impl DiskFile {
    /// A file with these bytes.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self {
            print: Fingerprint::of_bytes(&bytes),
            bytes: bytes.into(),
            rust: OnceLock::new(),
        }
    }

    /// Its text and what we need to know of it as Rust.
    ///
    /// # Errors
    ///
    /// When it isn't Rust.
    pub fn rust(&self) -> Result<&ReadRust, &NotRust> {
        let read = || {
            let text = std::str::from_utf8(&self.bytes).map_err(|error| NotRust {
                message: "it is not UTF-8 text".to_owned(),
                range: error.valid_up_to()..error.valid_up_to(),
            })?;
            Ok((text.into(), Box::new(RustFile::parse(text)?)))
        };
        self.rust.get_or_init(read).as_ref()
    }
}

impl Project {
    /// Looks at the folder `root`: its lock, the files that it knows, and all of `app/`.
    ///
    /// # Errors
    ///
    /// When something can't be read; the message names the path.
    pub fn scan(root: &Utf8Path) -> anyhow::Result<Self> {
        let mut project = Self::default();
        project.look(root, [lock::FILE_NAME.into()].into())?;
        project.lock_bytes = project
            .file(Utf8Path::new(lock::FILE_NAME))
            .map(|file| file.bytes.clone());
        if let Some(bytes) = &project.lock_bytes {
            project.lock = Lock::parse(&String::from_utf8_lossy(bytes));
        }
        list(root, Utf8Path::new(APP), &mut project)?;
        project.follow_folders();
        let functions = project.app_files.iter().filter(|path| has_functions(path));
        let known = project.lock.ours.keys().chain(&project.lock.created).chain(
            project
                .lock
                .functions
                .values()
                .map(|function| &function.path),
        );
        let paths: BTreeSet<Utf8PathBuf> = functions.chain(known).cloned().collect();
        project.look(root, paths)?;
        Ok(project)
    }

    /// Whether the user has made a folder of the module that a file is: a second file for it would be no Rust any more.
    pub fn is_folder_module(&self, path: &Utf8Path) -> bool {
        // Of `route.rs` the router says where it stands.
        path.parent() == Some(Utf8Path::new(APP))
            && path.extension() == Some("rs")
            && !self.app_files.contains(path)
            && self.app_files.contains(&as_folder(path))
    }

    /// Leads what the lock knows of files that became folders there.
    fn follow_folders(&mut self) {
        let (mut functions, mut preambles) = (
            std::mem::take(&mut self.lock.functions),
            std::mem::take(&mut self.lock.preambles),
        );
        for function in functions.values_mut() {
            if self.is_folder_module(&function.path) {
                function.path = as_folder(&function.path);
            }
        }
        preambles = preambles
            .into_iter()
            .map(|(path, print)| match self.is_folder_module(&path) {
                true => (as_folder(&path), print),
                false => (path, print),
            })
            .collect();
        (self.lock.functions, self.lock.preambles) = (functions, preambles);
    }

    /// Leads files with functions to where the user has their modules.
    pub fn settle(&self, emitted: &mut Emitted) {
        for file in &mut emitted.files {
            match file.content {
                Content::Functions(_) if self.is_folder_module(&file.path) => {
                    file.path = as_folder(&file.path);
                }
                Content::Functions(_) | Content::Ours(_) | Content::Yours(_) => {}
            }
        }
    }

    /// Looks at the places where files would be written.
    ///
    /// # Errors
    ///
    /// When something can't be read; the message names the path.
    pub fn look_for(&mut self, root: &Utf8Path, emitted: &Emitted) -> anyhow::Result<()> {
        let paths = emitted.files.iter().map(|file| file.path.clone());
        let missing = paths
            .filter(|path| !self.entries.contains_key(path))
            .collect();
        self.look(root, missing)
    }

    fn look(&mut self, root: &Utf8Path, paths: BTreeSet<Utf8PathBuf>) -> anyhow::Result<()> {
        let read = |path: Utf8PathBuf| Ok(read_entry(root, &path)?.map(|entry| (path, entry)));
        let found: Vec<Option<(Utf8PathBuf, Entry)>> = paths
            .into_par_iter()
            .map(read)
            .collect::<anyhow::Result<_>>()?;
        self.entries.extend(found.into_iter().flatten());
        Ok(())
    }

    /// The file at a path.
    pub fn file(&self, path: &Utf8Path) -> Option<&DiskFile> {
        match self.entries.get(path) {
            Some(Entry::File(file)) => Some(file),
            Some(Entry::Other) | None => None,
        }
    }

    /// The names of the handlers that a `route.rs` gives away; none if it isn't Rust.
    pub fn user_route(&self, path: &Utf8Path) -> Vec<String> {
        let is_route = path.file_name() == Some("route.rs");
        let file = self
            .file(path)
            .filter(|_| is_route)
            .and_then(|file| file.rust().ok());
        file.map(|(_, file)| handler_names(file, |_| false))
            .unwrap_or_default()
    }

    /// Every `route.rs` and its handlers; of those that aren't Rust, what the lock knows of them.
    pub fn user_routes(&self) -> UserRoutes {
        let paths: Vec<&Utf8PathBuf> = self
            .app_files
            .iter()
            .filter(|path| path.file_name() == Some("route.rs"))
            .collect();
        let keys: BTreeMap<(&Utf8Path, &str), &String> = self
            .lock
            .functions
            .iter()
            .map(|(key, function)| ((function.path.as_path(), function.name.as_str()), key))
            .collect();
        let route = |path: &Utf8PathBuf| {
            let names = match self.file(path)?.rust() {
                Ok((_, file)) => {
                    handler_names(file, |name| keys.contains_key(&(path.as_path(), name)))
                }
                Err(_) => keys
                    .keys()
                    .filter(|(file, _)| file == path)
                    .map(|(_, name)| (*name).to_owned())
                    .collect(),
            };
            let handler = |name: String| {
                let lock_key = keys
                    .get(&(path.as_path(), name.as_str()))
                    .map(|key| (*key).clone());
                UserHandler { name, lock_key }
            };
            Some(UserRoute {
                path: path.clone(),
                handlers: names.into_iter().map(handler).collect(),
            })
        };
        let routes: Vec<Option<UserRoute>> = paths.par_iter().map(|path| route(path)).collect();
        UserRoutes {
            routes: routes.into_iter().flatten().collect(),
        }
    }
}

/// Whether a file under `app/` is one to which functions are added.
pub fn has_functions(path: &Utf8Path) -> bool {
    path.file_name() == Some("route.rs") || path == "app/auth.rs" || path == "app/auth/mod.rs"
}

/// Every file under `app/`.
///
/// # Errors
///
/// When a folder can't be read.
pub fn app_files(root: &Utf8Path) -> anyhow::Result<BTreeSet<Utf8PathBuf>> {
    let mut project = Project::default();
    list(root, Utf8Path::new(APP), &mut project)?;
    Ok(project.app_files)
}

/// The other place that Rust has for the module of a file under `app/`: `auth/mod.rs` for `auth.rs`.
fn as_folder(path: &Utf8Path) -> Utf8PathBuf {
    path.with_extension("").join("mod.rs")
}

/// The handlers that a file gives away, in its order; what we wrote as one is one whatever its name.
fn handler_names(file: &RustFile, was_handler: impl Fn(&str) -> bool) -> Vec<String> {
    let functions = file.functions.iter().filter(|function| function.public);
    let functions = functions.map(|function| (function.whole.start, &function.name));
    let names = file
        .names
        .iter()
        .filter(|name| name.public)
        .map(|name| (name.range.start, &name.name));
    let mut found: Vec<(usize, &String)> = functions
        .chain(names)
        .filter(|(_, name)| is_handler(name) || was_handler(name))
        .collect();
    found.sort();
    let mut seen = BTreeSet::new();
    found
        .into_iter()
        .map(|(_, name)| name.clone())
        .filter(|name| seen.insert(name.clone()))
        .collect()
}

fn is_handler(name: &str) -> bool {
    Method::ALL.into_iter().any(|method| method.lower() == name)
}

/// Lists the files below a folder, those behind links to folders left out.
fn list(root: &Utf8Path, folder: &Utf8Path, project: &mut Project) -> anyhow::Result<()> {
    let entries = match fs_err::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    for entry in entries {
        let entry = entry?;
        // No file of ours has such a name, so such a file is none of our business.
        let Ok(name) = entry.file_name().into_string() else {
            project.unnamed.insert(folder.to_owned());
            continue;
        };
        let path = folder.join(name);
        let kind = entry.file_type()?;
        if kind.is_dir() {
            list(root, &path, project)?;
            continue;
        }
        if kind.is_symlink() {
            let target = fs_err::read_link(root.join(&path))?;
            let target = target.to_string_lossy().into_owned();
            project.links.insert(path.clone(), target.into());
        }
        project.app_files.insert(path);
    }
    Ok(())
}

/// What stands at a path, links followed.
pub fn read_entry(root: &Utf8Path, path: &Utf8Path) -> anyhow::Result<Option<Entry>> {
    let full = root.join(path);
    match fs_err::metadata(&full) {
        Ok(metadata) if metadata.is_file() => {
            Ok(Some(Entry::File(DiskFile::new(fs_err::read(&full)?))))
        }
        Ok(_) => Ok(Some(Entry::Other)),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let dangling = std::fs::symlink_metadata(&full).is_ok();
            Ok(dangling.then_some(Entry::Other))
        }
        Err(error) if error.kind() == ErrorKind::NotADirectory => Ok(Some(Entry::Other)),
        Err(error) => Err(error.into()),
    }
}
