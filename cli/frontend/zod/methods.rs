//! Methods of schemas: `.optional()`, `.default(1)`, `.min(3)` and what else may follow.

use super::Lowering;
use super::draft::{Draft, Rewritten};
use super::syntax::{Expression, Kind};
use crate::diagnostics::codes::zod::{RG0304, RG0306, RG0307, RG0308, RG0310};
use crate::model::{Shape, UnionKind, Value};
use crate::source::Span;

impl Lowering<'_> {
    /// What `draft.name(arguments)` makes.
    pub fn method(&mut self, draft: Draft, name: &str, arguments: &[Expression], at: Span) -> Draft {
        if is_unknowable(&draft) && !is_wrapper(name) {
            return draft;
        }
        let draft = match self.wrapper(draft, name, arguments, at) {
            Ok(draft) => return draft,
            Err(draft) => *draft,
        };
        if draft.pending {
            let message =
                format!("`.{name}()` needs a schema that is complete, and this one refers to itself");
            return Draft::refused(&RG0306, at, message);
        }
        let draft = match self.object_method(draft, name, arguments, at) {
            Ok(draft) => return draft,
            Err(draft) => *draft,
        };
        let draft = match self.check_method(draft, name, arguments, at) {
            Ok(draft) => return draft,
            Err(draft) => *draft,
        };
        self.other_method(draft, name, arguments, at)
    }

    /// Methods that every schema has and that leave its shape alone.
    fn wrapper(
        &mut self,
        mut draft: Draft,
        name: &str,
        arguments: &[Expression],
        at: Span,
    ) -> Result<Draft, Box<Draft>> {
        match name {
            "optional" | "exactOptional" => draft.optional = true,
            "nullable" => draft.make_nullable(),
            "nullish" => {
                draft.optional = true;
                draft.make_nullable();
            }
            "nonoptional" => draft.optional = false,
            "default" | "prefault" => self.default(&mut draft, arguments, at),
            "describe" => match arguments.first().and_then(|text| self.module.string(text)) {
                Some(text) => draft.docs_mut().description = text,
                None => draft.refuse(&RG0304, at, "this description would have to be run".to_owned()),
            },
            "meta" | "openapi" => self.metadata(&mut draft, arguments, at),
            "brand" | "readonly" | "clone" | "register" => {}
            "array" => return Ok(self.array_of(draft, at)),
            "or" => {
                let Some(other) = arguments.first() else { return Err(Box::new(draft)) };
                let other = self.schema(other);
                return Ok(self.union_of(vec![draft, other], UnionKind::Any, at));
            }
            "refine" | "superRefine" => {
                draft.refuse(&RG0308, at, format!("what `.{name}()` demands is not checked"));
            }
            "transform" | "pipe" | "overwrite" | "trim" | "toLowerCase" | "toUpperCase" | "normalize"
            | "slugify" => {
                draft.rewritten = match (name, draft.rewritten) {
                    ("trim", Rewritten::No | Rewritten::Shorter) => Rewritten::Shorter,
                    _ => Rewritten::Anyhow,
                };
                draft.refuse(&RG0307, at, format!("`.{name}()` is not done; the handler gets what was sent"));
            }
            "catch" => return Ok(caught(at)),
            "check" | "with" => return Ok(self.check_functions(draft, arguments)),
            _ => return Err(Box::new(draft)),
        }
        Ok(draft)
    }

    /// `.check(z.minLength(1), z.regex(/…/))`: each is the method of its name.
    fn check_functions(&mut self, mut draft: Draft, arguments: &[Expression]) -> Draft {
        for argument in arguments {
            let call = match &*argument.kind {
                Kind::Call { callee, arguments, at } => match &*callee.kind {
                    Kind::Member { property, .. } => Some((property.clone(), arguments.clone(), *at)),
                    _ => None,
                },
                _ => None,
            };
            match call {
                Some((name, arguments, at)) => draft = self.method(draft, &name, &arguments, at),
                None => draft.refuse(&RG0308, argument.span, "this check is not made".to_owned()),
            }
        }
        draft
    }

    fn default(&mut self, draft: &mut Draft, arguments: &[Expression], at: Span) {
        let value = arguments.first().and_then(|value| {
            let resolved = self.module.resolve(value);
            match &*resolved.kind {
                Kind::Function { body: Some(body), .. } => self.module.value(body),
                _ => self.module.value(value),
            }
        });
        if value.is_none() {
            draft.refuse(&RG0304, at, "this default would have to be run; the key may be absent".to_owned());
            draft.optional = true;
        }
        draft.default = value;
    }

    /// What is left: enums, tuples and arrays taken apart, and what we don't know.
    fn other_method(&mut self, mut draft: Draft, name: &str, arguments: &[Expression], at: Span) -> Draft {
        match (name, draft.schema.shape.clone()) {
            ("exclude" | "extract", Shape::Enum { values, .. }) => {
                let Some(Value::Array(chosen)) =
                    arguments.first().and_then(|chosen| self.constant_value(chosen, "this choice of values"))
                else {
                    return draft;
                };
                let keep = name == "extract";
                let values =
                    values.into_iter().filter(|value| chosen.contains(value) == keep).collect::<Vec<_>>();
                if values.is_empty() {
                    return Draft::refused(&RG0310, at, "no value is left".to_owned());
                }
                draft.edit().shape = Shape::Enum { values, names: Vec::new() };
            }
            ("unwrap", Shape::Array { .. }) => return self.element(draft, at),
            ("unwrap" | "innerType" | "removeDefault", _) => {
                draft.optional = false;
                draft.default = None;
            }
            ("rest", Shape::Tuple { prefix, required, .. }) => {
                let Some(rest) = arguments.first() else { return draft };
                let rest = self.schema(rest);
                let rest = Some(self.commit(rest));
                draft.edit().shape = Shape::Tuple { prefix, rest, required };
            }
            ("partial", Shape::Tuple { prefix, rest, .. }) => {
                draft.edit().shape = Shape::Tuple { prefix, rest, required: 0 };
            }
            ("and", _) => {
                let Some(other) = arguments.first() else { return draft };
                let other = self.schema(other);
                return self.intersection(draft, other, at);
            }
            _ => draft.refuse(&RG0306, at, format!("`.{name}()` is unknown for this schema")),
        }
        draft
    }
}

/// What may be sent when a value that is wrong is replaced: anything, or nothing.
pub(super) fn caught(at: Span) -> Draft {
    let mut draft = Draft::refused(&RG0307, at, "with `.catch()` anything may be sent".to_owned());
    draft.optional = true;
    draft
}

/// Whether nothing is known of a schema but why: a second complaint would say nothing new.
fn is_unknowable(draft: &Draft) -> bool {
    !draft.refused.is_empty() && matches!(draft.schema.shape, Shape::Any)
}

/// Whether a method means something for a schema of which nothing else is known.
fn is_wrapper(name: &str) -> bool {
    matches!(
        name,
        "optional"
            | "exactOptional"
            | "nullable"
            | "nullish"
            | "nonoptional"
            | "default"
            | "prefault"
            | "describe"
    ) || matches!(name, "meta" | "openapi" | "array" | "or")
}
