//! Which operations of a contract are degraded, and why.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use routegen::diagnostics::{Diagnostics, Effect};
use routegen::model::{Api, Operation, SchemaId, Shape, Unknown};
use routegen::source::{Sources, Span};

/// What leaves an operation out, so that the contract as it was read doesn't have it.
const LEAVES_OUT: [&str; 2] = ["RG0207", "RG0221"];

/// For each code the indexes of the operations that it degrades. Those left out have the numbers behind the last.
pub type Degraded = BTreeMap<String, BTreeSet<usize>>;

/// Sorts what degrades by the operations that reach it. What no operation reaches degrades none.
pub fn degraded(api: &Api, sources: &Sources, diagnostics: &Diagnostics) -> Degraded {
    let mut schemas: Vec<(Span, SchemaId)> = api
        .schemas
        .iter()
        .map(|(id, schema)| (schema.span, id))
        .collect();
    schemas.sort_by_key(|(span, _)| (span.file, span.start));
    let reached: Vec<HashSet<SchemaId>> = api.operations.iter().map(|of| reach(api, of)).collect();
    let mut degraded = Degraded::new();
    for diagnostic in diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.effect == Effect::Degrades)
    {
        let code = diagnostic.code.number;
        if LEAVES_OUT.contains(&code) {
            let index = api.operations.len() + left_out(&degraded);
            degraded.entry(code.to_owned()).or_default().insert(index);
            continue;
        }
        let Some(span) = diagnostic.span else {
            continue;
        };
        let owner = schemas
            .iter()
            .rev()
            .find(|(of, _)| of.file == span.file && of.start <= span.start)
            .map(|(_, id)| *id);
        let within = operation_around(api, sources, span);
        let found = (0..api.operations.len()).filter(|index| {
            within == Some(*index)
                || (within.is_none() && owner.is_some_and(|id| reached[*index].contains(&id)))
        });
        degraded.entry(code.to_owned()).or_default().extend(found);
    }
    degraded.retain(|_, operations| !operations.is_empty());
    degraded
}

/// How many operations are served by the handlers of others.
pub fn served_with_others(diagnostics: &Diagnostics) -> usize {
    let said = diagnostics.iter();
    said.filter(|of| of.code.number == "RG0230" && of.effect == Effect::Warning)
        .count()
}

/// How many operations the contract has beside those that were read.
pub fn left_out(degraded: &Degraded) -> usize {
    let counted = LEAVES_OUT.iter().filter_map(|code| degraded.get(*code));
    counted.map(BTreeSet::len).sum()
}

/// The operation whose text a place is in: the last that begins before it, unless the components begin between.
fn operation_around(api: &Api, sources: &Sources, span: Span) -> Option<usize> {
    let starts = api.operations.iter().map(|operation| operation.span);
    let before = |(_, of): &(usize, Span)| of.file == span.file && of.start <= span.start;
    let (nearest, of) = starts
        .enumerate()
        .filter(before)
        .max_by_key(|(_, of)| of.start)?;
    let between = &sources.file(span.file).text[of.start as usize..span.start as usize];
    let components = [
        "\ncomponents:",
        "\ndefinitions:",
        "\"components\":",
        "\"definitions\":",
    ];
    (!components.iter().any(|key| between.contains(key))).then_some(nearest)
}

/// Every schema that an operation's parameters, bodies and responses lead to.
fn reach(api: &Api, operation: &Operation) -> HashSet<SchemaId> {
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| parameter.schema);
    let bodies = operation.body.iter().flat_map(|body| &body.contents);
    let responses = operation.responses.iter();
    let headers = responses
        .clone()
        .flat_map(|response| response.headers.iter().map(|header| header.schema));
    let contents = bodies.chain(responses.flat_map(|response| &response.contents));
    let mut queue: Vec<SchemaId> = parameters
        .chain(headers)
        .chain(contents.filter_map(|content| content.schema))
        .collect();
    let mut seen = HashSet::new();
    while let Some(id) = queue.pop() {
        if !seen.insert(id) {
            continue;
        }
        match &api.schema(id).shape {
            Shape::Object(object) => {
                queue.extend(object.fields.iter().map(|field| field.schema));
                if let Unknown::Keep(schema) = object.unknown {
                    queue.push(schema);
                }
            }
            Shape::Array { items } => queue.push(*items),
            Shape::Tuple { prefix, rest, .. } => {
                queue.extend(prefix.iter().copied().chain(*rest));
            }
            Shape::Union(union) => queue.extend(union.branches.iter().copied()),
            _ => {}
        }
    }
    seen
}
