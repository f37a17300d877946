//! `routegen add`: another API in a project that is there.

use camino::Utf8Path;
use toml_edit::{DocumentMut, InlineTable, Item, Table, Value, value};

use super::base::{base_path, unusable_server};
use super::contract_files::{Files, below, missing, place};
use super::report::{self, Strictness};
use super::{Exit, output, written};
use crate::args::Add;
use crate::config::{self, ApiConfig, Config, base_help, check_base};
use crate::diagnostics::codes::project::{RG0512, RG0516};
use crate::diagnostics::{Diagnostic, Diagnostics, Effect, Place};
use crate::pipeline::{self, Contracts};
use crate::progress::Progress;
use crate::project::{Change, ChangeKind, Ground, Writer};
use crate::source::Sources;

/// Adds an API to the project that `dir` lies in.
pub fn run(dir: &Utf8Path, arguments: &Add) -> anyhow::Result<Exit> {
    let root = report::project_root(dir)?;
    let writer = match written::lock(&root, Ground::Old)? {
        Ok(writer) => writer,
        Err(refused) => return Ok(written::tell_refused(&refused)),
    };
    output::tell(&written::interrupted(&writer.recover()?));
    let config = match pipeline::read_config(&root)? {
        Ok(config) => config,
        Err(diagnostic) => return Ok(refuse(*diagnostic)),
    };
    let progress = Progress::start();
    let mut contracts = pipeline::read_contracts(&root, &config.apis, &progress);
    let others = contracts.sources.files().len();
    let spec = match arguments.spec.as_str() {
        "-" => arguments.spec.clone(),
        _ => below(dir, &arguments.spec),
    };
    let allow_dirs = arguments.allow_dirs.iter();
    let allow_dirs = allow_dirs.map(|folder| below(dir, folder)).collect();
    contracts.read(&ApiConfig::at_root(spec, allow_dirs), &progress);
    progress.clear();
    let strictness = Strictness::of(arguments.denials);
    let all_are_usable = contracts.apis.len() > config.apis.len();
    let Some(api) = contracts.apis.last().filter(|_| all_are_usable) else {
        let told = report::tell_diagnostics(&contracts.diagnostics, &contracts.sources, strictness);
        return Ok(told.unwrap_or(Exit::Unusable));
    };
    let base = arguments.base.clone().unwrap_or_else(|| base_path(api));
    if arguments.base.is_none()
        && let Some(diagnostic) = unusable_server(api)
    {
        contracts.diagnostics.push(diagnostic);
    }
    if let Some(diagnostic) = base_fault(&base, &config.apis) {
        return Ok(refuse(diagnostic));
    }
    let files = match place(&root, &contracts.sources.files()[others..], &base, &config) {
        Ok(files) => files,
        Err(diagnostic) => return Ok(refuse(*diagnostic)),
    };
    write(&root, &writer, contracts, files, &base, strictness)
}

/// Plans the project with the new API and writes it: the contract, `routegen.toml` and all that follows, or nothing.
fn write(
    root: &Utf8Path,
    writer: &Writer,
    contracts: Contracts,
    files: Files,
    base: &str,
    strictness: Strictness,
) -> anyhow::Result<Exit> {
    let progress = Progress::start();
    let before = Config::read_text(root)?;
    let text = config_text(&before, &files, base)?;
    let comparison = pipeline::compare_with(root, &Config::parse(&text)?, contracts, &progress)?;
    progress.clear();
    if let Some(exit) =
        report::tell_diagnostics(&comparison.diagnostics, &comparison.sources, strictness)
    {
        return Ok(exit);
    }
    let mut changes = missing(root, files);
    changes.push(Change {
        path: config::FILE_NAME.into(),
        kind: ChangeKind::Update {
            before: before.into_bytes().into(),
            text,
        },
    });
    let merged = comparison.merged.unwrap_or_default();
    changes.extend(merged.changes);
    match written::apply(writer, &changes, &progress)? {
        Ok(saved) => output::tell(&written::saved(&saved)),
        Err(refused) => return Ok(written::tell_refused(&refused)),
    }
    output::tell(&written::changes(&changes, &merged.states));
    Ok(Exit::Done)
}

fn refuse(diagnostic: Diagnostic) -> Exit {
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(diagnostic);
    report::tell_diagnostics(&diagnostics, &Sources::default(), Strictness::Lenient)
        .unwrap_or(Exit::Unusable)
}

/// Why an API can't be mounted there, if it can't.
fn base_fault(base: &str, apis: &[ApiConfig]) -> Option<Diagnostic> {
    if let Err(reason) = check_base(base) {
        let message = format!("the base path `{base}` {reason}");
        return Some(Diagnostic::new(&RG0512, Effect::Fatal, message).help(base_help(base)));
    }
    let index = apis.iter().position(|api| api.base == base)?;
    let there = &apis[index];
    let shown = if base.is_empty() { "/" } else { base };
    let message = format!("`{}` is mounted at `{shown}` already", there.spec);
    let place = Place {
        path: config::FILE_NAME.into(),
        range: config::base_ranges(&there.text).get(index)?.clone(),
        text: there.text.clone(),
    };
    let diagnostic = Diagnostic::new(&RG0516, Effect::Fatal, message).at_place(place);
    Some(diagnostic.help("mount it elsewhere with `--base`"))
}

/// The text of `routegen.toml` with another API; what a person wrote in it stays.
fn config_text(before: &str, files: &Files, base: &str) -> anyhow::Result<String> {
    let mut document: DocumentMut = before.parse()?;
    let spec = files.first().map_or(Utf8Path::new(""), |(path, _)| path);
    let folder = spec.parent().unwrap_or(Utf8Path::new(""));
    let outside = files.iter().any(|(path, _)| !path.starts_with(folder));
    let mut entries = vec![
        ("spec", Value::from(spec.as_str())),
        ("base", Value::from(base)),
    ];
    if outside {
        let common = folder
            .components()
            .next()
            .map_or("", |first| first.as_str());
        entries.push(("allow-dirs", Value::from_iter([common])));
    }
    match &mut document["api"] {
        Item::ArrayOfTables(apis) => {
            let mut table = Table::new();
            table.decor_mut().set_prefix("\n");
            for (key, entry) in entries {
                table.insert(key, value(entry));
            }
            apis.push(table);
        }
        Item::Value(Value::Array(apis)) => apis.push(InlineTable::from_iter(entries)),
        Item::Value(_) | Item::Table(_) | Item::None => {
            anyhow::bail!("`{}` has no list `api`", config::FILE_NAME)
        }
    }
    Ok(spliced(before, &document.to_string()))
}

/// The text with what came into it in `after`, which lacks its byte order mark and its carriage returns: TOML's parser drops them.
fn spliced(before: &str, after: &str) -> String {
    let (mark, text) = match before.strip_prefix('\u{feff}') {
        Some(text) => ("\u{feff}", text),
        None => ("", before),
    };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let plain = |line: &str| line.replace("\r\n", "\n");
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let pairs = lines.iter().zip(&new);
    let head = pairs.take_while(|(old, new)| plain(old) == **new).count();
    let pairs = lines[head..].iter().rev().zip(new[head..].iter().rev());
    let tail = pairs.take_while(|(old, new)| plain(old) == **new).count();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let inserted = new[head..new.len() - tail].concat().replace('\n', end);
    let (first, last) = (lines[..head].concat(), lines[lines.len() - tail..].concat());
    format!("{mark}{first}{inserted}{last}")
}

#[cfg(test)]
mod tests {
    use super::spliced;

    #[test]
    fn what_stood_there_stays_to_the_byte() {
        for (before, after, expected) in [
            ("a\nb\n", "a\nb\nc\n", "a\nb\nc\n"),
            (
                "\u{feff}a\r\nb\n\r\n",
                "a\nb\nc\n\n",
                "\u{feff}a\r\nb\nc\r\n\r\n",
            ),
            ("a = [\r\n]\r\n", "a = [1\n]\n", "a = [1\r\n]\r\n"),
            ("a", "a\nb\n", "a\nb\n"),
        ] {
            assert_eq!(spliced(before, after), expected, "{before:?}");
        }
    }
}
