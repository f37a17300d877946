//! The format for people: a line for each file, diffs, and last the command that mends the project.

use camino::Utf8Path;

use super::findings::{Difference, Finding};
use super::kinds::Kind;
use super::{Repair, Report, sync_in};
use crate::commands::fold::{Named, fold};
use crate::commands::report::{Diffs, behind};
use crate::commands::{Exit, output};

/// Prints a report: what is wrong with what people wrote to stderr, lines and diffs to stdout.
pub fn print(dir: &Utf8Path, report: &Report) -> anyhow::Result<()> {
    output::tell(&report.said);
    let handlers = report.findings.iter().flat_map(handlers);
    let text = files(report) + &handlers.collect::<String>() + &diffs(report);
    output::print(&text)?;
    output::tell(&last_line(dir, report));
    Ok(())
}

/// What is out of step, and the command that mends it from here; empty if no command does, or it has been said.
pub fn last_line(dir: &Utf8Path, report: &Report) -> String {
    let is_interrupted = |finding: &Finding| finding.kind == Kind::Interrupted;
    match (report.repair, report.exit) {
        (Repair::Nothing, _) => String::new(),
        (Repair::Now | Repair::Later, Exit::Drift)
            if report.findings.iter().any(is_interrupted) =>
        {
            String::new()
        }
        (Repair::Now | Repair::Later, _) => format!("{}\n", report.sentence_with(&sync_in(dir))),
    }
}

/// A line for each file; unless all is to be shown, many of one kind in one folder are one line.
pub fn files(report: &Report) -> String {
    let changed = report.findings.iter();
    let changed = changed.filter(|finding| finding.difference.is_some());
    let mut text = String::new();
    for group in fold(Named::Lines, changed, Finding::path_and_word) {
        let differences = group.files.iter();
        let differences = differences.filter_map(|finding| finding.difference.as_ref());
        match group.counted {
            Some(files) if report.diffs == Diffs::Yours => {
                let (added, removed) = differences.fold((0, 0), |(added, removed), one| {
                    (added + one.added, removed + one.removed)
                });
                text += &line(group.word, &files, &behind(added, removed));
            }
            Some(_) | None => text.extend(differences.map(|difference| {
                let Difference { added, removed, .. } = difference;
                let counts = match difference.diff {
                    Some(_) => String::new(),
                    None => behind(*added, *removed),
                };
                line(group.word, &difference.files, &counts)
            })),
        }
    }
    text
}

/// A line for each function of a finding, or for its path if it has none but this.
fn handlers(finding: &Finding) -> Vec<String> {
    let word = finding.kind.word();
    if finding.difference.is_some() {
        return Vec::new();
    }
    if finding.kind == Kind::Outside {
        let place = finding.place.iter();
        return place
            .map(|place| line(word, place.path.as_str(), ""))
            .collect();
    }
    let handlers = finding.handlers.iter();
    handlers
        .map(|handler| line(word, &handler.shown, ""))
        .collect()
}

/// What changes line by line. That a file moves as it is has been said.
fn diffs(report: &Report) -> String {
    let changed = report.findings.iter();
    let changed = changed.filter_map(|finding| finding.difference.as_ref());
    let shown = changed.filter(|difference| match report.diffs {
        Diffs::Yours => !difference.only_moves,
        Diffs::Full => true,
    });
    shown
        .filter_map(|difference| difference.diff.clone())
        .collect()
}

fn line(word: &str, what: &str, counts: &str) -> String {
    format!("{word:<13} {what}{counts}\n")
}
