//! Files `route.rs` of the user's own in which nothing is a handler: they are neither routed nor compiled, so they are named, once for
//! each cause.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use super::merge::Merge;
use super::merge_functions::File;
use super::rust_file::RustFunction;
use crate::diagnostics::codes::project::RG0520;
use crate::diagnostics::{Diagnostic, Effect, Place};
use crate::model::Method;

/// How many files are named of those behind the first.
const NAMED: usize = 8;

/// How a handler of the user's own begins.
const OWN: &str = "pub async fn get(ctx: Context, request: axum::extract::Request) -> Result<axum::response::Response>";

/// The files without a handler, by what keeps them from having one.
#[derive(Debug, Default)]
pub(super) struct Idle(BTreeMap<Cause, Vec<IdleFile>>);

/// Why a file has no handler.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    /// A macro or another file may make one, which can't be seen.
    Unseen,
    /// No function has the name of a method.
    NoFunction,
    /// The function of this name isn't public.
    Private(String),
    /// A function has the name of this method in other letters.
    Spelling(String),
}

#[derive(Debug)]
struct IdleFile {
    path: Utf8PathBuf,
    /// The function that was meant.
    place: Option<Place>,
}

impl Merge<'_> {
    /// Notes a file that the contract doesn't know, if it has no handler.
    pub(super) fn note_idle(&mut self, file: &File) {
        let is_route = file.from.file_name() == Some("route.rs");
        if !is_route || !self.project.user_route(file.from).is_empty() {
            return;
        }
        let meant = |function: &&RustFunction| Method::parse(&function.name).is_some();
        let meant = file.rust.functions.iter().find(meant);
        let cause = match meant {
            None if file.rust.opaque.is_some() => Cause::Unseen,
            None => Cause::NoFunction,
            Some(function) => {
                let lower = function.name.to_ascii_lowercase();
                match function.name == lower {
                    true => Cause::Private(lower),
                    false => Cause::Spelling(lower),
                }
            }
        };
        self.idle.0.entry(cause).or_default().push(IdleFile {
            path: file.from.to_owned(),
            place: meant
                .map(|function| function.signature.clone())
                .or_else(|| file.rust.opaque.clone())
                .map(|range| file.place(range)),
        });
    }

    /// Reports the files that were noted.
    pub(super) fn report_idle(&mut self) {
        for (cause, files) in std::mem::take(&mut self.idle).0 {
            self.diagnostics.push(report(&cause, &files));
        }
    }
}

fn report(cause: &Cause, files: &[IdleFile]) -> Diagnostic {
    let (first, others) = files.split_first().expect("a cause is noted with a file");
    let path = &first.path;
    let what = match cause {
        Cause::Unseen => "no handler that can be seen",
        Cause::NoFunction | Cause::Private(_) | Cause::Spelling(_) => "no handler",
    };
    let message = match others.len() {
        0 => format!("`{path}` has {what}, so nothing in it is routed or compiled"),
        1 => format!(
            "`{path}` and another file have {what}, so nothing in them is routed or compiled"
        ),
        more => format!(
            "`{path}` and {more} other files have {what}, so nothing in them is routed or compiled"
        ),
    };
    let mut diagnostic = Diagnostic::new(&RG0520, Effect::Warning, message).about(path);
    if let Some(place) = &first.place {
        diagnostic = diagnostic.at_place(place.clone());
    }
    for other in others.iter().take(NAMED) {
        diagnostic = diagnostic.note(format!("so it is with `{}`", other.path));
    }
    if others.len() > NAMED {
        diagnostic = diagnostic.note(format!("… and with {} more", others.len() - NAMED));
    }
    match cause {
        Cause::Unseen => diagnostic
            .label("one may come from here")
            .help("name it: `pub use …::get;`; what a macro makes must stand in a module for that"),
        Cause::NoFunction => diagnostic.help(match others.is_empty() {
            true => format!("write `{OWN}` in it, or delete the file"),
            false => format!("write `{OWN}` in each, or delete them"),
        }),
        Cause::Private(name) => diagnostic
            .label("it is not public")
            .help(format!("write `pub async fn {name}`")),
        Cause::Spelling(name) => diagnostic
            .label("handlers are called after their method in lower case")
            .help(format!("write `pub async fn {name}`")),
    }
}
