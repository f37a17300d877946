//! Text that was read, and places in it: a diagnostic can point at every byte of what the user wrote.

use std::collections::BTreeSet;
use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};

/// The largest input that is read as a contract, in bytes.
pub const MAX_SOURCE_BYTES: u64 = 64 << 20;

/// What the names of contracts end in.
const CONTRACTS: [&str; 6] = ["yaml", "yml", "json", "ts", "mts", "tsx"];

/// How alike the names of two files are of which one may be a slip of the pen for the other.
const ALIKE: f32 = 0.8;

/// One file of a contract.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as the user gave it (or as a `$ref` led to it), for messages.
    pub path: Utf8PathBuf,
    /// The whole text, without a byte order mark.
    pub text: String,
}

/// Every file that one contract was read from; a [`Span`] says which.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
    missing: BTreeSet<Utf8PathBuf>,
}

/// A range of bytes in one of the [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Index of the file.
    pub file: u16,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Sources {
    /// Adds a file and returns its index for [`Span::file`].
    pub fn add(&mut self, source: Source) -> u16 {
        let index = u16::try_from(self.files.len()).expect("fewer than 65,536 files a contract");
        self.files.push(source);
        index
    }

    /// Notes that a file was looked for and couldn't be read.
    pub fn miss(&mut self, path: &Utf8Path) {
        self.missing.insert(path.to_owned());
    }

    /// The files that were looked for and couldn't be read: were they there, the contract would be another.
    pub fn missing(&self) -> impl Iterator<Item = &Utf8PathBuf> {
        self.missing.iter()
    }

    /// The file that `span` lies in.
    pub fn file(&self, index: u16) -> &Source {
        &self.files[usize::from(index)]
    }

    /// All files in the order they were read; the first is the contract itself.
    pub fn files(&self) -> &[Source] {
        &self.files
    }

    /// Line and column (both from 1, the column in characters) of the start of `span`.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        line_column(&self.file(span.file).text, span.start as usize)
    }
}

/// Line and column (both from 1, the column in characters) of a byte offset.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let offset = text.floor_char_boundary(offset.min(text.len()));
    let before = &text[..offset];
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before[start..].chars().count() + 1)
}

impl Source {
    /// Reads a file as text.
    ///
    /// # Errors
    ///
    /// When it can't be read, is larger than [`MAX_SOURCE_BYTES`], holds a NUL byte or isn't UTF-8. The message names the path.
    pub fn read(path: &Utf8Path) -> anyhow::Result<Self> {
        use std::io::Read;

        let mut bytes = Vec::new();
        let limit = MAX_SOURCE_BYTES + 1;
        if path == "-" {
            std::io::stdin()
                .lock()
                .take(limit)
                .read_to_end(&mut bytes)?;
        } else {
            let file = std::fs::File::open(path).map_err(|error| match nearest(path) {
                Some(meant) if error.kind() == ErrorKind::NotFound => {
                    anyhow::anyhow!("`{path}` can't be opened: {error}; is `{meant}` meant?")
                }
                Some(_) | None => anyhow::anyhow!("`{path}` can't be opened: {error}"),
            })?;
            let is_folder = file.metadata()?.is_dir();
            anyhow::ensure!(!is_folder, "`{path}` is a folder, not a contract");
            file.take(limit).read_to_end(&mut bytes)?;
        }
        Self::from_bytes(path, bytes)
    }

    /// Takes bytes that were read from `path` as text; see [`Source::read`] for what it refuses.
    ///
    /// # Errors
    ///
    /// As [`Source::read`], save those of reading.
    pub fn from_bytes(path: &Utf8Path, bytes: Vec<u8>) -> anyhow::Result<Self> {
        let shown = if path == "-" {
            Utf8Path::new("<stdin>")
        } else {
            path
        };
        anyhow::ensure!(
            bytes.len() as u64 <= MAX_SOURCE_BYTES,
            "`{shown}` is larger than {} MiB, which no contract is",
            MAX_SOURCE_BYTES >> 20
        );
        if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
            anyhow::bail!("`{shown}` is a binary file (a NUL byte at offset {at}), not a contract");
        }
        let mut text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            anyhow::anyhow!("`{shown}` is not UTF-8 text (at byte offset {at})")
        })?;
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Ok(Self {
            path: shown.to_owned(),
            text,
        })
    }
}

/// The contract beside a path at which none is, that is most likely meant: `openapi.yaml` for `openapi.yml`.
fn nearest(path: &Utf8Path) -> Option<Utf8PathBuf> {
    let wanted = path.file_name()?.to_lowercase();
    let folder = path.parent()?;
    let listed = match folder.as_str() {
        "" => Utf8Path::new(".").read_dir_utf8(),
        _ => folder.read_dir_utf8(),
    };
    let names = listed
        .ok()?
        .flatten()
        .map(|entry| entry.file_name().to_owned());
    let is_contract = |name: &String| {
        let extension = Utf8Path::new(name).extension().map(str::to_lowercase);
        extension.is_some_and(|extension| CONTRACTS.contains(&extension.as_str()))
            && folder.join(name).is_file()
    };
    let mut names: Vec<String> = names.filter(is_contract).collect();
    names.sort();
    let stem = |name: &str| {
        name.rsplit_once('.')
            .map_or(name, |(stem, _)| stem)
            .to_lowercase()
    };
    let same_stem = names.iter().find(|name| stem(name) == stem(&wanted));
    let small: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let spellings: Vec<&str> = small.iter().map(String::as_str).collect();
    let similar = || {
        let close = similar::get_close_matches(wanted.as_str(), &spellings, 1, ALIKE);
        let at = small
            .iter()
            .position(|name| close.first().copied() == Some(name.as_str()))?;
        names.get(at)
    };
    Some(folder.join(same_stem.or_else(similar)?))
}

impl Span {
    /// A span of one file.
    pub fn new(file: u16, start: usize, end: usize) -> Self {
        let cut = |offset: usize| u32::try_from(offset).expect("sources are under 4 GiB");
        Self {
            file,
            start: cut(start),
            end: cut(end),
        }
    }
}

/// The folders that a contract may be read from, however its references are spelled.
#[derive(Debug)]
pub struct Fence {
    folders: Vec<Utf8PathBuf>,
}

/// Why a file is not read.
#[derive(Debug, PartialEq)]
pub enum Fenced {
    /// It lies outside of every folder.
    Outside,
    /// It isn't there, or can't be looked at.
    Unreadable(String),
}

impl Fence {
    /// Around the folder of the contract at `path`, and around `allowed`. Folders that aren't there allow nothing.
    pub fn new(path: &Utf8Path, allowed: &[Utf8PathBuf]) -> Self {
        let own = match path.parent() {
            Some(parent) if !parent.as_str().is_empty() => parent,
            _ => Utf8Path::new("."),
        };
        let folders = std::iter::once(own).chain(allowed.iter().map(Utf8PathBuf::as_path));
        Self {
            folders: folders
                .filter_map(|folder| folder.canonicalize_utf8().ok())
                .collect(),
        }
    }

    /// Whether a file that isn't there would lie within.
    pub fn surrounds(&self, path: &Utf8Path) -> bool {
        let folders = path
            .ancestors()
            .skip(1)
            .map(|folder| match folder.as_str() {
                "" => Utf8Path::new("."),
                _ => folder,
            });
        let there = folders
            .filter_map(|folder| folder.canonicalize_utf8().ok())
            .next();
        there.is_some_and(|there| self.folders.iter().any(|folder| there.starts_with(folder)))
    }

    /// The names of what lies in the folder of a file that would lie within, at most a thousand.
    pub fn beside(&self, path: &Utf8Path) -> Vec<String> {
        const MOST: usize = 1000;
        let folder = match path.parent() {
            Some(parent) if !parent.as_str().is_empty() => parent,
            Some(_) | None => Utf8Path::new("."),
        };
        let entries = self.surrounds(path).then(|| folder.read_dir_utf8());
        let entries = entries.into_iter().flatten().flatten().take(MOST).flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_owned()).collect();
        names.sort();
        names
    }

    /// The one true path of `path`, with links and `..` followed, if it lies within.
    ///
    /// # Errors
    ///
    /// When it lies outside, or there is no such file.
    pub fn admit(&self, path: &Utf8Path) -> Result<Utf8PathBuf, Fenced> {
        let canonical = path
            .canonicalize_utf8()
            .map_err(|error| Fenced::Unreadable(error.to_string()))?;
        if canonical.exists() && !canonical.is_file() {
            return Err(Fenced::Unreadable("it is no regular file".to_owned()));
        }
        if self
            .folders
            .iter()
            .any(|folder| canonical.starts_with(folder))
        {
            Ok(canonical)
        } else {
            Err(Fenced::Outside)
        }
    }
}
