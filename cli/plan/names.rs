//! Names in Rust for names in a contract: cases, keywords, clashes.

use std::collections::{HashMap, HashSet};

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Keywords that can be written as raw identifiers (edition 2024, strict and reserved).
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that can't.
const NEVER_RAW: &[&str] = &["crate", "self", "super", "Self", "_"];

/// Types that emitted files name without a path; a schema of such a name gets `Type` appended.
const TAKEN_TYPES: &[&str] = &[
    "BTreeMap", "Box", "Option", "Self", "String", "Vec", "Sync", "Send", "Sized", "From", "Into",
];

/// Names that are already taken in one scope.
#[derive(Debug, Default, Clone)]
pub struct Scope {
    used: HashSet<String>,
    /// The number that a name gets when it is taken once more.
    next: HashMap<String, u64>,
}

impl Scope {
    /// `name`, or `name2`, `name3` … if it is taken; it is taken from now on.
    pub fn unique(&mut self, name: String) -> String {
        if self.used.insert(name.clone()) {
            return name;
        }
        let separator = if name.ends_with(|last: char| last.is_ascii_digit()) {
            "_"
        } else {
            ""
        };
        let stem = name.strip_prefix("r#").unwrap_or(&name);
        let next = self.next.entry(name.clone()).or_insert(2);
        loop {
            let found = format!("{stem}{separator}{next}");
            *next += 1;
            if self.used.insert(found.clone()) {
                return found;
            }
        }
    }

    /// Takes a name without giving it out.
    pub fn reserve(&mut self, name: &str) {
        self.used.insert(name.to_owned());
    }
}

/// Names for what has a key of its own, such as a URL. Of those that want one name, the first by key has it, and the others
/// have it with a mark of their keys behind it: neither the contract's order nor what else is there changes a mark.
pub fn apart(wanted: &[(String, String)]) -> Vec<String> {
    let mut sorted: Vec<usize> = (0..wanted.len()).collect();
    sorted.sort_by_key(|index| &wanted[*index]);
    let mut scope = Scope::default();
    let mut names: Vec<String> = wanted.iter().map(|(name, _)| name.clone()).collect();
    let is_first = |index: &usize| scope.used.insert(wanted[*index].0.clone());
    let (_, others): (Vec<usize>, Vec<usize>) = sorted.into_iter().partition(is_first);
    for index in others {
        let (name, key) = &wanted[index];
        let mark = xxhash_rust::xxh3::xxh3_64(key.as_bytes()) >> 48;
        let name = name.trim_end_matches('_');
        names[index] = scope.unique(format!("{name}_{mark:04x}"));
    }
    names
}

/// A type or variant name: `pet store` → `PetStore`. Empty when nothing of `text` can stand in a name.
pub fn pascal(text: &str) -> String {
    let name = words(text).to_upper_camel_case();
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("N{name}")
    } else {
        name
    }
}

/// A type name that hides no type that emitted files use.
pub fn type_name(text: &str) -> String {
    let name = pascal(text);
    if name.is_empty() {
        return "Unnamed".to_owned();
    }
    if TAKEN_TYPES.contains(&name.as_str()) {
        format!("{name}Type")
    } else {
        name
    }
}

/// A variant name: `Self` can't be one.
pub fn variant_name(text: &str) -> String {
    match pascal(text).as_str() {
        "" => "Empty".to_owned(),
        "Self" => "SelfValue".to_owned(),
        name => name.to_owned(),
    }
}

/// A field, function or module name, raw if it is a keyword: `type` → `r#type`.
pub fn snake(text: &str) -> String {
    let name = plain_snake(text);
    if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// As [`snake`], but a keyword gets an underscore: for modules and whatever becomes part of a longer name.
pub fn plain_snake(text: &str) -> String {
    let name = words(text).to_snake_case();
    if name.is_empty() {
        return "unnamed".to_owned();
    }
    if NEVER_RAW.contains(&name.as_str()) {
        return format!("{name}_");
    }
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("n{name}")
    } else {
        name
    }
}

/// A module name: never raw, since it becomes a file name, which Windows must not take for a device either.
pub fn module(text: &str) -> String {
    let name = plain_snake(text);
    if KEYWORDS.contains(&name.as_str()) || is_device(&name) {
        format!("{name}_")
    } else {
        name
    }
}

/// A name with that of its module before it. A mark of the module's is left off: two underscores in a row are no snake case.
pub fn inside(module: &str, name: &str) -> String {
    format!("{}_{name}", module.trim_end_matches('_'))
}

/// Whether Windows has a device of this name, in any case and with any ending: `aux.json`.
pub fn is_device(file: &str) -> bool {
    let stem = file.split('.').next().unwrap_or(file).to_ascii_lowercase();
    let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    ["aux", "con", "nul", "prn"].contains(&stem.as_str())
        || port.is_some_and(|port| matches!(port.as_bytes(), [b'0'..=b'9']))
}

/// `text` in ASCII letters, digits and blanks: other scripts are transliterated, symbols are spelled out where they are all
/// there is (`+1` → `plus 1`).
fn words(text: &str) -> String {
    if text == "ETag" {
        return "etag".to_owned();
    }
    let ascii = deunicode::deunicode_with_tofu(text, " ");
    let signed =
        ascii.starts_with(['+', '-']) && ascii[1..].starts_with(|next: char| next.is_ascii_digit());
    let has_words = ascii.contains(|c: char| c.is_ascii_alphanumeric());
    if has_words && !signed {
        return ascii.replace(|c: char| !c.is_ascii_alphanumeric(), " ");
    }
    ascii
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_string()
            } else {
                symbol(c)
            }
        })
        .collect()
}

fn symbol(c: char) -> String {
    let word = match c {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '%' => "percent",
        '&' => "and",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '~' => "tilde",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '?' => "question",
        '|' => "pipe",
        '^' => "caret",
        '_' => "underscore",
        _ => "",
    };
    format!(" {word} ")
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn no_order_and_no_newcomer_changes_a_mark(
            mut keys in proptest::collection::vec("[ab]{1,4}", 1..8),
            turns in 0usize..8,
            newcomer in "[ab]{1,4}",
        ) {
            keys.sort();
            keys.dedup();
            // Names hold less than keys: these want the same one if they are equally long.
            let named = |keys: &[String]| -> HashMap<String, String> {
                let wanted = keys.iter().map(|key| (format!("n{}", key.len()), key.clone()));
                let wanted: Vec<(String, String)> = wanted.collect();
                keys.iter().cloned().zip(apart(&wanted)).collect()
            };
            let before = named(&keys);
            let distinct: HashSet<&String> = before.values().collect();
            proptest::prop_assert_eq!(distinct.len(), keys.len());
            let mut turned = keys.clone();
            turned.rotate_left(turns % keys.len());
            turned.reverse();
            proptest::prop_assert_eq!(&named(&turned), &before);
            let is_known = keys.contains(&newcomer);
            keys.extend((!is_known).then(|| newcomer.clone()));
            let after = named(&keys);
            for (key, name) in &before {
                // A plain name goes over only to who comes before its holder in the alphabet.
                let is_taken = !is_known && newcomer.len() == key.len() && newcomer < *key;
                proptest::prop_assert!(after[key] == *name || (is_taken && !name.contains('_')));
            }
        }
    }

    #[test]
    fn a_mark_stands_behind_one_underscore() {
        let wanted = ["type_", "type_"]
            .map(str::to_owned)
            .into_iter()
            .zip(["a", "b"].map(str::to_owned));
        let wanted: Vec<(String, String)> = wanted.collect();
        let names = apart(&wanted);
        assert_eq!(names[0], "type_");
        assert!(
            names[1].starts_with("type_") && !names[1].contains("__"),
            "{}",
            names[1]
        );
    }

    #[test]
    fn names_are_what_a_person_would_choose() {
        let cases = [
            ("displayName", "DisplayName", "display_name"),
            ("non-fiction", "NonFiction", "non_fiction"),
            ("type", "Type", "r#type"),
            ("self", "Self", "self_"),
            ("+1", "Plus1", "plus_1"),
            ("-1", "Minus1", "minus_1"),
            ("2fa", "N2fa", "n2fa"),
            ("größe", "Grosse", "grosse"),
            ("名前", "MingQian", "ming_qian"),
            ("*", "Star", "star"),
            ("gen", "Gen", "r#gen"),
            ("a\"b\n*/c", "ABC", "a_b_c"),
            ("X-Request-Id", "XRequestId", "x_request_id"),
            ("ETag", "Etag", "etag"),
        ];
        for (text, type_, field) in cases {
            assert_eq!(
                (pascal(text).as_str(), snake(text).as_str()),
                (type_, field),
                "{text}"
            );
        }
    }

    #[test]
    fn a_mark_of_a_module_isnt_part_of_a_longer_name() {
        assert_eq!(inside("con_", "post_body"), "con_post_body");
        assert_eq!(
            inside("webhooks_mod_", "post_body"),
            "webhooks_mod_post_body"
        );
    }

    #[test]
    fn a_clash_gets_a_number() {
        let mut scope = Scope::default();
        let names = ["Book", "Book", "Book", "N1", "N1"].map(|name| scope.unique(name.to_owned()));
        assert_eq!(names, ["Book", "Book2", "Book3", "N1", "N1_2"]);
    }
}
