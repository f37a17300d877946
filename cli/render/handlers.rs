//! `route.rs` files with their stubs, and what leads to them: their modules and their entries in a table of routes.

use std::collections::BTreeSet;
use std::fmt::Write;

use camino::Utf8Path;

use super::operations::name;
use super::rust::{doc, literal};
use super::{Content, EmittedFile, Function, FunctionsFile, Mount};
use crate::plan::api::{ApiPlan, OperationPlan, RoutePlan};
use crate::plan::types::{Home, ItemId};
use crate::plan::{Plan, UndocumentedPlan};

/// What a route has of its contract, as its handlers see it.
const CONTRACT: &str = "super::contract";

/// A `route.rs` for each URL.
pub fn files(plan: &Plan) -> Vec<EmittedFile> {
    let routes = plan
        .apis
        .iter()
        .flat_map(|api| api.routes.iter().map(move |route| (api, route)));
    let file = |(api, route): (&ApiPlan, &RoutePlan)| EmittedFile {
        path: route.file.clone(),
        content: Content::Functions(FunctionsFile {
            mount: Some(Mount {
                spec: api.spec.clone(),
                base: api.base.clone(),
            }),
            preamble: format!("use {CONTRACT}::*;\n\n"),
            functions: route.operations.iter().map(stub).collect(),
        }),
    };
    routes.map(file).collect()
}

fn stub(operation: &OperationPlan) -> Function {
    let method = operation.method.lower();
    let (request, response) = (
        name(operation.method, "Request"),
        name(operation.method, "Response"),
    );
    let docs: Vec<String> = operation.summary.iter().cloned().collect();
    Function {
        key: operation.key(),
        operation_id: operation.operation_id.clone(),
        name: method.to_owned(),
        doc: doc(&docs, 0),
        signature: format!(
            "pub async fn {method}(ctx: Context, request: {request}) -> Result<{response}>"
        ),
        signature_by_path: Some(format!(
            "pub async fn {method}(\n    ctx: {CONTRACT}::Context,\n    request: {CONTRACT}::{request},\n) -> {CONTRACT}::Result<{CONTRACT}::{response}>"
        )),
        body: "    ctx.not_implemented(request)\n".to_owned(),
    }
}

/// The widest line.
const WIDTH: usize = 100;

/// How imports are sorted and broken.
#[derive(Debug, Clone, Copy)]
enum Lines {
    /// As rustfmt has them.
    OfRustfmt,
    /// Names in the order of their bytes, which rustfmt would sort anew and break elsewhere.
    OfOurs,
}

/// Names of the application's that win over the contract's.
const OWN: [&str; 3] = ["Context", "Error", "Result"];

/// The module of a route; `app` is the way from the crate's root to the folder `app/`.
pub fn module(api: &ApiPlan, index: usize, app: &str) -> String {
    let route = &api.routes[index];
    let contract = &api.module;
    let own = format!(
        "        pub use ::contract::{contract}::routes::{}::",
        route.module
    );
    let mut imports = vec![format!("        pub use crate::{{{}}};\n", OWN.join(", "))];
    let clashing = clashing(api, index, route);
    imports.extend(clashing.iter().map(|name| format!("{own}{name};\n")));
    imports.push(format!("{own}*;\n"));
    for circle in &route.visible.circles {
        let module = &api.circles[*circle].module;
        imports.push(format!("        pub use super::super::{module}::*;\n"));
    }
    let mut lines = Lines::OfRustfmt;
    if !route.visible.circles.is_empty() {
        lines = Lines::OfOurs;
    }
    let mut homes = api.items.iter().map(|(_, item)| item.home);
    if homes.any(|home| home == Home::Schemas) {
        let names = names(api, &route.visible.schemas);
        let is_seen = |name: &&str| !OWN.contains(name) && clashing.iter().all(|own| own != name);
        let names: Vec<&str> = std::iter::once("self")
            .chain(names.into_iter().filter(is_seen))
            .collect();
        if names.len() > 1 {
            lines = Lines::OfOurs;
        }
        imports.push(schemas(contract, &names, "        "));
    }
    declare(&route.router_module, &imports, lines, &route.file, app)
}

fn names<'a>(api: &'a ApiPlan, schemas: &[ItemId]) -> Vec<&'a str> {
    let items = schemas.iter().map(|id| api.items.get(*id));
    items.map(|item| item.name.as_str()).collect()
}

/// A line that brings in schemas, broken at 100 characters.
fn schemas(contract: &str, names: &[&str], indent: &str) -> String {
    let start = format!("{indent}pub use ::contract::{contract}::schemas");
    if let ["self"] = names {
        return format!("{start};\n");
    }
    let line = format!("{start}::{{{}}};\n", names.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    let mut lines = vec![String::new()];
    for name in names {
        let last = lines.last_mut().expect("there is one from the start");
        if indent.len() + 4 + last.len() + name.len() + 1 > WIDTH {
            lines.push(format!("{name}, "));
        } else {
            last.push_str(&format!("{name}, "));
        }
    }
    let lines = lines
        .iter()
        .map(|line| format!("{indent}    {}\n", line.trim_end()));
    format!("{start}::{{\n{}{indent}}};\n", lines.collect::<String>())
}

/// The modules of schemas that lead to each other, as far as these routes see them.
pub fn circles(api: &ApiPlan, routes: impl Iterator<Item = usize>) -> String {
    let seen = routes.flat_map(|route| &api.routes[route].visible.circles);
    let seen: BTreeSet<usize> = seen.copied().collect();
    let modules = seen.into_iter().map(|circle| {
        let circle = &api.circles[circle];
        let names = schemas(&api.module, &names(api, &circle.schemas), "    ");
        let module = &circle.module;
        format!("#[rustfmt::skip]\nmod {module} {{\n{names}}}\n\n")
    });
    modules.collect()
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
        .flat_map(|operation| parts.iter().map(|part| name(operation.method, part)));
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
            name(
                operation.method,
                crate::plan::requests::location_name(location),
            ) == wanted
                && operation
                    .parameters
                    .iter()
                    .any(|parameter| parameter.location == location)
        });
        let body = operation.body.as_ref().is_some_and(|body| {
            body.contents.len() > 1 && name(operation.method, "Body") == wanted
        });
        located
            || body
            || ["Request", "Response"]
                .iter()
                .any(|part| name(operation.method, part) == wanted)
    });
    item || fixed
}

/// The module has the folder's path and the file its name alone, so that the compiler names files as they lie in the project.
fn declare(module: &str, imports: &[String], lines: Lines, file: &Utf8Path, app: &str) -> String {
    let folder = file.parent().unwrap_or(Utf8Path::new(""));
    let folder = folder.strip_prefix("app").unwrap_or(folder);
    let folder = literal(&format!("{app}{folder}"));
    let skip = match lines {
        Lines::OfOurs => "    #[rustfmt::skip]\n",
        Lines::OfRustfmt => "",
    };
    format!(
        "#[path = {folder}]\npub mod {module} {{\n{skip}    pub mod contract {{\n{}    }}\n\n    #[path = \"route.rs\"]\n    pub mod route;\n}}\n\n",
        imports.concat()
    )
}

/// The module of a `route.rs` that no contract knows.
pub fn own_module(own: &UndocumentedPlan, app: &str) -> String {
    let imports = ["        pub use crate::{Context, Error, Result};\n".to_owned()];
    declare(&own.module, &imports, Lines::OfRustfmt, &own.file, app)
}

/// A route's entries in a table of routes, a line each. The path `/` of an API is the base as people write it, and the base with
/// a slash as OpenAPI puts it together; it answers at both.
pub fn rows(route: &RoutePlan, base: &str) -> String {
    let mut rows = String::new();
    for operation in &route.operations {
        let url = operation.url.as_str();
        let slashed = (url == base && !base.is_empty()).then(|| format!("{url}/"));
        for url in [url].into_iter().chain(slashed.as_deref()) {
            rows.push_str(&row(route, operation, url));
        }
    }
    rows
}

fn row(route: &RoutePlan, operation: &OperationPlan, url: &str) -> String {
    let method = operation.method.upper();
    let url = literal(url);
    let module = &route.router_module;
    let (function, request) = (operation.method.lower(), name(operation.method, "Request"));
    format!("    endpoint!({method} {url} => {module}::{function}({request})),\n")
}

/// The entries of an API's contract, which is given away unless the contract declares these URLs itself.
pub fn document_rows(api: &ApiPlan) -> String {
    let mut rows = String::new();
    for format in ["json", "yaml"] {
        let url = format!("{}/openapi.{format}", api.base);
        let declared = api
            .routes
            .iter()
            .flat_map(|route| &route.operations)
            .any(|operation| operation.url == url);
        if api.document.is_some() && !declared {
            let url = literal(&url);
            let module = &api.module;
            let _ = writeln!(
                rows,
                "    document!({url} => contract::{module}::openapi_{format}),"
            );
        }
    }
    rows
}

/// The entry of a handler that no contract knows.
pub fn own_row(own: &UndocumentedPlan) -> String {
    let (method, function) = (own.method.upper(), own.method.lower());
    let url = literal(&own.url);
    format!(
        "    undocumented!({method} {url} => {}::{function}),\n",
        own.module
    )
}
