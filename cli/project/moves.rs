//! Which operations went to another path, and which files go with them.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::bodies::written_for;
use super::followers::followers;
use super::lock::{Fate, LockedFunction};
use super::mounts::Mounts;
use super::numbered::Numbered;
use super::rust_file::RustFunction;
use super::scan::Project;
use super::successors::{Successor, Successors, Wanted, successors, wanted};
use super::user_routes::UserRoutes;
use crate::render::{Emitted, Mount};

/// What went where.
#[derive(Debug, Default, PartialEq)]
pub struct Moves {
    /// Files that move as a whole, old path to new.
    pub files: BTreeMap<Utf8PathBuf, Utf8PathBuf>,
    /// Operations that went to another file, by their old keys.
    pub successors: BTreeMap<String, Successor>,
    /// What became of the operations that aren't where they were, by their old keys.
    traces: BTreeMap<String, Trace>,
    /// Why files don't go with their operations, where that isn't plain.
    pub held: BTreeMap<Utf8PathBuf, String>,
    /// Where the operations of each contract are, by its names for them; a name that is said twice names nothing.
    names: BTreeMap<(Mount, String), Option<Successor>>,
    mounts: Mounts,
    numbered: Numbered,
}

/// What became of an operation whose function can't go with it.
#[derive(Debug, Clone, PartialEq)]
pub enum Trace {
    /// It is this one now.
    Is(Successor),
    /// It may be this one, or another.
    MayBe(Successor),
}

impl Moves {
    /// Compares what was written with what is emitted now.
    pub fn find(emitted: &Emitted, project: &Project) -> Self {
        let mut wanted = wanted(emitted);
        let locked = project.lock.functions.values();
        let before = locked.filter_map(|known| known.operation_id.as_deref());
        let numbered = Numbered::new([
            before.collect(),
            wanted.iter().filter_map(|wanted| wanted.id).collect(),
        ]);
        for wanted in &mut wanted {
            wanted.id = numbered.name(wanted.id);
        }
        let locked = project.lock.functions.values();
        let before = locked.filter_map(|known| known.mount.as_ref()).collect();
        let now = wanted.iter().filter_map(|wanted| wanted.mount).collect();
        let mounts = Mounts::new(before, now);
        let Successors { sure, guesses } = successors(&wanted, (&mounts, &numbered), project);
        let mut moves = Self {
            successors: sure,
            names: names(&wanted),
            mounts,
            numbered,
            ..Self::default()
        };
        moves.traces = moves.traces(&wanted, guesses, project);
        moves.find_files(&wanted, project);
        moves
    }

    fn find_files(&mut self, wanted: &[Wanted], project: &Project) {
        let mut asked: BTreeMap<&Utf8Path, BTreeSet<&str>> = BTreeMap::new();
        for wanted in wanted {
            let names = asked.entry(wanted.path).or_default();
            names.insert(&wanted.function.name);
        }
        let sources: BTreeSet<&Utf8Path> = self
            .successors
            .keys()
            .map(|key| project.lock.functions[key].path.as_path())
            .collect();
        let mut targets: BTreeMap<Utf8PathBuf, Vec<&Utf8Path>> = BTreeMap::new();
        let mut held = BTreeMap::new();
        for from in sources {
            let Some(to) = self
                .whole_file(from, project)
                .filter(|_| !asked.contains_key(from))
            else {
                continue;
            };
            let reason = match self.own_handler(from, to, &asked, project) {
                Some(own) => Some(format!(
                    "`{own}` is there too, which the contract doesn't know"
                )),
                None if project.entries.contains_key(to) => {
                    Some(format!("`{to}` is there already"))
                }
                None => followers(from, to, project).err(),
            };
            match reason {
                Some(reason) => drop(held.insert(from.to_owned(), reason)),
                None => targets.entry(to.clone()).or_default().push(from),
            }
        }
        for (to, sources) in targets {
            match sources.as_slice() {
                [from] => drop(self.files.insert((*from).to_owned(), to)),
                _ => held.extend(sources.iter().map(|from| {
                    let reason = "two files can't become one".to_owned();
                    ((*from).to_owned(), reason)
                })),
            }
        }
        self.held = held;
    }

    /// Where a file goes if all its operations went to one other file.
    fn whole_file(&self, from: &Utf8Path, project: &Project) -> Option<&Utf8PathBuf> {
        let (_, file) = project.file(from)?.rust().ok()?;
        let mut target = None;
        let locked = project.lock.functions.iter();
        for (key, locked) in locked.filter(|(_, locked)| locked.path == from) {
            match (
                self.successors.get(key),
                file.functions_named(&locked.name).as_slice(),
            ) {
                (Some(Successor { path, .. }), _) if target.is_none_or(|target| target == path) => {
                    target = Some(path)
                }
                (Some(_), _) => return None,
                (None, [stub]) if is_untouched(stub, locked) => {}
                (None, []) if file.other_name(&locked.name).is_none() => {}
                (None, _) => return None,
            }
        }
        target
    }

    /// A handler of the user's own that keeps a file where it is: one of another resource than the file would be of, or in the
    /// place of an operation for which it wasn't written.
    fn own_handler(
        &self,
        from: &Utf8Path,
        to: &Utf8Path,
        asked: &BTreeMap<&Utf8Path, BTreeSet<&str>>,
        project: &Project,
    ) -> Option<String> {
        let locked = project.lock.functions.iter();
        let written: Vec<(&String, &LockedFunction)> =
            locked.filter(|(_, locked)| locked.path == from).collect();
        let gone = written
            .iter()
            .filter_map(|(key, _)| self.successors.get(*key));
        let is_same_url = gone.into_iter().all(|successor| successor.same_url);
        let is_own = |name: &String| !written.iter().any(|(_, locked)| locked.name == *name);
        let is_asked = |name: &String| {
            asked
                .get(to)
                .is_some_and(|names| names.contains(name.as_str()))
        };
        let own = project.user_route(from);
        own.into_iter()
            .find(|name| is_own(name) && (!is_same_url || is_asked(name)))
    }

    /// What became of an operation that isn't where it was.
    pub fn trace(&self, key: &str) -> Option<&Trace> {
        self.traces.get(key)
    }

    /// The same for the lock.
    pub fn fate(&self, key: &str) -> Fate {
        match self.trace(key) {
            Some(Trace::Is(successor)) => Fate::Is(successor.key.clone()),
            Some(Trace::MayBe(successor)) => Fate::MayBe(successor.key.clone()),
            None => Fate::Gone,
        }
    }

    /// Where the operation is now that a contract of before called by this name.
    pub fn named(&self, before: Option<&Mount>, id: &str) -> Option<&Successor> {
        let mount = self.mounts.now(before)?;
        let id = self.name(Some(id))?;
        let place = self.names.get(&(mount.clone(), id.to_owned()));
        place.and_then(Option::as_ref)
    }

    /// A name of an operation, if it says which it is.
    pub fn name<'a>(&self, id: Option<&'a str>) -> Option<&'a str> {
        self.numbered.name(id)
    }

    /// What a contract of before is now.
    pub fn mount(&self, before: Option<&Mount>) -> Option<&Mount> {
        self.mounts.now(before)
    }

    /// The user's routes as they will be, if a file moves that has handlers of which the contract knows nothing.
    pub fn routes_after(&self, routes: &UserRoutes) -> Option<UserRoutes> {
        let mut after = routes.clone();
        let mut moved = false;
        for route in &mut after.routes {
            if let Some(to) = self.files.get(&route.path) {
                moved = moved || route.has_own();
                route.path = to.clone();
            }
        }
        after.routes.sort_by(|one, other| one.path.cmp(&other.path));
        moved.then_some(after)
    }

    /// What became of everything that isn't where it was: by its pair, by its name, by what was known before, then by guesses.
    fn traces(
        &self,
        wanted: &[Wanted],
        guesses: BTreeMap<String, Successor>,
        project: &Project,
    ) -> BTreeMap<String, Trace> {
        let keys: BTreeMap<&str, &Wanted> = wanted
            .iter()
            .map(|wanted| (wanted.function.key.as_str(), wanted))
            .collect();
        let now = |key: &String| Some(keys.get(key.as_str())?.successor(false));
        let trace = |key: &String, known: &LockedFunction| {
            let by_name = || {
                let (text, file) = project.file(&known.path)?.rust().ok()?;
                self.named(known.mount.as_ref(), written_for(known, text, file)?)
                    .cloned()
            };
            let sure = self.successors.get(key).cloned().or_else(by_name);
            match (sure, &known.orphan) {
                (Some(successor), _) => Some(Trace::Is(successor)),
                (None, Some(Fate::Is(key))) => now(key).map(Trace::Is),
                (None, Some(Fate::MayBe(key))) => now(key).map(Trace::MayBe),
                (None, Some(Fate::Gone) | None) => guesses.get(key).cloned().map(Trace::MayBe),
            }
        };
        let locked = project.lock.functions.iter();
        locked
            .filter(|(key, known)| {
                let place = keys.get(key.as_str());
                place.is_none_or(|wanted| wanted.path != known.path)
            })
            .filter_map(|(key, known)| Some((key.clone(), trace(key, known)?)))
            .collect()
    }
}

fn names(wanted: &[Wanted]) -> BTreeMap<(Mount, String), Option<Successor>> {
    let mut names = BTreeMap::new();
    for wanted in wanted {
        if let (Some(mount), Some(id)) = (wanted.mount, wanted.id) {
            names
                .entry((mount.clone(), id.to_owned()))
                .and_modify(|known| *known = None)
                .or_insert_with(|| Some(wanted.successor(false)));
        }
    }
    names
}

/// Whether a function is still what we wrote, to the last comment.
pub fn is_untouched(function: &RustFunction, locked: &LockedFunction) -> bool {
    function.bare
        && !function.conditional
        && locked.doc == Some(function.doc_print)
        && locked.signature == Some(function.signature_print)
        && locked.body == Some(function.body_print)
}
