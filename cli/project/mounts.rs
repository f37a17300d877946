//! Which of the contracts that a project was written for is which of those that it has now.

use std::collections::{BTreeMap, BTreeSet};

use crate::render::Mount;

/// The contracts of before with what each is now. An `operationId` says nothing beyond its own contract.
#[derive(Debug, Default, PartialEq)]
pub struct Mounts(BTreeMap<Mount, Mount>);

impl Mounts {
    /// Pairs contracts: those that are where they were, then by file, then by base path; then the only one with the only one.
    pub fn new<'a>(before: BTreeSet<&'a Mount>, now: BTreeSet<&'a Mount>) -> Self {
        let is_one = before.len() == 1 && now.len() == 1;
        let rules: [fn(&Mount, &Mount) -> bool; 3] = [
            |one, other| one == other,
            |one, other| one.spec == other.spec,
            |one, other| one.base == other.base,
        ];
        let (mut before, mut now) = (before, now);
        let mut pairs = BTreeMap::new();
        for rule in rules {
            let only = |mount: &Mount, others: &BTreeSet<&'a Mount>| {
                let mut alike = others.iter().filter(|other| rule(mount, other));
                alike.next().copied().filter(|_| alike.next().is_none())
            };
            let found: Vec<(&Mount, &Mount)> = before
                .iter()
                .filter_map(|mount| {
                    let other = only(mount, &now)?;
                    only(other, &before).map(|_| (*mount, other))
                })
                .collect();
            for (mount, other) in found {
                before.remove(mount);
                now.remove(other);
                pairs.insert(mount.clone(), other.clone());
            }
        }
        if is_one && let (Some(mount), Some(other)) = (before.first(), now.first()) {
            pairs.insert(Mount::clone(mount), Mount::clone(other));
        }
        Self(pairs)
    }

    /// What a contract of before is now.
    pub fn now(&self, before: Option<&Mount>) -> Option<&Mount> {
        self.0.get(before?)
    }
}

#[cfg(test)]
mod tests {
    use super::{Mount, Mounts};

    /// Contracts as `file base`, and the pairs by their places.
    fn check(before: &[&str], now: &[&str], expected: &[(usize, usize)]) {
        let mounts = |texts: &[&str]| -> Vec<Mount> {
            let mount = |text: &&str| {
                let (spec, base) = text.split_once(' ').unwrap();
                Mount {
                    spec: spec.into(),
                    base: base.to_owned(),
                }
            };
            texts.iter().map(mount).collect()
        };
        let (before, now) = (mounts(before), mounts(now));
        let mounts = Mounts::new(before.iter().collect(), now.iter().collect());
        let mut found = Vec::new();
        for (index, mount) in before.iter().enumerate() {
            let paired = mounts.now(Some(mount));
            let place = paired.and_then(|paired| now.iter().position(|now| now == paired));
            found.extend(place.map(|place| (index, place)));
        }
        assert_eq!(found, expected, "{before:?} {now:?}");
    }

    #[test]
    fn a_contract_is_known_by_its_file_or_its_base() {
        check(&["a /a", "b /b"], &["a /a", "b /b"], &[(0, 0), (1, 1)]);
        check(&["a /a", "b /b"], &["b /a", "a /b"], &[(0, 1), (1, 0)]);
        check(&["a /a", "b /b"], &["a /c", "c /b"], &[(0, 0), (1, 1)]);
        // One file mounted twice is two contracts.
        check(&["a /1", "a /2"], &["a /1", "a /3"], &[(0, 0), (1, 1)]);
        check(&["a /1", "a /2"], &["a /3", "a /4"], &[]);
        // The only contract of a project may change in both.
        check(&["a /1"], &["b /2"], &[(0, 0)]);
        check(&["a /1", "b /2"], &["a /1", "c /3"], &[(0, 0)]);
    }
}
