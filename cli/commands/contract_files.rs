//! Where the files of a contract lie in a project.

use std::collections::HashSet;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::Config;
use crate::diagnostics::codes::project::RG0513;
use crate::diagnostics::{Diagnostic, Effect};
use crate::pipeline;
use crate::project::{Change, ChangeKind};
use crate::source::Source;

/// A contract's files by the paths that they get, the contract itself first.
pub type Files = Vec<(Utf8PathBuf, String)>;

/// The contract's files as they will lie in the project, the contract itself first: beside each other as they were,
/// below `spec/` if some lay outside of the contract's folder.
pub fn contract_files(sources: &[Source]) -> Files {
    let Some(contract) = sources.first() else {
        return Vec::new();
    };
    if contract.path == "<stdin>" {
        let name = pipeline::contract_file_name(contract);
        return vec![(name.into(), contract.text.clone())];
    }
    let absolute = |path: &Utf8Path| {
        // The bookshop's file is gone by now.
        let path = fs_err::canonicalize(path)
            .or_else(|_| std::path::absolute(path))
            .ok();
        path.and_then(|path| Utf8PathBuf::try_from(path).ok())
            .unwrap_or_default()
    };
    let paths: Vec<Utf8PathBuf> = sources.iter().map(|file| absolute(&file.path)).collect();
    let own = paths[0].parent().unwrap_or(Utf8Path::new("")).to_owned();
    let common = own
        .ancestors()
        .find(|folder| paths.iter().all(|path| path.starts_with(folder)));
    let common = common.unwrap_or(Utf8Path::new("")).to_owned();
    let below = if common == own {
        Utf8Path::new("")
    } else {
        Utf8Path::new("spec")
    };
    let place = |path: &Utf8PathBuf| below.join(path.strip_prefix(&common).unwrap_or(path));
    paths
        .iter()
        .zip(sources)
        .map(|(path, file)| (place(path), file.text.clone()))
        .collect()
}

/// A path that was given in `dir`.
pub fn below(dir: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
    if dir == "." {
        path.to_owned()
    } else {
        dir.join(path)
    }
}

/// Where the contract's files lie in the project: where they are, if that is inside; else at its root, under names of the
/// base path if others have theirs.
pub fn place(
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

/// The files that aren't there yet, as they are to be written.
pub fn missing(root: &Utf8Path, files: Files) -> Vec<Change> {
    let missing = files
        .into_iter()
        .filter(|(path, _)| !root.join(path).exists());
    let create = |(path, text)| Change {
        path,
        kind: ChangeKind::Create { text },
    };
    missing.map(create).collect()
}
