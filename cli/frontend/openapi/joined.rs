//! One schema for what is received as either of two: of objects that values can't tell apart, one with the fields of both.
//!
//! Of a union the first branch that fits is taken, which drops what it doesn't know. An object without a property that only it
//! has would take what is meant for the next.

use super::alike::{Either, alike, checks, says};
use crate::model::{Access, Field, Object, Schema, SchemaId, Schemas, Shape, Unknown};

/// How many objects are made; what is left is a union.
const MAX_JOINED: usize = 1_000;

impl Either<'_> {
    /// The schema of what is received as either.
    pub(super) fn received(&mut self, a: SchemaId, b: SchemaId) -> SchemaId {
        let mut branches = self.branches(a);
        for branch in &mut branches {
            if alike(self.schemas, *branch, b) {
                return a;
            }
            if would_take(self.schemas, *branch, b)
                && let Some(joined) = self.join(*branch, b)
            {
                *branch = joined;
                return self.union(a, branches);
            }
        }
        self.of(a, b)
    }

    /// The object or list of what is received as either; none if they can't be one.
    pub(super) fn join(&mut self, a: SchemaId, b: SchemaId) -> Option<SchemaId> {
        if let Some(id) = self.joined.get(&(a, b)) {
            return Some(*id);
        }
        let (first, other) = (self.schemas.get(a), self.schemas.get(b));
        let is_one = says(first) == says(other) && checks(first).eq(checks(other));
        if !is_one || self.joined.len() >= MAX_JOINED {
            return None;
        }
        let (first, other) = (first.clone(), other.clone());
        let id = self.schemas.add(Schema::inline(first.span, Shape::Any));
        self.joined.insert((a, b), id);
        let shape = match (first.shape, other.shape) {
            (Shape::Object(a), Shape::Object(b)) => Shape::Object(self.objects(a, b)),
            (Shape::Array { items: a }, Shape::Array { items: b }) => Shape::Array {
                items: self.received(a, b),
            },
            _ => return None,
        };
        let schema = Schema {
            name: None,
            shape,
            ..first
        };
        self.schemas.set(id, schema);
        Some(id)
    }

    fn objects(&mut self, a: Object, mut b: Object) -> Object {
        let mut fields: Vec<Field> = Vec::with_capacity(a.fields.len());
        for mut field in a.fields {
            let Some(at) = b.fields.iter().position(|of| of.name == field.name) else {
                field.required = false;
                fields.push(field);
                continue;
            };
            let other = b.fields.remove(at);
            field.schema = self.received(field.schema, other.schema);
            field.required &= other.required;
            if field.default != other.default {
                field.default = None;
            }
            if field.access != other.access {
                field.access = Access::Both;
            }
            fields.push(field);
        }
        let rest = b.fields.into_iter().map(|field| Field {
            required: false,
            ..field
        });
        fields.extend(rest);
        let unknown = match (a.unknown, b.unknown) {
            (Unknown::Keep(a), Unknown::Keep(b)) => Unknown::Keep(self.received(a, b)),
            (Unknown::Keep(schema), _) | (_, Unknown::Keep(schema)) => Unknown::Keep(schema),
            (Unknown::Drop, _) | (_, Unknown::Drop) => Unknown::Drop,
            (Unknown::Reject, Unknown::Reject) => Unknown::Reject,
        };
        Object { fields, unknown }
    }
}

/// Whether what is meant for the second would be taken for the first, and lose what that doesn't know.
fn would_take(schemas: &Schemas, a: SchemaId, b: SchemaId) -> bool {
    match (&schemas.get(a).shape, &schemas.get(b).shape) {
        (Shape::Object(a), Shape::Object(b)) => !told_apart(schemas, a, b),
        (Shape::Array { items: a }, Shape::Array { items: b }) => {
            let objects = [*a, *b].map(|id| &schemas.get(id).shape);
            matches!(objects, [Shape::Object(a), Shape::Object(b)] if !told_apart(schemas, a, b))
        }
        _ => false,
    }
}

/// Whether each object needs a property that the other hasn't, or one of both has values that the other's has not.
fn told_apart(schemas: &Schemas, a: &Object, b: &Object) -> bool {
    let find = |of: &Object, name: &str| {
        let mut fields = of.fields.iter();
        fields
            .find(|field| field.name == name)
            .map(|field| field.schema)
    };
    let has_own = |of: &Object, other: &Object| {
        let mut required = of.fields.iter().filter(|field| field.required);
        required.any(|field| find(other, &field.name).is_none())
    };
    let apart = |field: &Field| {
        let other = find(b, &field.name).map(|id| &schemas.get(id).shape);
        match (&schemas.get(field.schema).shape, other) {
            (Shape::Enum { values: a, .. }, Some(Shape::Enum { values: b, .. })) => {
                a.iter().all(|value| !b.contains(value))
            }
            _ => false,
        }
    };
    (has_own(a, b) && has_own(b, a)) || a.fields.iter().any(apart)
}
