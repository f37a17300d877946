//! Text → tree, whichever of JSON and YAML it is.

use super::tree::{MAX_DEPTH, Tree};
use super::{json, yaml};
use crate::diagnostics::conflict;
use crate::source::Source;

/// Why a text is neither JSON nor YAML.
#[derive(Debug, PartialEq)]
pub(super) struct SyntaxError {
    /// Byte offset.
    pub(super) at: usize,
    /// In lower case, without a stop.
    pub(super) message: String,
    /// Whether the text is sound but too much of it (depth, alias expansion).
    pub(super) fault: Fault,
}

/// What kind of fault a [`SyntaxError`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It isn't JSON or YAML.
    Syntax,
    /// It nests deeper than we follow.
    Depth,
    /// Its aliases expand to more than we follow.
    Aliases,
}

impl SyntaxError {
    pub(super) fn new(at: usize, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
            fault: Fault::Syntax,
        }
    }

    pub(super) fn too_deep(at: usize) -> Self {
        Self {
            at,
            message: format!("this nests more than {MAX_DEPTH} levels deep"),
            fault: Fault::Depth,
        }
    }
}

/// Reads JSON if it begins like JSON, else YAML. What begins like JSON but isn't may still be YAML, unless it is
/// a `.json` file.
pub(super) fn read(source: &Source, file: u16) -> Result<Tree, SyntaxError> {
    let text = &source.text;
    if !text.trim_ascii_start().starts_with(['{', '[']) {
        let tree = yaml::read(text, file)?;
        // The marker on the first line of a file is a text, and there is no more to its document.
        return match conflict::first(text).filter(|_| !tree.root(text).is_collection()) {
            Some(marker) => Err(SyntaxError::new(marker.start, "this is no mapping")),
            None => Ok(tree),
        };
    }
    let error = match json::read(text, file) {
        Ok(tree) => return Ok(tree),
        Err(error) => error,
    };
    if error.fault != Fault::Syntax || source.path.extension() == Some("json") {
        return Err(error);
    }
    yaml::read(text, file).map_err(|_| error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontend::openapi::tree::Node;

    fn read_text(path: &str, text: &str) -> Result<Tree, SyntaxError> {
        read(
            &Source {
                path: path.into(),
                text: text.to_owned(),
            },
            0,
        )
    }

    /// Every node with the text at its span, in order of places.
    fn spans(node: Node<'_>, found: &mut Vec<String>) {
        let kind = if node.is_collection() {
            format!("{:?} ", node.kind())
        } else {
            String::new()
        };
        found.push(format!("{kind}{}", node.source_text()));
        for (key, value) in node.entries() {
            found.push(format!("key {}", key.source_text()));
            spans(value, found);
        }
        node.items().for_each(|item| spans(item, found));
    }

    #[test]
    fn every_node_knows_its_place() {
        for (path, text, expected) in [
            (
                "a.json",
                r#" {"a": [1, "é\n"], "b": {}} "#,
                vec![
                    r#"Mapping {"a": [1, "é\n"], "b": {}}"#,
                    r#"key "a""#,
                    r#"Sequence [1, "é\n"]"#,
                    "1",
                    r#""é\n""#,
                    r#"key "b""#,
                    "Mapping {}",
                ],
            ),
            (
                "a.yaml",
                "é: x y # no\r\nb:\r\n  - 'q'\r\n  - {c: 1}\r\nd: |\r\n  text\r\n",
                vec![
                    "Mapping é: x y # no\r\nb:\r\n  - 'q'\r\n  - {c: 1}\r\nd: |\r\n  text\r\n",
                    "key é",
                    "x y",
                    "key b",
                    "Sequence - 'q'\r\n  - {c: 1}",
                    "'q'",
                    "Mapping {c: 1}",
                    "key c",
                    "1",
                    "key d",
                    "text\r\n",
                ],
            ),
        ] {
            let tree = read_text(path, text).unwrap();
            let mut found = Vec::new();
            spans(tree.root(text), &mut found);
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn values_are_what_was_written() {
        for (path, text, expected) in [
            (
                "a.json",
                r#"["\u00e9\ud83d\ude00\/", -1.50e3, true, null]"#,
                r#"["é😀/",-1.50e3,true,null]"#,
            ),
            ("a.json", r#"{"a":1,"b":2,"a":3}"#, r#"{"a":1,"b":2}"#),
            (
                "a.yaml",
                "[~, 'it''s', \"\\u00e9\", 1.50, 0x10, !!str 5]",
                r#"[null,"it's","é",1.50,16,"5"]"#,
            ),
            (
                "a.yaml",
                "{a: 1, 200: b, null: c, true: d}",
                r#"{"a":1,"200":"b","null":"c","true":"d"}"#,
            ),
            (
                "a.yaml",
                "a: >-\n  x\n  y\nb: &b [1]\nc: *b",
                r#"{"a":"x y","b":[1],"c":[1]}"#,
            ),
            (
                "a.yaml",
                "x: &x {a: 1, b: 2}\ny: {b: 3, <<: [*x, {c: 4}]}",
                r#"{"x":{"a":1,"b":2},"y":{"b":3,"a":1,"c":4}}"#,
            ),
            ("a.yaml", "{\"a\": 1,} # not quite JSON", r#"{"a":1}"#),
            (
                "a.yaml",
                "a: {\n  b: 1\n}\nc: \"x\ny\"\nd: {e:[1]}",
                r#"{"a":{"b":1},"c":"x y","d":{"e":[1]}}"#,
            ),
        ] {
            let tree = read_text(path, text).unwrap();
            assert_eq!(tree.root(text).value().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn faults_are_named_at_their_place() {
        for (path, text, at, message) in [
            (
                "a.json",
                "{\"a\" 1}",
                5,
                "expected `:` after the key, found `1`",
            ),
            (
                "a.json",
                "[1, 2",
                5,
                "expected `,` or `]`, found the end of the file",
            ),
            ("a.json", "[01]", 2, "expected `,` or `]`, found `1`"),
            (
                "a.json",
                "[\"a\nb\"]",
                3,
                "a string holds a control character, which must be escaped (`\\n`)",
            ),
            ("a.json", "[\"a", 1, "this string has no end"),
            (
                "a.json",
                "[1] x",
                4,
                "expected the end of the document, found `x`",
            ),
            (
                "a.json",
                r#"["\x"]"#,
                2,
                "expected an escape such as `\\n` or `\\u0041`, found `\\\\`",
            ),
            (
                "a.yaml",
                "a: *b",
                3,
                "while parsing node, found unknown anchor",
            ),
            (
                "a.yaml",
                "a: &a [*a]",
                7,
                "an alias stands inside what it names",
            ),
            (
                "a.yaml",
                "? [a]\n: b",
                2,
                "a key must be text, not a list or a mapping",
            ),
            ("a.yaml", "", 0, "the document is empty"),
        ] {
            let error = read_text(path, text).unwrap_err();
            assert_eq!((error.at, error.message.as_str()), (at, message), "{text}");
        }
    }
}
