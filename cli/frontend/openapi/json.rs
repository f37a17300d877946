//! JSON text → tree, without recursion.

use super::syntax::SyntaxError;
use super::tree::{Kind, MAX_DEPTH, Store, Tree};

/// Reads JSON (RFC 8259).
pub(super) fn read(text: &str, file: u16) -> Result<Tree, SyntaxError> {
    let reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        tree: Tree::of_json(file, text.len()),
        pending: Vec::new(),
        unescaped: String::new(),
    };
    reader.document()
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    tree: Tree,
    /// Children of the collections that are still open.
    pending: Vec<u32>,
    unescaped: String,
}

/// A collection that is still open.
struct Open {
    start: usize,
    /// Where its children begin in `pending`.
    from: usize,
    closer: u8,
}

impl Reader<'_> {
    fn document(mut self) -> Result<Tree, SyntaxError> {
        let mut stack: Vec<Open> = Vec::new();
        loop {
            self.skip_space();
            let mut finished = match self.bytes.get(self.at) {
                Some(b'{' | b'[') => {
                    if stack.len() == MAX_DEPTH {
                        return Err(SyntaxError::too_deep(self.at));
                    }
                    let closer = if self.bytes[self.at] == b'{' { b'}' } else { b']' };
                    stack.push(Open { start: self.at, from: self.pending.len(), closer });
                    self.at += 1;
                    self.skip_space();
                    if self.bytes.get(self.at) == Some(&closer) {
                        self.close(stack.pop().expect("it was pushed above"))
                    } else {
                        if closer == b'}' {
                            self.key()?;
                        }
                        continue;
                    }
                }
                _ => self.scalar()?,
            };
            loop {
                let Some(open) = stack.last() else { return self.end(finished) };
                self.pending.push(finished);
                self.skip_space();
                match self.bytes.get(self.at) {
                    Some(b',') if open.closer == b'}' => {
                        self.at += 1;
                        self.skip_space();
                        self.key()?;
                        break;
                    }
                    Some(b',') => {
                        self.at += 1;
                        break;
                    }
                    Some(byte) if *byte == open.closer => {
                        finished = self.close(stack.pop().expect("there is a last one"));
                    }
                    _ => return Err(self.expected(&format!("`,` or `{}`", char::from(open.closer)))),
                }
            }
        }
    }

    fn end(mut self, root: u32) -> Result<Tree, SyntaxError> {
        self.skip_space();
        if self.at < self.bytes.len() {
            return Err(self.expected("the end of the document"));
        }
        self.tree.set_root(root);
        Ok(self.tree)
    }

    fn close(&mut self, open: Open) -> u32 {
        self.at += 1;
        let range = open.start..self.at;
        let id = if open.closer == b'}' {
            self.tree.mapping(self.text, &mut self.pending, open.from, range)
        } else {
            self.tree.sequence(&self.pending[open.from..], range)
        };
        self.pending.truncate(open.from);
        id
    }

    fn key(&mut self) -> Result<(), SyntaxError> {
        if self.bytes.get(self.at) != Some(&b'"') {
            return Err(self.expected("a key in double quotes"));
        }
        let key = self.string()?;
        self.pending.push(key);
        self.skip_space();
        if self.bytes.get(self.at) != Some(&b':') {
            return Err(self.expected("`:` after the key"));
        }
        self.at += 1;
        Ok(())
    }

    fn scalar(&mut self) -> Result<u32, SyntaxError> {
        let rest = &self.bytes[self.at..];
        let word = |word: &str| rest.starts_with(word.as_bytes());
        match rest.first() {
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') if word("true") => Ok(self.word(Kind::Bool(true), 4)),
            Some(b'f') if word("false") => Ok(self.word(Kind::Bool(false), 5)),
            Some(b'n') if word("null") => Ok(self.word(Kind::Null, 4)),
            _ => Err(self.expected("a JSON value")),
        }
    }

    fn word(&mut self, kind: Kind, length: usize) -> u32 {
        let start = self.at;
        self.at += length;
        self.tree.scalar(kind, Store::Plain, start..self.at)
    }

    fn number(&mut self) -> Result<u32, SyntaxError> {
        let start = self.at;
        let length = number_length(&self.bytes[start..]);
        if length == 0 {
            return Err(self.expected("a number"));
        }
        self.at += length;
        Ok(self.tree.scalar(Kind::Number, Store::Plain, start..self.at))
    }

    fn string(&mut self) -> Result<u32, SyntaxError> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(self.tree.scalar(Kind::String, Store::Quoted, start..self.at));
                }
                Some(b'\\') => return self.escaped_string(start),
                Some(0x20..) => self.at += 1,
                _ => return Err(self.bad_string(start)),
            }
        }
    }

    fn escaped_string(&mut self, start: usize) -> Result<u32, SyntaxError> {
        self.unescaped.clear();
        let mut copied = start + 1;
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.unescaped.push_str(&self.text[copied..self.at]);
                    self.at += 1;
                    let range = start..self.at;
                    return Ok(self.tree.pooled_scalar(Kind::String, &self.unescaped, range));
                }
                Some(b'\\') => {
                    self.unescaped.push_str(&self.text[copied..self.at]);
                    let character = self.escape()?;
                    self.unescaped.push(character);
                    copied = self.at;
                }
                Some(0x20..) => self.at += 1,
                _ => return Err(self.bad_string(start)),
            }
        }
    }

    /// Takes the escape at the cursor. A lone surrogate becomes the replacement character.
    fn escape(&mut self) -> Result<char, SyntaxError> {
        let start = self.at;
        self.at += 2;
        let character = match self.bytes.get(start + 1) {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(*byte),
            Some(b'u') => {
                let Some(high) = self.hex4(self.at) else {
                    self.at = start;
                    return Err(self.expected("four hexadecimal digits after `\\u`"));
                };
                self.at += 4;
                let low = self.bytes[self.at..].starts_with(b"\\u").then(|| self.hex4(self.at + 2)).flatten();
                match (high, low) {
                    (0xd800..=0xdbff, Some(low @ 0xdc00..=0xdfff)) => {
                        self.at += 6;
                        char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
                            .unwrap_or('\u{fffd}')
                    }
                    _ => char::from_u32(high).unwrap_or('\u{fffd}'),
                }
            }
            _ => {
                self.at = start;
                return Err(self.expected("an escape such as `\\n` or `\\u0041`"));
            }
        };
        Ok(character)
    }

    fn hex4(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 4)?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
    }

    fn bad_string(&self, start: usize) -> SyntaxError {
        if self.at >= self.bytes.len() {
            SyntaxError::new(start, "this string has no end")
        } else {
            SyntaxError::new(self.at, "a string holds a control character, which must be escaped (`\\n`)")
        }
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    fn expected(&self, what: &str) -> SyntaxError {
        let found = match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(character) => format!("`{}`", character.escape_debug()),
            None => "the end of the file".to_owned(),
        };
        SyntaxError::new(self.at, format!("expected {what}, found {found}"))
    }
}

/// How many bytes of the start are a JSON number; 0 if none.
pub(super) fn number_length(bytes: &[u8]) -> usize {
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(at);
    if whole == 0 {
        return 0;
    }
    at += if bytes[at] == b'0' { 1 } else { whole };
    if bytes.get(at) == Some(&b'.') && digits(at + 1) > 0 {
        at += 1 + digits(at + 1);
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        if at + 1 + sign < bytes.len() && digits(at + 1 + sign) > 0 {
            at += 1 + sign + digits(at + 1 + sign);
        }
    }
    at
}
