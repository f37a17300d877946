//! A server of an emitted project, and requests to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use camino::Utf8Path;

use super::requests::Request;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running server; it ends with this value.
pub struct Server {
    child: Child,
    address: String,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub body: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Server {
    /// Starts a program and waits until it listens.
    pub fn start(program: &Utf8Path) -> Result<Self, String> {
        let mut command = Command::new(program);
        command
            .env("ADDRESS", "127.0.0.1:0")
            .env_remove("RUST_LOG")
            .env_remove("LOG_FORMAT")
            .stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        let output = child.stdout.take().expect("it is piped");
        let mut server = Self {
            child,
            address: String::new(),
        };
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let line = lines.find(|line| line.contains("listening on http://"));
        let line = line.ok_or("the server ends before it listens")?;
        let (_, address) = line
            .split_once("http://")
            .expect("the line was found by it");
        server.address = address.trim().to_owned();
        // A full pipe would stop the server.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(server)
    }

    /// Sends a request and reads the answer to its end.
    pub fn ask(&self, request: &Request) -> Result<Answer, String> {
        self.answer(request)
            .map_err(|error| format!("{} {}: {error}", request.method, request.target))
    }

    fn answer(&self, request: &Request) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut head = format!(
            "{} {} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n",
            request.method, request.target, self.address
        );
        for (name, value) in &request.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if let Some((media, body)) = &request.body {
            head.push_str(&format!(
                "content-type: {media}\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            ));
        } else {
            head.push_str("\r\n");
        }
        stream.write_all(head.as_bytes())?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        Ok(Answer {
            status: status.unwrap_or(0),
            body: body.to_owned(),
        })
    }
}
