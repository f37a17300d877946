//! Ending what a run has left that was interrupted: it goes on, or back if a person's edits stand against that.

use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};

use super::apply::{FILES, FOLDERS, JOURNAL, WORK_FOLDER, Writer};
use super::journal;
use super::refused::{SaysWayOut, way_out, where_saved};
use super::saved::Saved;
use super::transaction::{Standing, Transaction};

/// What was found of a run that was interrupted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Interrupted {
    /// Nothing.
    No,
    /// It had not begun to change files; what it had prepared was thrown away.
    Undone,
    /// Its steps were taken back, since these files have been changed before it came to them.
    TakenBack {
        changed: Vec<Utf8PathBuf>,
        saved: Vec<Utf8PathBuf>,
    },
    /// Its steps were made, save for these files, which have been changed since.
    Finished {
        skipped: Vec<Utf8PathBuf>,
        saved: Vec<Utf8PathBuf>,
    },
}

/// Where an interrupted run goes.
enum Direction {
    Back,
    On,
    /// On, but what was edited must stay the user's.
    OnWithoutLock,
}

impl Writer {
    /// Whether a run was interrupted while it changed the files of the project at `root`.
    pub fn was_interrupted(root: &Utf8Path) -> bool {
        root.join(WORK_FOLDER).join(JOURNAL).exists() && Self::unusable(root).is_none()
    }

    /// Whether a run was interrupted that began with a project without this file, and makes it.
    pub fn was_to_create(root: &Utf8Path, path: &str) -> bool {
        let journal = fs_err::read_to_string(root.join(WORK_FOLDER).join(JOURNAL));
        let steps = journal.ok().and_then(|text| journal::parse(&text));
        let mut steps = steps.into_iter().flatten();
        steps.any(|step| step.path() == path && step.prints().0.is_none())
    }

    /// Whether a run was interrupted at any time, and something of it lies about.
    pub fn left_something(root: &Utf8Path) -> bool {
        let work = root.join(WORK_FOLDER);
        let names = FOLDERS.iter().chain(&FILES).chain([&JOURNAL]);
        names.copied().any(|name| work.join(name).exists())
    }

    /// Ends what an interrupted run has left.
    ///
    /// # Errors
    ///
    /// When a file can't be written; the next run tries again.
    pub fn recover(&self) -> anyhow::Result<Interrupted> {
        let mut saved = Saved::new();
        self.try_recover(&mut saved).map_err(|error| {
            let (saved, way_out) = (where_saved(&saved), way_out("; nothing is lost, ", &error));
            anyhow::anyhow!(
                "a run that was interrupted can't be finished: {error:#}{saved}{way_out}"
            )
        })
    }

    fn try_recover(&self, saved: &mut Saved) -> anyhow::Result<Interrupted> {
        let text = match fs_err::read_to_string(self.work.join(JOURNAL)) {
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
        // A journal is renamed into place whole.
        let Some(steps) = journal::parse(&text) else {
            return Err(SaysWayOut(format!(
                "`{}` isn't of this version of routegen, or damaged; finish with the version that wrote it, or see in `{}` what it \
                 had displaced, then delete both",
                self.work.join(JOURNAL),
                self.work.join("displaced"),
            ))
            .into());
        };
        let transaction = self.transaction(&steps);
        let indexes = 0..steps.len();
        let standings: Vec<Standing> = indexes
            .map(|index| transaction.standing(index))
            .collect::<anyhow::Result<_>>()?;
        let changed = |standing: Standing| standing == Standing::Changed;
        let edited = steps.iter().zip(&standings);
        let edited = edited.filter(|(_, standing)| changed(**standing));
        let mut skipped: Vec<Utf8PathBuf> =
            edited.map(|(step, _)| step.path().to_owned()).collect();
        let left = match direction(&transaction, &standings)? {
            Direction::Back => {
                self.take_back(&transaction, steps.len(), saved)?;
                return Ok(Interrupted::TakenBack {
                    changed: skipped,
                    saved: saved.iter().cloned().collect(),
                });
            }
            Direction::On => None,
            Direction::OnWithoutLock => Some(super::LOCK_FILE_NAME),
        };
        for (index, step) in steps.iter().enumerate() {
            let is_left = left.is_some_and(|left| step.path() == left);
            if standings[index] == Standing::Due
                && !is_left
                && changed(transaction.make(index, saved)?)
            {
                skipped.push(step.path().to_owned());
            }
        }
        if let Err(error) = transaction.save_edits() {
            self.take_back(&transaction, steps.len(), saved)?;
            return Err(error);
        }
        self.end(&transaction, saved)?;
        let saved = saved.iter().cloned().collect();
        Ok(Interrupted::Finished { skipped, saved })
    }
}

/// Where an interrupted run goes: on, unless a person's edits, or what is staged, stand against it.
fn direction(transaction: &Transaction<'_>, standings: &[Standing]) -> anyhow::Result<Direction> {
    let (mut of_new, mut of_old) = (false, false);
    for (index, standing) in standings.iter().enumerate() {
        match standing {
            Standing::Due if !transaction.is_staged(index)? => return Ok(Direction::Back),
            Standing::Due | Standing::Made => {}
            Standing::Changed if transaction.was_made(index, standings)? => of_new = true,
            Standing::Changed => of_old = true,
        }
    }
    Ok(match (of_new, of_old) {
        (_, false) => Direction::On,
        (false, true) => Direction::Back,
        (true, true) => Direction::OnWithoutLock,
    })
}
