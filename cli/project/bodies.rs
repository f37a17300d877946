//! What serves an operation in a file of the user's: a function, or something from elsewhere under its name.

use std::ops::Range;

use super::fingerprint::Fingerprint;
use super::lock::LockedFunction;
use super::rust_file::RustFile;

/// What is known of it.
#[derive(Debug)]
pub struct Body {
    /// Where it is named.
    pub range: Range<usize>,
    /// Of what stands between its braces; of something from elsewhere, of the item that brings it in.
    pub print: Fingerprint,
    /// Of its doc comment.
    pub doc: Option<Fingerprint>,
}

impl Body {
    /// What stands in a file under a name; the first, if `#[cfg]`s choose among several.
    pub fn of(text: &str, file: &RustFile, name: &str) -> Option<Self> {
        if let Some(function) = file.functions_named(name).first() {
            return Some(Self {
                range: function.signature.clone(),
                print: function.body_print,
                doc: Some(function.doc_print),
            });
        }
        let other = file.other_name(name)?;
        Some(Self {
            range: other.range.clone(),
            print: Fingerprint::of_rust(&text[other.range.clone()]),
            doc: None,
        })
    }
}

/// The contract's name of the operation that a function's body was written for.
pub fn written_for<'a>(known: &'a LockedFunction, text: &str, file: &RustFile) -> Option<&'a str> {
    let written = known.written.as_ref();
    let written = written.filter(|written| {
        let body = Body::of(text, file, &known.name);
        body.is_some_and(|body| body.print == written.body)
    });
    match written {
        Some(written) => Some(&written.id),
        None => known.operation_id.as_deref(),
    }
}
