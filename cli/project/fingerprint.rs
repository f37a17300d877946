//! Fingerprints: of bytes, and of Rust by what it says, so that formatting and line ends aren't edits.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// How a handler names what the contract has for its route, if the file doesn't import it.
const CONTRACT: &str = "super::contract::";

/// Identity of a piece of text (xxh3, 128 bits).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// Of a file, byte for byte.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(xxhash_rust::xxh3::xxh3_128(bytes))
    }

    /// Of a handler's signature: whether it names types of the contract by their paths or has imported them is no edit.
    pub fn of_signature(text: &str) -> Self {
        Self::of_rust(&text.replace(CONTRACT, ""))
    }

    /// Of Rust text: its tokens and the text of its comments. Indentation, line ends and trailing commas,
    /// which are rustfmt's affair, don't count. It drops the spans that this thread holds of other texts.
    pub fn of_rust(text: &str) -> Self {
        Self::of_tokens(text, |_| true)
    }

    /// Of Rust text that rustfmt may have formatted in any way: it puts braces around the arms of a `match` too, and commas behind.
    pub fn of_formatted(text: &str) -> Self {
        Self::of_tokens(text, |token| !matches!(token, "{" | "}" | ","))
    }

    fn of_tokens(text: &str, says_something: impl Fn(&str) -> bool) -> Self {
        let mut pieces = String::with_capacity(text.len());
        match text.parse::<TokenStream>() {
            Ok(tokens) => {
                let mut ranges = Vec::new();
                token_ranges(tokens, &mut ranges);
                let mut end = 0;
                for (range, counts) in ranges {
                    // A doc comment is five tokens of one range.
                    if range.start < end {
                        continue;
                    }
                    push_lines(&mut pieces, &text[end..range.start]);
                    if counts && says_something(&text[range.clone()]) {
                        push_lines(&mut pieces, &text[range.clone()]);
                    }
                    end = range.end;
                }
                push_lines(&mut pieces, &text[end..]);
            }
            Err(_) => push_lines(&mut pieces, text),
        }
        proc_macro2::extra::invalidate_current_thread_spans();
        Self::of_bytes(pieces.as_bytes())
    }
}

/// The ranges of all tokens in order, and whether they count: trailing commas, which rustfmt adds and takes away, don't.
fn token_ranges(tokens: TokenStream, ranges: &mut Vec<(Range<usize>, bool)>) {
    let mut after_name = false;
    for token in tokens {
        let is_name = matches!(token, TokenTree::Ident(_));
        match token {
            TokenTree::Group(group) => {
                ranges.push((group.span_open().byte_range(), true));
                let inner = group.stream();
                let commas = inner.clone().into_iter().filter(is_comma).count();
                let trailing = inner
                    .clone()
                    .into_iter()
                    .last()
                    .is_some_and(|token| is_comma(&token));
                let one_tuple =
                    group.delimiter() == Delimiter::Parenthesis && commas == 1 && !after_name;
                token_ranges(inner, ranges);
                if trailing
                    && !one_tuple
                    && let Some((_, counts)) = ranges.last_mut()
                {
                    *counts = false;
                }
                ranges.push((group.span_close().byte_range(), true));
            }
            TokenTree::Ident(ident) => ranges.push((ident.span().byte_range(), true)),
            TokenTree::Punct(punct) => ranges.push((punct.span().byte_range(), true)),
            TokenTree::Literal(literal) => ranges.push((literal.span().byte_range(), true)),
        }
        after_name = is_name;
    }
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

/// Appends the lines of a token or of what stands between two, each trimmed, empty ones left out.
fn push_lines(pieces: &mut String, text: &str) {
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        pieces.push_str(line);
        pieces.push('\n');
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Fingerprint {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text.len() != 32 || text.starts_with('+') {
            return Err(());
        }
        u128::from_str_radix(text, 16).map(Self).map_err(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    /// Whether two texts are the same to [`Fingerprint::of_rust`].
    fn check(one: &str, other: &str, same: bool) {
        assert_eq!(
            Fingerprint::of_rust(one) == Fingerprint::of_rust(other),
            same,
            "{one:?} and {other:?}"
        );
    }

    #[test]
    fn formatting_is_no_edit() {
        let signature =
            "pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse>";
        check(
            signature,
            "pub async fn get(\r\n\tctx: Context,\r\n\trequest: GetRequest,\r\n) -> Result<GetResponse>",
            true,
        );
        check("/// One.\n/// Two.\n", "/// One.  \r\n/// Two.", true);
        check(
            "    ctx.not_implemented(request)\n",
            "ctx.not_implemented( request )",
            true,
        );
        check("f(a)", "f(a,)", true);
    }

    #[test]
    fn a_path_to_the_contract_is_no_edit_of_a_signature() {
        let by_path = "fn get(\n    a: super::contract::Context,\n) -> super::contract::Result<A>";
        let print = Fingerprint::of_signature;
        assert_eq!(print(by_path), print("fn get(a: Context) -> Result<A>"));
        assert_ne!(
            print(by_path),
            print("fn get(a: contract::Context) -> Result<A>")
        );
    }

    #[test]
    fn words_comments_and_strings_are_edits() {
        check("f(a)", "f(b)", false);
        check("(a)", "(a,)", false);
        check("f(a)", "f(a) // mine", false);
        check("// one\nf(a)", "// two\nf(a)", false);
        check("/// One.", "/// Two.", false);
        check("/// One.", "// One.", false);
        check(r#"f("*/ a")"#, r#"f("*/  a")"#, false);
        check("f(\"é\")", "f(\"e\")", false);
    }

    #[test]
    fn formatting_may_add_braces() {
        let print = Fingerprint::of_formatted;
        let arms = "match a { 1 => f(','), _ => g(a) }";
        assert_eq!(
            print(arms),
            print("match a {\n    1 => {\n        f(',')\n    }\n    _ => g(a),\n}")
        );
        assert_ne!(print(arms), print("match a { 1 => f(';'), _ => g(a) }"));
        assert_ne!(
            print(arms),
            print("match a { 1 => f(','), /* mine */ _ => g(a) }")
        );
    }

    #[test]
    fn text_that_is_no_rust_has_one_too() {
        check("f(\"", "f(\"", true);
        check("f(\"", "g(\"", false);
    }
}
