//! What is said of a transaction, as cargo says what it does: a line for each change, and for what became of interrupted runs.

use std::ops::ControlFlow;

use camino::{Utf8Path, Utf8PathBuf};

use super::fold::{Named, fold};
use super::output::done;
use super::report::{self, Strictness, place, shown};
use super::{Exit, output};
use crate::diagnostics::Diagnostics;
use crate::progress::{Progress, Step};
use crate::project::{Change, FunctionState, Ground, Interrupted, Refused, State, Writer};
use crate::source::Sources;

/// Takes a project for this run, and says so if another has it; the inner error is why nobody can.
///
/// # Errors
///
/// When the folder can't be written to.
pub fn lock(root: &Utf8Path, ground: Ground) -> anyhow::Result<Result<Writer, Refused>> {
    let taken = lock_unless(root, ground, &|| false)?;
    Ok(taken.map(|writer| writer.expect("it is waited for without end")))
}

/// The same, until there is no more waiting for another run.
///
/// # Errors
///
/// When the folder can't be written to.
pub fn lock_unless(
    root: &Utf8Path,
    ground: Ground,
    is_over: &dyn Fn() -> bool,
) -> anyhow::Result<Result<Option<Writer>, Refused>> {
    if let Some(refused) = Writer::unusable(root) {
        return Ok(Err(refused));
    }
    let mut is_said = false;
    let waiting = || {
        if !std::mem::replace(&mut is_said, true) {
            output::tell_done("Waiting", "for another routegen in this folder");
        }
        match is_over() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    };
    Writer::lock(root, ground, waiting).map(Ok)
}

/// Makes changes in one transaction, with a bar for as long as that takes.
///
/// # Errors
///
/// When something can't be written.
pub fn apply(
    writer: &Writer,
    changes: &[Change],
    progress: &Progress,
) -> anyhow::Result<Result<Vec<Utf8PathBuf>, Refused>> {
    if !changes.is_empty() {
        progress.step(Step::Write, &format!("{} files", changes.len()));
    }
    let applied = writer.apply(changes);
    progress.clear();
    applied
}

/// A line for each change, with the stubs that a file gains; many files of one kind in one folder are one line.
pub fn changes(changes: &[Change], states: &[FunctionState]) -> String {
    let mut text = String::new();
    for group in fold(Named::Lines, shown(changes), |change| {
        (&change.path, change.kind.words().done)
    }) {
        if let Some(files) = group.counted {
            text += &done(group.word, &files);
            continue;
        }
        let line = |change: &&Change| {
            let what = format!("{}{}", place(change), stubs(change, states));
            done(group.word, &what)
        };
        text.extend(group.files.iter().map(line));
    }
    text
}

/// The stubs that a file of the user's gains, behind its name.
fn stubs(change: &Change, states: &[FunctionState]) -> String {
    let gains = |state: &&FunctionState| {
        state.path == change.path && state.state == State::Stub && state.line.is_none()
    };
    let names: Vec<String> = states
        .iter()
        .filter(gains)
        .map(|state| format!("`{}`", state.name))
        .collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!(" with {}", names.join(", ")),
    }
}

/// What became of an interrupted run.
pub fn interrupted(interrupted: &Interrupted) -> String {
    match interrupted {
        Interrupted::No | Interrupted::Undone => String::new(),
        Interrupted::TakenBack {
            changed,
            saved: paths,
        } => done("Took back", "a run that was interrupted") + &kept(changed) + &saved(paths),
        Interrupted::Finished {
            skipped,
            saved: paths,
        } => done("Finished", "a run that was interrupted") + &kept(skipped) + &saved(paths),
    }
}

fn kept(paths: &[Utf8PathBuf]) -> String {
    let line = |path| {
        done(
            "Kept",
            &format!("your {path}, which has been changed since"),
        )
    };
    paths.iter().map(line).collect()
}

/// Where bytes are that somebody wrote in the moment in which a file was replaced.
pub fn saved(paths: &[Utf8PathBuf]) -> String {
    let line = |path| {
        let what = format!("what somebody wrote at this moment, as {path}");
        done("Saved", &what)
    };
    paths.iter().map(line).collect()
}

/// Why nothing was written, and how the program has to end then.
pub fn refused(refused: &Refused) -> (String, Exit) {
    let mut diagnostics = Diagnostics::default();
    refused
        .diagnostics()
        .into_iter()
        .for_each(|diagnostic| diagnostics.push(diagnostic));
    let said = report::said(&diagnostics, &Sources::default(), Strictness::Lenient);
    (said, report::exit(&diagnostics).unwrap_or(Exit::Unusable))
}

/// Says why nothing was written.
pub fn tell_refused(why: &Refused) -> Exit {
    let (said, exit) = refused(why);
    output::tell(&said);
    exit
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::project::ChangeKind;

    fn text() -> String {
        "x\n".to_owned()
    }

    fn before() -> Arc<[u8]> {
        (*b"y\n").into()
    }

    fn change(path: &str, kind: ChangeKind) -> Change {
        let path = path.into();
        Change { path, kind }
    }

    fn check(styled: &str, expected: &[&str]) {
        let plain = anstream::adapter::strip_str(styled).to_string();
        assert_eq!(plain.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn every_kind_of_change_has_its_verb() {
        let from = || Utf8PathBuf::from("app/old.rs");
        let kinds = [
            ("     Created app/a", ChangeKind::Create { text: text() }),
            (
                "     Updated app/a",
                ChangeKind::Update {
                    before: before(),
                    text: text(),
                },
            ),
            (
                "     Updated app/a",
                ChangeKind::Renew {
                    before: before(),
                    text: text(),
                },
            ),
            (
                "    Restored app/a",
                ChangeKind::Restore {
                    before: before(),
                    text: text(),
                },
            ),
            (
                "       Moved app/old.rs -> app/a",
                ChangeKind::Move {
                    from: from(),
                    before: before(),
                    text: text(),
                },
            ),
            (
                "       Moved app/old.rs -> app/a",
                ChangeKind::Follow { from: from() },
            ),
            (
                "     Removed app/a",
                ChangeKind::Remove { before: before() },
            ),
            (
                "     Removed app/a",
                ChangeKind::RemoveEdited { before: before() },
            ),
        ];
        for (expected, kind) in kinds {
            check(&changes(&[change("app/a", kind)], &[]), &[expected]);
        }
        assert_eq!(changes(&[], &[]), "");
    }

    #[test]
    fn many_files_of_ours_are_one_line_and_the_lock_is_none() {
        let create = |path: &str| change(path, ChangeKind::Create { text: text() });
        let mut all: Vec<Change> = ["a", "b", "c"]
            .map(|name| create(&format!("contract/{name}")))
            .into();
        all.push(create("routegen.lock"));
        let three = [
            "     Created contract/a",
            "     Created contract/b",
            "     Created contract/c",
        ];
        check(&changes(&all, &[]), &three);
        all.push(create("contract/d"));
        check(&changes(&all, &[]), &["     Created 4 files in contract/"]);
    }

    #[test]
    fn interrupted_runs_are_lines_too() {
        let paths = || vec![Utf8PathBuf::from("app/a")];
        check(
            &interrupted(&Interrupted::TakenBack {
                changed: paths(),
                saved: paths(),
            }),
            &[
                "   Took back a run that was interrupted",
                "        Kept your app/a, which has been changed since",
                "       Saved what somebody wrote at this moment, as app/a",
            ],
        );
        assert_eq!(interrupted(&Interrupted::Undone), "");
    }

    #[test]
    fn a_file_is_named_with_the_stubs_that_it_gains() {
        let state = |name: &str, line, state| FunctionState {
            key: None,
            path: "app/a".into(),
            name: name.to_owned(),
            line,
            state,
        };
        let states = [
            state("get", Some(3), State::Stub),
            state("post", None, State::Stub),
            state("put", None, State::Unknown),
        ];
        let update = ChangeKind::Update {
            before: before(),
            text: text(),
        };
        let said = changes(&[change("app/a", update)], &states);
        check(&said, &["     Updated app/a with `post`"]);
        assert!(said.contains("\u{1b}[1m\u{1b}[32m"), "{said:?}");
    }
}
