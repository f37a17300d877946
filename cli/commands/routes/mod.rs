//! `routegen routes`: every route, documented or not, and what the service sends.

mod page;
mod place;

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use serde::Serialize;

use super::contract_files::below;
use super::report::{self, Strictness};
use super::{Exit, output};
use crate::args::Routes;
use crate::diagnostics::visible;
use crate::pipeline::{self, Comparison};
use crate::progress::Progress;
use crate::project::{FunctionState, State};

/// A line of the list.
#[derive(Debug, Clone, Serialize)]
struct Row {
    /// `in` is served, `out` is sent.
    direction: &'static str,
    method: String,
    /// Of what is sent, the callback's expression or the webhook's name.
    url: String,
    file: String,
    line: Option<usize>,
    state: &'static str,
    security: String,
    /// The type of what is sent.
    request: Option<String>,
    /// The contract's name of the operation; this and what follows is for the page.
    #[serde(skip)]
    operation_id: Option<String>,
    #[serde(skip)]
    summary: Option<String>,
    #[serde(skip)]
    tags: Vec<String>,
}

impl Row {
    /// The same without what would break the line or steer the terminal.
    fn on_one_line(&self) -> Self {
        let plain = |text: &str| visible(text).replace('\n', "\\n");
        Self {
            direction: self.direction,
            method: self.method.clone(),
            url: plain(&self.url),
            file: plain(&self.file),
            line: self.line,
            state: self.state,
            security: plain(&self.security),
            request: self.request.clone(),
            ..self.clone()
        }
    }
}

/// Lists the routes of the project that `dir` lies in.
pub fn run(dir: &Utf8Path, arguments: &Routes) -> anyhow::Result<Exit> {
    let root = report::project_root(dir)?;
    if let Some(exit) = report::tell_between(&root) {
        return Ok(exit);
    }
    let comparison = pipeline::compare(&root, &Progress::start())?;
    let exit = report::tell_diagnostics(
        &comparison.diagnostics,
        &comparison.sources,
        Strictness::Lenient,
    );
    let rows = rows(&comparison);
    if let Some(file) = &arguments.html {
        draw(dir, &root, file, &comparison, &rows)?;
    } else if arguments.json {
        output::print(&format!("{}\n", serde_json::to_string_pretty(&rows)?))?;
    } else {
        output::print(&table(&rows))?;
    }
    Ok(exit.unwrap_or(Exit::Done))
}

/// Writes the page, or prints it; nothing if the contract can't be used, so that an older page stays.
fn draw(
    dir: &Utf8Path,
    root: &Utf8Path,
    file: &Utf8Path,
    comparison: &Comparison,
    rows: &[Row],
) -> anyhow::Result<()> {
    let Some(merged) = &comparison.merged else {
        return Ok(());
    };
    let name = pipeline::facts(root, None).name;
    let changes = report::shown(&merged.changes);
    if file == "-" {
        return output::print(&page::page(&name, rows, &changes, Utf8Path::new("")));
    }
    let file = below(dir, file);
    let links = page::seen_from(&place::folder(&file)?, &root.canonicalize_utf8()?);
    place::write(&file, &page::page(&name, rows, &changes, &links))?;
    let number = rows.len();
    let what = format!(
        "{file} with {number} route{}",
        if number == 1 { "" } else { "s" }
    );
    output::tell_done("Wrote", &what);
    Ok(())
}

/// The contract's operations in order, then handlers that it doesn't know, and what is sent.
fn rows(comparison: &Comparison) -> Vec<Row> {
    let states: Vec<&FunctionState> = comparison
        .merged
        .iter()
        .flat_map(|merged| &merged.states)
        .collect();
    let moved: BTreeSet<&Utf8Path> = comparison
        .merged
        .iter()
        .flat_map(|merged| &merged.changes)
        .filter(|change| change.old_path() != change.path)
        .map(|change| change.path.as_path())
        .collect();
    let by_key: BTreeMap<&str, &FunctionState> = states
        .iter()
        .filter_map(|state| Some((state.key.as_deref()?, *state)))
        .collect();
    let mut rows: Vec<Row> = comparison
        .listing
        .routes
        .iter()
        .map(|route| {
            let state = by_key.get(route.key.as_str());
            Row {
                direction: "in",
                method: route.method.clone(),
                url: route.url.clone(),
                file: route.path.to_string(),
                line: state.and_then(|state| state.line),
                state: state.map_or("missing", |state| word(state, &moved)),
                security: route.security.clone(),
                request: None,
                operation_id: route.operation_id.clone(),
                summary: route.summary.clone(),
                tags: route.tags.clone(),
            }
        })
        .collect();
    let documented = |state: &FunctionState| {
        comparison
            .listing
            .routes
            .iter()
            .any(|route| state.key.as_deref() == Some(route.key.as_str()))
    };
    for state in states
        .iter()
        .filter(|state| state.path.file_name() == Some("route.rs") && !documented(state))
    {
        rows.push(Row {
            direction: "in",
            method: state.name.to_uppercase(),
            url: url(state),
            file: state.path.to_string(),
            line: state.line,
            state: state.state.word(),
            security: String::new(),
            request: None,
            operation_id: None,
            summary: None,
            tags: Vec::new(),
        });
    }
    rows.extend(comparison.listing.sent.iter().map(|sent| Row {
        direction: "out",
        method: sent.method.clone(),
        url: sent.target.clone(),
        file: sent.path.to_string(),
        line: None,
        state: "sent",
        security: String::new(),
        request: Some(sent.request.clone()),
        operation_id: None,
        summary: sent.summary.clone(),
        tags: Vec::new(),
    }));
    rows
}

/// How it stands with a function: a stub that has yet to be written is missing.
fn word(state: &FunctionState, moved: &BTreeSet<&Utf8Path>) -> &'static str {
    let is_there = state.line.is_some() || moved.contains(state.path.as_path());
    match state.state {
        State::Stub if !is_there => "missing",
        State::Implemented | State::Stub | State::Orphan | State::Undocumented | State::Unknown => {
            state.state.word()
        }
    }
}

/// The URL of a handler that the contract doesn't know: as we wrote it once, or by its folder.
fn url(state: &FunctionState) -> String {
    match state.key.as_deref().and_then(|key| key.split_once(' ')) {
        Some((_, url)) => url.to_owned(),
        None => pipeline::own_url(&state.path),
    }
}

/// Columns under no heading, as wide as they need to be.
fn table(rows: &[Row]) -> String {
    let rows: Vec<Row> = rows.iter().map(Row::on_one_line).collect();
    let place = |row: &Row| match (&row.request, row.line) {
        (Some(request), _) => request.clone(),
        (None, Some(line)) => format!("{}:{line}", row.file),
        (None, None) => row.file.clone(),
    };
    let width = |length: fn(&Row) -> usize| rows.iter().map(length).max().unwrap_or_default();
    let urls = width(|row| row.url.chars().count());
    let places = rows
        .iter()
        .map(|row| place(row).chars().count())
        .max()
        .unwrap_or_default();
    let line = |row: &Row| {
        let line = format!(
            "{:<7} {:urls$}  {:places$}  {:<12} {}",
            row.method,
            row.url,
            place(row),
            row.state,
            row.security
        );
        format!("{}\n", line.trim_end())
    };
    rows.iter().map(line).collect()
}
