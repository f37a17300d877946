//! Where the functions of a Rust file stand, as far as a person who edits it must know. It is no part of what is tested.

use std::ops::Range;

use syn::spanned::Spanned;

/// A file's functions and imports, as ranges of bytes.
#[derive(Debug, Default)]
pub struct Outline {
    pub functions: Vec<Function>,
    /// End of the last import, or of what must stand before all items.
    pub imports_end: usize,
    /// End of a byte order mark.
    pub start: usize,
}

/// A function at the top level.
#[derive(Debug, Clone)]
pub struct Function {
    pub name: String,
    pub public: bool,
    /// Attributes and comments of it included.
    pub whole: Range<usize>,
    /// From its first to its last doc comment; empty, where its attributes or it begin, if it has none.
    pub doc: Range<usize>,
    /// From `pub` to its opening brace.
    pub signature: Range<usize>,
    /// Between its braces.
    pub body: Range<usize>,
}

impl Outline {
    /// Of a text; `None` if it isn't Rust.
    pub fn of(text: &str) -> Option<Self> {
        let file = syn::parse_file(text).ok()?;
        let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let shift = |range: Range<usize>| range.start + start..range.end + start;
        let mut outline = Self {
            imports_end: start,
            start,
            ..Self::default()
        };
        for attribute in &file.attrs {
            outline.imports_end = shift(attribute.span().byte_range()).end;
        }
        for item in &file.items {
            match item {
                syn::Item::Fn(function) => {
                    let open = shift(function.block.brace_token.span.open().byte_range());
                    let close = shift(function.block.brace_token.span.close().byte_range());
                    let first = match function.vis {
                        syn::Visibility::Inherited => function.sig.span(),
                        _ => function.vis.span(),
                    };
                    let signature = shift(first.byte_range()).start..open.start;
                    let ranges = |only_docs: bool| {
                        let wanted = function.attrs.iter().filter(move |attribute| {
                            !only_docs || attribute.path().is_ident("doc")
                        });
                        wanted.map(|attribute| shift(attribute.span().byte_range()))
                    };
                    let begin = ranges(false)
                        .next()
                        .map_or(signature.start, |range| range.start);
                    let doc = ranges(true).next().zip(ranges(true).next_back());
                    let doc = doc.map_or(begin..begin, |(first, last)| {
                        first.start..last.start + text[last].trim_end().len()
                    });
                    outline.functions.push(Function {
                        name: function.sig.ident.to_string(),
                        public: matches!(function.vis, syn::Visibility::Public(_)),
                        whole: begin..close.end,
                        doc,
                        signature,
                        body: open.end..close.start,
                    });
                }
                syn::Item::Use(import) => {
                    outline.imports_end = shift(import.span().byte_range()).end
                }
                _ => {}
            }
        }
        proc_macro2::extra::invalidate_current_thread_spans();
        Some(outline)
    }
}

/// End of the line that `at` lies in, its newline included.
pub fn line_end(text: &str, at: usize) -> usize {
    text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline + 1)
}
