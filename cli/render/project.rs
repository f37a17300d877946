//! The files that are written once and are the user's from then on.

use askama::Template;

use super::{EmittedFile, yours};
use crate::plan::Plan;

#[derive(Template)]
#[template(path = "project/project.toml", escape = "none")]
struct CargoToml<'a> {
    name: &'a str,
    inside_workspace: bool,
}

#[derive(Template)]
#[template(path = "project/lib.rs", escape = "none")]
struct LibRs<'a> {
    title: &'a str,
}

#[derive(Template)]
#[template(path = "project/main.rs", escape = "none")]
struct MainRs<'a> {
    krate: &'a str,
}

#[derive(Template)]
#[template(path = "project/api_tests.rs", escape = "none")]
struct ApiTests<'a> {
    krate: &'a str,
}

/// The package around the handlers.
pub fn files(plan: &Plan) -> Vec<EmittedFile> {
    let name = &plan.facts.name;
    let krate = &name.replace('-', "_");
    let inside_workspace = plan.facts.inside_workspace;
    let title = plan
        .apis
        .first()
        .map(|api| crate::plan::text_lines(&api.title).join(" "))
        .unwrap_or_default();
    let title = if title.is_empty() {
        name.clone()
    } else {
        title
    };
    let title = if title.ends_with("API") {
        format!("The {title}")
    } else {
        format!("The {title} API")
    };
    vec![
        yours(
            "Cargo.toml",
            text(&CargoToml {
                name,
                inside_workspace,
            }),
        ),
        yours("app/lib.rs", text(&LibRs { title: &title })),
        yours("src/main.rs", text(&MainRs { krate })),
        yours("tests/api/main.rs", text(&ApiTests { krate })),
        yours(
            "app/error.rs",
            include_str!("../../templates/project/error.rs").to_owned(),
        ),
        yours(
            "app/middleware.rs",
            include_str!("../../templates/project/middleware.rs").to_owned(),
        ),
        yours(
            "app/state.rs",
            include_str!("../../templates/project/state.rs").to_owned(),
        ),
        yours(
            ".gitattributes",
            include_str!("../../templates/project/gitattributes").to_owned(),
        ),
        yours(
            ".gitignore",
            include_str!("../../templates/project/gitignore").to_owned(),
        ),
    ]
}

/// The text of a template, with its last newline, which askama drops.
pub fn text(template: &impl Template) -> String {
    let mut text = template
        .render()
        .expect("templates of ours write to memory alone");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}
