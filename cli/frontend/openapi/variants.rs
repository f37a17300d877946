//! Operations whose paths differ behind `#` or `?` alone: a server sees one request, so one handler serves them all.
//!
//! OpenAPI has no such paths (3.1, §4.8.8 Paths Object), yet contracts write them to describe apart what one operation does:
//! `PUT /files/{id}` and `PUT /files/{id}#add_shared_link`. What is served takes what any of them takes, and gives what any
//! gives.

use std::collections::BTreeSet;

use super::Lowering;
use super::alike::Either;
use super::clashes::{Item, twice};
use super::operations::{Place, Taken, Walk};
use super::tree::Node;
use super::variant_callbacks::merge_callbacks;
use super::variant_contents::{Lost, Reader, merge_bodies, merge_responses};
use crate::diagnostics::{Diagnostic, Effect, codes};
use crate::model::{
    DescribedApart, Location, Operation, Parameter, RequestValue, SecurityUse, TargetPiece,
    UrlTemplate,
};

/// How many operations are served along with another.
const MAX_VARIANTS: usize = 100;

/// An operation that is served by the handler of another.
pub(super) struct Variant {
    /// Index of the one that was declared first.
    of: usize,
    path: String,
    operation: Operation,
}

impl Item<'_> {
    /// Whether it clashes with others only because of what stands behind `#` or `?`.
    pub(super) fn is_variant(&self, taken: &Taken) -> bool {
        let others = self.wanted.iter();
        let mut others = others.filter_map(|(method, ..)| taken.of(*method, &self.template));
        has_rest(self.path.scalar_text()) || others.all(|first| has_rest(&first.path))
    }
}

fn has_rest(path: &str) -> bool {
    path.contains(['#', '?'])
}

impl<'a> Lowering<'a> {
    /// Takes a path that differs from others behind `#` or `?`: what they don't serve is served as it is.
    pub(super) fn variants(&mut self, item: &Item<'a>, walk: &mut Walk<'a>) {
        for place in item.places() {
            if place.node.is_mapping() && walk.taken.of(place.method, &place.template).is_some() {
                self.variant(place, walk);
            } else {
                self.add_operation(place, walk);
            }
        }
    }

    fn variant(&mut self, place: Place<'a, '_>, walk: &mut Walk<'a>) {
        let Place { path, node, .. } = place;
        let mut operation = self.operation(place, &walk.security);
        let Some(first) = walk.taken.of(operation.method, &operation.url).cloned() else {
            return;
        };
        let served = &walk.operations[first.index];
        let names = names(&operation.url, &served.url);
        let declared = operation.clone();
        rename(&mut operation, &names, &served.url);
        let others = walk.variants.iter().filter(|of| of.of == first.index);
        let conflict = match others.clone().count() < MAX_VARIANTS {
            true => std::iter::once(served)
                .chain(others.map(|of| &of.operation))
                .find_map(|other| conflict(other, &operation)),
            false => Some(format!("one handler serves {MAX_VARIANTS} of them at most")),
        };
        if let Some(why) = conflict {
            let diagnostic = twice(operation.method, path, operation.span, &first);
            return self.diagnostics.push(diagnostic.note(why));
        }
        self.note_id(&operation, node, &mut walk.taken);
        let before = self.callbacks.len();
        self.callbacks(node, first.index, &declared, &walk.security);
        for callback in &mut self.callbacks[before..] {
            rename_target(&mut callback.target, &names);
        }
        let diagnostic = together(&operation, path, &first.path);
        self.diagnostics.push(diagnostic);
        walk.variants.push(Variant {
            of: first.index,
            path: path.scalar_text().to_owned(),
            operation,
        });
    }

    /// Makes one operation of each that has variants, once the schemas of all are known.
    pub(super) fn merge_variants(&mut self, operations: &mut [Operation], variants: &[Variant]) {
        let mut either = Either::new(&mut self.schemas);
        let mut lost_of: Vec<(Lost, String)> = Vec::new();
        for variant in variants {
            let first = &mut operations[variant.of];
            first.described_apart.push(DescribedApart {
                path: variant.path.clone(),
                summary: variant.operation.docs.summary.clone(),
            });
            let Operation {
                parameters,
                body,
                responses,
                ..
            } = variant.operation.clone();
            let (reader, either) = (Reader::Server, &mut either);
            let mut lost = merge_parameters(&mut first.parameters, parameters, either, reader);
            lost.extend(merge_bodies(&mut first.body, body, either, reader));
            lost.extend(merge_responses(
                &mut first.responses,
                responses,
                either,
                Reader::Client,
            ));
            lost_of.extend(lost.into_iter().map(|lost| (lost, variant.path.clone())));
        }
        if !variants.is_empty() {
            let (callbacks, lost) =
                merge_callbacks(std::mem::take(&mut self.callbacks), &mut either);
            self.callbacks = callbacks;
            lost_of.extend(lost);
        }
        for (lost, path) in lost_of {
            self.diagnostics.push(left(&lost, &path));
        }
    }
}

/// For each parameter of a path its name, and the one that it has in another of the same shape.
fn names(own: &UrlTemplate, to: &UrlTemplate) -> Vec<(String, String)> {
    let pairs = own.parameters().zip(to.parameters());
    pairs
        .map(|(own, to)| (own.to_owned(), to.to_owned()))
        .collect()
}

fn rename(operation: &mut Operation, names: &[(String, String)], to: &UrlTemplate) {
    let path = |of: &&mut Parameter| of.location == Location::Path;
    for parameter in operation.parameters.iter_mut().filter(path) {
        rename_one(&mut parameter.name, names);
    }
    operation.url = to.clone();
}

fn rename_target(target: &mut [TargetPiece], names: &[(String, String)]) {
    for piece in target {
        if let TargetPiece::Request(RequestValue::Path(name)) = piece {
            rename_one(name, names);
        }
    }
}

fn rename_one(name: &mut String, names: &[(String, String)]) {
    if let Some((_, to)) = names.iter().find(|(own, _)| own == name) {
        name.clone_from(to);
    }
}

/// Why one handler can't serve both.
fn conflict(first: &Operation, other: &Operation) -> Option<String> {
    if credentials(first) != credentials(other) {
        return Some(
            "one handler can't serve both, since they ask for different credentials".into(),
        );
    }
    let name = written_in_two_ways(first, other)?;
    Some(format!(
        "one handler can't serve both: `{name}` is written in two ways"
    ))
}

/// What an operation asks for: neither alternatives nor what each of them takes have an order.
fn credentials(operation: &Operation) -> BTreeSet<BTreeSet<(usize, BTreeSet<&str>)>> {
    fn asks(of: &SecurityUse) -> (usize, BTreeSet<&str>) {
        (of.scheme, of.scopes.iter().map(String::as_str).collect())
    }
    let alternatives = operation.security.iter();
    alternatives
        .map(|of| of.uses.iter().map(asks).collect())
        .collect()
}

/// The name of a parameter that two operations have in different forms.
pub(super) fn written_in_two_ways(first: &Operation, other: &Operation) -> Option<String> {
    let writes = |of: &Parameter| (of.style, of.content.clone());
    let mut parameters = first.parameters.iter();
    let found = parameters.find(|parameter| {
        let mut others = other.parameters.iter();
        let of = others.find(|of| is_same(parameter, of));
        of.is_some_and(|of| writes(parameter) != writes(of))
    });
    found.map(|parameter| parameter.name.clone())
}

fn together(operation: &Operation, path: Node<'_>, other: &str) -> Diagnostic {
    let method = operation.method.upper();
    let path = path.scalar_text();
    let message = format!("`{method} {path}` is served together with `{method} {other}`");
    Diagnostic::new(&codes::openapi::RG0230, Effect::Warning, message)
        .at(operation.span)
        .label("one handler serves both: a server sees one path, which ends before `#` and `?`")
        .help(
            "write them as one operation, with `oneOf` where they differ, and this warning goes away",
        )
}

/// Says what couldn't be kept of a variant.
fn left(lost: &Lost, path: &str) -> Diagnostic {
    let (span, message, label) = match lost {
        Lost::Typed(span) => (
            *span,
            format!("what `{path}` has here can't be told from what it is served with"),
            "neither of the two is checked",
        ),
        Lost::Empty(span) => (
            *span,
            format!("`{path}` and what it is served with don't both have a body at this status"),
            "an answer of this status has one, always",
        ),
        Lost::Sent(span, name) => (
            *span,
            format!("`{name}` is written in two ways in what is sent to `{path}`"),
            "it is sent as it is declared first",
        ),
    };
    Diagnostic::new(&codes::openapi::RG0230, Effect::Degrades, message)
        .at(span)
        .label(label)
        .help("let both say the same, or write them as one operation")
}

/// Whether two parameters are one to a server: names of headers have no case (RFC 9110, §5.1).
fn is_same(a: &Parameter, b: &Parameter) -> bool {
    let is_named = match a.location {
        Location::Header => a.name.eq_ignore_ascii_case(&b.name),
        Location::Path | Location::Query | Location::Cookie => a.name == b.name,
    };
    is_named && a.location == b.location
}

/// A parameter that only some have needn't be there. Gives where parameters lost their schemas.
pub(super) fn merge_parameters(
    into: &mut Vec<Parameter>,
    from: Vec<Parameter>,
    either: &mut Either<'_>,
    reader: Reader,
) -> Vec<Lost> {
    let mut lost = Vec::new();
    for parameter in into.iter_mut() {
        parameter.required &= from.iter().any(|other| is_same(parameter, other));
    }
    for mut other in from {
        let Some(parameter) = into.iter_mut().find(|of| is_same(of, &other)) else {
            other.required = false;
            into.push(other);
            continue;
        };
        if parameter.default != other.default {
            parameter.default = None;
        }
        parameter.required &= other.required;
        let pair = (parameter.schema, other.schema);
        if parameter.explode == other.explode {
            parameter.schema = reader.merged(either, pair.0, pair.1);
            lost.extend(either.lost.drain(..).map(Lost::Typed));
        } else if either.is_text(pair.0) && either.is_list_of_texts(pair.1) {
            (parameter.schema, parameter.explode) = (other.schema, other.explode);
        } else if !(either.is_list_of_texts(pair.0) && either.is_text(pair.1)) {
            parameter.schema = either.anything(other.span);
            lost.push(Lost::Typed(other.span));
        }
    }
    lost
}
