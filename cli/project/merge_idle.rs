//! A `route.rs` of the user's own in which nothing is a handler: it is neither routed nor compiled, so it is named.

use super::merge::Merge;
use super::merge_functions::File;
use super::rust_file::RustFunction;
use crate::diagnostics::codes::project::RG0520;
use crate::diagnostics::{Diagnostic, Effect};
use crate::model::Method;

impl Merge<'_> {
    /// Reports a file that the contract doesn't know, if it has no handler.
    pub(super) fn report_idle(&mut self, file: &File) {
        let is_route = file.from.file_name() == Some("route.rs");
        if !is_route || !self.project.user_route(file.from).is_empty() {
            return;
        }
        let meant = |function: &&RustFunction| Method::parse(&function.name).is_some();
        let meant = file.rust.functions.iter().find(meant);
        let message = format!(
            "`{}` has no handler, so nothing in it is routed or compiled",
            file.from
        );
        let diagnostic = Diagnostic::new(&RG0520, Effect::Warning, message).about(file.from);
        let diagnostic = match meant {
            None => diagnostic.help("write `pub async fn get(ctx: Context, request: Request)` in it, or delete the file"),
            Some(function) => {
                let lower = function.name.to_ascii_lowercase();
                let label = match function.name == lower {
                    true => "it is not public",
                    false => "handlers are called after their method in lower case",
                };
                diagnostic
                    .at_place(file.place(function.signature.clone()))
                    .label(label)
                    .help(format!("write `pub async fn {lower}`"))
            }
        };
        self.diagnostics.push(diagnostic);
    }
}
