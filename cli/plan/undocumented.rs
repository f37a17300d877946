//! The user's own routes: wired by their folders, as Next would.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use camino::{Utf8Path, Utf8PathBuf};

use super::api::ApiPlan;
use super::names::{self, Scope};
use crate::diagnostics::codes::project::RG0524;
use crate::diagnostics::{Diagnostic, Diagnostics, Effect};
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

/// Files of the contract that aren't there, each with one of the user's that serves its URL.
pub type Elsewhere = BTreeMap<Utf8PathBuf, Utf8PathBuf>;

/// Handlers that we never wrote, in files of the contract or in others; one that answers the requests of another is a fault, and
/// left out.
pub(super) fn plan(
    apis: &[ApiPlan],
    user_routes: &UserRoutes,
    diagnostics: &mut Diagnostics,
) -> (Vec<UndocumentedPlan>, Elsewhere) {
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
    plans.sort_by(|a, b| (&a.url, a.method, &a.file).cmp(&(&b.url, b.method, &b.file)));
    let elsewhere = leave_out_second(&mut plans, apis, user_routes, diagnostics);
    (plans, elsewhere)
}

/// Leaves out the handlers whose requests another one answers, one of the contract's or an earlier one of the user's; returns whose place
/// they take.
fn leave_out_second(
    plans: &mut Vec<UndocumentedPlan>,
    apis: &[ApiPlan],
    user_routes: &UserRoutes,
    diagnostics: &mut Diagnostics,
) -> Elsewhere {
    let is_there = |file: &Utf8Path| user_routes.routes.iter().any(|route| route.path == file);
    let mut elsewhere = Elsewhere::new();
    let mut served: HashMap<(Method, String), Utf8PathBuf> = HashMap::new();
    for route in apis.iter().flat_map(|api| &api.routes) {
        for operation in &route.operations {
            let key = (operation.method, shape(&operation.url));
            served.insert(key, route.file.clone());
        }
    }
    plans.retain(|plan| match served.entry((plan.method, shape(&plan.url))) {
        Entry::Vacant(place) => {
            place.insert(plan.file.clone());
            true
        }
        Entry::Occupied(first) => {
            let first = first.get();
            match elsewhere.get(first) {
                Some(own) if *own == plan.file => {}
                Some(own) => diagnostics.push(served_twice(plan, own)),
                None if is_there(first) => diagnostics.push(served_twice(plan, first)),
                None => {
                    diagnostics.push(served_elsewhere(plan, first));
                    elsewhere.insert(first.clone(), plan.file.clone());
                }
            }
            false
        }
    });
    elsewhere
}

fn served_elsewhere(plan: &UndocumentedPlan, first: &Utf8Path) -> Diagnostic {
    let file = &plan.file;
    let folder = |file: &Utf8Path| file.parent().map(ToString::to_string).unwrap_or_default();
    let message = format!(
        "`{}` holds handlers of `{}`, so nothing is written",
        folder(file),
        folder(first)
    );
    let help = match url(file) == url(first) {
        true => format!(
            "move `{file}` to `{first}`: what the contract has stands in the folders of its URL"
        ),
        false => "rename it back, or rename the parameter in the contract".to_owned(),
    };
    Diagnostic::new(&RG0524, Effect::Decide, message)
        .about(file)
        .help(help)
}

fn served_twice(plan: &UndocumentedPlan, first: &Utf8Path) -> Diagnostic {
    let UndocumentedPlan {
        method, url, file, ..
    } = plan;
    let message = format!(
        "`{file}` and `{first}` both serve `{} {url}`",
        method.upper()
    );
    let name = method.lower();
    let help = format!(
        "move the body of `{name}` to the other file if it belongs there, then delete the function; or rename its folder"
    );
    Diagnostic::new(&RG0524, Effect::Decide, message)
        .about(file)
        .help(help)
}

/// A URL with the names of its parameters left out: `/books/{}`, `/files/{*}`.
fn shape(url: &str) -> String {
    let mut inside = false;
    let mut shape = String::with_capacity(url.len());
    for character in url.chars() {
        inside = inside && character != '}';
        if !inside || character == '*' {
            shape.push(character);
        }
        inside = inside || character == '{';
    }
    shape
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
    decode(&folder.replace('[', "{").replace(']', "}"))
}

/// A folder's name with what stands in a URL as it is decoded: `%5Funder`, `{id}%3Aactivate`.
fn decode(folder: &str) -> String {
    let mut pieces = folder.split('%');
    let mut decoded = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let byte = piece
            .get(..2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~!$&'()+,;=:@".contains(&byte) => {
                decoded.push(char::from(byte));
                decoded.push_str(&piece[2..]);
            }
            Some(_) | None => {
                decoded.push('%');
                decoded.push_str(piece);
            }
        }
    }
    decoded
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
            (
                "app/[id]%3Aactivate/a%2Fb%/route.rs",
                "/{id}:activate/a%2Fb%",
            ),
        ];
        for (path, expected) in cases {
            assert_eq!(url(path.into()), expected);
        }
    }
}
