//! Whether two schemas say the same, and what takes the values of either.

use std::collections::HashSet;

use crate::model::{
    Constraint, Field, Object, Schema, SchemaId, Schemas, Shape, Text, Union, UnionKind, Unknown,
};
use crate::source::Span;

/// How deep inline schemas are compared; what lies deeper counts as different.
const MAX_DEPTH: usize = 32;

/// Makes schemas that take the values of either of two.
pub(super) struct Either<'s> {
    schemas: &'s mut Schemas,
    /// The unions made here, which take further branches.
    made: HashSet<SchemaId>,
}

impl<'s> Either<'s> {
    pub(super) fn new(schemas: &'s mut Schemas) -> Self {
        Self {
            schemas,
            made: HashSet::new(),
        }
    }

    /// The schema of what either schema takes: one of the two if that says all.
    pub(super) fn of(&mut self, a: SchemaId, b: SchemaId) -> SchemaId {
        let branches = match &self.schemas.get(a).shape {
            Shape::Union(union) if self.made.contains(&a) => union.branches.clone(),
            _ => vec![a],
        };
        let has = |branch: &SchemaId| alike(self.schemas, *branch, b, 0);
        if branches.iter().any(has) || matches!(self.schemas.get(a).shape, Shape::Any) {
            return a;
        }
        let other = self.schemas.get(b);
        if matches!(other.shape, Shape::Any) {
            return b;
        }
        let nullable = self.schemas.get(a).nullable || other.nullable;
        let mut branches = branches;
        branches.push(b);
        let shape = Shape::Union(Union {
            kind: UnionKind::Any,
            branches,
            discriminator: None,
        });
        let schema = Schema {
            nullable,
            ..Schema::inline(self.schemas.get(a).span, shape)
        };
        let id = self.schemas.add(schema);
        self.made.insert(id);
        id
    }

    /// A schema of any value.
    pub(super) fn anything(&mut self, span: Span) -> SchemaId {
        self.schemas.add(Schema::inline(span, Shape::Any))
    }

    /// Whether a schema takes every text, and nothing else.
    pub(super) fn is_text(&self, id: SchemaId) -> bool {
        let schema = self.schemas.get(id);
        schema.shape == Shape::String(Text::Plain) && is_bare(schema)
    }

    /// Whether a schema takes every list of texts, which a text with commas is.
    pub(super) fn is_list_of_texts(&self, id: SchemaId) -> bool {
        let schema = self.schemas.get(id);
        matches!(schema.shape, Shape::Array { items } if self.is_text(items)) && is_bare(schema)
    }
}

/// Whether two schemas take the same values and have the same type. Those with names are like themselves alone.
fn alike(schemas: &Schemas, a: SchemaId, b: SchemaId, depth: usize) -> bool {
    if a == b {
        return true;
    }
    let (a, b) = (schemas.get(a), schemas.get(b));
    let all = |a: &[SchemaId], b: &[SchemaId]| {
        let mut pairs = a.iter().zip(b);
        a.len() == b.len() && pairs.all(|(a, b)| alike(schemas, *a, *b, depth + 1))
    };
    let options = |a: Option<SchemaId>, b: Option<SchemaId>| all(a.as_slice(), b.as_slice());
    depth < MAX_DEPTH
        && a.name.is_none()
        && b.name.is_none()
        && says(a) == says(b)
        && checks(a).eq(checks(b))
        && match (&a.shape, &b.shape) {
            (Shape::Array { items: a }, Shape::Array { items: b }) => all(&[*a], &[*b]),
            (Shape::Object(a), Shape::Object(b)) => objects(schemas, a, b, depth),
            (Shape::Union(a), Shape::Union(b)) => {
                (a.kind, &a.discriminator) == (b.kind, &b.discriminator)
                    && all(&a.branches, &b.branches)
            }
            (
                Shape::Tuple {
                    prefix,
                    rest,
                    required,
                },
                Shape::Tuple {
                    prefix: other,
                    rest: others,
                    required: needed,
                },
            ) => required == needed && all(prefix, other) && options(*rest, *others),
            (a, b) => a == b,
        }
}

fn objects(schemas: &Schemas, a: &Object, b: &Object, depth: usize) -> bool {
    let unknown = match (a.unknown, b.unknown) {
        (Unknown::Keep(a), Unknown::Keep(b)) => alike(schemas, a, b, depth + 1),
        (a, b) => a == b,
    };
    let fields = |(a, b): (&Field, &Field)| {
        let says = |of: &Field| (of.name.clone(), of.required, of.access, of.xml.clone());
        says(a) == says(b)
            && a.default == b.default
            && alike(schemas, a.schema, b.schema, depth + 1)
    };
    unknown && a.fields.len() == b.fields.len() && a.fields.iter().zip(&b.fields).all(fields)
}

/// Whether a schema says nothing of values but what they look like.
fn is_bare(schema: &Schema) -> bool {
    !schema.nullable && schema.checks.is_empty() && schema.refinement.is_none()
}

fn checks(schema: &Schema) -> impl Iterator<Item = (&Constraint, &Option<String>)> {
    let checks = schema.checks.iter();
    checks.map(|check| (&check.constraint, &check.message))
}

/// What a schema says beside its shape, its checks and its texts.
fn says(schema: &Schema) -> impl PartialEq + '_ {
    let Schema {
        name: _,
        span: _,
        docs: _,
        held: _,
        shape: _,
        checks: _,
        nullable,
        refinement,
        coerce,
        messages,
        xml,
        items_xml,
    } = schema;
    (nullable, refinement, coerce, messages, xml, items_xml)
}
