//! Where a page is written: whole or not at all, and never over a file that isn't a page of ours.

use std::io::{ErrorKind, Write};

use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};

/// By which a page is known as ours.
const MARK: &str = "<meta name=\"generator\" content=\"routegen\">";

/// How many bytes the mark stands within.
const HEAD: usize = 1024;

/// The folder of a file that need not be there, as an absolute path.
///
/// # Errors
///
/// When there is no such folder.
pub fn folder(file: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    let folder = match file.parent() {
        Some(parent) if !parent.as_str().is_empty() => parent,
        Some(_) | None => Utf8Path::new("."),
    };
    match std::fs::canonicalize(folder) {
        Ok(folder) if folder.is_dir() => Ok(folder.try_into()?),
        Ok(_) => anyhow::bail!("`{file}` can't be written: `{folder}` is no folder"),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            anyhow::bail!("`{file}` can't be written: there is no folder `{folder}`")
        }
        Err(error) => Err(error).with_context(|| format!("`{file}` can't be written")),
    }
}

/// Writes a page to a file.
///
/// # Errors
///
/// When it can't be written to, or holds something else.
pub fn write(shown: &Utf8Path, page: &str) -> anyhow::Result<()> {
    // A link stays one, and what it leads to is written.
    let file = shown.canonicalize_utf8().unwrap_or(shown.to_owned());
    if let Ok(metadata) = fs_err::metadata(&file) {
        if metadata.is_dir() {
            anyhow::bail!("`{shown}` is a folder; name a file in it");
        }
        if !metadata.is_file() {
            return Ok(fs_err::write(&file, page)?);
        }
        let there = fs_err::read(&file)?;
        let head = String::from_utf8_lossy(&there[..there.len().min(HEAD)]);
        anyhow::ensure!(
            there.is_empty() || head.contains(MARK),
            "`{shown}` is no page of routegen's and stays as it is; delete it, or name another file"
        );
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".routes");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut staged = builder.tempfile_in(folder(&file)?)?;
    staged.write_all(page.as_bytes())?;
    staged.persist(&file).map_err(|error| {
        anyhow::Error::new(error.error).context(format!("`{shown}` can't be written"))
    })?;
    Ok(())
}
