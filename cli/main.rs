//! The `routegen` program: arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser;
use routegen::args::Arguments;
use routegen::commands;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    arguments.color.write_global();
    match commands::run(&arguments) {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(error) => {
            commands::output::tell_error(&error);
            ExitCode::from(commands::Exit::Unusable as u8)
        }
    }
}
