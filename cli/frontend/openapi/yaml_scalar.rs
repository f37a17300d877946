//! What a plain YAML scalar is, by the core schema (YAML 1.2.2, §10.3.2).

use std::borrow::Cow;

use super::json::number_length;

/// What a plain scalar stands for.
#[derive(Debug, PartialEq)]
pub(super) enum Resolved<'a> {
    Null,
    Bool(bool),
    /// As JSON writes it.
    Number(Cow<'a, str>),
    String,
}

/// Tells by its text what a plain scalar is. Infinities and NaN, which JSON doesn't have, are strings.
pub(super) fn resolve(text: &str) -> Resolved<'_> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Resolved::Null,
        "true" | "True" | "TRUE" => Resolved::Bool(true),
        "false" | "False" | "FALSE" => Resolved::Bool(false),
        _ => match text.as_bytes()[0] {
            b'0'..=b'9' | b'+' | b'-' | b'.' => number(text),
            _ => Resolved::String,
        },
    }
}

fn number(text: &str) -> Resolved<'_> {
    if number_length(text.as_bytes()) == text.len() {
        return Resolved::Number(Cow::Borrowed(text));
    }
    let radix = |digits: &str, radix: u32| u128::from_str_radix(digits, radix).ok();
    let prefixed = match text.as_bytes() {
        [b'0', b'x', first, ..] if *first != b'+' => radix(&text[2..], 16),
        [b'0', b'o', first, ..] if *first != b'+' => radix(&text[2..], 8),
        _ => None,
    };
    if let Some(value) = prefixed {
        return Resolved::Number(Cow::Owned(value.to_string()));
    }
    match normalised(text) {
        Some(number) => Resolved::Number(Cow::Owned(number)),
        None => Resolved::String,
    }
}

/// `+5` → `5`, `007` → `7`, `.5` → `0.5`, `5.` → `5.0`; `None` for what isn't a number.
fn normalised(text: &str) -> Option<String> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = if mantissa.contains('.') { format!(".{}", or_zero(fraction)) } else { String::new() };
    let number = format!("{sign}{whole}{fraction}{exponent}");
    (number_length(number.as_bytes()) == number.len()).then_some(number)
}

fn or_zero(digits: &str) -> &str {
    if digits.is_empty() { "0" } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        let number = |text: &'static str| Resolved::Number(Cow::Borrowed(text));
        for (text, expected) in [
            ("", Resolved::Null),
            ("~", Resolved::Null),
            ("yes", Resolved::String),
            ("True", Resolved::Bool(true)),
            ("3.0", number("3.0")),
            ("3.0.1", Resolved::String),
            ("+5", number("5")),
            ("-0", number("-0")),
            ("007", number("7")),
            ("0x1F", number("31")),
            ("0o17", number("15")),
            ("1_000", Resolved::String),
            (".5", number("0.5")),
            ("5.", number("5.0")),
            ("1e3", number("1e3")),
            ("1e", Resolved::String),
            ("-", Resolved::String),
            (".", Resolved::String),
            (".inf", Resolved::String),
            ("12:30", Resolved::String),
            ("2020-01-01", Resolved::String),
        ] {
            assert_eq!(resolve(text), expected, "{text:?}");
        }
    }
}
