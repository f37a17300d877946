//! The files that are written once and are the user's from then on: those of every layout, and those of a single crate.

use askama::Template;

use super::{EmittedFile, yours};
use crate::plan::{LayoutPlan, Plan, ProjectFacts};

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

/// What is the same in every layout.
pub fn files(plan: &Plan) -> Vec<EmittedFile> {
    let name = plan.facts.name.replace('-', "_");
    // The crate that has `app` and `State`.
    let krate = match &plan.layout {
        LayoutPlan::Single => name.as_str(),
        LayoutPlan::Split(_) => "handlers",
    };
    vec![
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
            ".gitignore",
            include_str!("../../templates/project/gitignore").to_owned(),
        ),
    ]
}

/// The package of handlers that stand in one crate.
pub fn single(plan: &Plan) -> Vec<EmittedFile> {
    let ProjectFacts {
        name,
        inside_workspace,
        ..
    } = &plan.facts;
    let manifest = CargoToml {
        name,
        inside_workspace: *inside_workspace,
    };
    let title = &title(plan);
    vec![
        yours("Cargo.toml", text(&manifest)),
        yours("app/lib.rs", text(&LibRs { title })),
        yours(
            ".gitattributes",
            include_str!("../../templates/project/gitattributes").to_owned(),
        ),
    ]
}

/// What the first API is called, as the beginning of a sentence: `The Bookshop API`.
pub fn title(plan: &Plan) -> String {
    let title = plan
        .apis
        .first()
        .map(|api| crate::plan::text_lines(&api.title).join(" "))
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| plan.facts.name.clone());
    if title.ends_with("API") {
        format!("The {title}")
    } else {
        format!("The {title} API")
    }
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
