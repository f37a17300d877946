//! Writing a project in one transaction: killed at any moment, the next run finishes it, and nothing is lost.
//!
//! What is done, in this order, and what a kill or a power cut leaves after each:
//!
//! 1. What is written is staged, and what is displaced gets a second name, both in `.routegen/`. All of it is made to
//!    last: the files, and the names in the folders. *Nothing of the project has changed; the next run throws it away.*
//! 2. Every file is held against what was planned with, and none may be one that somebody is writing. *As before.*
//! 3. The journal is written beside its name, made to last, renamed, and its name made to last. *From here on the
//!    journal is there whole or not at all. If it is, so is all of 1, since that lasted before.*
//! 4. The steps are made, each in one operation on one name: a new file is linked, which never overwrites; an old one
//!    is exchanged with what replaces it, or moved away, and looked at after that, so that not even a byte written in that
//!    moment is lost; one that somebody has opened to write to it meanwhile goes back, with all the others. Nothing of this is made to last, so a power cut may leave any of the steps made and others not,
//!    and of a renaming between folders one half. *The next run looks how each step stands and makes those that are due:
//!    `stage/N` and `displaced/N` stay until the end, so it can.*
//! 5. Edits of files of ours are saved under `recovered/`, and the folders made to last. *The same; making it again
//!    changes nothing.*
//! 6. The journal is removed, and that made to last. *Done. Had it not lasted, the next run would find a journal whose
//!    steps are all made.*
//! 7. What was staged and displaced is removed. *Only now, as the journal can't come back any more.*
//!
//! A step that can't be made (no space, no permission), or whose file changed, and edits that can't be saved, have all that was made taken
//! back the same way: the files first, then 5 to 7. Killed in the middle of that, the next run makes the steps instead; either
//! is whole.
//!
//! One run at a time does this: each holds `.routegen/lock`, which the system lets go of when a process ends. Only a `new` that
//! comes to nothing takes that file away, with the folders that it made ([`Writer::withdraw`]); so whoever has got the lock looks
//! whether it still is the file of that name, and begins anew if it isn't. Several `new`s may each take the same folder for
//! made by themselves: it goes only if nothing but `.routegen` is in it, and that belongs to whoever holds the lock.
//!
//! What a person changed after a kill stays as it is. If it was changed before its step was made, all steps are
//! taken back, so that the next `sync` plans with it; if after, all are finished, as if the edit had come a moment later. Where
//! both happened, the rest is finished without `routegen.lock`, by which all that was edited stays the user's.

use std::fs::TryLockError;
use std::io::ErrorKind;
use std::ops::ControlFlow;

use camino::{Utf8Path, Utf8PathBuf};

use super::change::Change;
use super::disk::{self, Lasting};
use super::held;
use super::journal::{self, Step};
use super::refused::{Refused, SaysWayOut, way_out, where_saved};
use super::saved::Saved;
use super::steps::{Staged, steps};
use super::taking::{Ground, not_locked, wait};
use super::transaction::{Standing, Transaction, is_many};

/// The folder for what isn't the project's own: locks, what is staged and what was recovered.
pub const WORK_FOLDER: &str = ".routegen";

pub(super) const JOURNAL: &str = "journal";

const LOCK: &str = "lock";

/// How often a project is tried to be taken while others withdraw from it.
const ATTEMPTS: usize = 64;

/// What a transaction needs: what is staged, and what is displaced.
pub(super) const FOLDERS: [&str; 2] = ["stage", "displaced"];

/// What is written beside its place.
pub(super) const FILES: [&str; 4] = [
    "journal.new",
    "recovered.new",
    "in-step.new",
    ".gitignore.new",
];

/// What else may stand in the work folder.
pub(super) const OTHERS: [&str; 4] = [".gitignore", LOCK, "in-step", RECOVERED];

pub(super) const RECOVERED: &str = "recovered";

/// A project that this process alone writes to.
#[derive(Debug)]
pub struct Writer {
    root: Utf8PathBuf,
    pub(super) work: Utf8PathBuf,
    /// The folders that weren't there before, outermost first.
    made: Vec<Utf8PathBuf>,
    /// Held as long as the writer lives; if the process dies, the system lets go of it.
    _lock: fs_err::File,
}

/// What became of an attempt to take a project.
enum Taken {
    By(Writer),
    /// Whoever had it took the lock away.
    Away,
    /// Whoever waited for it doesn't want to any more.
    Never,
}

/// Why not all steps were made.
enum Stopped {
    /// This file isn't what it was.
    Changed(Utf8PathBuf),
    Failed(anyhow::Error),
}

impl Writer {
    /// Takes the project for this process, and waits for others that write to it; `waiting` is asked again and again whether to go on
    /// with that. None if it isn't.
    ///
    /// # Errors
    ///
    /// When the folder can't be written to, or isn't there and isn't to be made.
    pub fn lock(
        root: &Utf8Path,
        ground: Ground,
        mut waiting: impl FnMut() -> ControlFlow<()>,
    ) -> anyhow::Result<Option<Self>> {
        Self::try_lock(root, ground, &mut waiting)
            .map_err(|error| nothing_written(&error, &Saved::new()))
    }

    fn try_lock(
        root: &Utf8Path,
        ground: Ground,
        waiting: &mut impl FnMut() -> ControlFlow<()>,
    ) -> anyhow::Result<Option<Self>> {
        let absolute = Utf8PathBuf::try_from(std::path::absolute(root)?)?;
        let mut made = Vec::new();
        for _ in 0..ATTEMPTS {
            let missing = match ground {
                Ground::New => disk::make_folders(&absolute)?,
                Ground::Old if absolute.is_dir() => Vec::new(),
                Ground::Old => {
                    let message = format!("the project's folder `{absolute}` isn't there any more");
                    return Err(SaysWayOut(message).into());
                }
            };
            // A longer list is of the same folders and those above them.
            made = std::cmp::max_by_key(made, missing, Vec::len);
            match Self::lock_once(&absolute, &made, waiting) {
                Ok(Taken::By(writer)) => return Ok(Some(writer)),
                Ok(Taken::Never) => return Ok(None),
                Ok(Taken::Away) => {}
                Err(error) if is_not_found(&error) => {}
                Err(error) => return Err(error),
            }
        }
        anyhow::bail!("`{root}` comes and goes, since other runs begin and end in it")
    }

    /// Takes the project, unless whoever had it has withdrawn and taken the lock away.
    fn lock_once(
        root: &Utf8Path,
        made: &[Utf8PathBuf],
        waiting: &mut impl FnMut() -> ControlFlow<()>,
    ) -> anyhow::Result<Taken> {
        for folder in made.iter().filter_map(|folder| folder.parent()) {
            disk::sync_folder(folder)?;
        }
        let root = Utf8PathBuf::try_from(fs_err::canonicalize(root)?)?;
        let work = root.join(WORK_FOLDER);
        if let Some(refused) = Self::unusable(&root) {
            return Err(SaysWayOut(refused.sentence()).into());
        }
        disk::make_folders(&work)?;
        let place = work.join(LOCK);
        let lock = disk::open_lock(&place)?;
        match disk::try_lock(&place, &lock) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                if wait(&work, &lock, waiting)?.is_break() {
                    return Ok(Taken::Never);
                }
            }
            Err(TryLockError::Error(error)) => return Err(not_locked(&work, error)),
        }
        if !disk::is_open(&place, &lock) {
            return Ok(Taken::Away);
        }
        // Others may begin at the same moment, so all but the lock itself is written under it.
        let ignored = work.join(".gitignore");
        if !ignored.exists() {
            disk::replace(&ignored, b"*\n", &work.join(".gitignore.new"))?;
        }
        Ok(Taken::By(Self {
            root,
            work,
            made: made.to_owned(),
            _lock: lock,
        }))
    }

    /// Why the work folder of the project at `root` can't be worked with.
    pub fn unusable(root: &Utf8Path) -> Option<Refused> {
        super::work_folder::fault(root)
    }

    /// Makes all changes, or none; returns where bytes were saved that somebody wrote in the very moment.
    ///
    /// # Errors
    ///
    /// When a file can't be written; what had been is taken back. The inner error says why nothing was.
    pub fn apply(&self, changes: &[Change]) -> anyhow::Result<Result<Vec<Utf8PathBuf>, Refused>> {
        let steps = steps(changes);
        if steps.is_empty() {
            return Ok(Ok(Vec::new()));
        }
        // Preparing would throw away what the steps of that journal need.
        anyhow::ensure!(
            !self.has_journal(),
            "nothing was written: a run that was interrupted has to be ended before, which `routegen sync` does"
        );
        let (steps, staged): (Vec<Step>, Vec<Option<Staged<'_>>>) = steps.into_iter().unzip();
        let transaction = self.transaction(&steps);
        if let Some(refused) = transaction.obstacles()?.into_iter().next() {
            return Ok(Err(refused));
        }
        match self.prepare(&transaction, &staged) {
            Ok(None) => {}
            Ok(Some(refused)) => {
                self.forget()?;
                return Ok(Err(refused));
            }
            // The disk may be full of what was staged.
            Err(error) => {
                return Err(match self.forget_all() {
                    Ok(()) => nothing_written(&error, &Saved::new()),
                    Err(second) => between(&error, &second, &Saved::new()),
                });
            }
        }
        let mut saved = Saved::new();
        if let Err((begun, stopped)) = self.make_all(&transaction, &mut saved) {
            return match (self.take_back(&transaction, begun, &mut saved), stopped) {
                (Ok(()), Stopped::Changed(path)) => Ok(Err(Refused::Changed { path, saved })),
                (Ok(()), Stopped::Failed(error)) => Err(nothing_written(&error, &saved)),
                (Err(second), Stopped::Changed(path)) => {
                    let error = anyhow::anyhow!("`{path}` changed while it was read");
                    Err(between(&error, &second, &saved))
                }
                (Err(second), Stopped::Failed(error)) => Err(between(&error, &second, &saved)),
            };
        }
        match self.end(&transaction, &mut saved) {
            Ok(()) => Ok(Ok(saved.into_iter().collect())),
            Err(error) => {
                let (saved, way_out) = (where_saved(&saved), way_out("; ", &error));
                anyhow::bail!(
                    "all files are written, but may not survive a power cut: {error:#}{saved}{way_out}"
                )
            }
        }
    }

    /// Makes all steps, and saves the edits of files of ours that they displace; if it can't, how many were begun.
    fn make_all(
        &self,
        transaction: &Transaction<'_>,
        saved: &mut Saved,
    ) -> Result<(), (usize, Stopped)> {
        for (index, step) in transaction.steps.iter().enumerate() {
            match transaction.make(index, saved) {
                Ok(Standing::Made) if !self.is_taken_held(index) => {}
                Ok(Standing::Made | Standing::Due | Standing::Changed) => {
                    return Err((index + 1, Stopped::Changed(step.path().to_owned())));
                }
                Err(error) => return Err((index + 1, Stopped::Failed(error))),
            }
        }
        let edits = transaction.save_edits();
        edits.map_err(|error| (transaction.steps.len(), Stopped::Failed(error)))
    }

    /// Prepares all that the steps need, and writes the journal; returns why they can't be made: a file isn't as it was planned with, or
    /// somebody is writing one.
    fn prepare(
        &self,
        transaction: &Transaction<'_>,
        staged: &[Option<Staged<'_>>],
    ) -> anyhow::Result<Option<Refused>> {
        let changed = |step: &Step| Refused::Changed {
            path: step.path().to_owned(),
            saved: Saved::new(),
        };
        self.forget()?;
        for folder in FOLDERS {
            disk::make_folders(&self.work.join(folder))?;
        }
        let many = is_many(transaction.steps);
        let lasting = if many { Lasting::Later } else { Lasting::Now };
        for (index, (step, staged)) in transaction.steps.iter().zip(staged).enumerate() {
            let Some(place) = transaction.place(step)? else {
                return Ok(Some(changed(step)));
            };
            if let Some(Staged { text, like }) = staged {
                // A file keeps its mode and its owner, wherever it goes.
                let like = std::fs::metadata(self.root.join(like)).ok();
                let staged = transaction.staged(index);
                disk::write(&staged, text.as_bytes(), like.as_ref(), lasting)?;
            }
            if step.displaces() {
                if !disk::is_there(&place) {
                    return Ok(Some(changed(step)));
                }
                // Of a link, its own name is all there is to keep.
                let is_link = disk::is_link(&place);
                if !is_link {
                    disk::keep(&place, &transaction.displaced(index))?;
                }
            }
        }
        if many {
            disk::sync_all(&self.work)?;
        } else {
            for folder in FOLDERS {
                disk::sync_folder(&self.work.join(folder))?;
            }
            disk::sync_folder(&self.work)?;
            disk::sync_folder(&self.root)?;
        }
        for (index, step) in transaction.steps.iter().enumerate() {
            if transaction.standing(index)? != Standing::Due {
                return Ok(Some(changed(step)));
            }
        }
        let held = transaction.steps.iter().filter(|step| self.is_held(step));
        let held: Vec<Utf8PathBuf> = held.map(|step| step.path().to_owned()).collect();
        if !held.is_empty() {
            return Ok(Some(Refused::Held(held)));
        }
        let text = journal::text(transaction.steps);
        let (journal, beside) = (self.work.join(JOURNAL), self.work.join("journal.new"));
        disk::replace(&journal, text.as_bytes(), &beside)?;
        Ok(None)
    }

    /// Whether somebody is writing the file that a step replaces or removes. One that goes elsewhere takes along who writes it.
    fn is_held(&self, step: &Step) -> bool {
        let is_moved = matches!(step, Step::Rename { .. });
        !is_moved && step.displaces() && held::is_held(&self.root.join(step.path()))
    }

    /// Whether somebody has opened, until it was replaced, the file that a step has taken away, and may yet write to it.
    fn is_taken_held(&self, index: usize) -> bool {
        let taken = self.work.join("displaced").join(format!("{index}.out"));
        held::is_held(&taken)
    }

    /// Takes back so many steps from the first on.
    pub(super) fn take_back(
        &self,
        transaction: &Transaction<'_>,
        count: usize,
        saved: &mut Saved,
    ) -> anyhow::Result<()> {
        for index in (0..count).rev() {
            transaction.undo(index, saved)?;
        }
        self.end(transaction, saved)
    }

    /// Ends a transaction whose files are as they are to be.
    pub(super) fn end(
        &self,
        transaction: &Transaction<'_>,
        saved: &mut Saved,
    ) -> anyhow::Result<()> {
        transaction.settle(saved)?;
        self.forget_all()
    }

    /// Deletes the journal, and what it needed.
    fn forget_all(&self) -> anyhow::Result<()> {
        if self.work.join(JOURNAL).exists() {
            disk::remove(&self.work.join(JOURNAL))?;
            // Were what it needs gone before the journal is for good, a power cut would leave a journal without it.
            disk::sync_folder(&self.work)?;
        }
        self.forget()
    }

    /// Deletes what a transaction needed and what one that was cut off has left; there must be no journal.
    pub(super) fn forget(&self) -> anyhow::Result<()> {
        for folder in FOLDERS {
            disk::remove_folder(&self.work.join(folder))?;
        }
        for file in FILES {
            disk::remove(&self.work.join(file))?;
        }
        Ok(())
    }

    /// Writes a file of the work folder that isn't part of a project.
    pub(super) fn note(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let beside = self.work.join(format!("{name}.new"));
        Ok(disk::replace(
            &self.work.join(name),
            text.as_bytes(),
            &beside,
        )?)
    }

    /// Lets go of a project that nothing was written to, and takes away the folders that were made for it, as far as
    /// that can be done: what stopped the run is what has to be said. A project that another run has written there meanwhile stays.
    ///
    /// The lock goes last of all files. Who waited for it gets a file that has no name any more, and begins anew; who comes later
    /// makes another, and what it puts there keeps the folders.
    pub fn withdraw(self) {
        let is_alone = disk::holds_nothing_but(&self.root, WORK_FOLDER);
        if self.made.is_empty() || !is_alone || self.has_journal() {
            return;
        }
        let files = OTHERS.iter().filter(|name| **name != LOCK).chain([&LOCK]);
        let removed = self.forget().is_ok()
            && files
                .copied()
                .all(|name| disk::remove(&self.work.join(name)).is_ok());
        let folders = std::iter::once(&self.work).chain(self.made.iter().rev());
        for folder in folders.filter(|_| removed) {
            let _ = disk::remove_if_empty(folder);
        }
    }

    fn has_journal(&self) -> bool {
        self.work.join(JOURNAL).exists()
    }

    pub(super) fn transaction<'a>(&'a self, steps: &'a [Step]) -> Transaction<'a> {
        Transaction::new(&self.root, &self.work, steps)
    }
}

/// Whether something that had just been there was gone.
fn is_not_found(error: &anyhow::Error) -> bool {
    let mut causes = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    causes.any(|cause| cause.kind() == ErrorKind::NotFound)
}

/// An error after which all is as it was.
fn nothing_written(error: &anyhow::Error, saved: &Saved) -> anyhow::Error {
    let (saved, way_out) = (where_saved(saved), way_out("; ", error));
    anyhow::anyhow!("nothing was written: {error:#}{saved}{way_out}")
}

/// An error after which the next run has something to end.
fn between(error: &anyhow::Error, second: &anyhow::Error, saved: &Saved) -> anyhow::Error {
    let (saved, way_out) = (where_saved(saved), way_out(": ", error));
    anyhow::anyhow!(
        "the run was cut off half-way: {error:#}; it could not be taken back: {second:#}{saved}; nothing is lost{way_out}, and \
         `routegen sync` finishes it"
    )
}

#[cfg(test)]
#[path = "apply_tests.rs"]
pub(super) mod tests;
