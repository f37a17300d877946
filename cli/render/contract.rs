//! The contract package: types, codecs, the served contract.

use askama::Template;
use rayon::prelude::*;

use super::features::Features;
use super::portion::{Elsewhere, Portion};
use super::project::text;
use super::rust::{Modules, doc, literal};
use super::support::Exports;
use super::{EmittedFile, GENERATED, ours, parts, refinements, support, xml};
use crate::model::SchemeKind;
use crate::plan::api::{ApiPlan, SchemePlan};
use crate::plan::{ContractPlan, Plan, Share, code, text_lines};

#[derive(Template)]
#[template(path = "project/contract.toml", escape = "none")]
pub struct ContractToml<'a> {
    /// The package's name.
    pub package: &'a str,
    /// The line that names its library, if that isn't named after it.
    pub library: &'a str,
    /// What its support modules need.
    pub features: Features,
}

/// The root of the package that people see, and of the one below all others.
#[derive(Template)]
#[template(path = "project/contract_lib.rs", escape = "none")]
pub struct ContractLib<'a> {
    /// What declares the support modules, or brings them in.
    pub support: &'a str,
    /// The modules of APIs.
    pub modules: Vec<&'a str>,
    /// What there is in the support modules.
    pub features: Features,
}

#[derive(Template)]
#[template(path = "project/api_mod.rs", escape = "none")]
struct ApiMod<'a> {
    spec: &'a str,
    title: &'a str,
    base: &'a str,
    document: bool,
    modules: &'a str,
}

/// What the library is called that people see.
pub const LIBRARY: &str = "name = \"contract\"\n";

/// The support modules as modules of the package itself.
pub const SUPPORT: &str = "#[rustfmt::skip]\npub mod support;\n";

/// The contract, in one package or in several.
pub fn files(plan: &Plan, features: Features) -> Vec<EmittedFile> {
    match &plan.contract {
        ContractPlan::One => one(plan, features),
        ContractPlan::Many(parts) => parts::files(plan, parts, features),
    }
}

fn one(plan: &Plan, features: Features) -> Vec<EmittedFile> {
    let manifest = ContractToml {
        package: &format!("{}-contract", plan.facts.name),
        library: LIBRARY,
        features,
    };
    let library = ContractLib {
        support: SUPPORT,
        modules: plan.apis.iter().map(|api| api.module.as_str()).collect(),
        features,
    };
    let mut files = vec![
        ours("contract/Cargo.toml", text(&manifest)),
        ours("contract/src/lib.rs", text(&library)),
    ];
    files.extend(support::files(
        plan,
        features,
        "contract/src/support",
        Exports::Nothing,
    ));
    let apis: Vec<EmittedFile> = plan.apis.par_iter().flat_map(api).collect();
    files.extend(apis);
    files
}

/// The files of one API.
fn api(api: &ApiPlan) -> Vec<EmittedFile> {
    let folder = format!("contract/src/{}", api.module);
    let portion = Portion {
        api,
        content: &Share::all(api),
        folder: &folder,
        modules: &Modules::of(api),
        elsewhere: Elsewhere::default(),
    };
    let declared = portion.declared("mod codecs;\n", "pub mod security;\n");
    let mut files = root(api, &folder, &declared);
    files.extend(tables(api, &folder));
    files.extend(portion.types());
    files.extend(portion.codecs());
    files
}

/// What speaks of no type: security schemes, shapes in XML, refinements.
pub fn tables(api: &ApiPlan, folder: &str) -> Vec<EmittedFile> {
    let security = ours(format!("{folder}/security.rs"), security(&api.schemes));
    let refinements = refinements::module(api, folder, &Modules::of(api));
    let tables = xml::module(api, folder).into_iter().chain(refinements);
    std::iter::once(security).chain(tables).collect()
}

/// The root of an API's modules, and the contract that it serves.
pub fn root(api: &ApiPlan, folder: &str, modules: &str) -> Vec<EmittedFile> {
    let title = text_lines(&api.title).join(" ");
    let root = ApiMod {
        spec: api.spec.as_str(),
        title: &title,
        base: &api.base,
        document: api.document.is_some(),
        modules,
    };
    let mut files = vec![ours(format!("{folder}/mod.rs"), text(&root))];
    if let Some(document) = &api.document {
        let json = document.mounted_at(&api.base);
        files.push(ours(format!("{folder}/openapi.json"), json));
    }
    files
}

/// The module of an API's security schemes.
pub fn security(schemes: &[SchemePlan]) -> String {
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
