//! `routegen check`: whether `sync` would do anything, said in one of several formats.

mod denials;
mod findings;
mod github;
mod json;
mod junit;
pub mod kinds;
mod repository;
mod sarif;
mod summary;
mod text;

use camino::Utf8Path;

use self::findings::{Difference, Finding};
use self::kinds::{Consequence, Kind};
use self::repository::Repository;
use super::report::{self, Diffs, Strictness};
use super::{Exit, output};
use crate::args::{Check, Format};
use crate::pipeline;
use crate::progress::Progress;
use crate::project::in_step;

/// What was found, for one of the formats to print.
struct Report {
    /// How the program ends.
    exit: Exit,
    /// What isn't as it should be.
    findings: Vec<Finding>,
    /// Where the project lies.
    repository: Repository,
    /// The diagnostics as people read them in a terminal.
    said: String,
}

/// Checks the project that `dir` lies in.
pub fn run(dir: &Utf8Path, arguments: &Check) -> anyhow::Result<Exit> {
    let report = match (examine(dir, arguments), arguments.format) {
        (Ok(report), _) => report,
        (Err(error), Format::Text) => return Err(error),
        // Who reads a report learns from it why there is none.
        (Err(error), Format::Json | Format::Github | Format::Junit | Format::Sarif) => Report {
            exit: Exit::Unusable,
            findings: vec![Finding::unreadable(&error)],
            repository: Repository::of_nothing(),
            said: output::error_text(&error),
        },
    };
    match arguments.format {
        Format::Text => text::print(dir, &report)?,
        Format::Json => document(dir, &report, &json::document(&report))?,
        Format::Github => github::print(&report)?,
        Format::Junit => document(dir, &report, &junit::document(&report))?,
        Format::Sarif => document(dir, &report, &sarif::document(&report))?,
    }
    Ok(report.exit)
}

/// Prints a document, and for people what they would read without it.
fn document(dir: &Utf8Path, report: &Report, document: &str) -> anyhow::Result<()> {
    output::tell(&report.said);
    output::print(document)?;
    output::tell(&text::last_line(dir, report));
    Ok(())
}

/// Finds out how the project stands.
fn examine(dir: &Utf8Path, arguments: &Check) -> anyhow::Result<Report> {
    let root = report::project_root(dir)?;
    let repository = Repository::of(&root)?;
    let facts = pipeline::facts_line(&root);
    let denied = denials::denied_states(arguments);
    let strictness = Strictness::of(arguments.denials);
    if denied.is_empty()
        && let Some(in_step::Remembered { said, .. }) = in_step::recall(&root, &facts)?
        && strictness.allows(&said)
        // What was said is remembered as text alone.
        && (said.is_empty() || arguments.format == Format::Text)
    {
        return Ok(Report {
            exit: Exit::Done,
            findings: Vec::new(),
            repository,
            said,
        });
    }
    if let Some(message) = report::between(&root) {
        let finding = Finding::interrupted(message);
        return Ok(Report {
            exit: Exit::Drift,
            said: format!("{}\n", finding.message),
            findings: vec![finding],
            repository,
        });
    }
    let mut comparison = pipeline::compare(&root, &Progress::start())?;
    denials::deny(&mut comparison, &denied);
    let said = report::said(&comparison.diagnostics, &comparison.sources, strictness);
    let diagnostics = strictness.judge(&comparison.diagnostics);
    let diffs = if arguments.full_diff {
        Diffs::Full
    } else {
        Diffs::Yours
    };
    let findings = findings::findings(&root, &comparison, &diagnostics, &denied, diffs);
    let is_drift = comparison
        .merged
        .as_ref()
        .is_some_and(|merged| !merged.changes.is_empty());
    let exit = report::exit(&diagnostics).unwrap_or(match is_drift {
        true => Exit::Drift,
        false => Exit::Done,
    });
    Ok(Report {
        exit,
        findings,
        repository,
        said,
    })
}

impl Report {
    /// The command that mends the project, from the root of its repository; none if there is nothing to mend, or a
    /// person must do it.
    fn command(&self) -> Option<String> {
        match self.exit {
            Exit::Drift => Some(sync_in(&self.repository.project)),
            Exit::Done | Exit::Unusable | Exit::Decide => None,
        }
    }

    /// The path of a finding's file from the root of the repository.
    fn path(&self, finding: &Finding) -> Option<String> {
        let path = &finding.place.as_ref()?.path;
        Some(self.repository.path(path))
    }

    /// All that is said of a finding, a line each.
    fn message(&self, finding: &Finding) -> String {
        let mut lines = vec![finding.message.clone()];
        lines.extend(finding.label.clone());
        lines.extend(finding.notes.iter().cloned());
        lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
        if let Some(difference) = &finding.difference {
            let Difference { added, removed, .. } = difference;
            lines.push(match self.command() {
                Some(command) => format!("`{command}` changes it: +{added} -{removed}"),
                None => format!("`sync` will change it: +{added} -{removed}"),
            });
        }
        lines.join("\n")
    }

    /// How the project stands, in a sentence.
    fn sentence(&self) -> String {
        match self.exit {
            Exit::Done => "the project is in step with its contract".to_owned(),
            Exit::Drift => format!(
                "the project is out of step with its contract: {}",
                self.counts(Consequence::Drift)
            ),
            Exit::Unusable => "the project can't be checked".to_owned(),
            Exit::Decide => format!("a person must decide: {}", self.counts(Consequence::Decide)),
        }
    }

    /// How many findings there are of each kind, among those with this consequence.
    fn counts(&self, consequence: Consequence) -> String {
        let counted = Kind::ALL.iter().filter_map(|kind| {
            let count = self
                .findings
                .iter()
                .filter(|finding| finding.kind == *kind && finding.consequence == consequence)
                .count();
            (count > 0).then(|| format!("{count} {}", kind.counted(count)))
        });
        counted.collect::<Vec<_>>().join(", ")
    }

    /// What makes the check fail first, then the rest.
    fn errors_first(&self) -> Vec<&Finding> {
        let (mut errors, others): (Vec<&Finding>, Vec<&Finding>) = self
            .findings
            .iter()
            .partition(|finding| finding.consequence.is_error());
        errors.extend(others);
        errors
    }
}

/// `sync` of the project in a folder.
fn sync_in(folder: &Utf8Path) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "/._-~".contains(character);
    match folder.as_str() {
        "" | "." => "routegen sync".to_owned(),
        folder if folder.chars().all(is_plain) => format!("routegen -C {folder} sync"),
        folder => format!("routegen -C '{}' sync", folder.replace('\'', r"'\''")),
    }
}
