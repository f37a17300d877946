//! One file under a person's hands: what is put into it is noted in the ledger.

use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};

use super::ledger::Ledger;
use super::outline::{Outline, line_end};

/// A file that is being edited.
pub struct Sheet<'a> {
    pub path: Utf8PathBuf,
    pub text: String,
    pub ledger: &'a mut Ledger,
}

impl<'a> Sheet<'a> {
    /// Opens a file; `None` if it isn't text that is Rust.
    pub fn open(
        root: &Utf8Path,
        path: &Utf8Path,
        ledger: &'a mut Ledger,
    ) -> Option<(Self, Outline)> {
        let text = std::fs::read_to_string(root.join(path)).ok()?;
        let outline = Outline::of(&text)?;
        let path = path.to_owned();
        Some((Self { path, text, ledger }, outline))
    }

    /// Whether nothing that was written by hand is inside of a range; at its ends it may.
    pub fn is_free(&self, range: &Range<usize>) -> bool {
        let pieces = self.ledger.ranges(&self.path, &self.text);
        pieces
            .iter()
            .all(|piece| piece.end <= range.start || range.end <= piece.start)
    }

    /// Writes by hand, with the file's line ends; what is put in is a piece. `margin` goes before it and is none.
    /// Returns whether it was done.
    pub fn write(&mut self, range: Range<usize>, margin: &str, piece: &str) -> bool {
        if !self.is_free(&range) {
            return false;
        }
        let ended = |text: &str| match self.text.contains("\r\n") {
            true => text.replace('\n', "\r\n"),
            false => text.to_owned(),
        };
        let (margin, piece) = (ended(margin), ended(piece));
        self.text.replace_range(range, &format!("{margin}{piece}"));
        self.ledger.note(&self.path, piece);
        true
    }

    /// Writes a piece on lines of its own at the start of the line that follows `at`.
    pub fn write_below(&mut self, at: usize, piece: &str) -> bool {
        let at = line_end(&self.text, at);
        let margin = match self.text[..at].ends_with('\n') {
            true => "\n",
            false => "\n\n",
        };
        self.write(at..at, margin, piece)
    }

    /// Writes the file, which must be Rust still.
    pub fn save(self, root: &Utf8Path) {
        assert!(
            Outline::of(&self.text).is_some(),
            "what was written into {} is no Rust:\n{}",
            self.path,
            self.text
        );
        std::fs::write(root.join(&self.path), self.text).expect("the file can be written");
    }
}
