//! What is printed: for people to stderr, what can be piped to stdout. A closed pipe is no error.

use std::io::{ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

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

/// Whether stderr was found closed.
static IS_UNHEARD: AtomicBool = AtomicBool::new(false);

/// Prints to stderr, as it stands.
pub fn tell(text: &str) {
    let told = anstream::stderr().lock().write_all(text.as_bytes());
    // There is nobody left to tell when stderr is closed.
    if told.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe) {
        IS_UNHEARD.store(true, Ordering::Relaxed);
    }
}

/// Whether there was nobody left to tell something, for a program that would go on without end.
pub fn is_unheard() -> bool {
    IS_UNHEARD.load(Ordering::Relaxed)
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
