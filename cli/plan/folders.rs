//! Where operations land: a folder for each segment of their URL, with a name that every file system takes.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::names;
use crate::model::{Part, Segment, UrlTemplate};

/// How many bytes the name of a folder may have, as file systems have it.
const MAX_FOLDER: usize = 255;

/// How many bytes the path of a file may have below the project, so that it can be opened wherever the project lies.
const MAX_PATH: usize = 1024;

/// A URL's `route.rs` below the project: `app/api/v1/books/[id]/route.rs`.
pub(super) fn file(base: &str, url: &UrlTemplate) -> Utf8PathBuf {
    folders(base, url).join("route.rs")
}

/// The same of `/a/` where `/a` is declared too: a route group keeps them apart without a segment of its own.
pub(super) fn file_beside(base: &str, url: &UrlTemplate) -> Utf8PathBuf {
    folders(base, url).join("(slash)").join("route.rs")
}

fn folders(base: &str, url: &UrlTemplate) -> Utf8PathBuf {
    let mut path = Utf8PathBuf::from("app");
    for segment in base.split('/').filter(|segment| !segment.is_empty()) {
        path.push(literal(segment));
    }
    for segment in &url.segments {
        path.push(folder(segment));
    }
    path
}

fn folder(segment: &Segment) -> String {
    let parts = segment.parts.iter().map(|part| match part {
        Part::Literal(text) if segment.parts.len() == 1 => literal(text),
        Part::Literal(text) => escape(text),
        Part::Parameter(name) => format!("[{}]", escape(name)),
        Part::CatchAll(name) => format!("[...{}]", escape(name)),
        Part::OptionalCatchAll(name) => format!("[[...{}]]", escape(name)),
    });
    let name: String = parts.collect();
    // Windows takes `a.` for `a`.
    match name.strip_suffix('.') {
        Some(rest) => format!("{rest}%2E"),
        None => name,
    }
}

/// Whether a file can't be had, even if folders that differ in case alone must be told apart.
pub(super) fn is_too_long(file: &Utf8Path) -> bool {
    let bytes = |text: &str| text.len() + 2 * capitals(text).count();
    bytes(file.as_str()) > MAX_PATH || file.iter().any(|folder| bytes(folder) > MAX_FOLDER)
}

/// Gives folders that lie side by side names that differ in more than case, since many file systems don't see the case:
/// of `Books` and `books`, the one becomes `%42ooks`.
pub(super) fn tell_apart(files: &mut [&mut Utf8PathBuf]) {
    // For each folder and name in it, written small, the spellings that there are: by how many capitals they have, then by name.
    let mut spellings: BTreeMap<(Utf8PathBuf, String), BTreeSet<(usize, String)>> = BTreeMap::new();
    for path in files.iter().flat_map(|file| file.ancestors()) {
        if let Some((key, name)) = place(path) {
            let spelling = (capitals(name).count(), name.to_owned());
            spellings.entry(key).or_default().insert(spelling);
        }
    }
    spellings.retain(|_, names| names.len() > 1);
    if spellings.is_empty() {
        return;
    }
    for file in files.iter_mut() {
        let mut told: Vec<String> = Vec::new();
        for (key, name) in file.ancestors().filter_map(place) {
            let plainest = spellings.get(&key).and_then(BTreeSet::first);
            told.push(match plainest {
                Some((_, plainest)) if plainest != name => encode_capitals(name),
                Some(_) | None => name.to_owned(),
            });
        }
        **file = told.iter().rev().collect();
    }
}

/// The folder that something lies in with its name, written small; and the name.
fn place(path: &Utf8Path) -> Option<((Utf8PathBuf, String), &str)> {
    let name = path.file_name()?;
    Some(((path.parent()?.to_owned(), name.to_ascii_lowercase()), name))
}

/// Where capitals stand in a folder's name, those of percent-encoding apart.
fn capitals(name: &str) -> impl Iterator<Item = usize> {
    let is_encoding = |at: usize| {
        let before = |back: usize| at.checked_sub(back).map(|at| name.as_bytes()[at]);
        before(1) == Some(b'%') || before(2) == Some(b'%')
    };
    let capitals = name
        .bytes()
        .enumerate()
        .filter(|(_, byte)| byte.is_ascii_uppercase());
    capitals
        .map(|(at, _)| at)
        .filter(move |at| !is_encoding(*at))
}

fn encode_capitals(name: &str) -> String {
    let mut encoded = String::new();
    let mut from = 0;
    for at in capitals(name) {
        encoded.push_str(&name[from..at]);
        encoded.push_str(&format!("%{:02X}", name.as_bytes()[at]));
        from = at + 1;
    }
    encoded + &name[from..]
}

/// A folder for a fixed segment; one that Next, git or Windows would take for something else is percent-encoded.
fn literal(text: &str) -> String {
    let escaped = escape(text);
    match escaped.strip_prefix('_') {
        Some(rest) => format!("%5F{rest}"),
        None if escaped.bytes().all(|byte| byte == b'.') => escaped.replace('.', "%2E"),
        None if is_file_name(&escaped) => escaped.replace('.', "%2E"),
        None if names::is_device(&escaped) => {
            format!("%{:02X}{}", escaped.as_bytes()[0], &escaped[1..])
        }
        None => escaped,
    }
}

/// Whether a file of the project may have this name: `/lib.rs` at the root must not be a folder `app/lib.rs`. Git takes no
/// folder called `.git`.
fn is_file_name(folder: &str) -> bool {
    let folder = folder.to_ascii_lowercase();
    folder.ends_with(".rs") || folder == "cargo.toml" || folder == ".git"
}

/// Percent-encodes what can't stand in a folder's name, or would mean something there.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~$@!+,;=".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_names_that_every_file_system_takes() {
        for (segment, expected) in [
            ("books", "books"),
            ("_under", "%5Funder"),
            ("..", "%2E%2E"),
            ("a/b\\c", "a%2Fb%5Cc"),
            ("con", "%63on"),
            ("AUX.json", "%41UX.json"),
            ("com1", "%63om1"),
            ("lpt10", "lpt10"),
            ("console", "console"),
            ("lib.rs", "lib%2Ers"),
            (".git", "%2Egit"),
            (".well-known", ".well-known"),
            ("a.", "a%2E"),
            ("a ", "a%20"),
            ("a:b*c", "a%3Ab%2Ac"),
            ("größe", "gr%C3%B6%C3%9Fe"),
            ("%41", "%2541"),
        ] {
            let parts = vec![Part::Literal(segment.to_owned())];
            assert_eq!(folder(&Segment { parts }), expected, "{segment}");
        }
    }

    #[test]
    fn folders_differ_in_more_than_case() {
        let paths = [
            "app/Books/route.rs",
            "app/books/[id]/route.rs",
            "app/BOOKS/x/route.rs",
            "app/a/B%C3/route.rs",
            "app/A/b%C3/Route/route.rs",
            "app/[userId]/route.rs",
        ];
        let mut paths = paths.map(Utf8PathBuf::from);
        tell_apart(&mut paths.iter_mut().collect::<Vec<_>>());
        let expected = [
            "app/%42ooks/route.rs",
            "app/books/[id]/route.rs",
            "app/%42%4F%4F%4B%53/x/route.rs",
            "app/a/B%C3/route.rs",
            "app/%41/b%C3/Route/route.rs",
            "app/[userId]/route.rs",
        ];
        assert_eq!(paths, expected.map(Utf8PathBuf::from));
    }
}
