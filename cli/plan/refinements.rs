//! `model::Assertion` → the assertions of a refinement, with rules and patterns as they are emitted.

use std::collections::HashSet;

use super::patterns::Patterns;
use super::rules;
use super::types::{ArrayRule, NumberRule, Pattern, Refinement, SizeRule, StringRule};
use crate::diagnostics::codes::plan as codes;
use crate::diagnostics::{Diagnostic, Diagnostics, Effect};
use crate::model::{self, Api, Check, Constraint, RefinementId, Value};

/// What must hold of a value beyond its type; the variants are those of the support module `assertion`.
#[derive(Debug, Clone, PartialEq)]
pub enum Assertion {
    /// Nothing is of it.
    Never,
    /// Types, by their names.
    Types(Vec<&'static str>),
    /// Literals.
    Values(Vec<Value>),
    /// What is said of strings.
    Text(StringRule),
    /// What is said of numbers.
    Number(NumberRule),
    /// What is said of the number of items.
    List(ArrayRule),
    /// What is said of the number of properties.
    Size(SizeRule),
    /// Keys that must be there.
    Required(Vec<String>),
    /// Properties by their keys.
    Properties(Properties),
    /// The keys themselves.
    PropertyNames(Refinement),
    /// Keys that others ask for.
    DependentRequired(Vec<(String, Vec<String>)>),
    /// What holds of the whole where a key is there.
    Dependent(Vec<(String, Refinement)>),
    /// Items by their places.
    Items(Vec<Refinement>, Option<Refinement>),
    /// How many items are of a refinement.
    Contains(Refinement, u64, Option<u64>),
    /// What must not hold.
    Not(Refinement),
    /// What must hold too.
    All(Vec<Refinement>),
    /// Of which one must hold.
    Any(Vec<Refinement>),
    /// Of which one alone must hold.
    One(Vec<Refinement>),
    /// Which of the second and the third must hold, by the first.
    If(Refinement, Refinement, Refinement),
    /// Properties that nothing else has looked at.
    OtherProperties(Refinement),
    /// Items that nothing else has looked at.
    OtherItems(Refinement),
}

/// What is said of properties by their keys.
#[derive(Debug, Clone, PartialEq)]
pub struct Properties {
    /// By the key itself.
    pub named: Vec<(String, Refinement)>,
    /// By patterns of the key.
    pub patterns: Vec<(Pattern, Refinement)>,
    /// Of all others.
    pub others: Option<Refinement>,
}

/// The refinements of an API, those alone which a schema has or leads to; the others are empty.
pub(super) fn lower(
    api: &Api,
    patterns: &Patterns,
    diagnostics: &mut Diagnostics,
) -> Vec<Vec<Assertion>> {
    let used = used(api);
    let undecided = undecided(api, patterns);
    let mut reported = HashSet::new();
    let lowered = api.refinements.iter().map(|(id, assertions)| {
        if !used.contains(&id) {
            return Vec::new();
        }
        for check in assertions
            .iter()
            .flat_map(|assertion| bad_patterns(assertion, patterns))
        {
            if let (true, Err(reason)) = (reported.insert(check.span), translated(check, patterns))
            {
                diagnostics.push(
                    Diagnostic::new(
                        &codes::RG0401,
                        Effect::Warning,
                        "this pattern is not checked",
                    )
                    .at(check.span)
                    .label(reason)
                    .note("nor is the keyword of JSON Schema around it that a type can't say")
                    .help("say it in another way, or check it in the handler"),
                );
            }
        }
        let decided = assertions
            .iter()
            .filter(|assertion| is_decided(assertion, &undecided, patterns));
        let decided: Vec<&model::Assertion> = decided.collect();
        let mut lowered: Vec<Assertion> = checks(&decided, patterns, diagnostics);
        lowered.extend(
            decided
                .iter()
                .filter_map(|known| assertion(known, patterns)),
        );
        lowered
    });
    let lowered: Vec<Vec<Assertion>> = lowered.collect();
    match lowered.iter().all(Vec::is_empty) {
        true => Vec::new(),
        false => lowered,
    }
}

/// The refinements that schemas have, and those that they lead to.
fn used(api: &Api) -> HashSet<RefinementId> {
    let parts: Vec<Vec<RefinementId>> = api
        .refinements
        .iter()
        .map(|(_, assertions)| {
            assertions
                .iter()
                .flat_map(model::Assertion::parts)
                .collect()
        })
        .collect();
    let roots = api
        .schemas
        .iter()
        .filter_map(|(_, schema)| schema.refinement);
    let mut open: Vec<RefinementId> = roots.collect();
    let mut used = HashSet::new();
    while let Some(id) = open.pop() {
        if used.insert(id) {
            open.extend(&parts[id.0 as usize]);
        }
    }
    used
}

/// The refinements of which nobody can tell whether they hold: something in them can't be checked.
fn undecided(api: &Api, patterns: &Patterns) -> HashSet<RefinementId> {
    let cant_tell = |assertion: &model::Assertion| {
        *assertion == model::Assertion::Unknown || !bad_patterns(assertion, patterns).is_empty()
    };
    let all = api.refinements.iter();
    let roots = all.filter(|(_, assertions)| assertions.iter().any(cant_tell));
    let mut undecided: HashSet<RefinementId> = roots.map(|(id, _)| id).collect();
    loop {
        let leads_there = |assertion: &model::Assertion| {
            let mut parts = assertion.parts().into_iter();
            parts.any(|id| undecided.contains(&id))
        };
        let all = api.refinements.iter();
        let found = all.filter(|(id, assertions)| {
            !undecided.contains(id) && assertions.iter().any(leads_there)
        });
        let found: Vec<RefinementId> = found.map(|(id, _)| id).collect();
        if found.is_empty() {
            return undecided;
        }
        undecided.extend(found);
    }
}

fn is_decided(
    assertion: &model::Assertion,
    undecided: &HashSet<RefinementId>,
    patterns: &Patterns,
) -> bool {
    *assertion != model::Assertion::Unknown
        && assertion.parts().iter().all(|id| !undecided.contains(id))
        && bad_patterns(assertion, patterns).is_empty()
}

/// The patterns of an assertion that can't be matched.
fn bad_patterns<'a>(assertion: &'a model::Assertion, known: &Patterns) -> Vec<&'a Check> {
    let mut all: Vec<&Check> = Vec::new();
    if let model::Assertion::Check(check) = assertion {
        all.push(check);
    }
    if let model::Assertion::Properties { patterns, .. } = assertion {
        all.extend(patterns.iter().map(|(check, _)| check));
    }
    all.retain(|check| translated(check, known).is_err());
    all
}

/// The pattern of a constraint in the words of its engine; what is none has none.
fn translated(check: &Check, patterns: &Patterns) -> Result<Option<Pattern>, String> {
    let Constraint::Pattern(source) = &check.constraint else {
        return Ok(None);
    };
    patterns.translate(source).map(Some)
}

/// The rules that constraints make together.
fn checks(
    assertions: &[&model::Assertion],
    patterns: &Patterns,
    diagnostics: &mut Diagnostics,
) -> Vec<Assertion> {
    let checks = assertions.iter().filter_map(|assertion| {
        let model::Assertion::Check(check) = assertion else {
            return None;
        };
        Some(check.clone())
    });
    let checks: Vec<Check> = checks.collect();
    let text = rules::string(&checks, patterns, diagnostics);
    let number = rules::number(&checks);
    let list = rules::array(&checks);
    let size = rules::size(&checks);
    let mut said = Vec::new();
    said.extend((text != StringRule::default()).then_some(Assertion::Text(text)));
    said.extend((number != NumberRule::default()).then_some(Assertion::Number(number)));
    said.extend((list != ArrayRule::default()).then_some(Assertion::List(list)));
    said.extend((size != SizeRule::default()).then_some(Assertion::Size(size)));
    said
}

fn assertion(assertion: &model::Assertion, known: &Patterns) -> Option<Assertion> {
    let one = |id: &RefinementId| Refinement(id.0);
    let many = |ids: &[RefinementId]| ids.iter().map(one).collect::<Vec<_>>();
    let keyed = |schemas: &[(String, RefinementId)]| {
        let schemas = schemas.iter();
        schemas
            .map(|(key, id)| (key.clone(), one(id)))
            .collect::<Vec<_>>()
    };
    Some(match assertion {
        // Constraints are put together, and what can't be told isn't there any more.
        model::Assertion::Check(_) | model::Assertion::Unknown => return None,
        model::Assertion::Never => Assertion::Never,
        model::Assertion::Types(types) => Assertion::Types(types.clone()),
        model::Assertion::Values(values) => Assertion::Values(values.clone()),
        model::Assertion::Required(keys) => Assertion::Required(keys.clone()),
        model::Assertion::Properties {
            named,
            patterns,
            others,
        } => Assertion::Properties(Properties {
            named: keyed(named),
            patterns: patterns
                .iter()
                .filter_map(|(check, id)| Some((translated(check, known).ok()??, one(id))))
                .collect(),
            others: others.as_ref().map(one),
        }),
        model::Assertion::PropertyNames(id) => Assertion::PropertyNames(one(id)),
        model::Assertion::DependentRequired(keys) => Assertion::DependentRequired(keys.clone()),
        model::Assertion::Dependent(schemas) => Assertion::Dependent(keyed(schemas)),
        model::Assertion::Items { first, rest } => {
            Assertion::Items(many(first), rest.as_ref().map(one))
        }
        model::Assertion::Contains { item, min, max } => Assertion::Contains(one(item), *min, *max),
        model::Assertion::Not(id) => Assertion::Not(one(id)),
        model::Assertion::All(ids) => Assertion::All(many(ids)),
        model::Assertion::Any(ids) => Assertion::Any(many(ids)),
        model::Assertion::One(ids) => Assertion::One(many(ids)),
        model::Assertion::If {
            condition,
            then,
            otherwise,
        } => Assertion::If(one(condition), one(then), one(otherwise)),
        model::Assertion::OtherProperties(id) => Assertion::OtherProperties(one(id)),
        model::Assertion::OtherItems(id) => Assertion::OtherItems(one(id)),
    })
}
