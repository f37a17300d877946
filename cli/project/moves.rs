//! Which operations went to another path, and which files go with them.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::lock::LockedFunction;
use super::rebase::{Likelihood, Rebased, rebase, rebased};
use super::rust_file::{RustFile, RustFunction};
use super::scan::{APP, DiskFile, Project, has_functions};
use crate::render::{Content, Emitted, Function};

/// What went where.
#[derive(Debug, Default, PartialEq)]
pub struct Moves {
    /// Files that move as a whole, old path to new.
    pub files: BTreeMap<Utf8PathBuf, Utf8PathBuf>,
    /// Operations that went to another file, old key to new key and file.
    pub successors: BTreeMap<String, (String, Utf8PathBuf)>,
    /// The same of operations that may have gone there, or may be others: nothing moves by it.
    pub guesses: BTreeMap<String, (String, Utf8PathBuf)>,
}

impl Moves {
    /// Compares what was written with what is emitted now.
    pub fn find(emitted: &Emitted, project: &Project) -> Self {
        let emitted = emitted_functions(emitted);
        let (successors, guesses) = successors(&emitted, project);
        let mut moves = Self {
            files: BTreeMap::new(),
            successors,
            guesses,
        };
        let paths: BTreeSet<&Utf8Path> = emitted.iter().map(|(path, _)| *path).collect();
        let mut targets: BTreeMap<Utf8PathBuf, Vec<Utf8PathBuf>> = BTreeMap::new();
        let sources: BTreeSet<&Utf8Path> = moves
            .successors
            .keys()
            .map(|key| project.lock.functions[key].path.as_path())
            .collect();
        for from in sources {
            if let Some(to) = moves.whole_file(from, project)
                && !paths.contains(from)
                && !project.entries.contains_key(&to)
            {
                targets.entry(to).or_default().push(from.to_owned());
            }
        }
        for (to, sources) in targets {
            // Two files can't become one.
            if let [from] = sources.as_slice() {
                moves.files.insert(from.clone(), to);
            }
        }
        moves
    }

    /// Where a file goes if all its operations went to one other file.
    fn whole_file(&self, from: &Utf8Path, project: &Project) -> Option<Utf8PathBuf> {
        let (_, file) = project.file(from)?.rust().ok()?;
        let mut target = None;
        let mut known = BTreeSet::new();
        for (key, locked) in project
            .lock
            .functions
            .iter()
            .filter(|(_, locked)| locked.path == from)
        {
            known.insert(locked.name.as_str());
            match (
                self.successors.get(key),
                file.functions_named(&locked.name).as_slice(),
            ) {
                (Some((_, path)), _) if target.is_none_or(|target| target == path) => {
                    target = Some(path)
                }
                (Some(_), _) => return None,
                (None, [stub]) if is_untouched(stub, locked) => {}
                (None, []) if file.other_name(&locked.name).is_none() => {}
                (None, _) => return None,
            }
        }
        let handlers = project.user_route(from);
        let own = handlers
            .iter()
            .any(|handler| !known.contains(handler.as_str()));
        target.filter(|_| !own).cloned()
    }

    /// The files that stand beside one that moves and belong to it alone, with where they go.
    pub fn followers(&self, from: &Utf8Path, project: &Project) -> Vec<(Utf8PathBuf, Utf8PathBuf)> {
        let (Some(to), Some(folder)) = (self.files.get(from), from.parent()) else {
            return Vec::new();
        };
        let Some(target) = to.parent() else {
            return Vec::new();
        };
        let is_route = |folder: &Utf8Path| project.app_files.contains(&folder.join("route.rs"));
        // Beside the handlers of `/` lie the files of the whole application; theirs are those that they call modules.
        let is_theirs = |rest: &Utf8Path| folder != APP || is_module(project, from, rest);
        project
            .app_files
            .iter()
            .filter(|path| !has_functions(path))
            .filter_map(|path| {
                let rest = path.strip_prefix(folder).ok()?;
                let owner = path.ancestors().skip(1).find(|folder| is_route(folder))?;
                (owner == folder && is_theirs(rest)).then(|| (path.clone(), target.join(rest)))
            })
            .filter(|(_, to)| !project.app_files.contains(to))
            .collect()
    }
}

/// Whether a file beside another, or in a folder there, belongs to a module that this other one declares.
fn is_module(project: &Project, file: &Utf8Path, rest: &Utf8Path) -> bool {
    let Some(Ok((_, rust))) = project.file(file).map(DiskFile::rust) else {
        return false;
    };
    let first = rest.components().next().map(|first| first.as_str());
    let name = first.map(|first| first.strip_suffix(".rs").unwrap_or(first));
    name.is_some_and(|name| {
        rust.modules
            .iter()
            .any(|module| module.trim_start_matches("r#") == name)
    })
}

/// All functions that are emitted, with their files.
pub fn emitted_functions(emitted: &Emitted) -> Vec<(&Utf8Path, &Function)> {
    let mut found = Vec::new();
    for file in &emitted.files {
        match &file.content {
            Content::Functions(functions) => {
                found.extend(
                    functions
                        .functions
                        .iter()
                        .map(|function| (file.path.as_path(), function)),
                );
            }
            Content::Ours(_) | Content::Yours(_) => {}
        }
    }
    found
}

/// Whether a function is still what we wrote, to the last comment.
pub fn is_untouched(function: &RustFunction, locked: &LockedFunction) -> bool {
    function.bare
        && !function.conditional
        && locked.doc == Some(function.doc_print)
        && locked.signature == Some(function.signature_print)
        && locked.body == Some(function.body_print)
}

/// Whether a file has or re-exports something of this name.
pub fn is_visible(file: &RustFile, name: &str) -> bool {
    !file.functions_named(name).is_empty() || file.other_name(name).is_some()
}

/// Whether what was written under a key is this function under another.
type Rule<'a> = dyn Fn(&str, &LockedFunction, &Function) -> bool + 'a;

/// Operations that went to another file, old key to new key and file.
type Pairs = BTreeMap<String, (String, Utf8PathBuf)>;

/// Pairs operations that are gone from their file with those that are new in theirs: by key, by the contract's
/// name of the operation, by shape of path, then by what stands behind the base path if all of the API was mounted elsewhere.
/// Where it may be one resource in the place of another, these last pairs are guesses, which come second.
fn successors(emitted: &[(&Utf8Path, &Function)], project: &Project) -> (Pairs, Pairs) {
    let places: BTreeMap<&str, &Utf8Path> = emitted
        .iter()
        .map(|(path, function)| (function.key.as_str(), *path))
        .collect();
    let locked = &project.lock.functions;
    let is_there = |function: &LockedFunction| {
        let file = project
            .file(&function.path)
            .and_then(|file| file.rust().ok());
        file.is_some_and(|(_, file)| is_visible(file, &function.name))
    };
    let mut gone: Vec<(&String, &LockedFunction)> = locked
        .iter()
        .filter(|(key, function)| {
            places
                .get(key.as_str())
                .is_none_or(|path| *path != function.path)
        })
        .filter(|(_, function)| is_there(function))
        .collect();
    let mut new: Vec<&(&Utf8Path, &Function)> = emitted
        .iter()
        .filter(|(path, function)| {
            locked
                .get(&function.key)
                .is_none_or(|known| known.path != *path)
        })
        .collect();
    let gone_keys: BTreeSet<&str> = gone.iter().map(|(key, _)| key.as_str()).collect();
    let stay = locked
        .keys()
        .filter(|key| places.contains_key(key.as_str()));
    let bases = rebased(
        &shapes(gone_keys.iter().copied()),
        &shapes(new.iter().map(|(_, function)| function.key.as_str())),
        &shapes(stay.map(String::as_str)),
    );
    let same_key = |key: &str, _: &LockedFunction, function: &Function| key == function.key;
    let same_id = |_: &str, known: &LockedFunction, function: &Function| {
        known.operation_id.is_some() && known.operation_id == function.operation_id
    };
    let same_shape =
        |key: &str, _: &LockedFunction, function: &Function| shape(key) == shape(&function.key);
    let same_rest = |key: &str, _: &LockedFunction, function: &Function| {
        bases.as_ref().is_some_and(|Rebased { before, after, .. }| {
            rebase(&shape(key), before, after).is_some_and(|key| key == shape(&function.key))
        })
    };
    let is_guess = bases.as_ref().is_some_and(|bases| match bases.likelihood {
        Likelihood::Plain => false,
        Likelihood::Likely => are_called_otherwise(&gone, &new, &same_rest),
        Likelihood::Possible => true,
    });
    let (mut pairs, mut guesses) = (Pairs::new(), Pairs::new());
    let sure: [&Rule; 3] = [&same_key, &same_id, &same_shape];
    for rule in sure {
        pair(rule, &mut gone, &mut new, &mut pairs);
    }
    let last = if is_guess { &mut guesses } else { &mut pairs };
    pair(&same_rest, &mut gone, &mut new, last);
    (pairs, guesses)
}

/// Takes the pairs of a rule out of what is gone and what is new.
fn pair<'a>(
    rule: &Rule,
    gone: &mut Vec<(&'a String, &'a LockedFunction)>,
    new: &mut Vec<&'a (&'a Utf8Path, &'a Function)>,
    pairs: &mut Pairs,
) {
    let mut unpaired = Vec::new();
    for (key, known) in std::mem::take(gone) {
        let is_match =
            |function: &Function| known.name == function.name && rule(key, known, function);
        let candidates: Vec<usize> = (0..new.len())
            .filter(|index| is_match(new[*index].1))
            .collect();
        match candidates.as_slice() {
            [index] => {
                let (path, function) = new.remove(*index);
                if *path != known.path {
                    pairs.insert(key.clone(), (function.key.clone(), path.to_path_buf()));
                }
            }
            // An operationId that is said twice names nothing.
            [] | [..] => unpaired.push((key, known)),
        }
    }
    *gone = unpaired;
}

/// Whether the contract has a name for operations before and after, and not one of them is the same.
fn are_called_otherwise(
    gone: &[(&String, &LockedFunction)],
    new: &[&(&Utf8Path, &Function)],
    rule: &Rule,
) -> bool {
    let plain = |id: &str| -> String {
        let letters = id.chars().filter(|character| character.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let mut ids = gone.iter().flat_map(|(key, known)| {
        let after = new
            .iter()
            .filter(|(_, function)| rule(key, known, function));
        after.filter_map(|(_, function)| {
            let before = known.operation_id.as_deref()?;
            Some(plain(before) == plain(function.operation_id.as_deref()?))
        })
    });
    let first = ids.next();
    first == Some(false) && !ids.any(|is_same| is_same)
}

/// The shapes of operations; security schemes have none.
fn shapes<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<String> {
    keys.filter(|key| !key.starts_with("auth "))
        .map(shape)
        .collect()
}

/// A key with its parameters' names left out: `GET /books/{}`.
fn shape(key: &str) -> String {
    let mut shape = String::with_capacity(key.len());
    let mut inside = false;
    for character in key.chars() {
        inside = inside && character != '}';
        if !inside {
            shape.push(character);
        }
        inside = inside || character == '{';
    }
    shape
}
