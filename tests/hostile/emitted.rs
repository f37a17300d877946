//! Projects in memory, and what must hold of them.

use routegen::config::{ApiConfig, Config, ContractCrates, Layout, LimitsConfig, ProblemConfig};
use routegen::frontend::{self, Options};
use routegen::pipeline;
use routegen::plan::ProjectFacts;
use routegen::progress::Progress;
use routegen::project::UserRoutes;
use routegen::render::{Content, Emitted};
use routegen::source::Source;
use serde_json::Value;

use crate::properties;

/// The project of a document, looked at for what must hold of all.
pub fn project(document: &Value) -> Emitted {
    project_of("openapi.json", &document.to_string(), Layout::Single)
}

/// The same of a contract of any language, in any layout.
pub fn project_of(name: &str, text: &str, layout: Layout) -> Emitted {
    let emitted = emit(name, text, layout);
    properties::hold(&emitted);
    emitted
}

fn emit(name: &str, text: &str, layout: Layout) -> Emitted {
    let source = Source {
        path: format!("/nowhere-at-all/{name}").into(),
        text: text.to_owned(),
    };
    let loaded = frontend::load_text(source, &Options::default());
    let loaded = loaded.unwrap_or_else(|failed| panic!("{:?}\n{text}", failed.diagnostics));
    let mut api = ApiConfig::at_root(name.into(), Vec::new());
    api.base = "/api".to_owned();
    let config = Config {
        layout,
        contract_crates: match layout {
            Layout::Single => ContractCrates::Auto,
            Layout::Split => ContractCrates::Lines(100),
        },
        apis: vec![api],
        problem: ProblemConfig::default(),
        limits: LimitsConfig::default(),
    };
    let facts = ProjectFacts {
        name: "shop".to_owned(),
        ..ProjectFacts::default()
    };
    pipeline::emit(
        &[(loaded.api, &config.apis[0])],
        &config,
        &UserRoutes::default(),
        &facts,
        &Progress::default(),
    )
    .0
}

/// The text of a file.
pub fn text(emitted: &Emitted, path: &str) -> String {
    let file = emitted.files.iter().find(|file| file.path == path);
    let file = file.unwrap_or_else(|| panic!("no `{path}`"));
    match &file.content {
        Content::Ours(text) | Content::Yours(text) => text.clone(),
        Content::Functions(functions) => functions.text(),
    }
}
