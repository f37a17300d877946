//! Every decision: names, files, types. This file stands in for it.

use camino::Utf8PathBuf;

use crate::config::{ApiConfig, Config};
use crate::diagnostics::Diagnostics;
use crate::model::Api;
use crate::project::UserRoutes;

/// What is known of a project beside its contracts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProjectFacts {
    /// The package's name: `shop`.
    pub name: String,
    /// Whether it lies inside somebody's cargo workspace.
    pub inside_workspace: bool,
}

/// The whole project, as it will be written.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What is known of the project beside its contracts.
    pub facts: ProjectFacts,
    /// Routes with the first line of their docs and their operationId.
    pub operations: Vec<(RouteInfo, String, Option<String>)>,
}

/// An operation, as `routegen routes` lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteInfo {
    /// Its key in `routegen.lock`.
    pub key: String,
    /// `GET`.
    pub method: String,
    /// `/api/v1/books/{id}`.
    pub url: String,
    /// The file of its handler.
    pub path: Utf8PathBuf,
    /// The schemes that it requires; empty if it is open to all.
    pub security: String,
}

impl Plan {
    /// The operations, in the contracts' order.
    pub fn routes(&self) -> Vec<RouteInfo> {
        self.operations.iter().map(|(route, ..)| route.clone()).collect()
    }
}

/// Plans a project.
pub fn plan(
    apis: &[(Api, &ApiConfig)],
    _config: &Config,
    _user_routes: &UserRoutes,
    facts: &ProjectFacts,
) -> (Plan, Diagnostics) {
    let mut operations = Vec::new();
    for (api, config) in apis {
        for operation in &api.operations {
            let url = format!("{}{}", config.base, operation.url);
            let folder = url.replace('{', "[").replace('}', "]");
            let route = RouteInfo {
                key: format!("{} {url}", operation.method.upper()),
                method: operation.method.upper().to_owned(),
                path: Utf8PathBuf::from(format!("app{}/route.rs", folder.trim_end_matches('/'))),
                url,
                security: String::new(),
            };
            operations.push((route, operation.docs.summary.clone(), operation.operation_id.clone()));
        }
    }
    (Plan { facts: facts.clone(), operations }, Diagnostics::default())
}
