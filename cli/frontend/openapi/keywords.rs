//! Validation keywords → constraints.

use super::Lowering;
use super::facets::Facets;
use super::tree::{Kind, Node};
use super::types::Types;
use crate::diagnostics::{Effect, codes};
use crate::model::{Check, Constraint};
use crate::source::Span;

/// The keyword that says something of values which isn't checked.
pub(super) const UNCHECKED: &str = "$recursiveRef";

/// Adds the constraints of one node.
pub(super) fn checks<'a>(lowering: &mut Lowering<'a>, node: Node<'a>, facets: &mut Facets<'a>) {
    for (key, value) in node.entries() {
        let keyword = key.scalar_text();
        let Some(ty) = subject(keyword) else { continue };
        facets.hints = facets.hints.union(ty);
        match constraint(keyword, node, value) {
            Ok(Some(constraint)) => {
                if facets
                    .checks
                    .iter()
                    .all(|check| check.constraint != constraint)
                {
                    facets.checks.push(Check {
                        constraint,
                        message: None,
                        span: value.span(),
                    });
                }
            }
            Ok(None) => {}
            Err(expected) => lowering.unusable(keyword, expected, value.span()),
        }
    }
}

/// The type that a keyword speaks of.
fn subject(keyword: &str) -> Option<Types> {
    match keyword {
        "minLength" | "maxLength" | "pattern" => Some(Types::STRING),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            Some(Types::NUMBER)
        }
        "minItems" | "maxItems" | "uniqueItems" => Some(Types::ARRAY),
        "minProperties" | "maxProperties" => Some(Types::OBJECT),
        _ => None,
    }
}

/// The constraint of a keyword, if it says anything; else what should stand there.
pub(super) fn constraint(
    keyword: &str,
    node: Node<'_>,
    value: Node<'_>,
) -> Result<Option<Constraint>, &'static str> {
    // In 3.0 `exclusiveMinimum: true` changes `minimum`; in 3.1 it has a number of its own.
    // https://spec.openapis.org/oas/v3.0.4#schema-object
    let exclusive = |keyword: &str| node.is_true(keyword);
    let bound = |value: Node<'_>| number(value).ok_or("a number");
    let constraint = match keyword {
        "minLength" => count(value)?
            .filter(|count| *count > 0)
            .map(Constraint::MinLength),
        "maxLength" => count(value)?.map(Constraint::MaxLength),
        "pattern" => Some(Constraint::Pattern(
            value.as_str().ok_or("a pattern")?.to_owned(),
        )),
        "minimum" => Some(Constraint::Minimum {
            value: bound(value)?,
            exclusive: exclusive("exclusiveMinimum"),
        }),
        "maximum" => Some(Constraint::Maximum {
            value: bound(value)?,
            exclusive: exclusive("exclusiveMaximum"),
        }),
        "exclusiveMinimum" | "exclusiveMaximum" if value.as_bool().is_some() => None,
        "exclusiveMinimum" => Some(Constraint::Minimum {
            value: bound(value)?,
            exclusive: true,
        }),
        "exclusiveMaximum" => Some(Constraint::Maximum {
            value: bound(value)?,
            exclusive: true,
        }),
        "multipleOf" => {
            let divisor = bound(value)?;
            let is_positive = divisor.parse::<f64>().is_ok_and(|number| number > 0.0);
            Some(Constraint::MultipleOf(
                Some(divisor)
                    .filter(|_| is_positive)
                    .ok_or("a number above 0")?,
            ))
        }
        "minItems" => count(value)?
            .filter(|count| *count > 0)
            .map(Constraint::MinItems),
        "maxItems" => count(value)?.map(Constraint::MaxItems),
        "uniqueItems" => value
            .as_bool()
            .ok_or("`true` or `false`")?
            .then_some(Constraint::UniqueItems),
        "minProperties" => count(value)?
            .filter(|count| *count > 0)
            .map(Constraint::MinProperties),
        "maxProperties" => count(value)?.map(Constraint::MaxProperties),
        _ => None,
    };
    Ok(constraint)
}

fn number(value: Node<'_>) -> Option<String> {
    (value.kind() == Kind::Number).then(|| value.scalar_text().to_owned())
}

/// A whole number from 0 on; beyond 2^64 nothing is that large, so it stops there.
pub(super) fn count(value: Node<'_>) -> Result<Option<u64>, &'static str> {
    let expected = "a whole number from 0 on";
    let text = number(value).ok_or(expected)?;
    if let Ok(count) = text.parse::<u64>() {
        return Ok(Some(count));
    }
    let float: f64 = text.parse().map_err(|_| expected)?;
    if float < 0.0 || float.fract() != 0.0 {
        Err(expected)
    } else {
        Ok(Some(float as u64))
    }
}

/// Which type a check speaks of.
pub(super) fn speaks_of(constraint: &Constraint) -> Types {
    match constraint {
        Constraint::MinLength(_)
        | Constraint::MaxLength(_)
        | Constraint::Pattern(_)
        | Constraint::Format(_) => Types::STRING,
        Constraint::Minimum { .. } | Constraint::Maximum { .. } | Constraint::MultipleOf(_) => {
            Types::NUMBER
        }
        Constraint::MinItems(_) | Constraint::MaxItems(_) | Constraint::UniqueItems => Types::ARRAY,
        Constraint::MinProperties(_) | Constraint::MaxProperties(_) => Types::OBJECT,
    }
}

impl<'a> Lowering<'a> {
    /// Says that a keyword's value can't be used.
    pub(super) fn unusable(&mut self, keyword: &str, expected: &str, span: Span) {
        let message = format!("`{keyword}` must be {expected}");
        let help = "until then the keyword is not checked";
        self.report(
            &codes::openapi::RG0215,
            Effect::Warning,
            message,
            span,
            help,
        );
    }

    /// Says that there is no such type, and which is `meant` by it, if any is.
    pub(super) fn unknown_type(&mut self, name: &str, meant: Option<&str>, span: Span) {
        let (effect, message, help) = match meant {
            Some(meant) => (
                Effect::Warning,
                format!("there is no type `{name}`; it is read as `{meant}`"),
                format!("write `{meant}`"),
            ),
            None => (
                Effect::Degrades,
                format!("there is no type `{name}`; any value is taken"),
                "use one of: string, number, integer, boolean, array, object, null".to_owned(),
            ),
        };
        self.report(&codes::openapi::RG0215, effect, message, span, &help);
    }
}
