//! JSON pointers (RFC 6901) in URI fragments, and percent-encoding.

use std::borrow::Cow;

use super::tree::{Kind, Node};

/// The node that a pointer (`/components/schemas/A~1B`, without the `#`) names.
pub(super) fn walk<'a>(root: Node<'a>, pointer: &str) -> Option<Node<'a>> {
    pointer.split('/').skip(1).try_fold(root, |node, token| {
        let decoded = percent_decode(token);
        step(node, &unescape(&decoded)).or_else(|| step(node, &unescape(token)))
    })
}

/// The last token of a pointer.
pub(super) fn last_token(pointer: &str) -> String {
    unescape(&percent_decode(pointer.rsplit('/').next().unwrap_or_default())).into_owned()
}

/// A key as a pointer's token.
pub(super) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn step<'a>(node: Node<'a>, token: &str) -> Option<Node<'a>> {
    match node.kind() {
        Kind::Mapping => node.get(token),
        Kind::Sequence => node.items().nth(token.parse().ok()?),
        Kind::Null | Kind::Bool(_) | Kind::Number | Kind::String => None,
    }
}

fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

/// Replaces `%41` by its byte; what isn't UTF-8 then, or isn't hexadecimal, stays as it was.
pub(super) fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match hex.filter(|hex| !hex.starts_with('+')).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontend::openapi::json;

    #[test]
    fn pointers_find_keys_of_every_spelling() {
        let text = r#"{"a/b": {"c~d": [10, 20]}, "{x}": 3, "%7B": 4, "é": 5, "": 6}"#;
        let tree = json::read(text, 0).unwrap();
        for (pointer, expected) in [
            ("/a~1b/c~0d/1", Some("20")),
            ("/%7Bx%7D", Some("3")),
            ("/%7B", Some("4")),
            ("/%C3%A9", Some("5")),
            ("/", Some("6")),
            ("/a~1b/c~0d/2", None),
            ("/nothing", None),
        ] {
            let found = walk(tree.root(text), pointer).map(|node| node.scalar_text());
            assert_eq!(found, expected, "{pointer}");
        }
        assert_eq!(last_token("/components/schemas/A~1B"), "A/B");
        assert_eq!(percent_decode("100%"), "100%");
    }
}
