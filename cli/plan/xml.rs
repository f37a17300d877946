//! How values stand in XML: a table of shapes. `documents` makes it.

use crate::model::Xml;

/// How the values of an API stand in XML.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// All shapes.
    pub shapes: Vec<Shape>,
    /// Those that are declared, in order; the others are written where they are used, or not used at all.
    pub declared: Vec<ShapeId>,
}

/// Index into [`Table::shapes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShapeId(pub usize);

/// The name of an element or attribute; what is empty isn't said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Without the prefix.
    pub name: String,
    /// The prefix.
    pub prefix: String,
    /// The IRI of the namespace.
    pub namespace: String,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Text, to the letter.
    Text,
    /// Text in which spaces at the ends mean nothing.
    Trimmed,
    /// Texts between spaces.
    Words,
    /// Whatever it looks like.
    Any,
    /// This, unless it is but a text.
    Mixed(ShapeId),
    /// An element for each item.
    List { tag: Tag, item: ShapeId },
    /// Attributes and elements for properties; `others` is for those that aren't declared.
    Object {
        fields: Vec<Field>,
        others: Option<Box<Field>>,
    },
}

/// A property.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its key in JSON.
    pub key: String,
    /// Its name; for what isn't declared empty, as that is its key.
    pub tag: Tag,
    /// Where it stands.
    pub place: Place,
    /// Whether it must be there, so that none of its elements is an empty list, and no text an empty one.
    /// Never so of what is there or isn't.
    pub required: bool,
    /// What stands there; of a list without an element of its own, what its items are.
    pub shape: ShapeId,
}

/// Where a property stands (a variant of the support module's `Place`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In an element.
    Element,
    /// In an element for each item.
    Items,
    /// In an attribute.
    Attribute,
    /// In the text of the element around.
    Text,
    /// There too, as a CDATA section.
    Cdata,
    /// Its properties stand beside it.
    Inside,
}

/// A whole document.
#[derive(Debug, Clone, PartialEq)]
pub struct Root {
    /// The name of its root element.
    pub tag: Tag,
    /// Whether the contract says so; otherwise any name is taken.
    pub is_declared: bool,
    /// What stands in it.
    pub shape: ShapeId,
}

impl Shape {
    /// Whether it has no parts.
    pub fn is_simple(&self) -> bool {
        match self {
            Self::Text | Self::Trimmed | Self::Words | Self::Any => true,
            Self::Mixed(_) | Self::List { .. } | Self::Object { .. } => false,
        }
    }

    pub(super) fn inner(&self) -> Vec<ShapeId> {
        match self {
            Self::Text | Self::Trimmed | Self::Words | Self::Any => Vec::new(),
            Self::Mixed(inner) | Self::List { item: inner, .. } => vec![*inner],
            Self::Object { fields, others } => {
                let others = others.iter().map(|field| field.shape);
                fields
                    .iter()
                    .map(|field| field.shape)
                    .chain(others)
                    .collect()
            }
        }
    }
}

impl Tag {
    /// A name without a namespace.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            prefix: String::new(),
            namespace: String::new(),
        }
    }

    /// The tag of what is said, with this name if none is said.
    pub(super) fn of(xml: &Xml, name: &str) -> Self {
        Self {
            name: element_name(xml.name.as_deref().unwrap_or(name)),
            prefix: element_name(xml.prefix.as_deref().unwrap_or_default()),
            namespace: xml.namespace.clone().unwrap_or_default(),
        }
    }
}

/// A name as XML can have it: letters, digits, `-`, `_` and `.`, of which the last three and digits can't come first.
///
/// <https://www.w3.org/TR/xml-names/#NT-NCName>
fn element_name(text: &str) -> String {
    let is_inner = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let mut name: String = text
        .chars()
        .map(|letter| if is_inner(letter) { letter } else { '_' })
        .collect();
    if name.starts_with(|first: char| !first.is_alphabetic() && first != '_') {
        name.insert(0, '_');
    }
    name
}
