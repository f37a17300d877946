//! Sets of JSON Schema's types.

use super::slips;

/// What types are called.
const NAMES: [&str; 7] = [
    "null", "boolean", "integer", "number", "string", "array", "object",
];

/// A set of types; a number may also be an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Types(u8);

impl Types {
    pub(super) const NULL: Self = Self(1);
    pub(super) const BOOLEAN: Self = Self(2);
    pub(super) const INTEGER: Self = Self(4);
    pub(super) const NUMBER: Self = Self(4 | 8);
    pub(super) const STRING: Self = Self(16);
    pub(super) const ARRAY: Self = Self(32);
    pub(super) const OBJECT: Self = Self(64);
    pub(super) const ALL: Self = Self(127);

    /// The type of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "null" => Some(Self::NULL),
            "boolean" => Some(Self::BOOLEAN),
            "integer" => Some(Self::INTEGER),
            "number" => Some(Self::NUMBER),
            "string" => Some(Self::STRING),
            "array" => Some(Self::ARRAY),
            "object" => Some(Self::OBJECT),
            _ => None,
        }
    }

    /// The name of the type that is meant by one that other languages and slips have: `int`, `bool`, `String`, `string,`.
    pub(super) fn meant(name: &str) -> Option<&'static str> {
        let name = name
            .trim()
            .trim_end_matches([',', ';'])
            .to_ascii_lowercase();
        match name.as_str() {
            "null" => Some("null"),
            "boolean" | "bool" => Some("boolean"),
            "integer" | "int" | "int32" | "int64" | "long" | "short" => Some("integer"),
            "number" | "float" | "double" | "decimal" => Some("number"),
            "string" | "str" | "text" | "date" | "datetime" | "date-time" | "uuid" => {
                Some("string")
            }
            "array" | "list" => Some("array"),
            "object" | "dict" | "map" | "hash" => Some("object"),
            slip => slips::meant(slip, NAMES.into_iter()),
        }
    }

    /// The name of a type as it is written everywhere.
    pub(super) fn name(name: &str) -> Option<&'static str> {
        NAMES.into_iter().find(|known| *known == name)
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set without `null`.
    pub(super) fn without_null(self) -> Self {
        Self(self.0 & !Self::NULL.0)
    }

    /// Its types one by one; a number is not an integer besides.
    pub(super) fn each(self) -> Vec<Self> {
        let order = [
            Self::OBJECT,
            Self::ARRAY,
            Self::STRING,
            Self::NUMBER,
            Self::INTEGER,
            Self::BOOLEAN,
            Self::NULL,
        ];
        let is_number = self.contains(Self::NUMBER);
        order
            .into_iter()
            .filter(|ty| self.contains(*ty) && !(is_number && *ty == Self::INTEGER))
            .collect()
    }

    /// The type of a value.
    pub(super) fn of(value: &crate::model::Value) -> Self {
        use crate::model::Value;
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) if is_whole(&number.to_string()) => Self::INTEGER,
            Value::Number(_) => Self::NUMBER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }
}

/// Whether a number's text stands for a whole number (`1`, `1.0`, `1e3`).
pub(super) fn is_whole(text: &str) -> bool {
    text.parse::<f64>()
        .is_ok_and(|number| number.fract() == 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_is_a_type() {
        for (written, meant) in [
            ("int", Some("integer")),
            ("Bool", Some("boolean")),
            ("string,", Some("string")),
            ("list", Some("array")),
            ("strng", Some("string")),
            ("nubmer", Some("number")),
            ("any", None),
            ("foo", None),
            ("", None),
        ] {
            assert_eq!(Types::meant(written), meant, "{written}");
            assert!(meant.is_none_or(|name| Types::named(name).is_some()));
        }
    }
}
