//! Every diagnostic code with its title and its long explanation, one file per stage.

pub mod openapi;
pub mod plan;
pub mod project;
pub mod read;
pub mod zod;

/// The identity of a kind of diagnostic.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `RG0101`: two digits of stage (01 read, 02 OpenAPI, 03 Zod, 04 plan, 05 project), two of kind.
    pub number: &'static str,
    /// One line.
    pub title: &'static str,
    /// Markdown for `routegen explain`: what it means, an example that shows it, the way out.
    pub explanation: &'static str,
}

/// All codes in order of their numbers.
pub fn all() -> impl Iterator<Item = &'static Code> {
    [read::ALL, openapi::ALL, zod::ALL, plan::ALL, project::ALL]
        .into_iter()
        .flatten()
        .copied()
}

/// Declares the codes of one stage: `RG0101 "title" "explanation";` and a static `ALL` of them.
macro_rules! codes {
    ($($number:ident $title:literal $explanation:literal;)*) => {
        $(
            #[doc = $title]
            pub static $number: $crate::diagnostics::Code = $crate::diagnostics::Code {
                number: stringify!($number),
                title: $title,
                explanation: $explanation,
            };
        )*
        /// All codes of this stage.
        pub(super) static ALL: &[&$crate::diagnostics::Code] = &[$(&$number),*];
    };
}
use codes;
