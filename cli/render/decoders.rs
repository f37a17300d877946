//! Decoders: how the next JSON value becomes a value of a type.

use super::codecs::Codecs;
use super::coerced;
use super::enumerations::enum_decoder;
use super::refinements;
use super::rust::{integer, literal};
use super::statics;
use crate::model::{Text, UnionKind, Value};
use crate::plan::types::{
    Branch, Item, ItemKind, Presence, Refinement, SizeRule, Struct, Type, Union, Unknown,
};

impl Codecs<'_> {
    pub(super) fn decoder(&mut self, item: &Item, path: &str) -> String {
        let body = match &item.kind {
            ItemKind::Struct(body) => self.struct_decoder(body, path),
            ItemKind::Enum(body) => enum_decoder(body, path, &item.codec),
            ItemKind::Union(body) => self.union_decoder(body, path),
            ItemKind::Alias(ty) => format!("    {}\n", self.decode(ty)),
            ItemKind::Newtype(ty) => format!("    {}.map({path})\n", self.operand(ty)),
        };
        let codec = &item.codec;
        let function = |name: String, body: &str| {
            format!("pub fn {name}(d: &mut Decoder<'_>) -> Option<{path}> {{\n{body}}}\n")
        };
        let Some(refinement) = item.refinement else {
            return function(format!("decode_{codec}"), &body);
        };
        let read = refined(&format!("read_{codec}(d)"), refinement);
        let whole = function(format!("decode_{codec}"), &format!("    {read}\n"));
        format!("{whole}{}", function(format!("read_{codec}"), &body))
    }

    fn struct_decoder(&mut self, body: &Struct, path: &str) -> String {
        let fields = self.fields(body);
        let mut out = String::new();
        for (index, field) in body.fields.iter().enumerate() {
            let ty = match &field.presence {
                Presence::Constant(_) => "()".to_owned(),
                Presence::Required | Presence::Optional | Presence::Default(_) => {
                    self.types.ty(&field.ty)
                }
            };
            out.push_str(&format!("    let mut f{index}: Option<{ty}> = None;\n"));
        }
        if let Unknown::Keep { value, .. } = &body.unknown {
            let ty = self.types.ty(value);
            out.push_str(&format!(
                "    let mut kept: BTreeMap<String, {ty}> = BTreeMap::new();\n"
            ));
        }
        let missing = self.missing_messages(body);
        if !missing.is_empty() {
            out.push_str("    let mark = d.mark();\n");
        }
        out.push_str(&format!("    d.object(&{fields})?;\n    while let Some(field) = d.field() {{\n        match field {{\n"));
        for (index, field) in body.fields.iter().enumerate() {
            let value = match &field.presence {
                Presence::Constant(value) => {
                    let read = self.literal_decoder(value);
                    self.worded(read, &field.ty)
                }
                Presence::Required | Presence::Optional | Presence::Default(_) => {
                    self.decode(&field.ty)
                }
            };
            out.push_str(&format!("            {index} => f{index} = {value},\n"));
        }
        if let Unknown::Keep { value, .. } = &body.unknown {
            let value = self.decode(value);
            out.push_str(&format!(
                "            _ => {{ let key = d.key(); if let Some(value) = {value} {{ kept.insert(key, value); }} }}\n"
            ));
        } else {
            out.push_str("            _ => d.skip(),\n");
        }
        out.push_str("        }\n    }\n");
        if !missing.is_empty() {
            let missing = missing.join(", ");
            out.push_str(&format!("    d.reword_missing(mark, &[{missing}]);\n"));
        }
        out.push_str(&self.build(body, path));
        out
    }

    /// The contract's own words for required keys that are missing, each with its key.
    fn missing_messages(&self, body: &Struct) -> Vec<String> {
        let required = body.fields.iter().filter(|field| match field.presence {
            Presence::Required | Presence::Constant(_) => true,
            Presence::Optional | Presence::Default(_) => false,
        });
        let said = required.filter_map(|field| {
            let message = self.types.items.messages(&field.ty)?.missing.as_deref()?;
            Some(format!("({}, {})", literal(&field.wire), literal(message)))
        });
        said.collect()
    }

    fn build(&mut self, body: &Struct, path: &str) -> String {
        let mut checks = String::new();
        let mut out = format!("    Some({path} {{ ");
        for (index, field) in body.fields.iter().enumerate() {
            match &field.presence {
                Presence::Required => out.push_str(&format!("{}: f{index}?, ", field.name)),
                Presence::Optional => out.push_str(&format!("{}: f{index}, ", field.name)),
                Presence::Constant(_) => checks.push_str(&format!("    f{index}?;\n")),
                Presence::Default(value) => {
                    let value = self.or_default(&format!("f{index}"), &field.ty, value);
                    out.push_str(&format!("{}: {value}, ", field.name));
                }
            }
        }
        if let Unknown::Keep { field, .. } = &body.unknown {
            out.push_str(&format!("{field}: kept, "));
        }
        format!(
            "{checks}{}}})\n",
            out.trim_end_matches(", ").to_owned() + " "
        )
    }

    /// An expression for the option `given`, or else the default.
    fn or_default(&mut self, given: &str, ty: &Type, value: &Value) -> String {
        let default = self.default(ty, value);
        if default.contains("Decoder::json") {
            format!("match {given} {{ Some(value) => value, None => {default} }}")
        } else if default == "Vec::new()" || default == "None" {
            format!("{given}.unwrap_or_default()")
        } else if default.contains('(') {
            format!("{given}.unwrap_or_else(|| {default})")
        } else {
            format!("{given}.unwrap_or({default})")
        }
    }

    /// An expression for a default that has been proved to fit its type.
    pub fn default(&mut self, ty: &Type, value: &Value) -> String {
        if let Some(plain) = self.plain_default(ty, value) {
            return plain;
        }
        match ty {
            Type::Nullable(inner) => format!("Some({})", self.default(inner, value)),
            Type::Read(inner, _) => self.default(inner, value),
            Type::Item(id) => match &self.types.items.get(*id).kind {
                ItemKind::Alias(ty) => self.default(ty, value),
                ItemKind::Enum(_)
                | ItemKind::Struct(_)
                | ItemKind::Union(_)
                | ItemKind::Newtype(_) => self.parsed_default(ty, value),
            },
            ty => self.parsed_default(ty, value),
        }
    }

    /// The same, of a default that needn't be decoded first.
    pub fn plain_default(&self, ty: &Type, value: &Value) -> Option<String> {
        Some(match (ty, value) {
            (Type::Boolean, Value::Bool(value)) => value.to_string(),
            (Type::Integer(..), Value::Number(value)) => value.to_string(),
            (Type::Number(_), Value::Number(value)) => format!("{value}_f64"),
            (Type::Text(Text::Plain | Text::Binary, _), Value::String(text)) => {
                format!("{}.to_owned()", literal(text))
            }
            (Type::List(..), Value::Array(list)) if list.is_empty() => "Vec::new()".to_owned(),
            (Type::Nullable(_), Value::Null) => "None".to_owned(),
            (Type::Nullable(inner), value) => {
                format!("Some({})", self.plain_default(inner, value)?)
            }
            (Type::Read(inner, _), value) => self.plain_default(inner, value)?,
            (Type::Item(id), value) => match &self.types.items.get(*id).kind {
                ItemKind::Enum(body) => {
                    let variant = body.variants.iter().find(|variant| variant.value == *value);
                    let name = variant.map_or("ALL[0]", |variant| &variant.name);
                    format!("{}::{name}", self.types.item(*id))
                }
                ItemKind::Alias(ty) => self.plain_default(ty, value)?,
                ItemKind::Struct(_) | ItemKind::Union(_) | ItemKind::Newtype(_) => return None,
            },
            _ => return None,
        })
    }

    /// A default that is decoded from JSON when it is needed.
    fn parsed_default(&mut self, ty: &Type, value: &Value) -> String {
        let json = literal(&value.to_string());
        let decode = self.decode(ty);
        format!("{{ let mut d = Decoder::json({json}.as_bytes()); let d = &mut d; {decode}? }}")
    }

    pub(super) fn fields(&mut self, body: &Struct) -> String {
        let names: Vec<String> = body
            .fields
            .iter()
            .map(|field| literal(&field.wire))
            .collect();
        let mut required = 0_u128;
        for (index, field) in body.fields.iter().enumerate().take(128) {
            required |= u128::from(matches!(
                field.presence,
                Presence::Required | Presence::Constant(_)
            )) << index;
        }
        let unknown = match &body.unknown {
            Unknown::Drop => "Drop",
            Unknown::Reject => "Reject",
            Unknown::Keep { .. } => "Keep",
        };
        let SizeRule { min, max } = body.size;
        let max = max.map_or("usize::MAX".to_owned(), |max| max.to_string());
        let value = format!(
            "Fields {{ names: &[{}], required: {required:#x}, unknown: Unknown::{unknown}, min: {}, max: {max} }}",
            names.join(", "),
            min.unwrap_or(0)
        );
        self.constant("F", "Fields", &value)
    }

    pub(super) fn literal_decoder(&mut self, value: &Value) -> String {
        let json = literal(&value.to_string());
        let values = self.constant("L", "[&str; 1]", &format!("[{json}]"));
        format!("d.literal(&{values}).map(|_| ())")
    }

    fn union_decoder(&mut self, body: &Union, path: &str) -> String {
        let count = body.branches.len();
        let arms = |codecs: &mut Self| -> String {
            let arm = |(index, branch): (usize, &Branch)| {
                let pattern = if index + 1 == count {
                    "_".to_owned()
                } else {
                    index.to_string()
                };
                format!(
                    "{pattern} => {}.map({path}::{}), ",
                    codecs.operand(&branch.ty),
                    branch.name
                )
            };
            body.branches.iter().enumerate().map(arm).collect()
        };
        if let Some(by) = &body.discriminator {
            let values = &by.values;
            let list: Vec<String> = values.iter().map(|(value, _)| literal(value)).collect();
            let list = self.constant(
                "D",
                &format!("[&str; {}]", values.len()),
                &format!("[{}]", list.join(", ")),
            );
            let branches: Vec<String> = values
                .iter()
                .map(|(_, branch)| *branch)
                .chain(by.fallback)
                .map(|branch| branch.to_string())
                .collect();
            let name = literal(&by.property);
            let read = match by.fallback {
                Some(_) => format!("d.known_discriminator({name}, &{list})"),
                None => format!("d.discriminator({name}, &{list})?"),
            };
            let index = format!("[{}][{read}]", branches.join(", "));
            let arms = arms(self);
            return format!("    match {index} {{ {arms}}}\n");
        }
        let matches = match body.kind {
            UnionKind::One => "One",
            UnionKind::Any => "First",
        };
        let arms = arms(self);
        format!(
            "    let mut attempts = d.attempts(Matches::{matches}, {count})?;\n    let mut found = None;\n    while let Some(branch) = attempts.branch(d) {{\n        let value = match branch {{ {arms}}};\n        if attempts.matched(d) {{ found = value; }}\n    }}\n    attempts.finish(d, found)\n"
        )
    }

    /// The decoder of a type as something that a method can be called on.
    fn operand(&mut self, ty: &Type) -> String {
        let text = self.decode(ty);
        if text.starts_with("if ") || text.starts_with("match ") || text.starts_with('{') {
            format!("({text})")
        } else {
            text
        }
    }

    /// An expression of type `Option<T>` that decodes the next value of `d`.
    pub fn decode(&mut self, ty: &Type) -> String {
        match ty {
            Type::Any => "d.value()".to_owned(),
            Type::Never => "d.never()".to_owned(),
            Type::Null => "d.null_alone()".to_owned(),
            Type::Boolean => "d.boolean()".to_owned(),
            Type::Integer(width, rule) => {
                let rule = statics::integer(self, *width, rule);
                format!(
                    "d.integer({rule}).map(|value| value as {})",
                    integer(*width)
                )
            }
            Type::Number(rule) => {
                let rule = statics::number(self, rule);
                format!("d.number({rule})")
            }
            Type::Text(text, rule) => {
                let rule = statics::string(self, rule);
                text_decoder("", *text, &rule)
            }
            Type::Item(id) => format!("{}decode_{}(d)", self.path, self.types.items.get(*id).codec),
            Type::Nullable(inner) => {
                let inner = self.operand(inner);
                format!("if d.null() {{ Some(None) }} else {{ {inner}.map(Some) }}")
            }
            Type::Boxed(inner) => format!("{}.map(Box::new)", self.operand(inner)),
            Type::Read(inner, manner) => {
                let read = match manner.coerce {
                    Some(coercion) => coerced::decoder(self, inner, coercion),
                    None => self.decode(inner),
                };
                let read = match manner.refinement {
                    Some(refinement) => refined(&read, refinement),
                    None => read,
                };
                self.worded(read, ty)
            }
            Type::List(item, rule) => {
                let rule = statics::array(self, rule);
                let item = self.decode(item);
                format!(
                    "match d.array({rule}) {{ None => None, Some(()) => {{ let mut items = Vec::new(); while d.item() {{ if let Some(item) = {item} {{ items.push(item); }} }} Some(items) }} }}"
                )
            }
            Type::Map(value, rule) => {
                let body = Struct {
                    size: *rule,
                    unknown: Unknown::Keep {
                        field: String::new(),
                        value: Type::Any,
                    },
                    fields: Vec::new(),
                };
                let fields = self.fields(&body);
                let value = self.decode(value);
                format!(
                    "match d.object(&{fields}) {{ None => None, Some(()) => {{ let mut map = BTreeMap::new(); while d.field().is_some() {{ let key = d.key(); if let Some(value) = {value} {{ map.insert(key, value); }} }} Some(map) }} }}"
                )
            }
            Type::Tuple(tuple) => self.decode_tuple(tuple),
        }
    }

    /// A decoder whose issues get the contract's own words, if the type has any.
    fn worded(&mut self, read: String, ty: &Type) -> String {
        let Type::Read(_, manner) = ty else {
            return read;
        };
        match manner.messages.said() {
            None => read,
            Some(messages) => {
                let messages = statics::messages(self, messages);
                format!(
                    "{{ let mark = d.mark(); let value = {read}; d.reword(mark, {messages}); value }}"
                )
            }
        }
    }
}

/// A decoder whose values are looked at again.
fn refined(read: &str, refinement: Refinement) -> String {
    let schema = refinements::reference(refinement);
    format!(
        "{{ let again = d.refining(); let value = {read}; if d.refined(again, {schema}) {{ value }} else {{ None }} }}"
    )
}

/// The decoder of a text; `prefix` stands before the names of the methods that read it.
pub(super) fn text_decoder(prefix: &str, text: Text, rule: &str) -> String {
    let parsed =
        |format: &str, parse: &str| format!("d.{prefix}parsed({rule}, \"{format}\", {parse})");
    match text {
        Text::Plain | Text::Binary => format!("d.{prefix}string({rule})"),
        Text::Password => format!("d.{prefix}string({rule}).map(crate::Secret::new)"),
        Text::DateTime => parsed("date-time", "temporal::date_time"),
        Text::Date => parsed("date", "temporal::date"),
        Text::Uuid => parsed("uuid", "uuids::uuid"),
        Text::Ipv4 => parsed("ipv4", "formats::ipv4"),
        Text::Ipv6 => parsed("ipv6", "formats::ipv6"),
        Text::Base64 => parsed("base64", "base64::decode"),
        Text::Base64Url => parsed("base64url", "base64::decode_url"),
    }
}
