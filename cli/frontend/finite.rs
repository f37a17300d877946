//! Schemas that require themselves without end: no value is one, and no server could send it.

use std::collections::{HashMap, VecDeque};

use indexmap::IndexSet;

use crate::diagnostics::{Diagnostic, Diagnostics, Effect, codes};
use crate::model::{Access, Api, Constraint, Field, Schema, SchemaId, Schemas, Shape};
use crate::source::Span;

/// Takes what closes such a circle as optional, and says so.
pub(super) fn mend(api: &mut Api, diagnostics: &mut Diagnostics) {
    let mut finite = Finite::of(&api.schemas);
    let ids: Vec<SchemaId> = api.schemas.iter().map(|(id, _)| id).collect();
    for id in ids {
        let mut way = IndexSet::new();
        while !finite.is(id) {
            let circle = finite.circle(&api.schemas, id, &mut way);
            let Some(link) = weakest(&api.schemas, &finite, &circle) else {
                // Unions and lists alone: their types end, though none of their values does.
                finite.pass(&api.schemas, circle);
                continue;
            };
            let mut schema = api.schemas.get(link.from).clone();
            let relaxed = relax(&mut schema, link.to);
            api.schemas.set(link.from, schema);
            finite.settle(&api.schemas, [link.from].into());
            for (message, span) in relaxed {
                diagnostics.push(
                    Diagnostic::new(&codes::read::RG0111, Effect::Warning, message)
                        .at(span)
                        .label("taken as optional, since else no value were one")
                        .help("take it out of `required`, or let it be null"),
                );
            }
        }
    }
}

/// A schema that requires another.
#[derive(Clone, Copy)]
struct Link {
    from: SchemaId,
    to: SchemaId,
}

/// The link of a circle that is best taken as optional: one that travels in one direction alone, or else the first.
fn weakest(schemas: &Schemas, finite: &Finite, circle: &[SchemaId]) -> Option<Link> {
    let next = circle.iter().cycle().skip(1);
    let links = circle
        .iter()
        .zip(next)
        .map(|(from, to)| Link {
            from: *from,
            to: *to,
        })
        .filter(|link| !finite.is(link.from));
    let strength = |link: &Link| match &schemas.get(link.from).shape {
        Shape::Object(object) => {
            let leads = |field: &&Field| field.required && field.schema == link.to;
            let mut fields = object.fields.iter().filter(leads);
            Some(fields.any(|field| field.access == Access::Both))
        }
        Shape::Tuple { .. } => Some(true),
        _ => None,
    };
    let links = links.filter_map(|link| Some((strength(&link)?, link)));
    links
        .min_by_key(|(strength, _)| *strength)
        .map(|(_, link)| link)
}

/// Requires what leads to a schema no longer; tells of each such place.
fn relax(schema: &mut Schema, to: SchemaId) -> Vec<(String, Span)> {
    let whose = match &schema.name {
        Some(name) => format!("`{name}`"),
        None => "this object".to_owned(),
    };
    let says =
        |what: String| format!("{what} is required in {whose}, and leads to it again without end");
    match &mut schema.shape {
        Shape::Object(object) => {
            let mut relaxed = Vec::new();
            let leads = |field: &&mut Field| field.required && field.schema == to;
            for field in object.fields.iter_mut().filter(leads) {
                field.required = false;
                relaxed.push((says(format!("`{}`", field.name)), field.span));
            }
            relaxed
        }
        Shape::Tuple {
            prefix, required, ..
        } => {
            let at = prefix.iter().position(|id| *id == to).unwrap_or_default();
            *required = at.min(*required);
            for check in &mut schema.checks {
                if let Constraint::MinItems(least) = &mut check.constraint {
                    *least = (*least).min(at as u64);
                }
            }
            vec![(says(format!("item {at}")), schema.span)]
        }
        _ => Vec::new(),
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

    /// Schemas of which each needs the next, and the last the first: those that a schema without end leads to. `way` is how far it
    /// was followed before.
    fn circle(
        &self,
        schemas: &Schemas,
        from: SchemaId,
        way: &mut IndexSet<SchemaId>,
    ) -> Vec<SchemaId> {
        while way.last().is_some_and(|last| self.is(*last)) {
            way.pop();
        }
        way.insert(from);
        while let Some(at) = way.last().copied() {
            let Some(next) = needs(schemas.get(at)).find(|id| !self.is(*id)) else {
                break;
            };
            let (index, is_new) = way.insert_full(next);
            if !is_new {
                return way.iter().skip(index).copied().collect();
            }
        }
        Vec::new()
    }

    /// Takes schemas as if they had values that end.
    fn pass(&mut self, schemas: &Schemas, circle: Vec<SchemaId>) {
        for id in circle {
            self.known[id.0 as usize] = true;
            let users = self.users.get(&id).into_iter().flatten();
            let users = users.copied().collect();
            self.settle(schemas, users);
        }
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
