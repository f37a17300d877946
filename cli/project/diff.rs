//! Changes as a unified diff, for `check` and `--dry-run`.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, DiffTag, TextDiff};

use super::change::{Change, ChangeKind};

/// How long a side may be to be compared line by line.
const COMPARED_BYTES: usize = 1 << 20;

/// How many lines are shown around what changes.
const CONTEXT: usize = 3;

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
    let (before, after) = (lines(&before), lines(&after));
    let diff = TextDiff::from_slices(&before, &after);
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

/// The change as a unified diff with colours, which `git apply` and `patch` take without them.
pub fn unified(change: &Change) -> String {
    let (before, after) = change.texts();
    let mut result = String::new();
    for text in header(change, before.is_some(), after.is_some()) {
        line(&mut result, HEADER, &text);
    }
    let text =
        |bytes: Option<&[u8]>| String::from_utf8_lossy(bytes.unwrap_or_default()).into_owned();
    let (old, new) = (text(before), text(after));
    if old == new {
        return result;
    }
    let name = |side: &str, path: &camino::Utf8Path, there: bool| match there {
        true => format!("{side}/{path}"),
        false => "/dev/null".to_owned(),
    };
    let names = [
        ("---", name("a", change.old_path(), before.is_some())),
        ("+++", name("b", &change.path, after.is_some())),
    ];
    for (mark, name) in names {
        line(&mut result, HEADER, &format!("{mark} {name}"));
    }
    let (old, new) = (lines(&old), lines(&new));
    if before
        .unwrap_or_default()
        .len()
        .max(after.unwrap_or_default().len())
        > COMPARED_BYTES
    {
        replaced(&mut result, &old, &new);
    } else {
        compared(&mut result, &old, &new);
    }
    result
}

/// What git wants to know of a change before its lines.
fn header(change: &Change, is_before: bool, is_after: bool) -> Vec<String> {
    let (from, to) = (change.old_path(), &change.path);
    let mut lines = vec![format!("diff --git a/{from} b/{to}")];
    if from != to {
        lines.push(format!("rename from {from}"));
        lines.push(format!("rename to {to}"));
    } else if !is_before {
        lines.push("new file mode 100644".to_owned());
    } else if !is_after {
        lines.push("deleted file mode 100644".to_owned());
    }
    lines
}

/// Lines as git has them, each with its end; a carriage return alone ends none.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// The hunks of texts that are short enough to be compared line by line.
fn compared(result: &mut String, old: &[&str], new: &[&str]) {
    let diff = TextDiff::from_slices(old, new);
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        line(result, HUNK, &hunk.header().to_string());
        for change in hunk.iter_changes() {
            hunk_line(result, change.tag(), change.value());
        }
    }
}

/// One hunk of all that lies between the first lines that are the same and the last.
fn replaced(result: &mut String, old: &[&str], new: &[&str]) {
    let same = |(a, b): &(&&str, &&str)| a == b;
    let start = old.iter().zip(new).take_while(same).count();
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let end = old_rest.iter().rev().zip(new_rest.iter().rev());
    let end = end.take_while(same).count();
    let from = start.saturating_sub(CONTEXT);
    let to = |lines: &[&str]| (lines.len() - end + CONTEXT).min(lines.len());
    let range = |lines: &[&str]| match to(lines) - from {
        // Of no lines the one before them is named.
        0 => format!("{from},0"),
        count => format!("{},{count}", from + 1),
    };
    let header = format!("@@ -{} +{} @@", range(old), range(new));
    line(result, HUNK, &header);
    let pieces = [
        (ChangeTag::Equal, &old[from..start]),
        (ChangeTag::Delete, &old[start..old.len() - end]),
        (ChangeTag::Insert, &new[start..new.len() - end]),
        (ChangeTag::Equal, &old[old.len() - end..to(old)]),
    ];
    for (tag, lines) in pieces {
        lines.iter().for_each(|value| hunk_line(result, tag, value));
    }
}

fn hunk_line(result: &mut String, tag: ChangeTag, value: &str) {
    let (sign, style) = match tag {
        ChangeTag::Delete => ("-", REMOVED),
        ChangeTag::Insert => ("+", ADDED),
        ChangeTag::Equal => (" ", Style::new()),
    };
    let whole = value.strip_suffix('\n');
    line(result, style, &format!("{sign}{}", whole.unwrap_or(value)));
    if whole.is_none() {
        result.push_str("\\ No newline at end of file\n");
    }
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
            "diff --git a/a b/a\nnew file mode 100644\n--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+x\n",
        );
        check(
            "a",
            ChangeKind::Remove {
                before: (*b"x").into(),
            },
            "diff --git a/a b/a\ndeleted file mode 100644\n--- a/a\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n\\ No newline at end of file\n",
        );
        check(
            "b",
            ChangeKind::Move {
                from: "a".into(),
                before: (*b"x\ny\n").into(),
                text: text("x\nz\n"),
            },
            "diff --git a/a b/b\nrename from a\nrename to b\n--- a/a\n+++ b/b\n@@ -1,2 +1,2 @@\n x\n-y\n+z\n",
        );
        check(
            "b",
            ChangeKind::Follow { from: "a".into() },
            "diff --git a/a b/b\nrename from a\nrename to b\n",
        );
        check(
            "a",
            ChangeKind::Create {
                text: String::new(),
            },
            "diff --git a/a b/a\nnew file mode 100644\n",
        );
    }

    #[test]
    fn a_carriage_return_alone_ends_no_line() {
        check(
            "a",
            ChangeKind::Update {
                before: (*b"x\ry\r\nz").into(),
                text: "x\ry\r\nw".to_owned(),
            },
            "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n x\ry\r\n-z\n\\ No newline at end of file\n+w\n\\ No newline at end of file\n",
        );
    }

    #[test]
    fn what_is_too_long_to_compare_is_one_hunk() {
        let numbers = |range: std::ops::Range<usize>| -> Vec<String> {
            range.map(|number| format!("{number}\n")).collect()
        };
        let old = numbers(0..9);
        let mut new = old.clone();
        new[4] = "four\n".to_owned();
        let hunk = |old: &[String], new: &[String]| {
            let old: Vec<&str> = old.iter().map(String::as_str).collect();
            let new: Vec<&str> = new.iter().map(String::as_str).collect();
            let mut result = String::new();
            super::replaced(&mut result, &old, &new);
            anstream::adapter::strip_str(&result).to_string()
        };
        assert_eq!(
            hunk(&old, &new),
            "@@ -2,7 +2,7 @@\n 1\n 2\n 3\n-4\n+four\n 5\n 6\n 7\n"
        );
        assert_eq!(hunk(&[], &old[..1]), "@@ -0,0 +1,1 @@\n+0\n");
        assert_eq!(hunk(&old[..1], &[]), "@@ -1,1 +0,0 @@\n-0\n");
        assert_eq!(hunk(&old[..2], &old[..1]), "@@ -1,2 +1,1 @@\n 0\n-1\n");
    }
}
