//! Whether two schemas say the same, and what takes the values of either.

use std::collections::{HashMap, HashSet};

use super::taken::Looks;
use crate::model::{
    Constraint, Field, Object, Schema, SchemaId, Schemas, Shape, Text, Union, UnionKind, Unknown,
};
use crate::source::Span;

/// How many pairs of schemas are compared to tell two apart; those with more inside count as different.
const MAX_PAIRS: usize = 10_000;

/// Makes schemas that take the values of either of two.
pub(super) struct Either<'s> {
    pub(super) schemas: &'s mut Schemas,
    /// The unions made here, which take further branches.
    made: HashSet<SchemaId>,
    /// The objects made of two.
    pub(super) joined: HashMap<(SchemaId, SchemaId), SchemaId>,
    /// How many of them are being made, each inside of the one before.
    pub(super) depth: usize,
    pub(super) looks: Looks,
    /// Where neither of two schemas could be kept.
    pub(super) lost: Vec<Span>,
}

impl<'s> Either<'s> {
    pub(super) fn new(schemas: &'s mut Schemas) -> Self {
        Self {
            looks: Looks::of(schemas),
            schemas,
            made: HashSet::new(),
            joined: HashMap::new(),
            depth: 0,
            lost: Vec::new(),
        }
    }

    /// The schema of what either schema takes: one of the two if that says all.
    pub(super) fn of(&mut self, a: SchemaId, b: SchemaId) -> SchemaId {
        let mut branches = self.branches(a);
        let has = |branch: &SchemaId| alike(self.schemas, *branch, b);
        if self.takes_all(a) || branches.iter().any(has) {
            return a;
        }
        if self.takes_all(b) {
            return b;
        }
        branches.push(b);
        self.union(a, branches)
    }

    /// Whether a schema takes any value.
    pub(super) fn takes_all(&self, id: SchemaId) -> bool {
        let schema = self.schemas.get(id);
        schema.shape == Shape::Any && is_bare(schema)
    }

    /// Whether a schema takes every run of bytes, as which a text is sent too.
    pub(super) fn is_bytes(&self, id: SchemaId) -> bool {
        let schema = self.schemas.get(id);
        let is_raw = matches!(schema.shape, Shape::String(Text::Plain | Text::Binary));
        is_raw && is_bare(schema)
    }

    /// The branches of a union that was made here; of all else that itself.
    pub(super) fn branches(&self, id: SchemaId) -> Vec<SchemaId> {
        match &self.schemas.get(id).shape {
            Shape::Union(union) if self.made.contains(&id) => union.branches.clone(),
            _ => vec![id],
        }
    }

    /// A union of branches, of which `first` is the first, or made of it.
    pub(super) fn union(&mut self, first: SchemaId, branches: Vec<SchemaId>) -> SchemaId {
        if let [only] = branches.as_slice() {
            return *only;
        }
        let nullable = branches.iter().any(|id| self.schemas.get(*id).nullable);
        let shape = Shape::Union(Union {
            kind: UnionKind::Any,
            branches,
            discriminator: None,
        });
        let schema = Schema {
            nullable,
            ..Schema::inline(self.schemas.get(first).span, shape)
        };
        if self.made.contains(&first) {
            self.schemas.set(first, schema);
            return first;
        }
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
pub(super) fn alike(schemas: &Schemas, a: SchemaId, b: SchemaId) -> bool {
    let mut pairs = vec![(a, b)];
    for _ in 0..MAX_PAIRS {
        let Some((a, b)) = pairs.pop() else {
            return true;
        };
        let is_same = a == b || {
            let (a, b) = (schemas.get(a), schemas.get(b));
            let is_named = a.name.is_some() || b.name.is_some();
            !is_named
                && says(a) == says(b)
                && checks(a).eq(checks(b))
                && shapes(&a.shape, &b.shape, &mut pairs)
        };
        if !is_same {
            return false;
        }
    }
    false
}

/// Whether two shapes are the same, if so are the pairs of schemas that this adds.
fn shapes(a: &Shape, b: &Shape, pairs: &mut Vec<(SchemaId, SchemaId)>) -> bool {
    let mut all = |a: &[SchemaId], b: &[SchemaId]| {
        pairs.extend(a.iter().copied().zip(b.iter().copied()));
        a.len() == b.len()
    };
    match (a, b) {
        (Shape::Array { items: a }, Shape::Array { items: b }) => all(&[*a], &[*b]),
        (Shape::Object(a), Shape::Object(b)) => {
            let unknown = match (a.unknown, b.unknown) {
                (Unknown::Keep(a), Unknown::Keep(b)) => all(&[a], &[b]),
                (a, b) => a == b,
            };
            let schemas = |of: &Object| of.fields.iter().map(|field| field.schema).collect();
            let (left, right): (Vec<_>, Vec<_>) = (schemas(a), schemas(b));
            let mut fields = a.fields.iter().zip(&b.fields);
            unknown && all(&left, &right) && fields.all(|(a, b)| same_field(a, b))
        }
        (Shape::Union(a), Shape::Union(b)) => {
            let is_same = (a.kind, &a.discriminator) == (b.kind, &b.discriminator);
            is_same && all(&a.branches, &b.branches)
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
        ) => required == needed && all(prefix, other) && all(rest.as_slice(), others.as_slice()),
        (a, b) => a == b,
    }
}

/// Whether two fields are the same but for their schemas.
fn same_field(a: &Field, b: &Field) -> bool {
    a.name == b.name
        && a.required == b.required
        && a.access == b.access
        && a.xml == b.xml
        && a.default == b.default
}

/// Whether a schema says nothing of values but what they look like.
fn is_bare(schema: &Schema) -> bool {
    !schema.nullable && schema.checks.is_empty() && schema.refinement.is_none()
}

pub(super) fn checks(schema: &Schema) -> impl Iterator<Item = (&Constraint, &Option<String>)> {
    let checks = schema.checks.iter();
    checks.map(|check| (&check.constraint, &check.message))
}

/// What a schema says beside its shape, its checks and its texts.
pub(super) fn says(schema: &Schema) -> impl PartialEq + '_ {
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
