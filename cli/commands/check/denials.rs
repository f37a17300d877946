//! What the flags of `check` deny: functions in states that are no fault without them.

use crate::args::Check;
use crate::diagnostics::codes::project::{RG0504, RG0505, RG0514, RG0515};
use crate::diagnostics::{About, Diagnostic, Diagnostics, Effect};
use crate::pipeline::{self, Comparison};
use crate::project::{FunctionState, State};

/// The states that the flags make errors.
pub fn denied_states(arguments: &Check) -> Vec<State> {
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

/// Makes errors of functions in these states.
pub fn deny(comparison: &mut Comparison, denied: &[State]) {
    if denied.contains(&State::Orphan) {
        comparison.diagnostics = with_orphans_denied(&comparison.diagnostics);
    }
    let states = comparison.merged.iter().flat_map(|merged| &merged.states);
    let denials: Vec<Diagnostic> = states
        .filter(|state| denied.contains(&state.state))
        .filter_map(denial)
        .collect();
    denials
        .into_iter()
        .for_each(|diagnostic| comparison.diagnostics.push(diagnostic));
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
    let name = &state.name;
    let mut diagnostic = match state.state {
        State::Undocumented => {
            let (method, url) = (name.to_uppercase(), pipeline::own_url(&state.path));
            let message =
                format!("the contract doesn't know `{method} {url}`, which `{name}` answers");
            Diagnostic::new(&RG0514, Effect::Decide, message)
                .help("add the operation to the contract, or delete the function")
        }
        State::Stub => {
            let key = state.key.as_deref().unwrap_or_default();
            let message = match key.strip_prefix("auth ") {
                Some(scheme) => {
                    format!("the security scheme `{scheme}` denies everyone: `{name}` is a stub")
                }
                None => format!("`{key}` is not implemented: `{name}` is a stub"),
            };
            Diagnostic::new(&RG0515, Effect::Decide, message).help("write the function's body")
        }
        State::Orphan | State::Implemented | State::Unknown => return None,
    };
    let (path, line) = (state.path.clone(), state.line);
    diagnostic.about = Some(About { path, line });
    Some(diagnostic)
}
