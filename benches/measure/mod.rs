//! What a command costs: CPU seconds and peak memory, of itself and of all that it starts; and the table that says so.

use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a command has cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// User and system time of all its processes, in seconds.
    pub cpu: f64,
    /// The most memory that one of its processes has held, in MB.
    pub peak: f64,
}

impl Cost {
    /// The lower of two measurements: what is above it is noise.
    #[must_use]
    pub fn least(self, other: Self) -> Self {
        Self {
            cpu: self.cpu.min(other.cpu),
            peak: self.peak.min(other.peak),
        }
    }
}

/// Runs a command to its end, which must be a good one; what it prints is kept in `log`.
pub fn run(command: &mut Command, log: &Path) -> Cost {
    try_run(command, log).unwrap_or_else(|log| panic!("{command:?} failed:\n{log}"))
}

/// The same of a command that may fail; the error is what it has printed.
#[expect(
    clippy::zombie_processes,
    reason = "`wait4` waits, and says what it cost"
)]
pub fn try_run(command: &mut Command, log: &Path) -> Result<Cost, String> {
    let output = File::create(log).expect("the log can be written");
    let errors = output.try_clone().expect("the log can be written twice");
    let child = command
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors)
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?} doesn't start: {error}"));
    let mut status = 0;
    // SAFETY: an all-zero `rusage` is a valid one.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    let id = child.id() as libc::pid_t;
    // SAFETY: the child is ours and nobody else waits for it; both pointers are to locals.
    let waited = unsafe { libc::wait4(id, &mut status, 0, &mut usage) };
    assert_eq!(waited, id, "the child can be waited for");
    if status != 0 {
        return Err(std::fs::read_to_string(log).unwrap_or_default());
    }
    Ok(Cost {
        cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
        // Linux counts in KB.
        peak: usage.ru_maxrss as f64 / 1024.0,
    })
}

fn seconds(time: libc::timeval) -> f64 {
    time.tv_sec as f64 + time.tv_usec as f64 / 1e6
}

/// Rows and columns, printed as Markdown.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these columns.
    pub fn new(columns: &[&str]) -> Self {
        Self {
            rows: vec![columns.iter().map(|column| (*column).to_owned()).collect()],
        }
    }

    /// Adds a row, and prints it on the way, since some measurements take minutes.
    pub fn row(&mut self, cells: &[String]) {
        eprintln!("  {}", cells.join("  "));
        self.rows.push(cells.to_vec());
    }

    /// Prints the table to standard output.
    pub fn print(&self, title: &str) {
        let width = |column: usize| {
            let cells = self.rows.iter().map(|row| row[column].chars().count());
            cells.max().unwrap_or(0)
        };
        let mut text = format!("\n### {title}\n\n");
        for (index, row) in self.rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                write!(text, "| {cell:<width$} ", width = width(column)).expect("a String grows");
            }
            text.push_str("|\n");
            if index == 0 {
                text.push_str(&"|---".repeat(row.len()));
                text.push_str("|\n");
            }
        }
        println!("{text}");
    }
}

/// Whether a measurement holds what was promised.
pub fn verdict(measured: f64, target: f64) -> String {
    let word = if measured <= target { "met" } else { "MISSED" };
    format!("<= {target}: {word}")
}
