//! Formats of strings: `z.email()`, `z.string().uuid()`, `.openapi({ format: 'password' })`.

use crate::model::{Constraint, Format, Integer, Text};

/// What a format makes of a string.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Formatted {
    /// It is of another type.
    Text(Text),
    /// It stays text and is checked.
    Check(Constraint),
}

/// The format that Zod's function or method of this name checks; patterns are Zod's own (`z.regexes`).
pub(super) fn zod(name: &str) -> Option<Formatted> {
    let pattern = match name {
        "email" => return Some(Formatted::Check(Constraint::Format(Format::Email))),
        "url" => return Some(Formatted::Check(Constraint::Format(Format::Uri))),
        "hostname" => return Some(Formatted::Check(Constraint::Format(Format::Hostname))),
        "uuid" | "guid" => return Some(Formatted::Text(Text::Uuid)),
        // Without `offset: true` Zod takes `Z` alone; we take every offset, since the type holds it.
        "datetime" => return Some(Formatted::Text(Text::DateTime)),
        "date" => return Some(Formatted::Text(Text::Date)),
        "duration" => return Some(Formatted::Check(Constraint::Format(Format::Duration))),
        "ipv4" => return Some(Formatted::Text(Text::Ipv4)),
        "ipv6" => return Some(Formatted::Text(Text::Ipv6)),
        "base64" => return Some(Formatted::Text(Text::Base64)),
        // Unlike RFC 3339's full-time it has no offset.
        "time" => r"^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?$",
        "uuidv4" => r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$",
        "uuidv6" => r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-6[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$",
        "uuidv7" => r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$",
        "base64url" => r"^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$",
        "nanoid" => r"^[a-zA-Z0-9_-]{21}$",
        "cuid" => r"^[cC][0-9a-z]{6,}$",
        "cuid2" => r"^[0-9a-z]+$",
        "ulid" => r"^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$",
        "xid" => r"^[0-9a-vA-V]{20}$",
        "ksuid" => r"^[A-Za-z0-9]{27}$",
        "e164" => r"^\+[1-9]\d{6,14}$",
        "hex" => r"^[0-9a-fA-F]*$",
        "mac" => r"^(?:[0-9A-F]{2}:){5}[0-9A-F]{2}$|^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$",
        "lowercase" => r"^[^A-Z]*$",
        "uppercase" => r"^[^a-z]*$",
        "cidrv4" => {
            r"^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])/([0-9]|[1-2][0-9]|3[0-2])$"
        }
        _ => return None,
    };
    Some(Formatted::Check(Constraint::Pattern(pattern.to_owned())))
}

/// The format that JSON Schema calls so, for strings.
pub(super) fn json_schema(name: &str) -> Option<Formatted> {
    Some(match name {
        "date-time" => Formatted::Text(Text::DateTime),
        "date" => Formatted::Text(Text::Date),
        "uuid" => Formatted::Text(Text::Uuid),
        "ipv4" => Formatted::Text(Text::Ipv4),
        "ipv6" => Formatted::Text(Text::Ipv6),
        "byte" | "base64" => Formatted::Text(Text::Base64),
        "binary" => Formatted::Text(Text::Binary),
        "password" => Formatted::Text(Text::Password),
        "time" => Formatted::Check(Constraint::Format(Format::Time)),
        "duration" => Formatted::Check(Constraint::Format(Format::Duration)),
        "email" => Formatted::Check(Constraint::Format(Format::Email)),
        "uri" => Formatted::Check(Constraint::Format(Format::Uri)),
        "uri-reference" => Formatted::Check(Constraint::Format(Format::UriReference)),
        "hostname" => Formatted::Check(Constraint::Format(Format::Hostname)),
        _ => return None,
    })
}

/// The width that the OpenAPI format registry calls so.
pub(super) fn integer(name: &str) -> Option<Integer> {
    Some(match name {
        "int8" => Integer::I8,
        "int16" => Integer::I16,
        "int32" => Integer::I32,
        "int64" => Integer::I64,
        "uint8" => Integer::U8,
        "uint16" => Integer::U16,
        "uint32" => Integer::U32,
        "uint64" => Integer::U64,
        _ => return None,
    })
}
