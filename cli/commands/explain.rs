//! `routegen explain`: more of a diagnostic.

use super::{Exit, output};
use crate::args::Explain;
use crate::diagnostics::all_codes;

/// Prints what a code means.
pub fn run(arguments: &Explain) -> anyhow::Result<Exit> {
    let asked = arguments.code.trim().to_ascii_uppercase();
    match all_codes().find(|code| code.number == asked) {
        Some(code) => {
            output::print(&format!(
                "{}: {}\n\n{}\n",
                code.number, code.title, code.explanation
            ))?;
            Ok(Exit::Done)
        }
        None => anyhow::bail!(
            "`{}` is no code of a diagnostic; they look like RG0501",
            arguments.code
        ),
    }
}
