//! What is said of a `routegen.lock` that can't be relied on: damaged, missing, or of another commit than the files.

use super::lock::{self, Damage};
use super::merge::Merge;
use crate::diagnostics::codes::project::RG0510;
use crate::diagnostics::conflict;
use crate::diagnostics::{Diagnostic, Effect, Place};

const RESTORE: &str = "restore it as it was committed with these files, then run the command again; or go on: `sync` writes it anew";

/// What a merge finds out about the lock: files that say of themselves that they are ours, and of which it knows nothing.
#[derive(Default)]
pub(super) struct Unlisted {
    /// How many there are.
    pub(super) all: usize,
    /// How many of them aren't as they should be.
    pub(super) differing: usize,
}

impl Merge<'_> {
    /// Says of a damaged lock what becomes of what its lines stood for.
    pub(super) fn report_damaged_lock(&mut self) {
        let name = lock::FILE_NAME;
        let Damage {
            lines,
            first,
            conflict,
        } = &self.project.lock.damage;
        let Some(range) = conflict.as_ref().or(first.as_ref()) else {
            return;
        };
        let lost = match lines {
            1 => "a damaged line".to_owned(),
            count => format!("{count} damaged lines"),
        };
        let message = match conflict {
            Some(_) => format!("a merge left a conflict in `{name}`"),
            None => format!("`{name}` has {lost}"),
        };
        let bytes = self.project.lock_bytes.as_deref().unwrap_or_default();
        let mut diagnostic = Diagnostic::new(&RG0510, Effect::Warning, message).at_place(Place {
            path: name.into(),
            text: String::from_utf8_lossy(bytes).as_ref().into(),
            range: range.clone(),
        });
        if *lines > 0 {
            let which = match conflict {
                Some(_) => format!(
                    "its sides differ in {}, and what these stand for",
                    many(*lines)
                ),
                None => "what they stood for".to_owned(),
            };
            diagnostic = diagnostic.note(format!(
                "{which} counts as edited by you: functions are left alone, and files of ours are kept under \
                 `.routegen/recovered/` before they are written"
            ));
        }
        self.diagnostics.push(match conflict {
            Some(_) => diagnostic.label(conflict::BEGINS).help(
                "resolve the conflicts in the contract and in files of yours; `routegen sync` writes this file anew, from what \
                 stands in the project",
            ),
            None => diagnostic
                .label("this is the first")
                .help("run `routegen sync`, which writes the file anew, from what stands in the project"),
        });
    }

    /// Says that the lock doesn't know files of ours, once for all of them; of a damaged one enough has been said.
    pub(super) fn report_unlisted(&mut self) {
        let Unlisted { all, differing } = self.unlisted;
        let is_missing = self.project.lock_bytes.is_none();
        if all == 0 || self.project.lock.damage != Damage::default() {
            return;
        }
        let name = lock::FILE_NAME;
        let message = match is_missing {
            true => format!("`{name}` is missing"),
            false => format!("`{name}` doesn't know {}", files(all)),
        };
        let mut diagnostic = Diagnostic::new(&RG0510, Effect::Warning, message)
            .about(name)
            .help(RESTORE);
        if differing > 0 {
            diagnostic = diagnostic.note(format!(
                "whether you edited {} or the contract changed can't be told: what stands there is kept under \
                 `.routegen/recovered/`, and written anew",
                files(differing)
            ));
        }
        if is_missing {
            diagnostic = diagnostic.note(
                "functions in `route.rs` and `auth.rs` count as edited by you: their comments and signatures don't follow the \
                 contract, and none is taken away",
            );
        }
        self.diagnostics.push(diagnostic);
    }
}

fn many(lines: usize) -> String {
    match lines {
        1 => "a line".to_owned(),
        count => format!("{count} lines"),
    }
}

fn files(count: usize) -> String {
    match count {
        1 => "a file of ours".to_owned(),
        count => format!("{count} files of ours"),
    }
}
