//! Callbacks that operations which became one have in common: one sender sends what any of them would.

use indexmap::IndexMap;

use super::alike::Either;
use super::variant_contents::{Lost, Reader, merge_bodies, merge_responses};
use super::variants::{merge_parameters, written_in_two_ways};
use crate::model::{Callback, Operation};

/// One callback of each that have owner, name, URL and method in common, and of each that lost something its URL.
pub(super) fn merge_callbacks(
    callbacks: Vec<Callback>,
    either: &mut Either<'_>,
) -> (Vec<Callback>, Vec<(Lost, String)>) {
    let mut lost_of = Vec::new();
    let mut one_of_each: IndexMap<_, Callback> = IndexMap::with_capacity(callbacks.len());
    for callback in callbacks {
        let key = (
            callback.owner,
            callback.name.clone(),
            callback.expression.clone(),
            callback.operation.method,
        );
        let Some(first) = one_of_each.get_mut(&key) else {
            one_of_each.insert(key, callback);
            continue;
        };
        let lost = merge(&mut first.operation, callback.operation, either);
        let expression = callback.expression;
        lost_of.extend(lost.into_iter().map(|lost| (lost, expression.clone())));
    }
    (one_of_each.into_values().collect(), lost_of)
}

/// The service chooses what it sends, and must tell what comes back.
fn merge(into: &mut Operation, from: Operation, either: &mut Either<'_>) -> Vec<Lost> {
    if let Some(name) = written_in_two_ways(into, &from) {
        return vec![Lost::Sent(from.span, name)];
    }
    let mut lost = merge_parameters(
        &mut into.parameters,
        from.parameters,
        either,
        Reader::Client,
    );
    lost.extend(merge_bodies(
        &mut into.body,
        from.body,
        either,
        Reader::Client,
    ));
    lost.extend(merge_responses(
        &mut into.responses,
        from.responses,
        either,
        Reader::Server,
    ));
    lost
}
