//! Merging one function of the user's: put in, brought up to date, or left alone.

use camino::Utf8Path;

use super::change::State;
use super::fingerprint::Fingerprint;
use super::lock::LockedFunction;
use super::merge::Merge;
use super::merge_call::uncallable;
use super::merge_functions::File;
use super::rust_file::RustFunction;
use super::splice::Splice;
use super::successors::is_visible;
use crate::diagnostics::codes::project::{RG0502, RG0503, RG0508};
use crate::diagnostics::{Diagnostic, Effect};
use crate::render::{self, Mount};

/// An emitted function and the prints of its parts.
pub(super) struct Function<'a> {
    pub(super) key: &'a str,
    pub(super) name: &'a str,
    pub(super) emitted: &'a render::Function,
    doc: Fingerprint,
    signature: Fingerprint,
    body: Fingerprint,
}

impl<'a> Function<'a> {
    pub(super) fn new(emitted: &'a render::Function) -> Self {
        Self {
            key: &emitted.key,
            name: &emitted.name,
            emitted,
            doc: Fingerprint::of_rust(&emitted.doc),
            signature: Fingerprint::of_signature(&emitted.signature),
            body: Fingerprint::of_rust(&emitted.body),
        }
    }

    /// The contract's name of its operation.
    pub(super) fn operation_id(&self) -> Option<&str> {
        self.emitted.operation_id.as_deref()
    }

    /// Its entry in the lock, as if all of it had been written.
    pub(super) fn locked(&self, path: &Utf8Path, mount: Option<&Mount>) -> LockedFunction {
        LockedFunction {
            path: path.to_owned(),
            name: self.name.to_owned(),
            operation_id: self.emitted.operation_id.clone(),
            mount: mount.cloned(),
            doc: Some(self.doc),
            signature: Some(self.signature),
            body: Some(self.body),
            orphan: None,
            written: None,
        }
    }
}

/// What is to be done with a part of a function.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// It says what it should.
    Same,
    /// It is as we wrote it, and should say something else.
    Behind,
    /// The user edited it.
    Edited,
}

fn compare(now: Fingerprint, locked: Option<Fingerprint>, emitted: Fingerprint) -> Part {
    if now == emitted {
        Part::Same
    } else if locked == Some(now) {
        Part::Behind
    } else {
        Part::Edited
    }
}

/// Whether all that a body comes to is `ctx.not_implemented(request)`, whatever its names are and what stands before.
fn ends_in_a_stub(body: &str) -> bool {
    let inside = body.trim_end().strip_suffix(')');
    let call = inside.and_then(|inside| inside.rsplit_once(".not_implemented("));
    let is_name = |text: &str| {
        text.chars()
            .all(|c| c.is_alphanumeric() || c == '_' || c == '#')
    };
    call.is_some_and(|(_, argument)| is_name(argument.trim()))
}

impl Merge<'_> {
    /// Merges the function at `index` of all that are emitted into this file; `known` is what we wrote there.
    pub(super) fn function(
        &mut self,
        file: &File,
        splice: &mut Splice,
        (all, index): (&[render::Function], usize),
        known: Option<&LockedFunction>,
    ) {
        let function = Function::new(&all[index]);
        let mut locked = function.locked(file.to, file.mount);
        let line = file.line(function.name);
        let there = file.rust.functions_named(function.name);
        let asked_before = known.and_then(|known| known.signature);
        let is_behind = asked_before.is_some_and(|asked| asked != function.signature);
        let is_edited = |there: &&RustFunction| {
            there.signature_print != function.signature || there.conditional
        };
        if !is_behind && there.iter().all(|there| there.public) && there.iter().any(is_edited) {
            uncallable(file, &function, &there)
                .into_iter()
                .for_each(|diagnostic| self.diagnostics.push(diagnostic));
        }
        if let Some(known) = known {
            self.report_misplaced(file, &function, known, &mut locked);
        }
        let state = match (there.as_slice(), file.rust.other_name(function.name)) {
            ([there], _) if there.public && !there.conditional => {
                self.bring_up_to_date(file, splice, &function, there, known, &mut locked)
            }
            ([there, ..], _) if there.public => State::Implemented,
            ([], Some(name)) if name.public => State::Implemented,
            ([there, ..], _) => {
                self.diagnostics
                    .push(self.not_public(file, &function, there.signature.clone()));
                State::Implemented
            }
            ([], Some(name)) => {
                self.diagnostics
                    .push(self.not_public(file, &function, name.range.clone()));
                State::Implemented
            }
            ([], None) => match &file.rust.opaque {
                Some(range) => {
                    self.diagnostics
                        .push(self.not_visible(file, &function, range.clone()));
                    State::Implemented
                }
                None => {
                    put_in(file, splice, all, index);
                    State::Stub
                }
            },
        };
        if state == State::Implemented
            && let Some(known) = known
        {
            locked.body = locked.body.and(known.body).or(locked.body);
        }
        self.state(Some(function.key), file.to, function.name, line, state);
        self.lock.functions.insert(function.key.to_owned(), locked);
    }

    /// Replaces the parts that are as we wrote them.
    fn bring_up_to_date(
        &mut self,
        file: &File,
        splice: &mut Splice,
        function: &Function,
        there: &RustFunction,
        known: Option<&LockedFunction>,
        locked: &mut LockedFunction,
    ) -> State {
        let emitted = function.emitted;
        let known_doc = known.and_then(|known| known.doc);
        match compare(there.doc_print, known_doc, function.doc) {
            Part::Same => {}
            // It tells what the body was written for.
            Part::Behind if locked.written.is_some() => locked.doc = known_doc,
            Part::Behind => splice.replace_doc(there, &emitted.doc),
            Part::Edited => locked.doc = known_doc.or(locked.doc),
        }
        let known_signature = known.and_then(|known| known.signature);
        let signature = compare(there.signature_print, known_signature, function.signature);
        match signature {
            Part::Same => {}
            Part::Behind => splice.replace(there.signature.clone(), file.signature(emitted)),
            Part::Edited if known_signature.is_some_and(|known| known != function.signature) => {
                self.diagnostics
                    .push(signature_is_behind(file, function, there));
            }
            Part::Edited => {}
        }
        let known_body = known.and_then(|known| known.body);
        match compare(there.body_print, known_body, function.body) {
            Part::Same => State::Stub,
            Part::Behind if signature != Part::Edited => {
                splice.replace(there.body.clone(), &format!("\n{}", emitted.body));
                State::Stub
            }
            Part::Behind => {
                locked.body = known_body;
                State::Stub
            }
            Part::Edited => {
                locked.body = known_body.or(locked.body);
                match ends_in_a_stub(&file.text[there.body.clone()]) {
                    true => State::Stub,
                    false => State::Implemented,
                }
            }
        }
    }

    fn not_public(
        &self,
        file: &File,
        function: &Function,
        range: std::ops::Range<usize>,
    ) -> Diagnostic {
        Diagnostic::new(
            &RG0503,
            Effect::Decide,
            format!(
                "`{}` needs a handler `{}`, and the one that is there is not public",
                function.key, function.name
            ),
        )
        .at_place(file.place(range))
        .label("the router can't name this")
        .help("write `pub` before it, or rename it if it is something else")
    }

    fn not_visible(
        &self,
        file: &File,
        function: &Function,
        range: std::ops::Range<usize>,
    ) -> Diagnostic {
        let name = function.name;
        Diagnostic::new(
            &RG0502,
            Effect::Decide,
            format!(
                "`{}` needs a handler `{name}`, which can't be seen in `{}`",
                function.key, file.from
            ),
        )
        .at_place(file.place(range))
        .label("it may come from here")
        .help(format!(
            "name it: `pub use …::{name};`, or write the function above this line"
        ))
    }
}

fn signature_is_behind(file: &File, function: &Function, there: &RustFunction) -> Diagnostic {
    Diagnostic::new(
        &RG0508,
        Effect::Warning,
        format!(
            "the contract asks for another signature of `{}`, and you edited this one",
            function.key
        ),
    )
    .at_place(file.place(there.signature.clone()))
    .help(format!("it should be `{}`", function.emitted.signature))
}

/// Puts a function, and those after it that are missing too, in where the order of methods has its place.
fn put_in(file: &File, splice: &mut Splice, all: &[render::Function], index: usize) {
    let is_missing = |function: &render::Function| !is_visible(file.rust, &function.name);
    if index > 0 && is_missing(&all[index - 1]) {
        // It went in with the one before it.
        return;
    }
    let run: Vec<String> = all[index..]
        .iter()
        .take_while(|function| is_missing(function))
        .map(|function| function.text_with(file.signature(function)))
        .collect();
    let text = run.join("\n");
    let there =
        |function: &render::Function| file.rust.functions_named(&function.name).last().copied();
    if let Some(before) = all[..index].iter().rev().find_map(there) {
        splice.insert_after(file.rust, before, &text);
    } else if let Some(after) = all[index + run.len()..].iter().find_map(there) {
        splice.insert_before(file.rust, after.whole.start, &text);
    } else if file.rust.items.is_empty() {
        // Whoever emptied the file took the imports away that the functions need.
        splice.insert_last(file.rust, &format!("{}{text}", file.preamble));
    } else {
        splice.insert_last(file.rust, &text);
    }
}
