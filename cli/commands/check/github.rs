//! The format of GitHub Actions: workflow commands that annotate files, and a page for the job's summary.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::fmt::Write;
use std::io::{ErrorKind, Write as _};

use camino::Utf8PathBuf;

use super::Report;
use super::findings::{Finding, Lines};
use super::summary;
use crate::commands::output;
use crate::diagnostics::visible;

/// Names the file to which a step adds what is to stand in the job's summary.
const SUMMARY_VARIABLE: &str = "GITHUB_STEP_SUMMARY";

/// How long what a step adds to the summary may be: GitHub refuses more than 1 MiB.
const SUMMARY_BYTES: u64 = 1_000_000;

/// How many findings stand in the log: GitHub keeps the first fifty annotations of a job.
const LOGGED_FINDINGS: usize = 100;

/// How many lines of diffs stand in the log.
const LOGGED_LINES: usize = 2_000;

/// Prints a report, and adds it to the summary if there is one.
pub fn print(report: &Report) -> anyhow::Result<()> {
    output::print(&commands(report))?;
    if let Some(path) = std::env::var_os(SUMMARY_VARIABLE).filter(|path| !path.is_empty()) {
        let path = Utf8PathBuf::try_from(std::path::PathBuf::from(path))?;
        let there = match fs_err::metadata(&path) {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == ErrorKind::NotFound => 0,
            Err(error) => return Err(error.into()),
        };
        let room = SUMMARY_BYTES.saturating_sub(there);
        let page = summary::page(report, usize::try_from(room).unwrap_or(usize::MAX));
        let mut file = fs_err::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)?;
        file.write_all(page.as_bytes())?;
    }
    output::tell(&format!("{}\n", visible(&summary::last_sentence(report))));
    Ok(())
}

/// An annotation for each finding, errors first, since GitHub shows the first ten of a step; then the diffs, folded.
fn commands(report: &Report) -> String {
    let mut text = String::new();
    let findings = report.errors_first();
    for finding in findings.iter().take(LOGGED_FINDINGS) {
        let level = match finding.consequence.is_error() {
            true => "error",
            false => "warning",
        };
        let properties: Vec<String> = properties(report, finding)
            .into_iter()
            .map(|(name, value)| format!("{name}={}", property(&value)))
            .collect();
        let message = data(&report.message(finding));
        writeln!(text, "::{level} {}::{message}", properties.join(","))
            .expect("strings don't fail");
    }
    if findings.len() > LOGGED_FINDINGS {
        let more = findings.len() - LOGGED_FINDINGS;
        writeln!(text, "… and {more} findings more").expect("strings don't fail");
    }
    let diffs = report.findings.iter();
    let diffs: Vec<String> = diffs
        .filter_map(|finding| finding.difference.as_ref()?.plain())
        .collect();
    if !diffs.is_empty() {
        text.push_str("::group::What `routegen sync` would change\n");
        let lines = diffs.iter().flat_map(|diff| diff.lines());
        let mut lines = lines.map(logged);
        text.extend(lines.by_ref().take(LOGGED_LINES));
        let more = lines.count();
        if more > 0 {
            writeln!(text, "… and {more} lines more").expect("strings don't fail");
        }
        text.push_str("::endgroup::\n");
    }
    text
}

fn properties(report: &Report, finding: &Finding) -> Vec<(&'static str, String)> {
    let mut properties = Vec::new();
    properties.extend(report.path(finding).map(|path| ("file", path)));
    let lines = finding.place.as_ref().and_then(|place| place.lines);
    if let Some(Lines {
        line,
        end_line,
        columns,
    }) = lines
    {
        properties.push(("line", line.to_string()));
        properties.push(("endLine", end_line.to_string()));
        // Columns are for what stands in one line.
        if let Some((column, end_column)) = columns.filter(|_| line == end_line) {
            properties.push(("col", column.to_string()));
            properties.push(("endColumn", end_column.to_string()));
        }
    }
    properties.push(("title", finding.rule().to_owned()));
    properties
}

/// The text of a command.
fn data(text: &str) -> String {
    visible(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A line of a log in which nothing is a command: one begins with `::` behind any spaces, or has `##[` anywhere.
fn logged(line: &str) -> String {
    format!("| {}\n", visible(line).replace("##[", "# #["))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_no_second_command() {
        assert_eq!(
            data("100 %\r\n::error::a, b: c"),
            "100 %25\\u{d}%0A::error::a, b: c"
        );
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(logged(" ::add-mask::a"), "|  ::add-mask::a\n");
        assert_eq!(logged("+a\r::error::b"), "| +a\\u{d}::error::b\n");
        assert_eq!(logged("+ ##[add-mask]a"), "| + # #[add-mask]a\n");
    }
}
