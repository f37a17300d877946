//! Whose the files are that are written. Root, in a container for one, writes for whoever owns the project, who would
//! otherwise find files that he can't change; nobody else can give files away, and for them nothing is done.

use std::fs::Metadata;

use camino::Utf8Path;

/// Gives what replaces a file to whoever has that file, as far as that is allowed.
#[cfg(unix)]
pub fn give_as_before(made: &Utf8Path, before: &Metadata) {
    use std::os::unix::fs::{MetadataExt, lchown};
    let owner = |of: &Metadata| (of.uid(), of.gid());
    let now = made.symlink_metadata();
    if now.is_ok_and(|now| owner(&now) != owner(before)) {
        // Without that right the file is the writer's, as with any editor that replaces files.
        let _ = lchown(made, Some(before.uid()), Some(before.gid()));
    }
}

/// Gives what was made to whoever has the folder that it is in, as far as that is allowed.
#[cfg(unix)]
pub fn give_to_folder(made: &Utf8Path) {
    use std::os::unix::fs::MetadataExt;
    let folder = made.parent().map(std::fs::metadata);
    if let (Some(Ok(folder)), Ok(now)) = (folder, made.symlink_metadata())
        // The group of one's own files is one's own affair.
        && folder.uid() != now.uid()
    {
        give_as_before(made, &folder);
    }
}

/// Files have owners here that come with the folder.
#[cfg(not(unix))]
pub fn give_as_before(_: &Utf8Path, _: &Metadata) {}

/// Files have owners here that come with the folder.
#[cfg(not(unix))]
pub fn give_to_folder(_: &Utf8Path) {}
