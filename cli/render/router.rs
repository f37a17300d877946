//! `router.rs` (URL → file → function), and the `route.rs` files with their stubs.

use std::fmt::Write;

use camino::Utf8Path;

use super::operations::name;
use super::rust::{doc, literal};
use super::{Content, EmittedFile, Function, FunctionsFile, ours};
use crate::plan::Plan;
use crate::plan::api::{ApiPlan, OperationPlan, RoutePlan};
use crate::plan::types::Home;

const HEAD: &str = "
//! Every `route.rs` under `app/`, and the URL it answers.

";

/// The router, and a `route.rs` for each URL.
pub fn files(plan: &Plan) -> Vec<EmittedFile> {
    let mut files = vec![ours("app/router.rs", router(plan))];
    for route in plan.apis.iter().flat_map(|api| &api.routes) {
        let functions = route.operations.iter().map(stub).collect();
        let preamble = "use super::contract::*;\n\n".to_owned();
        let content = Content::Functions(FunctionsFile {
            preamble,
            functions,
        });
        files.push(EmittedFile {
            path: route.file.clone(),
            content,
        });
    }
    files
}

fn stub(operation: &OperationPlan) -> Function {
    let method = operation.method.lower();
    let (request, response) = (name(operation, "Request"), name(operation, "Response"));
    let docs: Vec<String> = operation.summary.iter().cloned().collect();
    Function {
        key: operation.key(),
        operation_id: operation.operation_id.clone(),
        name: method.to_owned(),
        doc: doc(&docs, 0),
        signature: format!(
            "pub async fn {method}(ctx: Context, request: {request}) -> Result<{response}>"
        ),
        body: "    ctx.not_implemented(request)\n".to_owned(),
    }
}

fn router(plan: &Plan) -> String {
    let mut out = format!("{}{HEAD}", super::GENERATED);
    let mut macros = Vec::new();
    if plan.apis.iter().any(|api| api.document.is_some()) {
        macros.push("document");
    }
    if plan.apis.iter().any(|api| !api.routes.is_empty()) {
        macros.push("endpoint");
    }
    if !plan.undocumented.is_empty() {
        macros.push("undocumented");
    }
    let schemes = plan.schemes();
    let auth = if schemes.is_empty() { "" } else { ", auth" };
    let macros: String = macros.iter().map(|name| format!(", {name}")).collect();
    let _ = writeln!(
        out,
        "use contract::{{BoxFuture, Credentials, Endpoint{macros}}};\n"
    );
    let _ = writeln!(
        out,
        "use crate::{{Context, Error, Principal, Result, State{auth}}};\n"
    );
    for api in &plan.apis {
        for (index, route) in api.routes.iter().enumerate() {
            out.push_str(&module(api, index, route));
        }
    }
    for own in plan.undocumented.iter().filter(|own| own.declares_module) {
        let imports = ["        pub use crate::{Context, Error, Result};\n".to_owned()];
        out.push_str(&declare(&own.module, &imports, &own.file));
    }
    out.push_str("/// This application.\npub struct App;\n\n");
    out.push_str(&table(plan));
    out.push_str(&authentication(plan));
    out
}

/// Names of the application's that win over the contract's.
const OWN: [&str; 3] = ["Context", "Error", "Result"];

fn module_name(api: &ApiPlan, route: &RoutePlan) -> String {
    format!("{}_{}", api.module, route.module)
}

fn module(api: &ApiPlan, index: usize, route: &RoutePlan) -> String {
    let contract = &api.module;
    let own = format!(
        "        pub use ::contract::{contract}::routes::{}::",
        route.module
    );
    let mut imports = vec![format!("        pub use crate::{{{}}};\n", OWN.join(", "))];
    let clashing = clashing(api, index, route);
    imports.extend(clashing.iter().map(|name| format!("{own}{name};\n")));
    imports.push(format!("{own}*;\n"));
    let schemas = api
        .items
        .iter()
        .filter(|(_, item)| item.home == Home::Schemas);
    let mut names = schemas.map(|(_, item)| item.name.as_str()).peekable();
    let schemas = format!("        pub use ::contract::{contract}::schemas");
    // A glob that brings in nothing but what others hide is an unused import.
    if names.peek().is_some() {
        let is_seen = |name: &str| !OWN.contains(&name) && clashing.iter().all(|own| own != name);
        imports.push(match names.any(is_seen) {
            true => format!("{schemas}::{{self, *}};\n"),
            false => format!("{schemas};\n"),
        });
    }
    declare(&module_name(api, route), &imports, &route.file)
}

/// Names of the route's own that a schema has too: named one by one, they win over both globs.
fn clashing(api: &ApiPlan, index: usize, route: &RoutePlan) -> Vec<String> {
    let schemas: std::collections::HashSet<&str> = api
        .items
        .iter()
        .filter(|(_, item)| item.home == Home::Schemas)
        .map(|(_, item)| item.name.as_str())
        .collect();
    let parts = [
        "Request", "Response", "Path", "Query", "Headers", "Cookies", "Body",
    ];
    let fixed = route
        .operations
        .iter()
        .flat_map(|operation| parts.iter().map(|part| name(operation, part)));
    let own = api
        .items
        .iter()
        .filter(|(_, item)| item.home == Home::Route(index));
    let mut names: Vec<String> = fixed
        .chain(own.map(|(_, item)| item.name.clone()))
        .collect();
    names.retain(|name| schemas.contains(name.as_str()) && exists(api, index, route, name));
    names.sort();
    names.dedup();
    names
}

/// Whether the route's module declares this name.
fn exists(api: &ApiPlan, index: usize, route: &RoutePlan, wanted: &str) -> bool {
    let item = api
        .items
        .iter()
        .any(|(_, item)| item.home == Home::Route(index) && item.name == wanted);
    let fixed = route.operations.iter().any(|operation| {
        let located = super::operations::LOCATIONS.into_iter().any(|location| {
            name(operation, crate::plan::requests::location_name(location)) == wanted
                && operation
                    .parameters
                    .iter()
                    .any(|parameter| parameter.location == location)
        });
        let body = operation
            .body
            .as_ref()
            .is_some_and(|body| body.contents.len() > 1 && name(operation, "Body") == wanted);
        located
            || body
            || ["Request", "Response"]
                .iter()
                .any(|part| name(operation, part) == wanted)
    });
    item || fixed
}

/// The module has the folder's path and the file its name alone, so that the compiler names files as they lie in the project.
fn declare(module: &str, imports: &[String], file: &Utf8Path) -> String {
    let folder = file.parent().unwrap_or(Utf8Path::new(""));
    let folder = literal(folder.strip_prefix("app").unwrap_or(folder).as_str());
    format!(
        "#[path = {folder}]\npub mod {module} {{\n    pub mod contract {{\n{}    }}\n\n    #[path = \"route.rs\"]\n    pub mod route;\n}}\n\n",
        imports.concat()
    )
}

fn table(plan: &Plan) -> String {
    let mut rows = String::new();
    for api in &plan.apis {
        for route in &api.routes {
            for operation in &route.operations {
                let method = operation.method.upper();
                let url = literal(&operation.url);
                let module = module_name(api, route);
                let (function, request) = (operation.method.lower(), name(operation, "Request"));
                let _ = writeln!(
                    rows,
                    "    endpoint!({method} {url} => {module}::{function}({request})),"
                );
            }
        }
        if api.document.is_some() {
            for format in ["json", "yaml"] {
                let url = format!("{}/openapi.{format}", api.base);
                let declared = api
                    .routes
                    .iter()
                    .flat_map(|route| &route.operations)
                    .any(|operation| operation.url == url);
                if !declared {
                    let _ = writeln!(
                        rows,
                        "    document!({} => contract::{}::openapi_{format}),",
                        literal(&url),
                        api.module
                    );
                }
            }
        }
    }
    for own in &plan.undocumented {
        let (method, function) = (own.method.upper(), own.method.lower());
        let _ = writeln!(
            rows,
            "    undocumented!({method} {} => {}::{function}),",
            literal(&own.url),
            own.module
        );
    }
    format!(
        "/// Method and URL, and the function that answers.\npub static ROUTES: &[Endpoint<App>] = &[\n{rows}];\n\n"
    )
}

fn authentication(plan: &Plan) -> String {
    let mut arms = String::new();
    for scheme in plan.schemes() {
        let name = literal(&scheme.scheme.name);
        let call = format!("Box::pin(auth::{}(ctx, credentials))", scheme.function);
        // As rustfmt breaks it.
        let arm = if name.len() + call.len() + 17 <= 100 {
            format!("            {name} => {call},\n")
        } else {
            format!("            {name} => {{\n                {call}\n            }}\n")
        };
        arms.push_str(&arm);
    }
    let body = if arms.is_empty() {
        "        Box::pin(async { ctx.deny(credentials) })\n".to_owned()
    } else {
        format!(
            "        match credentials.scheme() {{\n{arms}            _ => Box::pin(async {{ ctx.deny(credentials) }}),\n        }}\n"
        )
    };
    format!(
        "impl contract::App for App {{\n    type State = State;\n    type Principal = Principal;\n    type Error = Error;\n\n    fn authenticate(\n        ctx: &Context,\n        credentials: Credentials,\n    ) -> BoxFuture<'_, Result<Self::Principal>> {{\n{body}    }}\n}}\n"
    )
}
