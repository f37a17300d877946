//! `unevaluatedProperties` and `unevaluatedItems`: whether types can tell what nothing else has looked at.

use super::tree::Node;

/// What a node says of what nothing else has looked at, where types can't tell what that is.
pub(super) struct Hidden<'a> {
    pub(super) properties: Option<Node<'a>>,
    pub(super) items: Option<Node<'a>>,
}

impl<'a> Hidden<'a> {
    /// What a node says, seen from the root of the value among all that is said of it.
    pub(super) fn of(root: Option<Node<'a>>, node: Node<'a>, said: &[Node<'a>]) -> Self {
        let properties = node.get("unevaluatedProperties");
        let items = node.get("unevaluatedItems");
        Self {
            properties: properties.filter(|_| !are_properties_plain(root, node, said)),
            items: items.filter(|_| !are_items_plain(root, node, said)),
        }
    }

    /// Whether there is anything.
    pub(super) fn is_any(&self) -> bool {
        self.properties.is_some() || self.items.is_some()
    }
}

/// Whether a key can be told to be unknown by the properties of flattened nodes alone: what else might know it stands in no
/// branch that may or may not be taken.
///
/// <https://json-schema.org/draft/2020-12/json-schema-core#section-11.3>
fn are_properties_plain(root: Option<Node<'_>>, node: Node<'_>, said: &[Node<'_>]) -> bool {
    const DECIDING: [&str; 7] = [
        "anyOf",
        "if",
        "dependentSchemas",
        "dependencies",
        "patternProperties",
        "additionalProperties",
        "not",
    ];
    let others = said.iter().filter(|other| other.key() != node.key());
    let others: Vec<Node<'_>> = others.copied().collect();
    is_root(root, node)
        && !any_has(said, &DECIDING)
        && !any_has(&others, &["unevaluatedProperties"])
}

/// The same of items.
fn are_items_plain(root: Option<Node<'_>>, node: Node<'_>, said: &[Node<'_>]) -> bool {
    let lists = said.iter().filter(|node| node.get("prefixItems").is_some());
    let is_list = lists.count() == 1 || any_has(said, &["items"]);
    is_root(root, node) && is_list && !any_has(said, &["anyOf", "oneOf", "if", "contains", "not"])
}

fn is_root(root: Option<Node<'_>>, node: Node<'_>) -> bool {
    root.is_some_and(|root| root.key() == node.key())
}

/// Whether any of the nodes has one of these keywords.
pub(super) fn any_has(said: &[Node<'_>], keywords: &[&str]) -> bool {
    said.iter()
        .any(|node| keywords.iter().any(|keyword| node.get(keyword).is_some()))
}
