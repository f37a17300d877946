//! What is said of a `routegen.lock` that can't be relied on: damaged, missing, or of another commit than the files.

use super::lock;
use super::merge::Merge;
use crate::diagnostics::codes::project::RG0510;
use crate::diagnostics::{Diagnostic, Effect};

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
        let message = match self.project.lock.damaged {
            0 => return,
            1 => format!("`{name}` has a damaged line"),
            count => format!("`{name}` has {count} damaged lines"),
        };
        let diagnostic = Diagnostic::new(&RG0510, Effect::Warning, message)
            .about(name)
            .note(
                "what they stood for counts as edited by you: functions are left alone, and files of ours are kept under \
                 `.routegen/recovered/` before they are written",
            )
            .help("run `routegen sync`, which writes the file anew");
        self.diagnostics.push(diagnostic);
    }

    /// Says that the lock doesn't know files of ours, once for all of them; of a damaged one enough has been said.
    pub(super) fn report_unlisted(&mut self) {
        let Unlisted { all, differing } = self.unlisted;
        let is_missing = self.project.lock_bytes.is_none();
        if all == 0 || self.project.lock.damaged > 0 {
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
            diagnostic = diagnostic.note(
                "a handler that the contract doesn't ask for counts as a route of your own and is served, even if its operation was dropped",
            );
        }
        self.diagnostics.push(diagnostic);
    }
}

fn files(count: usize) -> String {
    match count {
        1 => "a file of ours".to_owned(),
        count => format!("{count} files of ours"),
    }
}
