//! Small contracts, and what becomes of them from one version to the next.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

/// A contract, as far as `sync` has to do with it.
#[derive(Debug, Clone)]
pub struct Contract {
    operations: Vec<Operation>,
    schemes: Vec<&'static str>,
    pub base: &'static str,
    /// Where it may be mounted.
    bases: &'static [&'static str],
    pub language: Language,
}

/// What a contract is written in.
#[derive(Debug, Clone, Copy)]
pub enum Language {
    OpenApi,
    Zod,
}

#[derive(Debug, Clone)]
struct Operation {
    path: String,
    method: &'static str,
    /// An `operationId`, kept when the path changes.
    id: Option<String>,
    summary: Option<&'static str>,
    tag: Option<&'static str>,
    /// The property of its body.
    body: Option<&'static str>,
}

/// What happens to a contract.
#[derive(Debug, Clone)]
pub enum Mutation {
    Remove(Index),
    Add(NewOperation),
    /// All operations below a path of the contract.
    RenameFolder(Index, &'static str),
    RenameParameter(Index, &'static str),
    Move(Index, Index),
    Summary(Index, Option<&'static str>),
    Body(Index, Option<&'static str>),
    Tag(Index, Option<&'static str>),
    Id(Index, Option<&'static str>),
    Reorder(Index),
    Schemes(Vec<&'static str>),
    Base(Index),
}

#[derive(Debug, Clone)]
pub struct NewOperation {
    path: Index,
    method: Index,
    is_named: bool,
    summary: Option<&'static str>,
    tag: Option<&'static str>,
    body: Option<&'static str>,
}

const PATHS: [&str; 11] = [
    "/",
    "/books",
    "/books/{id}",
    "/books/{id}/pages",
    "/books/{id}/pages/{page}",
    "/books/export.json",
    "/orders",
    "/orders/{id}",
    "/users/{name}:activate",
    "/orders/{id}/{rest*}",
    "/Books",
];
const METHODS: [&str; 5] = ["get", "post", "put", "delete", "patch"];
const SEGMENTS: [&str; 4] = ["books", "titles", "orders", "type"];
const PARAMETERS: [&str; 4] = ["id", "bookId", "page", "self"];
const SUMMARIES: [&str; 5] = [
    "List",
    "Fetch one",
    "*/ } /* über\n\nand `more`",
    "   ",
    "```\nno code\n\t}",
];
const TAGS: [&str; 3] = ["books", "orders", "Great Things"];
const SCHEMES: [&str; 3] = ["key", "session", "type"];
const BASES: [&str; 4] = ["/api", "/v1", "", "/api/v2"];
/// Of a second API, beside and below those of the first.
const OTHER_BASES: [&str; 3] = ["/second", "/api/v3", "/v1/more"];
const PROPERTIES: [&str; 3] = ["title", "type", "größe"];

fn one_of(of: &'static [&'static str]) -> impl Strategy<Value = Option<&'static str>> {
    proptest::option::weighted(0.7, proptest::sample::select(of))
}

fn new_operation() -> impl Strategy<Value = NewOperation> {
    let indices = (any::<Index>(), any::<Index>(), any::<bool>());
    let texts = (one_of(&SUMMARIES), one_of(&TAGS), one_of(&PROPERTIES));
    (indices, texts).prop_map(
        |((path, method, is_named), (summary, tag, body))| NewOperation {
            path,
            method,
            is_named,
            summary,
            tag,
            body,
        },
    )
}

/// The contracts of a project: one, or two.
pub fn contracts() -> impl Strategy<Value = Vec<Contract>> {
    let second = proptest::option::weighted(0.4, contract(&OTHER_BASES));
    (contract(&BASES), second)
        .prop_map(|(first, second)| std::iter::once(first).chain(second).collect())
}

/// Any contract.
fn contract(bases: &'static [&'static str]) -> impl Strategy<Value = Contract> {
    let operations = proptest::collection::vec(new_operation(), 1..8);
    let schemes = proptest::sample::subsequence(&SCHEMES[..], 0..=SCHEMES.len());
    let languages = prop_oneof![3 => Just(Language::OpenApi), 2 => Just(Language::Zod)];
    (
        operations,
        schemes,
        proptest::sample::select(bases),
        languages,
    )
        .prop_map(move |(operations, schemes, base, language)| {
            let mut contract = Contract {
                operations: Vec::new(),
                schemes,
                base,
                bases,
                language,
            };
            operations
                .iter()
                .for_each(|operation| contract.add(operation));
            contract
        })
}

/// What may happen from one version to the next.
pub fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let index = any::<Index>;
    let mutation = prop_oneof![
        2 => index().prop_map(Mutation::Remove),
        2 => new_operation().prop_map(Mutation::Add),
        2 => (index(), proptest::sample::select(&SEGMENTS[..])).prop_map(|(at, to)| Mutation::RenameFolder(at, to)),
        2 => (index(), proptest::sample::select(&PARAMETERS[..])).prop_map(|(at, to)| Mutation::RenameParameter(at, to)),
        2 => (index(), index()).prop_map(|(at, to)| Mutation::Move(at, to)),
        2 => (index(), one_of(&SUMMARIES)).prop_map(|(at, to)| Mutation::Summary(at, to)),
        1 => (index(), one_of(&PROPERTIES)).prop_map(|(at, to)| Mutation::Body(at, to)),
        1 => (index(), one_of(&TAGS)).prop_map(|(at, to)| Mutation::Tag(at, to)),
        1 => (index(), one_of(&["one", "two"])).prop_map(|(at, to)| Mutation::Id(at, to)),
        1 => index().prop_map(Mutation::Reorder),
        1 => proptest::sample::subsequence(&SCHEMES[..], 0..=SCHEMES.len()).prop_map(Mutation::Schemes),
        1 => index().prop_map(Mutation::Base),
    ];
    proptest::collection::vec(mutation, 1..5)
}

impl Contract {
    fn add(&mut self, new: &NewOperation) {
        let (path, method) = (new.path.get(&PATHS), new.method.get(&METHODS));
        self.operations.push(Operation {
            path: (*path).to_owned(),
            method,
            id: new.is_named.then(|| format!("{method} {path}")),
            summary: new.summary,
            tag: new.tag,
            body: new.body,
        });
        self.tidy();
    }

    /// Leaves out what would stand in the document twice.
    fn tidy(&mut self) {
        let mut seen = std::collections::BTreeSet::new();
        self.operations
            .retain(|operation| seen.insert((operation.path.clone(), operation.method)));
    }

    /// The next version; an operation at least stays.
    pub fn after(&self, mutations: &[Mutation]) -> Self {
        let mut next = self.clone();
        for mutation in mutations {
            next.mutate(mutation);
            next.tidy();
        }
        next
    }

    fn mutate(&mut self, mutation: &Mutation) {
        let operations = &mut self.operations;
        match mutation {
            Mutation::Remove(at) if operations.len() > 1 => {
                operations.remove(at.index(operations.len()));
            }
            Mutation::Remove(_) => {}
            Mutation::Add(new) => self.add(new),
            Mutation::RenameFolder(at, to) => {
                let path = at.get(operations).path.clone();
                let first = path.split('/').nth(1).unwrap_or_default().to_owned();
                let below = |path: &str| {
                    path.split('/').nth(1) == Some(&first)
                        && !first.contains(['{', '.'])
                        && !first.is_empty()
                };
                let renamed = operations
                    .iter_mut()
                    .filter(|operation| below(&operation.path));
                renamed
                    .for_each(|operation| operation.path = operation.path.replacen(&first, to, 1));
            }
            Mutation::RenameParameter(at, to) => {
                let path = at.get(operations).path.clone();
                let Some(name) = path
                    .split_once('{')
                    .and_then(|(_, rest)| rest.split_once('}'))
                    .map(|(name, _)| name)
                else {
                    return;
                };
                let (name, to) = (format!("{{{name}}}"), format!("{{{to}}}"));
                // A name may stand in a path once.
                let renamed = operations
                    .iter_mut()
                    .filter(|operation| !name.contains('*') && !operation.path.contains(&to));
                renamed.for_each(|operation| operation.path = operation.path.replace(&name, &to));
            }
            Mutation::Move(at, to) => {
                let count = operations.len();
                operations[at.index(count)].path = (*to.get(&PATHS)).to_owned();
            }
            Mutation::Summary(at, to) => Self::at(operations, at).summary = *to,
            Mutation::Body(at, to) => Self::at(operations, at).body = *to,
            Mutation::Tag(at, to) => Self::at(operations, at).tag = *to,
            Mutation::Id(at, to) => Self::at(operations, at).id = to.map(str::to_owned),
            Mutation::Reorder(at) => {
                let middle = at.index(operations.len());
                operations.rotate_left(middle);
            }
            Mutation::Schemes(schemes) => self.schemes.clone_from(schemes),
            Mutation::Base(at) => self.base = *at.get(self.bases),
        }
    }

    fn at<'a>(operations: &'a mut [Operation], at: &Index) -> &'a mut Operation {
        let count = operations.len();
        &mut operations[at.index(count)]
    }

    /// What its file is called.
    pub fn file_name(&self, number: usize) -> String {
        match self.language {
            Language::OpenApi => format!("contract{number}.json"),
            Language::Zod => format!("contract{number}.ts"),
        }
    }

    /// As it stands in its file.
    pub fn text(&self) -> String {
        match self.language {
            Language::OpenApi => self.document(),
            Language::Zod => self.routes(),
        }
    }

    /// As routes in TypeScript.
    fn routes(&self) -> String {
        let mut text = "import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';\n\nconst app = new OpenAPIHono();\n".to_owned();
        text.push_str("app.doc('/openapi.json', { openapi: '3.0.3', info: { title: 'Small', version: '1' } });\n");
        for name in &self.schemes {
            let scheme = json!({ "type": "apiKey", "in": "header", "name": format!("X-{name}") });
            text.push_str(&format!(
                "app.openAPIRegistry.registerComponent('securitySchemes', '{name}', {scheme});\n"
            ));
        }
        for (number, operation) in self.operations.iter().enumerate() {
            let route = operation.route(&self.schemes);
            text.push_str(&format!(
                "\nexport const route{number} = createRoute({route});\n"
            ));
        }
        text
    }

    /// As an OpenAPI document.
    fn document(&self) -> String {
        let mut paths = Map::new();
        for operation in &self.operations {
            let item = paths
                .entry(operation.path.clone())
                .or_insert_with(|| json!({}));
            item[operation.method] = operation.json(&self.schemes);
        }
        let schemes = self.schemes.iter().map(|name| {
            let scheme = json!({ "type": "apiKey", "in": "header", "name": format!("X-{name}") });
            ((*name).to_owned(), scheme)
        });
        let document = json!({
            "openapi": "3.0.3",
            "info": { "title": "Small", "version": "1" },
            "paths": paths,
            "components": { "securitySchemes": schemes.collect::<Map<String, Value>>() },
        });
        serde_json::to_string_pretty(&document).expect("values are JSON")
    }
}

impl Operation {
    /// The names of its path's parameters.
    fn parameters(&self) -> impl Iterator<Item = &str> {
        let parts = self.path.split('{').skip(1);
        parts.filter_map(|rest| Some(rest.split_once('}')?.0.trim_end_matches('*')))
    }

    /// The property of its body, if its method has one.
    fn property(&self) -> Option<&str> {
        self.body
            .filter(|_| self.method != "get" && self.method != "delete")
    }

    /// What is said of it in both languages.
    fn described(&self, schemes: &[&str]) -> Value {
        let mut described = json!({
            "responses": { "200": { "description": "ok" } },
            "security": schemes.iter().map(|name| json!({ *name: [] })).collect::<Vec<_>>(),
        });
        if let Some(id) = &self.id {
            described["operationId"] = json!(id);
        }
        if let Some(summary) = self.summary {
            described["summary"] = json!(summary);
        }
        if let Some(tag) = self.tag {
            described["tags"] = json!([tag]);
        }
        described
    }

    /// As the argument of `createRoute`.
    fn route(&self, schemes: &[&str]) -> String {
        let mut request = String::new();
        let parameters: Vec<String> = self
            .parameters()
            .map(|name| format!("'{name}': z.string()"))
            .collect();
        if !parameters.is_empty() {
            request.push_str(&format!(
                "params: z.object({{ {} }}), ",
                parameters.join(", ")
            ));
        }
        if let Some(name) = self.property() {
            request.push_str(&format!(
                "body: {{ content: {{ 'application/json': {{ schema: z.object({{ '{name}': z.string().optional() }}) }} }} }}, "
            ));
        }
        format!(
            "{{ method: '{}', path: '{}', request: {{ {request}}}, ...{} }}",
            self.method,
            self.path,
            self.described(schemes)
        )
    }

    fn json(&self, schemes: &[&str]) -> Value {
        let parameters: Vec<Value> = self
            .parameters()
            .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
            .collect();
        let mut operation = self.described(schemes);
        operation["parameters"] = json!(parameters);
        if let Some(name) = self.property() {
            let schema = json!({ "type": "object", "properties": { name: { "type": "string" } } });
            operation["requestBody"] =
                json!({ "content": { "application/json": { "schema": schema } } });
        }
        operation
    }
}
