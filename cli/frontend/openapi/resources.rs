//! `$id`: schemas that are resources of their own, with a URI that references below them begin from.
//!
//! <https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.1>

use std::collections::HashMap;
use std::rc::Rc;

use super::pointer;
use super::tree::{Kind, Node, NodeKey};

/// The resources of a contract by their URIs, and what lies in them.
#[derive(Default)]
pub(super) struct Resources<'a> {
    roots: HashMap<Rc<str>, Node<'a>>,
    /// `$anchor`s by the URI of their resource.
    anchors: HashMap<(Rc<str>, &'a str), Node<'a>>,
    /// The resource that each node with a reference lies in.
    bases: HashMap<NodeKey, Rc<str>>,
}

impl<'a> Resources<'a> {
    /// Adds what a file holds.
    pub(super) fn add(&mut self, file: Node<'a>) {
        let mut open: Vec<(Node<'a>, Option<Rc<str>>)> = vec![(file, None)];
        while let Some((node, base)) = open.pop() {
            if node.kind() == Kind::Sequence {
                open.extend(node.items().map(|item| (item, base.clone())));
            }
            if !node.is_mapping() {
                continue;
            }
            let id = node.str("$id").filter(|id| !id.starts_with('#'));
            let base = match id {
                Some(id) => {
                    let uri = resolve(base.as_deref().unwrap_or_default(), id);
                    let uri: Rc<str> = uri.trim_end_matches('#').into();
                    self.roots.entry(Rc::clone(&uri)).or_insert(node);
                    Some(uri)
                }
                None => base,
            };
            if let Some(base) = &base {
                for key in ["$anchor", "$dynamicAnchor"] {
                    if let Some(anchor) = node.str(key) {
                        let anchors = self.anchors.entry((Rc::clone(base), anchor));
                        anchors.or_insert(node);
                    }
                }
                let references = ["$ref", "$dynamicRef", "$recursiveRef"];
                if references.iter().any(|key| node.str(key).is_some()) {
                    self.bases.insert(node.key(), Rc::clone(base));
                }
            }
            open.extend(node.entries().map(|(_, value)| (value, base.clone())));
        }
    }

    /// Where a reference leads that stands in `holder`; `None` if that is no place in a resource.
    pub(super) fn find(&self, holder: Node<'a>, reference: &str) -> Option<Node<'a>> {
        if self.roots.is_empty() {
            return None;
        }
        let base = self.bases.get(&holder.key());
        let uri = resolve(base.map(|base| &**base).unwrap_or_default(), reference);
        let (root, fragment) = uri.split_once('#').unwrap_or((&uri, ""));
        let node = *self.roots.get(root)?;
        match fragment {
            "" => Some(node),
            pointer if pointer.starts_with('/') => pointer::walk(node, pointer),
            anchor => self.anchors.get(&(root.into(), anchor)).copied(),
        }
    }
}

/// A reference as an absolute URI, as far as its base is one (RFC 3986, §5.2).
fn resolve(base: &str, reference: &str) -> String {
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let base = base.split('#').next().unwrap_or_default();
    if reference.is_empty() || reference.starts_with('#') {
        return format!("{base}{reference}");
    }
    let authority = base.find("://").map_or(0, |at| at + 3);
    let path = base[authority..]
        .find('/')
        .map_or(base.len(), |at| authority + at);
    if let Some(rest) = reference.strip_prefix("//") {
        return format!("{}//{rest}", &base[..authority.saturating_sub(2)]);
    }
    if reference.starts_with('/') {
        return format!("{}{reference}", &base[..path]);
    }
    let folder = match base[path..].rfind('/') {
        Some(at) => &base[path..=path + at],
        None if authority > 0 => "/",
        None => "",
    };
    let (start, (reference, fragment)) = match reference.split_once('#') {
        Some((reference, fragment)) => (&base[..path], (reference, format!("#{fragment}"))),
        None => (&base[..path], (reference, String::new())),
    };
    let mut segments: Vec<&str> = Vec::new();
    let whole = format!("{folder}{reference}");
    for segment in whole.split('/') {
        match segment {
            "." => {}
            ".." if segments.len() > 1 => _ = segments.pop(),
            segment => segments.push(segment),
        }
    }
    format!("{start}{}{fragment}", segments.join("/"))
}

fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn references_begin_from_their_base() {
        let table = [
            ("", "tree.json", "tree.json"),
            ("tree.json", "#node", "tree.json#node"),
            (
                "https://a.example/s/tree",
                "node#/x",
                "https://a.example/s/node#/x",
            ),
            (
                "https://a.example/s/tree",
                "/node",
                "https://a.example/node",
            ),
            (
                "https://a.example/s/t/tree",
                "../node",
                "https://a.example/s/node",
            ),
            ("https://a.example", "node", "https://a.example/node"),
            (
                "https://a.example/s/tree",
                "//b.example/node",
                "https://b.example/node",
            ),
            ("https://a.example/s/tree", "urn:x:y", "urn:x:y"),
            ("urn:x:y", "#node", "urn:x:y#node"),
        ];
        for (base, reference, expected) in table {
            assert_eq!(resolve(base, reference), expected, "{base} {reference}");
        }
    }
}
