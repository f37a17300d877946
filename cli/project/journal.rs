//! What a transaction is about to do, on disk before it is done: whoever finds it can finish it.

use camino::{Utf8Path, Utf8PathBuf};

use super::fingerprint::Fingerprint;

const FORMAT: &str = "routegen journal 1";

/// One step of a transaction. Paths are relative to the root.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A staged file goes to its place.
    Write {
        path: Utf8PathBuf,
        before: Option<Fingerprint>,
        after: Fingerprint,
        kept: Kept,
    },
    /// A file goes away.
    Remove {
        path: Utf8PathBuf,
        before: Fingerprint,
        kept: Kept,
    },
    /// A file goes elsewhere as it is.
    Rename { from: Utf8PathBuf, to: Utf8PathBuf },
}

/// What becomes of the bytes that a step displaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// They are ours, or in what replaces them, and forgotten when all is done.
    No,
    /// A person edited them: they are saved under `.routegen/recovered/`.
    Yes,
}

impl Step {
    /// The file that is written, or goes away.
    pub fn path(&self) -> &Utf8Path {
        match self {
            Self::Write { path, .. } | Self::Remove { path, .. } => path,
            Self::Rename { from, .. } => from,
        }
    }

    /// All paths that it has to do with.
    pub fn paths(&self) -> impl Iterator<Item = &Utf8Path> {
        let to = match self {
            Self::Write { .. } | Self::Remove { .. } => None,
            Self::Rename { to, .. } => Some(to.as_path()),
        };
        std::iter::once(self.path()).chain(to)
    }

    /// The bytes that it displaces, and those that it puts there; of files that are moved unread, neither.
    pub fn prints(&self) -> (Option<Fingerprint>, Option<Fingerprint>) {
        match self {
            Self::Write { before, after, .. } => (*before, Some(*after)),
            Self::Remove { before, .. } => (Some(*before), None),
            Self::Rename { .. } => (None, None),
        }
    }

    /// Whether something is displaced, which is kept until all is done.
    pub fn displaces(&self) -> bool {
        match self {
            Self::Write { before, .. } => before.is_some(),
            Self::Remove { .. } | Self::Rename { .. } => true,
        }
    }
}

impl Kept {
    fn word(self, word: &'static str, kept: &'static str) -> &'static str {
        match self {
            Self::No => word,
            Self::Yes => kept,
        }
    }
}

/// The text of a journal.
pub fn text(steps: &[Step]) -> String {
    let mut text = format!("{FORMAT}\n");
    for step in steps {
        let line = match step {
            Step::Write {
                path,
                before,
                after,
                kept,
            } => {
                let word = kept.word("write", "write-keep");
                let before = before.map_or_else(|| "-".to_owned(), |print| print.to_string());
                format!("{word} {before} {after} {}", quote(path))
            }
            Step::Remove { path, before, kept } => {
                let word = kept.word("remove", "remove-keep");
                format!("{word} {before} {}", quote(path))
            }
            Step::Rename { from, to } => format!("rename {} {}", quote(from), quote(to)),
        };
        text.push_str(&line);
        text.push('\n');
    }
    let print = Fingerprint::of_bytes(text.as_bytes());
    text + &format!("end {print}\n")
}

/// The steps of a journal; `None` if it isn't whole.
pub fn parse(text: &str) -> Option<Vec<Step>> {
    let (body, end) = text.split_at(text.trim_end().rfind('\n')? + 1);
    let print: Fingerprint = end.strip_prefix("end ")?.trim_end().parse().ok()?;
    if print != Fingerprint::of_bytes(body.as_bytes()) {
        return None;
    }
    let mut lines = body.lines();
    if lines.next() != Some(FORMAT) {
        return None;
    }
    lines.map(parse_step).collect()
}

fn parse_step(line: &str) -> Option<Step> {
    let (word, rest) = line.split_once(' ')?;
    let (word, kept) = match word.strip_suffix("-keep") {
        Some(word) => (word, Kept::Yes),
        None => (word, Kept::No),
    };
    match word {
        "write" => {
            let (before, rest) = rest.split_once(' ')?;
            let (after, path) = rest.split_once(' ')?;
            let before = if before == "-" {
                None
            } else {
                Some(before.parse().ok()?)
            };
            Some(Step::Write {
                path: unquote(path)?,
                before,
                after: after.parse().ok()?,
                kept,
            })
        }
        "remove" => {
            let (before, path) = rest.split_once(' ')?;
            Some(Step::Remove {
                path: unquote(path)?,
                before: before.parse().ok()?,
                kept,
            })
        }
        "rename" => {
            // A quoted path ends at a quote, which inside of it is escaped.
            let end = rest.find("\" \"")? + 1;
            Some(Step::Rename {
                from: unquote(&rest[..end])?,
                to: unquote(&rest[end + 1..])?,
            })
        }
        _ => None,
    }
}

/// A path on one line.
fn quote(path: &Utf8Path) -> String {
    serde_json::Value::from(path.as_str()).to_string()
}

fn unquote(text: &str) -> Option<Utf8PathBuf> {
    serde_json::from_str::<String>(text)
        .ok()
        .map(Utf8PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::{Kept, Step, parse, text};
    use crate::project::fingerprint::Fingerprint;

    #[test]
    fn what_is_written_is_read_back_and_half_of_it_is_nothing() {
        let print = Fingerprint::of_bytes(b"x");
        let steps = [
            Step::Write {
                path: "a b/\"c\n\" \"".into(),
                before: None,
                after: print,
                kept: Kept::No,
            },
            Step::Write {
                path: "a".into(),
                before: Some(print),
                after: print,
                kept: Kept::Yes,
            },
            Step::Remove {
                path: "é".into(),
                before: print,
                kept: Kept::Yes,
            },
            Step::Remove {
                path: "f".into(),
                before: print,
                kept: Kept::No,
            },
            Step::Rename {
                from: "a b".into(),
                to: "c".into(),
            },
        ];
        let text = text(&steps);
        assert_eq!(parse(&text).unwrap(), steps);
        for end in (0..text.len() - 1).filter(|end| text.is_char_boundary(*end)) {
            assert_eq!(parse(&text[..end]), None, "{end}");
        }
    }
}
