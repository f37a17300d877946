//! What is said of a function whose operation is gone, and which a person wrote: it stays, and nothing calls it.

use super::lock::LockedFunction;
use super::merge::Merge;
use super::merge_functions::File;
use super::moves::Trace;
use crate::diagnostics::codes::project::{RG0504, RG0505};
use crate::diagnostics::{Diagnostic, Effect};

/// What becomes of an orphan when the project is built.
enum Build {
    /// Its file has live handlers, and is compiled with it.
    Fails,
    /// Nothing asks for its file.
    LeavesFileOut,
    /// It is a function of a security scheme, all of whose types are there.
    TakesIt,
}

impl Merge<'_> {
    pub(super) fn report_orphan(&mut self, file: &File, key: &str, locked: &LockedFunction) {
        let functions = file.rust.functions_named(&locked.name);
        let range = match functions.first() {
            Some(function) => function.signature.clone(),
            None => file
                .rust
                .other_name(&locked.name)
                .map_or(0..0, |name| name.range.clone()),
        };
        let name = &locked.name;
        let build = self.build(file, key);
        let diagnostic = match self.moves.trace(key) {
            Some(Trace::Is(now)) => {
                let message = format!(
                    "`{key}` is now `{}`, but its file can't move with it",
                    now.key
                );
                let mut diagnostic = Diagnostic::new(&RG0505, Effect::Warning, message);
                if let Some(reason) = self.moves.held.get(file.from) {
                    diagnostic = diagnostic.note(reason);
                }
                let help = format!(
                    "move the body to `{}` in `{}`, then delete this function",
                    now.name, now.path
                );
                diagnostic
                    .label("this body stays here, unrouted")
                    .help(help)
            }
            Some(Trace::MayBe(_)) | None => {
                Diagnostic::new(&RG0504, Effect::Warning, self.loss(key))
                    .label(match build {
                        Build::Fails | Build::LeavesFileOut => {
                            "this handler is not routed any more, and its types are gone"
                        }
                        Build::TakesIt => "nothing calls this any more",
                    })
                    .help(self.way_out_of_orphan(key, name, &build))
            }
        };
        self.diagnostics
            .push(diagnostic.at_place(file.place(range)));
    }

    /// What became of the operation.
    fn loss(&self, key: &str) -> String {
        match (self.left_out.get(key), key.strip_prefix("auth ")) {
            (Some(message), _) => message.clone(),
            (None, Some(scheme)) => {
                format!("the contract no longer has the security scheme `{scheme}`")
            }
            (None, None) => format!("the contract no longer has `{key}`"),
        }
    }

    /// What becomes of the function when the project is built.
    fn build(&self, file: &File, key: &str) -> Build {
        let is_own = |name: &String| {
            let mut written = self.project.lock.functions.values();
            !written.any(|locked| locked.path == file.from && locked.name == *name)
        };
        let has_own = self.project.user_route(file.from).iter().any(is_own);
        match key.starts_with("auth ") {
            true => Build::TakesIt,
            false if file.is_asked_for || has_own => Build::Fails,
            false => Build::LeavesFileOut,
        }
    }

    /// What to do about a function whose operation is gone.
    fn way_out_of_orphan(&self, key: &str, name: &str, build: &Build) -> String {
        let end = match build {
            Build::Fails => "; until then the project doesn't compile",
            Build::LeavesFileOut => {
                "; until then this file is left out of the build, with its tests"
            }
            Build::TakesIt => "",
        };
        match (self.moves.trace(key), self.left_out.get(key)) {
            (_, Some(_)) => format!("change that to have it back, or delete `{name}`{end}"),
            (Some(Trace::MayBe(new)), None) => format!(
                "if `{}` is the same under another path, move the body to `{}` in `{}`; then delete this function{end}",
                new.key, new.name, new.path
            ),
            (Some(Trace::Is(_)) | None, None) => {
                format!("delete `{name}`, or move its body to where it belongs{end}")
            }
        }
    }
}
