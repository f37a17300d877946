//! `routegen.lock`: what we wrote, so that `sync` can tell the user's edits.
//!
//! One line an entry, sorted, without time or version, so that branches merge line by line. Of a conflict that a merge left,
//! the lines of both sides hold: each says what was written on one of them, and a hash fits that or nothing. An entry that is lost, or said
//! twice in different words, is left out; what it stood for counts as edited by the user.
//!
//! ```text
//! operation app/api/books/route.rs get listBooks openapi.yaml /api GET%20/api/books
//! span app/api/books/route.rs get body 0a1b…      # so with `doc` and `signature`: what we wrote
//! orphan app/api/books/route.rs get is GET%20/api/titles      # or `may-be`, or nothing known: `gone -`
//! written app/api/books/route.rs get listBooks 0a1b…      # the body of this print is for another operationId than the one above
//! ```

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use camino::Utf8PathBuf;

use super::fingerprint::Fingerprint;
use crate::diagnostics::conflict::Marker;
use crate::render::Mount;

/// The file's name, at the root of a project.
pub const FILE_NAME: &str = "routegen.lock";

const HEADER: &str = "# @generated\n\
    # What `routegen sync` wrote, by which it tells your edits from its own lines. Commit this file.\n";
const FORMAT: &str = "format 2";

/// What `routegen.lock` says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lock {
    /// Files of ours, as we wrote them.
    pub ours: BTreeMap<Utf8PathBuf, Fingerprint>,
    /// Files of the user's that we created.
    pub created: BTreeSet<Utf8PathBuf>,
    /// What we put before the first function of files that we created.
    pub preambles: BTreeMap<Utf8PathBuf, Fingerprint>,
    /// Functions that we wrote, by key.
    pub functions: BTreeMap<String, LockedFunction>,
    /// Which lines couldn't be understood.
    pub damage: Damage,
}

/// Lines that couldn't be understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Damage {
    /// How many.
    pub lines: usize,
    /// The first of them.
    pub first: Option<Range<usize>>,
    /// Where the first conflict begins that a merge left.
    pub conflict: Option<Range<usize>>,
}

impl Damage {
    /// Adds a line that is damaged at this place.
    fn add(&mut self, range: Range<usize>) {
        self.lines += 1;
        if self
            .first
            .as_ref()
            .is_none_or(|first| range.start < first.start)
        {
            self.first = Some(range);
        }
    }
}

/// A line: its fields, and where it stands.
type Line = (Vec<String>, Range<usize>);

/// What a line is about, which no other may be.
type Identity = (String, String, String);

/// A function that we wrote; a part whose line was lost is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct LockedFunction {
    /// The file it is in.
    pub path: Utf8PathBuf,
    /// Its name in that file.
    pub name: String,
    /// The contract's name of the operation.
    pub operation_id: Option<String>,
    /// The contract that it is of; none of security schemes.
    pub mount: Option<Mount>,
    /// The doc comment that we wrote last.
    pub doc: Option<Fingerprint>,
    /// The signature that we wrote last.
    pub signature: Option<Fingerprint>,
    /// The body that we wrote last.
    pub body: Option<Fingerprint>,
    /// What became of the operation if the function is an orphan.
    pub orphan: Option<Fate>,
    /// For which operation the body was written, if it is another than the one that it serves.
    pub written: Option<WrittenFor>,
}

/// What became of an operation whose function stays where it is as an orphan.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// Nothing is known of it.
    Gone,
    /// It has this key now.
    Is(String),
    /// It may be this one, or another.
    MayBe(String),
}

/// The operation that a body was written for, as long as nobody has settled whether it may serve the one that it does.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenFor {
    /// The contract's name of the operation.
    pub id: String,
    /// The body as it was then: another one is the user's answer.
    pub body: Fingerprint,
}

impl Lock {
    /// Takes the text of a `routegen.lock`, whatever became of it.
    pub fn parse(text: &str) -> Self {
        // A line that is said twice in different words has no fields that count.
        let mut lines: BTreeMap<Identity, Option<Line>> = BTreeMap::new();
        let mut damage = Damage::default();
        let mut in_base = false;
        let mut known_format = false;
        let mut end = 0;
        for line in text.split_inclusive('\n') {
            let start = end;
            end += line.len();
            let line = line.trim_end_matches(['\r', '\n']);
            let range = start..start + line.len();
            match Marker::of(line) {
                Some(Marker::Begin) => {
                    damage.conflict.get_or_insert(range);
                }
                Some(Marker::Base) => in_base = true,
                Some(Marker::Middle | Marker::End) => in_base = false,
                None if in_base || line.starts_with('#') || line.trim().is_empty() => {}
                None if line == FORMAT => known_format = true,
                None => {
                    let fields: Vec<String> = line.split(' ').map(decode).collect();
                    let known = lines.entry(identity(&fields));
                    let known = known.or_insert_with(|| Some((fields.clone(), range.clone())));
                    if known.as_ref().is_none_or(|(known, _)| *known != fields) {
                        *known = None;
                        damage.add(range);
                    }
                }
            }
        }
        if !known_format {
            lines
                .into_values()
                .flatten()
                .for_each(|(_, range)| damage.add(range));
            return Self {
                damage,
                ..Self::default()
            };
        }
        let mut lock = Self {
            damage,
            ..Self::default()
        };
        let mut keys = HashMap::new();
        for (fields, range) in lines.into_values().flatten() {
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            if lock.take(&fields, &mut keys).is_none() {
                lock.damage.add(range);
            }
        }
        lock
    }

    /// Takes one line; operations come before what belongs to them, which `keys` finds by file and name.
    fn take(
        &mut self,
        fields: &[&str],
        keys: &mut HashMap<(String, String), String>,
    ) -> Option<()> {
        match *fields {
            ["file", path, print] => {
                self.ours.insert(path.into(), print.parse().ok()?);
            }
            ["created", path] => {
                self.created.insert(path.into());
            }
            ["preamble", path, print] => {
                self.preambles.insert(path.into(), print.parse().ok()?);
            }
            ["operation", path, name, id, spec, base, key] => {
                let mount = Mount {
                    spec: spec.into(),
                    base: base.to_owned(),
                };
                let function = LockedFunction {
                    path: path.into(),
                    name: name.to_owned(),
                    operation_id: (!id.is_empty()).then(|| id.to_owned()),
                    mount: (!spec.is_empty()).then_some(mount),
                    doc: None,
                    signature: None,
                    body: None,
                    orphan: None,
                    written: None,
                };
                keys.insert((path.to_owned(), name.to_owned()), key.to_owned());
                self.functions.insert(key.to_owned(), function);
            }
            ["orphan", path, name, fate, key] => {
                let fate = match fate {
                    "gone" => Fate::Gone,
                    "is" => Fate::Is(key.to_owned()),
                    "may-be" => Fate::MayBe(key.to_owned()),
                    _ => return None,
                };
                self.known(keys, path, name)?.orphan = Some(fate);
            }
            ["written", path, name, id, print] => {
                let (id, body) = (id.to_owned(), print.parse().ok()?);
                self.known(keys, path, name)?.written = Some(WrittenFor { id, body });
            }
            ["span", path, name, part, print] => {
                let print = Some(print.parse().ok()?);
                let function = self.known(keys, path, name)?;
                match part {
                    "doc" => function.doc = print,
                    "signature" => function.signature = print,
                    "body" => function.body = print,
                    _ => return None,
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// The function of a file and name whose operation was read.
    fn known(
        &mut self,
        keys: &HashMap<(String, String), String>,
        path: &str,
        name: &str,
    ) -> Option<&mut LockedFunction> {
        let key = keys.get(&(path.to_owned(), name.to_owned()))?;
        self.functions.get_mut(key)
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        for (path, print) in &self.ours {
            lines.push(format!("file {} {print}", encode(path.as_str())));
        }
        for path in &self.created {
            lines.push(format!("created {}", encode(path.as_str())));
        }
        for (path, print) in &self.preambles {
            lines.push(format!("preamble {} {print}", encode(path.as_str())));
        }
        for (key, function) in &self.functions {
            let place = format!(
                "{} {}",
                encode(function.path.as_str()),
                encode(&function.name)
            );
            let id = encode(function.operation_id.as_deref().unwrap_or_default());
            let (spec, base) = match &function.mount {
                Some(mount) => (mount.spec.as_str(), mount.base.as_str()),
                None => ("", ""),
            };
            let (spec, base) = (encode(spec), encode(base));
            lines.push(format!(
                "operation {place} {id} {spec} {base} {}",
                encode(key)
            ));
            lines.extend(function.orphan.as_ref().map(|fate| {
                let (word, key) = match fate {
                    Fate::Gone => ("gone", ""),
                    Fate::Is(key) => ("is", key.as_str()),
                    Fate::MayBe(key) => ("may-be", key.as_str()),
                };
                format!("orphan {place} {word} {}", encode(key))
            }));
            lines.extend(function.written.as_ref().map(|written| {
                format!("written {place} {} {}", encode(&written.id), written.body)
            }));
            let parts = [
                ("doc", function.doc),
                ("signature", function.signature),
                ("body", function.body),
            ];
            for (part, print) in parts {
                lines.extend(print.map(|print| format!("span {place} {part} {print}")));
            }
        }
        lines.sort();
        let lines: Vec<String> = lines.into_iter().map(|line| format!("{line}\n")).collect();
        format!("{HEADER}{FORMAT}\n{}", lines.concat())
    }
}

/// What a line is about: a file, or a part of a function.
fn identity(fields: &[String]) -> Identity {
    let field = |index: usize| fields.get(index).cloned().unwrap_or_default();
    match field(0).as_str() {
        "file" | "created" | "preamble" => (field(0), field(1), String::new()),
        "span" => (field(0), format!("{} {}", field(1), field(2)), field(3)),
        // Their fourth field is a value, not a name.
        "operation" | "orphan" | "written" => (
            field(0),
            format!("{} {}", field(1), field(2)),
            String::new(),
        ),
        other => (other.to_owned(), String::new(), String::new()),
    }
}

/// A field without spaces and control characters; the empty one is `-`, and `-` is `%2D`.
fn encode(field: &str) -> String {
    match field {
        "" => return "-".to_owned(),
        "-" => return "%2D".to_owned(),
        _ => {}
    }
    let mut text = String::with_capacity(field.len());
    for character in field.chars() {
        if character == '%' || character.is_whitespace() || character.is_control() {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                text.push_str(&format!("%{byte:02X}"));
            }
        } else {
            text.push(character);
        }
    }
    text
}

/// What [`encode`] took; what it didn't write is left as it stands.
fn decode(field: &str) -> String {
    if field == "-" {
        return String::new();
    }
    let mut bytes = Vec::with_capacity(field.len());
    let mut rest = field.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match rest {
            [b'%', high, low, ..] => std::str::from_utf8(&[*high, *low])
                .ok()
                .and_then(|digits| u8::from_str_radix(digits, 16).ok()),
            _ => None,
        };
        match escaped {
            Some(byte) => {
                bytes.push(byte);
                rest = &rest[3..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| field.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Fate, Lock, LockedFunction, WrittenFor};
    use crate::project::fingerprint::Fingerprint;
    use crate::render::Mount;

    fn print(text: &str) -> Fingerprint {
        Fingerprint::of_bytes(text.as_bytes())
    }

    fn sample() -> Lock {
        let mut lock = Lock::default();
        lock.ours.insert("app/router.rs".into(), print("router"));
        lock.created.insert("src/main.rs".into());
        let path = "app/a b/[id]/route.rs";
        lock.preambles.insert(path.into(), print(""));
        let mount = |spec: &str| Mount {
            spec: spec.into(),
            base: String::new(),
        };
        for (key, name, id, mount, orphan) in [
            ("GET /a b/{id}", "get", Some("read%"), None, None),
            (
                "POST /a b/{id}",
                "post",
                Some("-"),
                Some(mount("one two.yaml")),
                Some(Fate::Gone),
            ),
            (
                "PUT /a b/{id}",
                "put",
                None,
                Some(mount("-")),
                Some(Fate::Is("PUT /c d".to_owned())),
            ),
            (
                "PATCH /a b/{id}",
                "patch",
                None,
                None,
                Some(Fate::MayBe("PATCH /c".to_owned())),
            ),
        ] {
            lock.functions.insert(
                key.to_owned(),
                LockedFunction {
                    path: path.into(),
                    name: name.to_owned(),
                    operation_id: id.map(str::to_owned),
                    mount,
                    doc: Some(print("doc")),
                    signature: Some(print(name)),
                    body: None,
                    orphan,
                    written: id.map(|id| WrittenFor {
                        id: format!("{id} "),
                        body: print(id),
                    }),
                },
            );
        }
        lock
    }

    #[test]
    fn what_is_written_is_read_back() {
        assert_eq!(Lock::parse(&sample().text()), sample());
        assert_eq!(
            Lock::parse(&sample().text().replace('\n', "\r\n")),
            sample()
        );
        assert_eq!(Lock::parse(&Lock::default().text()), Lock::default());
    }

    #[test]
    fn lines_that_differ_are_lost_and_others_kept() {
        let text = sample().text();
        let line = text.lines().find(|line| line.contains("get doc")).unwrap();
        let (ours, theirs) = (
            format!("{line}\n"),
            format!(
                "{}\n",
                line.replace(&print("doc").to_string(), &print("x").to_string())
            ),
        );
        let conflict = format!("<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n");
        let union = format!("{ours}{theirs}");
        for damage in [conflict, union, String::new(), "span app\n".to_owned()] {
            let lock = Lock::parse(&text.replace(&ours, &damage));
            let function = &lock.functions["GET /a b/{id}"];
            assert_eq!(
                (function.doc, function.signature),
                (None, Some(print("get"))),
                "{damage}"
            );
            assert_eq!(lock.damage.lines > 0, !damage.is_empty(), "{damage}");
        }
        assert_eq!(Lock::parse(&text.replace(&ours, &ours.repeat(2))), sample());
    }

    #[test]
    fn of_a_conflict_both_sides_are_kept() {
        let text = sample().text();
        let ours = |line: &&str| line.contains(" get ");
        let (get, rest): (Vec<&str>, Vec<&str>) = text.lines().partition(ours);
        let (post, rest): (Vec<&str>, Vec<&str>) =
            rest.into_iter().partition(|line| line.contains(" post "));
        let (get, post, rest) = (get.join("\n"), post.join("\n"), rest.join("\n"));
        let base = "||||||| base\nspan app/lost get doc x\n";
        for base in ["", base] {
            let conflict = format!("<<<<<<< HEAD\n{get}\n{base}=======\n{post}\n>>>>>>> other\n");
            let text = format!("{rest}\n{conflict}");
            let mut lock = Lock::parse(&text);
            let conflict = lock.damage.conflict.take().unwrap();
            assert_eq!(&text[conflict], "<<<<<<< HEAD");
            assert_eq!(lock, sample());
        }
    }

    #[test]
    fn another_format_counts_as_lost() {
        let lock = Lock::parse(&sample().text().replace("format 2", "format 1"));
        assert!(lock.functions.is_empty() && lock.ours.is_empty() && lock.damage.lines > 0);
    }
}
