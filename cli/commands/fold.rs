//! Which files are named one by one, and of which it is only said how many there are: a change of the contract may reach thousands.

use std::collections::BTreeMap;

use camino::Utf8Path;

/// What files are named in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// Lines, of which a person reads some dozens.
    Lines,
    /// Annotations, of which few are shown.
    Annotations,
}

impl Named {
    /// How many files below such a folder are named one by one.
    fn limit(self, folder: &str) -> usize {
        match (self, folder) {
            (Self::Annotations, _) | (Self::Lines, "contract" | "handlers") => 3,
            (Self::Lines, _) => 40,
        }
    }
}

/// Files of one folder with which the same is.
pub struct Group<'a, T> {
    /// What is with them.
    pub word: &'static str,
    /// The files, in their order.
    pub files: Vec<&'a T>,
    /// What stands for them if they are too many to be named: `608 files in contract/`.
    pub counted: Option<String>,
}

/// The files by folder and word, which `of` tells of each.
pub fn fold<'a, T>(
    named: Named,
    files: impl IntoIterator<Item = &'a T>,
    of: impl Fn(&'a T) -> (&'a Utf8Path, &'static str),
) -> Vec<Group<'a, T>> {
    let mut groups: BTreeMap<(&str, &str), Group<'a, T>> = BTreeMap::new();
    for file in files {
        let (path, word) = of(file);
        let folder = path.as_str().split_once('/');
        let folder = folder.map_or("", |(folder, _)| folder);
        let group = groups.entry((folder, word)).or_insert_with(|| Group {
            word,
            files: Vec::new(),
            counted: None,
        });
        group.files.push(file);
    }
    for ((folder, _), group) in &mut groups {
        let count = group.files.len();
        if count > named.limit(folder) {
            group.counted = Some(match *folder {
                "" => format!("{count} files"),
                folder => format!("{count} files in {folder}/"),
            });
        }
    }
    groups.into_values().collect()
}
