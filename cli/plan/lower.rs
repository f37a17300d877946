//! `model::Schema` → `plan::Type`: each schema once for each direction in which it differs.

use std::collections::{HashMap, HashSet};

use super::documents::{Document, Documents};
use super::names::{self, Scope};
use super::patterns::Patterns;
use super::refinements::Assertion;
use super::types::{Home, Item, ItemId, ItemKind, Items, Refinement, Struct, Tuple, Type};
use super::{docs, manner, reach, refinements, rules, shapes, xml};
use crate::diagnostics::codes::openapi as codes;
use crate::diagnostics::{Diagnostic, Diagnostics, Effect};
use crate::model::{
    Access, Api, Asker, Content, Object, Operation, Schema, SchemaId, Shape, Text, Unknown,
};

/// Which way a value travels, as seen by the service that the contract is of: it alone decides on what is read-only and knows
/// what is write-only.
///
/// <https://json-schema.org/draft/2020-12/json-schema-validation#section-9.4>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    /// To it: requests of its clients, and answers to its callbacks and webhooks.
    Inward,
    /// From it: its responses, and its callbacks and webhooks.
    Outward,
}

impl Direction {
    /// Whether a field travels that way.
    pub(super) fn has(self, access: Access) -> bool {
        match (self, access) {
            (Self::Inward, Access::ReadOnly) | (Self::Outward, Access::WriteOnly) => false,
            (_, Access::Both) | (Self::Inward, Access::WriteOnly) => true,
            (Self::Outward, Access::ReadOnly) => true,
        }
    }
}

/// Where an inline schema stands, so that it can be named.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The module that its item would be declared in.
    pub home: Home,
    /// The name it would get.
    pub name: String,
    /// Who makes the request that it has to do with.
    asker: Asker,
}

impl Place {
    /// The place of what an operation has itself.
    pub(super) fn of(operation: &Operation, home: Home) -> Self {
        Self {
            home,
            name: names::pascal(operation.method.upper()),
            asker: operation.asker,
        }
    }

    /// Which way a value in the request travels.
    pub(super) fn asked(&self) -> Direction {
        match self.asker {
            Asker::Client => Direction::Inward,
            Asker::Service => Direction::Outward,
        }
    }

    /// Which way a value in the response travels.
    pub(super) fn answered(&self) -> Direction {
        match self.asker {
            Asker::Client => Direction::Outward,
            Asker::Service => Direction::Inward,
        }
    }

    /// The place of something inside.
    pub(super) fn inside(&self, name: &str) -> Self {
        Self {
            home: self.home,
            name: format!("{}{}", self.name, names::pascal(name)),
            asker: self.asker,
        }
    }
}

/// How many items deep a walk goes before it lets what is deeper wait: contracts have chains of any length.
const MAX_DEPTH: usize = 300;

/// An item of which is not yet said what it is.
struct Unfilled {
    item: ItemId,
    id: SchemaId,
    direction: Direction,
    place: Place,
}

/// Makes types of schemas, and items where they need declaring.
pub(super) struct Lowerer<'a> {
    pub(super) api: &'a Api,
    pub(super) items: Items,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// Those in XML.
    pub(super) documents: Documents,
    known: HashMap<(SchemaId, Option<Direction>), Type>,
    directed: HashSet<SchemaId>,
    shared: HashSet<SchemaId>,
    /// The schemas that lead back to themselves unless they are declared.
    knots: HashSet<SchemaId>,
    owned: HashMap<SchemaId, String>,
    /// The names that named schemas got.
    reserved: HashMap<SchemaId, String>,
    scopes: HashMap<Home, Scope>,
    codecs: Scope,
    /// The modules of the routes, by their index.
    routes: &'a [String],
    /// What must hold of values beyond their types.
    pub(super) refinements: Vec<Vec<Assertion>>,
    /// The modules of the senders, by their index.
    senders: &'a [String],
    /// How many items deep the walk is.
    depth: usize,
    unfilled: Vec<Unfilled>,
    pub(super) patterns: Patterns,
}

impl<'a> Lowerer<'a> {
    pub(super) fn new(
        api: &'a Api,
        operations: &[&Operation],
        routes: &'a [String],
        senders: &'a [String],
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let patterns = Patterns::default();
        let refinements = refinements::lower(api, &patterns, diagnostics);
        let mut lowerer = Self {
            refinements,
            api,
            items: Items::default(),
            diagnostics,
            documents: Documents::default(),
            known: HashMap::new(),
            directed: reach::directed(api),
            shared: reach::shared(operations),
            knots: reach::knots(api, is_declared),
            owned: reach::owned(api),
            reserved: HashMap::new(),
            scopes: HashMap::new(),
            codecs: Scope::default(),
            routes,
            senders,
            depth: 0,
            unfilled: Vec::new(),
            patterns,
        };
        lowerer.reserve_names();
        lowerer
    }

    /// Names of named schemas are given out in the order of the names, so that none hangs on what reaches it first.
    fn reserve_names(&mut self) {
        let named = self
            .api
            .schemas
            .iter()
            .filter_map(|(id, schema)| Some((schema.name.as_deref()?, id)));
        let mut named: Vec<(&str, SchemaId)> = named.collect();
        named.sort();
        let scope = self.scopes.entry(Home::Schemas).or_default();
        for (name, id) in named {
            self.reserved
                .insert(id, scope.unique(names::type_name(name)));
        }
    }

    /// Takes a name in a module, so that no item gets it.
    pub(super) fn reserve(&mut self, home: Home, name: &str) {
        self.scopes.entry(home).or_default().reserve(name);
    }

    /// The type of a schema's values that travel in `direction`; `place` names it if it is inline.
    pub(super) fn ty(&mut self, id: SchemaId, direction: Direction, place: &Place) -> Type {
        let key = (id, self.directed.contains(&id).then_some(direction));
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let api = self.api;
        let schema = api.schema(id);
        let ty = match is_declared(schema) || self.knots.contains(&id) {
            true => self.declare(id, schema, direction, place),
            false => {
                let ty = self.plain(schema, direction, place);
                self.read(ty, schema)
            }
        };
        let ty = if schema.nullable && !matches!(ty, Type::Any | Type::Null | Type::Nullable(_)) {
            Type::Nullable(Box::new(ty))
        } else {
            ty
        };
        self.known.insert(key, ty.clone());
        ty
    }

    /// The XML document that a content is; `None` if it is bytes, which is reported where the contract says too little.
    pub(super) fn document(&mut self, content: &Content) -> Option<xml::Root> {
        let reason = match self.documents.document(self.api, content) {
            Document::Typed(root) => return Some(root),
            Document::Bytes => return None,
            Document::Untyped(reason) => reason,
        };
        let media = content.media_type.as_str();
        let message = format!("bodies of `{media}` are not typed: {reason}");
        let help = "the handler gets and gives their bytes; name the root element with `xml: { name: … }`, or refer to a named schema";
        let diagnostic = Diagnostic::new(&codes::RG0212, Effect::Degrades, message);
        self.diagnostics
            .push(diagnostic.at(content.span).help(help));
        None
    }

    fn declare(
        &mut self,
        id: SchemaId,
        schema: &Schema,
        direction: Direction,
        place: &Place,
    ) -> Type {
        let shared = schema.name.is_some() || self.shared.contains(&id);
        let owned = self.owned.get(&id).filter(|_| place.home != Home::Schemas);
        let (home, inline) = match owned {
            Some(name) => (Home::Schemas, name),
            None if shared => (Home::Schemas, &place.name),
            None => (place.home, &place.name),
        };
        let directed = self.directed.contains(&id);
        let input = directed && direction == Direction::Inward;
        let scope = self.scopes.entry(home).or_default();
        let name = match (self.reserved.get(&id), input) {
            (Some(name), false) => name.clone(),
            (Some(name), true) => scope.unique(format!("{name}Input")),
            (None, false) => scope.unique(names::type_name(inline)),
            (None, true) => scope.unique(format!("{}Input", names::type_name(inline))),
        };
        let codec = names::plain_snake(&name);
        let codec = self.codecs.unique(match home {
            Home::Schemas => codec,
            Home::Route(route) => names::inside(&self.routes[route], &codec),
            Home::Sender(sender) => names::inside(&self.senders[sender].replace("::", "_"), &codec),
        });
        let item = self.items.add(Item {
            name: name.clone(),
            codec,
            home,
            docs: docs::of_value(&schema.docs, schema),
            deprecated: schema.docs.deprecated,
            kind: ItemKind::Struct(Struct::default()),
            refinement: self.refinement(schema).filter(|_| !is_alias(schema)),
            decoded: false,
            written: false,
            event: false,
        });
        // What an alias stands for is read in its manner; any other item is, wherever it stands.
        let ty = match is_alias(schema) {
            true => Type::Item(item),
            false => manner::read(Type::Item(item), schema),
        };
        let nullable = schema.nullable;
        let known = if nullable {
            Type::Nullable(Box::new(ty.clone()))
        } else {
            ty.clone()
        };
        self.known
            .insert((id, directed.then_some(direction)), known);
        self.fill(Unfilled {
            item,
            id,
            direction,
            place: Place {
                home,
                name,
                asker: place.asker,
            },
        });
        ty
    }

    /// A type as values of a schema are read, and looked at again if need be.
    fn read(&self, ty: Type, schema: &Schema) -> Type {
        let ty = manner::read(ty, schema);
        match self.refinement(schema) {
            Some(refinement) => manner::refined(ty, refinement),
            None => ty,
        }
    }

    /// What must hold of a schema's values beyond their type.
    fn refinement(&self, schema: &Schema) -> Option<Refinement> {
        let id = schema.refinement?;
        let assertions = self.refinements.get(id.0 as usize)?;
        (!assertions.is_empty()).then_some(Refinement(id.0))
    }

    /// Says what an item is; those that lie too deep wait until the way there has been gone back.
    fn fill(&mut self, unfilled: Unfilled) {
        if self.depth >= MAX_DEPTH {
            return self.unfilled.push(unfilled);
        }
        self.depth += 1;
        let kind = self.kind(&unfilled);
        self.items.get_mut(unfilled.item).kind = kind;
        if self.depth == 1 {
            while let Some(unfilled) = self.unfilled.pop() {
                let kind = self.kind(&unfilled);
                self.items.get_mut(unfilled.item).kind = kind;
            }
        }
        self.depth -= 1;
    }

    fn kind(&mut self, unfilled: &Unfilled) -> ItemKind {
        let Unfilled {
            id,
            direction,
            ref place,
            ..
        } = *unfilled;
        let schema = self.api.schema(id);
        match &schema.shape {
            Shape::Object(object) if is_struct(object) => {
                ItemKind::Struct(shapes::structure(self, object, schema, direction, place))
            }
            Shape::Enum { values, names } => ItemKind::Enum(shapes::literals(values, names)),
            Shape::Union(union) if union.branches.len() > 1 => {
                shapes::union(self, union, direction, place)
            }
            Shape::Union(_)
            | Shape::Object(_)
            | Shape::Any
            | Shape::Never
            | Shape::Null
            | Shape::Boolean
            | Shape::Integer(_)
            | Shape::Number
            | Shape::String(_)
            | Shape::Array { .. }
            | Shape::Tuple { .. } => {
                let ty = self.plain(schema, direction, place);
                ItemKind::Alias(self.read(ty, schema))
            }
        }
    }

    fn plain(&mut self, schema: &Schema, direction: Direction, place: &Place) -> Type {
        match &schema.shape {
            Shape::Any => Type::Any,
            Shape::Never => Type::Never,
            Shape::Null => Type::Null,
            Shape::Boolean => Type::Boolean,
            Shape::Integer(width) => Type::Integer(*width, rules::integer(&schema.checks, *width)),
            Shape::Number => Type::Number(rules::number(&schema.checks)),
            Shape::String(text) => Type::Text(
                *text,
                rules::string(&schema.checks, &self.patterns, self.diagnostics),
            ),
            Shape::Array { items } => {
                let item = self.ty(*items, direction, &place.inside("Item"));
                Type::List(Box::new(item), rules::array(&schema.checks))
            }
            Shape::Tuple {
                prefix,
                rest,
                required,
            } => self.tuple(schema, prefix, *rest, *required, direction, place),
            Shape::Object(object) => self.map(object, schema, direction, place),
            // A union of one is that one.
            Shape::Union(union) => union
                .branches
                .first()
                .map_or(Type::Any, |id| self.ty(*id, direction, place)),
            Shape::Enum { .. } => Type::Any,
        }
    }

    fn tuple(
        &mut self,
        schema: &Schema,
        prefix: &[SchemaId],
        rest: Option<SchemaId>,
        required: usize,
        direction: Direction,
        place: &Place,
    ) -> Type {
        let places = prefix.iter().enumerate().map(|(index, id)| {
            let place = place.inside(&format!("Place{}", index + 1));
            self.ty(*id, direction, &place)
        });
        let places: Vec<Type> = places.collect();
        let rest = rest.map(|id| Box::new(self.ty(id, direction, &place.inside("Rest"))));
        let mut rule = rules::array(&schema.checks);
        rule.min = rule.min.max(Some(required as u64));
        if rest.is_none() {
            let all = places.len() as u64;
            rule.max = Some(rule.max.map_or(all, |max| max.min(all)));
        }
        Type::Tuple(Tuple {
            places,
            required,
            rest,
            rule,
        })
    }

    fn map(
        &mut self,
        object: &Object,
        schema: &Schema,
        direction: Direction,
        place: &Place,
    ) -> Type {
        let value = match object.unknown {
            Unknown::Keep(value) => self.ty(value, direction, &place.inside("Value")),
            Unknown::Drop | Unknown::Reject => Type::Any,
        };
        Type::Map(Box::new(value), rules::size(&schema.checks))
    }
}

/// Whether a schema needs an item of its own, wherever it stands.
fn is_declared(schema: &Schema) -> bool {
    match &schema.shape {
        Shape::Enum { .. } => true,
        Shape::Union(union) => union.branches.len() > 1 || schema.name.is_some(),
        Shape::Object(object) => is_struct(object),
        Shape::Any | Shape::Never | Shape::Null => false,
        Shape::String(Text::Binary) => false,
        Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number
        | Shape::String(_)
        | Shape::Array { .. }
        | Shape::Tuple { .. } => schema.name.is_some(),
    }
}

/// Whether a declared schema is but a name for a type.
fn is_alias(schema: &Schema) -> bool {
    match &schema.shape {
        Shape::Object(object) => !is_struct(object),
        Shape::Union(union) => union.branches.len() < 2,
        Shape::Enum { .. } => false,
        Shape::Any
        | Shape::Never
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number
        | Shape::String(_)
        | Shape::Array { .. }
        | Shape::Tuple { .. } => true,
    }
}

/// Whether an object becomes a struct; one without fields is a map, unless it must be empty.
fn is_struct(object: &Object) -> bool {
    !object.fields.is_empty() || object.unknown == Unknown::Reject
}

/// The name of an item, for those that refer to it.
pub(super) fn item_name(items: &Items, id: ItemId) -> &str {
    &items.get(id).name
}
