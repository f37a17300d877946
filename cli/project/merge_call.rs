//! Whether what calls a function of the user's can call it as it is now.

use super::merge_function::Function;
use super::merge_functions::File;
use super::rust_file::{Call, RustFile, RustFunction};
use crate::diagnostics::codes::project::RG0521;
use crate::diagnostics::{Diagnostic, Effect};
use crate::model::Method;
use crate::render;

/// What the compiler would say far from the function, in a file of ours: said at the function.
pub(super) fn uncallable(
    file: &File,
    function: &Function,
    there: &[&RustFunction],
) -> Vec<Diagnostic> {
    let (name, emitted) = (function.name, function.emitted);
    let mut found = Vec::new();
    if let [only] = there
        && only.is_chosen_by_cfg
    {
        found.push(not_everywhere(file, only, &format!("`{}`", function.key)));
    }
    let Some(asked) = asked(emitted) else {
        return found;
    };
    for there in there {
        let call = &there.call;
        let mut say = |message: String, label: &str| {
            let help = format!("it should be `{}`", emitted.signature);
            found.push(said(file, there, message, label).help(help));
        };
        if call.arguments.len() != asked.arguments.len() {
            let message = format!(
                "`{name}` takes {} and is called with {}",
                counted(call.arguments.len()),
                asked.arguments.len()
            );
            say(message, "this can't be called");
        } else if !call.is_generic
            && let Some(message) = other_type(file, name, call, &asked)
        {
            say(message, "this can't be called");
        }
        if call.is_generic {
            let message =
                format!("`{name}` is generic, and nothing says with which types it is called");
            say(message, "this can't be called");
        }
        if call.is_unsafe {
            let message = format!("`{name}` is unsafe, and is called as if it weren't");
            say(message, "this can't be called");
        }
        if !call.is_async && emitted.signature.contains("async ") {
            let message = format!("`{name}` is not async, and what it gives is awaited");
            say(message, "this can't be awaited");
        }
    }
    found
}

/// Says that a function isn't always there; `needed_by` is who needs it.
pub(super) fn not_everywhere(file: &File, function: &RustFunction, needed_by: &str) -> Diagnostic {
    let name = &function.name;
    let message = format!("`{name}` is not there in every build, and {needed_by} needs it");
    said(file, function, message, "a `cfg` decides on this").help(format!(
        "put the `cfg` inside of its body, or write a second `{name}` for the other case"
    ))
}

fn said(file: &File, function: &RustFunction, message: String, label: &str) -> Diagnostic {
    Diagnostic::new(&RG0521, Effect::Warning, message)
        .at_place(file.place(function.signature.clone()))
        .label(label)
}

/// The first of its types that is plainly another than it is called with: axum's, or that of another method.
fn other_type(file: &File, name: &str, call: &Call, asked: &Call) -> Option<String> {
    let is_plain = |there: &str| {
        let method = there
            .strip_suffix("Request")
            .or_else(|| there.strip_suffix("Response"));
        method.is_some_and(|method| method.is_empty() || Method::parse(method).is_some())
            && !file.rust.types.is_alias(there)
    };
    let differ = |there: &Option<String>, asked: &Option<String>| {
        let (there, asked) = there.clone().zip(asked.clone())?;
        (there != asked && is_plain(&there)).then_some((there, asked))
    };
    let mut arguments = call.arguments.iter().zip(&asked.arguments);
    let takes = arguments
        .find_map(|(there, asked)| differ(there, asked))
        .map(|(there, asked)| format!("`{name}` takes `{there}` and is given `{asked}`"));
    takes.or_else(|| {
        let (there, asked) = differ(&call.gives, &asked.gives)?;
        Some(format!("`{name}` gives `{there}`, and `{asked}` is needed"))
    })
}

/// How an emitted function is called.
pub(super) fn asked(emitted: &render::Function) -> Option<Call> {
    let file = RustFile::parse(&format!("{} {{}}", emitted.signature)).ok()?;
    file.functions
        .into_iter()
        .next()
        .map(|function| function.call)
}

fn counted(arguments: usize) -> String {
    match arguments {
        0 => "no argument".to_owned(),
        1 => "1 argument".to_owned(),
        many => format!("{many} arguments"),
    }
}
