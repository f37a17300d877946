//! Whether a project's work folder is one: a link there, or a file in the place of a folder, and nothing can be written safely.

use std::fs::FileType;

use camino::{Utf8Path, Utf8PathBuf};

use super::apply::{FILES, FOLDERS, JOURNAL, OTHERS, RECOVERED, WORK_FOLDER};
use super::refused::Refused;

/// Why the work folder of the project at `root` can't be worked with: a link in its place, or in that of something in it, as
/// whoever wrote there could write anywhere; a file for a folder, or a folder for a file.
pub fn fault(root: &Utf8Path) -> Option<Refused> {
    let work = Utf8Path::new(WORK_FOLDER);
    let kind = |path: &Utf8Path| Some(root.join(path).symlink_metadata().ok()?.file_type());
    let names = FOLDERS.iter().chain(&FILES).chain(&OTHERS);
    let names = names.chain([&JOURNAL]).map(|name| work.join(name));
    let own: Vec<Utf8PathBuf> = std::iter::once(work.to_owned()).chain(names).collect();
    let is_link = |path: &&Utf8PathBuf| kind(path).is_some_and(|kind| kind.is_symlink());
    if let Some(link) = own.iter().find(is_link) {
        return Some(Refused::Linked(link.clone()));
    }
    let folders = FOLDERS.iter().chain([&RECOVERED]);
    let mut folders: Vec<Utf8PathBuf> = folders.map(|name| work.join(name)).collect();
    folders.push(work.to_owned());
    // A pipe in the place of a file would be waited for without end.
    let is_right = |kind: FileType, path: &Utf8PathBuf| match folders.contains(path) {
        true => kind.is_dir(),
        false => kind.is_file(),
    };
    let is_misplaced = |path: &&Utf8PathBuf| kind(path).is_some_and(|kind| !is_right(kind, path));
    let misplaced = own.iter().find(is_misplaced).cloned();
    let nested = || {
        FOLDERS
            .iter()
            .find_map(|name| folder_in(root, &work.join(name)))
    };
    let path = misplaced.or_else(nested)?;
    Some(Refused::Taken(vec![path]))
}

/// A folder in one that holds files alone.
fn folder_in(root: &Utf8Path, folder: &Utf8Path) -> Option<Utf8PathBuf> {
    let entries = std::fs::read_dir(root.join(folder)).ok()?;
    let mut names = entries.filter_map(|entry| {
        let entry = entry.ok().filter(|entry| entry.path().is_dir())?;
        entry.file_name().into_string().ok()
    });
    names.next().map(|name| folder.join(name))
}
