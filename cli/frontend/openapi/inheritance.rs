//! Inheritance: schemas with heirs that a discriminator tells apart, as far as the document says it by itself.
//!
//! <https://spec.openapis.org/oas/v3.0.4#models-with-polymorphism-support>,
//! <https://spec.openapis.org/oas/v2.0#models-with-polymorphism-support>

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use indexmap::IndexMap;

use super::discriminators::{Certainty, Claim, Declared, Discriminators, settled};
use super::documents::Documents;
use super::family::{Family, Member, behind};
use super::tree::{Node, NodeKey};
use crate::source::Span;

/// The bases of a document and their heirs.
#[derive(Default)]
pub(super) struct Inheritance<'a> {
    bases: IndexMap<NodeKey, Rc<Base<'a>>>,
    heirs: HashSet<NodeKey>,
    implied: HashMap<NodeKey, Vec<(&'a str, &'a str)>>,
}

/// A schema that stands for its heirs wherever it is used.
pub(super) struct Base<'a> {
    pub(super) node: Node<'a>,
    /// The name of the base alone, without its heirs.
    pub(super) name: String,
    /// The property that tells the heirs apart.
    pub(super) property: &'a str,
    /// In the contract's order; never empty.
    pub(super) heirs: Vec<Heir<'a>>,
    /// What its discriminator doesn't say, and where.
    pub(super) faults: Vec<(String, Span)>,
}

/// An heir as a branch of its base.
pub(super) struct Heir<'a> {
    pub(super) node: Node<'a>,
    pub(super) name: &'a str,
    /// Whether it stands for its own heirs too: those that a discriminator of its own tells apart.
    pub(super) is_whole: bool,
    /// The values of the discriminator; never empty.
    pub(super) values: Vec<&'a str>,
}

/// What is needed to find the bases.
struct Survey<'s, 'a> {
    documents: &'s Documents<'a>,
    family: &'s Family<'a>,
    discriminators: &'s Discriminators<'a>,
}

impl<'a> Inheritance<'a> {
    pub(super) fn of(documents: &Documents<'a>) -> Self {
        if !documents.mentions("discriminator") || !documents.mentions("allOf") {
            return Self::default();
        }
        let family = Family::of(documents);
        let discriminators = Discriminators::of(documents, &family);
        let survey = Survey {
            documents,
            family: &family,
            discriminators: &discriminators,
        };
        let mut found = Self::default();
        for member in family.members() {
            if let Some(base) = survey.base(member) {
                let heirs = base.heirs.iter().map(|heir| heir.node.key());
                found.heirs.extend(heirs);
                found.bases.insert(member.node.key(), Rc::new(base));
            }
        }
        found.implied = survey.implied(&found.bases);
        found
    }

    /// All bases, in the contract's order.
    pub(super) fn bases(&self) -> impl Iterator<Item = &Base<'a>> {
        self.bases.values().map(Rc::as_ref)
    }

    pub(super) fn base(&self, node: Node<'a>) -> Option<Rc<Base<'a>>> {
        self.bases.get(&node.key()).cloned()
    }

    pub(super) fn is_heir(&self, node: Node<'a>) -> bool {
        self.heirs.contains(&node.key())
    }

    /// The name of a base without its heirs.
    pub(super) fn name_alone(&self, node: Node<'a>) -> Option<String> {
        self.bases.get(&node.key()).map(|base| base.name.clone())
    }

    /// The properties of an heir for which the contract says but one value, and that.
    pub(super) fn implied(&self, node: Node<'a>) -> &[(&'a str, &'a str)] {
        self.implied.get(&node.key()).map_or(&[], Vec::as_slice)
    }
}

impl<'s, 'a> Survey<'s, 'a> {
    /// The base that a schema is, if it is one.
    fn base(&self, member: &'s Member<'a>) -> Option<Base<'a>> {
        let all = self.family.heirs(member, |_| true);
        if all.is_empty() {
            return None;
        }
        let own = self.discriminators.declared(member);
        let declared = own.or_else(|| {
            let mut ancestors = self.family.ancestors(member).into_iter();
            ancestors.find_map(|ancestor| self.discriminators.declared(ancestor))
        })?;
        let mut faults = Vec::new();
        let mapping = self.mapping(member, &all, declared, &mut faults);
        let is_whole = |heir: &Member<'a>| self.is_told_otherwise(heir, declared);
        let near = self.family.heirs(member, |heir| !is_whole(heir));
        // Those behind another discriminator are told apart by this one if it says so.
        let is_near = |heir: &&'s Member<'a>| {
            let key = heir.node.key();
            near.iter().any(|other| other.node.key() == key)
                || (own.is_some() && mapping.iter().any(|(_, mapped)| *mapped == key))
        };
        let heirs: Vec<&'s Member<'a>> = all.into_iter().filter(is_near).collect();
        let claims = heirs.iter().flat_map(|heir| {
            self.discriminators
                .claims(heir, declared.property, &mapping)
        });
        let claims: Vec<Claim<'a>> = claims.collect();
        // One that inherits its discriminator is a base if the contract says that its heirs are told apart.
        let is_said = claims
            .iter()
            .any(|claim| claim.certainty == Certainty::Said);
        if own.is_none() && !is_said {
            return None;
        }
        let (found, lost) = self.settled(member, declared, &heirs, &claims);
        // A mapping names all heirs that are meant.
        faults.extend(lost.into_iter().filter(|_| mapping.is_empty()));
        (!found.is_empty()).then(|| Base {
            node: member.node,
            name: self.family.free_name(&format!("{}Base", member.name)),
            property: declared.property,
            heirs: found,
            // What is said of a discriminator is said where it stands.
            faults: own.map_or_else(Vec::new, |_| faults),
        })
    }

    /// Whether an heir has a discriminator of its own, of another property.
    fn is_told_otherwise(&self, heir: &Member<'a>, declared: Declared<'a>) -> bool {
        let other = self.discriminators.declared(heir);
        other.is_some_and(|other| other.property != declared.property)
    }

    /// The heirs with the values that mean them, and what is wrong with those that have none.
    fn settled(
        &self,
        base: &Member<'a>,
        declared: Declared<'a>,
        heirs: &[&Member<'a>],
        claims: &[Claim<'a>],
    ) -> (Vec<Heir<'a>>, Vec<(String, Span)>) {
        let property = declared.property;
        let allowed = self.discriminators.allowed(self.family, base, property);
        let (mut found, mut lost) = (Vec::new(), Vec::new());
        for heir in heirs {
            let values = settled(heir, claims, &allowed);
            if values.is_empty() {
                let name = heir.name;
                let message = format!("no value of `{property}` means `{name}` and nothing else");
                lost.push((message, declared.node.span()));
                continue;
            }
            found.push(Heir {
                node: heir.node,
                name: heir.name,
                is_whole: self.is_told_otherwise(heir, declared),
                values,
            });
        }
        (found, lost)
    }

    /// The values that a discriminator maps, each with the schema that it means.
    fn mapping(
        &self,
        member: &Member<'a>,
        heirs: &[&Member<'a>],
        declared: Declared<'a>,
        faults: &mut Vec<(String, Span)>,
    ) -> Vec<(&'a str, NodeKey)> {
        let keys = heirs.iter().map(|heir| heir.node.key());
        let family: HashSet<NodeKey> = keys.chain([member.node.key()]).collect();
        let mut found = Vec::new();
        for (value, target) in declared.mapping() {
            let node = self.documents.mapped(target);
            let text = target.scalar_text();
            match node.map(|node| behind(self.documents, node).key()) {
                Some(key) if family.contains(&key) => found.push((value.scalar_text(), key)),
                Some(_) => faults.push((
                    format!(
                        "`{text}` does not take over `{}` through `allOf`",
                        member.name
                    ),
                    target.span(),
                )),
                None => faults.push((format!("`{text}` leads to nothing"), target.span())),
            }
        }
        found
    }

    /// The heirs for which the contract says but one value, and those behind them.
    fn implied(
        &self,
        bases: &IndexMap<NodeKey, Rc<Base<'a>>>,
    ) -> HashMap<NodeKey, Vec<(&'a str, &'a str)>> {
        let mut said = Vec::new();
        let mut behind = Vec::new();
        for base in bases.values() {
            for heir in &base.heirs {
                let key = heir.node.key();
                let values = self.discriminators.said(heir.node, base.property);
                let [value] = values.as_slice() else {
                    continue;
                };
                match bases.get(&key) {
                    None => said.push((key, base.property, *value)),
                    Some(inner) if heir.is_whole => {
                        let inner = inner.heirs.iter().map(|inner| inner.node.key());
                        let keys = std::iter::once(key).chain(inner);
                        behind.extend(keys.map(|key| (key, base.property, *value)));
                    }
                    // It takes what none of its heirs does.
                    Some(_) => {}
                }
            }
        }
        let mut implied: HashMap<NodeKey, Vec<(&'a str, &'a str)>> = HashMap::new();
        for (key, property, value) in said.into_iter().chain(behind) {
            let of_heir = implied.entry(key).or_default();
            if of_heir.iter().all(|(other, _)| *other != property) {
                of_heir.push((property, value));
            }
        }
        implied
    }
}
