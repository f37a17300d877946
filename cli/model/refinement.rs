//! What a contract says of values beyond their shape, as JSON Schema says it: each keyword by the letter, of values of its own
//! type alone.

use super::{Check, Value};

/// Index into [`Refinements`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RefinementId(pub u32);

/// All refinements of an API: each is a list of assertions that must all hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Refinements(Vec<Vec<Assertion>>);

/// A keyword of JSON Schema (core, §10 and §11; validation, §6).
#[derive(Debug, Clone, PartialEq)]
pub enum Assertion {
    /// `false`.
    Never,
    /// Nobody can tell: its reference leads nowhere.
    Unknown,
    /// `type`, by the names of the types.
    Types(Vec<&'static str>),
    /// `enum` and `const`.
    Values(Vec<Value>),
    /// A constraint.
    Check(Check),
    /// `required`.
    Required(Vec<String>),
    /// `properties`, `patternProperties` and `additionalProperties`.
    Properties {
        /// By the key itself.
        named: Vec<(String, RefinementId)>,
        /// By a pattern of the key, which is a constraint of it.
        patterns: Vec<(Check, RefinementId)>,
        /// Of all others.
        others: Option<RefinementId>,
    },
    /// `propertyNames`.
    PropertyNames(RefinementId),
    /// `dependentRequired`: with a key, these must be there too.
    DependentRequired(Vec<(String, Vec<String>)>),
    /// `dependentSchemas`: with a key, the whole must be of a schema too.
    Dependent(Vec<(String, RefinementId)>),
    /// `prefixItems`, and `items` of those after.
    Items {
        /// Of the first places.
        first: Vec<RefinementId>,
        /// Of those after.
        rest: Option<RefinementId>,
    },
    /// `contains`, with `minContains` and `maxContains`.
    Contains {
        /// What is counted.
        item: RefinementId,
        /// How many there must be.
        min: u64,
        /// How many there may be.
        max: Option<u64>,
    },
    /// `not`.
    Not(RefinementId),
    /// `allOf`, `$ref`.
    All(Vec<RefinementId>),
    /// `anyOf`.
    Any(Vec<RefinementId>),
    /// `oneOf`.
    One(Vec<RefinementId>),
    /// `if`, `then`, `else`.
    If {
        /// What decides.
        condition: RefinementId,
        /// What must hold if it holds.
        then: RefinementId,
        /// What must hold if it doesn't.
        otherwise: RefinementId,
    },
    /// `unevaluatedProperties`; it comes behind all else.
    OtherProperties(RefinementId),
    /// `unevaluatedItems`; it comes behind all else.
    OtherItems(RefinementId),
}

impl Refinements {
    /// Adds one.
    pub fn add(&mut self, assertions: Vec<Assertion>) -> RefinementId {
        self.0.push(assertions);
        RefinementId(self.0.len() as u32 - 1)
    }

    /// Replaces what stands at `id`: a front-end reserves the id of what refers to itself.
    pub fn set(&mut self, id: RefinementId, assertions: Vec<Assertion>) {
        self.0[id.0 as usize] = assertions;
    }

    /// All, by their ids.
    pub fn iter(&self) -> impl Iterator<Item = (RefinementId, &[Assertion])> {
        self.0
            .iter()
            .enumerate()
            .map(|(index, assertions)| (RefinementId(index as u32), assertions.as_slice()))
    }
}

impl Assertion {
    /// The refinements that it refers to.
    pub fn parts(&self) -> Vec<RefinementId> {
        match self {
            Self::Never | Self::Unknown | Self::Types(_) | Self::Values(_) => Vec::new(),
            Self::Check(_) | Self::Required(_) | Self::DependentRequired(_) => Vec::new(),
            Self::Properties {
                named,
                patterns,
                others,
            } => {
                let named = named.iter().map(|(_, id)| *id);
                let patterns = patterns.iter().map(|(_, id)| *id);
                named.chain(patterns).chain(*others).collect()
            }
            Self::Dependent(schemas) => schemas.iter().map(|(_, id)| *id).collect(),
            Self::Items { first, rest } => first.iter().copied().chain(*rest).collect(),
            Self::PropertyNames(id) | Self::Contains { item: id, .. } | Self::Not(id) => vec![*id],
            Self::OtherProperties(id) | Self::OtherItems(id) => vec![*id],
            Self::All(ids) | Self::Any(ids) | Self::One(ids) => ids.clone(),
            Self::If {
                condition,
                then,
                otherwise,
            } => vec![*condition, *then, *otherwise],
        }
    }
}
