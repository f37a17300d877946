//! Single steps on disk: each is whole or hasn't happened.

use std::io::{ErrorKind, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::fingerprint::Fingerprint;

/// Of the bytes of a file, if it is there.
pub fn print_of(path: &Utf8Path) -> anyhow::Result<Option<Fingerprint>> {
    match fs_err::read(path) {
        Ok(bytes) => Ok(Some(Fingerprint::of_bytes(&bytes))),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes a file, which need not last yet.
pub fn write(path: &Utf8Path, bytes: &[u8]) -> anyhow::Result<fs_err::File> {
    let mut file = fs_err::File::create(path)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Writes a file and waits until it lasts.
pub fn write_synced(path: &Utf8Path, bytes: &[u8]) -> anyhow::Result<()> {
    Ok(write(path, bytes)?.sync_all()?)
}

/// Waits until all that was written on the file system of a folder lasts.
#[cfg(target_os = "linux")]
pub fn sync_all(folder: &Utf8Path) -> anyhow::Result<()> {
    rustix::fs::syncfs(fs_err::File::open(folder)?.file())
        .map_err(|error| anyhow::anyhow!("`{folder}` can't be made to last: {error}"))
}

/// Waits until all that was written in a folder lasts.
#[cfg(not(target_os = "linux"))]
pub fn sync_all(folder: &Utf8Path) -> anyhow::Result<()> {
    for entry in fs_err::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs_err::OpenOptions::new()
                .write(true)
                .open(entry.path())?
                .sync_all()?;
        }
    }
    sync_folder(folder);
    Ok(())
}

/// Makes the names in a folder last; where folders can't be opened (Windows), the system sees to it.
pub fn sync_folder(folder: &Utf8Path) {
    if let Ok(folder) = std::fs::File::open(folder) {
        // Nothing depends on it but the moment at which a power cut is survived.
        let _ = folder.sync_all();
    }
}

/// Keeps a file under a second name, so that its own can be given to another without a moment in between.
pub fn keep(file: &Utf8Path, kept: &Utf8Path) -> anyhow::Result<()> {
    if kept.exists() {
        fs_err::remove_file(kept)?;
    }
    if fs_err::hard_link(file, kept).is_err() {
        fs_err::copy(file, kept)?;
    }
    Ok(())
}

/// Renames a file; across file systems, by a copy beside the place it goes to.
pub fn rename(from: &Utf8Path, to: &Utf8Path) -> anyhow::Result<()> {
    match fs_err::rename(from, to) {
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {
            let beside = Utf8PathBuf::from(format!("{to}.routegen-new"));
            fs_err::copy(from, &beside)?;
            fs_err::rename(&beside, to)?;
            fs_err::remove_file(from)?;
            Ok(())
        }
        result => Ok(result?),
    }
}
