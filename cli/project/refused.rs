//! Why a transaction didn't take place.

use std::io::{Error, ErrorKind};

use camino::{Utf8Path, Utf8PathBuf};

use super::saved::Saved;
use super::target::LeadsOutside;
use crate::diagnostics::codes::project::{RG0507, RG0509, RG0517, RG0523};
use crate::diagnostics::{Diagnostic, Effect};

/// Why nothing was written.
#[derive(Debug)]
pub enum Refused {
    /// A link in the place of what only this program writes to, relative to the project.
    Linked(Utf8PathBuf),
    /// Paths that lead out of the project.
    Outside(Vec<LeadsOutside>),
    /// Files that nobody may write to.
    Protected(Vec<Utf8PathBuf>),
    /// Files that somebody is writing.
    Held(Vec<Utf8PathBuf>),
    /// Names that something has, and that are needed while files are written.
    Taken(Vec<Utf8PathBuf>),
    /// Two paths each that are one file, which can't become two things at once.
    Doubled(Vec<(Utf8PathBuf, Utf8PathBuf)>),
    /// A file changed between reading it and writing it.
    Changed { path: Utf8PathBuf, saved: Saved },
}

impl Refused {
    /// The files of the project that it is about.
    pub fn paths(&self) -> Vec<&Utf8Path> {
        match self {
            Self::Linked(path) | Self::Changed { path, .. } => vec![path],
            Self::Outside(paths) => paths.iter().map(|there| there.path.as_path()).collect(),
            Self::Doubled(pairs) => pairs.iter().map(|(_, path)| path.as_path()).collect(),
            Self::Protected(paths) | Self::Taken(paths) | Self::Held(paths) => {
                paths.iter().map(Utf8PathBuf::as_path).collect()
            }
        }
    }

    /// As a part of a sentence about an error.
    pub fn sentence(&self) -> String {
        let said = self.diagnostics().into_iter().map(|diagnostic| {
            let help = diagnostic.help.map(|help| format!("; {help}"));
            diagnostic.message + &help.unwrap_or_default()
        });
        said.collect::<Vec<_>>().join("; ")
    }

    /// As a person should read it.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        match self {
            Self::Linked(path) => {
                let message = format!("`{path}` is a link, which could lead anywhere");
                vec![
                    Diagnostic::new(&RG0509, Effect::Decide, message)
                        .about(path)
                        .note("nothing is written")
                        .help("delete the link, then run the command again"),
                ]
            }
            Self::Outside(paths) => paths
                .iter()
                .map(|outside| {
                    let to = outside.to.as_ref().map_or(String::new(), |to| format!(": it leads to `{to}`"));
                    let message = format!("`{}` is outside of the project{to}", outside.path);
                    Diagnostic::new(&RG0509, Effect::Decide, message).about(&outside.path).help(
                        "replace the link by a folder, or run `routegen` in the project that it leads to",
                    )
                })
                .collect(),
            Self::Protected(paths) => each(paths, |path| {
                let message = format!("`{path}` is read-only, but must change");
                Diagnostic::new(&RG0523, Effect::Decide, message)
                    .note("nothing is written")
                    .help(format!("{}, then run the command again", writable(path)))
            }),
            Self::Held(paths) => each(paths, |path| {
                let message = format!("`{path}` must change, and another program is writing it");
                Diagnostic::new(&RG0517, Effect::Fatal, message)
                    .note("nothing was written: what that program has yet to write would be lost")
                    .help("run the command again when that program has closed the file")
            }),
            Self::Taken(paths) => each(paths, |path| {
                let message = format!("`{path}` is in the way of what is kept there while files are written");
                Diagnostic::new(&RG0507, Effect::Decide, message)
                    .note("nothing is written")
                    .help("move it elsewhere, or delete it, then run the command again")
            }),
            Self::Doubled(pairs) => pairs.iter().map(|(one, other)| doubled(one, other)).collect(),
            Self::Changed { path, saved } => {
                let message = format!("`{path}` changed while it was read");
                let diagnostic = Diagnostic::new(&RG0517, Effect::Fatal, message)
                    .note("nothing was written")
                    .help("run the command again");
                vec![saved.iter().fold(diagnostic, |diagnostic, path| {
                    diagnostic.note(format!("what somebody wrote at this moment is saved as `{path}`"))
                })]
            }
        }
    }
}

fn doubled(one: &Utf8Path, other: &Utf8Path) -> Diagnostic {
    let (message, help) = match one == other {
        true => (
            format!("`{one}` would have to be two files at once"),
            "a file of the contract can't have the place of one of the project's: give it another name",
        ),
        false => (
            format!(
                "`{other}` and `{one}` are one file, through a link, and would have to become two"
            ),
            "put a file or a folder of its own in the place of the link, then run the command again",
        ),
    };
    let diagnostic = Diagnostic::new(&RG0507, Effect::Decide, message);
    diagnostic
        .about(other)
        .note("nothing is written")
        .help(help)
}

/// What is said of each path, about that path.
fn each(paths: &[Utf8PathBuf], says: impl Fn(&Utf8Path) -> Diagnostic) -> Vec<Diagnostic> {
    let paths = paths.iter();
    paths.map(|path| says(path).about(path)).collect()
}

/// The command after which a file can be written to.
fn writable(path: &Utf8Path) -> String {
    if cfg!(windows) {
        // With backslashes, since a slash begins an option there.
        format!("`attrib -R \"{}\"`", path.as_str().replace('/', "\\"))
    } else {
        format!("`chmod u+w '{path}'`")
    }
}

/// Where bytes were saved, as a part of a sentence about an error.
pub fn where_saved(saved: &Saved) -> String {
    let said = saved
        .iter()
        .map(|path| format!("; what somebody wrote at this moment is saved as `{path}`"));
    said.collect()
}

/// An error whose message says what to do about it.
#[derive(Debug)]
pub struct SaysWayOut(pub String);

impl std::fmt::Display for SaysWayOut {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for SaysWayOut {}

/// What to do about an error, as the end of a sentence after `lead`; nothing where the error says it.
pub fn way_out(lead: &str, error: &anyhow::Error) -> String {
    if error.is::<SaysWayOut>() {
        return String::new();
    }
    let kind = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<Error>())
        .map(Error::kind);
    let way_out = match kind {
        Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => "free some space on the disk",
        Some(ErrorKind::PermissionDenied) => "give yourself the permission to write there",
        Some(ErrorKind::ReadOnlyFilesystem) => "make the file system writable",
        _ => "mend that",
    };
    format!("{lead}{way_out}, then run the command again")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_out_of_a_read_only_file_is_a_command_of_the_system() {
        let refused = Refused::Protected(vec!["app/state.rs".into()]);
        let expected = if cfg!(windows) {
            "`attrib -R \"app\\state.rs\"`, then run the command again"
        } else {
            "`chmod u+w 'app/state.rs'`, then run the command again"
        };
        assert_eq!(refused.diagnostics()[0].help.as_deref(), Some(expected));
    }

    #[test]
    fn a_file_that_changed_is_named() {
        let refused = Refused::Changed {
            path: "app/state.rs".into(),
            saved: Saved::from([".routegen/recovered/app/state.rs".into()]),
        };
        let diagnostics = refused.diagnostics();
        let [diagnostic] = diagnostics.as_slice() else {
            panic!("one diagnostic");
        };
        assert_eq!(diagnostic.code.number, "RG0517");
        assert_eq!(
            diagnostic.message,
            "`app/state.rs` changed while it was read"
        );
        let note =
            "what somebody wrote at this moment is saved as `.routegen/recovered/app/state.rs`";
        assert!(diagnostic.notes.iter().any(|said| said == note));
    }
}
