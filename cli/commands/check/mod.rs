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
    /// What `sync` would do about it.
    repair: Repair,
    /// Which changes are shown line by line.
    diffs: Diffs,
    /// What isn't as it should be.
    findings: Vec<Finding>,
    /// Where the project lies.
    repository: Repository,
    /// The diagnostics as people read them in a terminal.
    said: String,
}

/// What `sync` would do about what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Repair {
    /// Nothing.
    Nothing,
    /// It brings the files into step.
    Now,
    /// The same, but not before a person has decided something.
    Later,
}

/// Checks the project that `dir` lies in.
pub fn run(dir: &Utf8Path, arguments: &Check) -> anyhow::Result<Exit> {
    let diffs = Diffs::of(arguments.full_diff);
    let report = match (examine(dir, arguments), arguments.format) {
        (Ok(report), _) => report,
        (Err(error), Format::Text) => return Err(error),
        // Who reads a report learns from it why there is none.
        (Err(error), Format::Json | Format::Github | Format::Junit | Format::Sarif) => Report {
            exit: Exit::Unusable,
            repair: Repair::Nothing,
            diffs,
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
    let diffs = Diffs::of(arguments.full_diff);
    if denied.is_empty()
        && let Some(in_step::Remembered { said, .. }) = in_step::recall(&root, &facts)?
        && strictness.allows(&said)
        // What was said is remembered as text alone.
        && (said.is_empty() || arguments.format == Format::Text)
    {
        return Ok(Report {
            exit: Exit::Done,
            repair: Repair::Nothing,
            diffs,
            findings: Vec::new(),
            repository,
            said,
        });
    }
    if let Some(message) = report::between(&root) {
        let finding = Finding::interrupted(message);
        return Ok(Report {
            exit: Exit::Drift,
            repair: Repair::Now,
            diffs,
            said: format!("{}\n", finding.message),
            findings: vec![finding],
            repository,
        });
    }
    let mut comparison = pipeline::compare(&root, &Progress::start())?;
    // What the flags of a check deny doesn't keep `sync` from its work.
    let is_refused = report::exit(&comparison.diagnostics).is_some();
    denials::deny(&mut comparison, &denied);
    let said = report::said(&comparison.diagnostics, &comparison.sources, strictness);
    let diagnostics = strictness.judge(&comparison.diagnostics);
    let findings = findings::findings(&root, &comparison, &diagnostics, &denied, diffs);
    let is_drift = comparison
        .merged
        .as_ref()
        .is_some_and(|merged| !merged.changes.is_empty());
    let exit = report::exit(&diagnostics).unwrap_or(match is_drift {
        true => Exit::Drift,
        false => Exit::Done,
    });
    let repair = match (is_drift, is_refused) {
        (false, _) => Repair::Nothing,
        (true, false) => Repair::Now,
        (true, true) => Repair::Later,
    };
    Ok(Report {
        exit,
        repair,
        diffs,
        findings,
        repository,
        said,
    })
}

impl Report {
    /// The command that brings the files into step, from the root of the repository; none if they are, or a person must decide
    /// something before.
    fn command(&self) -> Option<String> {
        match self.repair {
            Repair::Now => Some(self.sync()),
            Repair::Nothing | Repair::Later => None,
        }
    }

    /// `sync` of the project, from the root of the repository.
    fn sync(&self) -> String {
        sync_in(&self.repository.project)
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
        lines.extend(finding.difference.as_ref().map(|difference| {
            let Difference {
                does,
                added,
                removed,
                ..
            } = difference;
            let when = match self.repair {
                Repair::Now | Repair::Nothing => "",
                Repair::Later if finding.is_unwritable() => " then",
                Repair::Later => " when the rest is decided",
            };
            let counts = match (added, removed) {
                (0, 0) => String::new(),
                (added, removed) => format!(": +{added} -{removed}"),
            };
            format!("`{}` {does} it{when}{counts}", self.sync())
        }));
        lines.join("\n")
    }

    /// How the project stands, in a sentence.
    fn sentence(&self) -> String {
        let drift = self.counts(Consequence::Drift);
        match (self.exit, self.repair) {
            (Exit::Done, _) => "the project is in step with its contract".to_owned(),
            (Exit::Drift, _) => {
                format!("the project is out of step with its contract: {drift}")
            }
            (Exit::Unusable, _) => "the project can't be checked".to_owned(),
            (Exit::Decide, repair) => {
                let decisions = self.counts(Consequence::Decide);
                let besides = match repair {
                    Repair::Now | Repair::Later if !drift.is_empty() => {
                        format!("; the project is out of step with its contract, too: {drift}")
                    }
                    Repair::Now | Repair::Later | Repair::Nothing => String::new(),
                };
                format!("a person must decide: {decisions}{besides}")
            }
        }
    }

    /// The same, and the command that mends it.
    fn sentence_with(&self, sync: &str) -> String {
        let sentence = self.sentence();
        match (self.repair, self.exit) {
            (Repair::Nothing, _) => sentence,
            (Repair::Now, Exit::Decide) => format!("{sentence}; mend that with `{sync}`"),
            (Repair::Now, Exit::Done | Exit::Drift | Exit::Unusable) => {
                format!("{sentence}; mend it with `{sync}`")
            }
            (Repair::Later, _) => format!("{sentence}; mend that with `{sync}` afterwards"),
        }
    }

    /// How many findings there are of each kind, among those with this consequence.
    fn counts(&self, consequence: Consequence) -> String {
        let findings = self.findings.iter();
        counts(findings.filter(|finding| finding.consequence == consequence))
    }

    /// What is most for a person first.
    fn by_urgency(&self) -> Vec<&Finding> {
        let mut findings: Vec<&Finding> = self.findings.iter().collect();
        findings.sort_by_key(|finding| finding.urgency());
        findings
    }
}

/// How many findings there are of each kind: `2 missing, 3 stale`.
fn counts<'a>(findings: impl Iterator<Item = &'a Finding>) -> String {
    let (unwritable, others): (Vec<&Finding>, Vec<&Finding>) =
        findings.partition(|finding| finding.is_unwritable());
    let counted = Kind::ALL.iter().filter_map(|kind| {
        let found = others.iter().filter(|finding| finding.kind == *kind);
        let count = found.count();
        (count > 0).then(|| format!("{count} {}", kind.counted(count)))
    });
    let unwritable = match unwritable.len() {
        0 => None,
        count => Some(format!("{count} unwritable")),
    };
    counted.chain(unwritable).collect::<Vec<_>>().join(", ")
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
