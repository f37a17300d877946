//! Whether anything differs since the last run that left nothing to do, and what that run said.
//!
//! The answer is kept in `.routegen/`, which isn't committed: in `routegen.lock` it would make every branch and
//! every version of this program conflict with every other.

use std::fmt::Write;

use camino::{Utf8Path, Utf8PathBuf};

use super::apply::{WORK_FOLDER, Writer};
use super::fingerprint::Fingerprint;
use super::lock;
use super::scan::{Entry, Project, has_functions, read_entry};

const FILE_NAME: &str = "in-step";

/// Of this program's code and templates.
const EMITTER: &str = env!("ROUTEGEN_EMITTER");

/// The last run that left nothing to do.
#[derive(Debug)]
pub struct Remembered {
    /// What it said nevertheless.
    pub said: String,
    /// The files of the contract and the configuration that it read or looked for.
    pub read: Vec<Utf8PathBuf>,
}

/// What the last run was, if all that it depended on is as it was when [`remember`] was called: another would do nothing.
///
/// # Errors
///
/// When something can't be read.
pub fn recall(root: &Utf8Path, facts: &str) -> anyhow::Result<Option<Remembered>> {
    // What a link leads to isn't ours to believe; and what can't be worked with has to be said.
    if Writer::unusable(root).is_some() {
        return Ok(None);
    }
    let Ok(text) = fs_err::read_to_string(root.join(WORK_FOLDER).join(FILE_NAME)) else {
        return Ok(None);
    };
    let (head, said) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut lines = head.lines();
    let print = lines.next().unwrap_or_default();
    let told_from = lines.next().unwrap_or_default();
    let read: Vec<Utf8PathBuf> = lines.map(Utf8PathBuf::from).collect();
    // Excerpts name their files as seen from where the program was called.
    let as_said = said.is_empty() || told_from == root;
    let same = as_said
        && !Writer::was_interrupted(root)
        && everything(root, facts, &read)?.to_string() == print;
    let said = said.to_owned();
    Ok(same.then_some(Remembered { said, read }))
}

/// Notes that the project is in step; `read` are the files of the contract and the configuration, and `said` is what
/// the run had to say nevertheless.
///
/// # Errors
///
/// When something can't be read.
pub fn remember(
    writer: &Writer,
    root: &Utf8Path,
    facts: &str,
    read: &[Utf8PathBuf],
    said: &str,
) -> anyhow::Result<()> {
    let mut text = format!("{}\n{root}\n", everything(root, facts, read)?);
    read.iter()
        .for_each(|path| text.push_str(&format!("{path}\n")));
    text.push('\n');
    text.push_str(said);
    // What isn't noted is looked at again.
    let _ = writer.note(FILE_NAME, &text);
    Ok(())
}

/// Of all that a run depends on.
fn everything(root: &Utf8Path, facts: &str, read: &[Utf8PathBuf]) -> anyhow::Result<Fingerprint> {
    let project = Project::scan(root)?;
    let mut text = format!("{EMITTER} {facts}\n");
    for (path, entry) in &project.entries {
        let print = match entry {
            // What becomes of a file that is the user's alone changes nothing.
            Entry::File(file) if project.lock.ours.contains_key(path) || has_functions(path) => {
                file.print.to_string()
            }
            Entry::File(file) if path == lock::FILE_NAME => file.print.to_string(),
            Entry::File(_) => "there".to_owned(),
            Entry::Other => "other".to_owned(),
        };
        writeln!(text, "{print} {path}").expect("strings don't fail");
    }
    for path in read {
        let print = match read_entry(root, path)? {
            Some(Entry::File(file)) => file.print.to_string(),
            Some(Entry::Other) | None => "gone".to_owned(),
        };
        writeln!(text, "{print} {path}").expect("strings don't fail");
    }
    Ok(Fingerprint::of_bytes(text.as_bytes()))
}
