//! What we need to know of a Rust file of the user's: where its functions stand, and which names it gives away.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::Span;
use syn::spanned::Spanned;

use super::fingerprint::Fingerprint;
use super::rust_types::{RustTypes, bare_names, given_name, last_name};

/// A Rust file, as ranges of bytes of its text (byte order mark and shebang included).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RustFile {
    /// The functions at its top level, in order.
    pub functions: Vec<RustFunction>,
    /// Other names of values: imports, re-exports, constants.
    pub names: Vec<RustName>,
    /// The names of types.
    pub types: RustTypes,
    /// The first item that may define names which can't be seen: a macro call, `include!`, `pub use x::*`.
    pub opaque: Option<Range<usize>>,
    /// End of the byte order mark, shebang and inner attributes.
    pub header_end: usize,
    /// All items, outer attributes included.
    pub items: Vec<Range<usize>>,
    /// Start of a `#[cfg(test)]` module that is the last item.
    pub tests_start: Option<usize>,
    /// The modules that are files beside it: `mod queries;`.
    pub modules: Vec<String>,
}

/// A function at the top level of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct RustFunction {
    /// As it is called: `get` for `r#get`, but `r#type`, which has no other name.
    pub name: String,
    /// Whether the crate's router can name it.
    pub public: bool,
    /// Whether a `#[cfg]` decides on it or on what stands before it.
    pub conditional: bool,
    /// Whether it is only there in builds for which its `#[cfg]` holds.
    pub is_chosen_by_cfg: bool,
    /// From its first attribute to its closing brace.
    pub whole: Range<usize>,
    /// From the first to the last line of its doc comment.
    pub doc: Option<Range<usize>>,
    /// From `pub` to what stands before the opening brace.
    pub signature: Range<usize>,
    /// Between the braces.
    pub body: Range<usize>,
    /// How it can be called.
    pub call: Call,
    /// Whether it is nothing but doc comment, signature and body: no attributes, no comments in between.
    pub bare: bool,
    /// What its doc comment says; of the empty text if it has none.
    pub doc_print: Fingerprint,
    /// What its signature says.
    pub signature_print: Fingerprint,
    /// What its body says.
    pub body_print: Fingerprint,
}

/// How a function can be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The last names of the types of its arguments, as far as they have any.
    pub arguments: Vec<Option<String>>,
    /// The last name of what it gives if all goes well, as far as it can be told.
    pub gives: Option<String>,
    /// All types in its signature that are named without a path.
    pub bare_names: BTreeSet<String>,
    /// Whether types or constants must be chosen for it.
    pub is_generic: bool,
    /// Whether what it gives may be awaited, as far as its signature tells.
    pub is_async: bool,
    /// Whether it is `unsafe`.
    pub is_unsafe: bool,
}

impl Call {
    fn of(signature: &syn::Signature) -> Self {
        // Any other type may be the alias of a future.
        let may_be_future = match &signature.output {
            syn::ReturnType::Default => false,
            syn::ReturnType::Type(_, output) => match &**output {
                syn::Type::Path(named) => {
                    let last = named.path.segments.last();
                    last.is_none_or(|last| last.ident != "Result")
                }
                _ => true,
            },
        };
        let last_name = |argument: &syn::FnArg| match argument {
            syn::FnArg::Typed(argument) => last_name(&argument.ty),
            syn::FnArg::Receiver(_) => None,
        };
        Self {
            arguments: signature.inputs.iter().map(last_name).collect(),
            gives: given_name(&signature.output),
            bare_names: bare_names(signature),
            is_generic: signature
                .generics
                .params
                .iter()
                .any(|parameter| !matches!(parameter, syn::GenericParam::Lifetime(_))),
            is_async: signature.asyncness.is_some() || may_be_future,
            is_unsafe: matches!(signature.safety, syn::Safety::Unsafe(_)),
        }
    }
}

/// A name of a value that isn't a function written here.
#[derive(Debug, Clone, PartialEq)]
pub struct RustName {
    /// The name under which it is known here.
    pub name: String,
    /// Whether the crate's router can name it.
    pub public: bool,
    /// Where.
    pub range: Range<usize>,
}

/// Why a text isn't a Rust file, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct NotRust {
    /// What the parser says.
    pub message: String,
    /// Where it says so.
    pub range: Range<usize>,
}

impl RustFile {
    /// Reads a file's text.
    ///
    /// # Errors
    ///
    /// When it isn't Rust, which half-typed files aren't.
    pub fn parse(text: &str) -> Result<Self, NotRust> {
        let parsed = syn::parse_file(text);
        // syn takes the byte order mark and the shebang off before it counts.
        let mark = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        let result = match parsed {
            Ok(file) => Ok(read(
                text,
                mark + file.shebang.as_ref().map_or(0, String::len),
                &file,
            )),
            Err(error) => {
                let skipped = mark + shebang_length(&text[mark..]);
                let at = match error.span().byte_range() {
                    // At the file's end syn has no token to point at.
                    Range { start: 0, end: 0 } => {
                        text.trim_end().len().saturating_sub(skipped)..text.len() - skipped
                    }
                    at => at,
                };
                let start = text.floor_char_boundary((at.start + skipped).min(text.len()));
                let end = text.ceil_char_boundary((at.end + skipped).min(text.len()));
                let message = match error.to_string().as_str() {
                    // What proc-macro2 says of everything that it can't split into tokens.
                    "cannot parse string into token stream" => {
                        "a bracket or a quote has no partner".to_owned()
                    }
                    message => message.to_owned(),
                };
                Err(NotRust {
                    message,
                    range: start..end.max(start),
                })
            }
        };
        proc_macro2::extra::invalidate_current_thread_spans();
        let mut file = result?;
        for function in &mut file.functions {
            function.doc_print =
                Fingerprint::of_rust(function.doc.clone().map_or("", |range| &text[range]));
            function.signature_print = Fingerprint::of_signature(&text[function.signature.clone()]);
            function.body_print = Fingerprint::of_rust(&text[function.body.clone()]);
        }
        Ok(file)
    }

    /// The functions of this name; more than one if `#[cfg]`s choose among them.
    pub fn functions_named(&self, name: &str) -> Vec<&RustFunction> {
        self.functions
            .iter()
            .filter(|function| function.name == name)
            .collect()
    }

    /// The name of a value that isn't a function written here.
    pub fn other_name(&self, name: &str) -> Option<&RustName> {
        self.names.iter().find(|other| other.name == name)
    }
}

/// How long a shebang line is (Rust Reference, "Shebang"): `#!` that doesn't begin an inner attribute.
fn shebang_length(text: &str) -> usize {
    match text.strip_prefix("#!") {
        Some(rest) if !rest.trim_start().starts_with('[') => text.find('\n').unwrap_or(text.len()),
        Some(_) | None => 0,
    }
}

fn read(text: &str, skipped: usize, file: &syn::File) -> RustFile {
    let shift = |range: Range<usize>| range.start + skipped..range.end + skipped;
    let mut read = RustFile {
        header_end: skipped,
        ..RustFile::default()
    };
    for attribute in &file.attrs {
        read.header_end = shift(attribute_range(attribute)).end;
    }
    for item in &file.items {
        let range = shift(item.span().byte_range());
        read.items.push(range.clone());
        read.types.read(item, is_conditional(attributes(item)));
        read.tests_start = None;
        if let syn::Item::Mod(module) = item
            && module.content.is_none()
        {
            read.modules.push(module.ident.to_string());
        }
        match item {
            syn::Item::Fn(function) => read.functions.push(read_function(text, skipped, function)),
            syn::Item::Use(import) => {
                let public = is_public(&import.vis);
                read_use(&import.tree, public, &range, &mut read);
            }
            syn::Item::Const(constant) => {
                read.names
                    .push(value_name(&constant.ident, &constant.vis, range));
            }
            syn::Item::Static(statik) => {
                read.names
                    .push(value_name(&statik.ident, &statik.vis, range))
            }
            syn::Item::Macro(call)
                if call.ident.is_none() && !call.mac.path.is_ident("thread_local") =>
            {
                read.opaque.get_or_insert(range);
            }
            syn::Item::Mod(module) if is_conditional(&module.attrs) => {
                read.tests_start = Some(range.start)
            }
            // Types, traits, modules and impls give no names of values that a router could take for handlers;
            // syn's enum is open, so they can't be listed.
            _ => {}
        }
    }
    read
}

/// The attributes of an item that can name types.
fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Use(import) => &import.attrs,
        _ => &[],
    }
}

/// What an identifier is called: `r#` tells keywords from names, and is nothing to what is none.
fn called(name: &syn::Ident) -> String {
    let name = name.to_string();
    match name.strip_prefix("r#") {
        Some(plain) if syn::parse_str::<syn::Ident>(plain).is_ok() => plain.to_owned(),
        Some(_) | None => name,
    }
}

fn value_name(name: &syn::Ident, visibility: &syn::Visibility, range: Range<usize>) -> RustName {
    RustName {
        name: called(name),
        public: is_public(visibility),
        range,
    }
}

/// Adds the names that a `use` brings in.
fn read_use(tree: &syn::UseTree, public: bool, range: &Range<usize>, read: &mut RustFile) {
    let mut add = |name: String| {
        read.names.push(RustName {
            name,
            public,
            range: range.clone(),
        })
    };
    match tree {
        syn::UseTree::Path(path) => read_use(&path.tree, public, range, read),
        syn::UseTree::Name(name) => add(called(&name.ident)),
        syn::UseTree::Rename(rename) => add(called(&rename.rename)),
        syn::UseTree::Glob(_) if public => {
            read.opaque.get_or_insert(range.clone());
        }
        syn::UseTree::Glob(_) => {}
        syn::UseTree::Group(group) => {
            group
                .items
                .iter()
                .for_each(|tree| read_use(tree, public, range, read));
        }
    }
}

fn read_function(text: &str, skipped: usize, function: &syn::ItemFn) -> RustFunction {
    let shift = |range: Range<usize>| range.start + skipped..range.end + skipped;
    let open = shift(function.block.brace_token.span.open().byte_range());
    let close = shift(function.block.brace_token.span.close().byte_range());
    let public = is_public(&function.vis);
    let first: Span = match function.vis {
        syn::Visibility::Inherited => function.sig.span(),
        syn::Visibility::Public(_) | syn::Visibility::Restricted(_) => function.vis.span(),
    };
    let start = shift(first.byte_range()).start;
    let signature = start..start + text[start..open.start].trim_end().len();
    let docs: Vec<Range<usize>> = function
        .attrs
        .iter()
        .filter(|attribute| is_outer(attribute) && attribute.path().is_ident("doc"))
        .map(|attribute| shift(attribute_range(attribute)))
        .collect();
    // Of a CRLF file, a line's comment includes the carriage return.
    let line_end = |range: &Range<usize>| range.start + text[range.clone()].trim_end().len();
    let doc = docs
        .first()
        .zip(docs.last())
        .map(|(first, last)| first.start..line_end(last));
    let begin = function
        .attrs
        .iter()
        .filter(|attribute| is_outer(attribute))
        .map(attribute_range)
        .map(shift);
    let whole = begin.map(|range| range.start).min().unwrap_or(start)..close.end;
    let print = Fingerprint::of_bytes(b"");
    RustFunction {
        name: called(&function.sig.ident),
        public,
        conditional: is_conditional(&function.attrs),
        is_chosen_by_cfg: function.attrs.iter().any(|of| of.path().is_ident("cfg")),
        call: Call::of(&function.sig),
        bare: docs.len() == function.attrs.len()
            && doc
                .as_ref()
                .is_none_or(|doc| text[doc.end..start].trim().is_empty()),
        whole,
        doc,
        signature,
        body: open.end..close.start,
        doc_print: print,
        signature_print: print,
        body_print: print,
    }
}

fn attribute_range(attribute: &syn::Attribute) -> Range<usize> {
    attribute.pound_token.span.byte_range().start
        ..attribute.bracket_token.span.close().byte_range().end
}

fn is_outer(attribute: &syn::Attribute) -> bool {
    matches!(attribute.style, syn::AttrStyle::Outer)
}

fn is_conditional(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        path.is_ident("cfg") || path.is_ident("cfg_attr")
    })
}

/// Whether the crate's router can name what has this visibility.
fn is_public(visibility: &syn::Visibility) -> bool {
    match visibility {
        syn::Visibility::Public(_) => true,
        syn::Visibility::Restricted(restricted) => restricted.path.is_ident("crate"),
        syn::Visibility::Inherited => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RustFile;

    /// The functions of a file as `name: doc | signature | body`, then other names with `+` if public.
    fn check(text: &str, expected: &[&str]) {
        let file = RustFile::parse(text).unwrap();
        let mut found: Vec<String> = file
            .functions
            .iter()
            .map(|function| {
                let doc = function.doc.clone().map_or("", |range| &text[range]);
                let (signature, body) = (
                    &text[function.signature.clone()],
                    &text[function.body.clone()],
                );
                assert!(text[function.whole.clone()].ends_with('}'));
                format!("{doc}|{signature}|{}", body.trim())
            })
            .collect();
        found.extend(
            file.names
                .iter()
                .map(|name| format!("{}{}", if name.public { "+" } else { "-" }, name.name)),
        );
        found.extend(file.opaque.map(|range| format!("? {}", &text[range])));
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn functions_are_found_to_the_byte() {
        check(
            "/// Hi.\npub async fn get() {\n    1\n}\n",
            &["/// Hi.|pub async fn get()|1"],
        );
        check("\u{feff}pub fn get() { 1 }", &["|pub fn get()|1"]);
        check(
            "\u{feff}#!/usr/bin/env x\n/// é\npub fn get() { 'é' }",
            &["/// é|pub fn get()|'é'"],
        );
        check("#![allow(x)]\n//! Inner.\n\nfn get() {}", &["|fn get()|"]);
        check(
            "/// One.\r\n/// Two.\r\npub fn get()\r\n{\r\n}\r\n",
            &["/// One.\r\n/// Two.|pub fn get()|"],
        );
        check(
            "#[a]\n/** Doc \"*/\n#[b]\npub(crate) unsafe fn r#type() { \"*/ }\" }",
            &["/** Doc \"*/|pub(crate) unsafe fn r#type()|\"*/ }\""],
        );
        check(
            "fn f() -> [u8; { 1 }] { [0] }",
            &["|fn f() -> [u8; { 1 }]|[0]"],
        );
    }

    #[test]
    fn names_that_are_given_away_are_found() {
        check("pub use x::get;", &["+get"]);
        check(
            "pub use x::{handler as get, y::{post, put as _}};",
            &["+get", "+post", "+_"],
        );
        check("use x::get;\nuse super::contract::*;", &["-get"]);
        check("pub const get: fn() = x;", &["+get"]);
        check("pub use x::*;", &["? pub use x::*;"]);
        check(
            "macro_rules! m { () => {} }\nthread_local! {}\nm!();",
            &["? m!();"],
        );
        check("include!(\"x.rs\");", &["? include!(\"x.rs\");"]);
    }

    #[test]
    fn half_typed_files_are_refused_at_their_place() {
        for (text, at) in [
            ("fn get( {", 8),
            ("\u{feff}#!x\nfn a() {}\nfn é", 20),
            ("fn a() { \"", 9),
            ("pub asink fn a() {}", 4),
        ] {
            let error = RustFile::parse(text).unwrap_err();
            assert!(text.is_char_boundary(error.range.start), "{text:?}");
            assert!(error.range.start.abs_diff(at) <= 3, "{text:?}: {error:?}");
        }
    }
}
