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

/// Prints the manual page.
pub fn man() -> anyhow::Result<Exit> {
    let mut text = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut text)?;
    output::print(&String::from_utf8(text)?)?;
    Ok(Exit::Done)
}
