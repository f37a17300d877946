//! What is asked of an emitted project without compiling it.

use std::cell::RefCell;
use std::collections::HashSet;

use proc_macro2::{TokenStream, TokenTree};
use routegen::render::{Content, Emitted};

/// The word that hostile texts would like to see as code. Names that are made of contracts are `pwn_ed` or `PwnEd`, never this.
const PWNED: &str = "pwnEd";

thread_local! {
    /// Texts that were looked at: most files of a project are the same in all of them.
    static SEEN: RefCell<HashSet<u128>> = RefCell::default();
}

/// Looks at every file.
pub fn hold(emitted: &Emitted) {
    let mut places = HashSet::new();
    for file in &emitted.files {
        let path = file.path.as_str();
        stays_inside(path);
        assert!(places.insert(path.to_lowercase()), "{path} is there twice");
        let text = match &file.content {
            Content::Ours(text) | Content::Yours(text) => text.clone(),
            Content::Functions(functions) => functions.text(),
        };
        let hash = xxhash_rust::xxh3::xxh3_128(text.as_bytes());
        if !SEEN.with_borrow_mut(|seen| {
            if seen.len() > 10_000 {
                seen.clear();
            }
            seen.insert(hash)
        }) {
            continue;
        }
        match file.path.extension() {
            Some("rs") => is_rust(path, &text),
            Some("toml") => is_manifest(path, &text),
            Some("json") => {
                // Contracts may nest deeper than `serde_json` reads.
                let json = serde_json::from_str::<serde_json::Value>(&text);
                let too_deep = |error: &serde_json::Error| error.to_string().contains("recursion");
                let wrong = json.err().filter(|error| !too_deep(error));
                assert!(wrong.is_none(), "{path}: {wrong:?}");
            }
            _ => {}
        }
    }
    let places: HashSet<String> = places;
    for place in &places {
        for folder in camino_ancestors(place) {
            assert!(!places.contains(folder), "{folder} is a file and a folder");
        }
    }
}

fn camino_ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// A path that is relative, has no way up, and can be had on every system that we know.
fn stays_inside(path: &str) {
    assert!(path.len() <= 1024, "{} bytes: {path}", path.len());
    for part in path.split('/') {
        assert!(!part.is_empty() && part != "." && part != "..", "{path:?}");
        assert!(part.len() <= 255, "{} bytes: {path:?}", part.len());
        assert!(
            !part.contains(|c: char| c.is_control() || r#"\<>"|?*"#.contains(c)),
            "{path:?}"
        );
        assert!(!part.ends_with(['.', ' ']) || part == "..", "{path:?}");
        let stem = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
        let is_device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
            || (stem.len() == 4
                && (stem.starts_with("com") || stem.starts_with("lpt"))
                && stem.ends_with(|last: char| last.is_ascii_digit()));
        assert!(!is_device, "{path:?} is a device on Windows");
    }
}

fn is_rust(path: &str, text: &str) {
    let file = syn::parse_file(text);
    assert!(file.is_ok(), "{path}: {:?}\n{text}", file.err());
    // `syn` doesn't keep bidirectional controls out, nor does it care where they stand.
    let hidden = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!text.contains(hidden), "{path}: hides text\n{text}");
    let tokens: TokenStream = text.parse().expect("it was parsed before");
    says_nothing_of_its_own(path, text, tokens);
    proc_macro2::extra::invalidate_current_thread_spans();
}

fn says_nothing_of_its_own(path: &str, text: &str, tokens: TokenStream) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => says_nothing_of_its_own(path, text, group.stream()),
            TokenTree::Ident(ident) => assert!(ident != PWNED, "{path}: code came in\n{text}"),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn is_manifest(path: &str, text: &str) {
    let table = text.parse::<toml::Table>();
    assert!(table.is_ok(), "{path}: {table:?}\n{text}");
    for key in table.expect("it was parsed").keys() {
        let known = [
            "package",
            "workspace",
            "dependencies",
            "dev-dependencies",
            "features",
            "lib",
            "bin",
            "profile",
            "lints",
            "api",
            "limits",
            "problem",
            "layout",
            "test",
        ];
        assert!(known.contains(&key.as_str()), "{path}: `{key}`\n{text}");
    }
}
