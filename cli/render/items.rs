//! The types that people read: structs, enums, unions, aliases.

use super::rust::{Types, doc};
use crate::plan::types::{
    Enum, EnumKind, Field, Item, ItemId, ItemKind, Items, Presence, Struct, Type, Union, Unknown,
};

/// The widest line that rustfmt leaves alone.
const WIDTH: usize = 100;

/// The declaration of an item, ending in a newline.
pub fn declaration(item: &Item, types: Types) -> String {
    let mut out = doc(&item.docs, 0);
    if item.deprecated {
        push_deprecation(&mut out, &item.docs);
    }
    match &item.kind {
        ItemKind::Struct(body) => structure(&item.name, body, types, &mut out),
        ItemKind::Enum(body) => literals(&item.name, body, &mut out),
        ItemKind::Union(body) => union(&item.name, body, types, &mut out),
        ItemKind::Alias(ty) => alias(&item.name, ty, types, &mut out),
        ItemKind::Newtype(ty) => {
            out.push_str("#[derive(Debug, Clone, PartialEq)]\n");
            out.push_str(&format!(
                "pub struct {}(pub {});\n",
                item.name,
                types.ty(ty)
            ));
        }
    }
    out
}

/// Deprecation stands in words: the attribute would make our own codecs warn.
fn push_deprecation(out: &mut String, docs: &[String]) {
    if !docs.is_empty() {
        out.push_str("///\n");
    }
    out.push_str("/// Deprecated.\n");
}

fn alias(name: &str, ty: &Type, types: Types, out: &mut String) {
    let text = types.ty(ty);
    if name.len() + text.len() + 13 > WIDTH {
        out.push_str(&format!("pub type {name} =\n    {text};\n"));
    } else {
        out.push_str(&format!("pub type {name} = {text};\n"));
    }
}

fn structure(name: &str, body: &Struct, types: Types, out: &mut String) {
    let default = if derives_default(body, types.items) {
        ", Default"
    } else {
        ""
    };
    out.push_str(&format!("#[derive(Debug, Clone, PartialEq{default})]\n"));
    let mut fields = String::new();
    for field in &body.fields {
        if let Some(ty) = field_type(field, types) {
            fields.push_str(&doc(&field.docs, 4));
            fields.push_str(&field_line(&field.name, &ty));
        }
    }
    if let Unknown::Keep { field, value } = &body.unknown {
        fields.push_str("    /// Every other property.\n");
        fields.push_str(&field_line(
            field,
            &format!("BTreeMap<String, {}>", types.ty(value)),
        ));
    }
    if fields.is_empty() {
        out.push_str(&format!("pub struct {name} {{}}\n"));
    } else {
        out.push_str(&format!("pub struct {name} {{\n{fields}}}\n"));
    }
}

/// A field's line, broken where rustfmt breaks it.
pub fn field_line(name: &str, ty: &str) -> String {
    if name.len() + ty.len() + 11 > WIDTH {
        format!("    pub {name}:\n        {ty},\n")
    } else {
        format!("    pub {name}: {ty},\n")
    }
}

/// The type of a field as it is declared; `None` for one that is always the same, and so isn't.
pub fn field_type(field: &Field, types: Types) -> Option<String> {
    let ty = types.ty(&field.ty);
    match field.presence {
        Presence::Required | Presence::Default(_) => Some(ty),
        Presence::Optional => Some(format!("Option<{ty}>")),
        Presence::Constant(_) => None,
    }
}

/// Whether `Default` can be derived: nothing is required, and no default is anything but absence.
pub fn derives_default(body: &Struct, _items: &Items) -> bool {
    let absent =
        |field: &Field| matches!(field.presence, Presence::Optional | Presence::Constant(_));
    body.fields.iter().all(absent)
}

fn literals(name: &str, body: &Enum, out: &mut String) {
    out.push_str("#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]\n");
    out.push_str(&format!("pub enum {name} {{\n"));
    for variant in &body.variants {
        let text = match body.kind {
            EnumKind::Strings => variant.value.as_str().unwrap_or_default().to_owned(),
            EnumKind::Integers | EnumKind::Mixed => variant.value.to_string(),
        };
        if text != variant.name {
            let shown = crate::plan::code(&text);
            if !shown.is_empty() {
                out.push_str(&format!("    /// `{shown}`\n"));
            }
        }
        out.push_str(&format!("    {},\n", variant.name));
    }
    out.push_str("}\n");
}

fn union(name: &str, body: &Union, types: Types, out: &mut String) {
    out.push_str("#[derive(Debug, Clone, PartialEq)]\n");
    out.push_str(&format!("pub enum {name} {{\n"));
    let fallback = body.discriminator.as_ref().and_then(|by| by.fallback);
    for (index, branch) in body.branches.iter().enumerate() {
        if fallback == Some(index) {
            out.push_str("    /// What is none of the others.\n");
        }
        out.push_str(&variant_line(&branch.name, &types.ty(&branch.ty)));
    }
    out.push_str("}\n");
}

/// A variant's line, broken where rustfmt breaks it.
pub fn variant_line(name: &str, ty: &str) -> String {
    if name.len() + ty.len() + 7 > WIDTH {
        format!("    {name}(\n        {ty},\n    ),\n")
    } else {
        format!("    {name}({ty}),\n")
    }
}

/// Whether any of the items needs `BTreeMap` in scope.
pub fn uses_map<'a>(items: impl Iterator<Item = &'a Item>) -> bool {
    fn inside(ty: &Type) -> bool {
        matches!(ty, Type::Map(..)) || ty.children().into_iter().any(inside)
    }
    items.into_iter().any(|item| {
        let keeps =
            matches!(&item.kind, ItemKind::Struct(body) if matches!(body.unknown, Unknown::Keep { .. }));
        keeps || item.types().into_iter().any(inside)
    })
}

/// The items of a module in the order in which they are declared: by name.
pub fn sorted<'a>(items: impl Iterator<Item = (ItemId, &'a Item)>) -> Vec<(ItemId, &'a Item)> {
    let mut sorted: Vec<_> = items.collect();
    sorted.sort_by(|a, b| a.1.name.cmp(&b.1.name));
    sorted
}
