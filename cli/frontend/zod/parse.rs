//! Reads TypeScript, and reports each of its syntax errors.

use super::convert;
use super::syntax::Module;
use crate::diagnostics::codes::zod::RG0301;
use crate::diagnostics::{Diagnostic, Diagnostics, Effect, conflict};
use crate::source::{Source, Span};

/// How deep brackets may nest; no contract comes near, and the parser recurses.
const MAX_NESTING: usize = 512;

/// How many `<` may be open at once, in brackets and around them. At each the parser tries to read types, and starts again
/// where they are none, so that its work doubles.
const MAX_ANGLES: usize = 16;

/// Reads TypeScript; `None` when it has syntax errors, each of which is reported.
pub(super) fn parse(file: u16, source: &Source, diagnostics: &mut Diagnostics) -> Option<Module> {
    if let Some((at, what)) = too_deep(&source.text) {
        diagnostics.push(
            Diagnostic::new(
                &RG0301,
                Effect::Fatal,
                format!("{what}, which no contract does"),
            )
            .at(Span::new(file, at, at + 1))
            .help("take it apart with `const`s")
            .or_conflict(&source.text),
        );
        return None;
    }
    let allocator = oxc_allocator::Allocator::default();
    let parsed = oxc_parser::Parser::new(
        &allocator,
        &source.text,
        oxc_span::SourceType::ts().with_module(true),
    )
    .parse();
    let mut clean = !parsed.panicked;
    // What follows from the markers of a conflict is no fault of its own.
    let reported = match conflict::first(&source.text).filter(|_| !parsed.diagnostics.is_empty()) {
        Some(_) => 1,
        None => parsed.diagnostics.len(),
    };
    for error in parsed.diagnostics.iter().take(reported) {
        clean = false;
        let mut message = error.message.to_string();
        if let Some(first) = message.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        let message = message.trim_end_matches('.').to_owned();
        let span = error.labels.first().map_or(Span::new(file, 0, 0), |label| {
            Span::new(
                file,
                label.offset() as usize,
                label.offset() as usize + label.len() as usize,
            )
        });
        let mut diagnostic = Diagnostic::new(&RG0301, Effect::Fatal, message).at(span);
        diagnostic = diagnostic.help(match &error.help {
            Some(help) => help.to_string(),
            None => "mend the line that is shown".to_owned(),
        });
        diagnostics.push(diagnostic.or_conflict(&source.text));
    }
    clean.then(|| convert::module(file, &parsed.program))
}

/// Where brackets nest too deep, by a count that takes those in strings along. A `<` is open until a `>` that belongs to no
/// arrow, or until the brackets around it close or a statement ends.
fn too_deep(text: &str) -> Option<(usize, String)> {
    // How many `<` are open outside of each open bracket, and how many are in all.
    let mut outside: Vec<usize> = Vec::new();
    let mut angles = 0_usize;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let around = outside.last().copied().unwrap_or_default();
        match byte {
            b'(' | b'[' | b'{' => outside.push(angles),
            b')' | b']' | b'}' => angles = outside.pop().unwrap_or_default(),
            b'<' => angles += 1,
            b'>' if at > 0 && bytes[at - 1] != b'=' => {
                angles = angles.saturating_sub(1).max(around)
            }
            b';' => angles = around,
            b'\n' if outside.is_empty() && begins_statement(&text[at + 1..]) => angles = 0,
            _ => {}
        }
        if outside.len() > MAX_NESTING {
            return Some((at, format!("brackets nest deeper than {MAX_NESTING}")));
        }
        if angles > MAX_ANGLES {
            return Some((at, format!("more than {MAX_ANGLES} `<` are open")));
        }
    }
    None
}

/// Whether a statement that no expression can be part of begins here.
fn begins_statement(rest: &str) -> bool {
    ["const ", "export ", "import "]
        .iter()
        .any(|word| rest.starts_with(word))
}
