//! Reads TypeScript, and reports each of its syntax errors.

use super::convert;
use super::syntax::Module;
use crate::diagnostics::codes::zod::RG0301;
use crate::diagnostics::{Diagnostic, Diagnostics, Effect};
use crate::source::{Source, Span};

/// How deep brackets may nest; no contract comes near, and the parser recurses.
const MAX_NESTING: usize = 512;

/// Reads TypeScript; `None` when it has syntax errors, each of which is reported.
pub(super) fn parse(file: u16, source: &Source, diagnostics: &mut Diagnostics) -> Option<Module> {
    if let Some(at) = too_deep(&source.text) {
        diagnostics.push(
            Diagnostic::new(
                &RG0301,
                Effect::Fatal,
                format!("brackets nest deeper than {MAX_NESTING}, which no contract does"),
            )
            .at(Span::new(file, at, at + 1))
            .help("take it apart with `const`s"),
        );
        return None;
    }
    let allocator = oxc_allocator::Allocator::default();
    let parsed =
        oxc_parser::Parser::new(&allocator, &source.text, oxc_span::SourceType::ts().with_module(true))
            .parse();
    let mut clean = !parsed.panicked;
    for error in &parsed.diagnostics {
        clean = false;
        let mut message = error.message.to_string();
        if let Some(first) = message.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        let message = message.trim_end_matches('.').to_owned();
        let span = error.labels.first().map_or(Span::new(file, 0, 0), |label| {
            Span::new(file, label.offset() as usize, label.offset() as usize + label.len() as usize)
        });
        let mut diagnostic = Diagnostic::new(&RG0301, Effect::Fatal, message).at(span);
        diagnostic = diagnostic.help(match &error.help {
            Some(help) => help.to_string(),
            None => "mend the line that is shown".to_owned(),
        });
        diagnostics.push(diagnostic);
    }
    clean.then(|| convert::module(file, &parsed.program))
}

/// Where brackets nest too deep, by a count that takes those in strings along.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_NESTING {
            return Some(at);
        }
    }
    None
}
