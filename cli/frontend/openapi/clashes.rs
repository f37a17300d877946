//! Operations that match the same URLs as another: the first is served there, a later one where the default of its
//! parameter says.
//!
//! OpenAPI forbids two paths that differ only in the names of their parameters (§4.8.8.2, Path Templating Matching), yet
//! contracts of servers with mounts have them: `/auth/{aws_mount}/login` and `/auth/{ldap_mount}/login`, each with the
//! usual place of its mount as `default`.

use super::Lowering;
use super::operations::{First, Place, Taken, Walk};
use super::tree::Node;
use crate::diagnostics::{Diagnostic, Effect, codes};
use crate::model::{Asker, Location, Method, Operation, Part, Style, UrlTemplate, Value};
use crate::source::Span;

/// What a path has of wanted operations.
pub(super) struct Item<'a> {
    pub(super) path: Node<'a>,
    pub(super) wanted: Vec<(Method, Node<'a>, Node<'a>)>,
    pub(super) template: UrlTemplate,
    pub(super) shared: Vec<Node<'a>>,
}

impl<'a> Item<'a> {
    /// Whether one of its operations matches the URLs of one that was declared before.
    pub(super) fn clashes(&self, taken: &Taken) -> bool {
        let mut methods = self.wanted.iter().map(|(method, ..)| *method);
        methods.any(|method| taken.of(method, &self.template).is_some())
    }

    pub(super) fn places(&self) -> impl Iterator<Item = Place<'a, '_>> {
        let wanted = self.wanted.iter();
        wanted.map(|(method, key, node)| Place {
            method: *method,
            path: self.path,
            key: *key,
            asker: Asker::Client,
            node: *node,
            template: self.template.clone(),
            shared: &self.shared,
        })
    }
}

impl<'a> Lowering<'a> {
    /// Finds places for the paths that clash with others, after all that don't have theirs.
    ///
    /// A path moves as a whole: were one of its methods served at all its URLs, the others would answer 405 to it where
    /// they are served.
    pub(super) fn clashes(&mut self, walk: &mut Walk<'a>) {
        for item in std::mem::take(&mut walk.clashes) {
            let mapped = item.places().filter(|place| place.node.is_mapping());
            let operations: Vec<(Operation, Node<'a>)> = mapped
                .map(|place| {
                    let node = place.node;
                    (self.operation(place, &walk.security), node)
                })
                .collect();
            for place in item.places().filter(|place| !place.node.is_mapping()) {
                self.add_operation(place, walk);
            }
            let fixed = fixed(&operations, &walk.taken);
            for (mut operation, node) in operations {
                let other = walk.taken.of(operation.method, &item.template).cloned();
                fixed.iter().for_each(|at| fix(&mut operation, *at));
                if let Some(first) = walk.taken.of(operation.method, &operation.url) {
                    let diagnostic = twice(operation.method, item.path, operation.span, first);
                    self.diagnostics.push(diagnostic);
                    continue;
                }
                if !fixed.is_empty() {
                    let diagnostic = narrowed(&item, &operation, other.map(|first| first.path));
                    self.diagnostics.push(diagnostic);
                }
                self.push_operation(operation, item.path, node, walk);
            }
        }
    }
}

/// The segments, from the left, at which the parameters of a path give way to their defaults until its URLs are free; none if
/// they never are.
fn fixed(operations: &[(Operation, Node<'_>)], taken: &Taken) -> Vec<usize> {
    let mut moved: Vec<Operation> = operations.iter().map(|(of, _)| of.clone()).collect();
    let segments = moved.first().map_or(0, |first| first.url.segments.len());
    let mut fixed = Vec::new();
    for at in 0..segments {
        if moved
            .iter()
            .any(|operation| default_at(operation, at).is_none())
        {
            continue;
        }
        moved.iter_mut().for_each(|operation| fix(operation, at));
        fixed.push(at);
        let mut all = moved.iter();
        if all.all(|operation| taken.of(operation.method, &operation.url).is_none()) {
            return fixed;
        }
    }
    Vec::new()
}

/// Puts the default of the parameter that is all of a segment in its place.
fn fix(operation: &mut Operation, at: usize) {
    if let Some((index, text)) = default_at(operation, at) {
        operation.parameters.remove(index);
        operation.url.segments[at].parts = vec![Part::Literal(text)];
    }
}

/// The parameter that is all of a segment, and what its default is as one.
fn default_at(operation: &Operation, at: usize) -> Option<(usize, String)> {
    let [Part::Parameter(name)] = operation.url.segments[at].parts.as_slice() else {
        return None;
    };
    let index = operation.parameters.iter().position(|parameter| {
        parameter.location == Location::Path
            && parameter.style == Style::Simple
            && parameter.name == *name
    })?;
    let default = operation.parameters[index].default.as_ref()?;
    Some((index, literal(default)?))
}

/// What a default is as a segment of a URL, if it can be one.
fn literal(default: &Value) -> Option<String> {
    let text = match default {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    let is_segment = !matches!(text.as_str(), "" | "." | "..") && !text.contains('/');
    is_segment.then_some(text)
}

fn narrowed(item: &Item<'_>, operation: &Operation, other: Option<String>) -> Diagnostic {
    let path = item.path.scalar_text();
    let why = match other {
        Some(other) => format!("`{other}` matches the same URLs"),
        None => "another operation of its path is".to_owned(),
    };
    let message = format!(
        "`{} {path}` is served at `{}` alone: {why}",
        operation.method.upper(),
        operation.url
    );
    Diagnostic::new(&codes::openapi::RG0228, Effect::Warning, message)
        .at(operation.span)
        .label("the default of its parameter says where")
        .help("make the paths differ in more than the names of parameters, and it is served at all its URLs")
}

/// What is said of an operation that is left out.
pub(super) fn twice(method: Method, path: Node<'_>, span: Span, first: &First) -> Diagnostic {
    let message = format!(
        "`{} {}` is declared twice: `{}` matches the same URLs",
        method.upper(),
        path.scalar_text(),
        first.path
    );
    let mut diagnostic = Diagnostic::new(&codes::openapi::RG0207, Effect::Degrades, message)
        .at(span)
        .label("this one is left out")
        .help("delete one of the two, or make their paths differ in more than the names of parameters");
    if first.span == span {
        diagnostic = diagnostic.note("both come from one path item");
    }
    diagnostic
}
