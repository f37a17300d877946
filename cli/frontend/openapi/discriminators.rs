//! What a document says of discriminators: at which schemas they stand, and which of their values may mean which heir.

use std::collections::HashMap;

use super::documents::Documents;
use super::family::{Family, Member, VALUE_KEYS, behind, parts};
use super::tree::{Node, NodeKey};

/// All discriminators of a document.
#[derive(Default)]
pub(super) struct Discriminators<'a> {
    /// Those of schemas that don't list their heirs themselves.
    declared: HashMap<NodeKey, Declared<'a>>,
    /// What all of a property, unions' too, map to a schema.
    mapped: HashMap<(&'a str, NodeKey), Vec<&'a str>>,
    /// The texts that schemas list for properties that are discriminators.
    listed: HashMap<(NodeKey, &'a str), Vec<&'a str>>,
}

/// A discriminator where it stands.
#[derive(Clone, Copy)]
pub(super) struct Declared<'a> {
    pub(super) property: &'a str,
    pub(super) node: Node<'a>,
}

/// A value that may mean an heir.
pub(super) struct Claim<'a> {
    heir: NodeKey,
    value: &'a str,
    pub(super) certainty: Certainty,
}

/// How sure it is that a value means an heir.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// The heir's own schema allows it among others.
    Allowed,
    /// It is the heir's name.
    Named,
    /// The heir's own schema allows nothing else.
    Listed,
    /// The contract says so.
    Said,
}

impl<'a> Discriminators<'a> {
    pub(super) fn of(documents: &Documents<'a>, family: &Family<'a>) -> Self {
        let mut found = Self::default();
        for member in family.members() {
            let parts = parts(member.node);
            let lists_heirs = |part: &Node<'a>| part.get("oneOf").or(part.get("anyOf")).is_some();
            let declared = parts.iter().find_map(|part| discriminator(*part));
            if let Some(declared) = declared.filter(|_| !parts.iter().any(lists_heirs)) {
                found.declared.insert(member.node.key(), declared);
            }
        }
        if found.declared.is_empty() {
            return found;
        }
        let mut properties: Vec<&'a str> =
            found.declared.values().map(|one| one.property).collect();
        properties.sort_unstable();
        properties.dedup();
        for member in family.members() {
            for property in &properties {
                let texts = listed(documents, member.node, property);
                if !texts.is_empty() {
                    found.listed.insert((member.node.key(), property), texts);
                }
            }
        }
        for node in documents.all() {
            let Some(declared) = of_object(node) else {
                continue;
            };
            for (value, target) in declared.mapping() {
                if let Some(target) = documents.mapped(target) {
                    let key = (declared.property, behind(documents, target).key());
                    let values = found.mapped.entry(key).or_default();
                    values.push(value.scalar_text());
                }
            }
        }
        found
    }

    /// The discriminator of a schema, unless it lists its heirs itself.
    pub(super) fn declared(&self, member: &Member<'a>) -> Option<Declared<'a>> {
        self.declared.get(&member.node.key()).copied()
    }

    /// The values that may mean an heir: what its base maps, or else what it or a union elsewhere says, or else its name;
    /// and whatever its own schema allows.
    pub(super) fn claims(
        &self,
        heir: &Member<'a>,
        property: &'a str,
        mapping: &[(&'a str, NodeKey)],
    ) -> Vec<Claim<'a>> {
        let key = heir.node.key();
        let claim = |value, certainty| Claim {
            heir: key,
            value,
            certainty,
        };
        let mapped = mapping.iter().filter(|(_, mapped)| *mapped == key);
        let mut said: Vec<&'a str> = mapped.map(|(value, _)| *value).collect();
        if said.is_empty() {
            said.extend(own_value(heir.node));
        }
        let listed = self.listed(heir.node, property);
        let said = said.into_iter().map(|value| claim(value, Certainty::Said));
        let mut claims: Vec<Claim<'a>> = said.collect();
        if claims.is_empty() {
            let elsewhere = self.mapped.get(&(property, key)).into_iter().flatten();
            claims.extend(elsewhere.map(|value| claim(value, Certainty::Said)));
            match listed {
                [value] => claims.push(claim(value, Certainty::Listed)),
                [] => claims.push(claim(heir.name, Certainty::Named)),
                several if several.contains(&heir.name) => {
                    claims.push(claim(heir.name, Certainty::Named));
                }
                _ => {}
            }
        }
        claims.extend(listed.iter().map(|value| claim(value, Certainty::Allowed)));
        claims
    }

    /// The texts that a schema itself lists for a property, if it does.
    pub(super) fn listed(&self, schema: Node<'a>, property: &'a str) -> &[&'a str] {
        let texts = self.listed.get(&(schema.key(), property));
        texts.map_or(&[], Vec::as_slice)
    }

    /// The values that anything in the document says an heir has.
    pub(super) fn said(&self, heir: Node<'a>, property: &'a str) -> Vec<&'a str> {
        let mapped = self.mapped.get(&(property, heir.key()));
        let mut values: Vec<&'a str> = mapped.cloned().unwrap_or_default();
        values.extend(own_value(heir));
        values.sort_unstable();
        values.dedup();
        values
    }

    /// The values that a base allows for its discriminator, if it lists them.
    pub(super) fn allowed(
        &self,
        family: &Family<'a>,
        base: &Member<'a>,
        property: &'a str,
    ) -> Vec<&'a str> {
        let ancestors = family.ancestors(base).into_iter();
        let mut nearest = std::iter::once(base.node).chain(ancestors.map(|member| member.node));
        let list = nearest.find_map(|node| self.listed.get(&(node.key(), property)));
        list.cloned().unwrap_or_default()
    }
}

impl<'a> Declared<'a> {
    /// The values that it maps, each with its target.
    pub(super) fn mapping(self) -> impl Iterator<Item = (Node<'a>, Node<'a>)> {
        let mapping = self.node.get("mapping");
        mapping.into_iter().flat_map(Node::entries)
    }
}

/// The values that mean an heir and no other; one that nobody says only if it is `allowed`, where anything is. What
/// its `elders`, which it takes over, allow besides is for their heirs.
pub(super) fn settled<'a>(
    heir: &Member<'a>,
    elders: &[&Member<'a>],
    claims: &[Claim<'a>],
    allowed: &[&'a str],
) -> Vec<&'a str> {
    let key = heir.node.key();
    let mut values: Vec<&'a str> = Vec::new();
    for claim in claims.iter().filter(|claim| claim.heir == key) {
        let is_claimed = claims.iter().any(|other| {
            let is_elder = elders.iter().any(|elder| elder.node.key() == other.heir);
            other.heir != key
                && other.value == claim.value
                && other.certainty >= claim.certainty
                && !(is_elder && other.certainty == Certainty::Allowed)
        });
        let is_possible = match claim.certainty {
            Certainty::Allowed | Certainty::Named => {
                allowed.is_empty() || allowed.contains(&claim.value)
            }
            Certainty::Listed | Certainty::Said => true,
        };
        if !is_claimed && is_possible && !values.contains(&claim.value) {
            values.push(claim.value);
        }
    }
    values
}

/// What a schema says of a discriminator: an object in OpenAPI 3, a text in Swagger 2.0.
fn discriminator(schema: Node<'_>) -> Option<Declared<'_>> {
    let node = schema.get("discriminator")?;
    let named = node.as_str().map(|property| Declared { property, node });
    named.or_else(|| of_object(node))
}

fn of_object(node: Node<'_>) -> Option<Declared<'_>> {
    let property = node.str("propertyName")?;
    Some(Declared { property, node })
}

/// The value by which an heir says that it is known.
fn own_value(heir: Node<'_>) -> Option<&str> {
    let mut parts = parts(heir).into_iter();
    parts.find_map(|part| VALUE_KEYS.iter().find_map(|key| part.str(key)))
}

/// The texts that a schema itself lists for a property.
fn listed<'a>(documents: &Documents<'a>, node: Node<'a>, property: &str) -> Vec<&'a str> {
    let parts = parts(node).into_iter();
    let properties = parts.filter_map(|part| part.get("properties")?.get(property));
    let texts = |schema: Node<'a>| -> Vec<&'a str> {
        let schema = behind(documents, schema);
        let constant = schema.str("const").into_iter();
        let listed = schema.get("enum").into_iter().flat_map(Node::items);
        constant.chain(listed.filter_map(Node::as_str)).collect()
    };
    let mut lists = properties.map(texts);
    lists.find(|list| !list.is_empty()).unwrap_or_default()
}
