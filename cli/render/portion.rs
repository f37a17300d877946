//! What of an API stands in one package: its types, which people read, and its codecs, which nobody does.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::codecs::Codecs;
use super::items::{declaration, sorted, uses_map};
use super::rust::{Modules, Scope};
use super::{
    EmittedFile, GENERATED, construct, operations, ours, outgoing, requests, responses, senders,
    serde,
};
use crate::plan::Share;
use crate::plan::api::ApiPlan;
use crate::plan::types::{Home, Item, ItemId};

/// The lints' and imports' preamble of every codec module.
pub const CODEC_IMPORTS: &str = "
#![allow(unused_imports)]

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};

use crate::support::call::Call;
use crate::support::decode::{ArrayRule, Decoder, Fields, Unknown};
use crate::support::encode::Writer;
use crate::support::incoming::Incoming;
use crate::support::issue::Location;
use crate::support::operation::{Media, Reading, Rules};
use crate::support::rules::{IntegerRule, NumberRule, Pattern, StringRule, compile};
use crate::support::security::Demand;
use crate::support::shape::{Kind, Shape, Style};
use crate::support::union::Matches;
use crate::support::*;

";

/// What of an API stands in a package.
pub struct Portion<'a> {
    /// The API.
    pub api: &'a ApiPlan,
    /// What of it.
    pub content: &'a Share,
    /// The folder of its modules.
    pub folder: &'a str,
    /// All modules of the API.
    pub modules: &'a Modules,
    /// What it shows as its own.
    pub elsewhere: Elsewhere,
}

/// What stands in other packages, each by the name of its crate.
#[derive(Default)]
pub struct Elsewhere {
    /// The crates with schemas.
    pub schemas: Vec<String>,
    /// The crates with decoders and writers.
    pub codecs: Vec<String>,
    /// Routes, by their index.
    pub routes: Vec<(String, usize)>,
    /// What is sent, by the index of the address.
    pub senders: Vec<(String, usize)>,
    /// The crate with the tables that codecs need.
    pub tables: Option<String>,
}

impl Portion<'_> {
    /// The modules at the API's root; `codecs` and `security` declare theirs.
    pub fn declared(&self, codecs: &str, security: &str) -> String {
        let sections = senders::sections(self);
        let section = |name: &str| match sections.contains(&name) {
            true => format!("pub mod {name};\n"),
            false => String::new(),
        };
        let (callbacks, webhooks) = (section("callbacks"), section("webhooks"));
        format!("{callbacks}{codecs}pub mod routes;\npub mod schemas;\n{security}{webhooks}")
    }

    /// The modules with types.
    pub fn types(&self) -> Vec<EmittedFile> {
        let Self { api, folder, .. } = self;
        let routes = &self.modules.routes;
        let own = self
            .content
            .routes
            .iter()
            .map(|route| routes[*route].clone());
        let elsewhere = self.elsewhere.routes.iter().map(|(krate, route)| {
            format!(
                "pub use {krate}::{}::routes::{};\n",
                api.module, routes[*route]
            )
        });
        let docs = "Requests and responses, one module for each URL.";
        let mut files = vec![
            ours(format!("{folder}/schemas.rs"), self.schemas()),
            ours(
                format!("{folder}/routes/mod.rs"),
                index(docs, &own.collect::<Vec<_>>(), "pub ") + &elsewhere.collect::<String>(),
            ),
        ];
        let modules = self.content.routes.par_iter().map(|index| {
            let path = format!("{folder}/routes/{}.rs", routes[*index]);
            ours(path, operations::module(api, *index, self.modules))
        });
        files.extend(modules.collect::<Vec<_>>());
        files.extend(senders::files(self));
        files
    }

    fn schemas(&self) -> String {
        let types = self.modules.types(self.api, Scope::Schemas);
        let own = || {
            let items = self.items();
            items.filter(|(_, item)| item.home == Home::Schemas)
        };
        let declarations: Vec<String> = sorted(own())
            .iter()
            .map(|(_, item)| format!("\n{}", declaration(item, types)))
            .collect();
        let map = if uses_map(own().map(|(_, item)| item)) {
            "\nuse std::collections::BTreeMap;\n"
        } else {
            ""
        };
        format!(
            "{GENERATED}\n//! The contract's schemas.\n{map}{}{}",
            self.globs(&self.elsewhere.schemas, "schemas"),
            declarations.concat()
        )
    }

    /// Its items, in their order.
    pub fn items(&self) -> impl Iterator<Item = (ItemId, &Item)> {
        let ids = self.content.items.iter();
        ids.map(|id| (*id, self.api.items.get(*id)))
    }

    /// Lines that bring in all of a module that stands in other crates too.
    pub fn globs(&self, crates: &[String], module: &str) -> String {
        let api = &self.api.module;
        let lines = crates
            .iter()
            .map(|krate| format!("pub use {krate}::{api}::{module}::*;\n"));
        let lines: String = lines.collect();
        match lines.is_empty() {
            true => lines,
            false => format!("\n{lines}"),
        }
    }

    /// The modules with codecs.
    pub fn codecs(&self) -> Vec<EmittedFile> {
        let Self { api, folder, .. } = self;
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for index in &self.content.routes {
            let group = &api.routes[*index].group;
            groups.entry(group).or_default().push(*index);
        }
        let groups: Vec<(&str, Vec<usize>)> = groups.into_iter().collect();
        let mut files = vec![
            ours(
                format!("{folder}/codecs/mod.rs"),
                self.codec_modules(&groups),
            ),
            serde::module(self),
            ours(format!("{folder}/codecs/schemas.rs"), self.schema_codecs()),
        ];
        files.extend(outgoing::files(self));
        let groups = groups.par_iter().map(|(name, members)| {
            let path = format!("{folder}/codecs/{name}.rs");
            ours(path, group(api, members, self.modules))
        });
        files.extend(groups.collect::<Vec<_>>());
        files
    }

    fn codec_modules(&self, groups: &[(&str, Vec<usize>)]) -> String {
        let docs = "Decoders and writers. Nobody needs to read them.";
        let mut names: Vec<String> = groups.iter().map(|(name, _)| (*name).to_owned()).collect();
        names.extend(outgoing::modules(self));
        let tables = tables(self.api);
        let Some(krate) = &self.elsewhere.tables else {
            names.extend(tables.iter().map(|table| (*table).to_owned()));
            names.push("schemas".to_owned());
            return index(docs, &names, "") + serde::MODULE;
        };
        let tables = tables
            .iter()
            .map(|table| format!("pub use {krate}::{}::codecs::{table};\n", self.api.module));
        let tables: String = tables.collect();
        let serde = serde::PUBLIC_MODULE;
        index(docs, &names, "") + "pub mod schemas;\n" + serde + &tables
    }

    fn schema_codecs(&self) -> String {
        let types = self
            .modules
            .types(self.api, Scope::Codecs(&self.api.module));
        let mut codecs = Codecs::new(types, "");
        for id in &self.content.items {
            codecs.item(*id);
        }
        format!(
            "{GENERATED}{CODEC_IMPORTS}{}{}{}",
            self.globs(&self.elsewhere.codecs, "codecs::schemas"),
            codecs.statics(),
            codecs.functions
        )
    }
}

/// The modules of an API's codecs that speak of no type.
pub fn tables(api: &ApiPlan) -> Vec<&'static str> {
    let refinements = (!api.refinements.is_empty()).then_some("refinements");
    let xml = (!api.xml.declared.is_empty()).then_some("xml");
    refinements.into_iter().chain(xml).collect()
}

/// The root of a folder of modules.
pub fn index(docs: &str, modules: &[String], visibility: &str) -> String {
    let mut names: Vec<&String> = modules.iter().collect();
    names.sort();
    let lines: String = names
        .iter()
        .map(|name| format!("{visibility}mod {name};\n"))
        .collect();
    format!("{GENERATED}\n//! {docs}\n\n{lines}")
}

fn group(api: &ApiPlan, members: &[usize], modules: &Modules) -> String {
    let types = modules.types(api, Scope::Codecs(&api.module));
    let mut codecs = Codecs::new(types, "super::schemas::");
    let mut text = String::new();
    for index in members {
        let path = format!("crate::{}::routes::{}", api.module, modules.routes[*index]);
        for operation in &api.routes[*index].operations {
            text.push_str(&requests::incoming(&mut codecs, api, operation, &path));
            text.push_str(&construct::of_request(&mut codecs, operation, &path));
            text.push_str(&responses::outgoing(&mut codecs, operation, &path));
        }
    }
    let has_files = members
        .iter()
        .flat_map(|index| &api.routes[*index].operations)
        .any(requests::takes_files);
    let multipart = if has_files {
        "use crate::support::multipart::FileRule;\n\n"
    } else {
        ""
    };
    format!(
        "{GENERATED}{CODEC_IMPORTS}{multipart}{}{text}",
        codecs.statics()
    )
}
