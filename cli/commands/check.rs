//! `routegen check`: whether `sync` would do anything.

use camino::Utf8Path;

use super::report::{self, Diffs, Strictness};
use super::{Exit, output};
use crate::args::Check;
use crate::diagnostics::codes::project::{RG0504, RG0505, RG0514, RG0515};
use crate::diagnostics::{Diagnostic, Diagnostics, Effect};
use crate::pipeline::{self, Comparison};
use crate::project::{FunctionState, State, Writer, in_step};

/// Checks the project that `dir` lies in.
pub fn run(dir: &Utf8Path, arguments: &Check) -> anyhow::Result<Exit> {
    let root = report::project_root(dir)?;
    let facts = pipeline::facts_line(&root);
    let denied = denied_states(arguments);
    let strictness = Strictness::of(arguments.denials);
    if denied.is_empty()
        && let Some(said) = in_step::recall(&root, &facts)?
        && strictness.allows(&said)
    {
        output::tell(&said);
        return Ok(Exit::Done);
    }
    if Writer::was_interrupted(&root) {
        output::tell(
            "a run was interrupted while it changed the files, which are between two states; \
             `routegen sync` ends it\n",
        );
        return Ok(Exit::Drift);
    }
    let mut comparison = pipeline::compare(&root)?;
    if arguments.deny_orphans {
        comparison.diagnostics = with_orphans_denied(&comparison.diagnostics);
    }
    let states: Vec<FunctionState> = comparison
        .merged
        .iter()
        .flat_map(|merged| merged.states.clone())
        .collect();
    for state in states.iter().filter(|state| denied.contains(&state.state)) {
        denial(state)
            .into_iter()
            .for_each(|diagnostic| comparison.diagnostics.push(diagnostic));
    }
    let exit = report::tell_diagnostics(&comparison.diagnostics, &comparison.sources, strictness);
    let diffs = Diffs::of_flag(arguments.full_diff);
    let lines = lines(&comparison, &states, &denied, diffs);
    let changes = comparison
        .merged
        .as_ref()
        .map(|merged| merged.changes.as_slice())
        .unwrap_or_default();
    output::print(&format!("{}{}", lines.concat(), diffs.shown(changes)))?;
    if let Some(exit) = exit {
        return Ok(exit);
    }
    if changes.is_empty() {
        return Ok(Exit::Done);
    }
    output::tell("the project is out of step with its contract; mend it with `routegen sync`\n");
    Ok(Exit::Drift)
}

/// The states that the flags make errors.
fn denied_states(arguments: &Check) -> Vec<State> {
    let flags = [
        (arguments.deny_orphans, State::Orphan),
        (arguments.deny_undocumented, State::Undocumented),
        (arguments.deny_unimplemented, State::Stub),
    ];
    flags
        .into_iter()
        .filter(|(flag, _)| *flag)
        .map(|(_, state)| state)
        .collect()
}

/// One line a file that isn't as it should be, and a function in a denied state.
fn lines(
    comparison: &Comparison,
    states: &[FunctionState],
    denied: &[State],
    diffs: Diffs,
) -> Vec<String> {
    let changes = comparison
        .merged
        .iter()
        .flat_map(|merged| report::shown(&merged.changes));
    let mut lines: Vec<String> = changes.map(|change| diffs.line(change)).collect();
    for state in states {
        let word = match state.state {
            State::Orphan => "orphan",
            State::Unknown => "unparsable",
            State::Undocumented if denied.contains(&state.state) => "undocumented",
            State::Stub if denied.contains(&state.state) => "unimplemented",
            State::Undocumented | State::Stub | State::Implemented => continue,
        };
        lines.push(format!("{word:<13} {}\n", report::handler(state)));
    }
    lines
}

/// The diagnostics, those of orphans as errors.
fn with_orphans_denied(diagnostics: &Diagnostics) -> Diagnostics {
    let mut denied = Diagnostics::default();
    for diagnostic in diagnostics.iter() {
        let mut diagnostic = diagnostic.clone();
        if [RG0504.number, RG0505.number].contains(&diagnostic.code.number) {
            diagnostic.effect = Effect::Decide;
        }
        denied.push(diagnostic);
    }
    denied
}

/// What is wrong with a function in a denied state; of orphans it has been said.
fn denial(state: &FunctionState) -> Option<Diagnostic> {
    let handler = report::handler(state);
    match state.state {
        State::Undocumented => Some(
            Diagnostic::new(
                &RG0514,
                Effect::Decide,
                format!("the contract doesn't know {handler}"),
            )
            .help("add the operation to the contract, or delete the function"),
        ),
        State::Stub => {
            let key = state.key.as_deref().unwrap_or_default();
            let message = match key.strip_prefix("auth ") {
                Some(scheme) => {
                    format!("the security scheme `{scheme}` denies everyone: {handler} is a stub")
                }
                None => format!("`{key}` is not implemented: {handler} is a stub"),
            };
            Some(
                Diagnostic::new(&RG0515, Effect::Decide, message).help("write the function's body"),
            )
        }
        State::Orphan | State::Implemented | State::Unknown => None,
    }
}
