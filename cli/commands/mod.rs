//! The commands: each reads its arguments, calls the pipeline, prints, and chooses the exit code.

mod add;
mod base;
mod check;
mod contract_files;
mod explain;
mod fold;
mod known;
mod new;
mod next_steps;
pub mod output;
mod report;
mod routes;
mod serve;
mod shell;
mod sync;
mod watch;
mod written;

use crate::args::{Arguments, Command};

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, or in step.
    Done = 0,
    /// `sync` has something to repair.
    Drift = 1,
    /// The command line or an input can't be used.
    Unusable = 2,
    /// A person must decide.
    Decide = 3,
}

/// Runs the command that was asked for.
///
/// # Errors
///
/// When something can't be read or written.
pub fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let dir = &arguments.dir;
    report::check_folder(dir)?;
    match &arguments.command {
        Command::New(new) => new::run(dir, new),
        Command::Add(add) => add::run(dir, add),
        Command::Sync(sync) => sync::run(dir, sync),
        Command::Check(check) => check::run(dir, check),
        Command::Routes(routes) => routes::run(dir, routes),
        Command::Explain(explain) => explain::run(explain),
        Command::Completions { shell } => shell::completions(*shell),
        Command::Man { command } => shell::man(command.as_deref()),
    }
}
