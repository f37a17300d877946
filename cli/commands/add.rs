//! `routegen add`: another API in a project that is there.

use std::collections::HashSet;

use camino::{Utf8Path, Utf8PathBuf};
use toml_edit::{DocumentMut, InlineTable, Item, Table, Value, value};

use super::base::base_path;
use super::contract_files::{below, contract_files};
use super::report::{self, Strictness};
use super::sync::{tell_interrupted, tell_refused};
use super::{Exit, output};
use crate::args::Add;
use crate::config::{self, ApiConfig, BASE_HELP, Config, check_base};
use crate::diagnostics::codes::project::{RG0512, RG0513, RG0516};
use crate::diagnostics::{Diagnostic, Diagnostics, Effect};
use crate::frontend;
use crate::pipeline;
use crate::project::{Change, ChangeKind, Writer};
use crate::source::{Source, Sources};

/// A contract's files by the paths that they get, the contract itself first.
type Files = Vec<(Utf8PathBuf, String)>;

/// Adds an API to the project that `dir` lies in.
pub fn run(dir: &Utf8Path, arguments: &Add) -> anyhow::Result<Exit> {
    let root = report::project_root(dir)?;
    let writer = Writer::lock(&root, || {
        output::tell("waiting for another routegen in this folder\n")
    })?;
    tell_interrupted(&writer.recover()?);
    let config = match pipeline::read_config(&root)? {
        Ok(config) => config,
        Err(diagnostic) => return Ok(refuse(*diagnostic)),
    };
    let mut contracts = pipeline::read_contracts(&root, &config.apis);
    let others = contracts.sources.files().len();
    let spec = match arguments.spec.as_str() {
        "-" => arguments.spec.clone(),
        _ => below(dir, &arguments.spec),
    };
    let allow_dirs = arguments.allow_dirs.iter();
    let options = frontend::Options {
        allow_dirs: allow_dirs.map(|folder| below(dir, folder)).collect(),
    };
    let added = frontend::load_beside(
        &spec,
        &options,
        &mut contracts.sources,
        &mut contracts.diagnostics,
    );
    let strictness = Strictness::of_flag(arguments.strict);
    let Some(api) = added.filter(|_| contracts.apis.len() == config.apis.len()) else {
        let told = report::tell_diagnostics(&contracts.diagnostics, &contracts.sources, strictness);
        return Ok(told.unwrap_or(Exit::Unusable));
    };
    let base = arguments.base.clone().unwrap_or_else(|| base_path(&api));
    contracts.apis.push(api);
    if let Some(diagnostic) = base_fault(&base, &config.apis) {
        return Ok(refuse(diagnostic));
    }
    let files = match place(&root, &contracts.sources.files()[others..], &base, &config) {
        Ok(files) => files,
        Err(diagnostic) => return Ok(refuse(*diagnostic)),
    };
    let before = fs_err::read(root.join(config::FILE_NAME))?;
    let text = config_text(&String::from_utf8_lossy(&before), &files, &base)?;
    let comparison = pipeline::compare_with(&root, &Config::parse(&text)?, contracts)?;
    if let Some(exit) =
        report::tell_diagnostics(&comparison.diagnostics, &comparison.sources, strictness)
    {
        return Ok(exit);
    }
    let mut changes = inputs(&root, files);
    changes.push(Change {
        path: config::FILE_NAME.into(),
        kind: ChangeKind::Update {
            before: before.into(),
            text,
        },
    });
    changes.extend(
        comparison
            .merged
            .into_iter()
            .flat_map(|merged| merged.changes),
    );
    if let Err(refused) = writer.apply(&changes)? {
        return Ok(tell_refused(&refused));
    }
    report::tell_changes(&changes);
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
        return Some(Diagnostic::new(&RG0512, Effect::Fatal, message).help(BASE_HELP));
    }
    let there = apis.iter().find(|api| api.base == base)?;
    let shown = if base.is_empty() { "/" } else { base };
    let message = format!("`{}` is mounted at `{shown}` already", there.spec);
    Some(Diagnostic::new(&RG0516, Effect::Fatal, message).help("mount it elsewhere with `--base`"))
}

/// Where the contract's files lie in the project: where they are, if that is inside; else at its root, under names of the
/// base path if others have theirs.
fn place(
    root: &Utf8Path,
    sources: &[Source],
    base: &str,
    config: &Config,
) -> Result<Files, Box<Diagnostic>> {
    let inside = |source: &Source| {
        let path = source.path.canonicalize_utf8().ok()?;
        let root = root.canonicalize_utf8().ok()?;
        let path = path.strip_prefix(root).ok()?;
        Some((path.to_owned(), source.text.clone()))
    };
    if let Some(files) = sources.iter().map(inside).collect::<Option<Files>>() {
        return Ok(files);
    }
    let specs: HashSet<&Utf8PathBuf> = config.apis.iter().map(|api| &api.spec).collect();
    let is_free = |(path, text): &(Utf8PathBuf, String)| {
        let there = fs_err::read_to_string(root.join(path)).ok();
        let same = there.is_some_and(|there| there.trim_start_matches('\u{feff}') == text);
        !specs.contains(path) && (same || !root.join(path).exists())
    };
    let files = contract_files(sources);
    if files.iter().all(is_free) {
        return Ok(files);
    }
    let name = base.strip_prefix("/api/").unwrap_or(base);
    let files = renamed(files, &name.trim_matches('/').replace('/', "-"));
    match files.iter().find(|file| !is_free(file)) {
        None => Ok(files),
        Some((path, _)) => Err(Box::new(
            Diagnostic::new(
                &RG0513,
                Effect::Fatal,
                format!("the contract can't be copied to `{path}`: another file is there"),
            )
            .help("copy the contract into the project yourself, and name it there with `--spec`"),
        )),
    }
}

/// The files under other names: `openapi.yaml` as `openapi.v2.yaml`, several together in a folder `v2`.
fn renamed(files: Files, suffix: &str) -> Files {
    let suffix = if suffix.is_empty() { "root" } else { suffix };
    let name = |path: &Utf8Path| match (files.len(), path.extension()) {
        (1, Some(extension)) => path.with_extension(format!("{suffix}.{extension}")),
        (_, _) => Utf8Path::new(suffix).join(path),
    };
    let names: Vec<Utf8PathBuf> = files.iter().map(|(path, _)| name(path)).collect();
    let texts = files.into_iter().map(|(_, text)| text);
    names.into_iter().zip(texts).collect()
}

/// The files that aren't there yet.
fn inputs(root: &Utf8Path, files: Files) -> Vec<Change> {
    let missing = files
        .into_iter()
        .filter(|(path, _)| !root.join(path).exists());
    let create = |(path, text)| Change {
        path,
        kind: ChangeKind::Create { text },
    };
    missing.map(create).collect()
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
    Ok(document.to_string())
}
