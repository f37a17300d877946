//! What stands against making changes, asked of a comparison, so that `check` and `sync` say the same before anything is written.

use std::collections::HashMap;
use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};

use super::apply::Writer;
use super::change::Change;
use super::disk;
use super::journal::Step;
use super::refused::Refused;
use super::steps::steps;
use super::target::{LeadsOutside, name, target};
use super::transaction::Transaction;

/// Why the changes to the project at `root` can't be written: a work folder that can't be worked with, paths
/// that lead out of the project, files that nobody may write to, names that are needed and taken.
///
/// # Errors
///
/// When a link can't be read.
pub fn obstacles(root: &Utf8Path, changes: &[Change]) -> anyhow::Result<Vec<Refused>> {
    let root = match fs_err::canonicalize(root) {
        Ok(root) => Utf8PathBuf::try_from(root)?,
        // Nothing stands in a folder that isn't there yet.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let steps: Vec<_> = steps(changes).into_iter().map(|(step, _)| step).collect();
    let transaction = Transaction::new(&root, &root, &steps);
    let mut found: Vec<Refused> = Writer::unusable(&root).into_iter().collect();
    found.extend(transaction.obstacles()?);
    Ok(found)
}

impl Transaction<'_> {
    /// Why none of the steps can be made: paths that lead out of the project, files that nobody may write to, names that
    /// are taken.
    pub fn obstacles(&self) -> anyhow::Result<Vec<Refused>> {
        let outside = self.outside()?;
        let protected = self.protected()?;
        let taken = self.taken_names()?;
        let mut found = Vec::new();
        if !outside.is_empty() {
            found.push(Refused::Outside(outside));
        }
        if !protected.is_empty() {
            found.push(Refused::Protected(protected));
        }
        let doubled = self.doubled()?;
        if !doubled.is_empty() {
            found.push(Refused::Doubled(doubled));
        }
        if !taken.is_empty() {
            found.push(Refused::Taken(taken));
        }
        Ok(found)
    }

    /// The paths that lead out of the project.
    fn outside(&self) -> anyhow::Result<Vec<LeadsOutside>> {
        let mut outside = Vec::new();
        for step in self.steps {
            for path in step.paths() {
                let found = match step {
                    Step::Write { .. } => target(self.root, path)?,
                    Step::Remove { .. } | Step::Rename { .. } => name(self.root, path)?,
                };
                outside.extend(found.err());
            }
        }
        Ok(outside)
    }

    /// The files that would be written or go away though nobody may write to them. Renaming would replace them all the
    /// same, as it asks for the folder's permission alone. Whoever goes along to another folder isn't written.
    fn protected(&self) -> anyhow::Result<Vec<Utf8PathBuf>> {
        let mut protected = Vec::new();
        for step in self.steps {
            match step {
                Step::Write { .. } | Step::Remove { .. } => {}
                Step::Rename { .. } => continue,
            }
            if let Some(place) = self.place(step)?
                && disk::is_protected(&place)
            {
                protected.push(step.path().to_owned());
            }
        }
        Ok(protected)
    }

    /// The paths that are to be written and are the file of another such path.
    fn doubled(&self) -> anyhow::Result<Vec<(Utf8PathBuf, Utf8PathBuf)>> {
        let mut doubled = Vec::new();
        let mut known: HashMap<Utf8PathBuf, &Utf8Path> = HashMap::new();
        for step in self.steps {
            match step {
                Step::Write { .. } => {}
                Step::Remove { .. } | Step::Rename { .. } => continue,
            }
            if let Some(place) = self.place(step)?
                && let Some(path) = known.insert(place, step.path())
            {
                doubled.push((path.to_owned(), step.path().to_owned()));
            }
        }
        Ok(doubled)
    }

    /// The names of this transaction that something has already.
    fn taken_names(&self) -> anyhow::Result<Vec<Utf8PathBuf>> {
        let mut taken = Vec::new();
        for step in self.steps {
            for place in self.places(step)? {
                let names = [self.beside(&place), self.aside(&place)];
                let there = names.iter().filter(|name| disk::is_there(name));
                taken.extend(there.map(|name| self.relative(name)));
            }
        }
        Ok(taken)
    }
}
