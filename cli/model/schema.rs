//! Schemas: the shape of a value, and what must hold of it.

use super::{Check, MediaType, RefinementId, Value, Xml};
use crate::source::Span;

/// Index of a [`Schema`] in [`Schemas`]; recursion and sharing go through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

/// All schemas of an API.
#[derive(Debug, Clone, Default)]
pub struct Schemas(Vec<Schema>);

/// The shape of a value and the checks on it.
#[derive(Debug, Clone)]
pub struct Schema {
    /// The name under which the contract declares it (`components.schemas`, an exported `const`); `None` if inline.
    pub name: Option<String>,
    /// Where it is declared.
    pub span: Span,
    /// What a person should know of it.
    pub docs: Docs,
    /// Whether `null` is a value of it besides its shape.
    pub nullable: bool,
    /// What values look like.
    pub shape: Shape,
    /// What must hold of them, in the order in which it is checked.
    pub checks: Vec<Check>,
    /// What else must hold of them, which no check can say.
    pub refinement: Option<RefinementId>,
    /// What values of other JSON types are made first, if they are.
    pub coerce: Option<Coercion>,
    /// What the contract itself says of a value that it refuses, where no check says it.
    pub messages: Messages,
    /// How values of it stand in XML.
    pub xml: Xml,
    /// What a list says of its items in XML, before their schema speaks.
    pub items_xml: Xml,
    /// What a text holds, if the contract says so.
    pub held: Option<Held>,
}

/// What a text holds. It is for whoever reads the text: nobody decodes or checks it by himself.
///
/// <https://json-schema.org/draft/2020-12/json-schema-validation#section-8>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// `contentMediaType`.
    pub media_type: MediaType,
    /// The name of the `contentSchema`, if that refers to one.
    pub schema: Option<String>,
}

/// What a value of any JSON type is made before it is checked, by the rules of JavaScript (`z.coerce`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Coercion {
    /// `Number(value)`.
    Number,
    /// `BigInt(value)`: a whole number to the last digit.
    BigInt,
    /// `Boolean(value)`: whether it is truthy.
    Boolean,
    /// `String(value)`.
    String,
    /// `new Date(value)`: a moment.
    Date,
}

/// The contract's own words for values that are refused (Zod); those of a check are [`Check::message`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Messages {
    /// For one that isn't of the shape: of another type, missing, none of the literals, matched by no branch.
    pub shape: Option<String>,
    /// For a text that isn't what its [`Text`] says: no date, no UUID.
    pub text: Option<String>,
    /// For a number that isn't whole.
    pub whole: Option<String>,
}

/// Text for people.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Docs {
    /// One line (`summary`, `title`); may be empty.
    pub summary: String,
    /// Markdown; may be empty.
    pub description: String,
    /// Whether it should no longer be used.
    pub deprecated: bool,
}

/// What values of a schema look like.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Any JSON value.
    Any,
    /// No value at all (`false`, `z.never()`).
    Never,
    /// `null` alone.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer(Integer),
    /// Any number (`number`, `float`, `double`).
    Number,
    /// A string, by what it holds.
    String(Text),
    /// One of these JSON values; a `const` is an enum of one. Never empty. `names` come from `x-enum-varnames`, one a value, or are empty.
    Enum {
        values: Vec<Value>,
        names: Vec<String>,
    },
    /// A list of values of one schema.
    Array { items: SchemaId },
    /// A list with a schema for each of the first places; `rest` is for those after, `None` allows none.
    /// At least `required` places must be there.
    Tuple {
        prefix: Vec<SchemaId>,
        rest: Option<SchemaId>,
        required: usize,
    },
    /// Named fields, and what is allowed beside them. Without fields it is a map.
    Object(Object),
    /// One or any of several schemas.
    Union(Union),
}

/// Widths of whole numbers (the OpenAPI format registry's names).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Integer {
    /// `int8`.
    I8,
    /// `int16`.
    I16,
    /// `int32`.
    I32,
    /// `int64`, and when no width is said.
    I64,
    /// `uint8`.
    U8,
    /// `uint16`.
    U16,
    /// `uint32`.
    U32,
    /// `uint64`.
    U64,
}

/// What a string holds, as far as it changes its type; other formats are [`super::Constraint::Format`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Text {
    /// Text.
    Plain,
    /// `date-time` (RFC 3339).
    DateTime,
    /// `date` (RFC 3339 full-date).
    Date,
    /// `uuid` (RFC 9562).
    Uuid,
    /// `ipv4`.
    Ipv4,
    /// `ipv6`.
    Ipv6,
    /// `byte`, `contentEncoding: base64`: bytes as base64 text.
    Base64,
    /// `base64url`, as format or encoding: the same in the alphabet of URLs.
    Base64Url,
    /// `binary`, a file: raw bytes, in bodies and parts alone.
    Binary,
    /// `password`: text that must not be shown in logs.
    Password,
}

/// Named fields, and what is allowed beside them.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// In the contract's order.
    pub fields: Vec<Field>,
    /// What becomes of keys that no field has.
    pub unknown: Unknown,
}

/// What becomes of keys that an object doesn't declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// They are dropped (nothing was said of them).
    Drop,
    /// They are an issue (`additionalProperties: false`, `z.strictObject`).
    Reject,
    /// They are kept, each value of this schema (`additionalProperties`, `z.record`, `catchall`).
    Keep(SchemaId),
}

/// One named field of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The key in JSON, to the letter.
    pub name: String,
    /// Where it is declared.
    pub span: Span,
    /// Its schema.
    pub schema: SchemaId,
    /// Whether it must be there. A field with a default is never required on input.
    pub required: bool,
    /// What stands in for it when it is absent.
    pub default: Option<Value>,
    /// Whether it is only ever sent or only ever received.
    pub access: Access,
    /// Docs said at the field; empty when only the schema's own apply.
    pub docs: Docs,
    /// What is said of it in XML, before its schema speaks.
    pub xml: Xml,
}

/// In which direction a field travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Both ways.
    #[default]
    Both,
    /// Responses alone (`readOnly`).
    ReadOnly,
    /// Requests alone (`writeOnly`).
    WriteOnly,
}

/// One or any of several schemas. A union of one branch is that branch, which has a name of its own, or `null`.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// How many branches may match.
    pub kind: UnionKind,
    /// In the contract's order; never empty. `null` is not among them (see [`Schema::nullable`]).
    pub branches: Vec<SchemaId>,
    /// The property that tells the branches apart.
    pub discriminator: Option<Discriminator>,
}

/// The property that tells the branches of a union apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Discriminator {
    /// Its name.
    pub property: String,
    /// Its value(s) for each branch, parallel to the branches, in order; of the fallback alone there may be none.
    pub values: Vec<Vec<Value>>,
    /// The branch of objects that have none of the values, or not even the property: the base of an inheritance.
    pub fallback: Option<usize>,
}

/// How many branches of a union may match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnionKind {
    /// Exactly one (`oneOf`).
    One,
    /// At least one; the first that does is taken (`anyOf`, `z.union`).
    Any,
}

impl Schema {
    /// An inline schema without docs or checks.
    pub fn inline(span: Span, shape: Shape) -> Self {
        Self {
            name: None,
            span,
            docs: Docs::default(),
            nullable: false,
            shape,
            checks: Vec::new(),
            refinement: None,
            coerce: None,
            messages: Messages::default(),
            xml: Xml::default(),
            items_xml: Xml::default(),
            held: None,
        }
    }
}

impl Schemas {
    /// Adds a schema.
    pub fn add(&mut self, schema: Schema) -> SchemaId {
        let id = SchemaId(u32::try_from(self.0.len()).expect("fewer than 2^32 schemas"));
        self.0.push(schema);
        id
    }

    /// The schema with this id.
    pub fn get(&self, id: SchemaId) -> &Schema {
        &self.0[id.0 as usize]
    }

    /// Replaces what stands at `id`: a front-end reserves the id of a recursive schema before it knows its shape.
    pub fn set(&mut self, id: SchemaId, schema: Schema) {
        self.0[id.0 as usize] = schema;
    }

    /// All, with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        self.0
            .iter()
            .enumerate()
            .map(|(index, schema)| (SchemaId(index as u32), schema))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
