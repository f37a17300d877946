//! Bodies that serve another operation than they were written for: the contract kept a URL and gave its `operationId` to another.

use std::ops::Range;

use super::bodies::Body;
use super::fingerprint::Fingerprint;
use super::lock::{LockedFunction, WrittenFor};
use super::merge::Merge;
use super::merge_function::Function;
use super::merge_functions::File;
use crate::diagnostics::codes::project::RG0505;
use crate::diagnostics::{Diagnostic, Effect};

impl Merge<'_> {
    /// Says so if the body of a function was written for another operation, and keeps it in mind until its author has answered: by
    /// another body, or the doc comment of the operation that it serves.
    pub(super) fn report_misplaced(
        &mut self,
        file: &File,
        function: &Function,
        known: &LockedFunction,
        locked: &mut LockedFunction,
    ) {
        let Some(body) = Body::of(file.text, file.rust, function.name) else {
            return;
        };
        let is_ours = [known.body, locked.body].contains(&Some(body.print));
        let is_documented = locked.doc == body.doc && known.doc != locked.doc;
        let kept = known.written.as_ref();
        let kept = kept.filter(|written| written.body == body.print && !is_documented);
        let id = match kept {
            Some(written) => Some(written.id.as_str()),
            None if is_documented => None,
            None => self.other_operation(function.key, known, locked),
        };
        let Some(id) = id.filter(|id| !is_ours && locked.operation_id.as_deref() != Some(id))
        else {
            return;
        };
        let message = self.misplaced(file, function, body.range, known, id);
        self.diagnostics.push(message);
        locked.written = Some(WrittenFor {
            id: id.to_owned(),
            body: body.print,
        });
    }

    /// The operation that a body was written for, if the contract now calls another one so, if it called another one as it calls
    /// this one now, or if the body had lost its operation.
    fn other_operation<'a>(
        &self,
        key: &str,
        known: &'a LockedFunction,
        now: &LockedFunction,
    ) -> Option<&'a str> {
        let id = self.moves.name(known.operation_id.as_deref())?;
        // What says the same of itself is the same, whatever it is called now.
        let is_documented = now.doc.is_some_and(|doc| doc != Fingerprint::of_rust(""));
        if is_documented && known.doc == now.doc {
            return None;
        }
        let is_another = now.operation_id.as_deref() != Some(id);
        let is_elsewhere = self.moves.named(known.mount.as_ref(), id).is_some();
        let was_orphan = known.orphan.is_some() && now.operation_id.is_some();
        let was_elsewhere = || {
            let mut locked = self.project.lock.functions.iter();
            self.moves.name(now.operation_id.as_deref()).is_some()
                && locked.any(|(other, locked)| {
                    other != key
                        && locked.operation_id == now.operation_id
                        && locked.mount == known.mount
                })
        };
        (is_another && (is_elsewhere || was_orphan || was_elsewhere())).then_some(id)
    }

    fn misplaced(
        &self,
        file: &File,
        function: &Function,
        range: Range<usize>,
        known: &LockedFunction,
        id: &str,
    ) -> Diagnostic {
        let key = function.key;
        let place = self.moves.named(known.mount.as_ref(), id);
        let message = match place {
            Some(place) => format!(
                "the body that serves `{key}` was written for `{id}`, which is now `{}`",
                place.key
            ),
            None => format!("the body that serves `{key}` was written for `{id}`"),
        };
        let label = match function.operation_id() {
            Some(now) => format!("this is `{now}` now"),
            None => "this is another operation now".to_owned(),
        };
        let way = match place {
            Some(place) => format!(
                "move the body to `{}` in `{}`, and write this one anew",
                place.name, place.path
            ),
            None => "write this one anew".to_owned(),
        };
        Diagnostic::new(&RG0505, Effect::Warning, message)
            .at_place(file.place(range))
            .label(label)
            .help(format!(
                "{way}; if it may stay as it is, say so in a comment inside of it: `sync` asks until the body is another"
            ))
    }
}
