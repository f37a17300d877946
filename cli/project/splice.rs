//! Edits of a file of the user's: functions put in and taken out between bytes that stay as they are.

use std::ops::Range;

use super::rust_file::{RustFile, RustFunction};

/// A text and the edits to be made in it.
#[derive(Debug)]
pub struct Splice<'a> {
    text: &'a str,
    newline: &'static str,
    edits: Vec<(Range<usize>, String)>,
}

impl<'a> Splice<'a> {
    /// No edits yet.
    pub fn new(text: &'a str) -> Self {
        let newline = match text.find('\n') {
            Some(at) if text[..at].ends_with('\r') => "\r\n",
            Some(_) | None => "\n",
        };
        Self {
            text,
            newline,
            edits: Vec::new(),
        }
    }

    /// The text with all edits made.
    pub fn finish(mut self) -> String {
        // Stable: what was put in at one place stays in order.
        self.edits.sort_by_key(|(range, _)| range.start);
        let mut result = String::with_capacity(self.text.len());
        let mut end = 0;
        for (range, replacement) in &self.edits {
            result.push_str(&self.text[end..range.start.max(end)]);
            result.push_str(replacement);
            end = range.end.max(end);
        }
        result.push_str(&self.text[end..]);
        result
    }

    /// Replaces a range by text of ours.
    pub fn replace(&mut self, range: Range<usize>, text: &str) {
        let text = self.ended(text);
        self.edits.push((range, text));
    }

    /// Replaces, adds or takes away a function's doc comment; `doc` is empty or ends in a newline.
    pub fn replace_doc(&mut self, function: &RustFunction, doc: &str) {
        match &function.doc {
            Some(range) if doc.is_empty() => {
                let end = self.line_end(range.end);
                self.replace(range.start..end, "");
            }
            Some(range) => self.replace(range.clone(), doc.trim_end_matches('\n')),
            None => self.replace(function.whole.start..function.whole.start, doc),
        }
    }

    /// Puts a function in after another and the comments that begin on its last line, a blank line between.
    pub fn insert_after(&mut self, file: &RustFile, function: &RustFunction, text: &str) {
        let end = function.whole.end;
        let starts = file.items.iter().map(|item| item.start);
        let next = starts.filter(|start| *start >= end).min();
        let next = next.unwrap_or(self.text.len());
        let line_end = self.behind_comments(end, next, &comments(self.text, end..next));
        let is_line_end = self.text[..line_end].ends_with('\n');
        if line_end < self.text.len() && !is_line_end {
            // Something else stands on the same line.
            return self.replace(line_end..line_end, &format!("\n\n{text}"));
        }
        let start = if is_line_end { "\n" } else { "\n\n" };
        let next = self.text[line_end..].lines().next();
        let gap = if next.is_none_or(|line| line.trim().is_empty()) {
            ""
        } else {
            "\n"
        };
        self.replace(line_end..line_end, &format!("{start}{text}{gap}"));
    }

    /// Puts a function in before an item, above the comments that stand directly over it.
    pub fn insert_before(&mut self, file: &RustFile, item_start: usize, text: &str) {
        let behind = file
            .items
            .iter()
            .map(|item| item.end)
            .filter(|end| *end <= item_start)
            .max()
            .unwrap_or(file.header_end)
            .max(file.header_end);
        let comments = comments(self.text, behind..item_start);
        let floor = self.behind_comments(behind, item_start, &comments);
        let mut at = item_start;
        loop {
            let line = self.line_start(at).max(floor);
            let around = |comment: &&Range<usize>| comment.start < line && line < comment.end;
            if let Some(comment) = comments.iter().find(around) {
                at = comment.start;
                continue;
            }
            at = line;
            if line <= floor {
                break;
            }
            let above = self.line_start(line - 1).max(floor);
            if self.text[above..line].trim().is_empty() {
                break;
            }
            at = above;
        }
        let start = if at == 0 || self.text[..at].ends_with('\n') || at == '\u{feff}'.len_utf8() {
            ""
        } else {
            "\n"
        };
        self.replace(at..at, &format!("{start}{text}\n"));
    }

    /// Where the lines begin that nothing of what ends at `behind` stands on, its comments among it; no further than `item_start`.
    fn behind_comments(
        &self,
        behind: usize,
        item_start: usize,
        comments: &[Range<usize>],
    ) -> usize {
        let mut end = behind;
        if self.text[..end].trim_start_matches('\u{feff}').is_empty() {
            return end;
        }
        for comment in comments {
            if self.text[end..comment.start].contains('\n') {
                break;
            }
            end = comment.end;
        }
        match self.text[end..item_start].split_once('\n') {
            Some((rest, _)) if rest.trim().is_empty() => end + rest.len() + 1,
            Some(_) | None => end,
        }
    }

    /// Puts a function in where the file's items end, but above its tests.
    pub fn insert_last(&mut self, file: &RustFile, text: &str) {
        if let Some(start) = file.tests_start {
            return self.insert_before(file, start, text);
        }
        let end = self.text.len();
        let start = match self.text {
            "" | "\u{feff}" => "",
            text if text.ends_with("\n\n") || text.ends_with("\n\r\n") => "",
            text if text.ends_with('\n') => "\n",
            _ => "\n\n",
        };
        self.replace(end..end, &format!("{start}{text}"));
    }

    /// Takes a function out, and one of the two blank lines that would be left.
    pub fn remove(&mut self, function: &RustFunction) {
        let Range { mut start, mut end } = function.whole;
        let line_start = self.line_start(start);
        let line_end = self.line_end(end);
        if self.text[line_start..start].trim().is_empty()
            && self.text[end..line_end].trim().is_empty()
        {
            (start, end) = (line_start, line_end);
            let before = self.line_start(start.saturating_sub(1));
            let after = self.line_end(end);
            if start > 0 && self.text[before..start].trim().is_empty() {
                if end == self.text.len() || self.text[end..after].trim().is_empty() {
                    start = before;
                }
            } else if start == 0 && self.text[end..after].trim().is_empty() {
                end = after;
            }
        }
        self.replace(start..end, "");
    }

    /// Text with the file's own line ends.
    fn ended(&self, text: &str) -> String {
        text.replace('\n', self.newline)
    }

    /// Start of the line that `at` lies in.
    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// End of the line that `at` lies in, its newline included.
    fn line_end(&self, at: usize) -> usize {
        self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |newline| at + newline + 1)
    }
}

/// The comments of a range that holds nothing else but space, doc comments aside (Rust Reference, "Comments").
fn comments(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(start) = text[at..range.end].find('/').map(|slash| at + slash) {
        let rest = &text[start..range.end];
        let end = start
            + match rest.starts_with("/*") {
                true => block_length(rest),
                false => rest.find('\n').unwrap_or(rest.len()),
            };
        found.push(start..end);
        at = end;
    }
    found
}

/// How long a block comment is that a text begins with; such comments nest.
fn block_length(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::Splice;
    use crate::project::rust_file::RustFile;

    /// Makes the edits that `edit` asks for in `text`.
    fn check(text: &str, edit: impl FnOnce(&RustFile, &mut Splice), expected: &str) {
        let file = RustFile::parse(text).unwrap();
        let mut splice = Splice::new(text);
        edit(&file, &mut splice);
        assert_eq!(splice.finish(), expected, "{text:?}");
    }

    const STUB: &str = "fn new() {\n}\n";

    #[test]
    fn functions_go_in_after_others() {
        let after = |file: &RustFile, splice: &mut Splice| {
            splice.insert_after(file, &file.functions[0], STUB)
        };
        check("fn a() {}\n", after, "fn a() {}\n\nfn new() {\n}\n");
        check("fn a() {}", after, "fn a() {}\n\nfn new() {\n}\n");
        check(
            "fn a() {} // x\nfn b() {}\n",
            after,
            "fn a() {} // x\n\nfn new() {\n}\n\nfn b() {}\n",
        );
        check(
            "fn a() {}\n\n// b\nfn b() {}\n",
            after,
            "fn a() {}\n\nfn new() {\n}\n\n// b\nfn b() {}\n",
        );
        check(
            "fn a() {} /* x /* y */ */\nfn b() {}\n",
            after,
            "fn a() {} /* x /* y */ */\n\nfn new() {\n}\n\nfn b() {}\n",
        );
        check(
            "fn a() {} /* x */ /* y\n\n*/ // z\nfn b() {}\n",
            after,
            "fn a() {} /* x */ /* y\n\n*/ // z\n\nfn new() {\n}\n\nfn b() {}\n",
        );
        check(
            "fn a() {} /* y\n*/ fn b() {}\n",
            after,
            "fn a() {} /* y\n*/\n\nfn new() {\n}\n fn b() {}\n",
        );
        check("fn a() {} // x", after, "fn a() {} // x\n\nfn new() {\n}\n");
        check(
            "fn a() {} fn b() {}\n",
            after,
            "fn a() {}\n\nfn new() {\n}\n fn b() {}\n",
        );
        check(
            "fn a() {}\r\n",
            after,
            "fn a() {}\r\n\r\nfn new() {\r\n}\r\n",
        );
    }

    #[test]
    fn functions_go_in_before_others_and_their_comments() {
        let before = |file: &RustFile, splice: &mut Splice| {
            splice.insert_before(file, file.functions[0].whole.start, STUB);
        };
        check("fn a() {}\n", before, "fn new() {\n}\n\nfn a() {}\n");
        check(
            "\u{feff}fn a() {}\n",
            before,
            "\u{feff}fn new() {\n}\n\nfn a() {}\n",
        );
        check(
            "use x;\n\n// About a.\nfn a() {}\n",
            before,
            "use x;\n\nfn new() {\n}\n\n// About a.\nfn a() {}\n",
        );
        check(
            "// Licence.\n\n/// A.\nfn a() {}\n",
            before,
            "// Licence.\n\nfn new() {\n}\n\n/// A.\nfn a() {}\n",
        );
        check(
            "#!x\n\nfn a() {}\n",
            before,
            "#!x\n\nfn new() {\n}\n\nfn a() {}\n",
        );
        check(
            "#![x]\nfn a() {}\n",
            before,
            "#![x]\nfn new() {\n}\n\nfn a() {}\n",
        );
        check(
            "use x; fn a() {}\n",
            before,
            "use x;\nfn new() {\n}\n\n fn a() {}\n",
        );
    }

    #[test]
    fn functions_never_go_into_comments() {
        let before = |file: &RustFile, splice: &mut Splice| {
            splice.insert_before(file, file.functions[0].whole.start, STUB);
        };
        let stub = format!("{STUB}\n");
        for (above, comment) in [
            ("", "/* About a.\n\n   Mind /* the\n\n locks */. */\n"),
            ("use x;\n", "/* a */ /* b\n\n*/\n// c\n"),
            ("use x;\n\n", "/*\n\n*/ /* a\n\n*/ "),
            ("use x; /* the imports\nend here */\n", ""),
            ("use x; /* a */ /* b\n\n*/ // c\n", "// a: /*\n"),
            ("#![x] // é /*\n", "/* a\n\n*/\n"),
            ("#!x\n", "/**/\n/* //\n\n*/\n"),
            ("use x; // http://y\n/* x\n\n */\n\n", ""),
            ("\u{feff}", "/* a\n\n */\n"),
        ] {
            for newline in ["\n", "\r\n"] {
                let made = |text: &str| text.replace('\n', newline);
                check(
                    &made(&format!("{above}{comment}fn a() {{}}\n")),
                    before,
                    &made(&format!("{above}{stub}{comment}fn a() {{}}\n")),
                );
            }
        }
        check(
            "use x; /* a\n\n*/ fn a() {}\n",
            before,
            "use x; /* a\n\n*/\nfn new() {\n}\n\n fn a() {}\n",
        );
        check(
            "use x;\n\n/* T.\n\n */\n#[cfg(test)]\nmod tests {}\n",
            |file, splice| splice.insert_last(file, STUB),
            "use x;\n\nfn new() {\n}\n\n/* T.\n\n */\n#[cfg(test)]\nmod tests {}\n",
        );
    }

    #[test]
    fn functions_go_in_last_but_above_tests() {
        let last = |file: &RustFile, splice: &mut Splice| splice.insert_last(file, STUB);
        check("", last, STUB);
        check("use x;\n", last, "use x;\n\nfn new() {\n}\n");
        check("// Only this", last, "// Only this\n\nfn new() {\n}\n");
        check(
            "use x;\n\n#[cfg(test)]\nmod tests {}\n",
            last,
            "use x;\n\nfn new() {\n}\n\n#[cfg(test)]\nmod tests {}\n",
        );
    }

    #[test]
    fn functions_are_taken_out_with_one_blank_line() {
        let remove = |index: usize| {
            move |file: &RustFile, splice: &mut Splice| splice.remove(&file.functions[index])
        };
        check("fn a() {}\n\nfn b() {}\n", remove(0), "fn b() {}\n");
        check(
            "fn a() {}\n\n/// B.\nfn b() {\n}\n",
            remove(1),
            "fn a() {}\n",
        );
        check(
            "fn a() {}\n\nfn b() {}\n\nfn c() {}\n",
            remove(1),
            "fn a() {}\n\nfn c() {}\n",
        );
        check(
            "fn a() {}\r\n\r\nfn b() {}\r\n\r\nfn c() {}\r\n",
            remove(1),
            "fn a() {}\r\n\r\nfn c() {}\r\n",
        );
        check(
            "fn a() {}\nfn b() {}\nfn c() {}\n",
            remove(1),
            "fn a() {}\nfn c() {}\n",
        );
        check("// Mine.\nfn a() {}\n", remove(0), "// Mine.\n");
        check("fn a() {} // Mine.\n", remove(0), " // Mine.\n");
    }

    #[test]
    fn doc_comments_come_and_go() {
        let to = |doc: &'static str| {
            move |file: &RustFile, splice: &mut Splice| splice.replace_doc(&file.functions[0], doc)
        };
        check(
            "/// A.\n/// B.\nfn a() {}\n",
            to("/// C.\n"),
            "/// C.\nfn a() {}\n",
        );
        check(
            "/// A.\r\nfn a() {}\r\n",
            to("/// C.\n/// D.\n"),
            "/// C.\r\n/// D.\r\nfn a() {}\r\n",
        );
        check("/// A.\n#[x]\nfn a() {}\n", to(""), "#[x]\nfn a() {}\n");
        check(
            "#[x]\nfn a() {}\n",
            to("/// C.\n"),
            "/// C.\n#[x]\nfn a() {}\n",
        );
    }
}
