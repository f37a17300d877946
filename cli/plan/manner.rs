//! In what manner values are read, where that isn't a matter of their type: what they are made
//! first, and the contract's own words for what it refuses.

use super::rules;
use super::types::{Manner, Message, Messages, Refinement, Type};
use crate::model::{Check, Constraint, Schema, Shape, Text};

/// The type of a schema's values, read as the schema says.
pub(super) fn read(ty: Type, schema: &Schema) -> Type {
    let manner = Manner {
        messages: messages(schema),
        coerce: schema.coerce,
        refinement: None,
    };
    if manner == Manner::default() {
        ty
    } else {
        Type::Read(Box::new(ty), manner)
    }
}

/// The same type, whose values are looked at again.
pub(super) fn refined(ty: Type, refinement: Refinement) -> Type {
    let (inner, mut manner) = match ty {
        Type::Read(inner, manner) => (inner, manner),
        other => (Box::new(other), Manner::default()),
    };
    manner.refinement = Some(refinement);
    Type::Read(inner, manner)
}

/// The contract's own words for values that a schema refuses.
pub(super) fn messages(schema: &Schema) -> Messages {
    let mut checks = Vec::new();
    checks.extend(bound(&schema.checks, "too_small", lower_bound));
    checks.extend(bound(&schema.checks, "too_big", |constraint| {
        upper_bound(constraint).map(|bound| -bound)
    }));
    checks.extend(schema.checks.iter().filter_map(single));
    let text = schema.messages.text.clone().zip(text_format(&schema.shape));
    checks.extend(text.map(|(text, format)| Message {
        code: "invalid_format",
        detail: Some(json(format)),
        text,
    }));
    checks.extend(schema.messages.whole.clone().map(|text| Message {
        code: "invalid_type",
        detail: Some(json("int")),
        text,
    }));
    let missing = schema.messages.shape.clone();
    let mut shape = missing.clone();
    if let Shape::Union(union) = &schema.shape
        && union.discriminator.is_none()
    {
        // What is said of the branches beside it is theirs to say.
        checks.extend(shape.take().map(|text| Message {
            code: "invalid_union",
            detail: None,
            text,
        }));
    }
    Messages {
        missing,
        shape,
        checks,
    }
}

/// The words of the strictest of several bounds, which is the one that is checked.
fn bound(
    checks: &[Check],
    code: &'static str,
    value: impl Fn(&Constraint) -> Option<f64>,
) -> Option<Message> {
    let bounds = checks
        .iter()
        .filter_map(|check| Some((value(&check.constraint)?, check)));
    let strictest = bounds.reduce(|old, new| if new.0 > old.0 { new } else { old });
    let text = strictest?.1.message.clone()?;
    let detail = None;
    Some(Message { code, detail, text })
}

fn lower_bound(constraint: &Constraint) -> Option<f64> {
    match constraint {
        Constraint::MinLength(min) | Constraint::MinItems(min) | Constraint::MinProperties(min) => {
            Some(*min as f64)
        }
        Constraint::Minimum { value, .. } => value.parse().ok(),
        Constraint::MaxLength(_)
        | Constraint::Pattern(_)
        | Constraint::Format(_)
        | Constraint::Maximum { .. }
        | Constraint::MultipleOf(_)
        | Constraint::MaxItems(_)
        | Constraint::UniqueItems
        | Constraint::MaxProperties(_) => None,
    }
}

fn upper_bound(constraint: &Constraint) -> Option<f64> {
    match constraint {
        Constraint::MaxLength(max) | Constraint::MaxItems(max) | Constraint::MaxProperties(max) => {
            Some(*max as f64)
        }
        Constraint::Maximum { value, .. } => value.parse().ok(),
        Constraint::MinLength(_)
        | Constraint::Pattern(_)
        | Constraint::Format(_)
        | Constraint::Minimum { .. }
        | Constraint::MultipleOf(_)
        | Constraint::MinItems(_)
        | Constraint::UniqueItems
        | Constraint::MinProperties(_) => None,
    }
}

/// The words of a check that is no bound.
fn single(check: &Check) -> Option<Message> {
    let (code, detail) = match &check.constraint {
        Constraint::Pattern(source) => ("invalid_format", Some(json(source))),
        Constraint::Format(format) => ("invalid_format", Some(json(rules::format_name(*format)))),
        Constraint::MultipleOf(_) => ("not_multiple_of", None),
        Constraint::UniqueItems => ("custom", None),
        Constraint::MinLength(_)
        | Constraint::MaxLength(_)
        | Constraint::Minimum { .. }
        | Constraint::Maximum { .. }
        | Constraint::MinItems(_)
        | Constraint::MaxItems(_)
        | Constraint::MinProperties(_)
        | Constraint::MaxProperties(_) => return None,
    };
    let text = check.message.clone()?;
    Some(Message { code, detail, text })
}

/// The format that the decoder of a text names.
fn text_format(shape: &Shape) -> Option<&'static str> {
    let Shape::String(text) = shape else {
        return None;
    };
    match text {
        Text::DateTime => Some("date-time"),
        Text::Date => Some("date"),
        Text::Uuid => Some("uuid"),
        Text::Ipv4 => Some("ipv4"),
        Text::Ipv6 => Some("ipv6"),
        Text::Base64 => Some("base64"),
        Text::Base64Url => Some("base64url"),
        Text::Plain | Text::Binary | Text::Password => None,
    }
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
