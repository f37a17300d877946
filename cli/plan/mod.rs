//! Every decision: names, files, types. What comes out holds no text and touches no disk.

pub mod answers;
pub mod api;
mod components;
mod cycles;
mod defaults;
mod docs;
mod documents;
mod folders;
mod form_parts;
mod groups;
mod items;
mod kinds;
pub mod layout;
mod left_out;
pub mod listing;
mod lower;
mod manner;
mod media;
mod names;
pub mod parts;
mod patterns;
mod reach;
pub mod refinements;
pub mod requests;
mod responses;
mod routes;
mod rules;
pub mod senders;
pub mod sent_parts;
mod shapes;
mod statuses;
pub mod targets;
pub mod types;
mod undocumented;
mod units;
pub mod visible;
mod weight;
pub mod xml;

use std::collections::{BTreeMap, HashMap, HashSet};

use camino::Utf8PathBuf;

use self::api::{
    ApiPlan, BodyKind, OperationPlan, PartKind, Reading, ResponseContent, RoutePlan, SchemePlan,
    Writing,
};
use self::lower::{Lowerer, Place};
use self::names::Scope;
use self::senders::{Address, SenderModule};
use self::types::{Home, ItemId, Items, Type};
use crate::config::{ApiConfig, Config, LimitsConfig, Webhooks};
use crate::diagnostics::codes::plan as codes;
use crate::diagnostics::codes::project::RG0516;
use crate::diagnostics::{Diagnostic, Diagnostics, Effect};
use crate::model::{Api, Operation};
use crate::project::UserRoutes;

pub use docs::{code, first_line, text_lines};
pub use layout::{CratePlan, LayoutPlan};
pub use parts::{ContractPlan, PackagePlan, Share};
pub use rules::bounds;
pub use undocumented::{Elsewhere, UndocumentedPlan, url as own_url};

/// The whole project, as it will be written.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What is known of the project beside its contracts.
    pub facts: ProjectFacts,
    /// In the order of `routegen.toml`.
    pub apis: Vec<ApiPlan>,
    /// The user's own routes, sorted by URL.
    pub undocumented: Vec<UndocumentedPlan>,
    /// Files of the contract whose handlers a person has in another folder.
    pub elsewhere: Elsewhere,
    /// Which crates handlers stand in.
    pub layout: LayoutPlan,
    /// The packages that the contract stands in.
    pub contract: ContractPlan,
    /// Limits of the emitted server.
    pub limits: LimitsConfig,
    /// The status of a request that doesn't match the contract.
    pub invalid_status: u16,
    /// Keys of operations that are left out by choice, each with what is said of it.
    pub left_out: BTreeMap<String, String>,
}

/// What is known of a project beside its contracts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProjectFacts {
    /// The package's name: `shop`.
    pub name: String,
    /// Whether it lies inside somebody's cargo workspace.
    pub inside_workspace: bool,
    /// The text of `app/Cargo.toml`, if there is one: handlers have the dependencies that it names.
    pub app_manifest: Option<String>,
}

/// The functions of `auth.rs`: one for each name of a scheme, whichever API declares it.
#[derive(Default)]
struct Functions {
    scope: Scope,
    known: HashMap<String, String>,
}

impl Functions {
    fn of(&mut self, scheme: &str) -> String {
        let name = self.known.entry(scheme.to_owned());
        name.or_insert_with(|| self.scope.unique(names::module(scheme)))
            .clone()
    }
}

/// Plans a project.
pub fn plan(
    apis: &[(Api, &ApiConfig)],
    config: &Config,
    user_routes: &UserRoutes,
    facts: &ProjectFacts,
) -> (Plan, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut modules = Scope::default();
    let mut functions = Functions::default();
    let mut taken = HashSet::new();
    let left_out = left_out::plan(apis);
    let mut apis: Vec<ApiPlan> = apis
        .iter()
        .map(|(api, config)| {
            let module = routes::api_module(&config.base, &mut modules);
            plan_api(
                api,
                config,
                module,
                &mut functions,
                &mut taken,
                &mut diagnostics,
            )
        })
        .collect();
    name_router_modules(&mut apis);
    let files = apis.iter_mut().flat_map(|api| &mut api.routes);
    folders::tell_apart(&mut files.map(|route| &mut route.file).collect::<Vec<_>>());
    report_shared_files(&apis, &mut diagnostics);
    let (undocumented, elsewhere) = undocumented::plan(&apis, user_routes, &mut diagnostics);
    let layout = layout::plan(config.layout, &apis, &undocumented);
    let plan = Plan {
        facts: facts.clone(),
        layout,
        contract: parts::plan(config.contract_crates, &apis),
        apis,
        undocumented,
        elsewhere,
        limits: config.limits.clone(),
        invalid_status: config.problem.invalid_status,
        left_out,
    };
    (plan, diagnostics)
}

/// Says which files two contracts want; the one of the first is written.
fn report_shared_files(apis: &[ApiPlan], diagnostics: &mut Diagnostics) {
    let mut taken = HashSet::new();
    for route in apis.iter().flat_map(|api| &api.routes) {
        if !taken.insert(&route.file) {
            let message = format!("`{}` would be written for two contracts", route.file);
            diagnostics.push(
                Diagnostic::new(&RG0516, Effect::Decide, message)
                    .at(route.span)
                    .label("an operation of an earlier contract has its handler there")
                    .help("give the contracts different base paths in `routegen.toml`"),
            );
        }
    }
}

/// Gives each route a module in the router, which all APIs share, and says what is seen there.
fn name_router_modules(apis: &mut [ApiPlan]) {
    let mut scope = Scope::default();
    for api in &mut *apis {
        // The underscore of a keyword (`enum_`) isn't needed inside of a name.
        let stem = api.module.trim_end_matches('_');
        for route in &mut api.routes {
            route.router_module = scope.unique(format!("{stem}_{}", route.module));
        }
    }
    for api in apis {
        visible::decide(api, &mut scope);
    }
}

fn plan_api(
    api: &Api,
    config: &ApiConfig,
    module: String,
    functions: &mut Functions,
    taken: &mut HashSet<String>,
    diagnostics: &mut Diagnostics,
) -> ApiPlan {
    let served = served(api, config);
    let grouped = group(&served, config, taken, diagnostics);
    let urls = grouped.iter().map(|(_, operations)| &operations[0].url);
    let modules = routes::modules(urls);
    let members = grouped.iter().map(|(_, operations)| operations.as_slice());
    let members: Vec<&[&Operation]> = members.collect();
    let addresses = senders::addresses(api, config, &members, &modules);
    let senders: Vec<String> = addresses.iter().map(Address::path).collect();
    let sent = addresses.iter().flat_map(Address::operations);
    let operations: Vec<&Operation> = served.iter().copied().chain(sent).collect();
    let mut lowerer = Lowerer::new(api, &operations, &modules, &senders, diagnostics);
    let mut planned = Vec::new();
    for (index, (file, operations)) in grouped.into_iter().enumerate() {
        let url = &operations[0].url;
        let place = Home::Route(index);
        reserve_names(&mut lowerer, &operations, place);
        planned.push(RoutePlan {
            router_module: String::new(),
            visible: visible::Visible::default(),
            module: modules[index].clone(),
            file,
            subject: layout::subject(operations[0]),
            group: routes::group(url),
            span: operations[0].span,
            operations: operations
                .iter()
                .map(|operation| plan_operation(&mut lowerer, operation, place, config))
                .collect(),
        });
    }
    let addresses = addresses.iter().enumerate();
    let senders: Vec<SenderModule> = addresses
        .map(|(index, address)| senders::plan(&mut lowerer, address, index, &planned))
        .collect();
    let xml = lowerer.documents.table();
    let refinements = std::mem::take(&mut lowerer.refinements);
    let mut items = lowerer.items;
    cycles::break_cycles(&mut items);
    mark(&mut items, &planned, &senders);
    let schemes = schemes(api, &served, functions);
    ApiPlan {
        module,
        base: config.base.clone(),
        spec: config.spec.clone(),
        title: api.title.clone(),
        items,
        xml,
        refinements,
        routes: planned,
        circles: Vec::new(),
        senders,
        document: config.serve_contract.then(|| api.document.clone()),
        schemes,
    }
}

/// Takes the names that types of a route have by themselves.
fn reserve_names(lowerer: &mut Lowerer, operations: &[&Operation], place: Home) {
    for operation in operations {
        let method = names::pascal(operation.method.upper());
        for part in ["Request", "Response", "Path", "Query", "Headers", "Cookies"] {
            lowerer.reserve(place, &format!("{method}{part}"));
        }
        if operation
            .body
            .as_ref()
            .is_some_and(|body| body.contents.len() > 1)
        {
            lowerer.reserve(place, &format!("{method}Body"));
        }
    }
    for name in ["Context", "Error", "Result"] {
        lowerer.reserve(place, name);
    }
}

/// The operations that are served: those of the contract's paths, and webhooks that it receives.
fn served<'a>(api: &'a Api, config: &ApiConfig) -> Vec<&'a Operation> {
    let webhooks = match senders::webhooks(api, config) {
        Webhooks::Receive => api.webhooks.as_slice(),
        Webhooks::Send | Webhooks::Ignore => &[],
    };
    let received = webhooks.iter().map(|webhook| &webhook.operation);
    api.operations.iter().chain(received).collect()
}

/// Operations by URL with their file, sorted by URL; in each the methods in handler order. An operation whose place is taken or
/// can't be had is left out.
fn group<'a>(
    served: &[&'a Operation],
    config: &ApiConfig,
    taken: &mut HashSet<String>,
    diagnostics: &mut Diagnostics,
) -> Vec<(Utf8PathBuf, Vec<&'a Operation>)> {
    let mut groups: BTreeMap<String, Vec<&Operation>> = BTreeMap::new();
    for operation in served.iter().copied() {
        let shape = operation.url.shape();
        if !taken.insert(format!(
            "{} {}{shape}",
            operation.method.upper(),
            config.base
        )) {
            let message = format!(
                "`{} {}{}` is declared twice",
                operation.method.upper(),
                config.base,
                operation.url
            );
            diagnostics.push(
                Diagnostic::new(&codes::RG0402, Effect::Degrades, message)
                    .at(operation.span)
                    .label("an earlier operation answers the same requests, so this one is left out")
                    .help("remove one of the two, make their paths differ, or mount their contracts at different base paths"),
            );
            continue;
        }
        groups.entry(shape).or_default().push(operation);
    }
    let mut groups: Vec<Vec<&Operation>> = groups.into_values().collect();
    for group in &mut groups {
        group.sort_by_key(|operation| operation.method);
    }
    groups.sort_by_key(|group| group[0].url.to_string());
    let urls: HashSet<String> = served
        .iter()
        .map(|operation| operation.url.to_string())
        .collect();
    let with_file = groups.into_iter().filter_map(|group| {
        let url = &group[0].url;
        let beside = url.trailing_slash && urls.contains(url.to_string().trim_end_matches('/'));
        let file = match beside {
            true => folders::file_beside(&config.base, url),
            false => folders::file(&config.base, url),
        };
        if folders::is_too_long(&file) {
            group
                .iter()
                .for_each(|operation| diagnostics.push(too_long(operation)));
            return None;
        }
        Some((file, group))
    });
    with_file.collect()
}

fn too_long(operation: &Operation) -> Diagnostic {
    let start: String = operation.url.to_string().chars().take(40).collect();
    let message = format!(
        "the URL of `{} {start}…` is too long for folders",
        operation.method.upper()
    );
    Diagnostic::new(&codes::RG0404, Effect::Degrades, message)
        .at(operation.span)
        .label("this operation is left out")
        .help("shorten it: a segment has at most 255 bytes as a folder, a path about 1,000")
}

fn plan_operation(
    lowerer: &mut Lowerer,
    operation: &Operation,
    home: Home,
    config: &ApiConfig,
) -> OperationPlan {
    let place = Place::of(operation, home);
    let security = operation.security.iter().map(|requirement| {
        requirement
            .uses
            .iter()
            .map(|scheme| (scheme.scheme, scheme.scopes.clone()))
            .collect()
    });
    let url = match operation.url.to_string().as_str() {
        "/" if !config.base.is_empty() => config.base.clone(),
        url => format!("{}{url}", config.base),
    };
    OperationPlan {
        method: operation.method,
        url,
        operation_id: operation.operation_id.clone(),
        summary: docs::first_line(&operation.docs),
        tags: operation.tags.clone(),
        docs: docs::of_operation(operation),
        parameters: requests::parameters(lowerer, operation, &place),
        body: operation
            .body
            .as_ref()
            .map(|body| requests::body(lowerer, body, &place)),
        responses: responses::variants(lowerer, operation, &place),
        security: security.collect(),
    }
}

fn schemes(api: &Api, served: &[&Operation], functions: &mut Functions) -> Vec<SchemePlan> {
    let used: HashSet<usize> = served
        .iter()
        .flat_map(|operation| &operation.security)
        .flat_map(|requirement| &requirement.uses)
        .map(|scheme| scheme.scheme)
        .collect();
    let scheme = |(index, scheme): (usize, &crate::model::SecurityScheme)| SchemePlan {
        function: functions.of(&scheme.name),
        scheme: scheme.clone(),
        used: used.contains(&index),
    };
    api.security_schemes
        .iter()
        .enumerate()
        .map(scheme)
        .collect()
}

/// Marks the items that requests and responses reach.
fn mark(items: &mut Items, routes: &[RoutePlan], senders: &[SenderModule]) {
    let mut decoded = Vec::new();
    let mut written = Vec::new();
    let mut events = Vec::new();
    for operation in routes.iter().flat_map(|route| &route.operations) {
        // A scalar is read from its text, which needs no decoder.
        for parameter in operation
            .parameters
            .iter()
            .filter(|parameter| parameter.reading != Reading::Scalar)
        {
            parameter.ty.each_item(&mut |id| decoded.push(id));
        }
        for (_, content) in operation.body.iter().flat_map(|body| &body.contents) {
            body_types(&content.kind)
                .into_iter()
                .for_each(|ty| ty.each_item(&mut |id| decoded.push(id)));
        }
        for variant in &operation.responses {
            // A scalar writes itself.
            let headers = variant.headers.iter();
            for header in headers.filter(|header| header.writing != Writing::Scalar) {
                header.ty.each_item(&mut |id| written.push(id));
            }
            match &variant.content {
                ResponseContent::Json { ty, .. }
                | ResponseContent::Xml { ty, .. }
                | ResponseContent::Items { ty, .. } => {
                    ty.each_item(&mut |id| written.push(id));
                }
                ResponseContent::Events { ty: Some(ty) } => {
                    ty.each_item(&mut |id| written.push(id));
                    events.extend(match ty.plain() {
                        Type::Item(id) => Some(*id),
                        _ => None,
                    });
                }
                ResponseContent::Events { ty: None }
                | ResponseContent::Empty
                | ResponseContent::Text { .. }
                | ResponseContent::Bytes { .. } => {}
            }
        }
    }
    for sender in senders.iter().flat_map(|module| &module.senders) {
        let types = sender.written().into_iter();
        types.for_each(|ty| ty.each_item(&mut |id| written.push(id)));
        let types = sender.read().into_iter();
        types.for_each(|ty| ty.each_item(&mut |id| decoded.push(id)));
    }
    for id in events {
        let item = items.get_mut(id);
        item.event = !matches!(item.kind, types::ItemKind::Alias(_));
    }
    reach(items, decoded, |items, id| {
        std::mem::replace(&mut items.get_mut(id).decoded, true)
    });
    reach(items, written, |items, id| {
        std::mem::replace(&mut items.get_mut(id).written, true)
    });
}

fn body_types(kind: &BodyKind) -> Vec<&Type> {
    match kind {
        BodyKind::Json(ty)
        | BodyKind::Form { ty, .. }
        | BodyKind::Xml { ty, .. }
        | BodyKind::Items { ty, .. } => vec![ty],
        BodyKind::Text(..) | BodyKind::Stream => Vec::new(),
        BodyKind::Multipart { parts, .. } => {
            let types = parts.iter().filter_map(|part| match &part.kind {
                PartKind::Value {
                    reading: Reading::Scalar,
                    ..
                } => None,
                PartKind::Value { ty, .. } | PartKind::Xml { ty, .. } => Some(ty),
                PartKind::File(_) | PartKind::Files(..) => None,
            });
            types.collect()
        }
    }
}

fn reach(
    items: &mut Items,
    mut open: Vec<ItemId>,
    mut visit: impl FnMut(&mut Items, ItemId) -> bool,
) {
    while let Some(id) = open.pop() {
        if !visit(items, id) {
            items
                .get(id)
                .types()
                .into_iter()
                .for_each(|ty| ty.each_item(&mut |id| open.push(id)));
        }
    }
}

impl Plan {
    /// The security schemes of all APIs; those of one name share a function.
    pub fn schemes(&self) -> Vec<&SchemePlan> {
        let mut seen = HashSet::new();
        self.apis
            .iter()
            .flat_map(|api| &api.schemes)
            .filter(|scheme| seen.insert(&scheme.scheme.name))
            .collect()
    }

    /// The `route.rs` files that the contracts ask for.
    pub fn route_files(&self) -> impl Iterator<Item = &Utf8PathBuf> {
        self.apis
            .iter()
            .flat_map(|api| &api.routes)
            .map(|route| &route.file)
    }
}
