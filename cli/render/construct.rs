//! Constructors: `new(required…)` or `Default` for every struct, so that an added optional field breaks no code that uses them.

use super::codecs::Codecs;
use super::items::derives_default;
use crate::model::Text;
use crate::plan::types::{Field, ItemKind, Items, Presence, Struct, Type, Unknown};

/// `Default` for a struct whose every field has something to stand in for it, `new` for one that must be told something.
pub fn constructors(codecs: &mut Codecs, body: &Struct, path: &str) -> String {
    let mut arguments = Vec::new();
    let mut fields = String::new();
    for field in &body.fields {
        match &field.presence {
            Presence::Constant(_) => {}
            Presence::Optional => fields.push_str(&format!("{}: None, ", field.name)),
            Presence::Required => fields.push_str(&required(codecs, field, &mut arguments)),
            Presence::Default(value) => {
                let default = codecs.default(&field.ty, value);
                // A default that has to be decoded first is no constant: it's left to the caller.
                if default.contains("Decoder::json") {
                    fields.push_str(&required(codecs, field, &mut arguments));
                } else {
                    fields.push_str(&format!("{}: {default}, ", field.name));
                }
            }
        }
    }
    if let Unknown::Keep { field, .. } = &body.unknown {
        fields.push_str(&format!("{field}: BTreeMap::new(), "));
    }
    if !arguments.is_empty() {
        return format!(
            "impl {path} {{\n    /// One with its required fields; what is optional is absent, and defaults are filled in.\n    pub fn new({}) -> Self {{ Self {{ {fields}}} }}\n}}\n",
            arguments.join(", ")
        );
    }
    if derives_default(body, codecs.types.items) {
        return String::new();
    }
    format!("impl Default for {path} {{\n    fn default() -> Self {{ Self {{ {fields}}} }}\n}}\n")
}

/// The initialiser of a field that becomes an argument. Text is taken as whatever becomes a `String`.
fn required(codecs: &Codecs, field: &Field, arguments: &mut Vec<String>) -> String {
    let name = &field.name;
    if is_string(codecs.types.items, &field.ty) {
        arguments.push(format!("{name}: impl Into<String>"));
        format!("{name}: {name}.into(), ")
    } else {
        arguments.push(format!("{name}: {}", codecs.types.ty(&field.ty)));
        format!("{name}, ")
    }
}

fn is_string(items: &Items, ty: &Type) -> bool {
    match ty {
        Type::Text(text, _) => matches!(text, Text::Plain | Text::Binary),
        Type::Read(inner, _) => is_string(items, inner),
        Type::Item(id) => match &items.get(*id).kind {
            ItemKind::Alias(inner) => is_string(items, inner),
            ItemKind::Struct(_) | ItemKind::Enum(_) | ItemKind::Union(_) => false,
            ItemKind::Newtype(_) => false,
        },
        Type::Any | Type::Never | Type::Null | Type::Boolean | Type::Integer(..) => false,
        Type::Number(_) | Type::Nullable(_) | Type::List(..) | Type::Map(..) => false,
        Type::Tuple(_) | Type::Boxed(_) => false,
    }
}
