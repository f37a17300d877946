//! The format for people: a line for each file, diffs, and last the command that mends the project.

use camino::Utf8Path;

use super::findings::Finding;
use super::kinds::Kind;
use super::{Report, sync_in};
use crate::commands::{Exit, output};
use crate::project::diff::colored_counts;

/// Prints a report: what is wrong with what people wrote to stderr, lines and diffs to stdout.
pub fn print(dir: &Utf8Path, report: &Report) -> anyhow::Result<()> {
    output::tell(&report.said);
    let lines = report.findings.iter().flat_map(lines);
    let diffs = report
        .findings
        .iter()
        .filter_map(|finding| finding.difference.as_ref()?.diff.clone());
    output::print(&lines.chain(diffs).collect::<String>())?;
    output::tell(&last_line(dir, report));
    Ok(())
}

/// What is out of step, and the command that mends it from here; empty if no command does, or it has been said.
pub fn last_line(dir: &Utf8Path, report: &Report) -> String {
    let is_interrupted = |finding: &Finding| finding.kind == Kind::Interrupted;
    match report.exit {
        Exit::Drift if report.findings.iter().any(is_interrupted) => String::new(),
        Exit::Drift => format!("{}; mend it with `{}`\n", report.sentence(), sync_in(dir)),
        Exit::Done | Exit::Unusable | Exit::Decide => String::new(),
    }
}

/// A line for the file of a finding, or for each function of it.
fn lines(finding: &Finding) -> Vec<String> {
    let word = finding.kind.line_word();
    if let Some(difference) = &finding.difference {
        let counts = match difference.diff {
            Some(_) => String::new(),
            None => format!("  {}", colored_counts(difference.added, difference.removed)),
        };
        return vec![format!("{word:<13} {}{counts}\n", difference.files)];
    }
    if finding.kind == Kind::Outside {
        let place = finding.place.iter();
        return place
            .map(|place| format!("{word:<13} {}\n", place.path))
            .collect();
    }
    let handlers = finding.handlers.iter();
    handlers
        .map(|handler| format!("{word:<13} {}\n", handler.shown))
        .collect()
}
