//! serde for the contract's types, behind a feature: a module of its own in each API, so that it costs nothing when it is off.

use super::codecs::Codecs;
use super::portion::{CODEC_IMPORTS, Portion};
use super::rust::Scope;
use super::{EmittedFile, GENERATED, ours};
use crate::plan::types::ItemKind;

/// What declares the module among the codecs.
pub const MODULE: &str = "#[cfg(feature = \"serde\")]\nmod serde;\n";

/// The same where other packages need it.
pub const PUBLIC_MODULE: &str = "#[cfg(feature = \"serde\")]\npub mod serde;\n";

/// The codecs that serde alone needs, and the implementations for all types.
pub fn module(portion: &Portion) -> EmittedFile {
    let api = portion.api;
    let types = portion.modules.types(api, Scope::Codecs(&api.module));
    let mut codecs = Codecs::new(types, "");
    let mut implementations = String::new();
    for (id, item) in portion.items() {
        codecs.missing(id);
        if !matches!(item.kind, ItemKind::Alias(_)) {
            let (path, codec) = (types.item(id), &item.codec);
            implementations.push_str(&format!("    {path}: decode_{codec} write_{codec};\n"));
        }
    }
    let text = format!(
        "{GENERATED}#![allow(dead_code)]\n{CODEC_IMPORTS}use super::schemas::*;\n{}\n{}{}crate::support::serde::impl_serde! {{\n{implementations}}}\n",
        portion.globs(&portion.elsewhere.codecs, "codecs::serde"),
        codecs.statics(),
        codecs.functions
    );
    ours(format!("{}/codecs/serde.rs", portion.folder), text)
}
