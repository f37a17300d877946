//! Merging a file that goes to another folder: what goes with it, and what it names by its place.

use std::sync::Arc;

use super::change::ChangeKind;
use super::followers::{followers, named_from_elsewhere};
use super::merge::Merge;
use super::merge_functions::File;
use crate::diagnostics::codes::project::RG0526;
use crate::diagnostics::{Diagnostic, Effect};

impl Merge<'_> {
    /// Moves a file with what belongs to it; `text` is what it says then.
    pub(super) fn move_file(&mut self, file: &File, before: Arc<[u8]>, text: String) {
        let (from, to) = (file.from, file.to);
        for name in named_from_elsewhere(file.text) {
            let start = file.text.find(name).unwrap_or_default();
            let message = format!("`{from}` moves, and names `{name}` by its place");
            let diagnostic = Diagnostic::new(&RG0526, Effect::Warning, message)
                .at_place(file.place(start..start + name.len()))
                .label("this is another file from there")
                .help(format!("in `{to}`, write the way from that folder"));
            self.diagnostics.push(diagnostic);
        }
        let kind = ChangeKind::Move {
            from: from.to_owned(),
            before,
            text,
        };
        self.change(to, kind);
        // If they couldn't go along, the file would stay.
        for (from, to) in followers(from, to, self.project).unwrap_or_default() {
            self.change(&to, ChangeKind::Follow { from });
        }
    }
}
