//! Pretty JSON text, two spaces a level.

use super::tree::{Kind, Node};

/// JSON text that grows entry by entry.
#[derive(Debug)]
pub(super) struct Text {
    text: String,
    depth: usize,
    /// Whether the collection that is open has nothing in it yet.
    is_empty: bool,
}

impl Default for Text {
    fn default() -> Self {
        Self { text: String::new(), depth: 0, is_empty: true }
    }
}

impl Text {
    /// The entries of a collection that is open at `depth`.
    pub(super) fn nested(depth: usize) -> Self {
        Self { depth, ..Self::default() }
    }

    /// The text behind the value of an entry of the whole document.
    pub(super) fn after_value() -> Self {
        Self { depth: 1, is_empty: false, ..Self::default() }
    }

    pub(super) fn into_string(mut self) -> String {
        self.text.shrink_to_fit();
        self.text
    }

    /// Begins a mapping or a list.
    pub(super) fn open(&mut self, bracket: char) {
        self.text.push(bracket);
        self.depth += 1;
        self.is_empty = true;
    }

    /// Ends what was begun last.
    pub(super) fn close(&mut self, bracket: char) {
        self.depth -= 1;
        if !self.is_empty {
            self.line();
        }
        self.is_empty = false;
        self.text.push(bracket);
    }

    /// Begins an item of a list.
    pub(super) fn item(&mut self) {
        if !self.is_empty {
            self.text.push(',');
        }
        self.is_empty = false;
        self.line();
    }

    /// Begins an entry of a mapping.
    pub(super) fn key(&mut self, key: &str) {
        self.item();
        self.string(key);
        self.text.push_str(": ");
    }

    /// Begins an entry with the key that a node is.
    pub(super) fn key_node(&mut self, key: Node<'_>) {
        self.item();
        self.scalar(key);
        self.text.push_str(": ");
    }

    pub(super) fn scalar(&mut self, node: Node<'_>) {
        match node.kind() {
            Kind::Null => self.text.push_str("null"),
            Kind::Bool(value) => self.text.push_str(if value { "true" } else { "false" }),
            Kind::Number => self.text.push_str(node.scalar_text()),
            Kind::String if node.is_json() => self.text.push_str(node.source_text()),
            Kind::String => self.string(node.scalar_text()),
            Kind::Sequence | Kind::Mapping => {}
        }
    }

    pub(super) fn string(&mut self, text: &str) {
        self.text.push('"');
        let mut copied = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escape = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                b'\n' => "\\n",
                b'\r' => "\\r",
                b'\t' => "\\t",
                0x20.. => continue,
                _ => "",
            };
            self.text.push_str(&text[copied..at]);
            self.text.push_str(escape);
            if escape.is_empty() {
                self.text.push_str(&format!("\\u{byte:04x}"));
            }
            copied = at + 1;
        }
        self.text.push_str(&text[copied..]);
        self.text.push('"');
    }

    /// Adds the entries of a text that was made for this place.
    pub(super) fn append(&mut self, entries: Text) {
        if !entries.is_empty {
            if !self.is_empty {
                self.text.push(',');
            }
            self.text.push_str(&entries.text);
            self.is_empty = false;
        }
    }

    pub(super) fn newline_at_end(&mut self) {
        self.text.push('\n');
    }

    fn line(&mut self) {
        const SPACES: &str = "                                                                ";
        self.text.push('\n');
        let mut left = 2 * self.depth;
        while left > 0 {
            let length = left.min(SPACES.len());
            self.text.push_str(&SPACES[..length]);
            left -= length;
        }
    }
}
