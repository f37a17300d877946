//! A project whose handlers stand in crates of their own: those crates, and the one that gathers them.

use askama::Template;

use super::application::{self, APP};
use super::inherited::inherited;
use super::project::{text, title};
use super::{EmittedFile, GENERATED, handlers, ours, yours};
use crate::plan::{CratePlan, Plan, ProjectFacts};

/// The way from a handler crate's root to the folder of the routes.
const TO_APP: &str = "../../app/";

#[derive(Template)]
#[template(path = "split/handlers.toml", escape = "none")]
struct HandlersToml<'a> {
    name: &'a str,
    app: &'a str,
    crates: &'a [CratePlan],
}

#[derive(Template)]
#[template(path = "split/handlers.rs", escape = "none")]
struct HandlersRs<'a> {
    macros: &'a str,
    tables: String,
    documents: String,
}

#[derive(Template)]
#[template(path = "split/handler.toml", escape = "none")]
struct HandlerToml<'a> {
    name: &'a str,
    krate: &'a str,
    inherited: &'a str,
}

#[derive(Template)]
#[template(path = "split/project.toml", escape = "none")]
struct ProjectToml<'a> {
    name: &'a str,
    inside_workspace: bool,
}

#[derive(Template)]
#[template(path = "split/app.toml", escape = "none")]
struct AppToml<'a> {
    name: &'a str,
}

#[derive(Template)]
#[template(path = "split/app.rs", escape = "none")]
struct AppRs<'a> {
    title: &'a str,
}

/// The packages of such a project.
pub fn files(plan: &Plan, crates: &[CratePlan]) -> Vec<EmittedFile> {
    let ProjectFacts {
        name,
        inside_workspace,
        app_manifest,
    } = &plan.facts;
    let project = ProjectToml {
        name,
        inside_workspace: *inside_workspace,
    };
    let app = text(&AppToml { name });
    let inherited = inherited(app_manifest.as_ref().unwrap_or(&app));
    let title = &title(plan);
    let mut files = vec![
        yours("Cargo.toml", text(&project)),
        yours("app/Cargo.toml", app),
        yours("app/lib.rs", text(&AppRs { title })),
        yours(
            ".gitattributes",
            include_str!("../../templates/split/gitattributes").to_owned(),
        ),
        application(plan),
        ours(
            "handlers/Cargo.toml",
            text(&HandlersToml {
                name,
                app: &inherited.app,
                crates,
            }),
        ),
        ours("handlers/lib.rs", text(&gathered(plan, crates))),
    ];
    for krate in crates {
        let folder = format!("handlers/{}", krate.name);
        let manifest = HandlerToml {
            name,
            krate: &krate.name,
            inherited: &inherited.tables,
        };
        files.push(ours(format!("{folder}/Cargo.toml"), text(&manifest)));
        files.push(ours(format!("{folder}/lib.rs"), library(plan, krate)));
    }
    files
}

fn application(plan: &Plan) -> EmittedFile {
    let mut out = format!(
        "{GENERATED}\n//! The application as its contract needs it.\n\nuse contract::{{BoxFuture, Credentials}};\n\n"
    );
    out.push_str(&application::imports(plan));
    out.push_str(APP);
    out.push_str(&application::implementation(plan));
    ours("app/application.rs", out)
}

/// The crate that gathers the routes. Those of the contract come first, so that they win as they do in one table.
fn gathered(plan: &Plan, crates: &[CratePlan]) -> HandlersRs<'static> {
    let package = plan.facts.name.replace('-', "_");
    let table = |krate: &CratePlan, table: &str| {
        let krate = krate.name.replace('-', "_");
        format!("    {package}_handlers_{krate}::{table},\n")
    };
    let documents: String = plan.apis.iter().map(handlers::document_rows).collect();
    let contract = crates.iter().filter(|krate| !krate.routes.is_empty());
    let mut tables: String = contract.map(|krate| table(krate, "ROUTES")).collect();
    if !documents.is_empty() {
        tables.push_str("    DOCUMENTS,\n");
    }
    let own = crates.iter().filter(|krate| !krate.undocumented.is_empty());
    tables.extend(own.map(|krate| table(krate, "UNDOCUMENTED")));
    HandlersRs {
        macros: if documents.is_empty() {
            ""
        } else {
            ", document"
        },
        tables,
        documents,
    }
}

/// The root of a handler crate.
fn library(plan: &Plan, krate: &CratePlan) -> String {
    let mut macros = String::new();
    let mut modules = String::new();
    let mut rows = String::new();
    for (api, index) in &krate.routes {
        let api = &plan.apis[*api];
        modules.push_str(&handlers::module(api, *index, TO_APP));
        rows.push_str(&handlers::rows(&api.routes[*index], &api.base));
    }
    for (place, api) in plan.apis.iter().enumerate() {
        let own = krate.routes.iter().filter(|(api, _)| *api == place);
        modules.push_str(&handlers::circles(api, own.map(|(_, route)| *route)));
    }
    let mut own_rows = String::new();
    for own in krate
        .undocumented
        .iter()
        .map(|own| &plan.undocumented[*own])
    {
        if own.declares_module {
            modules.push_str(&handlers::own_module(own, TO_APP));
        }
        own_rows.push_str(&handlers::own_row(own));
    }
    let mut tables = Vec::new();
    if !rows.is_empty() {
        macros.push_str(", endpoint");
        tables.push(table(
            "Method and URL, and the function that answers.",
            "ROUTES",
            &rows,
        ));
    }
    if !own_rows.is_empty() {
        macros.push_str(", undocumented");
        tables.push(table("What no contract knows.", "UNDOCUMENTED", &own_rows));
    }
    format!(
        "{GENERATED}\n//! The handlers of `{}`, and the URLs they answer.\n\nuse contract::{{Endpoint{macros}}};\n\npub use app::*;\n\n{modules}{}",
        krate.name,
        tables.join("\n")
    )
}

fn table(doc: &str, name: &str, rows: &str) -> String {
    format!("/// {doc}\n#[rustfmt::skip]\npub static {name}: &[Endpoint<App>] = &[\n{rows}];\n")
}
