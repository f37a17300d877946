//! The contract in several packages: one that people see, those with its parts, and one below them all.

use askama::Template;
use rayon::prelude::*;

use super::contract::{ContractLib, ContractToml, LIBRARY, SUPPORT, root, tables};
use super::features::Features;
use super::portion::{self, Elsewhere, Portion, index};
use super::project::text;
use super::rust::Modules;
use super::support::{self, Exports};
use super::{EmittedFile, GENERATED, ours};
use crate::plan::api::ApiPlan;
use crate::plan::types::Home;
use crate::plan::{PackagePlan, Plan, Share};

#[derive(Template)]
#[template(path = "contract/part.toml", escape = "none")]
struct PartToml<'a> {
    package: &'a str,
    library: &'a str,
    serde: String,
    below: String,
    features: Features,
}

#[derive(Template)]
#[template(path = "contract/part.rs", escape = "none")]
struct PartRs<'a> {
    contract: &'a str,
    support: &'a str,
    module: &'a str,
}

/// Names of packages and crates.
struct Names {
    /// The package that people see.
    contract: String,
}

impl Names {
    fn package(&self, part: &str) -> String {
        format!("{}-{part}", self.contract)
    }

    fn krate(&self, part: &str) -> String {
        self.package(part).replace('-', "_")
    }
}

/// The folder of the package below all others, and the end of its name.
const BASE: &str = "support";

/// The packages of the contract.
pub fn files(plan: &Plan, parts: &[PackagePlan], features: Features) -> Vec<EmittedFile> {
    let names = &Names {
        contract: format!("{}-contract", plan.facts.name),
    };
    let mut files = base(plan, names, features);
    files.extend(facade(plan, parts, names, features));
    let parts = parts
        .par_iter()
        .flat_map(|part| self::part(plan, parts, part, names, features));
    files.extend(parts.collect::<Vec<_>>());
    files
}

/// The package with the support modules, and what else speaks of no type.
fn base(plan: &Plan, names: &Names, features: Features) -> Vec<EmittedFile> {
    let folder = format!("contract/{BASE}");
    let manifest = ContractToml {
        package: &names.package(BASE),
        library: "",
        features,
    };
    let library = ContractLib {
        support: SUPPORT,
        modules: modules(plan),
        features,
    };
    let mut files = vec![
        ours(format!("{folder}/Cargo.toml"), text(&manifest)),
        ours(format!("{folder}/src/lib.rs"), text(&library)),
    ];
    let modules = format!("{folder}/src/support");
    files.extend(support::files(plan, features, &modules, Exports::Macros));
    for api in &plan.apis {
        let folder = format!("{folder}/src/{}", api.module);
        let docs = "What speaks of no type.";
        let codecs: Vec<String> = portion::tables(api)
            .iter()
            .map(|name| (*name).to_owned())
            .collect();
        let mut modules = vec!["security".to_owned()];
        if !codecs.is_empty() {
            modules.push("codecs".to_owned());
            let codecs = index("Tables for decoders and writers.", &codecs, "pub ");
            files.push(ours(format!("{folder}/codecs/mod.rs"), codecs));
        }
        let root = index(docs, &modules, "pub ");
        files.push(ours(format!("{folder}/mod.rs"), root));
        files.extend(tables(api, &folder));
    }
    files
}

fn modules(plan: &Plan) -> Vec<&str> {
    plan.apis.iter().map(|api| api.module.as_str()).collect()
}

/// The package that people see, in which everything is found where it would be if there were no others.
fn facade(
    plan: &Plan,
    parts: &[PackagePlan],
    names: &Names,
    features: Features,
) -> Vec<EmittedFile> {
    let base = names.krate(BASE);
    let below: Vec<&str> = std::iter::once(BASE)
        .chain(parts.iter().map(|part| part.name.as_str()))
        .collect();
    let library = ContractLib {
        support: &format!(
            "pub use {base}::document;\npub use {base}::endpoint;\npub use {base}::support;\npub use {base}::undocumented;\n"
        ),
        modules: modules(plan),
        features,
    };
    let package = names.contract.as_str();
    let manifest = manifest(names, package, LIBRARY, &below, "", features);
    let mut files = vec![
        ours("contract/Cargo.toml", text(&manifest)),
        ours("contract/src/lib.rs", text(&library)),
    ];
    for (place, api) in plan.apis.iter().enumerate() {
        let own = parts.iter().filter(|part| part.api == place);
        let own: Vec<(&PackagePlan, &Share)> = own.map(|part| (part, &part.own)).collect();
        let folder = format!("contract/src/{}", api.module);
        let portion = Portion {
            api,
            content: &Share::default(),
            folder: &folder,
            modules: &Modules::of(api),
            elsewhere: elsewhere(api, &own, names),
        };
        let security = format!("pub use {base}::{}::security;\n", api.module);
        let declared = portion.declared("", &security);
        files.extend(root(api, &folder, &declared));
        files.extend(portion.types());
    }
    files
}

fn part(
    plan: &Plan,
    parts: &[PackagePlan],
    part: &PackagePlan,
    names: &Names,
    features: Features,
) -> Vec<EmittedFile> {
    let api = &plan.apis[part.api];
    let base = names.krate(BASE);
    let below = part.below.iter();
    let below: Vec<(&PackagePlan, &Share)> = below
        .map(|(place, content)| (&parts[*place], content))
        .collect();
    let packages: Vec<&str> = std::iter::once(BASE)
        .chain(below.iter().map(|(part, _)| part.name.as_str()))
        .collect();
    let package = names.package(&part.name);
    let manifest = manifest(names, &package, "", &packages, "../", features);
    let library = PartRs {
        contract: &names.contract,
        support: &base,
        module: &api.module,
    };
    let folder = format!("contract/{}", part.name);
    let modules = format!("{folder}/src/{}", api.module);
    let portion = Portion {
        api,
        content: &part.own,
        folder: &modules,
        modules: &Modules::of(api),
        elsewhere: elsewhere(api, &below, names),
    };
    let security = format!("pub use {base}::{}::security;\n", api.module);
    let declared = portion.declared("pub mod codecs;\n", &security);
    let mut files = vec![
        ours(format!("{folder}/Cargo.toml"), text(&manifest)),
        ours(format!("{folder}/src/lib.rs"), text(&library)),
        ours(
            format!("{modules}/mod.rs"),
            format!("{GENERATED}\n//! A part of the contract.\n\n{declared}"),
        ),
    ];
    files.extend(portion.types());
    files.extend(portion.codecs());
    files
}

/// The manifest of a package that needs these others; `way` leads from it to their folders.
fn manifest<'a>(
    names: &Names,
    package: &'a str,
    library: &'a str,
    below: &[&str],
    way: &str,
    features: Features,
) -> PartToml<'a> {
    let packages: Vec<String> = below.iter().map(|part| names.package(part)).collect();
    let serde = packages
        .iter()
        .map(|package| format!("\"{package}/serde\""));
    let serde = std::iter::once("\"dep:serde\"".to_owned()).chain(serde);
    let lines = packages
        .iter()
        .zip(below)
        .map(|(package, part)| format!("{package} = {{ path = \"{way}{part}\" }}\n"));
    PartToml {
        package,
        library,
        serde: serde.collect::<Vec<_>>().join(", "),
        below: lines.collect(),
        features,
    }
}

/// What a package takes of others.
fn elsewhere(api: &ApiPlan, parts: &[(&PackagePlan, &Share)], names: &Names) -> Elsewhere {
    let mut elsewhere = Elsewhere {
        tables: Some(names.krate(BASE)),
        ..Elsewhere::default()
    };
    for (part, content) in parts {
        let krate = names.krate(&part.name);
        let mut homes = content.items.iter().map(|id| api.items.get(*id).home);
        if homes.any(|home| home == Home::Schemas) {
            elsewhere.schemas.push(krate.clone());
        }
        if !part.own.items.is_empty() {
            elsewhere.codecs.push(krate.clone());
        }
        let routes = content.routes.iter().map(|route| (krate.clone(), *route));
        elsewhere.routes.extend(routes);
        let senders = content
            .senders
            .iter()
            .map(|sender| (krate.clone(), *sender));
        elsewhere.senders.extend(senders);
    }
    elsewhere
}
