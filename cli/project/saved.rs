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

    /// Saves the edits of files of ours, all or none.
    pub fn save_edits(&self) -> anyhow::Result<()> {
        let mut made = Vec::new();
        let saved = self.try_save_edits(&mut made);
        if saved.is_err() {
            // The edits stay where they are, and what is left of this harms nobody.
            let _ = self.unsave(&made);
        }
        saved
    }

    fn try_save_edits(&self, made: &mut Vec<Utf8PathBuf>) -> anyhow::Result<()> {
        for (index, step) in self.steps.iter().enumerate() {
            match step {
                Step::Write { kept, .. } | Step::Remove { kept, .. } if *kept == Kept::Yes => {}
                Step::Write { .. } | Step::Remove { .. } | Step::Rename { .. } => continue,
            }
            let displaced = self.displaced(index);
            if disk::is_there(&displaced) {
                let bytes = fs_err::read(displaced)?;
                let Place::Free(kept) = self.place_for(step.path(), &bytes)? else {
                    continue;
                };
                made.push(kept.clone());
                self.put_away(&kept, &bytes)?;
            }
        }
        Ok(())
    }

    /// Takes away what was saved here, with the folders that nothing else is in.
    fn unsave(&self, made: &[Utf8PathBuf]) -> std::io::Result<()> {
        for kept in made {
            disk::remove(kept)?;
            let folders = kept.ancestors().skip(1);
            for folder in folders.take_while(|folder| *folder != self.work) {
                disk::remove_if_empty(folder)?;
            }
        }
        Ok(())
    }

    /// Puts bytes under `recovered/`, for good. Returns the path in the project.
    fn save(&self, path: &Utf8Path, bytes: &[u8]) -> anyhow::Result<Utf8PathBuf> {
        let kept = match self.place_for(path, bytes)? {
            Place::Has(kept) => kept,
            Place::Free(kept) => {
                self.put_away(&kept, bytes)?;
                kept
            }
        };
        Ok(self.relative(&kept))
    }

    fn put_away(&self, kept: &Utf8Path, bytes: &[u8]) -> anyhow::Result<()> {
        let folder = kept.parent().expect("it is below the work folder");
        for made in disk::make_folders(folder)? {
            disk::sync_folder(made.parent().expect("it is below the work folder"))?;
        }
        Ok(disk::replace(
            kept,
            bytes,
            &self.work.join("recovered.new"),
        )?)
    }

    /// Where bytes are saved of a file. What lies there already stays, and then it is below `recovered/2/`, as no name gets
    /// longer by that.
    fn place_for(&self, path: &Utf8Path, bytes: &[u8]) -> anyhow::Result<Place> {
        let recovered = self.work.join("recovered");
        let print = Some(Fingerprint::of_bytes(bytes));
        let numbered = (2..).map(|number| recovered.join(number.to_string()).join(path));
        for kept in std::iter::once(recovered.join(path)).chain(numbered) {
            if disk::print_of(&kept)? == print {
                return Ok(Place::Has(kept));
            }
            // Something else in the place of a folder, or a link, which could lead anywhere.
            let mut folders = kept.ancestors().skip(1);
            let is_barred =
                folders.any(|folder| disk::is_there(folder) && !disk::is_folder(folder));
            if !is_barred && !disk::is_there(&kept) {
                return Ok(Place::Free(kept));
            }
        }
        unreachable!("numbers don't end")
    }
}

/// Where bytes are saved.
enum Place {
    /// They lie there.
    Has(Utf8PathBuf),
    /// Nothing does.
    Free(Utf8PathBuf),
}

#[cfg(test)]
#[path = "saved_tests.rs"]
mod tests;
