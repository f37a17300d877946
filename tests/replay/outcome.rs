//! What became of one history, and the table of all.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use super::Arguments;
use super::dice::Dice;
use super::histories::History;
use super::ledger::Ledger;
use super::person::Person;
use super::project::Project;
use super::step::{self, Ended, Step};
use super::wanted::Wanted;

/// How far a history came, and what happened on the way.
#[derive(Default)]
pub struct Outcome {
    pub name: String,
    pub steps: usize,
    /// Of the first version and the last.
    operations: (usize, usize),
    added: usize,
    kept: usize,
    edited: usize,
    orphaned: usize,
    moved: usize,
    removed: usize,
    /// Pieces of text that were written by hand.
    written: usize,
    times: Vec<Duration>,
    /// Versions that can't be read as contracts.
    unusable: usize,
    compiled: usize,
    /// Why a person had to decide, and what was warned of the project.
    decided: BTreeMap<&'static str, usize>,
    warned: BTreeMap<&'static str, usize>,
    /// Why it came no further.
    pub failure: Option<String>,
}

impl Outcome {
    /// Replays a history.
    pub fn of(history: &History, arguments: &Arguments) -> Self {
        let mut outcome = Self {
            name: history.name.clone(),
            ..Self::default()
        };
        outcome.failure = outcome.go(history, arguments).err();
        outcome
    }

    fn go(&mut self, history: &History, arguments: &Arguments) -> Result<(), String> {
        let (first, rest) = history.versions.split_first().ok_or("it has no versions")?;
        let project = Project::new(first)?;
        let mut person = Person {
            root: project.root.clone(),
            ledger: Ledger::default(),
            dice: Dice::new(arguments.seed, &history.name),
        };
        let mut wanted = Wanted::of(&project.root)?;
        self.operations = (wanted.operations, wanted.operations);
        let last = rest.len().min(arguments.steps);
        for (index, version) in rest[..last].iter().enumerate() {
            let name = version.file_name().unwrap_or_default();
            let in_step = |why: String| format!("step {} to {name}: {why}", index + 1);
            person.work(arguments.edits.unwrap_or(4 + wanted.operations / 15));
            if person.dice.once_in(2) {
                person.work_rarely();
            }
            if person.dice.once_in(4) {
                person.bury().map_err(in_step)?;
            }
            project.take(version)?;
            let mut step = self.step(&mut person, &mut wanted).map_err(in_step)?;
            self.steps += 1;
            self.written = self.written.max(person.ledger.written.len());
            self.operations.1 = wanted.operations;
            if arguments.compiles == 0
                || (index + 1) * arguments.compiles < (self.compiled + 1) * last
            {
                continue;
            }
            // Beside live handlers, orphans are compiler errors: its owner deletes them.
            if step.as_ref().is_some_and(|step| step.live_orphans > 0) {
                person.bury().map_err(in_step)?;
                step = self.step(&mut person, &mut wanted).map_err(in_step)?;
            }
            if step.is_some() {
                project.check().map_err(in_step)?;
                self.compiled += 1;
            }
        }
        Ok(())
    }

    fn step(&mut self, person: &mut Person, wanted: &mut Wanted) -> Result<Option<Step>, String> {
        let root = person.root.clone();
        let ended = match step::sync(&root, &mut person.ledger, wanted)? {
            Ended::Decide(codes) => {
                codes
                    .into_iter()
                    .for_each(|code| *self.decided.entry(code).or_default() += 1);
                person.decide();
                step::sync(&root, &mut person.ledger, wanted)?
            }
            ended => ended,
        };
        match ended {
            Ended::Done(step) => {
                self.added += step.added;
                self.kept += step.kept;
                self.edited = step.edited;
                self.orphaned += step.orphaned;
                self.moved += step.moved;
                self.removed += step.removed;
                self.times.push(step.time);
                step.warned
                    .iter()
                    .for_each(|(code, count)| *self.warned.entry(code).or_default() += count);
                Ok(Some(step))
            }
            Ended::Unusable => {
                self.unusable += 1;
                Ok(None)
            }
            Ended::Decide(codes) => Err(format!("{codes:?} had to be decided twice")),
        }
    }

    /// One line for people who wait.
    pub fn line(&self) -> String {
        match &self.failure {
            None => format!(
                "ok      {} ({} steps, {} compiled)",
                self.name, self.steps, self.compiled
            ),
            Some(why) => format!("FAILED  {}: {why}", self.name),
        }
    }

    fn row(&self) -> String {
        let total: Duration = self.times.iter().sum();
        let longest = self.times.iter().max().copied().unwrap_or_default();
        let codes = |of: &BTreeMap<&'static str, usize>| {
            let codes: Vec<String> = of
                .iter()
                .map(|(code, count)| format!("{code} × {count}"))
                .collect();
            if codes.is_empty() {
                "–".to_owned()
            } else {
                codes.join(", ")
            }
        };
        let failed = if self.failure.is_some() {
            " (failed)"
        } else {
            ""
        };
        format!(
            "| {}{failed} | {} | {} / {} | {} | {} | {} | {} | {} | {} | {} | {:.2} | {:.2} | {} | {} | {} |\n",
            self.name,
            self.steps,
            self.operations.0,
            self.operations.1,
            self.added,
            self.kept,
            self.edited,
            self.orphaned,
            self.moved,
            self.removed,
            self.written,
            total.as_secs_f64(),
            longest.as_secs_f64(),
            self.compiled,
            codes(&self.decided),
            codes(&self.warned),
        )
    }
}

/// Markdown: a line a history, and their sum.
pub fn table(outcomes: &[Outcome]) -> String {
    let mut text = String::from(
        "| history | steps | operations first / last | added | kept | edited | orphaned | moved | stubs removed | pieces written | \
         all syncs, s | longest, s | compiled | decided | warned |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|---|\n",
    );
    outcomes
        .iter()
        .for_each(|outcome| text.push_str(&outcome.row()));
    let sum = |of: fn(&Outcome) -> usize| outcomes.iter().map(of).sum::<usize>();
    let whole = outcomes
        .iter()
        .filter(|outcome| outcome.failure.is_none())
        .count();
    writeln!(
        text,
        "\n{whole} of {} histories hold in all their {} steps: {} pieces of text written by hand are there byte for byte; {} handlers added, {} \
         stubs removed, {} handlers orphaned, {} moved; {} projects compiled; {} versions can't be read as contracts.",
        outcomes.len(),
        sum(|outcome| outcome.steps),
        sum(|outcome| outcome.written),
        sum(|outcome| outcome.added),
        sum(|outcome| outcome.removed),
        sum(|outcome| outcome.orphaned),
        sum(|outcome| outcome.moved),
        sum(|outcome| outcome.compiled),
        sum(|outcome| outcome.unusable),
    )
    .expect("a String grows");
    text
}
