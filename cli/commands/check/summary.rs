//! A report as a page of Markdown, as long as there is room for.

use super::Report;
use super::findings::Finding;
use super::kinds::Urgency;
use crate::diagnostics::visible;

/// What is kept for the lines that say how much was left out.
const LEFT_OUT_BYTES: usize = 400;

/// A report as a page of at most so many bytes; empty if not even its first lines fit.
pub fn page(report: &Report, room: usize) -> String {
    let mut page = format!(
        "### routegen check\n\n{}\n",
        report.sentence_with(&report.sync())
    );
    if page.len() + LEFT_OUT_BYTES > room {
        return String::new();
    }
    let findings = report.by_urgency();
    let diffs = findings.iter().any(|finding| diff(finding).is_some());
    // So many findings leave room for diffs, if there are any.
    let share = if diffs { room / 2 } else { room };
    let (generated, others): (Vec<&Finding>, Vec<&Finding>) = findings
        .iter()
        .partition(|finding| finding.urgency() == Urgency::Generated);
    table(report, &mut page, &others, share);
    if !generated.is_empty() && page.len() + LEFT_OUT_BYTES < share {
        let count = match generated.len() {
            1 => "1 generated file".to_owned(),
            count => format!("{count} generated files"),
        };
        page.push_str(&format!("\n<details><summary>{count}</summary>\n"));
        table(report, &mut page, &generated, share);
        page.push_str("\n</details>\n");
    }
    let diffs = findings
        .iter()
        .filter_map(|finding| Some(details(report, finding, &diff(finding)?)));
    let more = fill(&mut page, diffs, room);
    if more > 0 {
        page.push_str(&format!(
            "\n… and {more} diffs more, which `routegen check` shows\n"
        ));
    }
    page
}

/// A table of findings, as long as there is room; empty if there are none.
fn table(report: &Report, page: &mut String, findings: &[&Finding], room: usize) {
    if findings.is_empty() {
        return;
    }
    page.push_str("\n| | where | what |\n|---|---|---|\n");
    let rows = findings.iter().map(|finding| row(report, finding));
    let more = fill(page, rows, room);
    if more > 0 {
        page.push_str(&format!("\n… and {more} findings more\n"));
    }
}

/// Adds pieces as long as there is room; returns how many were left out.
fn fill(page: &mut String, pieces: impl Iterator<Item = String>, room: usize) -> usize {
    let mut left_out = 0;
    for piece in pieces {
        if left_out == 0 && page.len() + piece.len() + LEFT_OUT_BYTES <= room {
            page.push_str(&piece);
        } else {
            left_out += 1;
        }
    }
    left_out
}

/// What changes in a file; of one that only moves all has been said.
fn diff(finding: &Finding) -> Option<String> {
    let difference = finding.difference.as_ref();
    difference
        .filter(|difference| !difference.only_moves)?
        .plain()
}

fn row(report: &Report, finding: &Finding) -> String {
    let mut place = report.path(finding).unwrap_or_default();
    let lines = finding.place.as_ref().and_then(|place| place.lines);
    if let Some(lines) = lines {
        place.push_str(&format!(":{}", lines.line));
    }
    let mark = match finding.consequence.is_error() {
        true => "error",
        false => "warning",
    };
    let place = match place.is_empty() {
        true => place,
        false => code(&place),
    };
    let message = cell(&report.message(finding));
    format!("| {mark} {} | {place} | {message} |\n", finding.rule())
}

/// A diff that is opened by a click.
fn details(report: &Report, finding: &Finding, diff: &str) -> String {
    let longest = diff.split(|character| character != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or_default().max(2) + 1);
    let path = report.path(finding).unwrap_or_default();
    let path = visible(&path).replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "\n<details><summary><code>{path}</code></summary>\n\n{fence}diff\n{}\n{fence}\n\n</details>\n",
        diff.trim_end()
    )
}

/// Text that is code in a cell of a table.
fn code(text: &str) -> String {
    format!("`{}`", visible(text).replace('`', "'").replace('|', "\\|"))
}

/// Text with code in backticks as a cell of a table: elsewhere nothing in it is Markdown or HTML.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    let mut is_code = false;
    for character in visible(text).chars() {
        match character {
            '`' => {
                is_code = !is_code;
                cell.push('`');
            }
            '\n' if !is_code => cell.push_str("<br>"),
            '\n' => cell.push(' '),
            '|' => cell.push_str("\\|"),
            '<' | '>' | '&' | '*' | '_' | '[' | ']' | '\\' | '#' | '~' | '@' if !is_code => {
                cell.push_str(&format!("&#{};", u32::from(character)));
            }
            _ => cell.push(character),
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_stays_in_its_cell() {
        assert_eq!(
            cell("`a|<b>` is <b>|*c*\nd"),
            "`a\\|<b>` is &#60;b&#62;\\|&#42;c&#42;<br>d"
        );
        assert_eq!(code("a`|"), "`a'\\|`");
    }
}
