//! Scalars in one text: how a parameter's is decoded and a header's is written.

use super::codecs::Codecs;
use super::rust::integer;
use super::{refinements, statics};
use crate::model::{Coercion, Text};
use crate::plan::types::{ItemKind, Manner, Refinement, Type};

/// An expression of type `Option<T>` that decodes the parameter `p` of the call `c`.
pub fn decode(codecs: &mut Codecs, ty: &Type) -> String {
    match ty {
        Type::Boolean => "c.boolean(&p)".to_owned(),
        Type::Integer(width, rule) => {
            let rule = statics::integer(codecs, *width, rule);
            format!(
                "c.integer(&p, {rule}).map(|value| value as {})",
                integer(*width)
            )
        }
        Type::Number(rule) => {
            let rule = statics::number(codecs, rule);
            format!("c.number(&p, {rule})")
        }
        Type::Text(text, rule) => {
            let rule = statics::string(codecs, rule);
            text_decoder(*text, &rule)
        }
        Type::Item(id) => {
            let item = codecs.types.items.get(*id);
            match &item.kind {
                ItemKind::Enum(_) => {
                    let path = codecs.types.item(*id);
                    let names = format!("{}NAMES_{}", codecs.path, item.codec.to_uppercase());
                    let read = format!("c.variant(&p, &{names}).map(|index| {path}::ALL[index])");
                    match item.refinement {
                        Some(refinement) => refined("refined_text", read, refinement),
                        None => read,
                    }
                }
                ItemKind::Alias(ty) => decode(codecs, ty),
                ItemKind::Struct(_) | ItemKind::Union(_) | ItemKind::Newtype(_) => any_text(),
            }
        }
        Type::Read(_, manner) if manner.coerce == Some(Coercion::Date) => {
            "c.coerced_date(&p)".to_owned()
        }
        Type::Read(
            inner,
            Manner {
                refinement: Some(refinement),
                ..
            },
        ) => {
            let read = decode(codecs, inner);
            refined(judge(codecs, inner), read, *refinement)
        }
        // What is said of the value is said where it is found, and texts are read as their type without being coerced.
        Type::Nullable(inner) | Type::Boxed(inner) | Type::Read(inner, _) => decode(codecs, inner),
        Type::Any | Type::Never | Type::Null | Type::List(..) | Type::Map(..) | Type::Tuple(_) => {
            any_text()
        }
    }
}

/// The method that looks at values of a type again.
fn judge(codecs: &Codecs, ty: &Type) -> &'static str {
    match ty {
        Type::Text(..) => "refined_text",
        Type::Read(inner, _) | Type::Nullable(inner) | Type::Boxed(inner) => judge(codecs, inner),
        Type::Item(id) => match &codecs.types.items.get(*id).kind {
            ItemKind::Alias(ty) => judge(codecs, ty),
            ItemKind::Enum(_) => "refined_text",
            ItemKind::Struct(_) | ItemKind::Union(_) | ItemKind::Newtype(_) => "refined",
        },
        Type::Any | Type::Never | Type::Null | Type::Boolean | Type::Integer(..) => "refined",
        Type::Number(_) | Type::List(..) | Type::Map(..) | Type::Tuple(_) => "refined",
    }
}

/// A decoder whose values are looked at again.
fn refined(method: &str, read: String, refinement: Refinement) -> String {
    let schema = refinements::reference(refinement);
    format!("{{ let value = {read}; if c.{method}(&p, {schema}) {{ value }} else {{ None }} }}")
}

fn any_text() -> String {
    "c.string(&p, &StringRule::ANY)".to_owned()
}

fn text_decoder(text: Text, rule: &str) -> String {
    let parsed = |format: &str, parse: &str| format!("c.parsed(&p, {rule}, \"{format}\", {parse})");
    match text {
        Text::Plain | Text::Binary => format!("c.string(&p, {rule})"),
        Text::Password => format!("c.string(&p, {rule}).map(crate::Secret::new)"),
        Text::DateTime => parsed("date-time", "temporal::date_time"),
        Text::Date => parsed("date", "temporal::date"),
        Text::Uuid => parsed("uuid", "uuids::uuid"),
        Text::Ipv4 => parsed("ipv4", "formats::ipv4"),
        Text::Ipv6 => parsed("ipv6", "formats::ipv6"),
        Text::Base64 => parsed("base64", "base64::decode"),
        Text::Base64Url => parsed("base64url", "base64::decode_url"),
    }
}

/// An expression of type `&str` (or one that derefs to it) for a header's value in the variable `base`; `borrow` is `&` if that
/// isn't a reference yet.
pub fn header(codecs: &Codecs, ty: &Type, base: &str, borrow: &str) -> String {
    match ty {
        Type::Text(Text::Plain | Text::Binary, _) => format!("{borrow}{base}"),
        Type::Text(Text::Password, _) => format!("{base}.expose()"),
        Type::Text(Text::DateTime, _) => format!("&temporal::date_time_text({borrow}{base})"),
        Type::Text(Text::Base64, _) => format!("&base64::encode({borrow}{base})"),
        Type::Text(Text::Base64Url, _) => format!("&base64::encode_url({borrow}{base})"),
        Type::Read(inner, _) => header(codecs, inner, base, borrow),
        Type::Item(id) => match &codecs.types.items.get(*id).kind {
            ItemKind::Alias(ty) => header(codecs, ty, base, borrow),
            ItemKind::Enum(_) | ItemKind::Struct(_) | ItemKind::Union(_) | ItemKind::Newtype(_) => {
                format!("&{base}.to_string()")
            }
        },
        Type::Boolean
        | Type::Integer(..)
        | Type::Number(_)
        | Type::Text(Text::Date | Text::Uuid | Text::Ipv4 | Text::Ipv6, _)
        | Type::Any
        | Type::Never
        | Type::Null
        | Type::Nullable(_)
        | Type::Boxed(_)
        | Type::List(..)
        | Type::Map(..)
        | Type::Tuple(_) => format!("&{base}.to_string()"),
    }
}
