//! Merging files of the user's to which functions are added: `route.rs`, `auth.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::change::{ChangeKind, FunctionState, State};
use super::fingerprint::Fingerprint;
use super::lock::LockedFunction;
use super::merge::Merge;
use super::merge_call::{asked, not_everywhere};
use super::merge_function::Function;
use super::moves::is_untouched;
use super::rust_file::RustFile;
use super::scan::DiskFile;
use super::splice::Splice;
use super::successors::is_visible;
use crate::diagnostics::codes::project::RG0525;
use crate::diagnostics::{Diagnostic, Effect, Place};
use crate::render::{self, FunctionsFile, Mount};
use crate::source::line_column;

/// A file with functions on its way from what is there to what should be.
pub(super) struct File<'a> {
    /// Where it is.
    pub(super) from: &'a Utf8Path,
    /// Where it will be.
    pub(super) to: &'a Utf8Path,
    /// Its text.
    pub(super) text: &'a Arc<str>,
    /// What stands where in it.
    pub(super) rust: &'a RustFile,
    /// What a new file of its place begins with; empty if none would be written.
    pub(super) preamble: &'a str,
    /// Whether the contract asks for any function of it.
    pub(super) is_asked_for: bool,
    /// The contract that asks for it.
    pub(super) mount: Option<&'a Mount>,
}

impl File<'_> {
    /// A place in it.
    pub(super) fn place(&self, range: std::ops::Range<usize>) -> Place {
        Place {
            path: self.from.to_owned(),
            text: self.text.clone(),
            range,
        }
    }

    /// The signature of a function in words that the file's imports allow.
    pub(super) fn signature<'f>(&self, function: &'f render::Function) -> &'f str {
        let imports = |name: &String| self.rust.types.has(name);
        let by_path = function.signature_by_path.as_deref().filter(|_| {
            // A file without items gets the preamble's imports with its first function.
            let named = asked(function).map(|call| call.bare_names);
            !self.rust.items.is_empty() && !named.iter().flatten().all(imports)
        });
        by_path.unwrap_or(&function.signature)
    }

    /// The line of a function or name.
    pub(super) fn line(&self, name: &str) -> Option<usize> {
        let functions = self.rust.functions_named(name);
        let start = match functions.first() {
            Some(function) => function.signature.start,
            None => self.rust.other_name(name)?.range.start,
        };
        Some(line_column(self.text, start).0)
    }
}

impl<'a> Merge<'a> {
    /// Merges all files with functions; `claimed` are the files and names that the contract asks for.
    pub(super) fn functions(
        &mut self,
        emitted: &BTreeMap<&'a Utf8Path, &'a FunctionsFile>,
        claimed: &BTreeSet<(&Utf8Path, &str)>,
    ) {
        let project = self.project;
        let mut written: BTreeMap<&Utf8Path, Vec<(&'a String, &'a LockedFunction)>> =
            BTreeMap::new();
        for (key, locked) in &project.lock.functions {
            written.entry(&locked.path).or_default().push((key, locked));
        }
        let sources: BTreeMap<Utf8PathBuf, Utf8PathBuf> = self
            .moves
            .files
            .iter()
            .map(|(from, to)| (to.clone(), from.clone()))
            .collect();
        let routes = project
            .app_files
            .iter()
            .filter(|path| super::scan::has_functions(path));
        let paths: BTreeSet<&Utf8Path> = emitted
            .keys()
            .copied()
            .chain(written.keys().copied())
            .chain(routes.map(Utf8PathBuf::as_path))
            .filter(|path| !self.moves.files.contains_key(*path))
            .collect();
        for to in paths {
            let from = sources.get(to).map_or(to, Utf8PathBuf::as_path);
            let emitted = emitted.get(to).copied();
            let written = written.get(from).map(Vec::as_slice).unwrap_or_default();
            match (project.file(from), emitted) {
                (None, Some(emitted)) => self.create(to, emitted),
                (None, None) => {}
                (Some(disk), _) => self.merge_file((from, to), disk, emitted, written, claimed),
            }
        }
    }

    /// A file that isn't there yet.
    fn create(&mut self, path: &Utf8Path, emitted: &FunctionsFile) {
        if self.is_in_the_way(path) {
            return;
        }
        let text = emitted.text();
        self.report_gone(path);
        for function in &emitted.functions {
            let function = Function::new(function);
            self.lock.functions.insert(
                function.key.to_owned(),
                function.locked(path, emitted.mount.as_ref()),
            );
            self.state(Some(function.key), path, function.name, None, State::Stub);
        }
        self.lock
            .preambles
            .insert(path.to_owned(), Fingerprint::of_rust(&emitted.preamble));
        self.change(path, ChangeKind::Create { text });
    }

    fn merge_file(
        &mut self,
        (from, to): (&Utf8Path, &Utf8Path),
        disk: &DiskFile,
        emitted: Option<&FunctionsFile>,
        written: &[(&'a String, &'a LockedFunction)],
        claimed: &BTreeSet<(&Utf8Path, &str)>,
    ) {
        let Ok((text, rust)) = disk.rust() else {
            return self.keep_unparsable(from, emitted, written);
        };
        let file = File {
            from,
            to,
            text,
            rust,
            preamble: emitted.map_or("", |file| &file.preamble),
            is_asked_for: emitted.is_some(),
            mount: emitted.and_then(|file| file.mount.as_ref()),
        };
        let mut splice = Splice::new(text);
        let all = emitted
            .map(|file| file.functions.as_slice())
            .unwrap_or_default();
        let mut gone: Vec<(&render::Function, &LockedFunction)> = Vec::new();
        for (index, function) in all.iter().enumerate() {
            let before = |key: &String| {
                self.moves
                    .successors
                    .get(key)
                    .is_some_and(|successor| successor.key == function.key)
            };
            let known = written
                .iter()
                .find(|(key, _)| **key == function.key)
                .or_else(|| written.iter().find(|(key, _)| before(key)))
                .or_else(|| {
                    written
                        .iter()
                        .find(|(_, locked)| locked.name == function.name)
                })
                .map(|(_, locked)| *locked);
            let is_missing = !is_visible(rust, &function.name) && rust.opaque.is_none();
            gone.extend(
                known
                    .filter(|known| is_missing && known.name == function.name)
                    .map(|known| (function, known)),
            );
            self.function(&file, &mut splice, (all, index), known);
        }
        self.report_gone_functions(&file, &gone);
        let removed = self.no_longer(&file, &mut splice, written, claimed);
        let preamble = self.preamble(&file, emitted);
        self.undocumented(&file, emitted, written);
        if emitted.is_none() && written.is_empty() {
            self.note_idle(&file);
        }
        let result = splice.finish();
        if result != **text && !has_functions_of(&result, rust, all, &removed) {
            return self.diagnostics.push(not_edited(from));
        }
        let left = result.trim_start_matches('\u{feff}').trim();
        let empty =
            left.is_empty() || preamble.is_some_and(|print| print == Fingerprint::of_rust(left));
        let before = disk.bytes.clone();
        if !removed.is_empty() && empty && emitted.is_none() {
            return self.change(from, ChangeKind::Remove { before });
        }
        if let Some(preamble) = preamble.filter(|_| emitted.is_some() || !empty) {
            self.lock.preambles.insert(to.to_owned(), preamble);
        }
        if from != to {
            self.move_file(&file, before, result);
        } else if result.as_bytes() != &*disk.bytes {
            self.change(
                to,
                ChangeKind::Update {
                    before,
                    text: result,
                },
            );
        }
    }

    /// Takes out the functions whose operations are gone, if they are as we wrote them; reports the others.
    /// Returns the names of those that were taken out.
    fn no_longer(
        &mut self,
        file: &File,
        splice: &mut Splice,
        written: &[(&'a String, &'a LockedFunction)],
        claimed: &BTreeSet<(&Utf8Path, &str)>,
    ) -> Vec<&'a str> {
        let mut removed = Vec::new();
        for (key, locked) in written {
            if !is_visible(file.rust, &locked.name)
                || claimed.contains(&(file.to, locked.name.as_str()))
            {
                continue;
            }
            if let [function] = file.rust.functions_named(&locked.name).as_slice()
                && is_untouched(function, locked)
            {
                splice.remove(function);
                removed.push(locked.name.as_str());
                continue;
            }
            self.report_orphan(file, key, locked);
            let line = file.line(&locked.name);
            self.state(Some(key), file.to, &locked.name, line, State::Orphan);
            let locked = LockedFunction {
                path: file.to.to_owned(),
                mount: self.moves.mount(locked.mount.as_ref()).cloned(),
                orphan: Some(self.moves.fate(key)),
                ..(*locked).clone()
            };
            self.lock.functions.insert((*key).clone(), locked);
        }
        removed
    }

    /// The print of what we put before the first function.
    fn preamble(&self, file: &File, emitted: Option<&FunctionsFile>) -> Option<Fingerprint> {
        let known = self.project.lock.preambles.get(file.from).copied();
        let starts = |emitted: &&FunctionsFile| file.text.starts_with(&emitted.preamble);
        known.or_else(|| {
            emitted
                .filter(starts)
                .map(|emitted| Fingerprint::of_rust(&emitted.preamble))
        })
    }

    /// Lists the handlers that the contract never knew.
    fn undocumented(
        &mut self,
        file: &File,
        emitted: Option<&FunctionsFile>,
        written: &[(&'a String, &'a LockedFunction)],
    ) {
        for name in self.project.user_route(file.from) {
            let asked = emitted
                .is_some_and(|emitted| emitted.functions.iter().any(|asked| asked.name == name));
            if !asked && !written.iter().any(|(_, locked)| locked.name == name) {
                if let [only] = file.rust.functions_named(&name).as_slice()
                    && only.is_chosen_by_cfg
                {
                    let diagnostic = not_everywhere(file, only, "the router");
                    self.diagnostics.push(diagnostic);
                }
                let line = file.line(&name);
                self.state(None, file.to, &name, line, State::Undocumented);
            }
        }
    }

    /// A file that isn't Rust at the moment: all that we knew of it still stands.
    fn keep_unparsable(
        &mut self,
        path: &Utf8Path,
        emitted: Option<&FunctionsFile>,
        written: &[(&'a String, &'a LockedFunction)],
    ) {
        for (key, locked) in written {
            self.lock
                .functions
                .insert((*key).clone(), (*locked).clone());
        }
        if let Some(preamble) = self.project.lock.preambles.get(path) {
            self.lock.preambles.insert(path.to_owned(), *preamble);
        }
        for function in emitted
            .map(|file| file.functions.as_slice())
            .unwrap_or_default()
        {
            self.state(
                Some(&function.key),
                path,
                &function.name,
                None,
                State::Unknown,
            );
        }
    }

    /// Notes how it stands with a function.
    pub(super) fn state(
        &mut self,
        key: Option<&str>,
        path: &Utf8Path,
        name: &str,
        line: Option<usize>,
        state: State,
    ) {
        let (key, path, name) = (key.map(str::to_owned), path.to_owned(), name.to_owned());
        self.states.push(FunctionState {
            key,
            path,
            name,
            line,
            state,
        });
    }
}

/// Whether an edited text has the functions that it should: those that were there, without those taken out, with those put in.
fn has_functions_of(
    edited: &str,
    before: &RustFile,
    emitted: &[render::Function],
    removed: &[&str],
) -> bool {
    let Ok(after) = RustFile::parse(edited) else {
        return false;
    };
    let stay = |name: &&str| !removed.contains(name);
    let there = before.functions.iter().map(|function| &*function.name);
    let is_new = |function: &&render::Function| {
        before.opaque.is_none() && !is_visible(before, &function.name)
    };
    let new = emitted
        .iter()
        .filter(is_new)
        .map(|function| &*function.name);
    let mut expected: Vec<&str> = there.filter(stay).chain(new).collect();
    let found = after.functions.iter().map(|function| &*function.name);
    let mut found: Vec<&str> = found.collect();
    expected.sort_unstable();
    found.sort_unstable();
    found == expected
}

fn not_edited(path: &Utf8Path) -> Diagnostic {
    let message = format!("`{path}` can't be edited without breaking it, so nothing is written");
    Diagnostic::new(&RG0525, Effect::Decide, message)
        .about(path)
        .help("write the handlers that the contract asks for into it, and take out those that it no longer has")
}
