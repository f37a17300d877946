//! What became of one contract, and the table of all.

use std::collections::BTreeMap;
use std::fmt::Write;

use camino::Utf8Path;

use super::Depth;
use super::measure::Cost;
use super::project::{Extent, Project};
use super::requests::{Request, examples};
use super::server::Server;

/// Up to how many operations clippy looks at a project; it finds nothing new in large ones, and takes long.
const LINTED: usize = 60;

/// How many operations of a contract are asked.
const ASKED: usize = 3;

/// How far a contract came, and what it cost.
#[derive(Default)]
pub struct Outcome {
    /// Its path below the corpus.
    pub name: String,
    pub extent: Option<Extent>,
    pub new: Option<Cost>,
    pub check: Option<Cost>,
    pub answers: Answers,
    /// Why it came no further.
    pub failure: Option<String>,
}

/// What the server said to requests made of the contract's own examples.
#[derive(Default)]
pub struct Answers {
    pub asked: usize,
    /// Found valid: the stub answered.
    pub accepted: usize,
    /// Refused, each with the issues: as a rule the example breaks its own schema.
    pub refused: Vec<String>,
}

impl Outcome {
    /// Takes a contract as far as `depth`.
    pub fn of(folder: &Utf8Path, contract: &Utf8Path, depth: Depth) -> Self {
        let name = contract
            .strip_prefix(folder)
            .unwrap_or(contract)
            .to_string();
        let mut outcome = Self {
            name,
            ..Self::default()
        };
        outcome.failure = outcome.go(contract, depth).err();
        outcome
    }

    fn go(&mut self, contract: &Utf8Path, depth: Depth) -> Result<(), String> {
        let (project, cost) = Project::write(contract)?;
        self.new = Some(cost);
        self.extent = Some(project.extent()?);
        project.format()?;
        self.check = Some(project.check()?);
        if self
            .extent
            .as_ref()
            .is_some_and(|extent| extent.operations <= LINTED)
        {
            project.clippy()?;
        }
        if depth == Depth::Serve {
            let server = Server::start(&project.build()?)?;
            self.answers = ask(&server, &project.base())?;
        }
        Ok(())
    }

    /// One line for people who wait.
    pub fn line(&self) -> String {
        let mut line = match &self.failure {
            None => format!("ok      {}", self.name),
            Some(why) => format!("FAILED  {}: {why}", self.name),
        };
        for refused in &self.answers.refused {
            write!(line, "\n        refused: {refused}").expect("a String grows");
        }
        line
    }
}

/// Fetches the contract, and asks what it has examples of.
fn ask(server: &Server, base: &str) -> Result<Answers, String> {
    let contract = Request::get(format!("{base}/openapi.json"));
    let answer = server.ask(&contract)?;
    if answer.status != 200 {
        return Err(format!("{} gives {}", contract.target, answer.status));
    }
    let document = serde_json::from_str(&answer.body).map_err(|error| error.to_string())?;
    let mut answers = Answers::default();
    for request in examples(&document, base, ASKED) {
        answers.asked += 1;
        let answer = server.ask(&request)?;
        match answer.status {
            501 => answers.accepted += 1,
            status => {
                let said: String = answer.body.chars().take(600).collect();
                let Request { method, target, .. } = &request;
                answers
                    .refused
                    .push(format!("{method} {target}: {status} {said}"));
            }
        }
    }
    Ok(answers)
}

/// Markdown: a line a contract, and their sum.
pub fn table(outcomes: &[Outcome], depth: Depth) -> String {
    let mut text = String::from(
        "| contract | operations | degraded | lines | new, CPU s | new, MB | check, CPU s | check, MB | asked | accepted |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for outcome in outcomes {
        text.push_str(&row(outcome));
    }
    text.push('\n');
    text.push_str(&summary(outcomes, depth));
    text
}

fn row(outcome: &Outcome) -> String {
    let extent = outcome.extent.as_ref();
    let number = |value: Option<usize>| value.map_or("–".to_owned(), |value| value.to_string());
    let cpu = |cost: Option<Cost>| cost.map_or("–".to_owned(), |cost| format!("{:.2}", cost.cpu));
    let peak =
        |cost: Option<Cost>| cost.map_or("–".to_owned(), |cost| format!("{:.0}", cost.peak));
    let failed = if outcome.failure.is_some() {
        " (failed)"
    } else {
        ""
    };
    format!(
        "| {}{failed} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
        outcome.name,
        number(extent.map(|extent| extent.operations)),
        number(extent.map(degraded_operations)),
        number(extent.map(|extent| extent.lines)),
        cpu(outcome.new),
        peak(outcome.new),
        cpu(outcome.check),
        peak(outcome.check),
        outcome.answers.asked,
        outcome.answers.accepted,
    )
}

fn degraded_operations(extent: &Extent) -> usize {
    let all: std::collections::BTreeSet<usize> =
        extent.degraded.values().flatten().copied().collect();
    all.len()
}

fn summary(outcomes: &[Outcome], depth: Depth) -> String {
    let total = outcomes.len();
    let written = outcomes
        .iter()
        .filter(|outcome| outcome.extent.is_some())
        .count();
    let checked = outcomes
        .iter()
        .filter(|outcome| outcome.check.is_some())
        .count();
    let extents = || {
        outcomes
            .iter()
            .filter_map(|outcome| outcome.extent.as_ref())
    };
    let operations: usize = extents().map(|extent| extent.operations).sum();
    let degraded: usize = extents().map(degraded_operations).sum();
    let share = 100.0 * degraded as f64 / operations.max(1) as f64;
    let mut text = format!(
        "{written} of {total} generate, {checked} of {total} check without a warning and are left alone by rustfmt and a second `sync`; \
         {operations} operations, {degraded} of them degraded ({share:.2} %).\n"
    );
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for (code, operations) in extents().flat_map(|extent| &extent.degraded) {
        *reasons.entry(code).or_default() += operations.len();
    }
    for (code, count) in reasons {
        writeln!(text, "- {code}: {count} operations").expect("a String grows");
    }
    if depth == Depth::Serve {
        let served = outcomes
            .iter()
            .filter(|outcome| outcome.failure.is_none())
            .count();
        let asked: usize = outcomes.iter().map(|outcome| outcome.answers.asked).sum();
        let accepted: usize = outcomes
            .iter()
            .map(|outcome| outcome.answers.accepted)
            .sum();
        writeln!(
            text,
            "\n{served} of {total} servers start and give their contract away; of {asked} requests made of the contracts' own examples \
             {accepted} are found valid."
        )
        .expect("a String grows");
    }
    text
}
