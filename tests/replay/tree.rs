//! What stands in a project's folder: bytes, and when they were written.

use std::collections::BTreeMap;
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};

/// Every file of a folder, save those that only this machine needs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tree(pub BTreeMap<Utf8PathBuf, File>);

#[derive(Debug, Clone, PartialEq)]
pub struct File {
    pub bytes: Vec<u8>,
    pub written: SystemTime,
}

impl Tree {
    /// Reads a folder.
    pub fn read(root: &Utf8Path) -> Self {
        let mut tree = Self::default();
        tree.add(root, root);
        tree
    }

    fn add(&mut self, root: &Utf8Path, folder: &Utf8Path) {
        for entry in folder.read_dir_utf8().expect("the folder can be read") {
            let entry = entry.expect("the folder can be read");
            let path = entry.path();
            let name = path.strip_prefix(root).expect("it lies below").to_owned();
            if [".routegen", "target", "Cargo.lock"].contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                self.add(root, path);
            } else {
                let bytes = std::fs::read(path).expect("the file can be read");
                let written = path.metadata().and_then(|metadata| metadata.modified());
                let written = written.expect("files have times");
                self.0.insert(name, File { bytes, written });
            }
        }
    }

    /// The bytes at a path.
    pub fn bytes(&self, path: &Utf8Path) -> Option<&[u8]> {
        self.0.get(path).map(|file| file.bytes.as_slice())
    }

    /// The text at a path.
    pub fn text(&self, path: &Utf8Path) -> Option<&str> {
        std::str::from_utf8(self.bytes(path)?).ok()
    }

    /// The paths at which two folders hold different bytes.
    pub fn differences<'a>(&'a self, other: &'a Self) -> Vec<&'a Utf8Path> {
        let paths: std::collections::BTreeSet<&Utf8PathBuf> =
            self.0.keys().chain(other.0.keys()).collect();
        let differ = |path: &&Utf8PathBuf| self.bytes(path) != other.bytes(path);
        paths
            .into_iter()
            .filter(differ)
            .map(Utf8PathBuf::as_path)
            .collect()
    }

    /// Says where something was written; the bytes may be the same.
    pub fn same_as(&self, other: &Self, what: &str) -> Result<(), String> {
        let differences = self.differences(other);
        if let Some(path) = differences.first() {
            let text = |tree: &Self| {
                tree.bytes(path)
                    .map(String::from_utf8_lossy)
                    .unwrap_or_default()
                    .into_owned()
            };
            let (before, after) = (text(self), text(other));
            let diff = similar::TextDiff::from_lines(&before, &after)
                .unified_diff()
                .to_string();
            return Err(format!("{what} changes {differences:?}\n{diff}"));
        }
        match self.0.iter().find(|(path, file)| {
            other.0.get(*path).map(|other| other.written) != Some(file.written)
        }) {
            Some((path, _)) => Err(format!("{what} writes {path}, which has what it writes")),
            None => Ok(()),
        }
    }
}
