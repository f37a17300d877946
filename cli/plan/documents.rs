//! Documents in XML: which shape values of a schema have there, by the rules of the XML Object.
//!
//! <https://spec.openapis.org/oas/v3.1.1#xml-object>, <https://spec.openapis.org/oas/v3.2.0#xml-object>

use std::collections::{BTreeSet, HashMap, HashSet};

use super::xml::{Field, Place, Root, Shape, ShapeId, Table, Tag};
use crate::model::{
    self, Access, Api, Content, Schema, SchemaId, Shape as Value, Text, Unknown, Xml, XmlNode,
};

/// What becomes of a content in XML.
pub(super) enum Document {
    /// It is typed.
    Typed(Root),
    /// It is bytes, as the contract has it.
    Bytes,
    /// It is bytes, since the contract doesn't say enough; this is what it doesn't say.
    Untyped(&'static str),
}

/// The shapes that bodies reach, each once.
#[derive(Debug, Default)]
pub(super) struct Documents {
    list: Vec<Shape>,
    /// Those that documents begin with.
    roots: Vec<ShapeId>,
    /// By schema and, for lists, by the name that items get which have none.
    known: HashMap<(SchemaId, String), ShapeId>,
}

/// How deep objects without elements of their own may nest.
const MAX_INSIDE: usize = 8;

impl Documents {
    /// The document that a content is.
    pub(super) fn document(&mut self, api: &Api, content: &Content) -> Document {
        let Some(id) = content.schema else {
            return Document::Bytes;
        };
        let schema = resolved(api, id);
        let xml = content.xml.clone().over(&said(api, id));
        let declared = xml.name.clone().or_else(|| api.schema(id).name.clone());
        let fallback = match &schema.shape {
            Value::Array { items } => {
                let name = said_of_items(api, schema, *items).name;
                let name = name.or_else(|| api.schema(*items).name.clone());
                format!("{}s", name.as_deref().unwrap_or("item"))
            }
            Value::String(Text::Binary) => return Document::Bytes,
            Value::Any | Value::Never | Value::Null => {
                return Document::Untyped("their schema says nothing of their elements");
            }
            Value::Tuple { .. } | Value::Object(_) | Value::Union(_) => "root".to_owned(),
            Value::Enum { .. } | Value::String(_) => "root".to_owned(),
            Value::Boolean | Value::Integer(_) | Value::Number => "root".to_owned(),
        };
        let mut within = declared.clone();
        if let Value::Array { items } = &schema.shape
            && let Some(name) = &api.schema(*items).name
        {
            within = Some(name.clone());
        }
        let shape = self.shape(api, id, within.as_deref().unwrap_or("item"));
        let is_text = matches!(self.list[shape.0], Shape::Text | Shape::Trimmed);
        if declared.is_none() && is_text {
            return Document::Untyped("their schema does not say how the root element is called");
        }
        self.roots.push(shape);
        Document::Typed(Root {
            is_declared: declared.is_some(),
            tag: Tag::of(&xml, &declared.unwrap_or(fallback)),
            shape,
        })
    }

    /// The table of all documents so far.
    pub(super) fn table(self) -> Table {
        let mut declared: BTreeSet<ShapeId> = self.roots.iter().copied().collect();
        let mut open = self.roots;
        while let Some(id) = open.pop() {
            for inner in self.list[id.0].inner() {
                if !self.list[inner.0].is_simple() && declared.insert(inner) {
                    open.push(inner);
                }
            }
        }
        Table {
            shapes: self.list,
            declared: declared.into_iter().collect(),
        }
    }

    /// The shape of a schema's values; items of a list are called `within` if they have no name of their own.
    fn shape(&mut self, api: &Api, id: SchemaId, within: &str) -> ShapeId {
        let schema = api.schema(id);
        let may_be_list = matches!(
            schema.shape,
            Value::Array { .. } | Value::Tuple { .. } | Value::Union(_)
        );
        let within = if may_be_list { within } else { "" };
        if let Some(known) = self.known.get(&(id, within.to_owned())) {
            return *known;
        }
        let shape = self.reserve();
        self.known.insert((id, within.to_owned()), shape);
        self.list[shape.0] = self.build(api, schema, within);
        shape
    }

    fn reserve(&mut self) -> ShapeId {
        self.list.push(Shape::Any);
        ShapeId(self.list.len() - 1)
    }

    fn build(&mut self, api: &Api, schema: &Schema, within: &str) -> Shape {
        match &schema.shape {
            Value::Any | Value::Never | Value::Null => Shape::Any,
            Value::Boolean | Value::Integer(_) | Value::Number => Shape::Trimmed,
            Value::String(Text::Plain | Text::Password | Text::Binary) => Shape::Text,
            Value::String(_) => Shape::Trimmed,
            Value::Enum { values, .. } => literals(values),
            Value::Array { items } => {
                let xml = said_of_items(api, schema, *items);
                let tag = Tag::of(&xml, within);
                let item = self.shape(api, *items, &tag.name);
                Shape::List { tag, item }
            }
            Value::Tuple { prefix, rest, .. } => {
                let places: Vec<SchemaId> = prefix.iter().chain(rest).copied().collect();
                let item = self.reserve();
                self.list[item.0] = self.merged(api, &places, within);
                let tag = Tag::new(within);
                Shape::List { tag, item }
            }
            Value::Object(object) => {
                let (fields, others) = self.object(api, object);
                Shape::Object { fields, others }
            }
            Value::Union(union) => self.merged(api, &union.branches, within),
        }
    }

    fn object(&mut self, api: &Api, object: &model::Object) -> (Vec<Field>, Option<Box<Field>>) {
        let fields = object.fields.iter().map(|field| self.field(api, field));
        let fields = fields.collect();
        let others = match object.unknown {
            Unknown::Keep(value) => Some(Box::new(self.other(api, value))),
            Unknown::Drop | Unknown::Reject => None,
        };
        (fields, others)
    }

    fn field(&mut self, api: &Api, field: &model::Field) -> Field {
        let schema = resolved(api, field.schema);
        let xml = field.xml.clone().over(&said(api, field.schema));
        let tag = Tag::of(&xml, &field.name);
        let is_list = matches!(schema.shape, Value::Array { .. } | Value::Tuple { .. });
        let is_object = matches!(schema.shape, Value::Object(_));
        let is_union = matches!(schema.shape, Value::Union(_) | Value::Any);
        let text = |place| match place {
            XmlNode::Attribute => Place::Attribute,
            XmlNode::Cdata => Place::Cdata,
            XmlNode::Element | XmlNode::Text | XmlNode::None => Place::Text,
        };
        let (place, tag, shape) = match (xml.node, &schema.shape) {
            (Some(XmlNode::Element), _) => self.element(api, field.schema, tag),
            (Some(node @ (XmlNode::Attribute | XmlNode::Text | XmlNode::Cdata)), _) if is_list => {
                let words = self.reserve();
                self.list[words.0] = Shape::Words;
                (text(node), tag, words)
            }
            (None | Some(XmlNode::None), Value::Array { items }) => {
                let items_xml = said_of_items(api, schema, *items);
                let tag = Tag::of(&items_xml, &field.name);
                let item = self.shape(api, *items, &tag.name);
                (Place::Items, tag, item)
            }
            (Some(XmlNode::None), Value::Object(_)) if is_flat(api, field.schema, MAX_INSIDE) => {
                let (_, tag, shape) = self.element(api, field.schema, tag);
                (Place::Inside, tag, shape)
            }
            (None, _) => self.element(api, field.schema, tag),
            (Some(_), _) if is_list || is_object || is_union => {
                self.element(api, field.schema, tag)
            }
            (Some(node), _) => {
                let shape = self.shape(api, field.schema, "");
                (text(node), tag, shape)
            }
        };
        Field {
            key: field.name.clone(),
            tag,
            place,
            required: field.required
                && field.access != Access::ReadOnly
                && !matches!(place, Place::Element | Place::Attribute),
            shape,
        }
    }

    /// A property in an element of its own. If that is around a list, its items are called as it is, unless they have a name.
    fn element(&mut self, api: &Api, id: SchemaId, tag: Tag) -> (Place, Tag, ShapeId) {
        let shape = self.shape(api, id, &tag.name);
        (Place::Element, tag, shape)
    }

    /// A property that isn't declared; its name is its key.
    fn other(&mut self, api: &Api, id: SchemaId) -> Field {
        let schema = resolved(api, id);
        let xml = said(api, id);
        let unnamed = |items: &SchemaId| said_of_items(api, schema, *items).name.is_none();
        let (place, shape) = match &schema.shape {
            Value::Array { items } if xml.node.is_none() && unnamed(items) => {
                (Place::Items, self.shape(api, *items, ""))
            }
            _ if xml.node == Some(XmlNode::Attribute) => {
                (Place::Attribute, self.shape(api, id, ""))
            }
            _ => (Place::Element, self.shape(api, id, "")),
        };
        let tag = Tag::of(&Xml { name: None, ..xml }, "");
        Field {
            key: String::new(),
            tag,
            place,
            required: false,
            shape,
        }
    }

    /// The shape of values of one of several schemas: objects have the fields of all.
    fn merged(&mut self, api: &Api, branches: &[SchemaId], within: &str) -> Shape {
        let (mut texts, mut lists) = (Vec::new(), Vec::new());
        let (mut all, mut rest, mut has_objects) = (Vec::new(), None, false);
        for id in leaves(api, branches) {
            let schema = api.schema(id);
            match &schema.shape {
                Value::Object(object) => {
                    has_objects = true;
                    let (fields, others) = self.object(api, object);
                    for field in fields {
                        merge(&mut all, field);
                    }
                    rest = rest.or(others);
                }
                Value::Array { .. } | Value::Tuple { .. } => {
                    lists.push(self.build(api, schema, within));
                }
                Value::Any | Value::Never | Value::Null | Value::Union(_) => {
                    texts.push(Shape::Any);
                }
                Value::Boolean | Value::Integer(_) | Value::Number => texts.push(Shape::Trimmed),
                Value::String(_) | Value::Enum { .. } => {
                    texts.push(self.build(api, schema, within));
                }
            }
        }
        let object = has_objects.then_some(Shape::Object {
            fields: all,
            others: rest,
        });
        let structured = object
            .into_iter()
            .chain(lists)
            .reduce(|one, other| if one == other { one } else { Shape::Any });
        let text = texts.into_iter().reduce(|one, other| match (one, other) {
            (Shape::Any, _) | (_, Shape::Any) => Shape::Any,
            (Shape::Trimmed, Shape::Trimmed) => Shape::Trimmed,
            _ => Shape::Text,
        });
        match (structured, text) {
            (None, text) => text.unwrap_or(Shape::Any),
            (Some(shape), None) => shape,
            (Some(Shape::Any), _) | (_, Some(Shape::Any)) => Shape::Any,
            (Some(shape), Some(_)) => {
                let id = self.reserve();
                self.list[id.0] = shape;
                Shape::Mixed(id)
            }
        }
    }
}

/// Adds a field of another branch, unless there is one that reads the same or writes what it would.
fn merge(fields: &mut Vec<Field>, field: Field) {
    let found = fields.iter_mut().find(|other| {
        other.key == field.key && other.place == field.place && other.tag == field.tag
    });
    match found {
        Some(other) => other.required &= field.required,
        None => fields.push(Field {
            required: false,
            ..field
        }),
    }
}

/// The branches that are no unions themselves.
fn leaves(api: &Api, branches: &[SchemaId]) -> Vec<SchemaId> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    let mut open: Vec<SchemaId> = branches.iter().rev().copied().collect();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        if let Value::Union(union) = &api.schema(id).shape {
            open.extend(union.branches.iter().rev());
        } else {
            found.push(id);
        }
    }
    found
}

fn literals(values: &[model::Value]) -> Shape {
    let has_spaces = |value: &model::Value| value.as_str().is_some_and(|text| text.trim() != text);
    if values
        .iter()
        .any(|value| value.is_array() || value.is_object())
    {
        Shape::Any
    } else if values.iter().any(has_spaces) {
        Shape::Text
    } else {
        Shape::Trimmed
    }
}

/// The schema itself, or the one that it is a union of.
fn resolved(api: &Api, id: SchemaId) -> &Schema {
    let mut schema = api.schema(id);
    for _ in 0..MAX_INSIDE {
        if let Value::Union(union) = &schema.shape
            && let [only] = union.branches.as_slice()
        {
            schema = api.schema(*only);
        }
    }
    schema
}

/// What a schema says of its values in XML.
fn said(api: &Api, id: SchemaId) -> Xml {
    let schema = api.schema(id);
    schema.xml.clone().over(&resolved(api, id).xml)
}

fn said_of_items(api: &Api, list: &Schema, items: SchemaId) -> Xml {
    list.items_xml.clone().over(&said(api, items))
}

/// Whether an object whose fields stand in another element comes to an end.
fn is_flat(api: &Api, id: SchemaId, depth: usize) -> bool {
    let Value::Object(object) = &resolved(api, id).shape else {
        return true;
    };
    let inside = |field: &&model::Field| {
        field.xml.clone().over(&said(api, field.schema)).node == Some(XmlNode::None)
    };
    let mut nested = object.fields.iter().filter(inside);
    depth > 0 && nested.all(|field| is_flat(api, field.schema, depth - 1))
}
