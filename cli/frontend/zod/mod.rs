//! Contracts in Zod 4 with `createRoute` of `@hono/zod-openapi`: one TypeScript file, read and never run.
//!
//! `parse` and `convert` make a small tree of it (`syntax`) and alone know the parser; `constant` works out what is
//! constant in that; `schema` and its neighbours lower schemas, `routes` and its neighbours everything around them.
//! What can't be said without running JavaScript is a diagnostic that names it.

mod checks;
mod constant;
mod convert;
mod draft;
mod factories;
mod formats;
mod info;
mod messages;
mod metadata;
mod methods;
mod objects;
mod parameters;
mod parse;
mod routes;
mod schema;
mod security;
mod syntax;

use std::collections::{HashMap, HashSet};

use self::draft::{Draft, Hints};
use self::syntax::{Expression, Module};
use crate::diagnostics::codes::zod::{RG0302, RG0314};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Effect};
use crate::frontend::document;
use crate::frontend::selection::{Candidate, Choice, Selection};
use crate::model::{Api, Schema, SchemaId, Schemas, SecurityScheme, Shape};
use crate::source::{Sources, Span};

/// The stack on which a contract is read: chains of calls and types may be long.
const STACK_BYTES: usize = 256 << 20;

/// Lowers the contract in this file; `None` when it is none, which is then reported.
pub fn lower(file: u16, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Api> {
    let selection = Selection::default();
    lower_chosen(file, sources, &mut Choice::new(&selection), diagnostics)
}

/// As [`lower`], of the operations that are wanted.
pub(super) fn lower_chosen(
    file: u16,
    sources: &Sources,
    choice: &mut Choice<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Api> {
    on_large_stack(|| {
        let module = parse::parse(file, sources.file(file), diagnostics)?;
        let mut lowering = Lowering::new(&module, diagnostics);
        let mut api = lowering.api(sources.file(file).path.file_stem().unwrap_or("api"));
        if api.operations.is_empty() && !diagnostics.any(Effect::Degrades) {
            let message = "no route is declared: there is no call of `createRoute`";
            diagnostics.push(
                Diagnostic::new(&RG0302, Effect::Fatal, message)
                    .at(Span::new(file, 0, 0))
                    .help("declare routes with `createRoute` of `@hono/zod-openapi`"),
            );
            return None;
        }
        api.operations.retain(|operation| {
            let tags: Vec<&str> = operation.tags.iter().map(String::as_str).collect();
            choice.takes(Candidate {
                method: operation.method,
                path: &operation.url.to_string(),
                id: operation.operation_id.as_deref(),
                tags: &tags,
            })
        });
        api.left_out = choice.left_out();
        api.document = document::document(&api);
        Some(api)
    })
}

/// Lowers every schema that the file exports, whether a route uses it or not, with the names of the `const`s.
pub fn lower_exported_schemas(
    file: u16,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<(Schemas, Vec<(String, SchemaId)>)> {
    on_large_stack(|| {
        let module = parse::parse(file, sources.file(file), diagnostics)?;
        let mut lowering = Lowering::new(&module, diagnostics);
        let exported = module
            .constants
            .iter()
            .filter(|(_, constant)| constant.exported);
        let ids = exported
            .filter(|(_, constant)| lowering.is_schema(&constant.value))
            .map(|(name, _)| name.clone())
            .collect::<Vec<_>>();
        let ids = ids.into_iter().map(|name| {
            let draft = lowering.constant(&name);
            (name, lowering.commit(draft))
        });
        let ids = ids.collect();
        Some((lowering.schemas, ids))
    })
}

fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, work);
        match thread.expect("a thread can be started").join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// The lowering of one file.
struct Lowering<'a> {
    module: &'a Module,
    diagnostics: &'a mut Diagnostics,
    schemas: Schemas,
    constants: HashMap<String, State>,
    pending: HashSet<SchemaId>,
    names: HashSet<String>,
    hints: HashMap<Span, Hints>,
    security_schemes: Vec<SecurityScheme>,
    default_security: Option<Expression>,
    depth: usize,
}

/// How far the lowering of a `const` has come.
enum State {
    /// It is being lowered; the id is there once something inside refers to it.
    Active(Option<SchemaId>),
    /// It is known.
    Done(Box<Draft>),
}

impl<'a> Lowering<'a> {
    fn new(module: &'a Module, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            module,
            diagnostics,
            schemas: Schemas::default(),
            constants: HashMap::new(),
            pending: HashSet::new(),
            names: HashSet::new(),
            hints: HashMap::new(),
            security_schemes: Vec::new(),
            default_security: None,
            depth: 0,
        }
    }

    fn api(&mut self, stem: &str) -> Api {
        let info = self.info(stem);
        self.security_schemes();
        let security = self
            .default_security
            .take()
            .map(|said| self.requirements(&said))
            .unwrap_or_default();
        let operations = self.operations(&security);
        Api {
            title: info.title,
            version: info.version,
            description: info.description,
            server_path: info.server_path,
            operations,
            has_paths: true,
            left_out: Vec::new(),
            callbacks: Vec::new(),
            webhooks: Vec::new(),
            schemas: std::mem::take(&mut self.schemas),
            refinements: Default::default(),
            security_schemes: std::mem::take(&mut self.security_schemes),
            document: Default::default(),
        }
    }

    /// Reports what degrades an operation.
    fn degrade(&mut self, code: &'static Code, span: Span, message: impl Into<String>) {
        self.diagnostics
            .push(diagnostic(code, Effect::Degrades, span, message));
    }

    /// Reports what a person must decide.
    fn decide(&mut self, code: &'static Code, span: Span, message: impl Into<String>) {
        self.diagnostics
            .push(diagnostic(code, Effect::Decide, span, message));
    }

    /// Reports what changes nothing.
    fn warn(&mut self, code: &'static Code, span: Span, message: impl Into<String>) {
        self.diagnostics
            .push(diagnostic(code, Effect::Warning, span, message));
    }

    /// The schema of a `const`, lowered once.
    fn constant(&mut self, name: &str) -> Draft {
        let module = self.module;
        let value = &module.constants[name].value;
        match self.constants.get_mut(name) {
            Some(State::Done(draft)) => return (**draft).clone(),
            Some(State::Active(reserved)) => {
                let id = *reserved.get_or_insert_with(|| {
                    self.schemas.add(Schema::inline(value.span, Shape::Any))
                });
                self.pending.insert(id);
                let schema = self.schemas.get(id).clone();
                return Draft {
                    pending: true,
                    ..Draft::reference(id, schema)
                };
            }
            None => {}
        }
        self.constants.insert(name.to_owned(), State::Active(None));
        let draft = self.schema(value);
        let reserved = match self.constants.remove(name) {
            Some(State::Active(reserved)) => reserved,
            Some(State::Done(_)) | None => None,
        };
        let draft = self.settle(name, draft, reserved);
        self.constants
            .insert(name.to_owned(), State::Done(Box::new(draft.clone())));
        draft
    }

    /// Gives a `const`'s schema its name and its place.
    fn settle(&mut self, name: &str, mut draft: Draft, reserved: Option<SchemaId>) -> Draft {
        if draft.id.is_none()
            && draft.schema.name.is_none()
            && (reserved.is_some() || deserves_name(&draft.schema))
        {
            draft.schema.name = Some(self.constant_schema_name(name));
        }
        match reserved {
            Some(id) => {
                let mut schema = draft.schema.clone();
                if let (None, Some(name)) = (draft.id, schema.name.take()) {
                    schema.name = Some(self.claim(&name, schema.span));
                }
                self.schemas.set(id, schema.clone());
                self.pending.remove(&id);
                draft.schema = schema;
                draft.id = Some(id);
                draft.pending = false;
            }
            None if draft.schema.name.is_some() => {
                let optional = Draft {
                    refused: Vec::new(),
                    ..draft.clone()
                };
                let id = self.commit(draft);
                let schema = if optional.pending {
                    optional.schema
                } else {
                    self.schemas.get(id).clone()
                };
                draft = Draft {
                    id: Some(id),
                    schema,
                    ..optional
                };
            }
            None => {}
        }
        draft
    }

    /// `BookSchema` is the schema `Book`, unless that is another `const`.
    fn constant_schema_name(&self, name: &str) -> String {
        match name.strip_suffix("Schema") {
            Some(short) if !short.is_empty() && !self.module.constants.contains_key(short) => {
                short.to_owned()
            }
            Some(_) | None => name.to_owned(),
        }
    }

    /// A name that no other schema has.
    fn claim(&mut self, name: &str, span: Span) -> String {
        if self.names.insert(name.to_owned()) {
            return name.to_owned();
        }
        let free = (2_u32..)
            .map(|number| format!("{name}{number}"))
            .find(|free| !self.names.contains(free));
        let free = free.expect("numbers don't run out");
        self.warn(
            &RG0314,
            span,
            format!("another schema is named `{name}`; this one becomes `{free}`"),
        );
        self.names.insert(free.clone());
        free
    }
}

/// A diagnostic with the way out that its code has.
fn diagnostic(
    code: &'static Code,
    effect: Effect,
    span: Span,
    message: impl Into<String>,
) -> Diagnostic {
    let help = match code.number {
        "RG0303" => "move the declaration into this file",
        "RG0304" => "write the value that it has in the end",
        "RG0305" => "declare it with `const`",
        "RG0306" => "say it with a function of Zod's that is known, or check it in the handler",
        "RG0307" => "say what may be sent, and rewrite it in the handler",
        "RG0308" => "check it in the handler, or say it with a check of Zod's",
        "RG0309" => "say what is sent: `z.iso.datetime()`, `z.array()`, `z.record()`, `z.file()`",
        "RG0311" => "use `z.string()` or an enum as the key",
        "RG0312" => {
            "write a message that is a string: `.min(3, 'too short')`, `z.string({ error: '…' })`"
        }
        "RG0313" => "write one object with `.extend()`",
        "RG0314" => "give one of them another name",
        "RG0315" => "write `method: 'get'` and `path: '/books/{bookId}'`",
        "RG0316" => "give `path` and `request.params` the same names",
        "RG0317" => "give every branch a `z.literal()` there",
        "RG0318" => "declare it with `registerComponent('securitySchemes', …)`",
        "RG0319" => "write the pattern without flags",
        "RG0320" => "give one of them another path or method",
        "RG0321" => "give one of them another id",
        "RG0322" => "write whole paths in `createRoute`, and one `basePath` for all",
        _ => "see what is expected there, and write that",
    };
    Diagnostic::new(code, effect, message).at(span).help(help)
}

/// Whether a schema is something a reader would call by the name of its `const`: a string with a length is not.
fn deserves_name(schema: &Schema) -> bool {
    match &schema.shape {
        Shape::Enum { values, .. } => values.len() > 1,
        Shape::Object(object) => !object.fields.is_empty(),
        Shape::Tuple { .. } | Shape::Union(_) => true,
        Shape::Any
        | Shape::Never
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number
        | Shape::String(_)
        | Shape::Array { .. } => false,
    }
}
