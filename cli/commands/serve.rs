//! `routegen new --run`: start the server that was written, and show how to ask it something.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use camino::Utf8Path;

use super::{Exit, output};
use crate::config::ApiConfig;
use crate::model::{Api, Location, MediaKind, Method, Operation, Shape};

/// How often the child and Ctrl-C are looked at.
const TURN: Duration = Duration::from_millis(100);

/// What to ask a server, below its address.
#[derive(Debug, Clone, PartialEq)]
pub struct Curl {
    /// What it shows.
    pub shows: &'static str,
    /// What stands before the address.
    pub options: String,
    /// What stands after the address.
    pub path: String,
}

/// A good request, a bad one, and the contract.
pub fn curls(api: &Api, config: &ApiConfig) -> Vec<Curl> {
    let url = |operation: &Operation| {
        let mut url = format!("{}{}", config.base, operation.url);
        for name in operation.url.parameters() {
            url = url.replace(&format!("{{{name}}}"), "1");
        }
        url
    };
    // The fewer parameters must be there, the likelier is the request a good one.
    let demands = |operation: &&Operation| {
        let required = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.required)
            .count();
        (!operation.security.is_empty(), required)
    };
    let good = api
        .operations
        .iter()
        .filter(|operation| operation.method == Method::Get)
        .min_by_key(demands);
    let takes_json = |operation: &&Operation| {
        let body = operation.body.as_ref();
        body.is_some_and(|body| {
            body.contents
                .iter()
                .any(|content| content.media_type.kind() == MediaKind::Json)
        })
    };
    let bad = api.operations.iter().filter(takes_json).min_by_key(demands);
    let mut curls = Vec::new();
    curls.extend(good.map(|operation| Curl {
        shows: "a request",
        options: String::new(),
        path: url(operation) + &required_query(operation),
    }));
    let number = good.and_then(|operation| Some((operation, number_parameter(api, operation)?)));
    curls.push(match (number, bad) {
        (Some((operation, name)), _) => Curl {
            shows: "a bad one",
            options: String::new(),
            path: format!("{}?{name}=many", url(operation)),
        },
        (None, Some(operation)) => Curl {
            shows: "a bad one",
            options: format!(
                "-X {} -H 'content-type: application/json' -d '[' ",
                operation.method.upper()
            ),
            path: url(operation),
        },
        (None, None) => Curl {
            shows: "a bad one",
            options: String::new(),
            path: format!("{}/nowhere", config.base),
        },
    });
    if config.serve_contract {
        let path = format!("{}/openapi.json", config.base);
        curls.push(Curl {
            shows: "its contract",
            options: String::new(),
            path,
        });
    }
    curls
}

/// A query parameter that is a number: a word in its place shows best what the server says of a bad request.
fn number_parameter<'a>(api: &Api, operation: &'a Operation) -> Option<&'a str> {
    let mut parameters = operation.parameters.iter();
    let number = parameters.find(|parameter| {
        let shape = &api.schema(parameter.schema).shape;
        parameter.location == Location::Query && matches!(shape, Shape::Integer(_))
    });
    number.map(|parameter| parameter.name.as_str())
}

/// Builds and starts the server in `root`, and waits until it or the user ends it.
///
/// # Errors
///
/// When cargo can't be started.
pub fn serve(root: &Utf8Path, curls: &[Curl]) -> anyhow::Result<Exit> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = stop.clone();
    ctrlc::set_handler(move || asked.store(true, Ordering::SeqCst))?;
    output::tell_done("Running", &format!("cargo run in {root}; Ctrl-C stops it"));
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .arg("run")
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command
        .spawn()
        .map_err(|error| anyhow::anyhow!("`cargo` can't be started: {error}"))?;
    let (sender, lines) = mpsc::channel::<String>();
    let stdout = child
        .stdout
        .take()
        .map(|stream| Box::new(stream) as Box<dyn std::io::Read + Send>);
    let stderr = child
        .stderr
        .take()
        .map(|stream| Box::new(stream) as Box<dyn std::io::Read + Send>);
    for stream in [stdout, stderr].into_iter().flatten() {
        let sender = sender.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
    }
    drop(sender);
    let mut shown = false;
    loop {
        match lines.recv_timeout(TURN) {
            Ok(line) => {
                output::tell(&format!("{line}\n"));
                if let Some(address) = address(&line).filter(|_| !shown) {
                    shown = true;
                    tell_curls(&address, curls);
                }
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => std::thread::sleep(TURN),
        }
        if stop.load(Ordering::SeqCst) {
            stop_child(&mut child)?;
            return Ok(Exit::Done);
        }
        if let Some(status) = child.try_wait()? {
            lines
                .iter()
                .for_each(|line| output::tell(&format!("{line}\n")));
            anyhow::ensure!(status.success(), "the server ended with {status}");
            return Ok(Exit::Done);
        }
    }
}

/// Asks the child to end, and ends it if it doesn't within five seconds.
fn stop_child(child: &mut Child) -> anyhow::Result<()> {
    // `cargo run` becomes the server, so its id is the server's; Ctrl-C reached it too, another signal didn't.
    #[cfg(unix)]
    Command::new("kill")
        .arg("-TERM")
        .arg(child.id().to_string())
        .stderr(Stdio::null())
        .status()
        .ok();
    for _ in 0..50 {
        if child.try_wait()?.is_some() {
            return Ok(());
        }
        std::thread::sleep(TURN);
    }
    child.kill()?;
    child.wait()?;
    Ok(())
}

/// The address in a line that says where the server listens: an URL, or `127.0.0.1:3000` after `listening`.
fn address(line: &str) -> Option<String> {
    let plain = anstream::adapter::strip_str(line).to_string();
    let end = |text: &str| {
        let stop = |character: char| character.is_whitespace() || "\"'`,;)/".contains(character);
        text.split(stop)
            .next()
            .unwrap_or_default()
            .trim_end_matches('.')
            .to_owned()
    };
    if let Some((_, rest)) = plain.split_once("http://") {
        return Some(format!("http://{}", end(rest)));
    }
    let words = plain.to_lowercase();
    let is_address = |word: &str| {
        end(word.trim_start_matches("addr="))
            .parse::<std::net::SocketAddr>()
            .ok()
    };
    words
        .contains("listening")
        .then(|| plain.split_whitespace().find_map(is_address))?
        .map(|found| format!("http://{found}"))
}

/// The query parameters that must be there.
fn required_query(operation: &Operation) -> String {
    let required = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required && parameter.location == Location::Query);
    let query: Vec<String> = required
        .map(|parameter| format!("{}=1", parameter.name))
        .collect();
    match query.as_slice() {
        [] => String::new(),
        query => format!("?{}", query.join("&")),
    }
}

/// A path that nothing in a contract makes end the quotes around it, or move the cursor.
fn quotable(path: &str) -> String {
    let mut safe = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_graphic() && !b"'\\".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            safe.push_str(&format!("%{byte:02X}"));
        }
    }
    safe
}

fn tell_curls(address: &str, curls: &[Curl]) {
    let address = address
        .replace("0.0.0.0", "127.0.0.1")
        .replace("[::]", "127.0.0.1");
    output::tell(&format!("\nListening at {address}. Ask it:\n"));
    for Curl {
        shows,
        options,
        path,
    } in curls
    {
        output::tell(&format!(
            "  {:<13} curl -i {options}'{address}{}'\n",
            format!("{shows}:"),
            quotable(path)
        ));
    }
    output::tell("\n");
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn the_address_is_found_in_the_log() {
        for (line, expected) in [
            (
                "INFO listening on http://127.0.0.1:3000",
                Some("http://127.0.0.1:3000"),
            ),
            (
                "\u{1b}[32mINFO\u{1b}[0m listening addr=127.0.0.1:3000",
                Some("http://127.0.0.1:3000"),
            ),
            ("Listening on 0.0.0.0:80.", Some("http://0.0.0.0:80")),
            ("   Compiling http v1.0.0", None),
        ] {
            assert_eq!(address(line).as_deref(), expected, "{line}");
        }
    }
}
