//! The contract package: types, codecs, the served contract.

use std::collections::BTreeMap;

use askama::Template;
use rayon::prelude::*;

use super::codecs::Codecs;
use super::features::Features;
use super::items::{declaration, sorted, uses_map};
use super::project::text;
use super::rust::{Modules, Scope, doc, literal};
use super::{
    EmittedFile, GENERATED, construct, operations, ours, outgoing, refinements, requests,
    responses, senders, serde, xml,
};
use crate::model::SchemeKind;
use crate::plan::api::{ApiPlan, SchemePlan};
use crate::plan::types::Home;
use crate::plan::{Plan, code, text_lines};

#[derive(Template)]
#[template(path = "project/contract.toml", escape = "none")]
struct ContractToml<'a> {
    name: &'a str,
    features: Features,
}

#[derive(Template)]
#[template(path = "project/contract_lib.rs", escape = "none")]
struct ContractLib<'a> {
    modules: Vec<&'a str>,
    features: Features,
}

#[derive(Template)]
#[template(path = "project/api_mod.rs", escape = "none")]
struct ApiMod<'a> {
    spec: &'a str,
    title: &'a str,
    base: &'a str,
    document: bool,
    callbacks: bool,
    webhooks: bool,
}

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

/// The package's own files.
pub fn package(plan: &Plan, features: Features) -> Vec<EmittedFile> {
    let name = &plan.facts.name;
    let modules = plan.apis.iter().map(|api| api.module.as_str()).collect();
    vec![
        ours(
            "contract/Cargo.toml",
            text(&ContractToml { name, features }),
        ),
        ours(
            "contract/src/lib.rs",
            text(&ContractLib { modules, features }),
        ),
    ]
}

/// The files of one API.
pub fn api(api: &ApiPlan) -> Vec<EmittedFile> {
    let folder = format!("contract/src/{}", api.module);
    let modules = Modules::of(api);
    let routes = &modules.routes;
    let title = text_lines(&api.title).join(" ");
    let sections = senders::sections(api);
    let root = ApiMod {
        spec: api.spec.as_str(),
        title: &title,
        base: &api.base,
        document: api.document.is_some(),
        callbacks: sections.contains(&"callbacks"),
        webhooks: sections.contains(&"webhooks"),
    };
    let mut files = vec![
        ours(format!("{folder}/mod.rs"), text(&root)),
        ours(format!("{folder}/schemas.rs"), schemas(api, &modules)),
        ours(format!("{folder}/security.rs"), security(&api.schemes)),
        ours(
            format!("{folder}/routes/mod.rs"),
            index(
                "Requests and responses, one module for each URL.",
                routes,
                "pub ",
            ),
        ),
    ];
    if let Some(document) = &api.document {
        let json = document.mounted_at(&api.base);
        files.push(ours(format!("{folder}/openapi.json"), json));
    }
    let requests = (0..api.routes.len()).into_par_iter().map(|index| {
        let path = format!("{folder}/routes/{}.rs", routes[index]);
        ours(path, operations::module(api, index, &modules))
    });
    let requests: Vec<EmittedFile> = requests.collect();
    files.extend(requests);
    files.extend(senders::files(api, &folder, &modules));
    files.extend(codecs(api, &folder, &modules));
    files
}

pub fn index(docs: &str, modules: &[String], visibility: &str) -> String {
    let mut names: Vec<&String> = modules.iter().collect();
    names.sort();
    let lines: String = names
        .iter()
        .map(|name| format!("{visibility}mod {name};\n"))
        .collect();
    format!("{GENERATED}\n//! {docs}\n\n{lines}")
}

fn schemas(api: &ApiPlan, modules: &Modules) -> String {
    let types = modules.types(api, Scope::Schemas);
    let own = || {
        api.items
            .iter()
            .filter(|(_, item)| item.home == Home::Schemas)
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
        "{GENERATED}\n//! The contract's schemas.\n{map}{}",
        declarations.concat()
    )
}

fn codecs(api: &ApiPlan, folder: &str, modules: &Modules) -> Vec<EmittedFile> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, route) in api.routes.iter().enumerate() {
        groups.entry(&route.group).or_default().push(index);
    }
    let names: Vec<String> = groups
        .keys()
        .map(|name| (*name).to_owned())
        .chain(["schemas".to_owned()])
        .chain((!api.xml.declared.is_empty()).then(|| "xml".to_owned()))
        .chain((!api.refinements.is_empty()).then(|| "refinements".to_owned()))
        .chain(outgoing::modules(api))
        .collect();
    let mut files = vec![
        ours(
            format!("{folder}/codecs/mod.rs"),
            index(
                "Decoders and writers. Nobody needs to read them.",
                &names,
                "",
            ) + serde::MODULE,
        ),
        serde::module(api, folder, modules),
        ours(
            format!("{folder}/codecs/schemas.rs"),
            schema_codecs(api, modules),
        ),
    ];
    files.extend(xml::module(api, folder));
    files.extend(refinements::module(api, folder, modules));
    files.extend(outgoing::files(api, folder, modules));
    let groups: Vec<(&str, Vec<usize>)> = groups.into_iter().collect();
    let groups: Vec<EmittedFile> = groups
        .par_iter()
        .map(|(name, members)| {
            ours(
                format!("{folder}/codecs/{name}.rs"),
                group(api, members, modules),
            )
        })
        .collect();
    files.extend(groups);
    files
}

fn schema_codecs(api: &ApiPlan, modules: &Modules) -> String {
    let types = modules.types(api, Scope::Codecs(&api.module));
    let mut codecs = Codecs::new(types, "");
    for (id, _) in api.items.iter() {
        codecs.item(id);
    }
    format!(
        "{GENERATED}{CODEC_IMPORTS}{}{}",
        codecs.statics(),
        codecs.functions
    )
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

fn security(schemes: &[SchemePlan]) -> String {
    let mut out = format!("{GENERATED}\n//! The contract's security schemes.\n");
    if !schemes.is_empty() {
        out.push_str("\nuse crate::support::security::{Place, Scheme};\n");
    }
    for plan in schemes {
        let name = code(&plan.scheme.name);
        let place = match &plan.scheme.kind {
            SchemeKind::ApiKeyHeader(name) => {
                format!("Header({})", literal(&name.to_ascii_lowercase()))
            }
            SchemeKind::ApiKeyQuery(name) => format!("Query({})", literal(name)),
            SchemeKind::ApiKeyCookie(name) => format!("Cookie({})", literal(name)),
            SchemeKind::Basic => "Basic".to_owned(),
            SchemeKind::Bearer { .. } | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
                "Bearer".to_owned()
            }
            SchemeKind::Http(scheme) => format!("Authorization({})", literal(scheme)),
            SchemeKind::MutualTls => "Connection".to_owned(),
        };
        out.push_str(&format!("\n{}", doc(&[format!("`{name}`")], 0)));
        out.push_str(&format!(
            "pub static {}: Scheme = Scheme {{\n    name: {},\n    place: Place::{place},\n}};\n",
            plan.function.to_uppercase(),
            literal(&plan.scheme.name)
        ));
    }
    out
}
