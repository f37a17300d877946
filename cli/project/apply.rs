//! Writing a project in one transaction: killed at any moment, the next run finishes it, and nothing is lost.
//!
//! All new files are staged in `.routegen/`, then a journal of the steps is written, then each step is made: the
//! file is looked at again, what is displaced is kept, and the staged file is renamed to its place. Last the
//! journal is deleted, which ends the transaction.

use std::collections::BTreeSet;
use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};

use super::change::{Change, ChangeKind};
use super::disk::{keep, print_of, rename, sync_all, sync_folder, write, write_synced};
use super::fingerprint::Fingerprint;
use super::journal::{self, Step};
use super::refused::Refused;
use super::target::target;

/// The folder for what isn't the project's own: locks, what is staged and what was recovered.
pub const WORK_FOLDER: &str = ".routegen";

const JOURNAL: &str = "journal";

/// Up to how many files are waited for one by one; beyond, it is quicker to wait for the whole file system.
const SYNCED_ONE_BY_ONE: usize = 64;

/// A project that this process alone writes to.
#[derive(Debug)]
pub struct Writer {
    root: Utf8PathBuf,
    work: Utf8PathBuf,
    /// Held as long as the writer lives.
    _lock: fs_err::File,
}

/// What was found of a run that was interrupted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Interrupted {
    /// Nothing.
    No,
    /// It had not begun to change files; what it had prepared was thrown away.
    Undone,
    /// Its steps were made, save for these files, which have been changed since.
    Finished { skipped: Vec<Utf8PathBuf> },
}

impl Writer {
    /// Takes the project for this process, and waits for others that write to it; `waiting` is called before.
    ///
    /// # Errors
    ///
    /// When the folder can't be written to.
    pub fn lock(root: &Utf8Path, waiting: impl FnOnce()) -> anyhow::Result<Self> {
        fs_err::create_dir_all(root)?;
        let root = Utf8PathBuf::try_from(fs_err::canonicalize(root)?)?;
        let work = root.join(WORK_FOLDER);
        let is_link = std::fs::symlink_metadata(&work).is_ok_and(|metadata| metadata.is_symlink());
        anyhow::ensure!(
            !is_link,
            "`{work}` is a link, which could lead anywhere; delete it"
        );
        fs_err::create_dir_all(&work)?;
        if !work.join(".gitignore").exists() {
            fs_err::write(work.join(".gitignore"), "*\n")?;
        }
        let lock = fs_err::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(work.join("lock"))?;
        if lock.file().try_lock().is_err() {
            waiting();
            lock.file().lock()?;
        }
        Ok(Self {
            root,
            work,
            _lock: lock,
        })
    }

    /// Whether a run was interrupted while it changed the files of the project at `root`.
    pub fn was_interrupted(root: &Utf8Path) -> bool {
        root.join(WORK_FOLDER).join(JOURNAL).exists()
    }

    /// Ends what an interrupted run has left.
    ///
    /// # Errors
    ///
    /// When a file can't be written; the next run tries again.
    pub fn recover(&self) -> anyhow::Result<Interrupted> {
        let journal = self.work.join(JOURNAL);
        let text = match fs_err::read_to_string(&journal) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let prepared = self.work.join("stage").exists();
                self.forget()?;
                return Ok(if prepared {
                    Interrupted::Undone
                } else {
                    Interrupted::No
                });
            }
            Err(error) => return Err(error.into()),
        };
        let mut skipped = Vec::new();
        // A journal is renamed into place whole; one that isn't whole was made by nobody we know.
        let steps = journal::parse(&text).unwrap_or_default();
        for (index, step) in steps.iter().enumerate() {
            let is_lock = step.path() == super::LOCK_FILE_NAME;
            // Without the lock, what was written counts as ours where it is as emitted, and as edited elsewhere.
            if is_lock && !skipped.is_empty() {
                continue;
            }
            match self.make(index, step)? {
                Made::Yes => {}
                Made::Changed => skipped.push(step.path().to_owned()),
            }
        }
        self.end(&steps)?;
        Ok(Interrupted::Finished { skipped })
    }

    /// Makes all changes, or none.
    ///
    /// # Errors
    ///
    /// When a file can't be written. The inner error says why nothing was.
    pub fn apply(&self, changes: &[Change]) -> anyhow::Result<Result<(), Refused>> {
        let steps = steps(changes);
        if steps.is_empty() {
            return Ok(Ok(()));
        }
        let mut outside = Vec::new();
        for (step, _) in &steps {
            let to = match step {
                Step::Rename { to, .. } => Some(to.as_path()),
                Step::Write { .. } | Step::Remove { .. } => None,
            };
            for path in [Some(step.path()), to].into_iter().flatten() {
                outside.extend(target(&self.root, path)?.err());
            }
        }
        if !outside.is_empty() {
            return Ok(Err(Refused::Outside(outside)));
        }
        self.save_edited(changes)?;
        self.stage(&steps)?;
        let steps: Vec<Step> = steps.into_iter().map(|(step, _)| step).collect();
        for step in &steps {
            if !self.is_as_read(step)? {
                self.forget()?;
                return Ok(Err(Refused::Changed(step.path().to_owned())));
            }
        }
        let journal = self.work.join(JOURNAL);
        write_synced(
            &self.work.join("journal.new"),
            journal::text(&steps).as_bytes(),
        )?;
        fs_err::rename(self.work.join("journal.new"), &journal)?;
        sync_folder(&self.work);
        for (index, step) in steps.iter().enumerate() {
            #[cfg(test)]
            tests::crash_point(index)?;
            match self.make(index, step)? {
                Made::Yes => {}
                Made::Changed => {
                    self.undo(&steps[..index])?;
                    self.forget()?;
                    return Ok(Err(Refused::Changed(step.path().to_owned())));
                }
            }
        }
        #[cfg(test)]
        tests::crash_point(steps.len())?;
        self.end(&steps)?;
        Ok(Ok(()))
    }

    /// Keeps the files of ours that a person edited, under `.routegen/recovered/`.
    fn save_edited(&self, changes: &[Change]) -> anyhow::Result<()> {
        for change in changes {
            match &change.kind {
                ChangeKind::Restore { before, .. }
                | ChangeKind::Renew { before, .. }
                | ChangeKind::RemoveEdited { before } => {
                    self.save(&change.path, before)?;
                }
                ChangeKind::Create { .. }
                | ChangeKind::Update { .. }
                | ChangeKind::Move { .. }
                | ChangeKind::Follow { .. }
                | ChangeKind::Remove { .. } => {}
            }
        }
        Ok(())
    }

    fn save(&self, path: &Utf8Path, bytes: &[u8]) -> anyhow::Result<()> {
        let kept = self.work.join("recovered").join(path);
        let free = |path: &Utf8Path| {
            !path.exists() || fs_err::read(path).is_ok_and(|there| there == bytes)
        };
        let numbered = (2..).map(|number| Utf8PathBuf::from(format!("{kept}.{number}")));
        let kept = std::iter::once(kept.clone())
            .chain(numbered)
            .find(|path| free(path))
            .expect("numbers don't end");
        fs_err::create_dir_all(kept.parent().expect("it is below the work folder"))?;
        write_synced(&kept, bytes)
    }

    /// Writes all new files where nobody looks for them.
    fn stage(&self, steps: &[(Step, Option<&str>)]) -> anyhow::Result<()> {
        fs_err::create_dir_all(self.work.join("stage"))?;
        fs_err::create_dir_all(self.work.join("displaced"))?;
        let mut files = Vec::new();
        for (index, (step, text)) in steps.iter().enumerate() {
            let Some(text) = text else { continue };
            let staged = self.staged(index);
            let file = write(&staged, text.as_bytes())?;
            // A file keeps its mode.
            if let Some(metadata) = self
                .place(step.path())?
                .and_then(|place| fs_err::metadata(place).ok())
            {
                fs_err::set_permissions(&staged, metadata.permissions())?;
            }
            // Open files are few where they are many.
            if steps.len() <= SYNCED_ONE_BY_ONE {
                files.push(file);
            }
        }
        if files.is_empty() {
            sync_all(&self.work.join("stage"))
        } else {
            files.iter().try_for_each(|file| Ok(file.sync_all()?))
        }
    }

    fn staged(&self, index: usize) -> Utf8PathBuf {
        self.work.join("stage").join(index.to_string())
    }

    fn displaced(&self, index: usize) -> Utf8PathBuf {
        self.work.join("displaced").join(index.to_string())
    }

    /// The place on disk of a path, if it is in the project.
    fn place(&self, path: &Utf8Path) -> anyhow::Result<Option<Utf8PathBuf>> {
        Ok(target(&self.root, path)?.ok())
    }

    /// Whether a file is as it was when the changes were planned.
    fn is_as_read(&self, step: &Step) -> anyhow::Result<bool> {
        let Some(place) = self.place(step.path())? else {
            return Ok(false);
        };
        match step {
            Step::Write { before, .. } => Ok(print_of(&place)? == *before),
            Step::Remove { before, .. } => Ok(print_of(&place)? == Some(*before)),
            Step::Rename { to, .. } => {
                let to = self.place(to)?;
                Ok(place.exists() && to.is_some_and(|to| std::fs::symlink_metadata(to).is_err()))
            }
        }
    }

    /// Makes one step, unless it has been made.
    fn make(&self, index: usize, step: &Step) -> anyhow::Result<Made> {
        let Some(place) = self.place(step.path())? else {
            return Ok(Made::Changed);
        };
        match step {
            Step::Write { before, after, .. } => {
                let staged = self.staged(index);
                if !staged.exists() {
                    return Ok(Made::Yes);
                }
                match print_of(&place)? {
                    now if now == *before => {}
                    now if now == Some(*after) => return Ok(Made::Yes),
                    _ => return Ok(Made::Changed),
                }
                if before.is_some() {
                    keep(&place, &self.displaced(index))?;
                }
                fs_err::create_dir_all(place.parent().expect("a file has a folder"))?;
                rename(&staged, &place)?;
            }
            Step::Remove { before, .. } => match print_of(&place)? {
                None => {}
                Some(now) if now == *before => rename(&place, &self.displaced(index))?,
                Some(_) => return Ok(Made::Changed),
            },
            Step::Rename { to, .. } => {
                let Some(to) = self.place(to)? else {
                    return Ok(Made::Changed);
                };
                match (place.exists(), std::fs::symlink_metadata(&to).is_ok()) {
                    (false, _) => {}
                    (true, true) => return Ok(Made::Changed),
                    (true, false) => {
                        fs_err::create_dir_all(to.parent().expect("a file has a folder"))?;
                        rename(&place, &to)?;
                    }
                }
            }
        }
        Ok(Made::Yes)
    }

    /// Takes steps back, last first; what was changed in the meantime stays.
    fn undo(&self, made: &[Step]) -> anyhow::Result<()> {
        for (index, step) in made.iter().enumerate().rev() {
            let Some(place) = self.place(step.path())? else {
                continue;
            };
            match step {
                Step::Write { before, after, .. } if print_of(&place)? == Some(*after) => {
                    match before {
                        Some(_) => rename(&self.displaced(index), &place)?,
                        None => fs_err::remove_file(&place)?,
                    }
                }
                Step::Write { .. } => {}
                Step::Remove { .. } if !place.exists() => rename(&self.displaced(index), &place)?,
                Step::Remove { .. } => {}
                Step::Rename { to, .. } => {
                    if let Some(to) = self.place(to)?
                        && !place.exists()
                    {
                        rename(&to, &place)?;
                    }
                }
            }
        }
        self.remove_empty_folders(made);
        Ok(())
    }

    /// Ends the transaction: what was displaced is looked at once more, then all is forgotten.
    fn end(&self, steps: &[Step]) -> anyhow::Result<()> {
        for (index, step) in steps.iter().enumerate() {
            let before = match step {
                Step::Write { before, .. } => *before,
                Step::Remove { before, .. } => Some(*before),
                Step::Rename { .. } => None,
            };
            let displaced = self.displaced(index);
            let now = print_of(&displaced)?;
            // Somebody wrote into the file in the very moment in which it was replaced.
            if now.is_some() && now != before {
                self.save(step.path(), &fs_err::read(&displaced)?)?;
            }
        }
        self.remove_empty_folders(steps);
        if steps.len() <= SYNCED_ONE_BY_ONE {
            let folders: BTreeSet<&Utf8Path> = steps
                .iter()
                .filter_map(|step| step.path().parent())
                .collect();
            folders
                .iter()
                .for_each(|folder| sync_folder(&self.root.join(folder)));
        } else {
            sync_all(&self.work)?;
        }
        if !steps.is_empty() || self.work.join(JOURNAL).exists() {
            fs_err::remove_file(self.work.join(JOURNAL))?;
            sync_folder(&self.work);
        }
        self.forget()
    }

    /// Deletes what a transaction needed.
    fn forget(&self) -> anyhow::Result<()> {
        match fs_err::remove_file(self.work.join(JOURNAL)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            Ok(()) | Err(_) => {}
        }
        for folder in ["stage", "displaced"] {
            match fs_err::remove_dir_all(self.work.join(folder)) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                Ok(()) | Err(_) => {}
            }
        }
        Ok(())
    }

    /// Removes the folders that nothing is left in.
    fn remove_empty_folders(&self, steps: &[Step]) {
        for step in steps {
            for folder in step
                .path()
                .ancestors()
                .skip(1)
                .filter(|folder| !folder.as_str().is_empty())
            {
                // It fails on a folder with something in it, which is what we want.
                if std::fs::remove_dir(self.root.join(folder)).is_err() {
                    break;
                }
            }
        }
    }
}

/// Whether a step was made.
enum Made {
    /// It was, now or before.
    Yes,
    /// It wasn't, since the file isn't what it was.
    Changed,
}

/// The steps of changes with the texts to be staged; those of a move are its two halves.
fn steps(changes: &[Change]) -> Vec<(Step, Option<&str>)> {
    let print = |bytes: &[u8]| Fingerprint::of_bytes(bytes);
    let mut steps = Vec::new();
    for Change { path, kind } in changes {
        let path = path.clone();
        match kind {
            ChangeKind::Create { text } => {
                steps.push((
                    Step::Write {
                        path,
                        before: None,
                        after: print(text.as_bytes()),
                    },
                    Some(text.as_str()),
                ));
            }
            ChangeKind::Update { before, text }
            | ChangeKind::Restore { before, text }
            | ChangeKind::Renew { before, text } => {
                let before = Some(print(before));
                steps.push((
                    Step::Write {
                        path,
                        before,
                        after: print(text.as_bytes()),
                    },
                    Some(text.as_str()),
                ));
            }
            ChangeKind::Move { from, before, text } => {
                let after = print(text.as_bytes());
                steps.push((
                    Step::Write {
                        path,
                        before: None,
                        after,
                    },
                    Some(text.as_str()),
                ));
                steps.push((
                    Step::Remove {
                        path: from.clone(),
                        before: print(before),
                    },
                    None,
                ));
            }
            ChangeKind::Follow { from } => steps.push((
                Step::Rename {
                    from: from.clone(),
                    to: path,
                },
                None,
            )),
            ChangeKind::Remove { before } | ChangeKind::RemoveEdited { before } => {
                steps.push((
                    Step::Remove {
                        path,
                        before: print(before),
                    },
                    None,
                ));
            }
        }
    }
    steps
}

#[cfg(test)]
#[path = "apply_tests.rs"]
mod tests;
