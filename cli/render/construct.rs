//! Constructors: `new(required…)` and `Default`, so that an added optional field breaks no literal.

use super::codecs::Codecs;
use crate::plan::types::{Field, Presence, Struct, Unknown};

/// A constructor takes no more arguments than this; a struct literal reads better then.
const MAX_ARGUMENTS: usize = 7;

/// `Default` for a struct whose every field has something to stand in for it, `new` for one that has required fields and others.
pub fn constructors(codecs: &mut Codecs, body: &Struct, path: &str) -> String {
    let required: Vec<&Field> =
        body.fields.iter().filter(|field| field.presence == Presence::Required).collect();
    let defaulted = body.fields.iter().any(|field| matches!(field.presence, Presence::Default(_)));
    let keeps = matches!(body.unknown, Unknown::Keep { .. });
    let optional = keeps
        || body
            .fields
            .iter()
            .any(|field| matches!(field.presence, Presence::Default(_) | Presence::Optional));
    if required.is_empty() {
        if !defaulted {
            return String::new();
        }
        let Some(fields) = initialisers(codecs, body) else { return String::new() };
        return format!(
            "impl Default for {path} {{\n    fn default() -> Self {{ Self {{ {fields}}} }}\n}}\n"
        );
    }
    if !optional || required.len() > MAX_ARGUMENTS {
        return String::new();
    }
    let arguments: Vec<String> =
        required.iter().map(|field| format!("{}: {}", field.name, codecs.types.ty(&field.ty))).collect();
    let Some(fields) = initialisers(codecs, body) else { return String::new() };
    format!(
        "impl {path} {{\n    /// One with its required fields; what is optional is absent.\n    pub fn new({}) -> Self {{ Self {{ {fields}}} }}\n}}\n",
        arguments.join(", ")
    )
}

/// The fields of a literal; `None` if a default would have to be decoded.
fn initialisers(codecs: &mut Codecs, body: &Struct) -> Option<String> {
    let mut out = String::new();
    for field in &body.fields {
        match &field.presence {
            Presence::Required => out.push_str(&format!("{}, ", field.name)),
            Presence::Optional => out.push_str(&format!("{}: None, ", field.name)),
            Presence::Constant(_) => {}
            Presence::Default(value) => {
                let default = codecs.default(&field.ty, value);
                if default.contains('?') && default.contains("Decoder") {
                    return None;
                }
                out.push_str(&format!("{}: {default}, ", field.name));
            }
        }
    }
    if let Unknown::Keep { field, .. } = &body.unknown {
        out.push_str(&format!("{field}: BTreeMap::new(), "));
    }
    Some(out)
}
