//! Where the files of a contract lie in a project.

use camino::{Utf8Path, Utf8PathBuf};

use crate::source::Source;

/// The contract's files as they will lie in the project, the contract itself first: beside each other as they were,
/// below `spec/` if some lay outside of the contract's folder.
pub fn contract_files(sources: &[Source]) -> Vec<(Utf8PathBuf, String)> {
    let Some(contract) = sources.first() else {
        return Vec::new();
    };
    if contract.path == "<stdin>" {
        let json = contract.text.trim_start().starts_with('{');
        let name = if json { "openapi.json" } else { "openapi.yaml" };
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
