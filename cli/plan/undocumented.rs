//! The user's own routes: wired by their folders, as Next would.

use std::collections::HashMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::api::ApiPlan;
use super::names::{self, Scope};
use crate::model::Method;
use crate::project::UserRoutes;

/// A handler that no contract knows.
#[derive(Debug, Clone, PartialEq)]
pub struct UndocumentedPlan {
    /// Its method.
    pub method: Method,
    /// `/internal/{id}`.
    pub url: String,
    /// Its `route.rs`.
    pub file: Utf8PathBuf,
    /// The module of the router: that of the contract's route if the file is one's.
    pub module: String,
    /// Whether the router must declare the module.
    pub declares_module: bool,
}

/// Handlers that we never wrote, in files of the contract or in others.
pub(super) fn plan(apis: &[ApiPlan], user_routes: &UserRoutes) -> Vec<UndocumentedPlan> {
    let routes = apis
        .iter()
        .flat_map(|api| api.routes.iter().map(move |route| (api, route)));
    let known: HashMap<&Utf8Path, _> = routes
        .map(|(api, route)| (route.file.as_path(), (api, route)))
        .collect();
    let mut scope = Scope::default();
    let mut plans = Vec::new();
    for route in &user_routes.routes {
        let contract = known.get(route.path.as_path());
        let mut module = None;
        for handler in route
            .handlers
            .iter()
            .filter(|handler| handler.lock_key.is_none())
        {
            let Some(method) = Method::parse(&handler.name) else {
                continue;
            };
            let documented = contract.is_some_and(|(_, route)| {
                route
                    .operations
                    .iter()
                    .any(|operation| operation.method == method)
            });
            if documented {
                continue;
            }
            let own = match (&module, contract) {
                (Some(module), _) => String::clone(module),
                (None, Some((_, route))) => route.router_module.clone(),
                (None, None) => scope.unique(format!("own_{}", names::module(&url(&route.path)))),
            };
            plans.push(UndocumentedPlan {
                method,
                url: contract.map_or_else(
                    || url(&route.path),
                    |(_, route)| route.operations[0].url.clone(),
                ),
                file: route.path.clone(),
                module: own.clone(),
                declares_module: contract.is_none() && module.is_none(),
            });
            module = Some(own);
        }
    }
    plans.sort_by(|a, b| (&a.url, a.method).cmp(&(&b.url, b.method)));
    plans
}

/// The URL of a `route.rs` by its folders: `app/files/[...path]/route.rs` → `/files/{*path}`.
pub fn url(path: &Utf8Path) -> String {
    let folders = path.parent().map(Utf8Path::as_str).unwrap_or_default();
    let mut url = String::new();
    for folder in folders.split('/').skip(1) {
        if folder.starts_with('(') && folder.ends_with(')') {
            continue;
        }
        url.push('/');
        url.push_str(&segment(folder));
    }
    if url.is_empty() { "/".to_owned() } else { url }
}

fn segment(folder: &str) -> String {
    let folder = folder.replace("%5F", "_");
    if let Some(name) = folder
        .strip_prefix("[[...")
        .and_then(|rest| rest.strip_suffix("]]"))
    {
        return format!("{{**{name}}}");
    }
    if let Some(name) = folder
        .strip_prefix("[...")
        .and_then(|rest| rest.strip_suffix(']'))
    {
        return format!("{{*{name}}}");
    }
    folder.replace('[', "{").replace(']', "}")
}

#[cfg(test)]
mod tests {
    use super::url;

    #[test]
    fn folders_are_urls_as_next_has_them() {
        let cases = [
            ("app/route.rs", "/"),
            ("app/internal/[id]/route.rs", "/internal/{id}"),
            ("app/(admin)/files/[...path]/route.rs", "/files/{*path}"),
            ("app/docs/[[...slug]]/route.rs", "/docs/{**slug}"),
            ("app/%5Funder/[name].json/route.rs", "/_under/{name}.json"),
        ];
        for (path, expected) in cases {
            assert_eq!(url(path.into()), expected);
        }
    }
}
