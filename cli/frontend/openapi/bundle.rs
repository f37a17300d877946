//! The contract as one JSON document: references to other files brought in, what is internal left out.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::bundle_text::Text;
use super::context::{Context, Section};
use super::documents::Documents;
use super::inheritance::Inheritance;
use super::pointer;
use super::references::MAX_CHAIN;
use super::tree::{Kind, Node, NodeKey};
use super::unwanted::Unwanted;
use crate::model::{Document, Mount};

/// The document in two halves, between which the value of `servers` belongs.
pub(super) fn document<'a>(
    documents: &Documents<'a>,
    unwanted: &Unwanted,
    inheritance: &Inheritance<'a>,
) -> Document {
    let root = documents.root();
    let mut bundle = Bundle {
        documents,
        root,
        mount: match root.get("swagger") {
            Some(_) => Mount::BasePath,
            None => Mount::Servers,
        },
        hides: documents.mentions("x-internal") || !unwanted.is_empty(),
        unwanted,
        path: None,
        inheritance,
        names: HashMap::new(),
        taken: BTreeMap::new(),
        queue: VecDeque::new(),
    };
    bundle.take_names();
    bundle.document()
}

struct Bundle<'d, 'a> {
    documents: &'d Documents<'a>,
    root: Node<'a>,
    mount: Mount,
    /// Whether anything may be left out.
    hides: bool,
    /// Operations that aren't served.
    unwanted: &'d Unwanted,
    /// The path that is written.
    path: Option<NodeKey>,
    inheritance: &'d Inheritance<'a>,
    /// Names of components that were brought in from other files.
    names: HashMap<(Section, NodeKey), String>,
    /// Names that are used in each section.
    taken: BTreeMap<Section, BTreeSet<String>>,
    /// What was brought in and isn't written yet.
    queue: VecDeque<(Section, String, Node<'a>)>,
}

impl<'a> Bundle<'_, 'a> {
    fn take_names(&mut self) {
        let components = match self.mount {
            Mount::Servers => self.root.get("components"),
            Mount::BasePath => Some(self.root),
        };
        for section in Section::ALL {
            let declared = components.and_then(|components| components.get(self.key(section)));
            let names = declared
                .into_iter()
                .flat_map(Node::entries)
                .map(|(key, _)| key.scalar_text().to_owned());
            self.taken.insert(section, names.collect());
        }
    }

    fn document(&mut self) -> Document {
        let mut before = Text::default();
        before.open('{');
        let mut after: Option<Text> = None;
        let mount = match self.mount {
            Mount::Servers => "servers",
            Mount::BasePath => "basePath",
        };
        let is_mounted = self.root.get(mount).is_some();
        for (key, value) in self.root.entries() {
            let name = key.scalar_text();
            // The server is where this was asked for.
            let is_left = match self.mount {
                Mount::Servers => name == "components",
                Mount::BasePath => {
                    ["host", "schemes"].contains(&name) || self.section(name).is_some()
                }
            };
            if is_left {
                continue;
            }
            let out = after.as_mut().unwrap_or(&mut before);
            if name == mount {
                after = Some(cut(out, mount));
                continue;
            }
            self.entry(out, Context::Root, key, value);
            if name == "info" && !is_mounted {
                after = Some(cut(out, mount));
            }
        }
        let mut after = after.unwrap_or_else(|| cut(&mut before, mount));
        match self.mount {
            Mount::Servers => self.components(&mut after),
            Mount::BasePath => {
                let sections = self.sections(Some(self.root), 2);
                write_sections(&mut after, sections);
            }
        }
        after.close('}');
        after.newline_at_end();
        Document {
            before_servers: before.into_string(),
            after_servers: after.into_string(),
            mount: self.mount,
        }
    }

    /// Writes `components`: those of the root, then what other files brought in, and what that brings in.
    fn components(&mut self, out: &mut Text) {
        let declared = self.root.entry("components");
        if let Some((key, components)) = declared.filter(|_| self.documents.is_single()) {
            return self.entry(out, Context::Root, key, components);
        }
        let declared = declared.map(|(_, components)| components);
        let mut others = Text::nested(2);
        for (key, value) in declared.into_iter().flat_map(Node::entries) {
            if !matches!(
                Context::Components.child(key.scalar_text()),
                Context::Many(_)
            ) {
                self.entry(&mut others, Context::Components, key, value);
            }
        }
        let sections = self.sections(declared, 3);
        if declared.is_none() && sections.is_empty() {
            return;
        }
        out.key("components");
        out.open('{');
        write_sections(out, sections);
        out.append(others);
        out.close('}');
    }

    /// The sections of components that `holder` has, with what other files bring in, at a depth.
    fn sections(&mut self, holder: Option<Node<'a>>, depth: usize) -> Vec<(&'static str, Text)> {
        let mut sections: Vec<(&str, Text)> = Vec::new();
        for (key, value) in holder.into_iter().flat_map(Node::entries) {
            if let Some(section) = self.section(key.scalar_text()) {
                let mut text = Text::nested(depth);
                self.entries(&mut text, Context::Many(section), value);
                sections.push((self.key(section), text));
            }
        }
        while let Some((section, name, node)) = self.next_in_queue() {
            let wanted = self.key(section);
            let at = sections
                .iter()
                .position(|(key, _)| *key == wanted)
                .unwrap_or_else(|| {
                    sections.push((wanted, Text::nested(depth)));
                    sections.len() - 1
                });
            let text = &mut sections[at].1;
            text.key(&name);
            self.node(text, Context::One(section), node);
        }
        sections
    }

    /// The section of components under a key.
    fn section(&self, key: &str) -> Option<Section> {
        Section::ALL
            .into_iter()
            .find(|section| self.key(*section) == key)
    }

    /// The key of a section of components.
    fn key(&self, section: Section) -> &'static str {
        match self.mount {
            Mount::Servers => section.key(),
            Mount::BasePath => section.swagger_key(),
        }
    }

    fn entries(&mut self, out: &mut Text, context: Context, node: Node<'a>) {
        for (key, value) in node.entries() {
            self.entry(out, context, key, value);
        }
    }

    fn entry(&mut self, out: &mut Text, context: Context, key: Node<'a>, value: Node<'a>) {
        let child = context.child(key.scalar_text());
        let before = self.path;
        if child == Context::PathItem {
            self.path = Some(key.key());
        }
        if !self.is_hidden(child, value) {
            out.key_node(key);
            match value.as_str() {
                Some(text) if context == Context::Mapping => {
                    out.string(&self.mapping(value, text));
                }
                _ => self.node(out, child, value),
            }
        }
        self.path = before;
    }

    fn node(&mut self, out: &mut Text, context: Context, node: Node<'a>) {
        match node.kind() {
            Kind::Mapping => {
                let in_place = matches!(context, Context::PathItem | Context::Operation);
                let node = if in_place { self.followed(node) } else { node };
                let reference = node.get("$ref").filter(|_| context != Context::Opaque);
                out.open('{');
                for (key, value) in node.entries() {
                    let is_reference =
                        reference.is_some_and(|reference| reference.key() == value.key());
                    if is_reference && let Some(text) = value.as_str() {
                        out.key("$ref");
                        out.string(&self.reference(context, value, text));
                    } else if key.scalar_text() == "required"
                        && context == Context::One(Section::Schemas)
                    {
                        self.required(out, node, value);
                    } else {
                        self.entry(out, context, key, value);
                    }
                }
                out.close('}');
            }
            Kind::Sequence => {
                out.open('[');
                let child = context.child("");
                for item in node.items() {
                    if !self.is_hidden(child, item) {
                        out.item();
                        self.node(out, child, item);
                    }
                }
                out.close(']');
            }
            Kind::Null | Kind::Bool(_) | Kind::Number | Kind::String => out.scalar(node),
        }
    }

    /// Writes `required` without the names of properties that are left out.
    fn required(&mut self, out: &mut Text, schema: Node<'a>, list: Node<'a>) {
        out.key("required");
        if list.kind() != Kind::Sequence {
            return self.node(out, Context::Opaque, list);
        }
        out.open('[');
        let property = |name: Node<'a>| {
            schema
                .get("properties")
                .and_then(|map| map.get(name.scalar_text()))
        };
        for name in list.items() {
            if !property(name)
                .is_some_and(|property| self.is_hidden(Context::One(Section::Schemas), property))
            {
                out.item();
                self.node(out, Context::Opaque, name);
            }
        }
        out.close(']');
    }

    /// The path item or operation that is meant: they are written in place.
    fn followed(&self, node: Node<'a>) -> Node<'a> {
        let mut current = node;
        for _ in 0..MAX_CHAIN {
            let Some(reference) = current.str("$ref") else {
                break;
            };
            match self.documents.follow(current.file(), reference) {
                Ok(Some(target)) => current = target,
                Ok(None) | Err(_) => break,
            }
        }
        current
    }

    /// Whether a node is marked as internal, or is a path item of which all operations are.
    fn is_hidden(&self, context: Context, node: Node<'a>) -> bool {
        if !self.hides || context == Context::Opaque || !node.is_mapping() {
            return false;
        }
        let target = node
            .str("$ref")
            .and_then(|text| self.documents.follow(node.file(), text).ok().flatten());
        let is_unwanted = |key: NodeKey| match self.path {
            Some(path) => self.unwanted.at(path, key),
            None => self.unwanted.everywhere(key),
        };
        let is_marked = |node: Node<'a>| node.is_true("x-internal") || is_unwanted(node.key());
        if is_marked(node) || target.is_some_and(is_marked) {
            return true;
        }
        if context != Context::PathItem {
            return false;
        }
        let item = self.followed(node);
        let operations = item
            .entries()
            .filter(|(key, _)| context.child(key.scalar_text()) == Context::Operation);
        let mut marks = operations
            .map(|(_, operation)| is_marked(operation))
            .peekable();
        marks.peek().is_some() && marks.all(|is_marked| is_marked)
    }

    /// The reference as it reads in the bundle.
    fn reference(&mut self, context: Context, node: Node<'a>, text: &str) -> String {
        let is_local = text.starts_with('#') && node.file() == self.root.file();
        let Context::One(section) = context else {
            return text.to_owned();
        };
        let Some(target) = self
            .documents
            .follow(node.file(), text)
            .ok()
            .flatten()
            .filter(|_| !is_local)
        else {
            return text.to_owned();
        };
        let fragment = text.split_once('#').map_or("", |(_, fragment)| fragment);
        if target.file() == self.root.file() {
            return format!("#{fragment}");
        }
        let name = match self.names.get(&(section, target.key())) {
            Some(name) => name.clone(),
            None => self.bring_in(section, target, fragment),
        };
        let (key, name) = (self.key(section), pointer::escape(&name));
        match self.mount {
            Mount::Servers => format!("#/components/{key}/{name}"),
            Mount::BasePath => format!("#/{key}/{name}"),
        }
    }

    fn bring_in(&mut self, section: Section, target: Node<'a>, fragment: &str) -> String {
        let wanted = match fragment.len() {
            0 | 1 => self
                .documents
                .path(target.file())
                .file_stem()
                .unwrap_or("Component")
                .to_owned(),
            _ => pointer::last_token(fragment),
        };
        let allowed = |c: char| {
            if c.is_ascii_alphanumeric() || "._-".contains(c) {
                c
            } else {
                '_'
            }
        };
        let wanted: String = wanted.chars().map(allowed).collect();
        let taken = self.taken.entry(section).or_default();
        let numbered = (2..).map(|number| format!("{wanted}_{number}"));
        let name = std::iter::once(wanted.clone())
            .chain(numbered)
            .find(|name| !taken.contains(name));
        let name = name.expect("there is always a next number");
        taken.insert(name.clone());
        self.names.insert((section, target.key()), name.clone());
        self.queue.push_back((section, name.clone(), target));
        name
    }

    /// What is to be written next: what references bring in, and then the heirs that nothing refers to.
    fn next_in_queue(&mut self) -> Option<(Section, String, Node<'a>)> {
        if self.queue.is_empty() {
            let written = self.inheritance.bases();
            let written = written.filter(|base| self.is_written(base.node));
            let missing = written
                .flat_map(|base| &base.heirs)
                .filter(|heir| !self.is_written(heir.node));
            for heir in missing.collect::<Vec<_>>() {
                let fragment = format!("/{}", pointer::escape(heir.name));
                self.bring_in(Section::Schemas, heir.node, &fragment);
            }
        }
        self.queue.pop_front()
    }

    fn is_written(&self, schema: Node<'a>) -> bool {
        schema.file() == self.root.file()
            || self.names.contains_key(&(Section::Schemas, schema.key()))
    }

    /// The target of a discriminator's mapping as it reads in the bundle.
    fn mapping(&mut self, node: Node<'a>, text: &str) -> String {
        if text.contains(['/', '#', '.']) {
            return self.reference(Context::One(Section::Schemas), node, text);
        }
        text.to_owned()
    }
}

fn write_sections(out: &mut Text, sections: Vec<(&str, Text)>) {
    for (key, text) in sections {
        out.key(key);
        out.open('{');
        out.append(text);
        out.close('}');
    }
}

/// Ends the first half where the value of `servers` or `basePath` belongs, and begins the second.
fn cut(out: &mut Text, mount: &str) -> Text {
    out.key(mount);
    Text::after_value()
}
