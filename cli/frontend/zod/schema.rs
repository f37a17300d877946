//! Lowers an expression that stands for a schema.

use super::Lowering;
use super::draft::Draft;
use super::syntax::{Expression, Kind};
use crate::diagnostics::codes::zod::{RG0303, RG0304, RG0305, RG0306, RG0310};
use crate::model::{Shape, Value};
use crate::source::Span;

/// How deep schemas may nest before a function that calls itself is suspected.
const MAX_DEPTH: usize = 1_000;

impl Lowering<'_> {
    /// The schema that an expression stands for; any value when that can't be said.
    pub fn schema(&mut self, expression: &Expression) -> Draft {
        if self.depth >= MAX_DEPTH {
            let message = "schemas nest too deep here; does a function call itself?";
            return Draft::refused(&RG0304, expression.span, message.to_owned());
        }
        self.depth += 1;
        let draft = self.schema_within(expression);
        self.depth -= 1;
        draft
    }

    fn schema_within(&mut self, expression: &Expression) -> Draft {
        match &*expression.kind {
            Kind::Identifier(name) => self.named(name, expression.span),
            Kind::Call { callee, arguments, at } => self.call(expression, callee, arguments, *at),
            Kind::Member { object, property, at } => self.member(expression, object, property, *at),
            Kind::New { .. }
            | Kind::Index { .. }
            | Kind::Object(_)
            | Kind::Array(_)
            | Kind::Spread(_)
            | Kind::String(_)
            | Kind::Template { .. }
            | Kind::Number(_)
            | Kind::Boolean(_)
            | Kind::Null
            | Kind::Function { .. }
            | Kind::Regex { .. }
            | Kind::Negate(_)
            | Kind::Binary { .. }
            | Kind::Other(_) => self.resolved(expression),
        }
    }

    fn named(&mut self, name: &str, span: Span) -> Draft {
        if self.module.constants.contains_key(name) {
            return self.constant(name);
        }
        match self.module.imports.get(name) {
            Some(import) => {
                let message = format!("`{name}` comes from `{}`, which is not read", import.module);
                Draft::refused(&RG0303, span, message)
            }
            None => Draft::refused(&RG0305, span, format!("`{name}` is not declared here")),
        }
    }

    /// A schema behind constants other than names; what it is then is lowered, if it is anything else.
    fn resolved(&mut self, expression: &Expression) -> Draft {
        let resolved = self.module.resolve(expression);
        match &*resolved.kind {
            Kind::Call { .. } | Kind::Identifier(_) if resolved.span != expression.span => {
                self.schema(&resolved)
            }
            _ => {
                let what = resolved.describe();
                Draft::refused(&RG0304, expression.span, format!("a schema can't be read from {what}"))
            }
        }
    }

    fn call(&mut self, whole: &Expression, callee: &Expression, arguments: &[Expression], at: Span) -> Draft {
        if let Some(path) = self.zod_path(callee) {
            let path = path.iter().map(String::as_str).collect::<Vec<_>>();
            return self.factory(&path, arguments, whole.span, at);
        }
        match &*callee.kind {
            Kind::Member { object, property, .. } => {
                let draft = self.schema(object);
                self.method(draft, property, arguments, at)
            }
            Kind::Identifier(name) => match self.module.inline(callee, arguments) {
                Some(body) => self.schema(&body),
                None if self.module.constants.contains_key(name) => {
                    let message =
                        format!("`{name}` does more than return an expression, so its result is unknown");
                    Draft::refused(&RG0304, whole.span, message)
                }
                None => self.named(name, callee.span),
            },
            _ => Draft::refused(
                &RG0304,
                whole.span,
                format!("a call of {} would have to be run", callee.describe()),
            ),
        }
    }

    /// `X.shape.title`, `X.element`, `schemas.Book`.
    fn member(&mut self, whole: &Expression, object: &Expression, property: &str, at: Span) -> Draft {
        if let Kind::Member { object: owner, property: shape, .. } = &*object.kind
            && shape == "shape"
        {
            let owner = self.schema(owner);
            return self.shape_field(&owner, property, at);
        }
        let resolved = self.module.resolve(whole);
        if resolved.span != whole.span {
            return self.schema(&resolved);
        }
        if property == "element" {
            let owner = self.schema(object);
            return self.element(owner, at);
        }
        if let Kind::Identifier(name) = &*object.kind
            && !self.module.constants.contains_key(name)
        {
            return self.named(name, object.span);
        }
        Draft::refused(&RG0306, at, format!("`.{property}` is not a schema that can be read"))
    }

    fn shape_field(&mut self, owner: &Draft, name: &str, at: Span) -> Draft {
        if let Shape::Object(object) = &owner.schema.shape
            && let Some(field) = object.fields.iter().find(|field| field.name == name)
        {
            return self.draft_of(field);
        }
        Draft::refused(&RG0310, at, format!("there is no field `{name}` here"))
    }

    /// What an array holds.
    pub fn element(&mut self, owner: Draft, at: Span) -> Draft {
        match owner.schema.shape {
            Shape::Array { items } => Draft {
                pending: self.pending.contains(&items),
                ..Draft::reference(items, self.schemas.get(items).clone())
            },
            Shape::Any
            | Shape::Never
            | Shape::Null
            | Shape::Boolean
            | Shape::Integer(_)
            | Shape::Number
            | Shape::String(_)
            | Shape::Enum { .. }
            | Shape::Tuple { .. }
            | Shape::Object(_)
            | Shape::Union(_) => Draft::refused(&RG0310, at, "only arrays have an element".to_owned()),
        }
    }

    /// `["coerce", "number"]` of `z.coerce.number`, when `z` is Zod.
    fn zod_path(&self, callee: &Expression) -> Option<Vec<String>> {
        match &*callee.kind {
            Kind::Identifier(name) => {
                let import = self.module.imports.get(name)?;
                let zod = is_zod(&import.module) && !self.module.constants.contains_key(name);
                match import.name.as_str() {
                    "z" | "default" | "*" if zod => Some(Vec::new()),
                    _ => None,
                }
            }
            Kind::Member { object, property, .. } => {
                let mut path = self.zod_path(object)?;
                path.push(property.clone());
                // `import * as zod from "zod"` has `zod.z` as well.
                if path.len() == 1 && property == "z" {
                    path.clear();
                }
                Some(path)
            }
            _ => None,
        }
    }

    /// Whether a constant looks like a schema, by what its chain of calls begins with.
    pub fn is_schema(&self, expression: &Expression) -> bool {
        match &*expression.kind {
            Kind::Call { callee, .. } => {
                self.zod_path(callee).is_some()
                    || match &*callee.kind {
                        Kind::Member { object, .. } => self.is_schema(object),
                        Kind::Identifier(_) => {
                            let resolved = self.module.resolve(expression);
                            resolved.span != expression.span && self.is_schema(&resolved)
                        }
                        _ => false,
                    }
            }
            Kind::Member { object, .. } => self.is_schema(object),
            Kind::Identifier(name) => self.module.constants.get(name).is_some_and(|constant| {
                let resolved = self.module.resolve(&constant.value);
                matches!(&*resolved.kind, Kind::Call { .. }) && self.is_schema(&resolved)
            }),
            _ => false,
        }
    }

    /// The value of a constant argument; reported when it has none.
    pub fn constant_value(&mut self, expression: &Expression, what: &str) -> Option<Value> {
        let value = self.module.value(expression);
        if value.is_none() {
            let message = format!("{what} is {}, which would have to be run", expression.describe());
            self.degrade(&RG0304, expression.span, message);
        }
        value
    }
}

/// Whether a module is Zod.
fn is_zod(module: &str) -> bool {
    module == "zod" || module == "@hono/zod-openapi" || module == "zod/v4" || module == "zod/v3"
}
