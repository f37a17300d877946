//! What was meant by a name that isn't there: the known one that it is a slip of.

use super::tree::Node;
use super::{Lowering, pointer};

/// How alike a name and a known one must be for the one to be a slip of the other (Jaro-Winkler, 0 to 1).
const ALIKE: f64 = 0.91;

/// How many names one is compared with at most.
const MAX_KNOWN: usize = 5_000;

/// How many references of a contract are looked at so.
const MAX_REFERENCES: usize = 200;

/// The known name that another is a slip of, if it is one.
pub(super) fn meant<'n>(text: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let is_alike =
        |name: &&str| name.eq_ignore_ascii_case(text) || strsim::jaro_winkler(name, text) > ALIKE;
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(name, text);
    known.take(MAX_KNOWN).filter(is_alike).max_by(|a, b| {
        let by_likeness = likeness(a).total_cmp(&likeness(b));
        // Of names that are equally alike the first in the alphabet, however they are ordered here.
        by_likeness.then_with(|| b.cmp(a))
    })
}

impl<'a> Lowering<'a> {
    /// What to do about a reference that leads to nothing: which one is meant, or else what is always true.
    pub(super) fn way_out(&mut self, file: u16, reference: &str, otherwise: &str) -> String {
        self.searched += 1;
        let found = (self.searched <= MAX_REFERENCES)
            .then(|| self.reference_meant(file, reference))
            .flatten();
        match found {
            Some(meant) => format!("is `{meant}` meant?"),
            None => otherwise.to_owned(),
        }
    }

    /// The reference with its first unknown step mended, if it leads to something then.
    fn reference_meant(&self, file: u16, reference: &str) -> Option<String> {
        let (path, fragment) = reference.split_once('#')?;
        let tokens: Vec<&str> = fragment.strip_prefix('/')?.split('/').collect();
        let follow = |fragment: &str| {
            let found = self.documents.follow(file, &format!("{path}#{fragment}"));
            found.ok().flatten()
        };
        let up_to = |count: usize| -> String {
            let tokens = tokens.iter().take(count);
            tokens.map(|token| format!("/{token}")).collect()
        };
        let unknown = (0..tokens.len()).find(|at| follow(&up_to(at + 1)).is_none())?;
        let holder = follow(&up_to(unknown))?;
        let keys = holder.entries().map(|(key, _)| key.scalar_text());
        let key = meant(&pointer::last_token(tokens[unknown]), keys)?;
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
        match meant(text, names.map(|(name, _)| name.scalar_text())) {
            Some(name) => format!("is `{name}` meant?"),
            None => otherwise.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn the_most_alike_is_meant() {
        for (text, known, expected) in [
            ("Bok", &["Author", "Book", "Books"][..], Some("Book")),
            ("book", &["Book"], Some("Book")),
            ("getUsr", &["getUsers", "getUser"], Some("getUser")),
            ("ab1", &["ab3", "ab2"], None),
            ("PetError1", &["PetError3", "PetError2"], Some("PetError2")),
            ("Invoice", &["Book"], None),
        ] {
            let found = meant(text, known.iter().copied());
            assert_eq!(found, expected, "{text}");
        }
    }
}
