//! `Plan` → text. No decisions, no disk.

mod emitted;

pub use emitted::{Content, Emitted, EmittedFile, Function, FunctionsFile};

use std::collections::BTreeMap;

use crate::plan::Plan;

/// The project as it would be in an empty folder. This stands in for rendering.
pub fn render(plan: &Plan) -> Emitted {
    let mut routes: BTreeMap<_, Vec<Function>> = BTreeMap::new();
    for (route, summary, operation_id) in &plan.operations {
        let name = route.method.to_lowercase();
        routes.entry(route.path.clone()).or_default().push(Function {
            key: route.key.clone(),
            operation_id: operation_id.clone(),
            doc: if summary.is_empty() { String::new() } else { format!("/// {summary}\n") },
            signature: format!("pub async fn {name}(ctx: Context) -> Result<Response>"),
            body: "    ctx.not_implemented()\n".to_owned(),
            name,
        });
    }
    let router: Vec<String> = routes.keys().map(|path| format!("// {path}\n")).collect();
    let mut files: Vec<EmittedFile> = routes
        .into_iter()
        .map(|(path, functions)| {
            let preamble = "use super::contract::*;\n\n".to_owned();
            EmittedFile { path, content: Content::Functions(FunctionsFile { preamble, functions }) }
        })
        .collect();
    let router = Content::Ours(format!("// @generated\n{}", router.concat()));
    let cargo = Content::Yours(format!("[package]\nname = \"{}\"\n", plan.facts.name));
    files.push(EmittedFile { path: "app/router.rs".into(), content: router });
    files.push(EmittedFile { path: "Cargo.toml".into(), content: cargo });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Emitted { files }
}
