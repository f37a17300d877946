//! Which operations that are gone from their files are which of those that are new in theirs.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::bodies::written_for;
use super::likeness::alike;
use super::lock::LockedFunction;
use super::mounts::Mounts;
use super::numbered::Numbered;
use super::rebase::{Likelihood, Rebased, rebase, rebased};
use super::rust_file::RustFile;
use super::scan::Project;
use crate::render::{Content, Emitted, Function, Mount};

/// Where an operation is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Successor {
    pub key: String,
    /// The name of its function.
    pub name: String,
    pub path: Utf8PathBuf,
    /// Whether it is the same URL but for the names of parameters and what is before the whole API, so that what stands
    /// beside the function is of the same resource.
    pub same_url: bool,
}

/// What became of operations that are gone from their files, by their keys.
#[derive(Debug, Default, PartialEq)]
pub struct Successors {
    /// They are there again in a file that hasn't had them, and nothing else is.
    pub sure: BTreeMap<String, Successor>,
    /// They may be there again, or others in their place.
    pub guesses: BTreeMap<String, Successor>,
}

/// An operation of the contract, or a security scheme.
#[derive(Debug)]
pub struct Wanted<'a> {
    pub path: &'a Utf8Path,
    pub function: &'a Function,
    pub mount: Option<&'a Mount>,
    /// The contract's name of it, if that says which it is.
    pub id: Option<&'a str>,
    /// The key with its parameters' names left out.
    shape: String,
}

impl Wanted<'_> {
    /// As what follows on another.
    pub fn successor(&self, same_url: bool) -> Successor {
        Successor {
            key: self.function.key.clone(),
            name: self.function.name.clone(),
            path: self.path.to_owned(),
            same_url,
        }
    }
}

/// All functions that are emitted, with their files.
pub fn wanted(emitted: &Emitted) -> Vec<Wanted<'_>> {
    let mut found = Vec::new();
    for file in &emitted.files {
        match &file.content {
            Content::Functions(functions) => {
                found.extend(functions.functions.iter().map(|function| Wanted {
                    path: &file.path,
                    function,
                    mount: functions.mount.as_ref(),
                    id: function.operation_id.as_deref(),
                    shape: shape(&function.key),
                }));
            }
            Content::Ours(_) | Content::Yours(_) => {}
        }
    }
    found
}

/// A function that we wrote, and that isn't asked for any more where it stands.
struct Gone<'a> {
    key: &'a String,
    known: &'a LockedFunction,
    /// The operation that its body was written for.
    id: Option<&'a str>,
    /// Its contract, as it is now.
    mount: Option<&'a Mount>,
    shape: String,
    /// Its shape below the base path that the contract has now.
    rest: Option<String>,
    /// Its shape behind another prefix to which the contract's paths went.
    led: Option<(String, Likelihood)>,
}

impl Gone<'_> {
    fn is_live(&self) -> bool {
        self.known.orphan.is_none()
    }

    fn is_of(&self, wanted: &Wanted) -> bool {
        self.mount.is_some() && self.mount == wanted.mount
    }

    /// Whether this is what stands at the same place below the base paths of the contract.
    fn has_rest_of(&self, wanted: &Wanted) -> bool {
        self.is_of(wanted) && self.rest.as_ref() == Some(&wanted.shape)
    }

    /// Whether a change of prefix leads from here to there.
    fn leads_to(&self, wanted: &Wanted) -> Option<Likelihood> {
        let (shape, likelihood) = self.led.as_ref()?;
        (self.is_of(wanted) && *shape == wanted.shape).then_some(*likelihood)
    }

    /// Whether a change of prefix leads there and leaves no doubt.
    fn leads_surely_to(&self, wanted: &Wanted) -> bool {
        match self.leads_to(wanted) {
            Some(Likelihood::Plain) => true,
            Some(Likelihood::Likely) => !are_called_otherwise(self.id, wanted.id),
            Some(Likelihood::Possible) | None => false,
        }
    }
}

/// Base paths that changed within contracts.
type Bases<'a> = BTreeMap<&'a Mount, Rebased>;

/// Whether what is gone is something new, and how sure that is.
type Rule<'a> = dyn Fn(&Gone, &Wanted) -> bool + 'a;

/// Pairs operations that are gone from their file with those that are new in theirs: by key, by the contract's
/// name of the operation, by what stands behind the contract's base path, by shape of path, then by what stands behind another base
/// path if there is evidence that all went there. What may be one resource in the place of another is a guess.
pub fn successors<'a>(
    wanted: &'a [Wanted<'a>],
    (mounts, numbered): (&'a Mounts, &Numbered),
    project: &'a Project,
) -> Successors {
    let places: BTreeMap<&str, &Utf8Path> = wanted
        .iter()
        .map(|wanted| (wanted.function.key.as_str(), wanted.path))
        .collect();
    let locked = &project.lock.functions;
    let stays = |(key, known): &(&String, &LockedFunction)| {
        places.get(key.as_str()) == Some(&known.path.as_path())
    };
    let mut gone: Vec<Gone> = locked
        .iter()
        .filter(|of| !stays(of))
        .filter_map(|(key, known)| gone(key, known, (mounts, numbered), project))
        .collect();
    let new: Vec<&Wanted> = wanted
        .iter()
        .filter(|wanted| {
            let known = locked.get(&wanted.function.key);
            known.is_none_or(|known| known.path != wanted.path)
        })
        .collect();
    let names = Names::new(wanted, mounts, project);
    let bases = bases_of(&gone, &new, mounts, project, &places);
    for gone in gone.iter_mut().filter(|gone| gone.is_live()) {
        if let Some(base) = gone.mount.and_then(|mount| bases.get(mount)) {
            let shape = rebase(&gone.shape, &base.before, &base.after);
            gone.led = shape.map(|shape| (shape, base.likelihood));
        }
    }
    let mut pairing = Pairing {
        gone,
        new,
        pairs: Vec::new(),
    };
    let same_url = |gone: &Gone, wanted: &Wanted| {
        gone.shape == wanted.shape || gone.has_rest_of(wanted) || gone.leads_surely_to(wanted)
    };
    pairing.pair(&|gone, wanted| *gone.key == wanted.function.key);
    pairing.pair(&|gone, wanted| gone.is_of(wanted) && gone.id.is_some() && gone.id == wanted.id);
    let sure: [&Rule; 3] = [
        &|gone, wanted| gone.is_live() && gone.has_rest_of(wanted),
        &|gone, wanted| gone.shape == wanted.shape,
        &|gone, wanted| gone.leads_surely_to(wanted),
    ];
    for rule in sure {
        pairing.pair(&|gone, wanted| rule(gone, wanted) && !names.are_crossed(gone, wanted));
    }
    let mut found = Successors::default();
    for (gone, wanted) in std::mem::take(&mut pairing.pairs) {
        if gone.known.path != wanted.path {
            let successor = wanted.successor(same_url(&gone, wanted));
            found.sure.insert(gone.key.clone(), successor);
        }
    }
    pairing.pair(&|gone, wanted| gone.leads_to(wanted).is_some());
    pairing.pair_alike();
    for (gone, wanted) in pairing.pairs {
        found
            .guesses
            .insert(gone.key.clone(), wanted.successor(false));
    }
    found
}

/// What isn't asked for any more, if it is still there.
fn gone<'a>(
    key: &'a String,
    known: &'a LockedFunction,
    (mounts, numbered): (&'a Mounts, &Numbered),
    project: &'a Project,
) -> Option<Gone<'a>> {
    let (text, file) = project.file(&known.path)?.rust().ok()?;
    let mount = mounts.now(known.mount.as_ref());
    let shape_of = shape(key);
    let bases = known.mount.as_ref().zip(mount);
    let rest =
        bases.and_then(|(before, now)| rebase(&shape_of, &shape(&before.base), &shape(&now.base)));
    is_visible(file, &known.name).then(|| Gone {
        key,
        known,
        id: numbered.name(written_for(known, text, file)),
        mount,
        shape: shape_of,
        rest,
        led: None,
    })
}

/// Whether a file has or re-exports something of this name.
pub fn is_visible(file: &RustFile, name: &str) -> bool {
    !file.functions_named(name).is_empty() || file.other_name(name).is_some()
}

/// What changed before many paths of a contract.
fn bases_of<'a>(
    gone: &[Gone<'a>],
    new: &[&Wanted<'a>],
    mounts: &'a Mounts,
    project: &Project,
    places: &BTreeMap<&str, &Utf8Path>,
) -> Bases<'a> {
    let all: BTreeSet<&Mount> = gone.iter().filter_map(|gone| gone.mount).collect();
    let bases = all.into_iter().filter_map(|mount| {
        let gone = gone
            .iter()
            .filter(|gone| gone.is_live() && gone.mount == Some(mount));
        let gone: Vec<String> = gone.map(|gone| gone.shape.clone()).collect();
        let new = new.iter().filter(|wanted| wanted.mount == Some(mount));
        let new: Vec<String> = new.map(|wanted| wanted.shape.clone()).collect();
        let stays = project.lock.functions.iter().filter(|(key, known)| {
            mounts.now(known.mount.as_ref()) == Some(mount) && places.contains_key(key.as_str())
        });
        let stays: Vec<String> = stays.map(|(key, _)| shape(key)).collect();
        Some((mount, rebased(&gone, &new, &stays)?))
    });
    bases.collect()
}

/// Whose names the contract gives to which operations, before and now.
struct Names<'a> {
    before: BTreeSet<(&'a Mount, &'a str)>,
    now: BTreeSet<(&'a Mount, &'a str)>,
}

impl<'a> Names<'a> {
    fn new(wanted: &'a [Wanted<'a>], mounts: &'a Mounts, project: &'a Project) -> Self {
        let locked = project.lock.functions.values();
        let live = locked.filter(|known| known.orphan.is_none());
        let before = live.filter_map(|known| {
            let mount = mounts.now(known.mount.as_ref())?;
            Some((mount, known.operation_id.as_deref()?))
        });
        let now = wanted
            .iter()
            .filter_map(|wanted| Some((wanted.mount?, wanted.id?)));
        Self {
            before: before.collect(),
            now: now.collect(),
        }
    }

    /// Whether the contract has one of two names for another operation, so that they aren't one under two names.
    fn are_crossed(&self, gone: &Gone, wanted: &Wanted) -> bool {
        let (Some(before), Some(now), Some(mount)) = (gone.id, wanted.id, wanted.mount) else {
            return false;
        };
        before != now
            && (self.before.contains(&(mount, now)) || self.now.contains(&(mount, before)))
    }
}

/// What is left to be paired, and what has been.
struct Pairing<'a> {
    gone: Vec<Gone<'a>>,
    new: Vec<&'a Wanted<'a>>,
    pairs: Vec<(Gone<'a>, &'a Wanted<'a>)>,
}

impl Pairing<'_> {
    /// Takes the pairs of a rule out of what is left: those in which each is the only one for the other. What was live until now
    /// goes before orphans of earlier versions.
    fn pair(&mut self, rule: &Rule) {
        let is_match = |gone: &Gone, wanted: &Wanted| {
            gone.known.name == wanted.function.name && rule(gone, wanted)
        };
        let mut claims: Vec<Vec<usize>> = vec![Vec::new(); self.new.len()];
        let mut candidates: Vec<Vec<usize>> = vec![Vec::new(); self.gone.len()];
        for (place, gone) in self.gone.iter().enumerate() {
            for (index, wanted) in self.new.iter().enumerate() {
                if is_match(gone, wanted) {
                    claims[index].push(place);
                    candidates[place].push(index);
                }
            }
        }
        let winner = |claims: &[usize]| {
            let live = claims.iter().filter(|place| self.gone[**place].is_live());
            match (live.copied().collect::<Vec<_>>().as_slice(), claims) {
                ([only], _) | ([], [only]) => Some(*only),
                // A name that is said twice names nothing.
                ([], _) | ([_, _, ..], _) => None,
            }
        };
        let pairs = candidates.iter().enumerate().filter_map(|(place, found)| {
            let [index] = found.as_slice() else {
                return None;
            };
            (winner(&claims[*index]) == Some(place)).then_some((place, *index))
        });
        let pairs: Vec<(usize, usize)> = pairs.collect();
        self.take(&pairs);
    }

    /// Pairs what is likest to each other.
    fn pair_alike(&mut self) {
        let mounts: BTreeSet<&Mount> = self.gone.iter().filter_map(|gone| gone.mount).collect();
        let mut pairs = Vec::new();
        for mount in mounts {
            let gone: Vec<usize> = (0..self.gone.len())
                .filter(|place| {
                    self.gone[*place].is_live() && self.gone[*place].mount == Some(mount)
                })
                .collect();
            let new: Vec<usize> = (0..self.new.len())
                .filter(|index| self.new[*index].mount == Some(mount))
                .collect();
            let rest =
                |key: &str, base: &str| rebase(key, &shape(base), "").unwrap_or(key.to_owned());
            let before: Vec<String> = gone
                .iter()
                .map(|place| {
                    let gone = &self.gone[*place];
                    let base = gone.known.mount.as_ref().map_or("", |mount| &mount.base);
                    rest(&gone.shape, base)
                })
                .collect();
            let now: Vec<String> = new
                .iter()
                .map(|index| rest(&self.new[*index].shape, &mount.base))
                .collect();
            let found = alike(&before, &now);
            pairs.extend(
                found
                    .into_iter()
                    .map(|(place, index)| (gone[place], new[index])),
            );
        }
        self.take(&pairs);
    }

    fn take(&mut self, pairs: &[(usize, usize)]) {
        let partners: BTreeMap<usize, usize> = pairs.iter().copied().collect();
        let taken: BTreeSet<usize> = partners.values().copied().collect();
        for (place, gone) in std::mem::take(&mut self.gone).into_iter().enumerate() {
            match partners.get(&place) {
                Some(index) => self.pairs.push((gone, self.new[*index])),
                None => self.gone.push(gone),
            }
        }
        let mut index = 0;
        self.new.retain(|_| {
            index += 1;
            !taken.contains(&(index - 1))
        });
    }
}

/// Whether the contract has a name for an operation before and after, and another one.
fn are_called_otherwise(before: Option<&str>, after: Option<&str>) -> bool {
    let plain = |id: &str| -> String {
        let letters = id.chars().filter(|character| character.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    match (before, after) {
        (Some(before), Some(after)) => plain(before) != plain(after),
        (None, _) | (_, None) => false,
    }
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
