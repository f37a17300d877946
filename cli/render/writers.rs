//! Writers: how a value of a type becomes JSON.

use super::codecs::Codecs;
use super::rust::literal;
use crate::model::{Integer, Text};
use crate::plan::types::{EnumKind, Field, Item, ItemKind, Presence, Struct, Type, Unknown};

/// A value that is being written: a place or a reference to one.
pub(super) struct Place {
    pub(super) base: String,
    is_reference: bool,
}

impl Place {
    pub(super) fn field(base: &str) -> Self {
        Self {
            base: base.to_owned(),
            is_reference: false,
        }
    }

    pub(super) fn reference(base: &str) -> Self {
        Self {
            base: base.to_owned(),
            is_reference: true,
        }
    }

    fn by_reference(&self) -> String {
        if self.is_reference {
            self.base.clone()
        } else {
            format!("&{}", self.base)
        }
    }

    pub(super) fn by_value(&self) -> String {
        if self.is_reference {
            format!("*{}", self.base)
        } else {
            self.base.clone()
        }
    }
}

impl Codecs<'_> {
    pub(super) fn writer(&mut self, item: &Item, path: &str) -> String {
        let body = match &item.kind {
            ItemKind::Struct(body) => self.struct_writer(body),
            ItemKind::Enum(body) => match body.kind {
                EnumKind::Strings => "    w.string(value.as_str());\n".to_owned(),
                EnumKind::Integers => "    w.integer(value.as_i64());\n".to_owned(),
                EnumKind::Mixed => "    w.raw(value.as_json());\n".to_owned(),
            },
            ItemKind::Union(body) => {
                let arms = body.branches.iter().map(|branch| {
                    let write = self.write(&branch.ty, &Place::reference("inner"), 1);
                    format!("{path}::{}(inner) => {{ {write} }} ", branch.name)
                });
                format!("    match value {{ {}}}\n", arms.collect::<String>())
            }
            ItemKind::Alias(ty) => {
                format!("    {}\n", self.write(ty, &Place::reference("value"), 0))
            }
            ItemKind::Newtype(ty) => {
                format!("    {}\n", self.write(ty, &Place::field("value.0"), 0))
            }
        };
        let path = match &item.kind {
            ItemKind::Alias(ty) => self.borrowed(ty, path),
            ItemKind::Struct(_) | ItemKind::Enum(_) | ItemKind::Union(_) | ItemKind::Newtype(_) => {
                path.to_owned()
            }
        };
        let value = if is_read(&item.kind) { "value" } else { "_" };
        format!(
            "pub fn write_{}(w: &mut Writer, {value}: &{path}) {{\n{body}}}\n",
            item.codec
        )
    }

    /// An alias of an owned string or list is borrowed as what it dereferences to.
    fn borrowed(&self, ty: &Type, path: &str) -> String {
        match ty {
            Type::Text(Text::Plain | Text::Binary, _) => "str".to_owned(),
            Type::Text(Text::Base64 | Text::Base64Url, _) => "[u8]".to_owned(),
            Type::List(item, _) => format!("[{}]", self.types.ty(item)),
            Type::Read(inner, _) => self.borrowed(inner, path),
            _ => path.to_owned(),
        }
    }

    fn struct_writer(&mut self, body: &Struct) -> String {
        let mut out = String::new();
        let mut opening = Some("{".to_owned());
        let mut certain = false;
        for field in &body.fields {
            let key = format!("{}:", serde_json::Value::from(field.wire.as_str()));
            match &field.presence {
                Presence::Required | Presence::Default(_) | Presence::Constant(_) => {
                    out.push_str(&match opening.take() {
                        Some(open) => format!("    w.raw({});\n", literal(&format!("{open}{key}"))),
                        None if certain => format!("    w.raw({});\n", literal(&format!(",{key}"))),
                        None => format!("    w.key({});\n", literal(&key)),
                    });
                    certain = true;
                    out.push_str(&format!("    {}\n", self.field_value(field)));
                }
                Presence::Optional => {
                    if let Some(open) = opening.take() {
                        out.push_str(&format!("    w.raw({});\n", literal(&open)));
                    }
                    let write = self.write(&field.ty, &Place::reference("inner"), 1);
                    let key = literal(&key);
                    out.push_str(&format!(
                        "    if let Some(inner) = &value.{} {{ w.key({key}); {write} }}\n",
                        field.name
                    ));
                }
            }
        }
        if let Some(open) = opening.take() {
            out.push_str(&format!("    w.raw({});\n", literal(&open)));
        }
        if let Unknown::Keep { field, value } = &body.unknown {
            let write = self.write(value, &Place::reference("kept"), 1);
            out.push_str(&format!(
                "    for (key, kept) in &value.{field} {{ w.dynamic_key(key); {write} }}\n"
            ));
        }
        out.push_str("    w.raw(\"}\");\n");
        out
    }

    fn field_value(&mut self, field: &Field) -> String {
        match &field.presence {
            Presence::Constant(value) => format!("w.raw({});", literal(&value.to_string())),
            Presence::Required | Presence::Default(_) | Presence::Optional => self.write(
                &field.ty,
                &Place::field(&format!("value.{}", field.name)),
                1,
            ),
        }
    }

    /// The function that writes a type, where a reference to a value is what it takes.
    pub fn writer_of(&self, ty: &Type) -> Option<String> {
        let Type::Item(id) = ty else { return None };
        let item = self.types.items.get(*id);
        match &item.kind {
            ItemKind::Struct(_) | ItemKind::Union(_) | ItemKind::Newtype(_) => {
                Some(format!("{}write_{}", self.path, item.codec))
            }
            // Enums are written by their value, and other names of lists as slices.
            ItemKind::Enum(_) | ItemKind::Alias(_) => None,
        }
    }

    /// Statements that write the value that stands in the variable `base`.
    pub fn write_place(&mut self, ty: &Type, base: &str) -> String {
        self.write(ty, &Place::field(base), 1)
    }

    /// The same for a variable that `borrow` makes a reference, unless it is one.
    pub fn write_borrowed(&mut self, ty: &Type, base: &str, borrow: &str) -> String {
        match borrow {
            "" => self.write(ty, &Place::reference(base), 1),
            _ => self.write_place(ty, base),
        }
    }

    pub(super) fn write(&mut self, ty: &Type, place: &Place, depth: usize) -> String {
        let by_reference = place.by_reference();
        let by_value = place.by_value();
        match ty {
            Type::Any | Type::Never => format!("w.value({by_reference});"),
            // The pattern uses the place, which would be an unused variable otherwise.
            Type::Null => format!("let () = {by_value}; w.null();"),
            Type::Boolean => format!("w.boolean({by_value});"),
            Type::Integer(Integer::I64, _) => format!("w.integer({by_value});"),
            Type::Integer(Integer::U64, _) => format!("w.unsigned({by_value});"),
            Type::Integer(..) => format!("w.integer(i64::from({by_value}));"),
            Type::Number(_) => format!("w.number({by_value});"),
            Type::Text(text, _) => text_writer(*text, &by_reference),
            Type::Item(id) => {
                format!(
                    "{}write_{}(w, {by_reference});",
                    self.path,
                    self.types.items.get(*id).codec
                )
            }
            Type::Boxed(inner) | Type::Read(inner, _) => self.write(inner, place, depth),
            Type::Nullable(inner) => {
                let name = format!("some{depth}");
                let inner = self.write(inner, &Place::reference(&name), depth + 1);
                format!(
                    "match {by_reference} {{ None => w.null(), Some({name}) => {{ {inner} }} }}"
                )
            }
            Type::List(item, _) => {
                let name = format!("item{depth}");
                let item = self.write(item, &Place::reference(&name), depth + 1);
                format!(
                    "w.raw(\"[\"); for {name} in {by_reference} {{ w.comma(); {item} }} w.raw(\"]\");"
                )
            }
            Type::Map(value, _) => {
                let name = format!("entry{depth}");
                let value = self.write(value, &Place::reference(&name), depth + 1);
                format!(
                    "w.raw(\"{{\"); for (key, {name}) in {by_reference} {{ w.dynamic_key(key); {value} }} w.raw(\"}}\");"
                )
            }
            Type::Tuple(tuple) => self.write_tuple(tuple, place, depth),
        }
    }
}

/// Whether a writer looks at its value: a struct of constants alone is always the same text.
fn is_read(kind: &ItemKind) -> bool {
    match kind {
        ItemKind::Struct(body) => {
            let constant = |field: &Field| matches!(field.presence, Presence::Constant(_));
            !body.fields.iter().all(constant) || matches!(body.unknown, Unknown::Keep { .. })
        }
        ItemKind::Enum(_) | ItemKind::Union(_) | ItemKind::Alias(_) | ItemKind::Newtype(_) => true,
    }
}

fn text_writer(text: Text, by_reference: &str) -> String {
    match text {
        Text::Plain | Text::Binary => format!("w.string({by_reference});"),
        Text::Password => format!(
            "w.string({}.expose());",
            by_reference.trim_start_matches('&')
        ),
        Text::DateTime => format!("w.date_time({by_reference});"),
        Text::Date | Text::Uuid | Text::Ipv4 | Text::Ipv6 => format!("w.display({by_reference});"),
        Text::Base64 => format!("w.base64({by_reference});"),
        Text::Base64Url => format!("w.base64_url({by_reference});"),
    }
}
