//! Functions that a person took away, or a file of them: they come back as stubs, and are looked for elsewhere.

use camino::{Utf8Path, Utf8PathBuf};

use super::lock::LockedFunction;
use super::merge::Merge;
use super::merge_functions::File;
use super::rust_file::{RustFile, RustFunction};
use crate::diagnostics::codes::project::RG0522;
use crate::diagnostics::{Diagnostic, Effect, Place};
use crate::model::Method;
use crate::render;

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

    /// Says which functions of a file that is there were in it before, and come back as stubs; one may have got another name.
    pub(super) fn report_gone_functions(
        &mut self,
        file: &File,
        gone: &[(&render::Function, &LockedFunction)],
    ) {
        for (function, known) in gone {
            let (name, key) = (&function.name, &function.key);
            let path = file.from;
            let message = format!(
                "`{name}` is gone from `{path}`, and `{key}` still asks for it: a stub is written there"
            );
            let diagnostic = Diagnostic::new(&RG0522, Effect::Warning, message);
            self.diagnostics.push(match self.renamed(file, known) {
                Some(other) => diagnostic
                    .at_place(file.place(other.signature.clone()))
                    .label(format!("is `{name}` meant?"))
                    .help(format!("call it `{name}` in the place of the stub")),
                None => diagnostic.about(path).help(
                    "take the function back from your version control if you want it, or write the stub's body",
                ),
            });
        }
    }

    /// The function that one which is gone has most likely become: nobody asks for it, and it has the comment that we wrote or almost
    /// the same name.
    fn renamed<'f>(&self, file: &'f File, known: &LockedFunction) -> Option<&'f RustFunction> {
        let is_other = |function: &&RustFunction| {
            let mut written = self.project.lock.functions.values();
            !written.any(|locked| locked.path == file.from && locked.name == function.name)
                && Method::parse(&function.name)
                    .is_none_or(|method| method.lower() != function.name)
        };
        let is_alike = |function: &&RustFunction| {
            let has_comment = function.doc.is_some() && known.doc == Some(function.doc_print);
            let name = function.name.to_lowercase();
            has_comment || strsim::osa_distance(&name, &known.name) <= 1
        };
        let mut others = file.rust.functions.iter().filter(is_other);
        others.find(is_alike)
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
