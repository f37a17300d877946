//! Whether what calls a function of the user's can call it as it is now.

use super::merge_function::Function;
use super::merge_functions::File;
use super::rust_file::{RustFile, RustFunction};
use crate::diagnostics::codes::project::RG0521;
use crate::diagnostics::{Diagnostic, Effect};
use crate::render;

/// What the compiler would say far from the function, in a file of ours: said at the function.
pub(super) fn uncallable(
    file: &File,
    function: &Function,
    there: &[&RustFunction],
    emitted: &render::Function,
) -> Vec<Diagnostic> {
    let name = function.name;
    let said = |message: String, label: &str, help: String, function: &RustFunction| {
        Diagnostic::new(&RG0521, Effect::Warning, message)
            .at_place(file.place(function.signature.clone()))
            .label(label)
            .help(help)
    };
    let mut found = Vec::new();
    if let [only] = there
        && only.is_chosen_by_cfg
    {
        found.push(said(
            format!(
                "`{name}` is not there in every build, and `{}` needs it",
                function.key
            ),
            "a `cfg` decides on this",
            format!(
                "put the `cfg` inside of its body, or write a second `{name}` for the other case"
            ),
            only,
        ));
    }
    let Some(asked) = arguments(emitted) else {
        return found;
    };
    for there in there {
        let call = there.call;
        let signature = || format!("it should be `{}`", emitted.signature);
        if call.arguments != asked {
            let message = format!(
                "`{name}` takes {} and is called with {asked}",
                counted(call.arguments)
            );
            found.push(said(message, "this can't be called", signature(), there));
        }
        if call.is_generic {
            let message =
                format!("`{name}` is generic, and nothing says with which types it is called");
            found.push(said(message, "this can't be called", signature(), there));
        }
        if call.is_unsafe {
            let message = format!("`{name}` is unsafe, and is called as if it weren't");
            found.push(said(message, "this can't be called", signature(), there));
        }
        if !call.is_async && emitted.signature.contains("async ") {
            let message = format!("`{name}` is not async, and what it gives is awaited");
            found.push(said(message, "this can't be awaited", signature(), there));
        }
    }
    found
}

fn arguments(emitted: &render::Function) -> Option<usize> {
    let file = RustFile::parse(&format!("{} {{}}", emitted.signature)).ok()?;
    file.functions
        .first()
        .map(|function| function.call.arguments)
}

fn counted(arguments: usize) -> String {
    match arguments {
        0 => "no argument".to_owned(),
        1 => "1 argument".to_owned(),
        many => format!("{many} arguments"),
    }
}
