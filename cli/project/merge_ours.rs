//! Files of ours, which are written whole: by what they say, so that a checkout with other line ends is no edit, nor is `cargo fmt`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use super::change::{ChangeKind, is_marked};
use super::fingerprint::Fingerprint;
use super::merge::{Merge, in_the_way};
use super::scan::{APP, DiskFile};
use crate::diagnostics::codes::project::RG0506;
use crate::diagnostics::{Diagnostic, Effect, conflict};

impl Merge<'_> {
    /// A file that is ours and written whole.
    pub(super) fn ours(&mut self, path: &Utf8Path, text: &str) {
        let print = said(path, text.as_bytes());
        let known = self.project.lock.ours.get(path);
        match self.project.file(path) {
            None if self.is_in_the_way(path) => return,
            None => self.change(
                path,
                ChangeKind::Create {
                    text: text.to_owned(),
                },
            ),
            Some(file) if *file.bytes == *text.as_bytes() || said_there(path, file) == print => {
                self.unlisted.all += usize::from(known.is_none());
            }
            Some(file) => {
                let (before, text) = (file.bytes.clone(), text.to_owned());
                if known == Some(&said_there(path, file)) {
                    self.change(path, ChangeKind::Update { before, text });
                } else if is_formatted_anew(path, &file.bytes, &text) {
                    self.unlisted.all += usize::from(known.is_none());
                } else if known.is_some() && is_in_conflict(&file.bytes) {
                    self.change(path, ChangeKind::Renew { before, text });
                } else if known.is_some() {
                    self.diagnostics.push(edited(path, "restores the file"));
                    self.change(path, ChangeKind::Restore { before, text });
                } else if is_marked(path, &file.bytes) {
                    self.unlisted.all += 1;
                    self.unlisted.differing += 1;
                    self.change(path, ChangeKind::Renew { before, text });
                } else {
                    self.diagnostics
                        .push(in_the_way(path, "a file stands there which isn't ours"));
                    return;
                }
            }
        }
        self.lock.ours.insert(path.to_owned(), print);
    }

    /// Files of ours that are no longer emitted.
    pub(super) fn ours_no_longer(&mut self, emitted: &BTreeSet<&Utf8PathBuf>) {
        for (path, print) in self
            .project
            .lock
            .ours
            .iter()
            .filter(|(path, _)| !emitted.contains(path))
        {
            let Some(file) = self.project.file(path) else {
                continue;
            };
            let before = file.bytes.clone();
            if said_there(path, file) == *print {
                self.change(path, ChangeKind::Remove { before });
            } else {
                self.diagnostics.push(edited(
                    path,
                    "removes the file, which nothing needs any more",
                ));
                self.change(path, ChangeKind::RemoveEdited { before });
            }
        }
    }
}

/// Whether a merge left a conflict in a file of ours: then it has the words of two runs, and nobody's.
fn is_in_conflict(bytes: &[u8]) -> bool {
    conflict::first(&String::from_utf8_lossy(bytes)).is_some()
}

fn edited(path: &Utf8Path, fate: &str) -> Diagnostic {
    Diagnostic::new(
        &RG0506,
        Effect::Warning,
        format!("`{path}` is ours and was edited"),
    )
    .about(path)
    .note(format!(
        "`sync` keeps your edit as `.routegen/recovered/{path}` and {fate}"
    ))
}

/// What a file of ours says. Those that rustfmt formats are looked at as Rust; in all others only line ends don't count.
fn said(path: &Utf8Path, bytes: &[u8]) -> Fingerprint {
    match std::str::from_utf8(bytes) {
        Ok(text) if is_formatted(path) => Fingerprint::of_formatted(text),
        Ok(_) | Err(_) => Fingerprint::of_bytes(&plain(bytes)),
    }
}

/// The same of one that is on disk.
fn said_there(path: &Utf8Path, file: &DiskFile) -> Fingerprint {
    match is_formatted(path) || file.bytes.contains(&b'\r') {
        true => said(path, &file.bytes),
        false => file.print,
    }
}

/// Whether a file is one that `cargo fmt` formats: all others of ours are below a module that it is told to skip.
fn is_formatted(path: &Utf8Path) -> bool {
    path.extension() == Some("rs") && (path.starts_with(APP) || path.file_name() == Some("lib.rs"))
}

/// Whether somebody, perhaps an editor, has formatted a Rust file and done nothing else to it.
fn is_formatted_anew(path: &Utf8Path, bytes: &[u8], text: &str) -> bool {
    let there = std::str::from_utf8(bytes).ok();
    let there = there.filter(|_| path.extension() == Some("rs"));
    there.is_some_and(|there| Fingerprint::of_formatted(there) == Fingerprint::of_formatted(text))
}

/// Whether two texts differ by nothing but their line ends.
pub(super) fn same_text(one: &[u8], other: &[u8]) -> bool {
    one == other || plain(one) == plain(other)
}

/// A text with plain line ends.
fn plain(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.contains(&b'\r') {
        return Cow::Borrowed(bytes);
    }
    let is_kept = |at: &usize| bytes[*at] != b'\r' || bytes.get(at + 1) != Some(&b'\n');
    let kept = (0..bytes.len()).filter(is_kept);
    Cow::Owned(kept.map(|at| bytes[at]).collect())
}
