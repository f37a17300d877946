//! How values stand in XML: a table of shapes for each API that has bodies in it.

use super::codecs::Codecs;
use super::rust::literal;
use super::{EmittedFile, GENERATED, ours};
use crate::plan::api::ApiPlan;
use crate::plan::xml::{Field, Place, Root, Shape, ShapeId, Table, Tag};

/// The module of the shapes, if there are any.
pub fn module(api: &ApiPlan, folder: &str) -> Option<EmittedFile> {
    let Table { shapes, declared } = &api.xml;
    if declared.is_empty() {
        return None;
    }
    let statics = declared.iter().map(|id| {
        let value = self::shape(shapes, &shapes[id.0]);
        format!("pub static X{}: Shape = {value};\n", id.0)
    });
    let statics: String = statics.collect();
    let text = format!(
        "{GENERATED}\n//! How values stand in XML.\n\n#![allow(unused_imports)]\n\nuse crate::support::xml::{{Field, Place, Shape, Tag}};\n\n{statics}"
    );
    Some(ours(format!("{folder}/codecs/xml.rs"), text))
}

/// The name of the static of a document, in a module beside that of the shapes.
pub fn root(codecs: &mut Codecs, root: &Root) -> String {
    let value = format!(
        "xml::Root {{ tag: {}, is_declared: {}, shape: &super::xml::X{} }}",
        tag(&root.tag, "xml::"),
        root.is_declared,
        root.shape.0
    );
    codecs.constant("K", "xml::Root", &value)
}

fn shape(shapes: &[Shape], shape: &Shape) -> String {
    match shape {
        Shape::Text => "Shape::Text".to_owned(),
        Shape::Trimmed => "Shape::Trimmed".to_owned(),
        Shape::Words => "Shape::Words".to_owned(),
        Shape::Any => "Shape::Any".to_owned(),
        Shape::Mixed(inner) => format!("Shape::Mixed({})", reference(shapes, *inner)),
        Shape::List { tag, item } => format!(
            "Shape::List {{ tag: {}, item: {} }}",
            self::tag(tag, ""),
            reference(shapes, *item)
        ),
        Shape::Object { fields, others } => {
            let fields: Vec<String> = fields
                .iter()
                .map(|field| self::field(shapes, field))
                .collect();
            let others = others.as_ref().map_or("None".to_owned(), |others| {
                format!("Some(&{})", field(shapes, others))
            });
            format!(
                "Shape::Object {{ fields: &[{}], others: {others} }}",
                fields.join(", ")
            )
        }
    }
}

/// A reference to a shape; what has no parts is written where it is.
fn reference(shapes: &[Shape], id: ShapeId) -> String {
    match &shapes[id.0] {
        simple if simple.is_simple() => format!("&{}", shape(shapes, simple)),
        _ => format!("&X{}", id.0),
    }
}

fn field(shapes: &[Shape], field: &Field) -> String {
    let is_plain = field.place == Place::Element && !field.required;
    if is_plain && field.tag == Tag::new(&field.key) {
        let shape = reference(shapes, field.shape);
        return format!("Field::plain({}, {shape})", literal(&field.key));
    }
    let place = match field.place {
        Place::Element => "Element",
        Place::Items => "Items",
        Place::Attribute => "Attribute",
        Place::Text => "Text",
        Place::Cdata => "Cdata",
        Place::Inside => "Inside",
    };
    format!(
        "Field {{ key: {}, tag: {}, place: Place::{place}, required: {}, shape: {} }}",
        literal(&field.key),
        tag(&field.tag, ""),
        field.required,
        reference(shapes, field.shape)
    )
}

fn tag(tag: &Tag, path: &str) -> String {
    let name = literal(&tag.name);
    if tag.prefix.is_empty() && tag.namespace.is_empty() {
        return format!("{path}Tag::new({name})");
    }
    format!(
        "{path}Tag {{ name: {name}, prefix: {}, namespace: {} }}",
        literal(&tag.prefix),
        literal(&tag.namespace)
    )
}
