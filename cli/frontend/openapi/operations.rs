//! Paths and their operations, in the contract's order.

use std::collections::HashMap;

use super::clashes::{Item, twice};
use super::tree::Node;
use super::url::{self, Parsed};
use super::variants::Variant;
use super::version::Version;
use super::{Lowering, docs};
use crate::diagnostics::{Diagnostic, Effect, codes};
use crate::frontend::selection::{Candidate, Choice};
use crate::model::{Asker, Location, Method, Operation, Parameter, Requirement, UrlTemplate};
use crate::source::Span;

/// What the operations met so far have taken.
#[derive(Default)]
pub(super) struct Taken {
    /// By method and shape of the URL.
    urls: HashMap<(Method, String), First>,
    ids: HashMap<String, Span>,
}

/// The operation that was declared first at a URL.
#[derive(Clone)]
pub(super) struct First {
    pub(super) path: String,
    pub(super) span: Span,
    /// Its place among all operations.
    pub(super) index: usize,
}

impl Taken {
    /// The operation that has the URLs of a template already.
    pub(super) fn of(&self, method: Method, template: &UrlTemplate) -> Option<&First> {
        self.urls.get(&(method, template.shape()))
    }
}

/// A walk over all paths.
pub(super) struct Walk<'a> {
    /// What holds where an operation says nothing.
    pub(super) security: Vec<Requirement>,
    pub(super) taken: Taken,
    pub(super) operations: Vec<Operation>,
    /// Path items with an operation whose URLs another has, which was declared before.
    pub(super) clashes: Vec<Item<'a>>,
    /// What others serve along with their own.
    pub(super) variants: Vec<Variant>,
}

/// A path of which something is wanted.
struct PathItem<'a> {
    key: Node<'a>,
    /// Parameter lists that its operations share.
    shared: Vec<Node<'a>>,
    /// Methods, with their keys and operations.
    wanted: Vec<(Method, Node<'a>, Node<'a>)>,
}

impl<'a> Lowering<'a> {
    /// Lowers all paths, as far as they are wanted.
    pub(super) fn operations(&mut self, root: Node<'a>, choice: &mut Choice<'_>) -> Walk<'a> {
        let security = root
            .get("security")
            .map(|list| self.requirements(list))
            .unwrap_or_default();
        let mut walk = Walk {
            security,
            taken: Taken::default(),
            operations: Vec::new(),
            clashes: Vec::new(),
            variants: Vec::new(),
        };
        // What nobody wants is known before anything is lowered, since callbacks refer to paths on either side of theirs.
        let paths = root.get("paths").into_iter().flat_map(Node::entries);
        let paths = paths.filter(|(key, _)| !key.scalar_text().starts_with("x-"));
        let paths: Vec<_> = paths
            .filter_map(|(key, item)| self.chosen(key, item, choice))
            .collect();
        let webhooks = self.chosen_webhooks(root, choice);
        for path in paths {
            self.path_item(path, &mut walk);
        }
        self.clashes(&mut walk);
        self.webhooks(&webhooks, &walk.security);
        if walk.operations.is_empty() && self.webhooks.is_empty() {
            let message = match self.unwanted.is_empty() {
                true => "this contract has no operations".to_owned(),
                false => "of this contract no operation is wanted".to_owned(),
            };
            let place = root.entry("paths").map(|(key, _)| key.span());
            self.diagnostics.push(
                Diagnostic::new(&codes::openapi::RG0220, Effect::Warning, message)
                    .at(place.unwrap_or(root.start()))
                    .help("declare some under `paths`")
                    .as_consequence(),
            );
        }
        walk
    }

    /// What is wanted of a path item; those that aren't are noted.
    fn chosen(
        &mut self,
        key: Node<'a>,
        item: Node<'a>,
        choice: &mut Choice<'_>,
    ) -> Option<PathItem<'a>> {
        let items = self.path_items(item);
        let shared = Self::shared_parameters(&items);
        let declared = self.methods(&items);
        self.has_paths |= !declared.is_empty();
        let mut wanted: Vec<(Method, Node<'a>, Node<'a>)> = Vec::with_capacity(declared.len());
        for (method, method_key, node) in &declared {
            // OpenAPI knows no references here, but other tools follow them. What a broken one leaves is a handler.
            let operation = self.dereference(*node).unwrap_or(*node);
            let is_wanted = takes(choice, *method, key, operation);
            self.unwanted.note(key, [*node, operation], is_wanted);
            if is_wanted {
                wanted.push((*method, *method_key, operation));
            }
        }
        let is_wanted = !wanted.is_empty() || declared.is_empty();
        is_wanted.then_some(PathItem {
            key,
            shared,
            wanted,
        })
    }

    fn path_item(&mut self, item: PathItem<'a>, walk: &mut Walk<'a>) {
        let PathItem {
            key,
            shared,
            wanted,
        } = item;
        let Parsed { template, faults } = url::parse(key.scalar_text());
        let item = Item {
            path: key,
            wanted,
            template,
            shared,
        };
        let clashes = item.clashes(&walk.taken);
        let is_variant = clashes && item.is_variant(&walk.taken);
        for fault in faults {
            let effect = match (fault.is_loss, is_variant) {
                (true, _) => Effect::Degrades,
                (false, false) => Effect::Warning,
                // What is said of the clash says it.
                (false, true) => continue,
            };
            let help = "write the path as OpenAPI has it: `/users/{id}`";
            let message = fault.message.to_owned();
            self.report(&codes::openapi::RG0210, effect, message, key.span(), help);
        }
        if is_variant {
            return self.variants(&item, walk);
        }
        if clashes {
            return walk.clashes.push(item);
        }
        for place in item.places() {
            self.add_operation(place, walk);
        }
    }

    /// A path item, and the one that it refers to: it may have fields beside its reference, and its own go first.
    pub(super) fn path_items(&mut self, item: Node<'a>) -> Vec<Node<'a>> {
        let target = if item.get("$ref").is_some() {
            self.dereference(item)
        } else {
            None
        };
        std::iter::once(item).chain(target).collect()
    }

    /// The lists of parameters that all operations of a path item have.
    pub(super) fn shared_parameters(items: &[Node<'a>]) -> Vec<Node<'a>> {
        let lists = items.iter().filter_map(|item| item.get("parameters"));
        lists.collect()
    }

    /// The methods that a path item has operations for.
    pub(super) fn methods(&mut self, items: &[Node<'a>]) -> Vec<(Method, Node<'a>, Node<'a>)> {
        let mut found: Vec<(Method, Node<'a>, Node<'a>)> = Vec::new();
        for (key, node) in items.iter().flat_map(|item| item.entries()) {
            let standard = |text: &str| {
                let mut all = Method::ALL.into_iter();
                all.find(|method| method.lower() == text)
            };
            match key.scalar_text() {
                "query" if node.is_mapping() => found.push((Method::Query, key, node)),
                "additionalOperations" => self.additional(node, &mut found),
                text => match standard(text) {
                    Some(method) => found.push((method, key, node)),
                    None => self.other_field(key),
                },
            }
        }
        found
    }

    pub(super) fn add_operation(&mut self, place: Place<'a, '_>, walk: &mut Walk<'a>) {
        let Place {
            method,
            path,
            key,
            node,
            ..
        } = place;
        if !node.is_mapping() {
            let message = format!("operation `{}` is no mapping", method.upper());
            let help = "write `{ responses: … }`; it is left out";
            return self.malformed(message, node.span(), help);
        }
        if let Some(first) = walk.taken.of(method, &place.template) {
            let diagnostic = twice(method, path, key.span(), first);
            return self.diagnostics.push(diagnostic);
        }
        let operation = self.operation(place, &walk.security);
        self.push_operation(operation, path, node, walk);
    }

    /// Takes an operation that is served, with what hangs on it.
    pub(super) fn push_operation(
        &mut self,
        operation: Operation,
        path: Node<'a>,
        node: Node<'a>,
        walk: &mut Walk<'a>,
    ) {
        let shape = (operation.method, operation.url.shape());
        let first = First {
            path: path.scalar_text().to_owned(),
            span: operation.span,
            index: walk.operations.len(),
        };
        walk.taken.urls.insert(shape, first);
        self.note_id(&operation, node, &mut walk.taken);
        self.callbacks(node, walk.operations.len(), &operation, &walk.security);
        walk.operations.push(operation);
    }

    pub(super) fn operation(
        &mut self,
        place: Place<'a, '_>,
        security: &[Requirement],
    ) -> Operation {
        let Place {
            method,
            path: _,
            key,
            asker,
            node,
            mut template,
            shared,
        } = place;
        let mut parameters: Vec<Parameter> = Vec::new();
        let lists: Vec<Node<'a>> = shared
            .iter()
            .copied()
            .chain(node.get("parameters"))
            .collect();
        for list in &lists {
            self.parameters(*list, &mut template, &mut parameters);
        }
        self.match_path_parameters(&template, key.span(), &mut parameters);
        let body = match self.version {
            Version::V2_0 => self.swagger_body(node, &lists),
            Version::V3_0 | Version::V3_1 => {
                node.get("requestBody").and_then(|body| self.body(body))
            }
        };
        let responses = node
            .get("responses")
            .map(|responses| self.responses(node, responses))
            .unwrap_or_default();
        let own_security = node.get("security").map(|list| self.requirements(list));
        Operation {
            method,
            url: template,
            span: key.span(),
            asker,
            operation_id: node.str("operationId").map(str::to_owned),
            docs: docs(node),
            tags: node
                .get("tags")
                .into_iter()
                .flat_map(Node::items)
                .map(|tag| tag.scalar_text().to_owned())
                .collect(),
            parameters,
            body,
            responses,
            security: own_security.unwrap_or_else(|| security.to_vec()),
            described_apart: Vec::new(),
        }
    }

    /// Adds the parameters that only the template names, and drops those that only the list names.
    fn match_path_parameters(
        &mut self,
        template: &UrlTemplate,
        span: Span,
        parameters: &mut Vec<Parameter>,
    ) {
        let is_in_path = |parameter: &Parameter| parameter.location == Location::Path;
        let (used, lost): (Vec<Parameter>, Vec<Parameter>) =
            parameters.drain(..).partition(|parameter| {
                !is_in_path(parameter) || template.parameters().any(|name| name == parameter.name)
            });
        *parameters = used;
        let is_declared = |parameters: &[Parameter], name: &str| {
            let mut declared = parameters.iter().filter(|of| is_in_path(of));
            declared.any(|parameter| parameter.name == name)
        };
        let missing = template.parameters();
        let missing: Vec<&str> = missing
            .filter(|name| !is_declared(parameters, name))
            .collect();
        // Where one of each is left over, one is a slip of the other.
        let pair = match (missing.as_slice(), lost.as_slice()) {
            ([missing], [lost]) => Some((*missing, lost.name.clone())),
            _ => None,
        };
        for parameter in &lost {
            let message = format!("path parameter `{}` is not in the path", parameter.name);
            let help = match &pair {
                Some((missing, _)) => {
                    format!("is `{missing}` meant, which is in the path, and a string until then?")
                }
                None => "write it into the path in braces, or delete it".to_owned(),
            };
            self.report(
                &codes::openapi::RG0209,
                Effect::Warning,
                message,
                parameter.span,
                &help,
            );
        }
        for name in missing {
            if is_declared(parameters, name) {
                continue;
            }
            if pair.is_none() {
                let message = format!("parameter `{name}` of the path is not declared");
                let help = "declare it with `in: path`; until then it is a string";
                self.report(
                    &codes::openapi::RG0208,
                    Effect::Warning,
                    message,
                    span,
                    help,
                );
            }
            parameters.push(self.undeclared_path_parameter(name, span));
        }
        let has_twice = template
            .parameters()
            .enumerate()
            .any(|(at, name)| template.parameters().take(at).any(|n| n == name));
        if has_twice {
            let message = "the path has two parameters of one name".to_owned();
            self.malformed(message, span, "give them different names");
        }
    }

    pub(super) fn note_id(&mut self, operation: &Operation, node: Node<'a>, taken: &mut Taken) {
        let Some(id) = &operation.operation_id else {
            return;
        };
        let span = node.get("operationId").map_or(operation.span, Node::span);
        if taken.ids.insert(id.clone(), span).is_some() {
            let message = format!("`operationId` `{id}` is taken by another operation");
            let help = "give each operation an id of its own; nothing of ours hangs on it";
            self.report(
                &codes::openapi::RG0217,
                Effect::Warning,
                message,
                span,
                help,
            );
        }
    }

    /// The operations of methods that OpenAPI has no fields for.
    ///
    /// <https://spec.openapis.org/oas/v3.2.0#path-item-object>
    fn additional(&mut self, map: Node<'a>, found: &mut Vec<(Method, Node<'a>, Node<'a>)>) {
        for (key, node) in map.entries() {
            let name = key.scalar_text();
            if let Some(method) = Method::registered(name) {
                found.push((method, key, node));
                continue;
            }
            let message = format!("the method `{name}` is not served");
            let help = "use a method that IANA has registered, in capitals";
            self.report(
                &codes::openapi::RG0221,
                Effect::Degrades,
                message,
                key.span(),
                help,
            );
        }
    }

    /// Says so of methods that aren't written as OpenAPI has them.
    fn other_field(&mut self, key: Node<'a>) {
        let name = key.scalar_text();
        if Method::parse(name).is_some() {
            let message = format!("methods are in lower case, so `{name}` is none");
            let help = format!(
                "write `{}`; until then it is no operation",
                name.to_ascii_lowercase()
            );
            self.malformed(message, key.span(), &help);
        }
    }
}

/// An operation's place in the document.
pub(super) struct Place<'a, 'b> {
    pub(super) method: Method,
    pub(super) path: Node<'a>,
    pub(super) key: Node<'a>,
    pub(super) asker: Asker,
    pub(super) node: Node<'a>,
    pub(super) template: UrlTemplate,
    /// Parameter lists of the path item.
    pub(super) shared: &'b [Node<'a>],
}

/// Whether an operation is wanted.
pub(super) fn takes(
    choice: &mut Choice<'_>,
    method: Method,
    path: Node<'_>,
    operation: Node<'_>,
) -> bool {
    let tags = operation.get("tags").into_iter().flat_map(Node::items);
    let tags: Vec<&str> = tags.map(Node::scalar_text).collect();
    choice.takes(Candidate {
        method,
        path: path.scalar_text(),
        id: operation.str("operationId"),
        tags: &tags,
    })
}
