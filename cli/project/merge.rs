//! What was emitted against what is there: every change that `sync` makes, as a value.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use super::change::{Change, ChangeKind, FunctionState, Merged};
use super::lock::{self, Lock};
use super::merge_idle::Idle;
use super::merge_lock::Unlisted;
use super::merge_ours::same_text;
use super::moves::Moves;
use super::rust_file::NotRust;
use super::scan::{Entry, Project, has_functions};
use super::successors::wanted;
use crate::diagnostics::codes::project::{RG0501, RG0507};
use crate::diagnostics::{Diagnostic, Diagnostics, Effect, Place};
use crate::render::{Content, Emitted, EmittedFile};

/// Compares the project as it should be with the project as it is.
pub fn merge(emitted: &Emitted, project: &Project) -> Merged {
    let mut merge = Merge {
        project,
        left_out: &emitted.left_out,
        moves: Moves::find(emitted, project),
        lock: Lock::default(),
        changes: Vec::new(),
        states: Vec::new(),
        diagnostics: Diagnostics::default(),
        unlisted: Unlisted::default(),
        idle: Idle::default(),
    };
    merge.report_damage();
    let mut functions = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for EmittedFile { path, content } in &emitted.files {
        // Of a file that two contracts want, planning has said so.
        if !seen.insert(path) {
            continue;
        }
        match content {
            Content::Ours(text) => merge.ours(path, text),
            Content::Yours(text) => merge.yours(path, text),
            Content::Functions(file) => {
                functions.insert(path.as_path(), file);
            }
        }
    }
    let claimed: BTreeSet<(&Utf8Path, &str)> = wanted(emitted)
        .into_iter()
        .map(|wanted| (wanted.path, wanted.function.name.as_str()))
        .collect();
    merge.functions(&functions, &claimed);
    merge.ours_no_longer(&seen);
    merge.report_unlisted();
    merge.report_idle();
    merge.finish()
}

impl Merged {
    /// Adds files of the user's that no `sync` emits, where nothing stands: the contract of a new project.
    pub fn create_missing(&mut self, inputs: &Emitted, project: &Project) {
        for EmittedFile { path, content } in &inputs.files {
            let (Content::Ours(text) | Content::Yours(text)) = content else {
                continue;
            };
            if !project.entries.contains_key(path) {
                let kind = ChangeKind::Create { text: text.clone() };
                self.changes.insert(
                    0,
                    Change {
                        path: path.clone(),
                        kind,
                    },
                );
            }
        }
    }
}

/// A merge under way.
pub(super) struct Merge<'a> {
    pub(super) project: &'a Project,
    /// Operations that are left out by choice, with what is said of them.
    pub(super) left_out: &'a BTreeMap<String, String>,
    pub(super) moves: Moves,
    /// The lock as it will be.
    pub(super) lock: Lock,
    pub(super) changes: Vec<Change>,
    pub(super) states: Vec<FunctionState>,
    pub(super) diagnostics: Diagnostics,
    pub(super) unlisted: Unlisted,
    pub(super) idle: Idle,
}

impl Merge<'_> {
    /// Adds a change.
    pub(super) fn change(&mut self, path: &Utf8Path, kind: ChangeKind) {
        self.changes.push(Change {
            path: path.to_owned(),
            kind,
        });
    }

    /// Whether something stands where a file has to go; says so.
    pub(super) fn is_in_the_way(&mut self, path: &Utf8Path) -> bool {
        let found = matches!(self.project.entries.get(path), Some(Entry::Other));
        if found {
            self.diagnostics.push(in_the_way(
                path,
                "a folder, a dangling link or a special file stands there",
            ));
        }
        found
    }

    /// A file that is the user's as soon as it is there: who moves or deletes it doesn't want it back.
    fn yours(&mut self, path: &Utf8Path, text: &str) {
        let is_there = self.project.file(path).is_some() || self.project.is_folder_module(path);
        if !is_there && !self.project.lock.created.contains(path) {
            if self.is_in_the_way(path) {
                return;
            }
            self.change(
                path,
                ChangeKind::Create {
                    text: text.to_owned(),
                },
            );
        }
        self.lock.created.insert(path.to_owned());
    }

    /// Says which files aren't what they should be before anything is compared.
    fn report_damage(&mut self) {
        self.report_damaged_lock();
        for path in self
            .project
            .app_files
            .iter()
            .filter(|path| has_functions(path))
        {
            if let Some(file) = self.project.file(path)
                && let Err(error) = file.rust()
            {
                self.diagnostics.push(not_rust(path, &file.bytes, error));
            }
        }
    }

    /// Adds the lock and sorts what was found.
    fn finish(mut self) -> Merged {
        self.diagnostics.sort();
        self.states
            .sort_by(|a, b| (&a.path, &a.name).cmp(&(&b.path, &b.name)));
        self.changes.sort_by(|a, b| a.path.cmp(&b.path));
        let text = self.lock.text();
        let path = Utf8Path::new(lock::FILE_NAME);
        match &self.project.lock_bytes {
            Some(before) if same_text(before, text.as_bytes()) => {}
            Some(before) => {
                let before = before.clone();
                self.change(path, ChangeKind::Update { before, text });
            }
            None if self.is_in_the_way(path) => {}
            None => self.change(path, ChangeKind::Create { text }),
        }
        Merged {
            changes: self.changes,
            states: self.states,
            diagnostics: self.diagnostics,
        }
    }
}

pub(super) fn in_the_way(path: &Utf8Path, what: &str) -> Diagnostic {
    Diagnostic::new(
        &RG0507,
        Effect::Decide,
        format!("`{path}` can't be written: {what}"),
    )
    .about(path)
    .help("move it elsewhere or delete it, then run the command again")
}

fn not_rust(path: &Utf8Path, bytes: &[u8], error: &NotRust) -> Diagnostic {
    let text = String::from_utf8_lossy(bytes);
    Diagnostic::new(
        &RG0501,
        Effect::Decide,
        format!("`{path}` can't be parsed, so nothing is written"),
    )
    .at_place(Place {
        path: path.to_owned(),
        text: text.as_ref().into(),
        range: error.range.clone(),
    })
    .label(error.message.clone())
    .help("mend the file at this place or just before it, then run the command again")
    .or_conflict(&text)
}
