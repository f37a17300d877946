//! A schema on its way through a chain of calls.

use super::Lowering;
use crate::diagnostics::{Code, Diagnostic, Effect};
use crate::model::{
    Access, Check, Constraint, Docs, Field, Schema, SchemaId, Shape, Union, UnionKind, Value, Xml,
};
use crate::source::Span;

/// The smallest whole number that JavaScript counts with; `.int()` checks it.
const MIN_SAFE: &str = "-9007199254740991";
/// The largest.
const MAX_SAFE: &str = "9007199254740991";

/// What is known of a schema before it stands in the model: [`Schema`] has no place for what belongs to its use.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Where it stands in the model, if it does, and unchanged.
    pub id: Option<SchemaId>,
    /// What it says so far.
    pub schema: Schema,
    /// Whether it is a schema that is still being lowered: nothing of it is known but its id.
    pub pending: bool,
    /// Whether its key may be absent.
    pub optional: bool,
    /// What stands in for it when its key is absent.
    pub default: Option<Value>,
    /// In which direction it travels.
    pub access: Access,
    /// Docs said where a named schema is used.
    pub docs: Docs,
    /// How it is written as a parameter.
    pub hints: Option<Hints>,
    /// Whether checks still see what was sent.
    pub rewritten: Rewritten,
    /// What can't be said of it; reported once it is used.
    pub refused: Vec<Diagnostic>,
}

/// What became of a value before the next check sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rewritten {
    /// Nothing.
    No,
    /// It may have become shorter (`.trim()`): a least length that it has holds for what was sent too.
    Shorter,
    /// Anything: no check holds for what was sent.
    Anyhow,
}

/// What `.openapi({ param: … })` says.
#[derive(Debug, Clone, Default)]
pub(super) struct Hints {
    /// `style`.
    pub style: Option<String>,
    /// `explode`.
    pub explode: Option<bool>,
    /// `description` and `deprecated`.
    pub docs: Docs,
    /// Where.
    pub span: Span,
}

impl Draft {
    /// A schema of which nothing but its shape is known.
    pub fn new(span: Span, shape: Shape) -> Self {
        Self::of(Schema::inline(span, shape))
    }

    /// A schema that doesn't stand in the model yet.
    pub fn of(schema: Schema) -> Self {
        Self {
            id: None,
            schema,
            pending: false,
            optional: false,
            default: None,
            access: Access::Both,
            docs: Docs::default(),
            hints: None,
            rewritten: Rewritten::No,
            refused: Vec::new(),
        }
    }

    /// A schema that stands in the model.
    pub fn reference(id: SchemaId, schema: Schema) -> Self {
        Self {
            id: Some(id),
            ..Self::of(schema)
        }
    }

    /// Any value, since what was said can't be.
    pub fn refused(code: &'static Code, span: Span, message: String) -> Self {
        let mut draft = Self::new(span, Shape::Any);
        draft.refuse(code, span, message);
        draft
    }

    /// Notes what can't be said of it.
    pub fn refuse(&mut self, code: &'static Code, span: Span, message: String) {
        self.refused
            .push(super::diagnostic(code, Effect::Degrades, span, message));
    }

    /// The schema for changing: what is changed is no longer the one that has the name.
    pub fn edit(&mut self) -> &mut Schema {
        self.id = None;
        self.schema.name = None;
        &mut self.schema
    }

    /// The docs that belong to this use.
    pub fn docs_mut(&mut self) -> &mut Docs {
        match (self.id, &self.schema.name, self.pending) {
            (Some(_), Some(_), _) | (_, _, true) => &mut self.docs,
            (Some(_), None, false) => &mut self.edit().docs,
            (None, _, false) => &mut self.schema.docs,
        }
    }

    /// Takes `null` as well.
    pub fn make_nullable(&mut self) {
        let has_null =
            self.schema.nullable || matches!(self.schema.shape, Shape::Null | Shape::Any);
        if has_null && !self.pending {
            return;
        }
        match self.id {
            Some(id) if self.pending || self.schema.name.is_some() => {
                let union = Union {
                    kind: UnionKind::Any,
                    branches: vec![id],
                    discriminator: None,
                };
                self.schema = Schema::inline(self.schema.span, Shape::Union(union));
                self.id = None;
                self.pending = false;
                self.schema.nullable = true;
            }
            Some(_) | None => self.edit().nullable = true,
        }
    }

    /// Adds a check. What Zod checks of every whole number gives way to what the contract says.
    pub fn check(&mut self, constraint: Constraint, message: Option<String>, span: Span) {
        let safe = match &constraint {
            Constraint::Minimum { .. } => Some(Constraint::Minimum {
                value: MIN_SAFE.into(),
                exclusive: false,
            }),
            Constraint::Maximum { .. } => Some(Constraint::Maximum {
                value: MAX_SAFE.into(),
                exclusive: false,
            }),
            Constraint::MinLength(_)
            | Constraint::MaxLength(_)
            | Constraint::Pattern(_)
            | Constraint::Format(_)
            | Constraint::MultipleOf(_)
            | Constraint::MinItems(_)
            | Constraint::MaxItems(_)
            | Constraint::UniqueItems
            | Constraint::MinProperties(_)
            | Constraint::MaxProperties(_) => None,
        };
        let checks = &mut self.edit().checks;
        checks.retain(|known| safe.as_ref() != Some(&known.constraint));
        checks.push(Check {
            constraint,
            message,
            span,
        });
    }

    /// Adds the bounds within which JavaScript counts exactly, where the contract gives none of its own.
    pub fn check_safe_integer(&mut self, message: Option<String>, span: Span) {
        let bounded = |test: fn(&Constraint) -> bool| {
            self.schema
                .checks
                .iter()
                .any(|check| test(&check.constraint))
        };
        let below = bounded(|constraint| matches!(constraint, Constraint::Minimum { .. }));
        let above = bounded(|constraint| matches!(constraint, Constraint::Maximum { .. }));
        if !below {
            self.check(
                Constraint::Minimum {
                    value: MIN_SAFE.into(),
                    exclusive: false,
                },
                message.clone(),
                span,
            );
        }
        if !above {
            self.check(
                Constraint::Maximum {
                    value: MAX_SAFE.into(),
                    exclusive: false,
                },
                message,
                span,
            );
        }
    }

    /// The same, with these words for a value that isn't of its shape.
    pub fn saying(mut self, message: Option<String>) -> Self {
        if message.is_some() {
            self.edit().messages.shape = message;
        }
        self
    }
}

impl Lowering<'_> {
    /// Puts a draft into the model and reports what can't be said of it.
    pub fn commit(&mut self, draft: Draft) -> SchemaId {
        self.report(draft.refused);
        if let Some(id) = draft.id {
            return id;
        }
        let mut schema = draft.schema;
        if let Some(name) = schema.name.take() {
            if let Some(id) = self.same_schema(&name, &schema) {
                return id;
            }
            schema.name = Some(self.claim(&name, schema.span));
        }
        self.schemas.add(schema)
    }

    /// Reports what can't be said of a draft.
    pub fn report(&mut self, refused: Vec<Diagnostic>) {
        refused
            .into_iter()
            .for_each(|diagnostic| self.diagnostics.push(diagnostic));
    }

    /// A schema of this name from the same place that says the same: a function was called twice.
    fn same_schema(&self, name: &str, schema: &Schema) -> Option<SchemaId> {
        let same = |known: &Schema| {
            known.name.as_deref() == Some(name)
                && known.span == schema.span
                && known.shape == schema.shape
        };
        self.schemas
            .iter()
            .find(|(_, known)| same(known))
            .map(|(id, _)| id)
    }

    /// A field of an object.
    pub fn field(&mut self, name: String, span: Span, mut draft: Draft) -> Field {
        if let Some(hints) = draft.hints.take() {
            self.hints.insert(span, hints);
        }
        Field {
            name,
            span,
            required: !draft.optional && draft.default.is_none(),
            default: draft.default.take(),
            access: draft.access,
            docs: std::mem::take(&mut draft.docs),
            xml: Xml::default(),
            schema: self.commit(draft),
        }
    }

    /// The draft that a field was made of.
    pub fn draft_of(&self, field: &Field) -> Draft {
        Draft {
            optional: !field.required && field.default.is_none(),
            default: field.default.clone(),
            access: field.access,
            docs: field.docs.clone(),
            hints: self.hints.get(&field.span).cloned(),
            pending: self.pending.contains(&field.schema),
            ..Draft::reference(field.schema, self.schemas.get(field.schema).clone())
        }
    }
}
