//! What is known to be wrong: a watch says again what is new alone.

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::source::Sources;

/// What a run found, without excerpts.
#[derive(Debug, Default)]
pub struct Known {
    /// Errors with their places: whoever mends them wants to know where they are now.
    errors: Vec<String>,
    /// How many there are of each warning. Other lines come and go before it, so where it stands is no part of it.
    warnings: BTreeMap<String, usize>,
}

impl Known {
    /// What these diagnostics are.
    pub fn of(diagnostics: &Diagnostics, sources: &Sources) -> Self {
        let mut known = Self::default();
        for diagnostic in diagnostics.iter() {
            let identity = identity(diagnostic, sources);
            match diagnostic.is_error() {
                true => known
                    .errors
                    .push(format!("{identity} {:?}", place(diagnostic))),
                false => *known.warnings.entry(identity).or_default() += 1,
            }
        }
        known
    }

    /// Those of the same diagnostics that are to be said: all errors if any came or went, and warnings of which there are more than there
    /// were. Which of several equal ones came last isn't known, so all of them are said.
    pub fn new_since(
        &self,
        before: &Self,
        diagnostics: &Diagnostics,
        sources: &Sources,
    ) -> Diagnostics {
        let are_errors_new = self.errors != before.errors;
        let count = |known: &Self, identity: &str| {
            known.warnings.get(identity).copied().unwrap_or_default()
        };
        let is_new = |diagnostic: &&Diagnostic| match diagnostic.is_error() {
            true => are_errors_new,
            false => {
                let identity = identity(diagnostic, sources);
                count(self, &identity) > count(before, &identity)
            }
        };
        let mut new = Diagnostics::default();
        let found = diagnostics.iter().filter(is_new);
        found.for_each(|diagnostic| new.push(diagnostic.clone()));
        new
    }
}

/// All that is said of it but where in its file it stands.
fn identity(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let Diagnostic {
        code,
        message,
        span,
        place,
        about,
        label,
        notes,
        help,
        effect: _,
        follows: _,
    } = diagnostic;
    let file = span.map(|span| &sources.file(span.file).path);
    let file = file.or(place.as_ref().map(|place| &place.path));
    let file = file.or(about.as_ref().map(|about| &about.path));
    format!(
        "{} {message:?} {file:?} {label:?} {notes:?} {help:?}",
        code.number
    )
}

fn place(diagnostic: &Diagnostic) -> Option<(usize, usize)> {
    let span = diagnostic.span;
    let span = span.map(|span| (span.start as usize, span.end as usize));
    let place = diagnostic.place.as_ref();
    span.or(place.map(|place| (place.range.start, place.range.end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::codes::project::{RG0501, RG0504};
    use crate::diagnostics::{Effect, Place};

    /// What is said of `now` behind `before`; each is an effect, a message and where it stands.
    fn check(
        before: &[(Effect, &str, usize)],
        now: &[(Effect, &str, usize)],
        expected: &[(&str, usize)],
    ) {
        let sources = Sources::default();
        let diagnostics = |found: &[(Effect, &str, usize)]| {
            let mut diagnostics = Diagnostics::default();
            for (effect, message, start) in found {
                let code = if *effect == Effect::Warning {
                    &RG0504
                } else {
                    &RG0501
                };
                diagnostics.push(Diagnostic::new(code, *effect, *message).at_place(Place {
                    path: "app/route.rs".into(),
                    text: "text".into(),
                    range: *start..*start,
                }));
            }
            diagnostics
        };
        let (before, now) = (diagnostics(before), diagnostics(now));
        let before = Known::of(&before, &sources);
        let said = Known::of(&now, &sources).new_since(&before, &now, &sources);
        let said: Vec<(&str, usize)> = said
            .iter()
            .map(|said| {
                (
                    said.message.as_str(),
                    said.place.as_ref().unwrap().range.start,
                )
            })
            .collect();
        assert_eq!(said, expected);
    }

    #[test]
    fn what_is_known_is_not_said_again() {
        use Effect::{Decide, Warning};
        check(&[], &[(Warning, "a", 1)], &[("a", 1)]);
        check(&[(Warning, "a", 1)], &[(Warning, "a", 3)], &[]);
        check(
            &[(Warning, "a", 1), (Warning, "b", 2)],
            &[(Warning, "b", 2), (Warning, "c", 3)],
            &[("c", 3)],
        );
        // One more of the same.
        check(
            &[(Warning, "a", 1)],
            &[(Warning, "a", 0), (Warning, "a", 2)],
            &[("a", 0), ("a", 2)],
        );
        // An error stays until it is mended; which are left is said.
        check(&[(Decide, "a", 1)], &[(Decide, "a", 1)], &[]);
        check(&[(Decide, "a", 1)], &[(Decide, "a", 2)], &[("a", 2)]);
        check(
            &[(Decide, "a", 1), (Decide, "b", 2), (Warning, "c", 3)],
            &[(Decide, "b", 2), (Warning, "c", 3)],
            &[("b", 2)],
        );
    }
}
