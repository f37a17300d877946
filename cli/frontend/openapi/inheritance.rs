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
    /// What discriminators don't say, by the schemas that they stand at.
    faults: HashMap<NodeKey, Vec<Fault>>,
}

/// Something that a discriminator says wrong, or not at all.
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) span: Span,
    pub(super) kind: FaultKind,
}

/// What becomes of values at which a discriminator is wrong.
#[derive(Clone, Copy)]
pub(super) enum FaultKind {
    /// No heir is known by them.
    Baseless,
    /// The heir that they mean doesn't allow them.
    Refused,
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
        if !documents.mentions("discriminator") {
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
            let mut faults = Vec::new();
            let base = survey.base(member, &mut faults);
            if !faults.is_empty() {
                found.faults.insert(member.node.key(), faults);
            }
            if let Some(base) = base {
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

    /// What a schema's discriminator doesn't say.
    pub(super) fn faults(&self, node: Node<'a>) -> &[Fault] {
        self.faults.get(&node.key()).map_or(&[], Vec::as_slice)
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
    /// The base that a schema is, if it is one. What is said of a discriminator is said where it stands.
    fn base(&self, member: &'s Member<'a>, faults: &mut Vec<Fault>) -> Option<Base<'a>> {
        let all = self.family.heirs(member, |_| true);
        let own = self.discriminators.declared(member);
        let declared = own.or_else(|| {
            let mut ancestors = self.family.ancestors(member).into_iter();
            ancestors.find_map(|ancestor| self.discriminators.declared(ancestor))
        })?;
        let mut wrong = Vec::new();
        let mapping = self.mapping(member, &all, declared, &mut wrong);
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
        let (found, lost) = self.settled(member, declared, &heirs, &claims);
        if own.is_some() {
            faults.extend(wrong);
            // A mapping names all heirs that are meant.
            faults.extend(lost.into_iter().filter(|_| mapping.is_empty()));
        }
        // One that inherits its discriminator is a base if the contract says that its heirs are told apart.
        let is_said = claims
            .iter()
            .any(|claim| claim.certainty == Certainty::Said);
        ((own.is_some() || is_said) && !found.is_empty()).then(|| Base {
            node: member.node,
            name: self.family.free_name(&format!("{}Base", member.name)),
            property: declared.property,
            heirs: found,
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
    ) -> (Vec<Heir<'a>>, Vec<Fault>) {
        let property = declared.property;
        let allowed = self.discriminators.allowed(self.family, base, property);
        let (mut found, mut lost) = (Vec::new(), Vec::new());
        for heir in heirs {
            let values = settled(heir, &self.family.ancestors(heir), claims, &allowed);
            if values.is_empty() {
                let name = heir.name;
                lost.push(Fault {
                    message: format!("no value of `{property}` means `{name}` and nothing else"),
                    span: declared.node.span(),
                    kind: FaultKind::Baseless,
                });
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
        faults: &mut Vec<Fault>,
    ) -> Vec<(&'a str, NodeKey)> {
        let mut found = Vec::new();
        for (value, target) in declared.mapping() {
            let node = self.documents.mapped(target);
            let node = node.map(|node| behind(self.documents, node));
            let (text, value_text) = (target.scalar_text(), value.scalar_text());
            let base = member.name;
            let mut say = |message, node: Node<'a>, kind| {
                let span = node.span();
                faults.push(Fault {
                    message,
                    span,
                    kind,
                });
            };
            let Some(node) = node else {
                say(
                    format!("`{text}` leads to nothing"),
                    target,
                    FaultKind::Baseless,
                );
                continue;
            };
            let heir = heirs.iter().find(|heir| heir.node.key() == node.key());
            if heir.is_none() && node.key() != member.node.key() {
                let message = format!("`{text}` does not take over `{base}` through `allOf`");
                say(message, target, FaultKind::Baseless);
                continue;
            }
            let listed = self.discriminators.listed(node, declared.property);
            if let Some(heir) = heir
                && !listed.is_empty()
                && !listed.contains(&value_text)
            {
                let (name, property) = (heir.name, declared.property);
                let message =
                    format!("`{value_text}` means `{name}`, whose `{property}` does not allow it");
                say(message, value, FaultKind::Refused);
            }
            found.push((value_text, node.key()));
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
                // What it allows besides means it too.
                if heir.values.iter().any(|other| other != value) {
                    continue;
                }
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
