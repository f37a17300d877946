//! What is said of the whole API: `app.doc('/openapi.json', { … })` and `.basePath('/api/v1')`.

use super::Lowering;
use super::syntax::{Expression, Kind};
use crate::diagnostics::codes::zod::RG0322;
use crate::frontend::server_url::base_path;
use crate::model::Value;
use crate::source::Span;

/// What is said of the whole API.
pub(super) struct Info {
    pub title: String,
    pub version: String,
    pub description: String,
    pub server_path: Option<String>,
}

impl Lowering<'_> {
    /// Takes the document's configuration and the base path; `stem` is the title when there is none.
    pub fn info(&mut self, stem: &str) -> Info {
        let mut info = Info {
            title: stem.to_owned(),
            version: "0.0.0".to_owned(),
            description: String::new(),
            server_path: None,
        };
        if let Some(configuration) = self.document_configuration()
            && let Some(fields) = self.object_fields(&configuration, "the document")
        {
            let said = fields
                .get("info")
                .and_then(|said| self.object_fields(said, "`info`"));
            if let Some(said) = said {
                info.title = self.optional_text(&said, "title").unwrap_or(info.title);
                info.version = self.optional_text(&said, "version").unwrap_or(info.version);
                info.description = self.text(&said, "description");
            }
            let servers = fields
                .get("servers")
                .and_then(|servers| self.constant_value(servers, "`servers`"));
            info.server_path = servers.as_ref().and_then(server_path);
            if let Some(security) = fields.get("security") {
                self.default_security = Some(security.clone());
            }
        }
        if let Some(base) = self.base_path() {
            info.server_path = tidy(&base);
        }
        info
    }

    /// What `.basePath(…)` says; apps below different paths are reported, since a route doesn't say whose it is.
    fn base_path(&mut self) -> Option<String> {
        let mut base: Option<String> = None;
        for (arguments, at) in self.calls(&["basePath"]) {
            let Some(argument) = arguments.first() else {
                continue;
            };
            let Some(Value::String(path)) = self.constant_value(argument, "the base path") else {
                continue;
            };
            match &base {
                Some(first) if *first != path => self.decide(
                    &RG0322,
                    at,
                    format!("`{path}` is not the first base path, which is `{first}`"),
                ),
                Some(_) => {}
                None => base = Some(path),
            }
        }
        for (arguments, at) in self.calls(&["route"]) {
            let [path, _app] = arguments.as_slice() else {
                continue;
            };
            match self.module.string(path) {
                Some(path) if tidy(&path).is_some() => {
                    self.decide(
                        &RG0322,
                        at,
                        format!("an app is mounted at `{path}`, which its routes don't say"),
                    );
                }
                Some(_) | None => {}
            }
        }
        base
    }

    /// The object that `.doc(path, …)` or `.getOpenAPIDocument(…)` got.
    fn document_configuration(&mut self) -> Option<Expression> {
        let found = self
            .first_call(&["doc", "doc31"])
            .and_then(|arguments| arguments.into_iter().nth(1));
        let found = found.or_else(|| {
            let names = ["getOpenAPIDocument", "getOpenAPI31Document"];
            self.first_call(&names)
                .and_then(|arguments| arguments.into_iter().next())
        })?;
        let resolved = self.module.resolve(&found);
        match &*resolved.kind {
            Kind::Function {
                body: Some(body), ..
            } => Some(body.clone()),
            _ => Some(resolved),
        }
    }

    fn first_call(&self, names: &[&str]) -> Option<Vec<Expression>> {
        self.calls(names)
            .into_iter()
            .next()
            .map(|(arguments, _)| arguments)
    }

    /// The file's calls of methods with one of these names: arguments, and where the name stands.
    pub fn calls(&self, names: &[&str]) -> Vec<(Vec<Expression>, Span)> {
        let mut found = Vec::new();
        for expression in &self.module.expressions {
            expression.walk(&mut |inner| {
                let Kind::Call {
                    callee,
                    arguments,
                    at,
                } = &*inner.kind
                else {
                    return;
                };
                let Kind::Member { property, .. } = &*callee.kind else {
                    return;
                };
                if names.contains(&property.as_str()) {
                    found.push((arguments.clone(), *at));
                }
            });
        }
        // A chain's last call is its outermost.
        found.sort_by_key(|(_, at)| *at);
        found
    }
}

/// The path of the first server's URL, its variables at their defaults.
fn server_path(servers: &Value) -> Option<String> {
    let server = servers.get(0)?;
    let variables = server.get("variables");
    let value = |name: &str| {
        let default = variables?.get(name)?.get("default");
        Some(default.and_then(Value::as_str).unwrap_or_default())
    };
    base_path(server.get("url")?.as_str()?, value)
}

/// `/api/v1` of `api/v1/`; `None` when nothing is left.
fn tidy(path: &str) -> Option<String> {
    let path = path.trim_matches('/');
    (!path.is_empty()).then(|| format!("/{path}"))
}
