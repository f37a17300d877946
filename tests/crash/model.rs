//! A file system with a page cache, as a model: which trees a power cut may leave.
//!
//! What was done is read from the program's log of operations. Bytes last when their file was synced, names when their
//! folder was; of all else POSIX promises nothing: any of it may have lasted, and any not. A file that wasn't synced is whole,
//! empty, half, or as it was. Of a renaming, which is two changes of names, file systems with a journal keep both or
//! none; others may keep one.

use std::collections::BTreeMap;
use std::path::Path;

use crate::tool::{Chance, Tree};

/// What keeps the changes of one operation together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Journaling {
    /// An operation lasts as a whole: ext4, XFS, Btrfs, APFS, NTFS.
    Whole,
    /// Each change of a name lasts by itself.
    Halves,
}

type Name = (usize, String);
type Names = BTreeMap<Name, Node>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    File(usize),
    Folder(usize),
}

#[derive(Debug, Clone)]
struct File {
    bytes: Vec<u8>,
    lasting: Vec<u8>,
}

/// Changes of names by one operation.
type Change = Vec<(Name, Option<Node>)>;

/// The folder 0 is the root.
#[derive(Debug, Clone)]
pub struct Model {
    files: Vec<File>,
    folders: usize,
    names: Names,
    lasting: Names,
    pending: Vec<Change>,
    journaling: Journaling,
}

impl Model {
    /// A tree that lasts.
    pub fn new(tree: &Tree, journaling: Journaling) -> Self {
        let mut model = Self {
            files: Vec::new(),
            folders: 1,
            names: Names::new(),
            lasting: Names::new(),
            pending: Vec::new(),
            journaling,
        };
        for (path, bytes) in tree {
            let mut folder = 0;
            let (above, name) = path
                .trim_end_matches('/')
                .rsplit_once('/')
                .unwrap_or(("", path));
            for part in above.split('/').filter(|part| !part.is_empty()) {
                folder = model.folder_in(folder, part);
            }
            if path.ends_with('/') {
                model.folder_in(folder, name.trim_end_matches('/'));
                continue;
            }
            let file = model.file(bytes.clone(), bytes.clone());
            model
                .names
                .insert((folder, name.to_owned()), Node::File(file));
        }
        model.lasting = model.names.clone();
        model
    }

    fn folder_in(&mut self, folder: usize, name: &str) -> usize {
        let key = (folder, name.to_owned());
        match self.names.get(&key) {
            Some(Node::Folder(there)) => *there,
            Some(Node::File(_)) => panic!("{name} is a file"),
            None => {
                self.folders += 1;
                self.names.insert(key, Node::Folder(self.folders - 1));
                self.folders - 1
            }
        }
    }

    fn file(&mut self, bytes: Vec<u8>, lasting: Vec<u8>) -> usize {
        self.files.push(File { bytes, lasting });
        self.files.len() - 1
    }

    /// The folder at a path relative to the root.
    fn folder(&self, path: &Path) -> usize {
        path.components().fold(0, |folder, part| {
            let name = part.as_os_str().to_str().unwrap().to_owned();
            match self.names.get(&(folder, name)) {
                Some(Node::Folder(there)) => *there,
                other => panic!("{} is no folder: {other:?}", path.display()),
            }
        })
    }

    fn name(&self, path: &Path) -> Name {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (self.folder(path.parent().unwrap()), name)
    }

    /// Makes an operation as the log has it; paths below `base` are those of the model.
    pub fn make(&mut self, line: &str, base: &Path) {
        let words: Vec<&str> = line.split('\t').collect();
        // The folder around the root is nothing that the model knows.
        let path = |index: usize| Path::new(words[index]).strip_prefix(base).ok();
        let Some(first) = path(1) else { return };
        match words[0] {
            "make-folder" => {
                self.folders += 1;
                let name = self.name(first);
                self.change(vec![(name, Some(Node::Folder(self.folders - 1)))]);
            }
            "create" => {
                let name = self.name(first);
                match self.names.get(&name) {
                    Some(Node::File(file)) => self.files[*file].bytes.clear(),
                    Some(Node::Folder(_)) => panic!("{line}"),
                    None => {
                        let file = self.file(Vec::new(), Vec::new());
                        self.change(vec![(name, Some(Node::File(file)))]);
                    }
                }
            }
            "write" => {
                let bytes = words[2].as_bytes().chunks(2).map(|pair| {
                    u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()
                });
                let file = self.file_at(first);
                self.files[file].bytes = bytes.collect();
            }
            "sync" => {
                let file = self.file_at(first);
                self.files[file].lasting = self.files[file].bytes.clone();
            }
            "sync-folder" => self.sync_folder(self.folder(first)),
            "sync-all" => {
                self.pending.clear();
                self.lasting = self.names.clone();
                for file in &mut self.files {
                    file.lasting = file.bytes.clone();
                }
            }
            "link" | "rename" | "exchange" => {
                let (from, to) = (self.name(first), self.name(path(2).unwrap()));
                // What could not be done is in the log, too.
                let (Some(there), other) =
                    (self.names.get(&from).copied(), self.names.get(&to).copied())
                else {
                    return;
                };
                let changes = match (words[0], other) {
                    ("link", Some(_)) | ("exchange", None) => return,
                    ("link", None) => vec![(to, Some(there))],
                    ("rename", _) => vec![(from, None), (to, Some(there))],
                    (_, other) => vec![(from, other), (to, Some(there))],
                };
                self.change(changes);
            }
            "remove" | "remove-folder" => {
                let name = self.name(first);
                self.change(vec![(name, None)]);
            }
            // It goes with the process.
            "lock" => {}
            word => panic!("{word}"),
        }
    }

    fn file_at(&self, path: &Path) -> usize {
        match self.names.get(&self.name(path)) {
            Some(Node::File(file)) => *file,
            other => panic!("{} is no file: {other:?}", path.display()),
        }
    }

    fn change(&mut self, change: Change) {
        put(&mut self.names, &change);
        match self.journaling {
            Journaling::Whole => self.pending.push(change),
            Journaling::Halves => {
                let halves = change.into_iter().map(|half| vec![half]);
                self.pending.extend(halves);
            }
        }
    }

    /// What was changed in the folder lasts, and what changed the same names before.
    fn sync_folder(&mut self, folder: usize) {
        let mut names: Vec<Name> = Vec::new();
        let mut lasting = Vec::new();
        for change in std::mem::take(&mut self.pending).into_iter().rev() {
            let concerns =
                |(name, _): &(Name, Option<Node>)| name.0 == folder || names.contains(name);
            if change.iter().any(concerns) {
                names.extend(change.iter().map(|(name, _)| name.clone()));
                lasting.push(change);
            } else {
                self.pending.push(change);
            }
        }
        self.pending.reverse();
        for change in lasting.iter().rev() {
            put(&mut self.lasting, change);
        }
    }

    /// A tree that a power cut may leave now.
    pub fn cut(&self, chance: &mut Chance) -> Tree {
        let mut names = self.lasting.clone();
        // All, none, what was done first, or anything.
        let kind = chance.below(6);
        let first = chance.below(self.pending.len() + 1);
        for (index, change) in self.pending.iter().enumerate() {
            let lasts = match kind {
                0 => true,
                1 => false,
                2 | 3 => index < first,
                _ => chance.below(2) == 0,
            };
            if lasts {
                put(&mut names, change);
            }
        }
        let mut tree = Tree::new();
        let bytes: Vec<Vec<u8>> = self.files.iter().map(|file| torn(file, chance)).collect();
        self.walk(&names, &bytes, 0, "", &mut tree);
        tree
    }

    /// The tree as a process sees it.
    pub fn seen(&self) -> Tree {
        let mut tree = Tree::new();
        let bytes: Vec<Vec<u8>> = self.files.iter().map(|file| file.bytes.clone()).collect();
        self.walk(&self.names, &bytes, 0, "", &mut tree);
        tree
    }

    fn walk(&self, names: &Names, bytes: &[Vec<u8>], folder: usize, path: &str, tree: &mut Tree) {
        let mut is_empty = true;
        for ((_, name), node) in names.range((folder, String::new())..(folder + 1, String::new())) {
            is_empty = false;
            match node {
                Node::File(file) => {
                    tree.insert(format!("{path}{name}"), bytes[*file].clone());
                }
                Node::Folder(inner) => {
                    self.walk(names, bytes, *inner, &format!("{path}{name}/"), tree);
                }
            }
        }
        if is_empty && !path.is_empty() {
            tree.insert(path.to_owned(), b"(empty folder)".to_vec());
        }
    }
}

/// What is left of a file's bytes.
fn torn(file: &File, chance: &mut Chance) -> Vec<u8> {
    if file.bytes == file.lasting {
        return file.bytes.clone();
    }
    match chance.below(4) {
        0 => file.bytes.clone(),
        1 => file.bytes[..file.bytes.len() / 2].to_vec(),
        2 => Vec::new(),
        _ => file.lasting.clone(),
    }
}

fn put(names: &mut Names, change: &Change) {
    for (name, node) in change {
        match node {
            Some(node) => names.insert(name.clone(), *node),
            None => names.remove(name),
        };
    }
}
