//! `app/router.rs` of a project whose handlers stand in one crate: URL → file → function.

use super::application::{self, APP};
use super::{EmittedFile, handlers, ours};
use crate::plan::Plan;

const HEAD: &str = "
//! Every `route.rs` under `app/`, and the URL it answers.

";

/// The router.
pub fn file(plan: &Plan) -> EmittedFile {
    let mut out = format!("{}{HEAD}", super::GENERATED);
    let mut macros = String::new();
    if plan.apis.iter().any(|api| api.document.is_some()) {
        macros.push_str(", document");
    }
    if plan.apis.iter().any(|api| !api.routes.is_empty()) {
        macros.push_str(", endpoint");
    }
    if !plan.undocumented.is_empty() {
        macros.push_str(", undocumented");
    }
    out.push_str(&format!(
        "use contract::{{BoxFuture, Credentials, Endpoint{macros}}};\n\n"
    ));
    out.push_str(&application::imports(plan));
    for api in &plan.apis {
        for index in 0..api.routes.len() {
            out.push_str(&handlers::module(api, index, ""));
        }
        out.push_str(&handlers::circles(api, 0..api.routes.len()));
    }
    for own in plan.undocumented.iter().filter(|own| own.declares_module) {
        out.push_str(&handlers::own_module(own, ""));
    }
    out.push_str(APP);
    out.push_str(&table(plan));
    out.push_str(&application::implementation(plan));
    ours("app/router.rs", out)
}

fn table(plan: &Plan) -> String {
    let mut rows = String::new();
    for api in &plan.apis {
        for route in &api.routes {
            rows.push_str(&handlers::rows(route, &api.base));
        }
        rows.push_str(&handlers::document_rows(api));
    }
    rows.extend(plan.undocumented.iter().map(handlers::own_row));
    format!(
        "/// Method and URL, and the function that answers.\npub static ROUTES: &[Endpoint<App>] ={};\n\n",
        list(&rows)
    )
}

/// The rows as a list, one of them as rustfmt breaks it: at 100 characters, from where it stands.
fn list(rows: &str) -> String {
    match rows.trim().trim_end_matches(',') {
        row if row.contains('\n') => format!(" &[\n{rows}]"),
        row if row.len() <= 58 => format!(" &[{row}]"),
        row if row.len() <= 92 => format!("\n    &[{row}]"),
        _ => format!(" &[\n{rows}]"),
    }
}
