use std::io::{self, IsTerminal};
use std::process::ExitCode;

use tracing_subscriber::EnvFilter;

use bookshop::{State, app, warehouse};

fn main() -> ExitCode {
    log();
    let address = std::env::var("ADDRESS").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let start = async {
        let state = State::from_env()?;
        tokio::spawn(warehouse::open(state.clone()));
        Ok(app(state))
    };
    if let Err(error) = contract::serve(&address, Box::pin(start)) {
        tracing::error!("{error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Logs to standard output: `RUST_LOG` says what, `LOG_FORMAT=json` makes JSON of it.
fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(io::stdout().is_terminal());
    if std::env::var("LOG_FORMAT").is_ok_and(|format| format == "json") {
        log.json().init();
    } else {
        log.init();
    }
}
