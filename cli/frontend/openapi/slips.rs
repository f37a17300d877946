//! What was meant by a name that isn't there: the known one that it is a slip of.

use super::tree::Node;
use super::{Lowering, pointer};

/// How alike a name and a known one must be for the one to be a slip of the other (Jaro-Winkler, 0 to 1).
const ALIKE: f64 = 0.91;

/// How many names one is compared with at most.
const MAX_KNOWN: usize = 5_000;

/// How many bytes a name has that may be a slip, or what is meant by one: what it takes to tell grows with the product.
const MAX_NAME: usize = 128;

/// How many slips of a contract are looked into.
const MAX_SEARCHES: usize = 200;

/// How much work all of that may be: the bytes of one name times those of the other, for each two that are compared.
const MAX_WORK: usize = 40_000_000;

/// What comparing two names by their likeness takes, beside seeing that they are alike.
const LIKENESS: usize = 8;

/// The known name that another is a slip of, if it is one; of few known names.
pub(super) fn meant<'n>(text: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    Searches::default().meant(text, known)
}

/// Searches for what is meant, of which a contract has a number.
#[derive(Default)]
pub(super) struct Searches {
    made: usize,
    work: usize,
}

impl Searches {
    /// Whether there were too many to go on.
    fn are_over(&self) -> bool {
        self.made >= MAX_SEARCHES || self.work >= MAX_WORK
    }

    /// The known name that another is a slip of, if it is one.
    pub(super) fn meant<'n>(
        &mut self,
        text: &str,
        known: impl Iterator<Item = &'n str>,
    ) -> Option<&'n str> {
        if text.len() > MAX_NAME || self.are_over() {
            return None;
        }
        self.made += 1;
        let known = known.take(MAX_KNOWN).filter(|name| name.len() <= MAX_NAME);
        let mut best: Option<(f64, &str)> = None;
        for name in known {
            let work = name.len() * text.len();
            self.work += work;
            let is_alike = name.eq_ignore_ascii_case(text)
                || strsim::jaro_winkler(name, text) > ALIKE
                || is_swapped(name, text);
            if self.work >= MAX_WORK {
                return None;
            }
            if !is_alike {
                continue;
            }
            self.work += LIKENESS * work;
            let likeness = strsim::normalized_damerau_levenshtein(name, text);
            // Of names that are equally alike the first in the alphabet, however they are ordered here.
            let is_better = best.is_none_or(|(most, first)| {
                let by_likeness = likeness.total_cmp(&most);
                by_likeness.then_with(|| first.cmp(name)).is_gt()
            });
            if is_better {
                best = Some((likeness, name));
            }
        }
        best.map(|(_, name)| name)
    }
}

/// Whether one name is the other with two neighbours swapped, `gte` for `get`: names this short are alike in nothing else.
fn is_swapped(name: &str, text: &str) -> bool {
    let (name, text) = (name.as_bytes(), text.as_bytes());
    let differing = || (0..name.len()).filter(|at| name[*at] != text[*at]);
    name.len() == text.len()
        && differing().take(3).count() == 2
        && differing()
            .next()
            .is_some_and(|at| name.get(at + 1) == text.get(at) && name.get(at) == text.get(at + 1))
}

impl<'a> Lowering<'a> {
    /// What to do about a reference that leads to nothing: which one is meant, or else what is always true.
    pub(super) fn way_out(&mut self, file: u16, reference: &str, otherwise: &str) -> String {
        match self.reference_meant(file, reference) {
            Some(meant) => format!("is `{meant}` meant?"),
            None => otherwise.to_owned(),
        }
    }

    /// The reference with its first unknown step mended, if it leads to something then.
    fn reference_meant(&mut self, file: u16, reference: &str) -> Option<String> {
        if self.searches.are_over() {
            return None;
        }
        let (path, fragment) = reference.split_once('#')?;
        let tokens: Vec<&str> = fragment.strip_prefix('/')?.split('/').collect();
        let documents = &self.documents;
        let follow = |fragment: &str| {
            let found = documents.follow(file, &format!("{path}#{fragment}"));
            found.ok().flatten()
        };
        let up_to = |count: usize| -> String {
            let tokens = tokens.iter().take(count);
            tokens.map(|token| format!("/{token}")).collect()
        };
        let unknown = (0..tokens.len()).find(|at| follow(&up_to(at + 1)).is_none())?;
        let holder = follow(&up_to(unknown))?;
        let keys = holder.entries().map(|(key, _)| key.scalar_text());
        let key = self
            .searches
            .meant(&pointer::last_token(tokens[unknown]), keys)?;
        let rest: String = tokens[unknown + 1..]
            .iter()
            .map(|token| format!("/{token}"))
            .collect();
        let mended = format!("{}/{}{rest}", up_to(unknown), pointer::escape(key));
        follow(&mended).map(|_| format!("{path}#{mended}"))
    }

    /// What to do about a value of `mapping` that leads to nothing: a reference, or the name of a schema.
    pub(super) fn schema_meant(&mut self, target: Node<'a>, otherwise: &str) -> String {
        let text = target.scalar_text();
        if text.contains('#') {
            return self.way_out(target.file(), text, otherwise);
        }
        let root = self.documents.root();
        let declared = root.get("components").and_then(|all| all.get("schemas"));
        let names = declared.into_iter().flat_map(Node::entries);
        let names = names.map(|(name, _)| name.scalar_text());
        match self.searches.meant(text, names) {
            Some(name) => format!("is `{name}` meant?"),
            None => otherwise.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_KNOWN, MAX_NAME, MAX_SEARCHES, MAX_WORK, Searches, meant};

    #[test]
    fn the_most_alike_is_meant() {
        for (text, known, expected) in [
            ("Bok", &["Author", "Book", "Books"][..], Some("Book")),
            ("book", &["Book"], Some("Book")),
            ("getUsr", &["getUsers", "getUser"], Some("getUser")),
            ("gte", &["put", "get", "tag"], Some("get")),
            ("ab1", &["ab3", "ab2"], None),
            ("12ab", &["ab12", "21ba"], None),
            ("PetError1", &["PetError3", "PetError2"], Some("PetError2")),
            ("Invoice", &["Book"], None),
        ] {
            let found = meant(text, known.iter().copied());
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn searches_end() {
        let (name, longer) = ("n".repeat(MAX_NAME), "n".repeat(MAX_NAME + 1));
        assert_eq!(meant(&name, [&*name].into_iter()), Some(&*name));
        assert_eq!(meant(&longer, [&*name].into_iter()), None);
        assert_eq!(meant(&name, [&*longer].into_iter()), None);
        // Of short names there are as many searches as there may be, of long ones fewer.
        for (name, is_bound_by_work) in [("ab", false), (&*name, true)] {
            let mut searches = Searches::default();
            for _ in 0..2 * MAX_SEARCHES {
                searches.meant("abc", std::iter::repeat_n(name, 100));
                searches.meant(name, std::iter::repeat_n(name, MAX_KNOWN));
            }
            assert_eq!(searches.work >= MAX_WORK, is_bound_by_work);
            assert_eq!(searches.made == MAX_SEARCHES, !is_bound_by_work);
            assert!(searches.work < 2 * MAX_WORK);
        }
    }
}
