//! YAML that is wrong to the letter, but which other readers take and real contracts hold: spaces that mend it.

use std::borrow::Cow;

/// How many spaces are put before a line: more than any line is indented by.
const WIDTH: usize = 1024;

/// A text with spaces put in, and where they are.
#[derive(Default)]
pub(super) struct Mended {
    /// Offsets in the original text in order, and how many spaces stand before each.
    spaces: Vec<(usize, usize)>,
}

impl Mended {
    /// Moves the line of `at`, which continues a quoted scalar, to the right; folding takes the spaces away again.
    /// Tells whether that is new.
    pub(super) fn indent(&mut self, text: &str, at: usize) -> bool {
        let at = text.floor_char_boundary(at);
        let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        self.insert(line, WIDTH)
    }

    /// Puts a space behind the colon at `at` (`{key:[1]}`). Tells whether that is new.
    pub(super) fn space_colon(&mut self, text: &str, at: usize) -> bool {
        text.as_bytes().get(at) == Some(&b':') && self.insert(at + 1, 1)
    }

    fn insert(&mut self, at: usize, count: usize) -> bool {
        let place = self.spaces.binary_search_by_key(&at, |(at, _)| *at);
        place.map_err(|place| self.spaces.insert(place, (at, count))).is_err()
    }

    /// The text with its spaces.
    pub(super) fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.spaces.is_empty() {
            return Cow::Borrowed(text);
        }
        let more: usize = self.spaces.iter().map(|(_, count)| count).sum();
        let mut mended = String::with_capacity(text.len() + more);
        let mut copied = 0;
        for (at, count) in &self.spaces {
            mended.push_str(&text[copied..*at]);
            mended.extend(std::iter::repeat_n(' ', *count));
            copied = *at;
        }
        mended.push_str(&text[copied..]);
        Cow::Owned(mended)
    }

    /// The offset in the original text.
    pub(super) fn original(&self, offset: usize) -> usize {
        let mut shift = 0;
        for (at, count) in &self.spaces {
            if offset < at + shift {
                break;
            }
            shift += count.min(&(offset - at - shift));
        }
        offset - shift
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_put_in_and_offsets_lead_back() {
        let text = "a: \"x\nyé\nz\"\nb: {c:[1]}\n";
        let mut mended = Mended::default();
        assert!(mended.indent(text, 6));
        assert!(mended.indent(text, 11));
        assert!(!mended.indent(text, 6));
        assert!(mended.space_colon(text, text.find(":[").unwrap()));
        assert!(!mended.space_colon(text, 0));
        let wide = mended.text(text);
        let spaces = " ".repeat(WIDTH);
        assert_eq!(wide, format!("a: \"x\n{spaces}yé\n{spaces}z\"\nb: {{c: [1]}}\n"));
        for found in ["a:", "x", "yé", "z", "b: {", "c:", "[1"] {
            let (before, after) = (text.find(found).unwrap(), wide.find(found).unwrap());
            assert_eq!(mended.original(after), before, "{found}");
        }
    }
}
