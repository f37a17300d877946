//! All files of one contract: the root and whatever its references lead to, read before anything is lowered.

use std::collections::{HashMap, VecDeque};

use camino::{Utf8Path, Utf8PathBuf};

use super::dynamic;
use super::pointer;
use super::resources::Resources;
use super::slips;
use super::syntax::{self, SyntaxError};
use super::tree::{Duplicate, Kind, Node, Tree};
use crate::diagnostics::conflict;
use crate::source::{Fence, Fenced, Source, Sources};

/// How many files one contract may have.
const MAX_FILES: usize = 10_000;

/// How many bytes they may have together.
const MAX_BYTES: usize = 256 << 20;

/// Of how many files that aren't there it is looked what is meant.
const MAX_MEANT: usize = 20;

/// Trees of all files, and where references to files lead.
#[derive(Debug)]
pub(super) struct Forest {
    root: u16,
    /// One for each file from the root on; `None` for those that couldn't be parsed.
    trees: Vec<Option<Tree>>,
    /// For each reference from a file to another: the file, or why it isn't there.
    links: HashMap<(u16, String), Result<u16, Refused>>,
    /// Files that can't be parsed because a merge left a conflict in them: what they say is to come.
    in_conflict: Vec<(u16, SyntaxError)>,
}

/// Why the file of a reference isn't read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Refused {
    /// It is a URL.
    Remote,
    /// It lies outside the contract's folder.
    Outside,
    /// It isn't there, as this says; what is meant may be this reference.
    Missing(String, Option<String>),
    /// It can't be read.
    Unreadable(String),
}

/// The trees with their texts.
pub(super) struct Documents<'a> {
    sources: &'a Sources,
    forest: &'a Forest,
    /// Where each file's `$anchor`s stand; of one name the first.
    anchors: HashMap<(u16, &'a str), Node<'a>>,
    /// Where `$dynamicAnchor`s stand.
    dynamic: HashMap<&'a str, Vec<Node<'a>>>,
    /// Schemas that have URIs of their own.
    resources: Resources<'a>,
}

impl Forest {
    /// Reads the file `root` of `sources` and every file that it leads to.
    pub(super) fn grow(
        root: u16,
        sources: &mut Sources,
        allowed: &[Utf8PathBuf],
    ) -> Result<Self, SyntaxError> {
        let tree = syntax::read(sources.file(root), root)?;
        let fence = Fence::new(&sources.file(root).path, allowed);
        let mut forest = Self {
            root,
            trees: vec![Some(tree)],
            links: HashMap::new(),
            in_conflict: Vec::new(),
        };
        let mut known: HashMap<Utf8PathBuf, Result<u16, Refused>> = HashMap::new();
        if let Ok(path) = sources.file(root).path.canonicalize_utf8() {
            known.insert(path, Ok(root));
        }
        let mut queue = VecDeque::from([root]);
        let mut missing = 0;
        while let Some(file) = queue.pop_front() {
            for target in forest.file_references(file, sources) {
                // Even to look whether such a file is there may be to ask another machine.
                if is_url(&target) || is_url(&pointer::percent_decode(&target)) {
                    forest.links.insert((file, target), Err(Refused::Remote));
                    continue;
                }
                let path = relative(&sources.file(file).path, &target);
                let outcome = match fence.admit(&path) {
                    Err(Fenced::Outside) => Err(Refused::Outside),
                    Err(Fenced::Unreadable(why)) => {
                        if fence.surrounds(&path) {
                            sources.miss(&path);
                        }
                        missing += 1;
                        let meant = (missing <= MAX_MEANT).then(|| meant(&fence, &path, &target));
                        Err(Refused::Missing(why, meant.flatten()))
                    }
                    Ok(canonical) => known
                        .entry(canonical)
                        .or_insert_with(|| {
                            let read = forest.plant(&path, sources);
                            queue.extend(read.as_ref().ok());
                            read
                        })
                        .clone(),
                };
                forest.links.insert((file, target), outcome);
            }
        }
        forest.know_themselves(sources);
        Ok(forest)
    }

    /// Leads references to the URI that a file says it has to that file.
    ///
    /// <https://spec.openapis.org/oas/v3.2.0.html#oas-self>
    fn know_themselves(&mut self, sources: &Sources) {
        let own: HashMap<String, u16> = self
            .trees
            .iter()
            .flatten()
            .filter_map(|tree| {
                let root = tree.root(&sources.file(tree.file()).text);
                Some((root.str("$self")?.to_owned(), tree.file()))
            })
            .collect();
        for ((_, target), outcome) in &mut self.links {
            if let (Err(Refused::Remote), Some(file)) = (&outcome, own.get(target)) {
                *outcome = Ok(*file);
            }
        }
    }

    /// Reads one more file.
    fn plant(&mut self, path: &Utf8Path, sources: &mut Sources) -> Result<u16, Refused> {
        if self.trees.len() >= MAX_FILES {
            return Err(Refused::Unreadable(format!(
                "a contract has at most {MAX_FILES} files"
            )));
        }
        let bytes: usize = sources.files().iter().map(|source| source.text.len()).sum();
        if bytes > MAX_BYTES {
            return Err(Refused::Unreadable(format!(
                "a contract has at most {} MiB",
                MAX_BYTES >> 20
            )));
        }
        let source =
            Source::read(path).map_err(|error| Refused::Unreadable(format!("{error:#}")))?;
        let file = sources.add(source);
        let tree = syntax::read(sources.file(file), file);
        let error = match tree {
            Ok(tree) => {
                self.trees.push(Some(tree));
                return Ok(file);
            }
            Err(error) => error,
        };
        self.trees.push(None);
        let text = &sources.file(file).text;
        let (line, column) = crate::source::line_column(text, error.at);
        let refused = Refused::Unreadable(format!("{path}:{line}:{column}: {}", error.message));
        if conflict::first(text).is_some() {
            self.in_conflict.push((file, error));
        }
        Err(refused)
    }

    /// The file parts of all references and mappings that leave the file, each once.
    fn file_references(&self, file: u16, sources: &Sources) -> Vec<String> {
        let Some(tree) = self.tree(file) else {
            return Vec::new();
        };
        let mut found: Vec<String> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        let mappings = tree
            .all(&sources.file(file).text)
            .filter(|node| node.kind() == Kind::Mapping);
        let references = mappings.flat_map(|node| node.str("$ref").into_iter().chain(mapped(node)));
        for reference in references {
            let target = reference.split('#').next().unwrap_or_default();
            if !target.is_empty() && seen.insert(target) {
                found.push(target.to_owned());
            }
        }
        found
    }

    fn tree(&self, file: u16) -> Option<&Tree> {
        self.trees.get(usize::from(file - self.root))?.as_ref()
    }

    /// The files that a merge left a conflict in.
    pub(super) fn in_conflict(&self) -> &[(u16, SyntaxError)] {
        &self.in_conflict
    }

    /// Keys that stand in a mapping twice.
    pub(super) fn duplicates(&self) -> impl Iterator<Item = Duplicate> {
        self.trees
            .iter()
            .flatten()
            .flat_map(|tree| tree.duplicates.iter().copied())
    }
}

/// The reference to a file that is there and may be meant by one to a file that isn't.
fn meant(fence: &Fence, path: &Utf8Path, target: &str) -> Option<String> {
    let name = path.file_name()?;
    let names = fence.beside(path);
    let meant = slips::meant(name, names.iter().map(String::as_str))?;
    let folder = target.strip_suffix(name)?;
    (meant != name).then(|| format!("{folder}{meant}"))
}

impl<'a> Documents<'a> {
    /// The trees with their texts.
    pub(super) fn new(forest: &'a Forest, sources: &'a Sources) -> Self {
        let mut documents = Self {
            sources,
            forest,
            anchors: HashMap::new(),
            dynamic: HashMap::new(),
            resources: Resources::default(),
        };
        if documents.mentions("$id") {
            for tree in forest.trees.iter().flatten() {
                let text = &sources.file(tree.file()).text;
                documents.resources.add(tree.root(text));
            }
        }
        let anchors = ["$anchor", "$dynamicAnchor", "$recursiveAnchor"];
        if anchors.iter().any(|anchor| documents.mentions(anchor)) {
            documents.find_anchors();
        }
        documents
    }

    /// The contract itself.
    pub(super) fn root(&self) -> Node<'a> {
        self.whole(self.forest.root).expect("the root was parsed")
    }

    /// A whole file.
    fn whole(&self, file: u16) -> Option<Node<'a>> {
        self.forest
            .tree(file)
            .map(|tree| tree.root(&self.sources.file(file).text))
    }

    /// All files that could be parsed, the contract itself first.
    pub(super) fn wholes(&self) -> impl Iterator<Item = Node<'a>> {
        let files = self.forest.root..;
        let trees = self.forest.trees.iter().zip(files);
        trees.filter_map(|(_, file)| self.whole(file))
    }

    /// Every node of every file, in no useful order.
    pub(super) fn all(&self) -> impl Iterator<Item = Node<'a>> {
        let trees = self.forest.trees.iter().flatten();
        trees.flat_map(|tree| tree.all(&self.sources.file(tree.file()).text))
    }

    /// The schema that a value of `discriminator.mapping` names: by a reference, or by its name among the components.
    ///
    /// <https://spec.openapis.org/oas/v3.1.1#discriminator-object>
    pub(super) fn mapped(&self, target: Node<'a>) -> Option<Node<'a>> {
        let text = target.scalar_text();
        let follow = |file, text: &str| self.follow(file, text).ok().flatten();
        if text.contains(['/', '#', '.'])
            && let Some(found) = follow(target.file(), text)
        {
            return Some(found);
        }
        let name = pointer::escape(text);
        let (schema, definition) = (
            format!("#/components/schemas/{name}"),
            format!("#/definitions/{name}"),
        );
        [target.file(), self.forest.root]
            .into_iter()
            .find_map(|file| follow(file, &schema).or_else(|| follow(file, &definition)))
    }

    /// Whether the contract is one file.
    pub(super) fn is_single(&self) -> bool {
        self.forest.trees.len() == 1
    }

    /// Whether a word stands anywhere in the files.
    pub(super) fn mentions(&self, word: &str) -> bool {
        self.sources
            .files()
            .iter()
            .any(|source| source.text.contains(word))
    }

    /// The path of a file.
    pub(super) fn path(&self, file: u16) -> &'a Utf8Path {
        &self.sources.file(file).path
    }

    /// Follows one reference that stands in `file`. `None` if its file has no such place.
    pub(super) fn follow(&self, file: u16, reference: &str) -> Result<Option<Node<'a>>, Refused> {
        let (target, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if target.is_empty() {
            file
        } else {
            let link = self.forest.links.get(&(file, target.to_owned()));
            link.cloned()
                .unwrap_or_else(|| Err(Refused::Unreadable("it was not read".to_owned())))?
        };
        let Some(root) = self.whole(file) else {
            return Ok(None);
        };
        if fragment.is_empty() || fragment.starts_with('/') {
            return Ok(pointer::walk(root, fragment));
        }
        Ok(self.anchors.get(&(file, fragment)).copied())
    }

    /// The dynamic reference that a node is, with the name that it asks for. Those of draft 2019-09 have none, and are known in schemas
    /// with an `$id` alone: elsewhere they would lead to the whole contract.
    pub(super) fn dynamic_reference(&self, node: Node<'a>) -> Option<(Node<'a>, &'a str)> {
        if let Some(reference) = node.get("$dynamicRef") {
            let text = reference.as_str()?;
            return Some((reference, text.split_once('#').map_or("", |(_, name)| name)));
        }
        let reference = node.get("$recursiveRef")?;
        let root = self.in_resource(node, reference.as_str()?);
        root.is_some().then_some((reference, ""))
    }

    /// All `$dynamicAnchor`s of a name.
    pub(super) fn dynamic_anchors(&self, name: &str) -> impl Iterator<Item = Node<'a>> {
        self.dynamic.get(name).into_iter().flatten().copied()
    }

    /// The names that several `$dynamicAnchor`s have, sorted.
    pub(super) fn ambiguous_anchors(&self) -> Vec<&'a str> {
        let several = self.dynamic.iter().filter(|(_, nodes)| nodes.len() > 1);
        let mut names: Vec<&'a str> = several.map(|(name, _)| *name).collect();
        names.sort_unstable();
        names
    }

    /// The one `$dynamicAnchor` of a name; `None` if there are several, or none.
    pub(super) fn dynamic_anchor(&self, name: &str) -> Option<Node<'a>> {
        match self.dynamic.get(name)?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Where a reference leads that stands in `holder`, if that is a schema with an `$id`, or lies in one.
    pub(super) fn in_resource(&self, holder: Node<'a>, reference: &str) -> Option<Node<'a>> {
        self.resources.find(holder, reference)
    }

    /// All nodes of all files.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node<'a>> {
        let sources = self.sources;
        let trees = self.forest.trees.iter().flatten();
        trees.flat_map(move |tree| tree.all(&sources.file(tree.file()).text))
    }

    fn find_anchors(&mut self) {
        for tree in self.forest.trees.iter().flatten() {
            let text = &self.sources.file(tree.file()).text;
            for node in tree.all(text) {
                if let Some(anchor) = node.str("$anchor") {
                    self.anchors.entry((node.file(), anchor)).or_insert(node);
                }
                if let Some(anchor) = node.str("$dynamicAnchor") {
                    self.anchors.entry((node.file(), anchor)).or_insert(node);
                }
                if let Some(anchor) = dynamic::anchor(node) {
                    self.dynamic.entry(anchor).or_default().push(node);
                }
            }
        }
    }
}

/// The files that a discriminator maps its values to: an heir may be named nowhere else.
fn mapped(node: Node<'_>) -> impl Iterator<Item = &str> {
    let mapping = node.str("propertyName").and_then(|_| node.get("mapping"));
    let targets = mapping.into_iter().flat_map(Node::entries);
    let is_file = |target: &&str| {
        let file = target.split('#').next().unwrap_or_default();
        [".yaml", ".yml", ".json"]
            .iter()
            .any(|extension| file.ends_with(extension))
    };
    targets
        .filter_map(|(_, target)| target.as_str())
        .filter(is_file)
}

/// Whether a reference's file part is a URL with a scheme, or begins with a host, as Windows has it too.
fn is_url(target: &str) -> bool {
    target.starts_with("//")
        || target.starts_with("\\\\")
        || target.split_once(':').is_some_and(|(scheme, _)| {
            scheme.len() > 1
                && scheme
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        })
}

fn relative(from: &Utf8Path, target: &str) -> Utf8PathBuf {
    let decoded = pointer::percent_decode(target);
    from.parent().unwrap_or(Utf8Path::new("")).join(&*decoded)
}
