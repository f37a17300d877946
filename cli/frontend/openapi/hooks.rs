//! Requests that go the other way: `callbacks` of operations, and `webhooks`.

use std::collections::HashMap;

use heck::ToKebabCase;

use super::operations::Place;
use super::tree::Node;
use super::{Lowering, target};
use crate::diagnostics::{Effect, codes};
use crate::frontend::selection::Choice;
use crate::model::{
    Asker, Callback, Method, Operation, Part, RequestValue, Requirement, SchemaId, Schemas,
    Segment, Shape, TargetPiece, Unknown, UrlTemplate, Webhook,
};

impl<'a> Lowering<'a> {
    /// Lowers the callbacks of an operation.
    pub(super) fn callbacks(
        &mut self,
        node: Node<'a>,
        owner: usize,
        operation: &Operation,
        security: &[Requirement],
    ) {
        for (name, holder) in named(node.get("callbacks")) {
            let Some(callback) = self.dereference(holder) else {
                continue;
            };
            for (key, item) in named(Some(callback)) {
                let expression = key.scalar_text();
                let pieces = target::parse(expression);
                self.check_target(&pieces, operation, key);
                if operation.body.is_some() {
                    self.by_body.push(ByBody { owner, key });
                }
                let template = target::template(&pieces);
                for operation in self.hook(key, item, &template, security) {
                    self.callbacks.push(Callback {
                        owner,
                        name: name.scalar_text().to_owned(),
                        expression: expression.to_owned(),
                        target: pieces.clone(),
                        operation,
                    });
                }
            }
        }
    }

    /// The webhooks that are wanted, each with its key.
    pub(super) fn chosen_webhooks(
        &mut self,
        root: Node<'a>,
        choice: &mut Choice<'_>,
    ) -> Vec<(Node<'a>, Node<'a>)> {
        // OpenAPI 3.0 has no webhooks; what tools write there is called so.
        let declared = root.get("webhooks").or_else(|| root.get("x-webhooks"));
        let mut webhooks: Vec<_> = named(declared).collect();
        webhooks.retain(|(key, item)| self.wanted(*key, *item, choice));
        webhooks
    }

    /// Lowers webhooks.
    pub(super) fn webhooks(&mut self, webhooks: &[(Node<'a>, Node<'a>)], security: &[Requirement]) {
        for (key, item) in webhooks.iter().copied() {
            let name = key.scalar_text();
            let template = received_at(name);
            for operation in self.hook(key, item, &template, security) {
                let name = name.to_owned();
                self.webhooks.push(Webhook { name, operation });
            }
        }
    }

    /// The operations of a path item that are sent.
    fn hook(
        &mut self,
        key: Node<'a>,
        item: Node<'a>,
        template: &UrlTemplate,
        security: &[Requirement],
    ) -> Vec<Operation> {
        let items = self.path_items(item);
        let shared = Self::shared_parameters(&items);
        let mut operations: Vec<Operation> = Vec::new();
        for (method, method_key, node) in self.methods(&items) {
            let node = self.dereference(node).unwrap_or(node);
            if self.unwanted.at(key.key(), node.key()) {
                continue;
            }
            if !node.is_mapping() {
                let message = format!("operation `{}` is no mapping", method.upper());
                self.malformed(
                    message,
                    node.span(),
                    "write `{ responses: … }`; it is left out",
                );
                continue;
            }
            if operations.iter().any(|other| other.method == method) {
                continue;
            }
            if let Some((callbacks, _)) = node.entry("callbacks") {
                self.say_nested(callbacks);
            }
            let place = Place {
                method,
                path: key,
                key: method_key,
                asker: Asker::Service,
                node,
                template: template.clone(),
                shared: &shared,
            };
            operations.push(self.operation(place, security));
        }
        operations
    }

    fn say_nested(&mut self, key: Node<'a>) {
        let message = "nothing is written for the callbacks of a callback or a webhook".to_owned();
        let help = "send them by hand when its answer is there";
        self.report(
            &codes::openapi::RG0211,
            Effect::Warning,
            message,
            key.span(),
            help,
        );
    }

    /// Says so of an expression that names what the operation doesn't have.
    fn check_target(&mut self, pieces: &[TargetPiece], operation: &Operation, key: Node<'a>) {
        use crate::model::Location::{Path, Query};
        let has = |location, name: &str| {
            let mut all = operation.parameters.iter();
            all.any(|parameter| parameter.location == location && parameter.name == name)
        };
        for piece in pieces {
            let missing = match piece {
                TargetPiece::Request(RequestValue::Path(name)) if !has(Path, name) => {
                    format!("parameter `{name}` in its path")
                }
                TargetPiece::Request(RequestValue::Query(name)) if !has(Query, name) => {
                    format!("parameter `{name}` in its query")
                }
                // Some headers are no parameters (`Content-Type`), and any may be sent.
                TargetPiece::Request(RequestValue::Body(_)) if operation.body.is_none() => {
                    "body".to_owned()
                }
                TargetPiece::Request(_) | TargetPiece::Text(_) | TargetPiece::Unknown => continue,
            };
            let message = format!("the operation has no {missing}, which this callback goes by");
            let help = "mend the expression, or declare what it names";
            self.report(
                &codes::openapi::RG0226,
                Effect::Warning,
                message,
                key.span(),
                help,
            );
        }
    }

    /// Says so of expressions that name what the schema of a body doesn't have; schemas are known only in the end.
    pub(super) fn check_bodies_of_callbacks(&mut self, operations: &[Operation]) {
        let mut left = MAX_LOOKS;
        for ByBody { owner, key } in std::mem::take(&mut self.by_body) {
            let body = operations.get(owner).and_then(|one| one.body.as_ref());
            let contents = body.map_or(&[][..], |body| &body.contents);
            for pointer in target::body_pointers(key.scalar_text()) {
                let steps: Vec<&str> = pointer.iter().map(String::as_str).collect();
                if steps.len() > MAX_STEPS {
                    continue;
                }
                let mut walk = Walk {
                    schemas: &self.schemas,
                    met: HashMap::new(),
                    left,
                };
                let missing = contents.iter().map(|content| {
                    // What one content type has may be there.
                    walk.lacking(content.schema?, &steps, MAX_UNIONS)
                });
                let missing = missing.collect::<Option<Vec<_>>>();
                left = walk.left;
                if let Some(Lacking { name, object }) = missing.into_iter().flatten().next() {
                    self.say_lacking(name, object, key);
                }
            }
        }
    }

    fn say_lacking(&mut self, name: &str, object: Option<SchemaId>, key: Node<'a>) {
        let shape = object.map(|id| &self.schemas.get(id).shape);
        let fields = shape.into_iter().flat_map(|shape| match shape {
            Shape::Object(object) => object.fields.as_slice(),
            _ => &[],
        });
        let names = fields.map(|field| field.name.as_str());
        let help = match self.searches.meant(name, names) {
            Some(meant) => format!("is `{meant}` meant?"),
            None => "mend the expression, or declare what it names".to_owned(),
        };
        let message = format!("the operation's body has no `{name}`, which this callback goes by");
        self.report(
            &codes::openapi::RG0226,
            Effect::Warning,
            message,
            key.span(),
            &help,
        );
    }

    /// Whether any operation of a webhook is wanted; those that aren't are noted.
    fn wanted(&mut self, key: Node<'a>, item: Node<'a>, choice: &mut Choice<'_>) -> bool {
        let items = self.path_items(item);
        let declared = self.declared(&items);
        let mut any = declared.is_empty();
        for (method, node) in declared {
            let operation = self.dereference(node).unwrap_or(node);
            let is_wanted = super::operations::takes(choice, method, key, operation);
            self.unwanted.note(key, [node, operation], is_wanted);
            any |= is_wanted;
        }
        any
    }

    /// The methods that path items have operations for, without a word on those that are malformed.
    fn declared(&mut self, items: &[Node<'a>]) -> Vec<(Method, Node<'a>)> {
        let entries = items.iter().flat_map(|item| item.entries());
        let found = entries.filter_map(|(key, node)| {
            let mut all = Method::ALL.into_iter().chain([Method::Query]);
            let method = all.find(|method| method.lower() == key.scalar_text())?;
            node.is_mapping().then_some((method, node))
        });
        found.collect()
    }
}

/// A callback whose operation has a body that its URL may go by.
pub(super) struct ByBody<'a> {
    owner: usize,
    key: Node<'a>,
}

/// How deep unions inside of unions are looked at.
const MAX_UNIONS: usize = 8;

/// How many steps of a pointer are looked at.
const MAX_STEPS: usize = 256;

/// How many schemas and fields are looked at in all; what takes longer to find out is taken on trust.
const MAX_LOOKS: usize = 2_000_000;

/// A property that values of a schema don't have, and the object whose properties it may be a slip of.
#[derive(Clone, Copy)]
struct Lacking<'p> {
    name: &'p str,
    object: Option<SchemaId>,
}

/// A walk along a pointer, through all that a value may be.
struct Walk<'s, 'p> {
    schemas: &'s Schemas,
    /// What the branches of unions lack that were met with so many steps left; had one what is asked for, the walk would be over.
    met: HashMap<(SchemaId, usize), Lacking<'p>>,
    left: usize,
}

impl<'p> Walk<'_, 'p> {
    /// The first step of a pointer that leads to nothing that a schema declares, where the schema doesn't leave that open.
    fn lacking(&mut self, id: SchemaId, steps: &[&'p str], unions: usize) -> Option<Lacking<'p>> {
        let (step, rest) = steps.split_first()?;
        let schema = self.schemas.get(id);
        let none = |object| Some(Lacking { name: step, object });
        self.left = self.left.checked_sub(1)?;
        match &schema.shape {
            Shape::Object(object) => {
                self.left = self.left.checked_sub(object.fields.len())?;
                let mut fields = object.fields.iter();
                if let Some(field) = fields.find(|field| field.name == **step) {
                    return self.lacking(field.schema, rest, unions);
                }
                match object.unknown {
                    Unknown::Keep(_) => None,
                    // Patterns of names may allow it.
                    Unknown::Drop | Unknown::Reject if schema.refinement.is_some() => None,
                    Unknown::Drop | Unknown::Reject => none(Some(id)),
                }
            }
            Shape::Array { items } if step.parse::<usize>().is_ok() => {
                self.lacking(*items, rest, unions)
            }
            Shape::Union(union) => {
                let fewer = unions.checked_sub(1)?;
                let mut first = None;
                for branch in &union.branches {
                    let found = self.branch_lacking(*branch, steps, fewer)?;
                    first.get_or_insert(found);
                }
                first
            }
            Shape::Any | Shape::Never | Shape::Tuple { .. } => None,
            Shape::Null
            | Shape::Boolean
            | Shape::Integer(_)
            | Shape::Number
            | Shape::String(_)
            | Shape::Enum { .. }
            | Shape::Array { .. } => none(None),
        }
    }

    fn branch_lacking(
        &mut self,
        id: SchemaId,
        steps: &[&'p str],
        unions: usize,
    ) -> Option<Lacking<'p>> {
        let key = (id, steps.len());
        if let Some(known) = self.met.get(&key) {
            return Some(*known);
        }
        // A branch of itself adds nothing to the others.
        let (name, object) = (steps.first()?, None);
        self.met.insert(key, Lacking { name, object });
        let found = self.lacking(id, steps, unions)?;
        self.met.insert(key, found);
        Some(found)
    }
}

/// The entries of a map, but extensions.
fn named<'a>(map: Option<Node<'a>>) -> impl Iterator<Item = (Node<'a>, Node<'a>)> {
    let entries = map.into_iter().flat_map(Node::entries);
    entries.filter(|(key, _)| !key.scalar_text().starts_with("x-") && key.scalar_text() != "$ref")
}

/// Where a receiver is asked for a webhook: `/webhooks/new-pet`.
fn received_at(name: &str) -> UrlTemplate {
    let segment = |text: &str| Segment {
        parts: vec![Part::Literal(text.to_owned())],
    };
    let kebab = name.to_kebab_case();
    let last = match kebab.as_str() {
        "" => name,
        kebab => kebab,
    };
    UrlTemplate {
        segments: vec![segment("webhooks"), segment(last)],
        trailing_slash: false,
    }
}
