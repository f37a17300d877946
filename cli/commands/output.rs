//! What is printed: for people to stderr, what can be piped to stdout. A closed pipe is no error.

use std::io::{ErrorKind, Write};

use anstyle::{AnsiColor, Style};

const DONE: Style = AnsiColor::Green.on_default().bold();
const ERROR: Style = AnsiColor::BrightRed.on_default().bold();

/// Prints to stdout.
///
/// # Errors
///
/// When it can't be written to, unless nobody reads it any more.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = anstream::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Prints to stderr, as it stands.
pub fn tell(text: &str) {
    // There is nobody left to tell when stderr is closed.
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Prints what was done, as cargo does.
pub fn tell_done(verb: &str, what: &str) {
    tell(&done(verb, what));
}

/// What was done, as cargo says it.
pub fn done(verb: &str, what: &str) -> String {
    format!("{DONE}{verb:>12}{DONE:#} {what}\n")
}

/// Prints what stopped the program.
pub fn tell_error(error: &anyhow::Error) {
    tell(&error_text(error));
}

/// What stopped the program, as it is printed.
pub fn error_text(error: &anyhow::Error) -> String {
    format!("{ERROR}error{ERROR:#}: {error:#}\n")
}
