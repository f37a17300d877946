//! The steps of a transaction one by one: how each stands by what is on disk, made and taken back.
//!
//! Of a step with the number N, `stage/N` is what it writes and `displaced/N` what it displaces; both are names in the
//! work folder that stay until the transaction ends, so that each step can be made and taken back at any time, from
//! whatever a power cut has left. `displaced/N.out` (`N.gone`, where names can't be exchanged) is what a step really took
//! away: should it be something else than was planned with, somebody wrote in that very moment, and it is put back.
//!
//! Where a folder of the project is on another file system than the work folder, no name can go from one to the other, and bytes are copied.
//! A file is never copied and then removed under its own name, which would lose what is written between: it is renamed to a name
//! beside it, looked at there, and its successor goes from a whole copy beside it to the name that nobody has. What is lost
//! there alone is what a program writes that had the file open before and doesn't look at its name again. These two names are
//! of this transaction alone: if anything has one of them before, nothing is written, so that what has it later is ours.

use std::collections::BTreeSet;
use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};

use super::disk::{self, Outcome};
use super::fingerprint::Fingerprint;
use super::journal::{self, Step};
use super::saved::Saved;
use super::target::{name, target};

/// A journal's steps, in the project that they are for.
#[derive(Debug)]
pub struct Transaction<'a> {
    pub root: &'a Utf8Path,
    pub work: &'a Utf8Path,
    pub steps: &'a [Step],
    /// What no other transaction is called.
    name: Fingerprint,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// All is as it was.
    Due,
    /// It has been made.
    Made,
    /// Neither: somebody changed the file.
    Changed,
}

impl<'a> Transaction<'a> {
    /// The transaction of these steps; the work folder of the project at `root` is `work`.
    pub fn new(root: &'a Utf8Path, work: &'a Utf8Path, steps: &'a [Step]) -> Self {
        Self {
            root,
            work,
            steps,
            name: Fingerprint::of_bytes(journal::text(steps).as_bytes()),
        }
    }

    /// The name of a copy beside the place that it is for, where names can't go from one file system to another; it may be half.
    pub fn beside(&self, place: &Utf8Path) -> Utf8PathBuf {
        self.near(place, "new")
    }

    /// The name that a file gets there before it goes.
    pub fn aside(&self, place: &Utf8Path) -> Utf8PathBuf {
        self.near(place, "old")
    }

    /// A name beside a place, short enough for any file system however long that of the place is.
    fn near(&self, place: &Utf8Path, what: &str) -> Utf8PathBuf {
        let file = place.file_name().expect("a file has a name");
        let print = Fingerprint::of_bytes(format!("{} {file}", self.name).as_bytes());
        place.with_file_name(format!(".routegen-{print}.{what}"))
    }

    /// Where what a step writes waits.
    pub fn staged(&self, index: usize) -> Utf8PathBuf {
        self.work.join("stage").join(index.to_string())
    }

    /// Where what a step displaces is kept.
    pub fn displaced(&self, index: usize) -> Utf8PathBuf {
        self.work.join("displaced").join(index.to_string())
    }

    pub(super) fn taken(&self, index: usize) -> Utf8PathBuf {
        self.work.join("displaced").join(format!("{index}.out"))
    }

    pub(super) fn gone(&self, index: usize) -> Utf8PathBuf {
        self.work.join("displaced").join(format!("{index}.gone"))
    }

    /// The place on disk of a step's file, if it is in the project: what is written is written through a link, what
    /// is moved or removed is the link itself.
    pub fn place(&self, step: &Step) -> anyhow::Result<Option<Utf8PathBuf>> {
        Ok(match step {
            Step::Write { path, .. } => target(self.root, path)?,
            Step::Remove { .. } | Step::Rename { .. } => name(self.root, step.path())?,
        }
        .ok())
    }

    /// The places that a step has to do with, as far as they are in the project.
    pub fn places(&self, step: &Step) -> anyhow::Result<Vec<Utf8PathBuf>> {
        let places = match step {
            Step::Write { .. } | Step::Remove { .. } => vec![self.place(step)?],
            Step::Rename { from, to } => {
                vec![name(self.root, from)?.ok(), name(self.root, to)?.ok()]
            }
        };
        Ok(places.into_iter().flatten().collect())
    }

    /// A path as it is in the project.
    pub fn relative(&self, path: &Utf8Path) -> Utf8PathBuf {
        let inside = path.strip_prefix(self.root);
        inside.expect("it is in the project").to_owned()
    }

    /// How a step stands.
    pub fn standing(&self, index: usize) -> anyhow::Result<Standing> {
        let step = &self.steps[index];
        let Some(place) = self.place(step)? else {
            return Ok(Standing::Changed);
        };
        Ok(match step {
            Step::Write { .. } if disk::is_folder(&place) => Standing::Changed,
            Step::Write { before, after, .. } => match disk::print_of(&place)? {
                now if now == Some(*after) => Standing::Made,
                now if now == *before => Standing::Due,
                // Taken away, where names can't be exchanged, and then nothing more; or by somebody, who gets it back.
                None if disk::is_there(&self.displaced(index)) => Standing::Due,
                _ => Standing::Changed,
            },
            Step::Remove { before, .. } => match disk::print_of(&place)? {
                None => Standing::Made,
                now if now == Some(*before) => Standing::Due,
                _ => Standing::Changed,
            },
            Step::Rename { to, .. } => {
                let Ok(to) = name(self.root, to)? else {
                    return Ok(Standing::Changed);
                };
                match (disk::is_there(&place), disk::is_there(&to)) {
                    (true, false) => Standing::Due,
                    (false, true) => Standing::Made,
                    // A renaming of which only half lasted.
                    (true, true) if are_alike(&place, &to)? => Standing::Due,
                    (false, false) if self.is_kept(index, &place) => Standing::Due,
                    (true, true) | (false, false) => Standing::Changed,
                }
            }
        })
    }

    /// Whether what a step displaces is at hand though it isn't in its place.
    fn is_kept(&self, index: usize, place: &Utf8Path) -> bool {
        disk::is_there(&self.displaced(index)) || disk::is_there(&self.aside(place))
    }

    /// Whether a file that was changed had been written before: if not, it is the old file that was changed.
    pub fn was_made(&self, index: usize, standings: &[Standing]) -> anyhow::Result<bool> {
        let (before, after) = self.steps[index].prints();
        let taken = disk::print_of(&self.taken(index))?;
        if taken.is_some() && taken == before {
            return Ok(true);
        }
        if taken.is_some() && taken == after {
            return Ok(false);
        }
        let place = self.place(&self.steps[index])?;
        let is_staged = place.is_some_and(|place| disk::is_same(&place, &self.staged(index)));
        // Steps are made one after the other.
        Ok(is_staged || standings[index + 1..].contains(&Standing::Made))
    }

    /// Whether what a step writes is there to be written.
    pub fn is_staged(&self, index: usize) -> anyhow::Result<bool> {
        Ok(match &self.steps[index] {
            Step::Write { after, .. } => disk::print_of(&self.staged(index))? == Some(*after),
            Step::Remove { .. } | Step::Rename { .. } => true,
        })
    }

    /// Makes a step that is due; `Changed` if the file was changed in that very moment.
    pub fn make(&self, index: usize, saved: &mut Saved) -> anyhow::Result<Standing> {
        let step = &self.steps[index];
        let Some(place) = self.place(step)? else {
            return Ok(Standing::Changed);
        };
        self.rescue(index, saved)?;
        // What was set aside waits there if its step was cut off; if its name was given away since, it would be written over.
        if disk::is_there(&place) {
            self.rescue_aside(step, &place, std::slice::from_ref(&place), saved)?;
        }
        match step {
            Step::Write { before: None, .. } => self.create(index, &place),
            Step::Write {
                before: Some(before),
                ..
            } => self.put(index, &self.staged(index), &place, *before),
            Step::Remove { before, .. } => self.take(index, &place, *before),
            Step::Rename { to, .. } => {
                let Ok(to) = name(self.root, to)? else {
                    return Ok(Standing::Changed);
                };
                self.carry(index, &place, &to)
            }
        }
    }

    /// Puts what is staged where nothing stands.
    fn create(&self, index: usize, place: &Utf8Path) -> anyhow::Result<Standing> {
        disk::make_folders(place.parent().expect("a file has a folder"))?;
        match disk::link(&self.staged(index), place)? {
            Outcome::Done => Ok(Standing::Made),
            Outcome::InTheWay => self.standing(index),
            Outcome::CantBe if disk::is_there(place) => Ok(Standing::Changed),
            Outcome::CantBe => Ok(Self::standing_of(disk::bring(
                &self.staged(index),
                place,
                &self.beside(place),
            )?)),
        }
    }

    /// How a step stands that puts something where nothing stood.
    fn standing_of(outcome: Outcome) -> Standing {
        match outcome {
            Outcome::Done => Standing::Made,
            Outcome::InTheWay | Outcome::CantBe => Standing::Changed,
        }
    }

    /// Puts a file of the work folder in the place of one with these bytes.
    fn put(
        &self,
        index: usize,
        new: &Utf8Path,
        place: &Utf8Path,
        old: Fingerprint,
    ) -> anyhow::Result<Standing> {
        let taken = self.taken(index);
        disk::remove(&taken)?;
        disk::keep(new, &taken)?;
        match disk::exchange(&taken, place)? {
            Outcome::Done if disk::print_of(&taken)? == Some(old) => Ok(Standing::Made),
            Outcome::Done => {
                disk::exchange(&taken, place)?;
                Ok(Standing::Changed)
            }
            Outcome::InTheWay => self.put_new(&taken, place),
            // For a moment nothing stands there; that is better than to overwrite what nobody has seen.
            Outcome::CantBe => {
                let gone = self.set_aside(place, self.gone(index))?;
                if let Some(gone) = gone.filter(|gone| disk::is_there(gone))
                    && disk::print_of(&gone)? != Some(old)
                {
                    disk::rename_new(&gone, place)?;
                    return Ok(Standing::Changed);
                }
                self.put_new(&taken, place)
            }
        }
    }

    /// Takes a file to where nothing stands.
    fn put_new(&self, new: &Utf8Path, place: &Utf8Path) -> anyhow::Result<Standing> {
        disk::make_folders(place.parent().expect("a file has a folder"))?;
        let outcome = match disk::rename_new(new, place)? {
            Outcome::CantBe => match disk::bring(new, place, &self.beside(place))? {
                Outcome::Done => disk::remove(new).map(|()| Outcome::Done)?,
                outcome => outcome,
            },
            outcome => outcome,
        };
        Ok(Self::standing_of(outcome))
    }

    /// Takes a file from its name to one in the work folder, or beside it if that is on another file system; returns which,
    /// if it was there.
    fn set_aside(
        &self,
        place: &Utf8Path,
        kept: Utf8PathBuf,
    ) -> anyhow::Result<Option<Utf8PathBuf>> {
        for kept in [kept, self.aside(place)] {
            match disk::rename(place, &kept) {
                Ok(()) => return Ok(Some(kept)),
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
                Err(error) if error.kind() == ErrorKind::CrossesDevices => {}
                Err(error) => return Err(error.into()),
            }
        }
        anyhow::bail!("`{place}` is a file system of its own")
    }

    /// Takes a file away.
    fn take(&self, index: usize, place: &Utf8Path, old: Fingerprint) -> anyhow::Result<Standing> {
        let is_link = disk::is_link(place);
        let Some(taken) = self.set_aside(place, self.taken(index))? else {
            return Ok(Standing::Made);
        };
        if is_link || disk::print_of(&taken)? == Some(old) {
            return Ok(Standing::Made);
        }
        disk::rename_new(&taken, place)?;
        Ok(Standing::Changed)
    }

    /// Takes a file elsewhere.
    fn carry(&self, index: usize, from: &Utf8Path, to: &Utf8Path) -> anyhow::Result<Standing> {
        if are_alike(from, to)?
            && let Some(there) = disk::print_of(to)?
        {
            return self.take(index, from, there);
        }
        match (disk::is_there(from), disk::is_there(&self.aside(from))) {
            (true, _) => self.relocate(from, to),
            (false, true) => self.put_new(&self.aside(from), to),
            (false, false) => self.bring_back(index, to),
        }
    }

    /// Takes a file to where nothing stands; between file systems, from a name beside its own.
    fn relocate(&self, from: &Utf8Path, to: &Utf8Path) -> anyhow::Result<Standing> {
        disk::make_folders(to.parent().expect("a file has a folder"))?;
        match disk::rename_new(from, to)? {
            Outcome::CantBe => {}
            outcome => return Ok(Self::standing_of(outcome)),
        }
        let aside = self.aside(from);
        disk::rename(from, &aside)?;
        let standing = self.put_new(&aside, to)?;
        if standing != Standing::Made {
            disk::rename_new(&aside, from)?;
        }
        Ok(standing)
    }

    /// Puts what was displaced where nothing stands.
    fn bring_back(&self, index: usize, place: &Utf8Path) -> anyhow::Result<Standing> {
        disk::make_folders(place.parent().expect("a file has a folder"))?;
        let aside = self.aside(place);
        if disk::is_there(&aside) {
            return Ok(Self::standing_of(disk::rename_new(&aside, place)?));
        }
        let displaced = self.displaced(index);
        let outcome = match disk::link(&displaced, place)? {
            Outcome::CantBe => disk::bring(&displaced, place, &self.beside(place))?,
            outcome => outcome,
        };
        Ok(Self::standing_of(outcome))
    }

    /// Takes a step back that was made; what was changed since stays.
    pub fn undo(&self, index: usize, saved: &mut Saved) -> anyhow::Result<()> {
        let step = &self.steps[index];
        let Some(place) = self.place(step)? else {
            return Ok(());
        };
        match self.standing(index)? {
            Standing::Made => {}
            Standing::Due if step.displaces() && !disk::is_there(&place) => {
                self.bring_back(index, &place)?;
                return Ok(());
            }
            Standing::Due | Standing::Changed => return Ok(()),
        }
        let (taken, displaced) = (self.taken(index), self.displaced(index));
        match step {
            Step::Write {
                before: None,
                after,
                ..
            } => {
                self.take(index, &place, *after)?;
            }
            Step::Write {
                before: Some(before),
                after,
                ..
            } => {
                // After an exchange it is at hand, which needs no space on a disk that may be full.
                if disk::print_of(&taken)? == Some(*before) {
                    match disk::exchange(&taken, &place)? {
                        Outcome::Done => return Ok(()),
                        Outcome::InTheWay | Outcome::CantBe => {}
                    }
                }
                self.rescue(index, saved)?;
                self.put(index, &displaced, &place, *after)?;
            }
            Step::Remove { .. } => {
                if disk::is_there(&taken) {
                    self.put_new(&taken, &place)?;
                } else if self.is_kept(index, &place) {
                    self.bring_back(index, &place)?;
                }
            }
            Step::Rename { to, .. } => {
                if let Ok(to) = name(self.root, to)? {
                    self.relocate(&to, &place)?;
                }
            }
        }
        Ok(())
    }

    /// Does what remains when all steps are made, or all are taken back, and makes it last.
    pub fn settle(&self, saved: &mut Saved) -> anyhow::Result<()> {
        for (index, step) in self.steps.iter().enumerate() {
            self.rescue(index, saved)?;
            let places = self.places(step)?;
            for place in &places {
                self.rescue_aside(step, place, &places, saved)?;
                for name in [self.beside(place), self.aside(place)] {
                    // Nothing of ours is a folder.
                    if !disk::is_folder(&name) {
                        disk::remove(&name)?;
                    }
                }
            }
        }
        self.remove_empty_folders()?;
        self.sync_folders()
    }

    /// Removes the folders that nothing is left in.
    fn remove_empty_folders(&self) -> anyhow::Result<()> {
        for folder in self.folders().into_iter().rev() {
            disk::remove_if_empty(&self.root.join(folder))?;
        }
        Ok(())
    }

    /// The folders in which something may have come or gone, outer ones first; the root isn't among them.
    fn folders(&self) -> BTreeSet<&Utf8Path> {
        let paths = self.steps.iter().flat_map(Step::paths);
        let above = paths.flat_map(|path| path.ancestors().skip(1));
        above.filter(|folder| !folder.as_str().is_empty()).collect()
    }

    /// Makes the names last in all folders in which some came or went.
    fn sync_folders(&self) -> anyhow::Result<()> {
        let many = is_many(self.steps);
        for folder in self.folders() {
            let folder = self.root.join(folder);
            let is_waited_for = many && disk::is_beside(&folder, self.root);
            if folder.is_dir() && !is_waited_for {
                disk::sync_folder(&folder)?;
            }
        }
        if many {
            return Ok(disk::sync_all(self.root)?);
        }
        Ok(disk::sync_folder(self.root)?)
    }
}

/// Whether two names are of files with the same bytes, so that one of them can go; links and folders are no files.
fn are_alike(one: &Utf8Path, other: &Utf8Path) -> std::io::Result<bool> {
    let is_file = |path: &Utf8Path| path.is_file() && !disk::is_link(path);
    let are_files = is_file(one) && is_file(other);
    Ok(are_files
        && disk::print_of(one)? == disk::print_of(other)?
        && !disk::is_one_name(one, other)?)
}

/// Whether it is quicker to wait for the whole file system than for each file, where that can be done.
pub fn is_many(steps: &[Step]) -> bool {
    disk::SYNCS_ALL && steps.len() > 64
}
