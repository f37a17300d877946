//! Operations whose paths differ behind `#` or `?` alone: a server sees one request, so one handler serves them all.
//!
//! OpenAPI has no such paths (3.1, §4.8.8 Paths Object), yet contracts write them to describe apart what one operation does:
//! `PUT /files/{id}` and `PUT /files/{id}#add_shared_link`. What is served takes what any of them takes, and gives what any
//! gives.

use std::fmt::Write;

use super::Lowering;
use super::alike::Either;
use super::clashes::{Item, twice};
use super::operations::{Place, Taken, Walk};
use super::tree::Node;
use crate::diagnostics::{Diagnostic, Effect, codes};
use crate::model::{
    Body, Content, Header, Location, MediaKind, Operation, Parameter, Response, UrlTemplate,
};
use crate::source::Span;

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
        rename(&mut operation, &served.url);
        let count = walk.variants.iter().filter(|of| of.of == first.index);
        let conflict = match count.count() < MAX_VARIANTS {
            true => conflict(served, &operation),
            false => Some(format!("one handler serves {MAX_VARIANTS} of them at most")),
        };
        if let Some(why) = conflict {
            let diagnostic = twice(operation.method, path, operation.span, &first);
            return self.diagnostics.push(diagnostic.note(why));
        }
        self.note_id(&operation, node, &mut walk.taken);
        self.callbacks(node, first.index, &operation, &walk.security);
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
        let mut untyped: Vec<(Span, String)> = Vec::new();
        for (at, variant) in variants.iter().enumerate() {
            let first = &mut operations[variant.of];
            let begins = variants[..at].iter().all(|before| before.of != variant.of);
            tell(first, variant, begins);
            let Operation {
                parameters,
                body,
                responses,
                ..
            } = variant.operation.clone();
            let mut lost = merge_parameters(&mut first.parameters, parameters, &mut either);
            lost.extend(merge_bodies(&mut first.body, body, &mut either));
            lost.extend(merge_responses(
                &mut first.responses,
                responses,
                &mut either,
            ));
            untyped.extend(lost.into_iter().map(|span| (span, variant.path.clone())));
        }
        for (span, path) in untyped {
            let message =
                format!("what `{path}` has here can't be told from what it is served with");
            let help = "give both the same schema, or write them as one operation";
            let diagnostic = Diagnostic::new(&codes::openapi::RG0230, Effect::Degrades, message);
            let diagnostic = diagnostic.at(span).label("neither of the two is checked");
            self.diagnostics.push(diagnostic.help(help));
        }
    }
}

/// Gives the parameters of a path the names that they have in another of the same shape.
fn rename(operation: &mut Operation, to: &UrlTemplate) {
    let names: Vec<String> = to.parameters().map(str::to_owned).collect();
    let own: Vec<String> = operation.url.parameters().map(str::to_owned).collect();
    for parameter in &mut operation.parameters {
        let place = own.iter().position(|name| *name == parameter.name);
        if let (Location::Path, Some(place)) = (parameter.location, place) {
            parameter.name.clone_from(&names[place]);
        }
    }
    operation.url = to.clone();
}

/// Why one handler can't serve both.
fn conflict(first: &Operation, other: &Operation) -> Option<String> {
    if first.security != other.security {
        return Some(
            "one handler can't serve both, since they ask for different credentials".into(),
        );
    }
    for parameter in &first.parameters {
        let same = |of: &&Parameter| of.location == parameter.location && of.name == parameter.name;
        let Some(of) = other.parameters.iter().find(same) else {
            continue;
        };
        let writes = |of: &Parameter| (of.style, of.content.clone());
        if writes(parameter) != writes(of) {
            let name = &parameter.name;
            let why = "is written in two ways";
            return Some(format!("one handler can't serve both: `{name}` {why}"));
        }
    }
    None
}

fn together(operation: &Operation, path: Node<'_>, other: &str) -> Diagnostic {
    let method = operation.method.upper();
    let path = path.scalar_text();
    let message = format!("`{method} {path}` is served together with `{method} {other}`");
    Diagnostic::new(&codes::openapi::RG0230, Effect::Warning, message)
        .at(operation.span)
        .label("one handler serves both: their paths differ behind `#` or `?` alone")
        .help(
            "write them as one operation, with `oneOf` where they differ, and this is said no more",
        )
}

/// Says in the text for people what else an operation is.
fn tell(first: &mut Operation, variant: &Variant, begins: bool) {
    let text = &mut first.docs.description;
    if begins {
        let gap = if text.is_empty() { "" } else { "\n\n" };
        writeln!(text, "{gap}The contract describes apart:").expect("a String grows");
    }
    let Operation { method, docs, .. } = &variant.operation;
    write!(text, "\n- `{} {}`", method.upper(), variant.path).expect("a String grows");
    if !docs.summary.is_empty() {
        write!(text, ": {}", docs.summary).expect("a String grows");
    }
}

/// A parameter that only some have needn't be there. Gives where parameters lost their schemas.
fn merge_parameters(
    into: &mut Vec<Parameter>,
    from: Vec<Parameter>,
    either: &mut Either<'_>,
) -> Vec<Span> {
    let mut lost = Vec::new();
    let is = |a: &Parameter, b: &Parameter| a.location == b.location && a.name == b.name;
    for parameter in into.iter_mut() {
        parameter.required &= from.iter().any(|other| is(parameter, other));
    }
    for mut other in from {
        let Some(parameter) = into.iter_mut().find(|parameter| is(parameter, &other)) else {
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
            parameter.schema = either.of(pair.0, pair.1);
        } else if either.is_text(pair.0) && either.is_list_of_texts(pair.1) {
            (parameter.schema, parameter.explode) = (other.schema, other.explode);
        } else if !(either.is_list_of_texts(pair.0) && either.is_text(pair.1)) {
            parameter.schema = either.anything(other.span);
            lost.push(other.span);
        }
    }
    lost
}

/// Where contents lost their schemas.
fn merge_bodies(into: &mut Option<Body>, from: Option<Body>, either: &mut Either<'_>) -> Vec<Span> {
    match (into, from) {
        (Some(into), Some(from)) => {
            into.required &= from.required;
            merge_contents(&mut into.contents, from.contents, either)
        }
        (Some(body), None) => {
            body.required = false;
            Vec::new()
        }
        (into @ None, from) => {
            *into = from.map(|body| Body {
                required: false,
                ..body
            });
            Vec::new()
        }
    }
}

fn merge_contents(
    into: &mut Vec<Content>,
    from: Vec<Content>,
    either: &mut Either<'_>,
) -> Vec<Span> {
    let mut lost = Vec::new();
    for other in from {
        let same = |of: &&mut Content| of.media_type.essence() == other.media_type.essence();
        let Some(content) = into.iter_mut().find(same) else {
            into.push(other);
            continue;
        };
        let pairs = [(content.schema, other.schema), (content.item, other.item)];
        let merged = pairs.map(|pair| match pair {
            (Some(a), Some(b)) => Some(either.of(a, b)),
            _ => None,
        });
        let is_same = merged == [content.schema, content.item];
        // What isn't JSON has no unions: they tell their branches by values.
        let has_unions = match content.media_type.kind() {
            MediaKind::Json
            | MediaKind::Form
            | MediaKind::Multipart
            | MediaKind::EventStream
            | MediaKind::Items(_) => true,
            MediaKind::Text | MediaKind::Xml | MediaKind::Bytes => false,
        };
        let written_alike = content.encoding == other.encoding && content.xml == other.xml;
        [content.schema, content.item] = match written_alike && (has_unions || is_same) {
            true => merged,
            false => {
                lost.push(other.span);
                [None, None]
            }
        };
    }
    lost
}

fn merge_responses(
    into: &mut Vec<Response>,
    from: Vec<Response>,
    either: &mut Either<'_>,
) -> Vec<Span> {
    let mut lost = Vec::new();
    for other in from {
        let same = |of: &&mut Response| of.status == other.status;
        let Some(response) = into.iter_mut().find(same) else {
            into.push(other);
            continue;
        };
        merge_headers(&mut response.headers, other.headers, either);
        lost.extend(merge_contents(
            &mut response.contents,
            other.contents,
            either,
        ));
        for link in other.links {
            if !response.links.contains(&link) {
                response.links.push(link);
            }
        }
    }
    lost
}

fn merge_headers(into: &mut Vec<Header>, from: Vec<Header>, either: &mut Either<'_>) {
    let is = |a: &Header, b: &Header| a.name.eq_ignore_ascii_case(&b.name);
    for header in into.iter_mut() {
        header.required &= from.iter().any(|other| is(header, other));
    }
    for mut other in from {
        match into.iter_mut().find(|header| is(header, &other)) {
            Some(header) => {
                header.schema = either.of(header.schema, other.schema);
                header.required &= other.required;
            }
            None => {
                other.required = false;
                into.push(other);
            }
        }
    }
}
