//! `$ref`s: where they lead, and what is said of those that lead nowhere.

use super::Lowering;
use super::documents::Refused;
use super::dynamic;
use super::pointer;
use super::tree::Node;
use crate::diagnostics::{Code, Effect, codes};

/// How many references in a row are followed.
pub(super) const MAX_CHAIN: usize = 100;

impl<'a> Lowering<'a> {
    /// The node behind a chain of `$ref`s; the node itself if it has none, `None` if the chain is broken.
    pub(super) fn dereference(&mut self, node: Node<'a>) -> Option<Node<'a>> {
        let mut current = node;
        for _ in 0..MAX_CHAIN {
            if current.str("$ref").is_none() {
                return Some(current);
            }
            current = self.target(current)?;
        }
        self.report_circle(node);
        None
    }

    /// Where the `$ref` of `holder` leads, one step; a broken one is reported once.
    pub(super) fn target(&mut self, holder: Node<'a>) -> Option<Node<'a>> {
        let node = holder.get("$ref")?;
        let reference = node.as_str()?;
        if let Some(found) = self.documents.in_resource(holder, reference) {
            self.name_resource(reference, found);
            return Some(found);
        }
        let key = (node.file(), reference);
        if let Some(known) = self.resolved.get(&key) {
            return *known;
        }
        let found = match self.documents.follow(node.file(), reference) {
            Ok(Some(found)) => {
                self.name_target(reference, found);
                Some(found)
            }
            Ok(None) => {
                let message = format!("`{reference}` leads to nothing");
                let help = "mend the reference, or add what it names; until then a parameter is left out, and a schema takes any value";
                let help = self.way_out(node.file(), reference, help);
                self.report_broken(&codes::openapi::RG0201, message, node, &help);
                None
            }
            Err(refused) => {
                let (code, message, help) = refusal(reference, refused);
                self.report_broken(code, message, node, &help);
                None
            }
        };
        self.resolved.insert(key, found);
        found
    }

    /// Where the `$dynamicRef` of `holder` leads on the way that schemas are lowered: to the one anchor of its name, or what the
    /// outermost schema has for it, or else wherever a `$ref` would.
    ///
    /// <https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2>
    pub(super) fn dynamic_target(&mut self, holder: Node<'a>) -> Option<Node<'a>> {
        let (node, name) = self.documents.dynamic_reference(holder)?;
        let reference = node.as_str()?;
        // Those of draft 2019-09 lead to any root, and from there outwards only if it says so.
        let own = self.documents.in_resource(holder, reference);
        let is_closed = name.is_empty() && own.is_some_and(|root| dynamic::anchor(root).is_none());
        if is_closed {
            return own;
        }
        if let Some(anchor) = self.documents.dynamic_anchor(name) {
            return Some(anchor);
        }
        if let Some(bound) = self.dynamics.bound(self.way, name) {
            return Some(bound);
        }
        if own.is_some() {
            return own;
        }
        match self.documents.follow(node.file(), reference) {
            Ok(Some(found)) => Some(found),
            Ok(None) | Err(_) => {
                let message = format!("`{reference}` leads to nothing");
                let help = "mend the reference, or add the anchor that it names; until then the schema takes any value";
                let help = self.way_out(node.file(), reference, help);
                self.report_broken(&codes::openapi::RG0201, message, node, &help);
                None
            }
        }
    }

    /// Says that references lead back to where they began.
    pub(super) fn report_circle(&mut self, node: Node<'a>) {
        let message = "these references lead in a circle, and never to a value".to_owned();
        let help = "let one of them name what is meant";
        self.report_broken(&codes::openapi::RG0205, message, node, help);
    }

    fn report_broken(&mut self, code: &'static Code, message: String, node: Node<'a>, help: &str) {
        self.report(code, Effect::Degrades, message, node.span(), help);
    }

    /// Remembers the name that a URI gives to its target: its last word.
    fn name_resource(&mut self, reference: &str, target: Node<'a>) {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let path = path.rsplit(['/', ':']).next().unwrap_or_default();
        let name = match fragment {
            "" => path.split('.').next().unwrap_or_default().to_owned(),
            fragment => pointer::last_token(fragment),
        };
        if !name.is_empty() {
            self.names.entry(target.key()).or_insert(name);
        }
    }

    /// Remembers the name that a reference gives to its target.
    fn name_target(&mut self, reference: &str, target: Node<'a>) {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let tokens: Vec<&str> = fragment.split('/').collect();
        if let ["", "components", section, _] = tokens.as_slice() {
            self.name_inside(section, &pointer::last_token(fragment), target);
        }
        let name = match tokens.as_slice() {
            ["", "components", "schemas", _] | ["", "$defs" | "definitions", _] => {
                pointer::last_token(fragment)
            }
            // Within the first document such a place has no name, in others the bundle gives it this one.
            _ if file.is_empty() && target.file() == self.documents.root().file() => return,
            _ if fragment.len() > 1 => pointer::last_token(fragment),
            _ => {
                let path = self.documents.path(target.file());
                path.file_stem().unwrap_or_default().to_owned()
            }
        };
        if !name.is_empty() {
            self.names.entry(target.key()).or_insert(name);
        }
    }
}

impl<'a> Lowering<'a> {
    /// Names the inline schema of a shared response, body or parameter after its component.
    fn name_inside(&mut self, section: &str, name: &str, component: Node<'a>) {
        let suffix = match section {
            "responses" | "requestBodies" => "Body",
            "parameters" | "headers" => "Parameter",
            _ => return,
        };
        let content = component
            .get("content")
            .and_then(|content| content.entries().next());
        let schema = component
            .get("schema")
            .or_else(|| content.and_then(|(_, media)| media.get("schema")));
        let inline = schema.filter(|schema| schema.str("$ref").is_none());
        // A scalar needs no name of its own.
        let declared = |schema: &Node<'a>| {
            ["properties", "allOf", "oneOf", "anyOf", "enum"]
                .iter()
                .any(|key| schema.get(key).is_some())
        };
        if let Some(schema) = inline.filter(declared) {
            let name = if name.ends_with(suffix) {
                name.to_owned()
            } else {
                format!("{name}{suffix}")
            };
            self.names.entry(schema.key()).or_insert(name);
        }
    }
}

fn refusal(reference: &str, refused: Refused) -> (&'static Code, String, String) {
    let unreadable = |why: &str| format!("`{reference}` can't be read: {why}");
    match refused {
        Refused::Remote => (
            &codes::openapi::RG0202,
            format!("`{reference}` lies on the network, which is never asked"),
            "keep a copy beside the contract and refer to that".to_owned(),
        ),
        Refused::Outside => (
            &codes::openapi::RG0203,
            format!("`{reference}` lies outside the contract's folder"),
            "move the file, or name its folder in `allow-dirs` of `routegen.toml`".to_owned(),
        ),
        Refused::Missing(why, Some(meant)) => (
            &codes::openapi::RG0204,
            unreadable(&why),
            format!("is `{meant}` meant?"),
        ),
        Refused::Missing(why, None) | Refused::Unreadable(why) => (
            &codes::openapi::RG0204,
            unreadable(&why),
            "mend the reference, or the file that it names".to_owned(),
        ),
    }
}
