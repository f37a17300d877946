//! Whether a schema would take values that are meant for another, and lose what it doesn't know of them.

use std::collections::{HashMap, HashSet};

use super::alike::{Either, alike};
use super::joined::{is_needed, travels};
use crate::model::{Field, Object, SchemaId, Schemas, Shape, Unknown};

/// How many fields are looked at in a contract; two schemas that are met afterwards count as one that takes all of the other.
const MAX_LOOKS: usize = 4_000_000;

/// How deep two schemas are looked at; deeper, one takes all of the other.
const MAX_DEPTH: usize = 128;

/// Pairs of schemas that were looked at on the way to where we are.
#[derive(Default)]
struct Seen {
    pairs: HashSet<(SchemaId, SchemaId)>,
    depth: usize,
}

/// What looking at schemas has cost, and what was found.
pub(super) struct Looks {
    left: usize,
    /// Schemas from here on were made of others, and may yet change.
    made: u32,
    clashes: HashMap<(SchemaId, SchemaId), bool>,
    takes: HashMap<(SchemaId, SchemaId), bool>,
}

impl Looks {
    pub(super) fn of(schemas: &Schemas) -> Self {
        Self {
            left: MAX_LOOKS,
            made: schemas.len() as u32,
            clashes: HashMap::new(),
            takes: HashMap::new(),
        }
    }

    /// Whether so many fields may be looked at yet.
    pub(super) fn take(&mut self, fields: usize) -> bool {
        let left = self.left.checked_sub(fields + 1);
        self.left = left.unwrap_or_default();
        left.is_some()
    }

    fn is_lasting(&self, a: SchemaId, b: SchemaId) -> bool {
        a.0 < self.made && b.0 < self.made
    }
}

impl Either<'_> {
    /// Whether values can't tell two objects apart, or two lists of such.
    pub(super) fn clash(&mut self, a: SchemaId, b: SchemaId) -> bool {
        if let Some(known) = self.looks.clashes.get(&(a, b)) {
            return *known;
        }
        let found = clash(self.schemas, &mut self.looks, a, b, &mut Seen::default());
        if self.looks.is_lasting(a, b) {
            self.looks.clashes.insert((a, b), found);
        }
        found
    }

    /// Whether what is meant for the second would be taken for the first, and lose what that doesn't know.
    pub(super) fn would_take(&mut self, a: SchemaId, b: SchemaId) -> bool {
        if let Some(known) = self.looks.takes.get(&(a, b)) {
            return *known;
        }
        let found = takes(self.schemas, &mut self.looks, a, b, &mut Seen::default());
        if self.looks.is_lasting(a, b) {
            self.looks.takes.insert((a, b), found);
        }
        found
    }
}

fn clash(schemas: &Schemas, looks: &mut Looks, a: SchemaId, b: SchemaId, seen: &mut Seen) -> bool {
    if !seen.pairs.insert((a, b)) {
        return false;
    }
    match (&schemas.get(a).shape, &schemas.get(b).shape) {
        (Shape::Object(a), Shape::Object(b)) => {
            looks.take(a.fields.len() + b.fields.len()) && !told_apart(schemas, a, b)
        }
        (Shape::Array { items: a }, Shape::Array { items: b }) => {
            let is_deep = seen.pairs.len() > MAX_DEPTH;
            (!is_deep && clash(schemas, looks, *a, *b, seen))
                || takes(schemas, looks, *a, *b, &mut Seen::default())
        }
        _ => false,
    }
}

fn takes(schemas: &Schemas, looks: &mut Looks, a: SchemaId, b: SchemaId, seen: &mut Seen) -> bool {
    if a == b || !seen.pairs.insert((a, b)) {
        return false;
    }
    if seen.depth == MAX_DEPTH || !looks.take(0) {
        return true;
    }
    seen.depth += 1;
    let found = takes_deeper(schemas, looks, a, b, seen);
    seen.depth -= 1;
    found
}

fn takes_deeper(
    schemas: &Schemas,
    looks: &mut Looks,
    a: SchemaId,
    b: SchemaId,
    seen: &mut Seen,
) -> bool {
    let pairs: Vec<(SchemaId, SchemaId)> = match (&schemas.get(a).shape, &schemas.get(b).shape) {
        (Shape::Union(union), _) => {
            // What the first takes that fits, others don't get.
            let others = union.branches.iter();
            let others = others.take_while(|branch| !alike(schemas, **branch, b));
            others.map(|branch| (*branch, b)).collect()
        }
        (_, Shape::Union(union)) => union.branches.iter().map(|branch| (a, *branch)).collect(),
        (Shape::Object(a), Shape::Object(b)) => return object_takes(schemas, looks, a, b, seen),
        (Shape::Object(object), Shape::Any) => return object.unknown == Unknown::Drop,
        (Shape::Array { .. } | Shape::Tuple { .. }, Shape::Any) => {
            items(schemas, a).map(|item| (item, b)).collect()
        }
        (Shape::Tuple { .. }, Shape::Tuple { .. }) => {
            items(schemas, a).zip(items(schemas, b)).collect()
        }
        (Shape::Array { items: a }, Shape::Array { .. } | Shape::Tuple { .. }) => {
            items(schemas, b).map(|item| (*a, item)).collect()
        }
        (Shape::Tuple { .. }, Shape::Array { items: b }) => {
            items(schemas, a).map(|item| (item, *b)).collect()
        }
        _ => Vec::new(),
    };
    let mut pairs = pairs.into_iter();
    pairs.any(|(a, b)| takes(schemas, looks, a, b, seen))
}

/// What stands in a list, in order.
fn items(schemas: &Schemas, list: SchemaId) -> impl Iterator<Item = SchemaId> + '_ {
    let (prefix, rest): (&[SchemaId], _) = match &schemas.get(list).shape {
        Shape::Array { items } => (&[], Some(*items)),
        Shape::Tuple { prefix, rest, .. } => (prefix, *rest),
        _ => (&[], None),
    };
    prefix.iter().copied().chain(rest)
}

/// Whether an object takes what is meant for another, and loses something of it.
fn object_takes(
    schemas: &Schemas,
    looks: &mut Looks,
    a: &Object,
    b: &Object,
    seen: &mut Seen,
) -> bool {
    if !looks.take(a.fields.len() + b.fields.len()) {
        return true;
    }
    let (known, meant) = (index(a), index(b));
    let needs_own = |name: &str, field: &Field| is_needed(field) && !meant.contains_key(name);
    if known.iter().any(|(name, field)| needs_own(name, field)) {
        return false;
    }
    let shared = b.fields.iter().filter_map(|field| {
        let known = known.get(field.name.as_str())?;
        travels(field).then_some((*known, field))
    });
    let shared: Vec<(&Field, &Field)> = shared.collect();
    let is_told = |(a, b): &(&Field, &Field)| {
        (is_needed(a) || is_needed(b)) && differ(schemas, a.schema, b.schema)
    };
    if shared.iter().any(is_told) {
        return false;
    }
    let drops = a.unknown == Unknown::Drop
        && (matches!(b.unknown, Unknown::Keep(_)) || meant.len() > shared.len());
    let mut shared = shared.into_iter();
    drops || shared.any(|(a, b)| takes(schemas, looks, a.schema, b.schema, seen))
}

/// Whether each object needs a property that the other hasn't, or both need one which has values that the other's has not.
fn told_apart(schemas: &Schemas, a: &Object, b: &Object) -> bool {
    let (first, other) = (index(a), index(b));
    let has_own = |of: &Object, other: &HashMap<&str, &Field>| {
        let mut needed = of.fields.iter().filter(|field| is_needed(field));
        needed.any(|field| !other.contains_key(field.name.as_str()))
    };
    let is_told = |field: &Field| {
        let other = other.get(field.name.as_str());
        let other = other.filter(|other| is_needed(field) && is_needed(other));
        other.is_some_and(|other| differ(schemas, field.schema, other.schema))
    };
    (has_own(a, &other) && has_own(b, &first)) || a.fields.iter().any(is_told)
}

/// Whether no value is of both schemas, since each has values of its own.
fn differ(schemas: &Schemas, a: SchemaId, b: SchemaId) -> bool {
    let (a, b) = (schemas.get(a), schemas.get(b));
    match (&a.shape, &b.shape) {
        (Shape::Enum { values, .. }, Shape::Enum { values: others, .. }) => {
            !(a.nullable && b.nullable) && values.iter().all(|value| !others.contains(value))
        }
        _ => false,
    }
}

/// The fields that are in requests, by their names.
fn index(object: &Object) -> HashMap<&str, &Field> {
    let fields = object.fields.iter().filter(|field| travels(field));
    fields.map(|field| (field.name.as_str(), field)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Access, Docs, Schema, Xml};
    use crate::source::Span;

    /// Two objects with as many required fields of the same names, and one that only it has.
    fn objects(size: usize) -> (Schemas, [SchemaId; 2]) {
        let mut schemas = Schemas::default();
        let text = schemas.add(Schema::inline(Span::default(), Shape::Null));
        let field = |name: String, required| Field {
            name,
            span: Span::default(),
            schema: text,
            required,
            default: None,
            access: Access::Both,
            docs: Docs::default(),
            xml: Xml::default(),
        };
        let both = ["a", "b"].map(|own| {
            let fields = (0..size).map(|at| field(format!("p{at}"), true));
            let fields = fields.chain([field(own.to_owned(), false)]).collect();
            let unknown = Unknown::Drop;
            let shape = Shape::Object(Object { fields, unknown });
            schemas.add(Schema::inline(Span::default(), shape))
        });
        (schemas, both)
    }

    #[test]
    fn two_that_are_met_again_and_again_are_looked_at_once() {
        let (mut schemas, [a, b]) = objects(1_000);
        let mut either = Either::new(&mut schemas);
        let first = either.received(a, b);
        for _ in 0..100 {
            assert_eq!(either.received(a, b), first);
        }
        let looks = MAX_LOOKS - either.looks.left;
        assert!((2_000..5_000).contains(&looks), "{looks}");
        assert!(either.lost.is_empty());
    }

    #[test]
    fn what_nobody_looks_at_any_more_is_any_value() {
        let (mut schemas, [a, b]) = objects(10);
        let mut either = Either::new(&mut schemas);
        either.looks.left = 10;
        let found = either.received(a, b);
        assert!(either.takes_all(found));
        assert_eq!(either.lost.len(), 1);
    }
}
