//! What a project has to do with over HTTP, for `routegen routes`: operations that it serves, and requests that it sends.

use camino::Utf8PathBuf;

use super::Plan;

/// All of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Listing {
    /// What is served, in the contracts' order of URLs.
    pub routes: Vec<RouteInfo>,
    /// What is sent, by contract and module.
    pub sent: Vec<SentInfo>,
}

/// An operation, for lists of routes.
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
    /// Whether it is called with credentials alone.
    pub is_guarded: bool,
    /// The contract's name of it.
    pub operation_id: Option<String>,
    /// What it does, in a line.
    pub summary: Option<String>,
    /// The contract's tags.
    pub tags: Vec<String>,
}

/// A request that is sent: to a callback, or as a webhook.
#[derive(Debug, Clone, PartialEq)]
pub struct SentInfo {
    /// `POST`.
    pub method: String,
    /// Where it goes, as the contract has it: `{$request.body#/callbackUrl}`, or the name of a webhook.
    pub target: String,
    /// The file of its type.
    pub path: Utf8PathBuf,
    /// That type: `contract::v1::webhooks::new_pet::PostRequest`.
    pub request: String,
    /// What it is for, in a line.
    pub summary: Option<String>,
}

impl Listing {
    /// How many operations are called with credentials alone.
    pub fn guarded(&self) -> usize {
        let routes = self.routes.iter();
        routes.filter(|route| route.is_guarded).count()
    }
}

impl Plan {
    /// What is served and what is sent.
    pub fn listing(&self) -> Listing {
        Listing {
            routes: self.routes(),
            sent: self.sent(),
        }
    }

    fn routes(&self) -> Vec<RouteInfo> {
        let routes = self
            .apis
            .iter()
            .flat_map(|api| api.routes.iter().map(move |route| (api, route)));
        let operations = routes.flat_map(|(api, route)| {
            route.operations.iter().map(move |operation| RouteInfo {
                key: operation.key(),
                method: operation.method.upper().to_owned(),
                url: operation.url.clone(),
                path: route.file.clone(),
                security: operation.security_text(&api.schemes),
                is_guarded: !operation.security.is_empty()
                    && operation.security.iter().all(|scheme| !scheme.is_empty()),
                operation_id: operation.operation_id.clone(),
                summary: operation.summary.clone(),
                tags: operation.tags.clone(),
            })
        });
        operations.collect()
    }

    fn sent(&self) -> Vec<SentInfo> {
        let modules = self
            .apis
            .iter()
            .flat_map(|api| api.senders.iter().map(move |module| (api, module)));
        let sent = modules.flat_map(|(api, module)| {
            module.senders.iter().map(move |sender| SentInfo {
                method: sender.method.upper().to_owned(),
                target: sender.target_text.clone(),
                path: format!(
                    "contract/src/{}/{}/{}.rs",
                    api.module,
                    module.section.module(),
                    module.module
                )
                .into(),
                request: format!(
                    "contract::{}::{}::{}Request",
                    api.module,
                    module.path(),
                    super::names::pascal(sender.method.upper())
                ),
                summary: sender.docs.first().cloned(),
            })
        });
        sent.collect()
    }
}
