//! Text of a contract as comment lines: nothing in it can end the comment or hide what follows.

use crate::model::{DescribedApart, Docs, Operation, Schema};

/// Doc comment lines, without the slashes: the summary, then the description.
pub fn lines(docs: &Docs) -> Vec<String> {
    let mut lines = text_lines(&docs.summary);
    let description = text_lines(&docs.description);
    if !lines.is_empty() && !description.is_empty() && lines != description {
        lines.push(String::new());
    }
    if lines != description {
        lines.extend(description);
    }
    lines
}

/// The same of an operation, with what the contract describes of it on other paths.
pub fn of_operation(operation: &Operation) -> Vec<String> {
    let mut lines = lines(&operation.docs);
    if operation.described_apart.is_empty() {
        return lines;
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.push("The contract describes these apart:".to_owned());
    lines.push(String::new());
    for DescribedApart { path, summary } in &operation.described_apart {
        let subject = format!("- `{} {}`", operation.method.upper(), code(path));
        lines.push(match text_lines(summary).into_iter().next() {
            Some(summary) => format!("{subject}: {summary}"),
            None => subject,
        });
    }
    lines
}

/// The same of a value, with what a text holds by its schema.
pub fn of_value(docs: &Docs, schema: &Schema) -> Vec<String> {
    let mut lines = lines(docs);
    if let Some(held) = &schema.held {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let media = code(held.media_type.as_str());
        lines.push(match &held.schema {
            Some(name) => format!("It holds `{media}`, as `{}` describes it.", code(name)),
            None => format!("It holds `{media}`."),
        });
    }
    lines
}

/// The first line that says something, for a handler's doc comment.
pub fn first_line(docs: &Docs) -> Option<String> {
    let lines = text_lines(if docs.summary.trim().is_empty() {
        &docs.description
    } else {
        &docs.summary
    });
    lines
        .into_iter()
        .find(|line| !line.trim().is_empty())
        .map(|line| line.trim().to_owned())
}

/// Lines of a text, with what could break or disguise a comment made harmless; no blank lines at either end.
pub fn text_lines(text: &str) -> Vec<String> {
    let lines = text.split([
        '\n', '\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}',
    ]);
    let mut lines: Vec<String> = lines
        .map(|line| harmless(line).trim_end().to_owned())
        .collect();
    // `\r\n` makes an empty line that nobody wrote, and runs of blank lines say nothing.
    lines.dedup_by(|a, b| a.is_empty() && b.is_empty());
    let first = lines
        .iter()
        .position(|line| !line.is_empty())
        .unwrap_or(lines.len());
    lines.drain(..first);
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// A text of the contract as it stands between backticks in a comment: on one line, with nothing in it that ends or disguises it.
pub fn code(text: &str) -> String {
    text_lines(text).join(" ").replace('`', "'")
}

/// The text without control characters, without those that change the direction of what is read, and those that nobody sees.
fn harmless(line: &str) -> String {
    let hidden = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
    line.replace('\t', "    ")
        .chars()
        .filter(|c| !c.is_control() && !hidden(*c))
        .collect()
}
