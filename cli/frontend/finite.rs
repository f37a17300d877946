//! Schemas that require themselves without end: no value is one, and no server could send it.

use std::collections::{BTreeMap, HashSet, VecDeque};

use indexmap::IndexSet;

use super::needs::{Need, Needs};
use crate::diagnostics::{Diagnostic, Diagnostics, Effect, codes};
use crate::model::{Api, Constraint, Field, Schema, SchemaId, Schemas, Shape};
use crate::source::Span;

/// How many places of one schema are told of one by one.
const MAX_TOLD: usize = 8;

/// Takes what closes such a circle as optional, and says so.
pub(super) fn mend(api: &mut Api, diagnostics: &mut Diagnostics) {
    for (from, to) in weak_links(&api.schemas) {
        let mut schema = api.schemas.get(from).clone();
        let relaxed = relax(&mut schema, &to);
        let others = relaxed.len().saturating_sub(MAX_TOLD);
        for (at, (message, span)) in relaxed.into_iter().take(MAX_TOLD).enumerate() {
            let mut diagnostic = Diagnostic::new(&codes::read::RG0111, Effect::Warning, message)
                .at(span)
                .label("taken as optional, since else no value were one")
                .help("take it out of `required`, or let it be null");
            if at + 1 == MAX_TOLD && others > 0 {
                diagnostic = diagnostic.note(format!("so are {others} more of the same schema"));
            }
            diagnostics.push(diagnostic);
        }
        api.schemas.set(from, schema);
    }
}

/// For each schema the schemas that it must no longer require, so that all have values that end.
///
/// Each round takes a link away, or takes schemas as if they ended, and neither ever comes back.
fn weak_links(schemas: &Schemas) -> BTreeMap<SchemaId, HashSet<SchemaId>> {
    let mut weak: BTreeMap<SchemaId, HashSet<SchemaId>> = BTreeMap::new();
    let mut finite = Finite::of(schemas);
    for (id, _) in schemas.iter() {
        let mut way = IndexSet::new();
        while !finite.is(id) {
            let circle = finite.circle(id, &mut way);
            let settled = match finite.weakest(&circle) {
                Some(from) => {
                    let kept = way.get_index_of(&from).map_or(0, |at| at + 1);
                    way.truncate(kept);
                    weak.entry(from).or_default().insert(finite.give_up(from));
                    finite.settle([from].into())
                }
                // Unions and lists alone: their types end, though none of their values does.
                None => finite.pass(circle),
            };
            // What ends leads nowhere, and neither does what was followed behind it.
            let ends = settled.iter().filter_map(|id| way.get_index_of(id));
            if let Some(first) = ends.min() {
                way.truncate(first);
            }
        }
    }
    weak
}

/// Requires what leads to some schemas no longer; tells of each such place.
fn relax(schema: &mut Schema, to: &HashSet<SchemaId>) -> Vec<(String, Span)> {
    let whose = match &schema.name {
        Some(name) => format!("`{name}`"),
        None => "this object".to_owned(),
    };
    let says =
        |what: String| format!("{what} is required in {whose}, and leads to it again without end");
    match &mut schema.shape {
        Shape::Object(object) => {
            let mut relaxed = Vec::new();
            let leads = |field: &&mut Field| field.required && to.contains(&field.schema);
            for field in object.fields.iter_mut().filter(leads) {
                field.required = false;
                relaxed.push((says(format!("`{}`", field.name)), field.span));
            }
            relaxed
        }
        Shape::Tuple {
            prefix, required, ..
        } => {
            let at = prefix.iter().position(|id| to.contains(id));
            let at = at.unwrap_or_default();
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
    /// For each schema what it needs, less what was given up.
    needs: Vec<Needs>,
    /// How many of these are known to end or given up, counted from the first.
    met: Vec<usize>,
    /// For each schema those that may need a value of it.
    users: Vec<Vec<SchemaId>>,
}

impl Finite {
    fn of(schemas: &Schemas) -> Self {
        let needs: Vec<Needs> = schemas
            .iter()
            .map(|(_, schema)| Needs::of(schema))
            .collect();
        let mut users = vec![Vec::new(); schemas.len()];
        for ((id, _), needs) in schemas.iter().zip(&needs) {
            for link in needs.links() {
                users[link.to.0 as usize].push(id);
            }
        }
        let mut finite = Self {
            known: vec![false; schemas.len()],
            met: vec![0; schemas.len()],
            needs,
            users,
        };
        finite.settle(schemas.iter().map(|(id, _)| id).collect());
        finite
    }

    fn is(&self, id: SchemaId) -> bool {
        self.known[id.0 as usize]
    }

    /// The first that a schema needs and that isn't known to end.
    fn next(&mut self, id: SchemaId) -> Option<Need> {
        let at = id.0 as usize;
        let links = self.needs[at].links();
        while let Some(link) = links.get(self.met[at]) {
            if !self.known[link.to.0 as usize] {
                return Some(*link);
            }
            self.met[at] += 1;
        }
        None
    }

    /// Schemas of which each needs the next before all else, and the last the first: those that a schema without end leads to.
    /// `way` is how far it was followed before.
    fn circle(&mut self, from: SchemaId, way: &mut IndexSet<SchemaId>) -> Vec<SchemaId> {
        way.insert(from);
        while let Some(at) = way.last().copied() {
            let Some(next) = self.next(at) else {
                return vec![at];
            };
            let (index, is_new) = way.insert_full(next.to);
            if !is_new {
                return way.iter().skip(index).copied().collect();
            }
        }
        Vec::new()
    }

    /// Whose link in a circle is best taken as optional: one that travels in one direction alone, or else the first; none if
    /// no field makes any of them.
    fn weakest(&mut self, circle: &[SchemaId]) -> Option<SchemaId> {
        let strengths = circle
            .iter()
            .filter_map(|id| Some((self.next(*id)?.strength?, *id)));
        strengths
            .min_by_key(|(strength, _)| *strength)
            .map(|(_, id)| id)
    }

    /// Needs no longer what a schema needs first; gives what that is.
    fn give_up(&mut self, from: SchemaId) -> SchemaId {
        let given = self.next(from).map_or(from, |link| link.to);
        let at = from.0 as usize;
        self.met[at] = match &self.needs[at] {
            // Places behind one that needn't be there needn't be there either.
            Needs::Places(links) => links.len(),
            Needs::All(_) | Needs::Any(_) => self.met[at] + 1,
        };
        given
    }

    /// Takes schemas as if they had values that end; gives all that end therefore.
    fn pass(&mut self, circle: Vec<SchemaId>) -> Vec<SchemaId> {
        let mut settled = Vec::new();
        for id in circle {
            self.known[id.0 as usize] = true;
            settled.push(id);
            let users = self.users[id.0 as usize].iter().copied().collect();
            settled.extend(self.settle(users));
        }
        settled
    }

    /// Looks at schemas, and again at those that need one which has turned out to have values; gives those that have.
    fn settle(&mut self, mut queue: VecDeque<SchemaId>) -> Vec<SchemaId> {
        let mut settled = Vec::new();
        while let Some(id) = queue.pop_front() {
            if !self.is(id) && self.ends(id) {
                self.known[id.0 as usize] = true;
                settled.push(id);
                queue.extend(&self.users[id.0 as usize]);
            }
        }
        settled
    }

    fn ends(&mut self, id: SchemaId) -> bool {
        match &self.needs[id.0 as usize] {
            Needs::Any(links) => links.iter().any(|link| self.is(link.to)),
            Needs::All(_) | Needs::Places(_) => self.next(id).is_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Access, Docs, Object, Unknown, Xml};

    /// Objects, each of which requires those with these numbers.
    fn objects(graph: &[Vec<u32>]) -> Api {
        let span = Span::default();
        let mut api = Api::default();
        for needed in graph {
            let fields = needed.iter().map(|to| Field {
                name: format!("f{to}"),
                span,
                schema: SchemaId(*to),
                required: true,
                default: None,
                access: Access::Both,
                docs: Docs::default(),
                xml: Xml::default(),
            });
            let fields = fields.collect();
            let unknown = Unknown::Drop;
            let shape = Shape::Object(Object { fields, unknown });
            api.schemas.add(Schema::inline(span, shape));
        }
        api
    }

    /// How many links are taken as optional, once all schemas are known to end.
    fn mended(graph: &[Vec<u32>]) -> usize {
        let mut api = objects(graph);
        mend(&mut api, &mut Diagnostics::default());
        let finite = Finite::of(&api.schemas);
        assert!(finite.known.iter().all(|ends| *ends), "{graph:?}");
        let fields = api
            .schemas
            .iter()
            .filter_map(|(_, schema)| match &schema.shape {
                Shape::Object(object) => Some(&object.fields),
                _ => None,
            });
        fields.flatten().filter(|field| !field.required).count()
    }

    #[test]
    fn circles_that_share_a_schema_are_all_cut() {
        assert_eq!(mended(&[vec![1, 2], vec![0], vec![0]]), 2);
        assert_eq!(mended(&[vec![1, 0], vec![0]]), 2);
        assert_eq!(mended(&[vec![1], vec![2], vec![]]), 0);
    }

    #[test]
    fn a_thousand_that_all_require_each_other_end() {
        let others = |at: u32| (0..1_000).filter(|to| *to != at).collect();
        let graph: Vec<Vec<u32>> = (0..1_000).map(others).collect();
        assert_eq!(mended(&graph), 1_000 * 999 / 2);
    }

    proptest::proptest! {
        #[test]
        fn no_schema_requires_itself(
            graph in (1u32..12).prop_flat_map(|size| {
                let needed = proptest::collection::vec(0..size, 0..6);
                proptest::collection::vec(needed, size as usize)
            })
        ) {
            mended(&graph);
        }
    }

    use proptest::strategy::Strategy as _;
}
