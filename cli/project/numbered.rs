//! Names of operations that were counted, not given: `list`, `list_1`, `list_2` of several resources. The next version may count otherwise.

use std::collections::{BTreeMap, BTreeSet};

/// The names that are counted, without their numbers.
#[derive(Debug, Default, PartialEq)]
pub struct Numbered(BTreeSet<String>);

impl Numbered {
    /// Finds them in the names of each version of the contracts.
    pub fn new<'a>(versions: [BTreeSet<&'a str>; 2]) -> Self {
        let mut numbered = BTreeSet::new();
        for version in versions {
            let mut families: BTreeMap<&str, Vec<&'a str>> = BTreeMap::new();
            for id in version {
                families.entry(stem(id)).or_default().push(id);
            }
            let counted =
                |(stem, ids): &(&str, Vec<&str>)| ids.len() > 1 && ids.iter().any(|id| id != stem);
            let families = families.into_iter().filter(counted);
            numbered.extend(families.map(|(stem, _)| stem.to_owned()));
        }
        Self(numbered)
    }

    /// A name, if it says which operation it is of.
    pub fn name<'a>(&self, id: Option<&'a str>) -> Option<&'a str> {
        id.filter(|id| !self.0.contains(stem(id)))
    }
}

/// A name without the number at its end.
fn stem(id: &str) -> &str {
    let rest = id.trim_end_matches(|last: char| last.is_ascii_digit());
    match rest.strip_suffix('_') {
        Some(stem) if rest.len() < id.len() => stem,
        Some(_) | None => id,
    }
}

#[cfg(test)]
mod tests {
    use super::Numbered;

    #[test]
    fn what_was_counted_is_no_name() {
        let now = ["list", "list_1", "read_2", "a_3", "a_4", "v1", "v2", "end_"];
        let numbered = Numbered::new([["was", "was_1"].into(), now.into()]);
        let names = now.into_iter().chain(["list_7", "was"]);
        let names = names.filter(|name| numbered.name(Some(name)).is_some());
        assert_eq!(names.collect::<Vec<_>>(), ["read_2", "v1", "v2", "end_"]);
    }
}
