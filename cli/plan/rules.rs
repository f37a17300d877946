//! `model::Constraint` → the rules of a type.

use super::lower::Direction;
use super::patterns::Patterns;
use super::types::{ArrayRule, IntegerRule, NumberRule, SizeRule, StringRule};
use crate::diagnostics::codes::plan as codes;
use crate::diagnostics::{Diagnostic, Diagnostics, Effect};
use crate::model::{Check, Constraint, Format, Integer, Object};

/// What must hold of a string.
pub(super) fn string(
    checks: &[Check],
    patterns: &Patterns,
    diagnostics: &mut Diagnostics,
) -> StringRule {
    let mut rule = StringRule::default();
    for check in checks {
        match &check.constraint {
            Constraint::MinLength(min) => rule.min = rule.min.max(Some(*min)),
            Constraint::MaxLength(max) => {
                rule.max = Some(rule.max.map_or(*max, |old| old.min(*max)))
            }
            Constraint::Format(format) => rule.format = Some(format_constant(*format)),
            Constraint::Pattern(source) => match patterns.translate(source) {
                Ok(pattern) => rule.patterns.push(pattern),
                Err(reason) => diagnostics.push(
                    Diagnostic::new(
                        &codes::RG0401,
                        Effect::Warning,
                        "this pattern is not checked",
                    )
                    .at(check.span)
                    .label(reason)
                    .help("say it in another way, or check it in the handler"),
                ),
            },
            Constraint::Minimum { .. }
            | Constraint::Maximum { .. }
            | Constraint::MultipleOf(_)
            | Constraint::MinItems(_)
            | Constraint::MaxItems(_)
            | Constraint::UniqueItems
            | Constraint::MinProperties(_)
            | Constraint::MaxProperties(_) => {}
        }
    }
    rule
}

fn format_constant(format: Format) -> &'static str {
    match format {
        Format::Time => "TIME",
        Format::Duration => "DURATION",
        Format::Email => "EMAIL",
        Format::Uri => "URI",
        Format::UriReference => "URI_REFERENCE",
        Format::Hostname => "HOSTNAME",
    }
}

/// The name of a format, as issues have it.
pub(super) fn format_name(format: Format) -> &'static str {
    match format {
        Format::Time => "time",
        Format::Duration => "duration",
        Format::Email => "email",
        Format::Uri => "uri",
        Format::UriReference => "uri-reference",
        Format::Hostname => "hostname",
    }
}

/// What must hold of a whole number; bounds that its width implies are left out.
pub(super) fn integer(checks: &[Check], width: Integer) -> IntegerRule {
    let mut rule = IntegerRule::default();
    for check in checks {
        match &check.constraint {
            Constraint::Minimum { value, exclusive } => {
                let bound = whole(value, f64::ceil)
                    .map(|least| least.saturating_add(i128::from(*exclusive && is_whole(value))));
                rule.min = rule.min.max(bound);
            }
            Constraint::Maximum { value, exclusive } => {
                let bound = whole(value, f64::floor)
                    .map(|most| most.saturating_sub(i128::from(*exclusive && is_whole(value))));
                rule.max = [rule.max, bound].into_iter().flatten().min();
            }
            Constraint::MultipleOf(value) => {
                rule.multiple_of = whole(value, f64::floor)
                    .filter(|_| is_whole(value))
                    .and_then(|step| u64::try_from(step).ok())
                    .filter(|step| *step > 1);
            }
            Constraint::MinLength(_)
            | Constraint::MaxLength(_)
            | Constraint::Pattern(_)
            | Constraint::Format(_)
            | Constraint::MinItems(_)
            | Constraint::MaxItems(_)
            | Constraint::UniqueItems
            | Constraint::MinProperties(_)
            | Constraint::MaxProperties(_) => {}
        }
    }
    let (least, greatest) = bounds(width);
    rule.min = rule.min.filter(|min| *min > least);
    rule.max = rule.max.filter(|max| *max < greatest);
    rule
}

/// The least and greatest values of a width.
pub fn bounds(width: Integer) -> (i128, i128) {
    match width {
        Integer::I8 => (i8::MIN.into(), i8::MAX.into()),
        Integer::I16 => (i16::MIN.into(), i16::MAX.into()),
        Integer::I32 => (i32::MIN.into(), i32::MAX.into()),
        Integer::I64 => (i64::MIN.into(), i64::MAX.into()),
        Integer::U8 => (0, u8::MAX.into()),
        Integer::U16 => (0, u16::MAX.into()),
        Integer::U32 => (0, u32::MAX.into()),
        Integer::U64 => (0, u64::MAX.into()),
    }
}

/// Decimal text as a whole number, rounded by `round` if it has a fraction, cut to what an `i128` holds.
fn whole(text: &str, round: fn(f64) -> f64) -> Option<i128> {
    text.parse()
        .ok()
        .or_else(|| text.parse::<f64>().ok().map(|value| round(value) as i128))
}

fn is_whole(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|value| value.fract() == 0.0)
}

/// What must hold of a number.
pub(super) fn number(checks: &[Check]) -> NumberRule {
    let mut rule = NumberRule::default();
    for check in checks {
        match &check.constraint {
            Constraint::Minimum { value, exclusive } => {
                let bound = value.parse().ok().map(|value| (value, *exclusive));
                rule.min = stricter(rule.min, bound, |a, b| a > b);
            }
            Constraint::Maximum { value, exclusive } => {
                let bound = value.parse().ok().map(|value| (value, *exclusive));
                rule.max = stricter(rule.max, bound, |a, b| a < b);
            }
            Constraint::MultipleOf(value) => {
                rule.multiple_of = value
                    .parse()
                    .ok()
                    .filter(|step: &f64| *step > 0.0 && step.is_finite());
            }
            Constraint::MinLength(_)
            | Constraint::MaxLength(_)
            | Constraint::Pattern(_)
            | Constraint::Format(_)
            | Constraint::MinItems(_)
            | Constraint::MaxItems(_)
            | Constraint::UniqueItems
            | Constraint::MinProperties(_)
            | Constraint::MaxProperties(_) => {}
        }
    }
    rule
}

fn stricter(
    old: Option<(f64, bool)>,
    new: Option<(f64, bool)>,
    inside: fn(f64, f64) -> bool,
) -> Option<(f64, bool)> {
    match (old, new) {
        (Some(old), Some(new)) if inside(old.0, new.0) || (old.0 == new.0 && old.1) => Some(old),
        (old, new) => new.or(old),
    }
}

/// How many items a list may have.
pub(super) fn array(checks: &[Check]) -> ArrayRule {
    let mut rule = ArrayRule::default();
    for check in checks {
        match check.constraint {
            Constraint::MinItems(min) => rule.min = rule.min.max(Some(min)),
            Constraint::MaxItems(max) => rule.max = Some(rule.max.map_or(max, |old| old.min(max))),
            Constraint::UniqueItems => rule.unique = true,
            Constraint::MinLength(_)
            | Constraint::MaxLength(_)
            | Constraint::Pattern(_)
            | Constraint::Format(_)
            | Constraint::Minimum { .. }
            | Constraint::Maximum { .. }
            | Constraint::MultipleOf(_)
            | Constraint::MinProperties(_)
            | Constraint::MaxProperties(_) => {}
        }
    }
    rule
}

/// How many entries an object may have.
pub(super) fn size(checks: &[Check]) -> SizeRule {
    let mut rule = SizeRule::default();
    for check in checks {
        match check.constraint {
            Constraint::MinProperties(min) => rule.min = rule.min.max(Some(min)),
            Constraint::MaxProperties(max) => {
                rule.max = Some(rule.max.map_or(max, |old| old.min(max)))
            }
            Constraint::MinLength(_)
            | Constraint::MaxLength(_)
            | Constraint::Pattern(_)
            | Constraint::Format(_)
            | Constraint::Minimum { .. }
            | Constraint::Maximum { .. }
            | Constraint::MultipleOf(_)
            | Constraint::MinItems(_)
            | Constraint::MaxItems(_)
            | Constraint::UniqueItems => {}
        }
    }
    rule
}

/// The same of an object in one direction: what isn't there in it is nothing that the other side could send, so there may be so many
/// properties less.
pub(super) fn size_in(object: &Object, direction: Direction, checks: &[Check]) -> SizeRule {
    let left_out = object.fields.iter();
    let left_out = left_out
        .filter(|field| !direction.has(field.access))
        .count() as u64;
    let SizeRule { min, max } = size(checks);
    let min = min.map(|min| min.saturating_sub(left_out));
    SizeRule {
        min: min.filter(|min| *min > 0),
        max,
    }
}
