//! What a transaction saves of a person's bytes that it takes away: edits of files of ours, and what was written in the very
//! moment in which a file was replaced.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use super::disk;
use super::fingerprint::Fingerprint;
use super::journal::{Kept, Step};
use super::transaction::Transaction;

/// Where bytes were saved that somebody wrote in the very moment in which their file was replaced; relative to the root.
pub type Saved = BTreeSet<Utf8PathBuf>;

impl Transaction<'_> {
    /// Saves what is in the work folder and was written by somebody in the very moment in which it was taken away.
    pub(super) fn rescue(&self, index: usize, saved: &mut Saved) -> anyhow::Result<()> {
        let step = &self.steps[index];
        if matches!(step, Step::Rename { .. }) {
            return Ok(());
        }
        let (before, after) = step.prints();
        for path in [self.displaced(index), self.taken(index), self.gone(index)] {
            if disk::is_link(&path) {
                continue;
            }
            let now = disk::print_of(&path)?;
            if now.is_none() || now == before || now == after {
                continue;
            }
            let place = self.place(step)?;
            let there = place.map(|place| disk::print_of(&place)).transpose()?;
            if there.flatten() != now {
                saved.insert(self.save(step.path(), &fs_err::read(&path)?)?);
            }
        }
        Ok(())
    }

    /// Saves a file that was set aside, if it is at none of these places.
    pub(super) fn rescue_aside(
        &self,
        step: &Step,
        place: &Utf8Path,
        places: &[Utf8PathBuf],
        saved: &mut Saved,
    ) -> anyhow::Result<()> {
        let aside = self.aside(place);
        let (before, after) = step.prints();
        let now = match disk::is_link(&aside) {
            true => None,
            false => disk::print_of(&aside)?,
        };
        if now.is_none() || now == before || now == after {
            return Ok(());
        }
        for place in places {
            if disk::print_of(place)? == now {
                return Ok(());
            }
        }
        saved.insert(self.save(step.path(), &fs_err::read(&aside)?)?);
        Ok(())
    }

    /// Saves the edits of files of ours.
    pub fn save_edits(&self) -> anyhow::Result<()> {
        for (index, step) in self.steps.iter().enumerate() {
            match step {
                Step::Write { kept, .. } | Step::Remove { kept, .. } if *kept == Kept::Yes => {}
                Step::Write { .. } | Step::Remove { .. } | Step::Rename { .. } => continue,
            }
            let displaced = self.displaced(index);
            if disk::is_there(&displaced) {
                self.save(step.path(), &fs_err::read(displaced)?)?;
            }
        }
        Ok(())
    }

    /// Puts bytes under `recovered/`, for good; what lies there already stays, and then it is `recovered/2/`, as no name gets
    /// longer by that. Returns the path in the project.
    fn save(&self, path: &Utf8Path, bytes: &[u8]) -> anyhow::Result<Utf8PathBuf> {
        let recovered = self.work.join("recovered");
        let print = Some(Fingerprint::of_bytes(bytes));
        let numbered = (2..).map(|number| recovered.join(number.to_string()).join(path));
        for kept in std::iter::once(recovered.join(path)).chain(numbered) {
            let now = disk::print_of(&kept)?;
            if now == print {
                return Ok(self.relative(&kept));
            }
            // Something else in the place of a folder, or a link, which could lead anywhere.
            let mut folders = kept.ancestors().skip(1);
            let is_barred =
                folders.any(|folder| disk::is_there(folder) && !disk::is_folder(folder));
            if is_barred || disk::is_there(&kept) {
                continue;
            }
            let folder = kept.parent().expect("it is below the work folder");
            for made in disk::make_folders(folder)? {
                disk::sync_folder(made.parent().expect("it is below the work folder"))?;
            }
            disk::replace(&kept, bytes, &self.work.join("recovered.new"))?;
            return Ok(self.relative(&kept));
        }
        unreachable!("numbers don't end")
    }
}

#[cfg(test)]
#[path = "saved_tests.rs"]
mod tests;
