//! Decoders and writers, which nobody reads: one of each per item that needs it.

use std::collections::HashMap;

use super::construct;
use super::enumerations::enumeration;
use super::rust::Types;
use crate::plan::types::{ItemId, ItemKind};

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

    /// The decoder and the writer of an item, as far as no request and no response needs them.
    pub fn missing(&mut self, id: ItemId) {
        let item = self.types.items.get(id);
        if !item.decoded {
            let text = self.decoder(item, &self.types.item(id));
            self.functions.push_str(&text);
        }
        if !item.written {
            let text = self.writer(item, &self.types.item(id));
            self.functions.push_str(&text);
        }
    }

    /// The decoder and the writer of an item, as far as they are needed.
    pub fn item(&mut self, id: ItemId) {
        let item = self.types.items.get(id);
        if let ItemKind::Enum(body) = &item.kind {
            let text = enumeration(item, body, &self.types.item(id));
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
        if item.event {
            let (path, codec) = (self.types.item(id), &item.codec);
            self.functions.push_str(&format!(
                "impl {path} {{\n    /// As a server-sent event.\n    pub fn event(&self) -> crate::Event {{ let mut w = Writer::new(); write_{codec}(&mut w, self); sse::event(w) }}\n}}\n"
            ));
        }
        if let ItemKind::Struct(body) = &item.kind {
            let text = construct::constructors(self, body, &self.types.item(id));
            self.functions.push_str(&text);
        }
    }
}
