//! What a person wrote into a project: whole pieces of text with the file that each stands in, and which functions he touched.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};

use super::tree::Tree;

/// All that was written by hand.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Every piece; each holds a word that nothing else has.
    pub written: Vec<Written>,
    /// Functions that aren't as they were emitted, by file and name.
    pub touched: BTreeMap<(Utf8PathBuf, String), Touched>,
    /// Files in which anything was edited.
    pub files: BTreeSet<Utf8PathBuf>,
    serial: usize,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    pub file: Utf8PathBuf,
    pub text: String,
}

/// What of a function isn't as it was emitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Touched {
    pub doc: bool,
    pub signature: bool,
    pub body: bool,
    /// Attributes, or comments inside of it.
    pub around: bool,
}

impl Touched {
    pub const ALL: Self = Self {
        doc: true,
        signature: true,
        body: true,
        around: true,
    };
}

impl Ledger {
    /// A word that nothing else has.
    pub fn word(&mut self) -> String {
        self.serial += 1;
        format!("w{}x", self.serial)
    }

    /// Notes a piece.
    pub fn note(&mut self, file: &Utf8Path, text: String) {
        self.files.insert(file.to_owned());
        self.written.push(Written {
            file: file.to_owned(),
            text,
        });
    }

    /// Notes what was done to a function.
    pub fn touch(&mut self, file: &Utf8Path, name: &str) -> &mut Touched {
        let key = (file.to_owned(), name.to_owned());
        self.touched.entry(key).or_default()
    }

    /// What was done to a function.
    pub fn of(&self, file: &Utf8Path, name: &str) -> Touched {
        let key = (file.to_owned(), name.to_owned());
        self.touched.get(&key).copied().unwrap_or_default()
    }

    /// Where the pieces of a file stand in its text.
    pub fn ranges(&self, file: &Utf8Path, text: &str) -> Vec<Range<usize>> {
        let pieces = self.written.iter().filter(|written| written.file == file);
        let find = |written: &Written| {
            let start = text.find(&written.text)?;
            Some(start..start + written.text.len())
        };
        pieces.filter_map(find).collect()
    }

    /// Where a piece stands, which must be there once and to the byte.
    pub fn find(&self, written: &Written, tree: &Tree) -> Result<usize, String> {
        let lost = |how: &str| {
            let text = tree.bytes(&written.file).map(String::from_utf8_lossy);
            let text = text.unwrap_or("(no such file)".into());
            Err(format!(
                "{how} in {}:\n{}\n--- which is now:\n{text}",
                written.file, written.text
            ))
        };
        let Some(text) = tree.text(&written.file) else {
            return lost("a file is gone, and what was written");
        };
        let mut places = text.match_indices(&written.text);
        match (places.next(), places.next()) {
            (Some((at, _)), None) => Ok(at),
            (Some(_), Some(_)) => lost("there twice, what was written once"),
            (None, _) => lost("lost, what was written"),
        }
    }

    /// Goes with files that moved.
    pub fn follow(&mut self, moves: &BTreeMap<Utf8PathBuf, Utf8PathBuf>) {
        let to = |path: &Utf8PathBuf| moves.get(path).unwrap_or(path).clone();
        for written in &mut self.written {
            written.file = to(&written.file);
        }
        let touched = std::mem::take(&mut self.touched);
        let moved = touched
            .into_iter()
            .map(|((file, name), touched)| ((to(&file), name), touched));
        self.touched = moved.collect();
        self.files = self.files.iter().map(to).collect();
    }
}
