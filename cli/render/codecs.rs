//! Decoders and writers, which nobody reads: one of each per item that needs it.

use std::collections::HashMap;

use super::rust::{Types, integer, json_literal, literal};
use super::statics;
use crate::model::{Integer, Text, UnionKind, Value};
use crate::plan::types::{
    ArrayRule, Enum, EnumKind, Field, Item, ItemId, ItemKind, Presence, SizeRule, Struct, Type,
    Union, Unknown,
};

/// Collects the functions and statics of one codec module.
pub struct Codecs<'a> {
    /// How types are printed there.
    pub types: Types<'a>,
    /// The path of the module that the items' codecs stand in, with its colons; empty inside that module.
    pub path: String,
    statics: Vec<String>,
    known: HashMap<String, String>,
    /// The functions so far.
    pub functions: String,
}

/// A value that is being written: a place or a reference to one.
struct Place {
    base: String,
    is_reference: bool,
}

impl Place {
    fn field(base: &str) -> Self {
        Self {
            base: base.to_owned(),
            is_reference: false,
        }
    }

    fn reference(base: &str) -> Self {
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

    fn by_value(&self) -> String {
        if self.is_reference {
            format!("*{}", self.base)
        } else {
            self.base.clone()
        }
    }
}

impl<'a> Codecs<'a> {
    /// An empty module.
    pub fn new(types: Types<'a>, path: &str) -> Self {
        let (statics, known, functions) = (Vec::new(), HashMap::new(), String::new());
        Self {
            types,
            path: path.to_owned(),
            statics,
            known,
            functions,
        }
    }

    /// The name of a static with this type and value; the same value is declared once.
    pub fn constant(&mut self, prefix: &str, ty: &str, value: &str) -> String {
        if let Some(name) = self.known.get(value) {
            return name.clone();
        }
        let name = format!("{prefix}{}", self.statics.len());
        self.statics
            .push(format!("static {name}: {ty} = {value};\n"));
        self.known.insert(value.to_owned(), name.clone());
        name
    }

    /// The statics so far.
    pub fn statics(&self) -> String {
        self.statics.concat()
    }

    /// The decoder and the writer of an item, as far as they are needed.
    pub fn item(&mut self, id: ItemId) {
        let item = self.types.items.get(id);
        if let ItemKind::Enum(body) = &item.kind {
            let text = self.enumeration(item, body, &self.types.item(id));
            self.functions.push_str(&text);
        }
        if item.decoded {
            let text = self.decoder(item, &self.types.item(id));
            self.functions.push_str(&text);
        }
        if item.written {
            let text = self.writer(item, &self.types.item(id));
            self.functions.push_str(&text);
        }
        if let ItemKind::Struct(body) = &item.kind {
            let text = super::construct::constructors(self, body, &self.types.item(id));
            self.functions.push_str(&text);
        }
    }

    fn decoder(&mut self, item: &Item, path: &str) -> String {
        let body = match &item.kind {
            ItemKind::Struct(body) => self.struct_decoder(body, path),
            ItemKind::Enum(body) => enum_decoder(body, path, &item.codec),
            ItemKind::Union(body) => self.union_decoder(body, path),
            ItemKind::Alias(ty) => format!("    {}\n", self.decode(ty)),
            ItemKind::Newtype(ty) => format!("    {}.map({path})\n", self.operand(ty)),
        };
        format!(
            "pub fn decode_{}(d: &mut Decoder<'_>) -> Option<{path}> {{\n{body}}}\n",
            item.codec
        )
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
        out.push_str(&format!("    d.object(&{fields})?;\n    while let Some(field) = d.field() {{\n        match field {{\n"));
        for (index, field) in body.fields.iter().enumerate() {
            let value = match &field.presence {
                Presence::Constant(value) => self.literal_decoder(value),
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
        out.push_str(&self.build(body, path));
        out
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
        match (ty, value) {
            (Type::Boolean, Value::Bool(value)) => value.to_string(),
            (Type::Integer(..), Value::Number(value)) => value.to_string(),
            (Type::Number(_), Value::Number(value)) => format!("{value}_f64"),
            (Type::Text(Text::Plain | Text::Binary, _), Value::String(text)) => {
                format!("{}.to_owned()", literal(text))
            }
            (Type::List(..), Value::Array(list)) if list.is_empty() => "Vec::new()".to_owned(),
            (Type::Nullable(_), Value::Null) => "None".to_owned(),
            (Type::Nullable(inner), value) => format!("Some({})", self.default(inner, value)),
            (Type::Item(id), value) => match &self.types.items.get(*id).kind {
                ItemKind::Enum(body) => {
                    let variant = body.variants.iter().find(|variant| variant.value == *value);
                    let name = variant.map_or("ALL[0]", |variant| &variant.name);
                    format!("{}::{name}", self.types.item(*id))
                }
                ItemKind::Alias(ty) => self.default(ty, value),
                ItemKind::Struct(_) | ItemKind::Union(_) | ItemKind::Newtype(_) => {
                    self.parsed_default(ty, value)
                }
            },
            (ty, value) => self.parsed_default(ty, value),
        }
    }

    /// A default that is decoded from JSON when it is needed.
    fn parsed_default(&mut self, ty: &Type, value: &Value) -> String {
        let json = literal(&value.to_string());
        let decode = self.decode(ty);
        format!("{{ let mut d = Decoder::json({json}.as_bytes()); let d = &mut d; {decode}? }}")
    }

    fn fields(&mut self, body: &Struct) -> String {
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

    fn literal_decoder(&mut self, value: &Value) -> String {
        let json = literal(&value.to_string());
        let values = self.constant("L", "[&str; 1]", &format!("[{json}]"));
        format!("d.literal(&{values}).map(|_| ())")
    }

    fn enumeration(&mut self, item: &Item, body: &Enum, path: &str) -> String {
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
        let accessor_name = match body.kind {
            EnumKind::Strings => "as_str",
            EnumKind::Integers => "as_i64",
            EnumKind::Mixed => "as_json",
        };
        format!(
            "pub static {name}: [{ty}; {count}] = [{values}];\nimpl {path} {{\n{all}{accessor}}}\nimpl std::fmt::Display for {path} {{\n    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{ write!(f, \"{{}}\", self.{accessor_name}()) }}\n}}\n"
        )
    }

    fn union_decoder(&mut self, body: &Union, path: &str) -> String {
        let count = body.branches.len();
        let arms = |codecs: &mut Self| -> String {
            let arm = |(index, branch): (usize, &crate::plan::types::Branch)| {
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
        if let Some((name, values)) = &body.discriminator {
            let list: Vec<String> = values.iter().map(|(value, _)| literal(value)).collect();
            let list = self.constant(
                "D",
                &format!("[&str; {}]", values.len()),
                &format!("[{}]", list.join(", ")),
            );
            let branches: Vec<String> = values
                .iter()
                .map(|(_, branch)| branch.to_string())
                .collect();
            let name = literal(name);
            let index = format!(
                "[{}][d.discriminator({name}, &{list})?]",
                branches.join(", ")
            );
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
        if text.starts_with("if ") || text.starts_with("match ") {
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
                text_decoder(*text, &rule)
            }
            Type::Item(id) => format!("{}decode_{}(d)", self.path, self.types.items.get(*id).codec),
            Type::Nullable(inner) => {
                let inner = self.operand(inner);
                format!("if d.null() {{ Some(None) }} else {{ {inner}.map(Some) }}")
            }
            Type::Boxed(inner) => format!("{}.map(Box::new)", self.operand(inner)),
            Type::List(item, rule) => {
                let rule = statics::array(self, rule);
                let item = self.decode(item);
                format!(
                    "match d.array({rule}) {{ None => None, Some(()) => {{ let mut items = Vec::new(); while d.item() {{ items.extend({item}); }} Some(items) }} }}"
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
            Type::Tuple { places, rest } => self.tuple_decoder(places, rest.as_deref()),
        }
    }

    fn tuple_decoder(&mut self, places: &[Type], rest: Option<&Type>) -> String {
        let count = places.len() as u64;
        let max = if rest.is_some() { None } else { Some(count) };
        let rule = statics::array(
            self,
            &ArrayRule {
                min: Some(count),
                max,
                unique: false,
            },
        );
        let declared: String = (0..places.len())
            .map(|index| format!("let mut p{index} = None; "))
            .collect();
        let arms: Vec<String> = places
            .iter()
            .enumerate()
            .map(|(index, place)| format!("{index} => p{index} = {}, ", self.decode(place)))
            .collect();
        let other = rest.map_or("d.skip()".to_owned(), |rest| {
            format!("rest.extend({})", self.decode(rest))
        });
        let declared_rest = if rest.is_some() {
            "let mut rest = Vec::new(); "
        } else {
            ""
        };
        let wanted: String = (0..places.len())
            .map(|index| format!("Some(p{index}), "))
            .collect();
        let given: String = (0..places.len())
            .map(|index| format!("p{index}, "))
            .collect();
        let rest = if rest.is_some() { "rest, " } else { "" };
        format!(
            "match d.array({rule}) {{ None => None, Some(()) => {{ {declared}{declared_rest}let mut place = 0; while d.item() {{ match place {{ {}_ => {other}, }} place += 1; }} match ({given}) {{ ({wanted}) => Some(({given}{rest})), _ => None }} }} }}",
            arms.concat()
        )
    }

    fn writer(&mut self, item: &Item, path: &str) -> String {
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
        let value = if body.contains("value") { "value" } else { "_" };
        format!(
            "pub fn write_{}(w: &mut Writer, {value}: &{path}) {{\n{body}}}\n",
            item.codec
        )
    }

    /// An alias of an owned string or list is borrowed as what it dereferences to.
    fn borrowed(&self, ty: &Type, path: &str) -> String {
        match ty {
            Type::Text(Text::Plain | Text::Binary, _) => "str".to_owned(),
            Type::Text(Text::Base64, _) => "[u8]".to_owned(),
            Type::List(item, _) => format!("[{}]", self.types.ty(item)),
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

    /// Statements that write the value that stands in the variable `base`.
    pub fn write_place(&mut self, ty: &Type, base: &str) -> String {
        self.write(ty, &Place::field(base), 1)
    }

    fn write(&mut self, ty: &Type, place: &Place, depth: usize) -> String {
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
            Type::Boxed(inner) => self.write(inner, place, depth),
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
            Type::Tuple { places, rest } => {
                let mut out = "w.raw(\"[\"); ".to_owned();
                for (index, ty) in places.iter().enumerate() {
                    let place = Place::field(&format!("{}.{index}", place.base));
                    let comma = if index > 0 { "w.raw(\",\"); " } else { "" };
                    out.push_str(&format!("{comma}{} ", self.write(ty, &place, depth + 1)));
                }
                if let Some(rest) = rest {
                    let name = format!("item{depth}");
                    let item = self.write(rest, &Place::reference(&name), depth + 1);
                    out.push_str(&format!(
                        "for {name} in &{}.{} {{ w.comma(); {item} }} ",
                        place.base,
                        places.len()
                    ));
                }
                out + "w.raw(\"]\");"
            }
        }
    }
}

fn enum_decoder(body: &Enum, path: &str, codec: &str) -> String {
    let read = match body.kind {
        EnumKind::Strings => "variant",
        EnumKind::Integers => "integer_variant",
        EnumKind::Mixed => "literal",
    };
    format!(
        "    d.{read}(&NAMES_{}).map(|index| {path}::ALL[index])\n",
        codec.to_uppercase()
    )
}

fn literal_table(body: &Enum) -> (&'static str, String) {
    let text = |value: &Value| match body.kind {
        EnumKind::Strings => literal(value.as_str().unwrap_or_default()),
        EnumKind::Integers => value.to_string(),
        EnumKind::Mixed => match value {
            Value::String(text) => json_literal(text),
            other => literal(&other.to_string()),
        },
    };
    let values: Vec<String> = body
        .variants
        .iter()
        .map(|variant| text(&variant.value))
        .collect();
    let ty = match body.kind {
        EnumKind::Strings | EnumKind::Mixed => "&str",
        EnumKind::Integers => "i64",
    };
    (ty, values.join(", "))
}

fn text_decoder(text: Text, rule: &str) -> String {
    let parsed = |format: &str, parse: &str| format!("d.parsed({rule}, \"{format}\", {parse})");
    match text {
        Text::Plain | Text::Binary => format!("d.string({rule})"),
        Text::Password => format!("d.string({rule}).map(crate::Secret::new)"),
        Text::DateTime => parsed("date-time", "temporal::date_time"),
        Text::Date => parsed("date", "temporal::date"),
        Text::Uuid => parsed("uuid", "uuids::uuid"),
        Text::Ipv4 => parsed("ipv4", "formats::ipv4"),
        Text::Ipv6 => parsed("ipv6", "formats::ipv6"),
        Text::Base64 => parsed("base64", "base64::decode"),
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
    }
}
