//! One schema for what is received as either of two: of objects that values can't tell apart, one with the fields of both.
//!
//! Of a union the first branch that fits is taken, which drops what it doesn't know. An object without a property that only it
//! has would take what is meant for the next. What is received is a request, in which no `readOnly` field travels.

use std::collections::HashMap;

use super::alike::{Either, alike, checks, says};
use crate::model::{Access, Field, Object, Schema, SchemaId, Shape, Unknown};

/// How many objects are made; what is left is not typed.
const MAX_JOINED: usize = 1_000;

/// How many objects are made inside of each other.
const MAX_DEPTH: usize = 128;

impl Either<'_> {
    /// The schema of what is received as either. Where one would take what is meant for the other and can't be one with it, it
    /// is any value, and the place is among those that are lost.
    pub(super) fn received(&mut self, a: SchemaId, b: SchemaId) -> SchemaId {
        let mut branches = self.branches(a);
        let has = |branch: &SchemaId| alike(self.schemas, *branch, b);
        if self.takes_all(a) || branches.iter().any(has) {
            return a;
        }
        if self.takes_all(b) {
            return b;
        }
        let (mut one, mut place, mut at) = (b, branches.len(), 0);
        while let Some(known) = branches.get(at).copied() {
            match self.joined(known, one) {
                // It may take now what it didn't take before.
                Some(joined) => {
                    branches.remove(at);
                    (one, place, at) = (joined, place.min(at), 0);
                }
                None => at += 1,
            }
        }
        let place = place.min(branches.len());
        let (before, behind) = branches.split_at(place);
        if before.iter().any(|known| self.would_take(*known, one))
            || behind.iter().any(|known| self.would_take(one, *known))
        {
            let span = self.schemas.get(b).span;
            self.lost.push(span);
            return self.anything(span);
        }
        branches.insert(place, one);
        self.union(a, branches)
    }

    /// The one that two become which values can't tell apart; none if they can, or if they can't be one.
    fn joined(&mut self, a: SchemaId, b: SchemaId) -> Option<SchemaId> {
        if let Some(id) = self.joined.get(&(a, b)) {
            return Some(*id);
        }
        self.clash(a, b).then(|| self.join(a, b)).flatten()
    }

    /// The object or list of what is received as either; none if they can't be one.
    pub(super) fn join(&mut self, a: SchemaId, b: SchemaId) -> Option<SchemaId> {
        if let Some(id) = self.joined.get(&(a, b)) {
            return Some(*id);
        }
        let (first, other) = (self.schemas.get(a), self.schemas.get(b));
        let size = match (&first.shape, &other.shape) {
            (Shape::Object(a), Shape::Object(b)) => a.fields.len() + b.fields.len(),
            (Shape::Array { .. }, Shape::Array { .. }) => 1,
            _ => return None,
        };
        if self.joined.len() >= MAX_JOINED || self.depth == MAX_DEPTH || !self.looks.take(size) {
            return None;
        }
        let (first, mut other) = (first.clone(), other.clone());
        let nullable = first.nullable || other.nullable;
        other.nullable = first.nullable;
        if says(&first) != says(&other) || !checks(&first).eq(checks(&other)) {
            return None;
        }
        // What recurs refers to it before it is known.
        let id = self.schemas.add(Schema::inline(first.span, Shape::Any));
        self.joined.insert((a, b), id);
        self.depth += 1;
        let shape = match (first.shape, other.shape) {
            (Shape::Object(a), Shape::Object(b)) => Shape::Object(self.objects(a, b)),
            (Shape::Array { items: a }, Shape::Array { items: b }) => Shape::Array {
                items: self.received(a, b),
            },
            (shape, _) => shape,
        };
        self.depth -= 1;
        let schema = Schema {
            name: None,
            nullable,
            shape,
            ..first
        };
        self.schemas.set(id, schema);
        Some(id)
    }

    fn objects(&mut self, a: Object, b: Object) -> Object {
        let places = b.fields.iter().enumerate();
        let places: HashMap<String, usize> = places.map(|(at, of)| (of.name.clone(), at)).collect();
        let mut others: Vec<Option<Field>> = b.fields.into_iter().map(Some).collect();
        let mut fields: Vec<Field> = Vec::with_capacity(a.fields.len());
        for field in a.fields {
            let at = places.get(&field.name);
            let field = match at.and_then(|at| others[*at].take()) {
                Some(other) => self.field_of_both(field, other),
                None => self.field_of_one(field, b.unknown),
            };
            fields.push(field);
        }
        for field in others.into_iter().flatten() {
            fields.push(self.field_of_one(field, a.unknown));
        }
        let unknown =
            match (a.unknown, b.unknown) {
                (Unknown::Keep(a), Unknown::Keep(b)) => Unknown::Keep(self.received(a, b)),
                (Unknown::Keep(schema), Unknown::Reject)
                | (Unknown::Reject, Unknown::Keep(schema)) => Unknown::Keep(schema),
                // What one drops may be anything.
                (Unknown::Keep(schema), Unknown::Drop) | (Unknown::Drop, Unknown::Keep(schema)) => {
                    Unknown::Keep(self.anything(self.schemas.get(schema).span))
                }
                (Unknown::Drop, Unknown::Drop | Unknown::Reject)
                | (Unknown::Reject, Unknown::Drop) => Unknown::Drop,
                (Unknown::Reject, Unknown::Reject) => Unknown::Reject,
            };
        Object { fields, unknown }
    }

    /// A field that both objects have. It is required if it is in each request of either.
    fn field_of_both(&mut self, field: Field, other: Field) -> Field {
        let is_same = field.default == other.default && field.access == other.access;
        let required = match is_same {
            true => field.required && other.required,
            false => is_needed(&field) && is_needed(&other),
        };
        Field {
            schema: self.received(field.schema, other.schema),
            required,
            access: match field.access == other.access {
                true => field.access,
                false => Access::Both,
            },
            default: field
                .default
                .filter(|value| other.default.as_ref() == Some(value)),
            ..field
        }
    }

    /// A field that one object has, to the other it is a key like any.
    fn field_of_one(&mut self, field: Field, unknown: Unknown) -> Field {
        let schema = match unknown {
            Unknown::Keep(other) => self.received(field.schema, other),
            Unknown::Drop | Unknown::Reject => field.schema,
        };
        Field {
            schema,
            required: false,
            ..field
        }
    }
}

/// Whether a field is in each request that is right.
pub(super) fn is_needed(field: &Field) -> bool {
    field.required && field.default.is_none() && travels(field)
}

/// Whether a field is in requests at all.
pub(super) fn travels(field: &Field) -> bool {
    field.access != Access::ReadOnly
}
