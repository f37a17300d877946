//! Conflicts that a merge left in a file: whoever can't read a file looks for one, before saying where reading stopped.

use std::ops::Range;

use super::Diagnostic;
use crate::source::Span;

/// What is said of the line on which a conflict begins.
pub const BEGINS: &str = "a merge conflict begins here";

/// A line that version control puts between the sides of a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// `<<<<<<< HEAD`
    Begin,
    /// `||||||| 1a2b3c4`, behind which stands what both sides began with.
    Base,
    /// `=======`
    Middle,
    /// `>>>>>>> branch`
    End,
}

impl Marker {
    /// Which marker a line is, if it is one; it may end in a carriage return.
    pub fn of(line: &str) -> Option<Self> {
        let line = line.trim_end();
        let is = |mark: &str| {
            line.strip_prefix(mark)
                .is_some_and(|name| name.is_empty() || name.starts_with(' '))
        };
        match line.as_bytes().first()? {
            b'<' if is("<<<<<<<") => Some(Self::Begin),
            b'|' if is("|||||||") => Some(Self::Base),
            b'=' if line == "=======" => Some(Self::Middle),
            b'>' if is(">>>>>>>") => Some(Self::End),
            _ => None,
        }
    }
}

/// The line on which the first conflict begins that has both its sides and an end.
///
/// To be asked of texts alone that can't be read: in others such lines may stand in a string.
pub fn first(text: &str) -> Option<Range<usize>> {
    let mut begin = None;
    let mut has_middle = false;
    let mut end = 0;
    for whole in text.split_inclusive('\n') {
        end += whole.len();
        let line = whole.strip_prefix('\u{feff}').unwrap_or(whole);
        let from = end - line.len();
        match Marker::of(line) {
            Some(Marker::Begin) => {
                begin = Some(from..from + line.trim_end().len());
                has_middle = false;
            }
            Some(Marker::Middle) => has_middle = begin.is_some(),
            Some(Marker::End) if has_middle => return begin,
            Some(Marker::Base | Marker::End) | None => {}
        }
    }
    None
}

impl Diagnostic {
    /// Of a file that can't be read: points at the conflict that a merge left in it, if there is one, rather than at the place
    /// where reading stopped.
    #[must_use]
    pub fn or_conflict(mut self, text: &str) -> Self {
        let Some(range) = first(text) else {
            return self;
        };
        if let Some(span) = self.span {
            // In a contract the message is that of the parser, which stumbled over the marker or over what stands behind it.
            self.message =
                "the contract can't be read, since a merge left a conflict in it".to_owned();
            self.span = Some(Span::new(span.file, range.start, range.end));
        }
        if let Some(place) = &mut self.place {
            place.range = range;
        }
        self.notes.clear();
        self.label(BEGINS)
            .help("choose a side or join the two, delete the lines with the markers, then run the command again")
    }
}

#[cfg(test)]
mod tests {
    use super::first;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(first(text).map(|range| &text[range]), expected, "{text:?}");
    }

    #[test]
    fn a_conflict_has_two_sides_and_an_end() {
        let whole = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\nd\n";
        check(whole, Some("<<<<<<< HEAD"));
        check(&whole.replace('\n', "\r\n"), Some("<<<<<<< HEAD"));
        check(&format!("\u{feff}{}", &whole[2..]), Some("<<<<<<< HEAD"));
        check(
            "<<<<<<< ours\n||||||| base\n=======\n>>>>>>> theirs",
            Some("<<<<<<< ours"),
        );
        // The first that is whole: what stands before it is no conflict.
        check(&format!("<<<<<<< x\n{whole}"), Some("<<<<<<< HEAD"));
        for other in [
            "<<<<<<< HEAD\nb\n>>>>>>> other\n",
            "<<<<<<< HEAD\nb\n=======\nc\n",
            "=======\n<<<<<<< HEAD\n>>>>>>> other\n",
            "  <<<<<<< HEAD\n=======\n>>>>>>> other\n",
            "<<<<<<<HEAD\n=======\n>>>>>>> other\n",
            "<<<<<<<< HEAD\n=======\n>>>>>>> other\n",
            "Title\n=======\n",
            "",
        ] {
            check(other, None);
        }
    }
}
