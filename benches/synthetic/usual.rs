//! The made-up API as people mostly write it: serde derives on every type, axum's extractors and router, checks by hand.

use std::fmt::Write as _;

use super::{Field, Kind, Resource, words};

/// The body of a handler that is yet to be written.
pub const BODY: &str = "Err(Error::not_implemented())";

/// The files of a project that serves these resources.
pub fn files(resources: &[Resource]) -> Vec<(String, String)> {
    let mut files = vec![
        ("Cargo.toml".to_owned(), MANIFEST.to_owned()),
        ("src/error.rs".to_owned(), ERROR.to_owned()),
        ("src/main.rs".to_owned(), main(resources)),
        ("src/patterns.rs".to_owned(), patterns()),
    ];
    for resource in resources {
        let path = format!("src/{}.rs", resource.module);
        files.push((path, module(resource)));
    }
    files
}

const MANIFEST: &str = r#"[package]
name = "usual"
version = "0.1.0"
edition = "2024"
publish = false

[workspace]

[dependencies]
axum = { version = "0.8", default-features = false, features = ["http1", "json", "query", "tokio"] }
jiff = { version = "0.2", default-features = false, features = ["serde", "std"] }
regex = { version = "1", default-features = false, features = ["std", "unicode", "perf"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
tokio = { version = "1", features = ["macros", "net", "rt-multi-thread", "signal", "time"] }
tracing = "0.1"
tracing-subscriber = { version = "0.3", features = ["env-filter", "json"] }
uuid = { version = "1", features = ["serde"] }
"#;

const ERROR: &str = r#"//! What goes wrong, and what clients see of it.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug)]
pub struct Error {
    status: StatusCode,
    title: &'static str,
    issues: Vec<Issue>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Issue {
    pub path: String,
    pub message: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Problem {
    pub title: String,
    pub status: u16,
    pub issues: Vec<Issue>,
}

impl Issue {
    pub fn new(path: &str, message: &str) -> Self {
        Self {
            path: path.to_owned(),
            message: message.to_owned(),
        }
    }
}

impl Error {
    pub fn not_implemented() -> Self {
        Self {
            status: StatusCode::NOT_IMPLEMENTED,
            title: "Not implemented",
            issues: Vec::new(),
        }
    }

    pub fn unless_empty(issues: Vec<Issue>) -> Result<()> {
        if issues.is_empty() {
            return Ok(());
        }
        Err(Self {
            status: StatusCode::BAD_REQUEST,
            title: "Invalid input",
            issues,
        })
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let problem = Problem {
            title: self.title.to_owned(),
            status: self.status.as_u16(),
            issues: self.issues,
        };
        (self.status, Json(problem)).into_response()
    }
}
"#;

fn main(resources: &[Resource]) -> String {
    let mut text = String::from("mod error;\nmod patterns;\n\n");
    for resource in resources {
        line(&mut text, format_args!("mod {};", resource.module));
    }
    text.push_str(
        "
use axum::Router;

#[derive(Debug, Clone, Default)]
pub struct AppState {}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    tracing_subscriber::fmt().init();
    let listener = tokio::net::TcpListener::bind(\"127.0.0.1:3000\").await?;
    axum::serve(listener, router(AppState::default())).await
}

fn router(state: AppState) -> Router {
    Router::new()
",
    );
    for resource in resources {
        line(
            &mut text,
            format_args!("        .merge({}::router())", resource.module),
        );
    }
    text.push_str("        .with_state(state)\n}\n");
    text
}

fn patterns() -> String {
    let mut text = String::from("use std::sync::LazyLock;\n\nuse regex::Regex;\n\n");
    for (name, kind) in words::FIELDS {
        if let Kind::Matching(pattern) = kind {
            let name = snake(name).to_uppercase();
            line(
                &mut text,
                format_args!(
                    "pub static {name}: LazyLock<Regex> =\n    LazyLock::new(|| Regex::new({pattern:?}).expect(\"a valid pattern\"));"
                ),
            );
        }
    }
    text
}

fn module(resource: &Resource) -> String {
    let ty = &resource.ty;
    let mut text = String::from(
        "use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AppState;
use crate::error::{Error, Issue, Result};

",
    );
    add_struct(&mut text, ty, ty, &resource.fields, Whole::Stored);
    add_struct(
        &mut text,
        &format!("{ty}Draft"),
        ty,
        &resource.fields,
        Whole::Sent,
    );
    add_struct(
        &mut text,
        &format!("{ty}Detail"),
        ty,
        &resource.detail,
        Whole::Sent,
    );
    add_struct(
        &mut text,
        &format!("{ty}Summary"),
        ty,
        &resource.fields[..6],
        Whole::Sent,
    );
    add_struct(
        &mut text,
        &format!("{ty}Event"),
        ty,
        &resource.event,
        Whole::Sent,
    );
    add_status(&mut text, resource);
    add_check(&mut text, &format!("{ty}Draft"), &resource.fields);
    add_check(&mut text, &format!("{ty}Detail"), &resource.detail);
    text.push_str(&PAGE.replace("Resource", ty));
    add_router(&mut text, resource);
    for handler in HANDLERS.iter().take(resource.operations) {
        text.push_str(&handler.replace("Resource", ty).replace("BODY", BODY));
    }
    text
}

/// The router of a resource's operations.
fn add_router(text: &mut String, resource: &Resource) {
    let url = &resource.path;
    let methods = |from: usize, names: &[&str]| {
        let there = resource.operations.saturating_sub(from).min(names.len());
        let calls = names[..there].iter().map(|name| match *name {
            "list" | "read" => format!("get({name})"),
            "create" => "post(create)".to_owned(),
            "update" => "put(update)".to_owned(),
            name => format!("delete({name})"),
        });
        calls.collect::<Vec<_>>().join(".")
    };
    line(
        text,
        format_args!("pub fn router() -> Router<AppState> {{\n    Router::new()"),
    );
    let item = methods(2, &["read", "update", "remove"]);
    for (path, methods) in [
        (format!("/api/v1/{url}"), methods(0, &["list", "create"])),
        (format!("/api/v1/{url}/{{id}}"), item),
    ] {
        if !methods.is_empty() {
            line(text, format_args!("        .route({path:?}, {methods})"));
        }
    }
    text.push_str("}\n");
}

/// Whether a type is what clients send, or what the server has made of it.
#[derive(Clone, Copy, PartialEq)]
enum Whole {
    Sent,
    Stored,
}

fn add_struct(text: &mut String, name: &str, ty: &str, fields: &[Field], whole: Whole) {
    text.push_str("#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]\n#[serde(rename_all = \"camelCase\")]\n");
    line(text, format_args!("pub struct {name} {{"));
    if whole == Whole::Stored {
        text.push_str("    pub id: Uuid,\n    pub created_at: jiff::Timestamp,\n");
        line(text, format_args!("    pub events: Vec<{ty}Event>,"));
    }
    for field in fields {
        let inner = match field.kind {
            Kind::Text { .. } | Kind::Matching(_) => "String".to_owned(),
            Kind::Integer { .. } => "i64".to_owned(),
            Kind::Number { .. } => "f64".to_owned(),
            Kind::Boolean => "bool".to_owned(),
            Kind::Uuid => "Uuid".to_owned(),
            Kind::Instant => "jiff::Timestamp".to_owned(),
            Kind::Texts { .. } => "Vec<String>".to_owned(),
            Kind::Nullable { .. } => "Option<String>".to_owned(),
            Kind::Status => format!("{ty}Status"),
            Kind::Detail => format!("{ty}Detail"),
            Kind::Details { .. } => format!("Vec<{ty}Detail>"),
        };
        let snake = snake(field.name);
        if field.required || matches!(field.kind, Kind::Nullable { .. }) {
            line(text, format_args!("    pub {snake}: {inner},"));
        } else {
            text.push_str("    #[serde(skip_serializing_if = \"Option::is_none\")]\n");
            line(text, format_args!("    pub {snake}: Option<{inner}>,"));
        }
    }
    text.push_str("}\n\n");
}

fn add_status(text: &mut String, resource: &Resource) {
    text.push_str("#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]\n#[serde(rename_all = \"camelCase\")]\n");
    line(text, format_args!("pub enum {}Status {{", resource.ty));
    for status in &resource.statuses {
        line(text, format_args!("    {},", super::capital(status)));
    }
    text.push_str("}\n\n");
}

fn add_check(text: &mut String, name: &str, fields: &[Field]) {
    line(
        text,
        format_args!("impl {name} {{\n    fn check(&self, issues: &mut Vec<Issue>) {{"),
    );
    for field in fields {
        let snake = snake(field.name);
        let Some(check) = check(field.name, field.kind) else {
            continue;
        };
        if field.required && !matches!(field.kind, Kind::Nullable { .. }) {
            line(
                text,
                format_args!("        let value = &self.{snake};\n{check}"),
            );
        } else {
            line(
                text,
                format_args!("        if let Some(value) = &self.{snake} {{\n{check}        }}"),
            );
        }
    }
    text.push_str("        let _ = issues;\n    }\n}\n\n");
}

fn check(name: &str, kind: Kind) -> Option<String> {
    let (condition, message) = match kind {
        Kind::Text { min, max } => (
            format!("!({min}..={max}).contains(&value.chars().count())"),
            format!("must have {min} to {max} characters"),
        ),
        Kind::Nullable { max } => (
            format!("value.chars().count() > {max}"),
            format!("must have at most {max} characters"),
        ),
        Kind::Matching(_) => (
            format!(
                "!crate::patterns::{}.is_match(value)",
                snake(name).to_uppercase()
            ),
            "must match the pattern".to_owned(),
        ),
        Kind::Integer { min, max } => (
            format!("!({min}..={max}).contains(value)"),
            format!("must be {min} to {max}"),
        ),
        Kind::Number { min, max } => (
            format!("!({min:?}..={max:?}).contains(value)"),
            format!("must be {min} to {max}"),
        ),
        Kind::Texts { max } => (
            format!("value.len() > {max} || value.iter().any(String::is_empty)"),
            format!("must have at most {max} items, none empty"),
        ),
        Kind::Detail => return Some("        value.check(issues);\n".to_owned()),
        Kind::Details { max } => (
            format!("{{ value.iter().for_each(|item| item.check(issues)); value.len() > {max} }}"),
            format!("must have at most {max} items"),
        ),
        Kind::Boolean | Kind::Uuid | Kind::Instant | Kind::Status => return None,
    };
    Some(format!(
        "            if {condition} {{\n                issues.push(Issue::new({name:?}, {message:?}));\n            }}\n"
    ))
}

const PAGE: &str = r#"#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourcePage {
    pub items: Vec<ResourceSummary>,
    pub next_cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ListQuery {
    pub cursor: Option<String>,
    #[serde(default = "default_limit")]
    pub limit: i64,
    pub status: Option<ResourceStatus>,
    pub search: Option<String>,
}

fn default_limit() -> i64 {
    20
}

impl ListQuery {
    fn check(&self, issues: &mut Vec<Issue>) {
        if let Some(cursor) = &self.cursor {
            if !(1..=64).contains(&cursor.chars().count()) {
                issues.push(Issue::new("cursor", "must have 1 to 64 characters"));
            }
        }
        if !(1..=100).contains(&self.limit) {
            issues.push(Issue::new("limit", "must be 1 to 100"));
        }
        if let Some(search) = &self.search {
            if search.chars().count() < 2 {
                issues.push(Issue::new("search", "must have at least 2 characters"));
            }
        }
    }
}

"#;

const HANDLERS: [&str; 5] = [
    r#"
async fn list(
    State(_state): State<AppState>,
    Query(query): Query<ListQuery>,
) -> Result<Json<ResourcePage>> {
    let mut issues = Vec::new();
    query.check(&mut issues);
    Error::unless_empty(issues)?;
    BODY
}
"#,
    r#"
async fn create(
    State(_state): State<AppState>,
    Json(draft): Json<ResourceDraft>,
) -> Result<(StatusCode, Json<Resource>)> {
    let mut issues = Vec::new();
    draft.check(&mut issues);
    Error::unless_empty(issues)?;
    BODY
}
"#,
    r#"
async fn read(State(_state): State<AppState>, Path(_id): Path<Uuid>) -> Result<Json<Resource>> {
    BODY
}
"#,
    r#"
async fn update(
    State(_state): State<AppState>,
    Path(_id): Path<Uuid>,
    Json(draft): Json<ResourceDraft>,
) -> Result<Json<Resource>> {
    let mut issues = Vec::new();
    draft.check(&mut issues);
    Error::unless_empty(issues)?;
    BODY
}
"#,
    r#"
async fn remove(State(_state): State<AppState>, Path(_id): Path<Uuid>) -> Result<StatusCode> {
    BODY
}
"#,
];

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("a String grows");
}
