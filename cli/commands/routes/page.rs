//! The page: a tree of routes by folder, for people who would rather look than read.
//!
//! It is one file that asks nothing of a network. All that comes out of a contract is text in it: the template escapes it, and
//! what would steer a reader's eyes is made visible before.

use std::collections::BTreeMap;

use askama::Template;
use camino::{Utf8Path, Utf8PathBuf};

use super::Row;
use crate::commands::check::kinds::Kind;
use crate::diagnostics::visible;
use crate::project::{Change, ChangeKind};

#[derive(Template)]
#[template(path = "routes/page.html")]
struct Page {
    name: String,
    counts: Vec<Count>,
    drift: Vec<Drift>,
    served: Vec<Piece>,
    sent: Vec<Card>,
}

/// How many rows are in a state.
struct Count {
    state: &'static str,
    number: usize,
}

/// A file that `sync` would change.
struct Drift {
    word: &'static str,
    path: String,
}

/// What the tree is printed from, since a template can't call itself.
enum Piece {
    Open { folder: String, number: usize },
    Row(Box<Card>),
    Close,
}

/// A row as it is shown.
struct Card {
    method: String,
    method_class: String,
    url: String,
    state: &'static str,
    /// Why `sync` would change its file; empty if it wouldn't.
    drift: &'static str,
    summary: String,
    operation_id: String,
    tags: Vec<String>,
    security: String,
    request: String,
    place: String,
    /// Whether its file is on disk, so that a link can lead there.
    is_there: bool,
    link: String,
}

/// A folder and what is in it.
#[derive(Default)]
struct Folder<'a> {
    rows: Vec<&'a Row>,
    folders: BTreeMap<&'a str, Folder<'a>>,
}

/// The page of a project called `name`, which lies in the folder `links` as seen from the page.
pub fn page(name: &str, rows: &[Row], changes: &[&Change], links: &Utf8Path) -> String {
    let by_path = changes
        .iter()
        .map(|change| (change.path.as_path(), *change));
    let by_path: BTreeMap<&Utf8Path, &Change> = by_path.collect();
    let card = |row: &Row| card(row, by_path.get(Utf8Path::new(&row.file)).copied(), links);
    let (served, sent): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.direction == "in");
    let mut pieces = Vec::new();
    tree(&served).print(&card, &mut pieces);
    let mut numbers: BTreeMap<&'static str, usize> = BTreeMap::new();
    for row in rows {
        *numbers.entry(row.state).or_default() += 1;
    }
    let page = Page {
        name: plain(name),
        counts: numbers
            .into_iter()
            .map(|(state, number)| Count { state, number })
            .collect(),
        drift: changes.iter().map(|change| drift(change)).collect(),
        served: pieces,
        sent: sent.into_iter().map(card).collect(),
    };
    let mut text = page
        .render()
        .expect("templates of ours write to memory alone");
    text.push('\n');
    text
}

fn tree<'a>(rows: &[&'a Row]) -> Folder<'a> {
    let mut root = Folder::default();
    for row in rows {
        let folder = Utf8Path::new(&row.file).parent();
        let mut at = &mut root;
        for name in folder.into_iter().flat_map(Utf8Path::components) {
            at = at.folders.entry(name.as_str()).or_default();
        }
        at.rows.push(row);
    }
    root
}

impl Folder<'_> {
    fn print(&self, card: &impl Fn(&Row) -> Card, pieces: &mut Vec<Piece>) {
        pieces.extend(self.rows.iter().map(|row| Piece::Row(Box::new(card(row)))));
        for (name, folder) in &self.folders {
            let (mut path, mut folder) = (Utf8PathBuf::from(name), folder);
            // A folder that has nothing but another is one line with it.
            while let (true, Some((name, only)), 1) = (
                folder.rows.is_empty(),
                folder.folders.first_key_value(),
                folder.folders.len(),
            ) {
                path.push(name);
                folder = only;
            }
            pieces.push(Piece::Open {
                folder: plain(path.as_str()),
                number: folder.number(),
            });
            folder.print(card, pieces);
            pieces.push(Piece::Close);
        }
    }

    fn number(&self) -> usize {
        self.rows.len() + self.folders.values().map(Folder::number).sum::<usize>()
    }
}

fn card(row: &Row, change: Option<&Change>, links: &Utf8Path) -> Card {
    // A file that is to move is where it was.
    let file = change.map_or(Utf8Path::new(&row.file), Change::old_path);
    let is_new = change.is_some_and(|change| matches!(change.kind, ChangeKind::Create { .. }));
    let line = row.line.map_or(String::new(), |line| format!(":{line}"));
    let text = |text: &Option<String>| plain(text.as_deref().unwrap_or_default());
    Card {
        method_class: row.method.to_lowercase(),
        method: row.method.clone(),
        url: plain(&row.url),
        state: row.state,
        drift: change
            .filter(|_| !is_new)
            .map_or("", |change| Kind::of(change).word()),
        summary: text(&row.summary),
        operation_id: text(&row.operation_id),
        tags: row.tags.iter().map(|tag| plain(tag)).collect(),
        security: plain(&row.security),
        request: text(&row.request),
        place: plain(&format!("{file}{line}")),
        is_there: !is_new,
        link: link(&links.join(file)),
    }
}

fn drift(change: &Change) -> Drift {
    Drift {
        word: Kind::of(change).word(),
        path: plain(&crate::commands::report::place(change)),
    }
}

/// A path as a relative URL, which no name in it can make anything else.
fn link(path: &Utf8Path) -> String {
    let mut link = String::new();
    for byte in path.as_str().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                link.push(char::from(byte));
            }
            #[cfg(windows)]
            b'\\' => link.push('/'),
            _ => link.push_str(&format!("%{byte:02X}")),
        }
    }
    link
}

/// On one line, and without what would steer whoever reads it.
fn plain(text: &str) -> String {
    visible(text).replace('\n', " ")
}

/// A folder as seen from another: `../shop`; both absolute.
pub fn seen_from(from: &Utf8Path, to: &Utf8Path) -> Utf8PathBuf {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other);
    let common = common.count();
    let up = from[common..].iter().map(|_| "..");
    let down = to[common..].iter().map(|name| name.as_str());
    up.chain(down).collect()
}

#[cfg(test)]
mod tests {
    use super::{link, seen_from};

    #[test]
    fn folders_are_seen_from_others() {
        for (from, to, expected) in [
            ("/a/b", "/a/b", ""),
            ("/a/b/out", "/a/b", ".."),
            ("/a", "/a/b", "b"),
            ("/x/y", "/a/b", "../../a/b"),
        ] {
            assert_eq!(seen_from(from.into(), to.into()), expected);
        }
    }

    #[test]
    fn a_link_is_a_path_whatever_is_in_it() {
        for (path, expected) in [
            ("../app/[id]/route.rs", "../app/%5Bid%5D/route.rs"),
            ("javascript:alert(1)", "javascript%3Aalert%281%29"),
            ("a?b#c\"d", "a%3Fb%23c%22d"),
        ] {
            assert_eq!(link(path.into()), expected);
        }
    }
}
