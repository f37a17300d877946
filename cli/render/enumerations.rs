//! Enums of literals: their table, and the ways from and to what they stand for.

use super::rust::{json_literal, literal};
use crate::model::Value;
use crate::plan::types::{Enum, EnumKind, Item};

/// What an enum can do.
pub fn enumeration(item: &Item, body: &Enum, path: &str) -> String {
    let count = body.variants.len();
    let all: Vec<String> = body
        .variants
        .iter()
        .map(|variant| format!("Self::{}", variant.name))
        .collect();
    let all = format!(
        "    /// All, in the contract's order.\n    pub const ALL: [Self; {count}] = [{}];\n",
        all.join(", ")
    );
    let name = format!("NAMES_{}", item.codec.to_uppercase());
    let (ty, values) = literal_table(body);
    let accessor = match body.kind {
        EnumKind::Strings => format!(
            "    /// As the contract spells it.\n    pub fn as_str(self) -> &'static str {{ {name}[self as usize] }}\n"
        ),
        EnumKind::Integers => format!(
            "    /// Its number.\n    pub fn as_i64(self) -> i64 {{ {name}[self as usize] }}\n"
        ),
        EnumKind::Mixed => format!(
            "    /// As JSON text.\n    pub fn as_json(self) -> &'static str {{ {name}[self as usize] }}\n"
        ),
    };
    let arms: Vec<String> = literals(body)
        .iter()
        .zip(&body.variants)
        .map(|(literal, variant)| format!("{literal} => Self::{}", variant.name))
        .collect();
    let arms = arms.join(", ");
    let back = match body.kind {
        EnumKind::Strings => format!(
            "impl std::str::FromStr for {path} {{\n    type Err = crate::UnknownValue;\n    fn from_str(text: &str) -> Result<Self, Self::Err> {{ Ok(Self::ALL[crate::UnknownValue::unless(&{name}, text)?]) }}\n}}\n"
        ),
        EnumKind::Integers => format!(
            "impl TryFrom<i64> for {path} {{\n    type Error = crate::UnknownValue;\n    fn try_from(number: i64) -> Result<Self, Self::Error> {{ Ok(match number {{ {arms}, _ => return Err(crate::UnknownValue) }}) }}\n}}\n"
        ),
        EnumKind::Mixed => String::new(),
    };
    let display = match body.kind {
        EnumKind::Strings => "f.write_str(self.as_str())",
        EnumKind::Integers => "std::fmt::Display::fmt(&self.as_i64(), f)",
        EnumKind::Mixed => "f.write_str(self.as_json())",
    };
    format!(
        "pub static {name}: [{ty}; {count}] = [{values}];\nimpl {path} {{\n{all}{accessor}}}\nimpl std::fmt::Display for {path} {{\n    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{ {display} }}\n}}\n{back}"
    )
}

/// The body of an enum's decoder.
pub fn enum_decoder(body: &Enum, path: &str, codec: &str) -> String {
    let read = match body.kind {
        EnumKind::Strings => "variant",
        EnumKind::Integers => "integer_variant",
        EnumKind::Mixed => "literal",
    };
    format!(
        "    Some({path}::ALL[d.{read}(&NAMES_{})?])\n",
        codec.to_uppercase()
    )
}

fn literal_table(body: &Enum) -> (&'static str, String) {
    let ty = match body.kind {
        EnumKind::Strings | EnumKind::Mixed => "&str",
        EnumKind::Integers => "i64",
    };
    (ty, literals(body).join(", "))
}

/// What each variant stands for.
fn literals(body: &Enum) -> Vec<String> {
    let text = |value: &Value| match body.kind {
        EnumKind::Strings => literal(value.as_str().unwrap_or_default()),
        EnumKind::Integers => value.to_string(),
        EnumKind::Mixed => match value {
            Value::String(text) => json_literal(text),
            other => literal(&other.to_string()),
        },
    };
    let variants = body.variants.iter();
    variants.map(|variant| text(&variant.value)).collect()
}
