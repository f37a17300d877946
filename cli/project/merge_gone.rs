//! A file of functions that a person took away: it comes back as stubs, and is looked for elsewhere.

use camino::{Utf8Path, Utf8PathBuf};

use super::lock::LockedFunction;
use super::merge::Merge;
use super::rust_file::RustFile;
use crate::diagnostics::codes::project::RG0522;
use crate::diagnostics::{Diagnostic, Effect, Place};

impl Merge<'_> {
    /// Says so if a file that is created now was there before, and where it may have gone.
    pub(super) fn report_gone(&mut self, path: &Utf8Path) {
        let locked = self.project.lock.functions.values();
        let lost: Vec<&LockedFunction> = locked.filter(|locked| locked.path == path).collect();
        if lost.is_empty() {
            return;
        }
        let message = format!(
            "`{path}` is gone, and the contract still asks for it: stubs are written there"
        );
        let mut diagnostic = Diagnostic::new(&RG0522, Effect::Warning, message).about(path);
        let mut found = self.elsewhere(&lost);
        diagnostic = match (found.pop(), found.is_empty()) {
            (Some(place), true) => {
                let moved = place.path.clone();
                diagnostic.at_place(place).label("this was the handler there").help(format!(
                    "to serve another path, rename it in the contract; to serve this one, move `{moved}` back over the stubs"
                ))
            }
            (Some(_) | None, _) => diagnostic
                .help("take the file back from your version control if you want it, or write its handlers anew"),
        };
        self.diagnostics.push(diagnostic);
    }

    /// Where the functions of a file stand that nobody asks for now, and which are plainly those that were lost.
    fn elsewhere(&self, lost: &[&LockedFunction]) -> Vec<Place> {
        let project = self.project;
        let known = |path: &&Utf8PathBuf| {
            let mut locked = project.lock.functions.values();
            locked.any(|locked| locked.path == **path)
        };
        let routes = project
            .app_files
            .iter()
            .filter(|path| super::scan::has_functions(path) && !known(path));
        let place = |path: &Utf8PathBuf| {
            let (text, rust) = project.file(path)?.rust().ok()?;
            let range = same_functions(rust, lost)?;
            let (path, text) = (path.clone(), text.clone());
            Some(Place { path, text, range })
        };
        routes.filter_map(place).collect()
    }
}

/// The signature of the first function if all that were lost are there, one of them with the comment that we wrote.
fn same_functions(rust: &RustFile, lost: &[&LockedFunction]) -> Option<std::ops::Range<usize>> {
    let mut is_same = false;
    for locked in lost {
        let there = *rust.functions_named(&locked.name).first()?;
        is_same |= there.doc.is_some() && locked.doc == Some(there.doc_print);
    }
    let first = rust.functions_named(&lost.first()?.name);
    is_same.then(|| first[0].signature.clone())
}
