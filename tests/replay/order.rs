//! In what order the functions of a file stand and what was written around them, and what belongs together.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::ledger::Ledger;
use super::outline::Outline;
use super::tree::Tree;

/// The files in which something was written, and what stands where in them.
pub struct Order(BTreeMap<Utf8PathBuf, FileOrder>);

#[derive(Default)]
struct FileOrder {
    things: Vec<Thing>,
    /// Pieces that stand right before a function or right behind it, and its name.
    ties: BTreeSet<(usize, Side, String)>,
}

/// A piece, by its number in the ledger, or a function that is none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Piece(usize),
    Function(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Before,
    Behind,
}

impl Order {
    /// Finds every piece, which must be there once and to the byte.
    pub fn of(ledger: &Ledger, tree: &Tree) -> Result<Self, String> {
        let mut files: BTreeMap<Utf8PathBuf, Vec<(usize, usize)>> = BTreeMap::new();
        for (index, written) in ledger.written.iter().enumerate() {
            let at = ledger.find(written, tree)?;
            files
                .entry(written.file.clone())
                .or_default()
                .push((at, index));
        }
        let order = |(path, places): (Utf8PathBuf, Vec<(usize, usize)>)| {
            let order = FileOrder::of(ledger, tree.text(&path).unwrap_or_default(), &places, &path);
            (path, order)
        };
        Ok(Self(files.into_iter().map(order).collect()))
    }

    /// Holds that all that is there before and after is in one order, and that what stood at a function stands there still.
    pub fn is_kept(
        &self,
        after: &Self,
        moves: &BTreeMap<Utf8PathBuf, Utf8PathBuf>,
    ) -> Result<(), String> {
        for (path, before) in &self.0 {
            let path = moves.get(path).unwrap_or(path);
            let Some(after) = after.0.get(path) else {
                continue;
            };
            let common = |of: &FileOrder, other: &FileOrder| -> Vec<Thing> {
                of.things
                    .iter()
                    .filter(|thing| other.things.contains(thing))
                    .cloned()
                    .collect()
            };
            let (was, is) = (common(before, after), common(after, before));
            if was != is {
                return Err(format!(
                    "what stands in {path} has another order: {was:?} is {is:?}"
                ));
            }
            let is_there = |name: &String| after.things.contains(&Thing::Function(name.clone()));
            let lost = before
                .ties
                .difference(&after.ties)
                .find(|(_, _, name)| is_there(name));
            if let Some((_, side, name)) = lost {
                return Err(format!(
                    "in {path} something stood {side:?} `{name}` and doesn't now"
                ));
            }
        }
        Ok(())
    }
}

impl FileOrder {
    fn of(ledger: &Ledger, text: &str, places: &[(usize, usize)], path: &Utf8Path) -> Self {
        let is_rust = path.extension() == Some("rs");
        let outline = Outline::of(text).filter(|_| is_rust).unwrap_or_default();
        let range = |(at, index): &(usize, usize)| *at..*at + ledger.written[*index].text.len();
        let own = |start: usize| {
            places
                .iter()
                .any(|place| range(place).start < start && range(place).contains(&start))
        };
        let mut things: Vec<(usize, Thing)> = places
            .iter()
            .map(|(at, index)| (*at, Thing::Piece(*index)))
            .collect();
        let mut order = Self::default();
        for function in outline
            .functions
            .iter()
            .filter(|function| !own(function.signature.start))
        {
            things.push((
                function.signature.start,
                Thing::Function(function.name.clone()),
            ));
            for place in places {
                let tie = |side: Side| (place.1, side, function.name.clone());
                if range(place).end == function.whole.start {
                    order.ties.insert(tie(Side::Before));
                } else if range(place).start == function.whole.end {
                    order.ties.insert(tie(Side::Behind));
                }
            }
        }
        things.sort();
        order.things = things.into_iter().map(|(_, thing)| thing).collect();
        order
    }
}
