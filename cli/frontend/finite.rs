//! Schemas that require themselves without end: no value is one, and no server could send it.

use std::collections::{HashMap, VecDeque};

use indexmap::IndexSet;

use crate::diagnostics::{Diagnostic, Diagnostics, Effect, codes};
use crate::model::{Api, Constraint, Field, Schema, SchemaId, Schemas, Shape};
use crate::source::Span;

/// Takes what closes such a circle as optional, and says so.
pub(super) fn mend(api: &mut Api, diagnostics: &mut Diagnostics) {
    let mut finite = Finite::of(&api.schemas);
    let ids: Vec<SchemaId> = api.schemas.iter().map(|(id, _)| id).collect();
    for id in ids {
        while !finite.is(id) {
            let circle = finite.circle(&api.schemas, id);
            let mut relaxed = None;
            for id in circle {
                let mut schema = api.schemas.get(id).clone();
                if let Some(place) = relax(&mut schema, &finite) {
                    relaxed = Some((id, schema, place));
                    break;
                }
            }
            // A circle of unions and lists alone: its types end, though none of its values does.
            let Some((on, schema, (name, span))) = relaxed else {
                break;
            };
            let whose = schema.name.as_deref().unwrap_or("an object");
            let message =
                format!("{name} is required in `{whose}`, and leads to it again without end");
            api.schemas.set(on, schema);
            finite.settle(&api.schemas, [on].into());
            diagnostics.push(
                Diagnostic::new(&codes::read::RG0111, Effect::Warning, message)
                    .at(span)
                    .label("taken as optional, since else no value were one")
                    .help("take it out of `required`, or let it be null"),
            );
        }
    }
}

/// What of a schema is required no longer, and where it stands; none if it isn't this schema that requires.
fn relax(schema: &mut Schema, finite: &Finite) -> Option<(String, Span)> {
    match &mut schema.shape {
        Shape::Object(object) => {
            let mut named = None;
            for field in &mut object.fields {
                if field.required && !finite.is(field.schema) {
                    field.required = false;
                    named.get_or_insert_with(|| (format!("`{}`", field.name), field.span));
                }
            }
            named
        }
        Shape::Tuple {
            prefix, required, ..
        } => {
            let at = prefix.iter().position(|id| !finite.is(*id))?;
            *required = at.min(*required);
            for check in &mut schema.checks {
                if let Constraint::MinItems(least) = &mut check.constraint {
                    *least = (*least).min(at as u64);
                }
            }
            Some((format!("item {at}"), schema.span))
        }
        _ => None,
    }
}

/// Which schemas have values that end.
struct Finite {
    known: Vec<bool>,
    /// For each schema those that may need a value of it.
    users: HashMap<SchemaId, Vec<SchemaId>>,
}

impl Finite {
    fn of(schemas: &Schemas) -> Self {
        let mut finite = Self {
            known: vec![false; schemas.len()],
            users: HashMap::new(),
        };
        for (id, schema) in schemas.iter() {
            for needed in needs(schema) {
                finite.users.entry(needed).or_default().push(id);
            }
        }
        finite.settle(schemas, schemas.iter().map(|(id, _)| id).collect());
        finite
    }

    fn is(&self, id: SchemaId) -> bool {
        self.known[id.0 as usize]
    }

    /// Schemas of which each needs the next, and the last the first: those that a schema without end leads to.
    fn circle(&self, schemas: &Schemas, from: SchemaId) -> Vec<SchemaId> {
        let mut way = IndexSet::from([from]);
        let mut at = from;
        while let Some(next) = needs(schemas.get(at)).find(|id| !self.is(*id)) {
            let (index, is_new) = way.insert_full(next);
            if !is_new {
                return way.split_off(index).into_iter().collect();
            }
            at = next;
        }
        Vec::new()
    }

    /// Looks at schemas, and again at those that need one which has turned out to have values.
    fn settle(&mut self, schemas: &Schemas, mut queue: VecDeque<SchemaId>) {
        while let Some(id) = queue.pop_front() {
            if !self.is(id) && self.ends(schemas.get(id)) {
                self.known[id.0 as usize] = true;
                queue.extend(self.users.get(&id).into_iter().flatten());
            }
        }
    }

    fn ends(&self, schema: &Schema) -> bool {
        let mut needed = needs(schema);
        match &schema.shape {
            Shape::Union(_) => schema.nullable || needed.any(|id| self.is(id)),
            _ => needed.all(|id| self.is(id)),
        }
    }
}

/// The schemas of which every value of a schema has one; of a union it has one of any.
fn needs(schema: &Schema) -> impl Iterator<Item = SchemaId> + '_ {
    let has_items = schema
        .checks
        .iter()
        .any(|check| matches!(check.constraint, Constraint::MinItems(1..)));
    let (fields, ids): (&[Field], &[SchemaId]) = match &schema.shape {
        _ if schema.nullable => (&[], &[]),
        Shape::Object(object) => (&object.fields, &[]),
        Shape::Array { items } if has_items => (&[], std::slice::from_ref(items)),
        Shape::Tuple {
            prefix, required, ..
        } => (&[], &prefix[..(*required).min(prefix.len())]),
        Shape::Union(union) => (&[], &union.branches),
        _ => (&[], &[]),
    };
    let required = fields.iter().filter(|field| field.required);
    let required = required.map(|field| field.schema);
    required.chain(ids.iter().copied())
}
