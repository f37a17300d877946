//! Small pieces of Rust text: types, literals, doc comments.

use super::tuples;
use crate::model::{Framing, Integer, Text};
use crate::plan::api::ApiPlan;
use crate::plan::senders::SenderModule;
use crate::plan::types::{Home, ItemId, Items, Type};

/// How the items of a sequence are told apart, in a codec module.
pub fn framing(framing: Framing) -> &'static str {
    match framing {
        Framing::Lines => "framing::Framing::Lines",
        Framing::Records => "framing::Framing::Records",
    }
}

/// The module that a text stands in, which decides how types are named there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    /// `schemas`: its own items need no path.
    Schemas,
    /// The module of a route: its own items need no path, those of `schemas` one.
    Route(usize),
    /// The module of a sender: as that of a route.
    Sender(usize),
    /// A codec module, where every item has its whole path; the string is the API's module.
    Codecs(&'a str),
}

/// Prints types of one API.
#[derive(Clone, Copy)]
pub struct Types<'a> {
    /// The items that types refer to.
    pub items: &'a Items,
    /// The module names of the API's routes.
    pub routes: &'a [String],
    /// The modules of the API's senders, with those around them: `webhooks::new_pet`.
    pub senders: &'a [String],
    /// Where the text will stand.
    pub scope: Scope<'a>,
}

/// The modules that items may stand in.
pub struct Modules {
    /// Of routes.
    pub routes: Vec<String>,
    /// Of senders, with those around them.
    pub senders: Vec<String>,
}

impl Modules {
    /// Those of an API.
    pub fn of(api: &ApiPlan) -> Self {
        let sender = |module: &SenderModule| module.path();
        Self {
            routes: api
                .routes
                .iter()
                .map(|route| route.module.clone())
                .collect(),
            senders: api.senders.iter().map(sender).collect(),
        }
    }

    /// Prints types in a module.
    pub fn types<'a>(&'a self, api: &'a ApiPlan, scope: Scope<'a>) -> Types<'a> {
        Types {
            items: &api.items,
            routes: &self.routes,
            senders: &self.senders,
            scope,
        }
    }
}

impl Types<'_> {
    /// The type as it is written.
    pub fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::Any | Type::Never => "crate::Value".to_owned(),
            Type::Null => "()".to_owned(),
            Type::Boolean => "bool".to_owned(),
            Type::Integer(width, _) => integer(*width).to_owned(),
            Type::Number(_) => "f64".to_owned(),
            Type::Text(text, _) => self::text(*text).to_owned(),
            Type::Item(id) => self.item(*id),
            Type::Nullable(inner) => format!("Option<{}>", self.ty(inner)),
            Type::List(item, _) => format!("Vec<{}>", self.ty(item)),
            Type::Map(value, _) => format!("BTreeMap<String, {}>", self.ty(value)),
            Type::Boxed(inner) => format!("Box<{}>", self.ty(inner)),
            Type::Read(inner, _) => self.ty(inner),
            Type::Tuple(tuple) => tuples::nested(&tuples::types(tuple, |ty| self.ty(ty))),
        }
    }

    /// The path of an item.
    pub fn item(&self, id: ItemId) -> String {
        let item = self.items.get(id);
        match (self.scope, item.home) {
            (Scope::Schemas, Home::Schemas) => item.name.clone(),
            (Scope::Route(own), Home::Route(route)) if own == route => item.name.clone(),
            (Scope::Sender(own), Home::Sender(sender)) if own == sender => item.name.clone(),
            (Scope::Route(_) | Scope::Sender(_), Home::Schemas) => {
                format!("schemas::{}", item.name)
            }
            (Scope::Codecs(module), Home::Schemas) => {
                format!("crate::{module}::schemas::{}", item.name)
            }
            (Scope::Route(_) | Scope::Schemas, Home::Route(route)) => {
                format!("super::{}::{}", self.routes[route], item.name)
            }
            (Scope::Sender(_), Home::Route(route)) => {
                format!(
                    "super::super::routes::{}::{}",
                    self.routes[route], item.name
                )
            }
            (Scope::Route(_) | Scope::Sender(_), Home::Sender(sender)) => {
                format!("super::super::{}::{}", self.senders[sender], item.name)
            }
            (Scope::Schemas, Home::Sender(sender)) => {
                format!("super::{}::{}", self.senders[sender], item.name)
            }
            (Scope::Codecs(module), Home::Sender(sender)) => {
                format!("crate::{module}::{}::{}", self.senders[sender], item.name)
            }
            (Scope::Codecs(module), Home::Route(route)) => {
                format!(
                    "crate::{module}::routes::{}::{}",
                    self.routes[route], item.name
                )
            }
        }
    }
}

/// The Rust type of a width.
pub fn integer(width: Integer) -> &'static str {
    match width {
        Integer::I8 => "i8",
        Integer::I16 => "i16",
        Integer::I32 => "i32",
        Integer::I64 => "i64",
        Integer::U8 => "u8",
        Integer::U16 => "u16",
        Integer::U32 => "u32",
        Integer::U64 => "u64",
    }
}

fn text(text: Text) -> &'static str {
    match text {
        Text::Plain | Text::Binary => "String",
        Text::DateTime => "jiff::Zoned",
        Text::Date => "jiff::civil::Date",
        Text::Uuid => "uuid::Uuid",
        Text::Ipv4 => "std::net::Ipv4Addr",
        Text::Ipv6 => "std::net::Ipv6Addr",
        Text::Base64 | Text::Base64Url => "Vec<u8>",
        Text::Password => "crate::Secret",
    }
}

/// A Rust string literal.
pub fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// A Rust literal of the JSON text of a string: `"\"id\""`.
pub fn json_literal(text: &str) -> String {
    literal(&serde_json::Value::from(text).to_string())
}

/// Doc comment lines with their slashes, each indented by `indent` blanks.
pub fn doc(lines: &[String], indent: usize) -> String {
    let indent = " ".repeat(indent);
    let line = |line: &String| {
        if line.is_empty() {
            format!("{indent}///\n")
        } else {
            format!("{indent}/// {line}\n")
        }
    };
    lines.iter().map(line).collect()
}
