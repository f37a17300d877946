//! Where a path of the project really leads, so that nothing is ever written outside of it.

use std::io::ErrorKind;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

/// A path that leads out of the project.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadsOutside {
    /// The path, relative to the root.
    pub path: Utf8PathBuf,
    /// Where it leads, if that is known.
    pub to: Option<Utf8PathBuf>,
}

/// The name on disk of `path`: links to folders are followed, one that `path` itself is isn't; `root` must be canonical.
///
/// # Errors
///
/// When a link can't be read. The inner error is for a path that leads outside of `root`.
pub fn name(root: &Utf8Path, path: &Utf8Path) -> anyhow::Result<Result<Utf8PathBuf, LeadsOutside>> {
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) if !folder.as_str().is_empty() => {
            let whole = |outside| LeadsOutside {
                path: path.to_owned(),
                ..outside
            };
            Ok(target(root, folder)?
                .map(|folder| folder.join(name))
                .map_err(whole))
        }
        (Some(_), Some(name)) => Ok(Ok(root.join(name))),
        (_, None) | (None, Some(_)) => target(root, path),
    }
}

/// The place on disk of `path`, links followed as far as there are any; `root` must be canonical.
///
/// # Errors
///
/// When a link can't be read. The inner error is for a path that leads outside of `root`.
pub fn target(
    root: &Utf8Path,
    path: &Utf8Path,
) -> anyhow::Result<Result<Utf8PathBuf, LeadsOutside>> {
    let outside = |to| {
        Ok(Err(LeadsOutside {
            path: path.to_owned(),
            to,
        }))
    };
    if !path
        .components()
        .all(|component| matches!(component, Utf8Component::Normal(_)))
    {
        return outside(None);
    }
    // What is there is resolved; what isn't there yet is taken as it stands.
    let full = root.join(path);
    for there in full.ancestors() {
        match fs_err::canonicalize(there) {
            Ok(real) => {
                let Ok(real) = Utf8PathBuf::from_path_buf(real) else {
                    return outside(None);
                };
                let rest = full.strip_prefix(there).expect("an ancestor is a prefix");
                let real = if rest.as_str().is_empty() {
                    real
                } else {
                    real.join(rest)
                };
                return if real.starts_with(root) {
                    Ok(Ok(real))
                } else {
                    outside(Some(real))
                };
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                // A link to nowhere would be followed by whoever writes to it.
                if std::fs::symlink_metadata(there).is_ok() {
                    return outside(None);
                }
            }
            Err(error) if error.kind() == ErrorKind::NotADirectory => {}
            Err(error) => return Err(error.into()),
        }
    }
    outside(None)
}
