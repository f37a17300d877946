//! Changes as a unified diff, for `check` and `--dry-run`.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, DiffTag, TextDiff};

use super::change::{Change, ChangeKind};

/// How long a side may be to be compared line by line.
const COMPARED_BYTES: usize = 1 << 20;

const HEADER: Style = Style::new().bold();
const HUNK: Style = AnsiColor::Cyan.on_default();
const ADDED: Style = AnsiColor::Green.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();

/// Numbers of lines that are added and taken away, with colours: `+12 -3`.
pub fn colored_counts(added: usize, removed: usize) -> String {
    format!("{ADDED}+{added}{ADDED:#} {REMOVED}-{removed}{REMOVED:#}")
}

/// How many lines a change adds, and how many it takes away; of what is too long to compare, how many there are.
pub fn counted_lines(change: &Change) -> (usize, usize) {
    let (before, after) = change.texts();
    let text =
        |bytes: Option<&[u8]>| String::from_utf8_lossy(bytes.unwrap_or_default()).into_owned();
    let (before, after) = (text(before), text(after));
    if before.len().max(after.len()) > COMPARED_BYTES {
        return (after.lines().count(), before.lines().count());
    }
    let diff = TextDiff::from_lines(&before, &after);
    let count = |tag: ChangeTag| {
        diff.iter_all_changes()
            .filter(|line| line.tag() == tag)
            .count()
    };
    (count(ChangeTag::Insert), count(ChangeTag::Delete))
}

/// The first lines, from 1, of what is there that a change takes away or writes behind; none of a file that comes or goes, or whose
/// text stays.
pub fn changed_lines(change: &Change) -> Option<(usize, usize)> {
    let (before, after) = change.texts();
    let before = String::from_utf8_lossy(before?);
    let after = String::from_utf8_lossy(after?);
    if before.len().max(after.len()) > COMPARED_BYTES {
        return None;
    }
    let diff = TextDiff::from_lines(&*before, &*after);
    let first = diff.ops().iter().find(|op| op.tag() != DiffTag::Equal)?;
    let there = first.old_range();
    let line = (there.start + usize::from(!there.is_empty())).max(1);
    Some((line, there.end.max(line)))
}

/// What a person changed in a file of ours that is restored, as a unified diff.
pub fn edits(change: &Change) -> Option<String> {
    match &change.kind {
        ChangeKind::Restore { before, text } => {
            let (before, text) = (
                text.as_bytes().into(),
                String::from_utf8_lossy(before).into_owned(),
            );
            Some(unified(&Change {
                path: change.path.clone(),
                kind: ChangeKind::Update { before, text },
            }))
        }
        ChangeKind::Create { .. }
        | ChangeKind::Update { .. }
        | ChangeKind::Renew { .. }
        | ChangeKind::Move { .. }
        | ChangeKind::Follow { .. }
        | ChangeKind::Remove { .. }
        | ChangeKind::RemoveEdited { .. } => None,
    }
}

/// The change as a unified diff with colours, which `patch` and `git apply` take without them.
pub fn unified(change: &Change) -> String {
    let (before, after) = change.texts();
    let name = |side: &str, path: &camino::Utf8Path, there: bool| {
        if there {
            format!("{side}/{path}")
        } else {
            "/dev/null".to_owned()
        }
    };
    let old = name("a", change.old_path(), before.is_some());
    let new = name("b", &change.path, after.is_some());
    let text =
        |bytes: Option<&[u8]>| String::from_utf8_lossy(bytes.unwrap_or_default()).into_owned();
    let (before, after) = (text(before), text(after));
    let mut result = String::new();
    if change.old_path() != change.path {
        line(
            &mut result,
            HEADER,
            &format!("rename from {}", change.old_path()),
        );
        line(&mut result, HEADER, &format!("rename to {}", change.path));
    }
    if before == after {
        return result;
    }
    line(&mut result, HEADER, &format!("--- {old}"));
    line(&mut result, HEADER, &format!("+++ {new}"));
    if before.len().max(after.len()) > COMPARED_BYTES {
        line(
            &mut result,
            HUNK,
            &format!(
                "@@ {} and {} bytes, too many to compare @@",
                before.len(),
                after.len()
            ),
        );
        return result;
    }
    let diff = TextDiff::from_lines(&before, &after);
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        line(&mut result, HUNK, &hunk.header().to_string());
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Delete => ("-", REMOVED),
                ChangeTag::Insert => ("+", ADDED),
                ChangeTag::Equal => (" ", Style::new()),
            };
            let value = change.value();
            line(
                &mut result,
                style,
                &format!("{sign}{}", value.strip_suffix('\n').unwrap_or(value)),
            );
            if change.missing_newline() {
                result.push_str("\\ No newline at end of file\n");
            }
        }
    }
    result
}

fn line(result: &mut String, style: Style, text: &str) {
    writeln!(result, "{style}{text}{style:#}").expect("strings don't fail");
}

#[cfg(test)]
mod tests {
    use super::{Change, ChangeKind, changed_lines, unified};

    fn check(path: &str, kind: ChangeKind, expected: &str) {
        let diff = unified(&Change {
            path: path.into(),
            kind,
        });
        assert_eq!(anstream::adapter::strip_str(&diff).to_string(), expected);
    }

    #[test]
    fn the_first_lines_that_change_are_known() {
        let lines = |before: &str, after: &str| {
            changed_lines(&Change {
                path: "a".into(),
                kind: ChangeKind::Update {
                    before: before.as_bytes().into(),
                    text: after.to_owned(),
                },
            })
        };
        assert_eq!(lines("a\nb\nc\nd\n", "a\nx\nd\n"), Some((2, 3)));
        assert_eq!(lines("a\nb\n", "a\nb\nc\n"), Some((2, 2)));
        assert_eq!(lines("a\n", "b\na\n"), Some((1, 1)));
        assert_eq!(lines("", "a\n"), Some((1, 1)));
        assert_eq!(lines("a\n", "a\n"), None);
    }

    #[test]
    fn a_diff_can_be_read_by_patch() {
        let text = |text: &str| text.to_owned();
        check(
            "a",
            ChangeKind::Create { text: text("x\n") },
            "--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+x\n",
        );
        check(
            "a",
            ChangeKind::Remove {
                before: (*b"x").into(),
            },
            "--- a/a\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n\\ No newline at end of file\n",
        );
        check(
            "b",
            ChangeKind::Move {
                from: "a".into(),
                before: (*b"x\ny\n").into(),
                text: text("x\nz\n"),
            },
            "rename from a\nrename to b\n--- a/a\n+++ b/b\n@@ -1,2 +1,2 @@\n x\n-y\n+z\n",
        );
        check(
            "b",
            ChangeKind::Follow { from: "a".into() },
            "rename from a\nrename to b\n",
        );
    }
}
