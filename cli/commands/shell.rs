//! `routegen completions` and `routegen man`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Exit, output};
use crate::args::Arguments;

/// Prints the completions of a shell.
pub fn completions(shell: Shell) -> anyhow::Result<Exit> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "routegen", &mut text);
    output::print(&String::from_utf8(text)?)?;
    Ok(Exit::Done)
}

/// Prints the manual page of the program, or of one command.
pub fn man(command: Option<&str>) -> anyhow::Result<Exit> {
    let mut program = Arguments::command();
    // Names the pages of commands `routegen-sync` and so on.
    program.build();
    let page = match command {
        None => program,
        Some(name) => {
            let found = program.find_subcommand(name).cloned();
            found.ok_or_else(|| anyhow::anyhow!("there is no command `{name}`"))?
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    output::print(&String::from_utf8(text)?)?;
    Ok(Exit::Done)
}
