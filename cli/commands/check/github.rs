//! The format of GitHub Actions: workflow commands that annotate files, and a page for the job's summary.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::fmt::Write;
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;

use camino::Utf8PathBuf;

use super::findings::{Finding, Lines};
use super::kinds::{Kind, Urgency};
use super::{Repair, Report, counts, summary, text};
use crate::commands::fold::{Named, fold};
use crate::commands::output;
use crate::config;
use crate::diagnostics::visible;

/// Names the file to which a step adds what is to stand in the job's summary.
const SUMMARY_VARIABLE: &str = "GITHUB_STEP_SUMMARY";

/// How long what a step adds to the summary may be: GitHub refuses more than 1 MiB.
const SUMMARY_BYTES: u64 = 1_000_000;

/// How many annotations stand in the log: GitHub keeps the first fifty of a job.
const LOGGED_ANNOTATIONS: usize = 100;

/// How many lines of diffs stand in the log.
const LOGGED_LINES: usize = 2_000;

/// Prints a report, and adds it to the summary if there is one.
pub fn print(report: &Report) -> anyhow::Result<()> {
    output::print(&commands(report))?;
    if let Some(path) = std::env::var_os(SUMMARY_VARIABLE).filter(|path| !path.is_empty())
        && let Err(error) = add_to_summary(report, path.into())
    {
        // What was found is what the job ends with.
        let message = format!("nothing was added to the job's summary: {error:#}");
        let title = [("title", "routegen".to_owned())];
        output::print(&command("warning", &title, &message))?;
    }
    output::tell(&format!(
        "{}\n",
        visible(&report.sentence_with(&report.sync()))
    ));
    Ok(())
}

/// Adds the page of a report to what the job's summary has, as far as there is room.
fn add_to_summary(report: &Report, path: PathBuf) -> anyhow::Result<()> {
    let path = Utf8PathBuf::try_from(path)?;
    let there = match fs_err::metadata(&path) {
        Ok(metadata) => metadata.len(),
        Err(error) if error.kind() == ErrorKind::NotFound => 0,
        Err(error) => return Err(error.into()),
    };
    let room = SUMMARY_BYTES.saturating_sub(there);
    let page = summary::page(report, usize::try_from(room).unwrap_or(usize::MAX));
    let mut options = fs_err::OpenOptions::new();
    let mut file = options.create(true).append(true).open(&path)?;
    Ok(file.write_all(page.as_bytes())?)
}

/// The annotations, since GitHub shows the first ten errors of a step, those that are most for a person first; then the diffs, folded.
fn commands(report: &Report) -> String {
    let mut text = String::new();
    let annotations = annotations(report);
    let first = annotations.iter().take(LOGGED_ANNOTATIONS);
    text.extend(first.map(String::as_str));
    if annotations.len() > LOGGED_ANNOTATIONS {
        let more = annotations.len() - LOGGED_ANNOTATIONS;
        writeln!(text, "… and {more} annotations more").expect("strings don't fail");
    }
    let diffs = report.findings.iter();
    let diffs: Vec<String> = diffs
        .filter_map(|finding| finding.difference.as_ref()?.plain())
        .collect();
    let files = anstream::adapter::strip_str(&text::files(report)).to_string();
    if !files.is_empty() {
        let title = data(&format!("What `{}` would change", report.sync()));
        writeln!(text, "::group::{title}").expect("strings don't fail");
        let lines = diffs.iter().flat_map(|diff| diff.lines());
        let mut lines = files.lines().chain(lines).map(logged);
        text.extend(lines.by_ref().take(LOGGED_LINES));
        let more = lines.count();
        if more > 0 {
            writeln!(text, "… and {more} lines more").expect("strings don't fail");
        }
        text.push_str("::endgroup::\n");
    }
    text
}

/// An annotation for each finding; one for many files of a person's that only come, go or move, and one for all that are generated.
fn annotations(report: &Report) -> Vec<String> {
    let findings = report.by_urgency();
    let with = |wanted: &[Urgency]| {
        let findings = findings.iter().copied();
        let found = findings.filter(|finding| wanted.contains(&finding.urgency()));
        found.collect::<Vec<&Finding>>()
    };
    let one = |finding: &&Finding| annotation(report, finding);
    let mut annotations: Vec<String> = Vec::new();
    let persons = with(&[Urgency::Decide, Urgency::Write, Urgency::Place]);
    annotations.extend(persons.iter().map(one));
    for group in fold(
        Named::Annotations,
        with(&[Urgency::Yours]),
        Finding::path_and_word,
    ) {
        match group.counted {
            Some(files) => annotations.extend(together(report, &files, &group.files)),
            None => annotations.extend(group.files.iter().map(one)),
        }
    }
    match with(&[Urgency::Generated]).as_slice() {
        [finding] => annotations.push(annotation(report, finding)),
        generated => {
            let files = format!("{} generated files", generated.len());
            annotations.extend(together(report, &files, generated));
        }
    }
    annotations.extend(with(&[Urgency::Warning]).iter().map(one));
    annotations
}

/// One annotation for many files, which stands at the project's configuration; none for no file.
fn together(report: &Report, files: &str, findings: &[&Finding]) -> Option<String> {
    let kind = findings.first()?.kind;
    let is_one = findings.iter().all(|finding| finding.kind == kind);
    let (rule, what) = match is_one {
        true => (kind.word(), kind.of_files().to_owned()),
        false => {
            let counts = counts(findings.iter().copied());
            (Kind::Stale.word(), format!("are out of step ({counts})"))
        }
    };
    let sync = report.sync();
    let remedy = match report.repair {
        Repair::Now | Repair::Nothing => format!("run `{sync}`"),
        Repair::Later => format!("run `{sync}` when the rest is decided"),
    };
    let properties = [
        ("file", report.repository.path(config::FILE_NAME.into())),
        ("title", title(rule)),
    ];
    Some(command(
        "error",
        &properties,
        &format!("{files} {what}; {remedy}"),
    ))
}

fn annotation(report: &Report, finding: &Finding) -> String {
    let level = match finding.consequence.is_error() {
        true => "error",
        false => "warning",
    };
    command(
        level,
        &properties(report, finding),
        &report.message(finding),
    )
}

fn command(level: &str, properties: &[(&str, String)], message: &str) -> String {
    let properties = properties.iter();
    let properties = properties.map(|(name, value)| format!("{name}={}", property(value)));
    let properties: Vec<String> = properties.collect();
    format!("::{level} {}::{}\n", properties.join(","), data(message))
}

/// What stands above an annotation, among those of other programs.
fn title(rule: &str) -> String {
    format!("routegen {rule}")
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
    properties.push(("title", title(finding.rule())));
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
