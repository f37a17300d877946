//! Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 in YAML and JSON → model.

mod alike;
mod bodies;
mod bundle;
mod bundle_text;
mod clashes;
mod context;
mod defaults;
mod discriminators;
mod documents;
mod dynamic;
mod facets;
mod family;
mod flatten;
mod grammar;
mod grammar_objects;
mod grammar_parameters;
mod grammar_rules;
mod grammar_schemas;
mod heirs;
mod hooks;
mod inheritance;
mod joined;
mod json;
mod keywords;
mod links;
mod objects;
mod openapiv3;
mod operations;
mod parameters;
mod pointer;
mod references;
mod refinements;
mod resources;
mod schemas;
mod scopes;
mod security;
mod server;
mod shapes;
mod slips;
mod swagger;
mod syntax;
mod taken;
mod target;
mod tree;
mod types;
mod unevaluated;
mod unions;
mod unwanted;
pub(super) mod url;
mod variant_callbacks;
mod variant_contents;
mod variants;
mod version;
mod xml;
mod yaml;
mod yaml_mend;
mod yaml_scalar;

use std::collections::{HashMap, HashSet, VecDeque};

use indexmap::{IndexMap, IndexSet};

use super::Options;
use super::selection::Choice;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Effect, codes};
use crate::model::{Api, Callback, Docs, RefinementId, Refinements, SchemaId, Schemas, Webhook};
use crate::progress::Step;
use crate::source::{Sources, Span};
use documents::{Documents, Forest};
use dynamic::{Dynamics, Way};
use inheritance::Inheritance;
use operations::Walk;
use schemas::Task;
use scopes::{Scope, Scopes};
use syntax::{Fault, SyntaxError};
use tree::{Duplicate, Node, NodeKey};
use unwanted::Unwanted;
use version::Version;

/// How many keys that stand twice are reported.
const MAX_DUPLICATES: usize = 100;

/// Lowers the OpenAPI document `root` of `sources`; `None` if it can't be read as a contract.
pub(super) fn lower(
    root: u16,
    sources: &mut Sources,
    options: &Options,
    choice: &mut Choice<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Api> {
    let forest = match Forest::grow(root, sources, &options.allow_dirs) {
        Ok(forest) => forest,
        Err(error) => {
            diagnostics.push(syntax_diagnostic(root, &error, sources));
            return None;
        }
    };
    for (file, error) in forest.in_conflict() {
        diagnostics.push(syntax_diagnostic(*file, error, sources));
    }
    if !forest.in_conflict().is_empty() {
        return None;
    }
    for Duplicate { second, first } in forest.duplicates().take(MAX_DUPLICATES) {
        let (line, _) = sources.line_column(first);
        diagnostics.push(
            Diagnostic::new(
                &codes::read::RG0109,
                Effect::Decide,
                "this key stands in its mapping twice",
            )
            .at(second)
            .label(format!("it stands in line {line} too"))
            .help("join the two, or delete one"),
        );
    }
    let path = sources.file(root).path.as_str();
    options.progress.step(Step::Lower, path);
    let documents = Documents::new(&forest, sources);
    let version = version::of(documents.root(), diagnostics)?;
    let mut lowering = Lowering::new(documents, version, diagnostics);
    let api = lowering.api(choice);
    Some(api)
}

fn syntax_diagnostic(file: u16, error: &SyntaxError, sources: &Sources) -> Diagnostic {
    let (code, help): (&'static Code, &str) = match error.fault {
        Fault::Syntax => (
            &codes::read::RG0102,
            match sources.file(file).text.trim() {
                "" => "begin with `openapi: 3.1.0`",
                _ => "mend the syntax at this place or just before it; the rest was not looked at",
            },
        ),
        Fault::Depth => (
            &codes::read::RG0103,
            "no contract needs this depth: give inner schemas names and refer to them",
        ),
        Fault::Aliases => (
            &codes::read::RG0104,
            "use `$ref` rather than YAML aliases for what is shared this often",
        ),
    };
    let text = &sources.file(file).text;
    let start = text.floor_char_boundary(error.at.min(text.len()));
    let end = text[start..]
        .chars()
        .next()
        .map_or(start, |character| start + character.len_utf8());
    Diagnostic::new(code, Effect::Fatal, error.message.clone())
        .at(Span::new(file, start, end))
        .help(help)
        .or_conflict(text)
}

/// One document on its way into the model.
struct Lowering<'a> {
    documents: Documents<'a>,
    version: Version,
    diagnostics: &'a mut Diagnostics,
    /// Where references lead, by file and text; `None` for broken ones, which have been reported.
    resolved: HashMap<(u16, &'a str), Option<Node<'a>>>,
    /// Names of schemas that are reached through references.
    names: HashMap<NodeKey, String>,
    schemas: Schemas,
    /// Ids of schemas that were met, whether lowered or still in the queue.
    ids: HashMap<schemas::TaskKey, SchemaId>,
    queue: VecDeque<Task<'a>>,
    any: Option<SchemaId>,
    /// What schemas say beyond the shape of values.
    refinements: Refinements,
    /// Ids of what nodes say, whether lowered or still in the queue.
    refined: HashMap<(NodeKey, Scope, Way), RefinementId>,
    unrefined: VecDeque<(RefinementId, Node<'a>, Scope, Way)>,
    /// What is said of one value at several places.
    scopes: Scopes<'a>,
    /// Names that several `$dynamicAnchor`s have.
    dynamics: Dynamics<'a>,
    /// What they mean where something is lowered now.
    way: Way,
    /// What says nothing.
    anything: Option<RefinementId>,
    /// Security schemes by name, in order.
    schemes: IndexMap<String, crate::model::SecurityScheme>,
    /// Keywords that we don't check: how often, and where first.
    unchecked: IndexMap<&'static str, (HashSet<NodeKey>, Span)>,
    /// How many branches of unions were merged with what stands beside their union.
    merged_count: usize,
    /// Which schemas have heirs that a discriminator tells apart.
    inheritance: Inheritance<'a>,
    /// What heirs are known by: schema, property and value.
    known_by: heirs::KnownBy<'a>,
    /// Operations that nobody wants.
    unwanted: Unwanted,
    has_paths: bool,
    callbacks: Vec<Callback>,
    webhooks: Vec<Webhook>,
    /// The ids of all operations, once a link asks for them.
    operation_ids: Option<IndexSet<&'a str>>,
    /// What was looked for that is meant by names which aren't there.
    searches: slips::Searches,
    /// Callbacks that go by values of a body: where they are said, and their expressions.
    by_body: Vec<hooks::ByBody<'a>>,
}

impl<'a> Lowering<'a> {
    fn new(documents: Documents<'a>, version: Version, diagnostics: &'a mut Diagnostics) -> Self {
        let inheritance = Inheritance::of(&documents);
        let dynamics = Dynamics::of(&documents);
        Self {
            documents,
            version,
            diagnostics,
            resolved: HashMap::new(),
            names: HashMap::new(),
            schemas: Schemas::default(),
            ids: HashMap::new(),
            queue: VecDeque::new(),
            any: None,
            refinements: Refinements::default(),
            refined: HashMap::new(),
            unrefined: VecDeque::new(),
            scopes: Scopes::default(),
            dynamics,
            way: Way::default(),
            anything: None,
            schemes: IndexMap::new(),
            unchecked: IndexMap::new(),
            merged_count: 0,
            inheritance,
            known_by: heirs::KnownBy::default(),
            unwanted: Unwanted::default(),
            has_paths: false,
            callbacks: Vec::new(),
            webhooks: Vec::new(),
            operation_ids: None,
            searches: slips::Searches::default(),
            by_body: Vec::new(),
        }
    }

    fn api(&mut self, choice: &mut Choice<'_>) -> Api {
        let root = self.documents.root();
        let info = root.get("info");
        let text = |key: &str| {
            let node = info.and_then(|info| info.get(key));
            node.filter(|node| !node.is_collection())
                .map(|node| node.scalar_text().to_owned())
                .unwrap_or_default()
        };
        self.security_schemes(root);
        let Walk {
            mut operations,
            variants,
            ..
        } = self.operations(root, choice);
        self.lower_queue();
        self.refine_queue();
        self.settle_discriminators();
        self.merge_variants(&mut operations, &variants);
        self.infer_discriminators();
        self.check_defaults(&mut operations);
        self.check_bodies_of_callbacks(&operations);
        self.report_unchecked();
        self.report_beyond();
        grammar::check(self);
        // The bundle needs none of these, and is the largest value of all.
        self.ids = HashMap::new();
        self.resolved = HashMap::new();
        Api {
            title: text("title"),
            version: text("version"),
            description: text("description"),
            server_path: server::path(root),
            operations,
            has_paths: self.has_paths,
            left_out: choice.left_out(),
            callbacks: std::mem::take(&mut self.callbacks),
            webhooks: std::mem::take(&mut self.webhooks),
            schemas: std::mem::take(&mut self.schemas),
            refinements: std::mem::take(&mut self.refinements),
            security_schemes: std::mem::take(&mut self.schemes).into_values().collect(),
            document: bundle::document(&self.documents, &self.unwanted, &self.inheritance),
        }
    }

    /// Adds a diagnostic.
    fn report(
        &mut self,
        code: &'static Code,
        effect: Effect,
        message: String,
        span: Span,
        help: &str,
    ) {
        self.diagnostics
            .push(Diagnostic::new(code, effect, message).at(span).help(help));
    }

    /// Adds a warning that something isn't what OpenAPI has there and is passed over.
    fn malformed(&mut self, message: String, span: Span, help: &str) {
        self.report(
            &codes::openapi::RG0214,
            Effect::Degrades,
            message,
            span,
            help,
        );
    }

    /// Notes that a keyword isn't checked.
    fn note_unchecked(&mut self, keyword: &'static str, key: Node<'a>, value: Node<'a>) {
        let (places, _) = self
            .unchecked
            .entry(keyword)
            .or_insert_with(|| (HashSet::new(), key.span()));
        places.insert(value.key());
    }

    fn report_unchecked(&mut self) {
        for (keyword, (places, span)) in std::mem::take(&mut self.unchecked) {
            let message = match places.len() {
                1 => format!("`{keyword}` is not checked"),
                count => format!("`{keyword}` is not checked ({count} places, this is the first)"),
            };
            self.diagnostics.push(
                Diagnostic::new(&codes::openapi::RG0206, Effect::Warning, message)
                    .at(span)
                    .note("values that break this rule alone reach the handler")
                    .help("check it in the handler"),
            );
        }
    }
}

/// The texts for people of a node: `summary` or `title`, `description`, `deprecated`.
fn docs(node: Node<'_>) -> Docs {
    let text = |key: &str| node.str(key).map(|text| text.trim().to_owned());
    Docs {
        summary: text("summary")
            .or_else(|| text("title"))
            .unwrap_or_default(),
        description: text("description").unwrap_or_default(),
        deprecated: node.is_true("deprecated"),
    }
}

/// The texts of a reference's siblings, and where they say nothing those of its target.
fn docs_over(holder: Node<'_>, target: Node<'_>) -> Docs {
    let (over, under) = (docs(holder), docs(target));
    let first = |a: String, b: String| if a.is_empty() { b } else { a };
    Docs {
        summary: first(over.summary, under.summary),
        description: first(over.description, under.description),
        deprecated: over.deprecated || under.deprecated,
    }
}
