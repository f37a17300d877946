//! Schemas of the model as JSON Schema (draft 2020-12, as OpenAPI 3.1 has it).

use serde_json::{Map, json};

use crate::model::{
    Access, Api, Constraint, Discriminator, Field, Format, Integer, Object, Schema, SchemaId,
    Shape, Text, Union, UnionKind, Unknown, Value,
};

/// The schemas of an API, for writing them down.
pub(super) struct Schemas<'a> {
    pub api: &'a Api,
}

impl Schemas<'_> {
    /// Every schema that has a name.
    pub fn components(&self) -> Map<String, Value> {
        let named = self
            .api
            .schemas
            .iter()
            .filter_map(|(_, schema)| Some((schema.name.clone()?, schema)));
        named
            .map(|(name, schema)| (name, Value::Object(self.schema(schema))))
            .collect()
    }

    /// A schema where it is used: by name if it has one.
    pub fn reference(&self, id: SchemaId) -> Value {
        let schema = self.api.schema(id);
        match &schema.name {
            Some(name) => json!({ "$ref": reference(name) }),
            None => Value::Object(self.schema(schema)),
        }
    }

    fn schema(&self, schema: &Schema) -> Map<String, Value> {
        let mut object = self.shape(&schema.shape);
        if schema.nullable {
            make_nullable(&mut object);
        }
        for check in &schema.checks {
            let (key, value) = constraint(&check.constraint);
            if object.contains_key(key) {
                let all = object
                    .entry("allOf")
                    .or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(all) = all {
                    all.push(json!({ (key): value }));
                }
            } else {
                object.insert(key.to_owned(), value);
            }
        }
        super::docs(&mut object, &schema.docs, "title");
        object
    }

    fn shape(&self, shape: &Shape) -> Map<String, Value> {
        let value = match shape {
            Shape::Any => json!({}),
            Shape::Never => json!({ "not": {} }),
            Shape::Null => json!({ "type": "null" }),
            Shape::Boolean => json!({ "type": "boolean" }),
            Shape::Integer(width) => match integer(*width) {
                Some(format) => json!({ "type": "integer", "format": format }),
                None => json!({ "type": "integer" }),
            },
            Shape::Number => json!({ "type": "number" }),
            Shape::String(text) => string(*text),
            Shape::Enum { values, names } => return enumeration(values, names),
            Shape::Array { items } => json!({ "type": "array", "items": self.reference(*items) }),
            Shape::Tuple {
                prefix,
                rest,
                required,
            } => {
                let prefix: Vec<Value> = prefix.iter().map(|item| self.reference(*item)).collect();
                let rest = rest.map_or(Value::Bool(false), |rest| self.reference(rest));
                json!({ "type": "array", "prefixItems": prefix, "items": rest, "minItems": required })
            }
            Shape::Object(object) => return self.object(object),
            Shape::Union(union) => return self.union(union),
        };
        match value {
            Value::Object(object) => object,
            _ => Map::new(),
        }
    }

    fn object(&self, object: &Object) -> Map<String, Value> {
        let mut schema = Map::new();
        schema.insert("type".into(), "object".into());
        if !object.fields.is_empty() {
            let fields = object
                .fields
                .iter()
                .map(|field| (field.name.clone(), self.field(field)));
            schema.insert("properties".into(), Value::Object(fields.collect()));
        }
        let required: Vec<&str> = object
            .fields
            .iter()
            .filter(|field| field.required)
            .map(|field| field.name.as_str())
            .collect();
        if !required.is_empty() {
            schema.insert("required".into(), required.into());
        }
        match object.unknown {
            Unknown::Drop => {}
            Unknown::Reject => {
                schema.insert("additionalProperties".into(), false.into());
            }
            Unknown::Keep(rest) => {
                schema.insert("additionalProperties".into(), self.reference(rest));
            }
        }
        schema
    }

    fn field(&self, field: &Field) -> Value {
        let Value::Object(mut schema) = self.reference(field.schema) else {
            return Value::Null;
        };
        super::docs(&mut schema, &field.docs, "title");
        if let Some(default) = &field.default {
            schema.insert("default".into(), default.clone());
        }
        match field.access {
            Access::Both => {}
            Access::ReadOnly => {
                schema.insert("readOnly".into(), true.into());
            }
            Access::WriteOnly => {
                schema.insert("writeOnly".into(), true.into());
            }
        }
        Value::Object(schema)
    }

    fn union(&self, union: &Union) -> Map<String, Value> {
        let key = match union.kind {
            UnionKind::One => "oneOf",
            UnionKind::Any => "anyOf",
        };
        let mut schema = Map::new();
        let branches = union.branches.iter().map(|branch| self.reference(*branch));
        schema.insert(key.into(), Value::Array(branches.collect()));
        if let Some(Discriminator {
            property, values, ..
        }) = &union.discriminator
        {
            let mut mapping = Map::new();
            for (branch, values) in union.branches.iter().zip(values) {
                let Some(name) = &self.api.schema(*branch).name else {
                    return schema;
                };
                for value in values.iter().filter_map(Value::as_str) {
                    mapping.insert(value.to_owned(), reference(name).into());
                }
            }
            schema.insert(
                "discriminator".into(),
                json!({ "propertyName": property, "mapping": mapping }),
            );
        }
        schema
    }
}

/// `#/components/schemas/Book`, the name escaped as a fragment and a JSON pointer.
fn reference(name: &str) -> String {
    let mut escaped = String::from("#/components/schemas/");
    for byte in name.bytes() {
        match byte {
            b'~' => escaped.push_str("~0"),
            b'/' => escaped.push_str("~1"),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                escaped.push(char::from(byte))
            }
            other => escaped.push_str(&format!("%{other:02X}")),
        }
    }
    escaped
}

fn enumeration(values: &[Value], names: &[String]) -> Map<String, Value> {
    let mut schema = Map::new();
    if values.iter().all(Value::is_string) {
        schema.insert("type".into(), "string".into());
    }
    match values {
        [value] => schema.insert("const".into(), value.clone()),
        _ => schema.insert("enum".into(), values.into()),
    };
    if !names.is_empty() {
        schema.insert("x-enum-varnames".into(), names.into());
    }
    schema
}

/// Takes `null` as well, whatever says what else is taken.
fn make_nullable(schema: &mut Map<String, Value>) {
    if let Some(value) = schema.shift_remove("const") {
        schema.insert("enum".into(), json!([value]));
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.push(Value::Null);
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(Value::Array(branches)) = schema.get_mut(key) {
            branches.push(json!({ "type": "null" }));
        }
    }
    if let Some(kind) = schema.get_mut("type") {
        *kind = json!([kind.take(), "null"]);
    }
}

fn string(text: Text) -> Value {
    let format = match text {
        Text::Plain => return json!({ "type": "string" }),
        Text::Base64 => return json!({ "type": "string", "contentEncoding": "base64" }),
        Text::Base64Url => return json!({ "type": "string", "contentEncoding": "base64url" }),
        Text::DateTime => "date-time",
        Text::Date => "date",
        Text::Uuid => "uuid",
        Text::Ipv4 => "ipv4",
        Text::Ipv6 => "ipv6",
        Text::Binary => "binary",
        Text::Password => "password",
    };
    json!({ "type": "string", "format": format })
}

fn integer(width: Integer) -> Option<&'static str> {
    Some(match width {
        Integer::I64 => return None,
        Integer::I8 => "int8",
        Integer::I16 => "int16",
        Integer::I32 => "int32",
        Integer::U8 => "uint8",
        Integer::U16 => "uint16",
        Integer::U32 => "uint32",
        Integer::U64 => "uint64",
    })
}

fn constraint(constraint: &Constraint) -> (&'static str, Value) {
    match constraint {
        Constraint::MinLength(count) => ("minLength", (*count).into()),
        Constraint::MaxLength(count) => ("maxLength", (*count).into()),
        Constraint::Pattern(pattern) => ("pattern", pattern.clone().into()),
        Constraint::Format(format) => ("format", self::format(*format).into()),
        Constraint::Minimum {
            value,
            exclusive: false,
        } => ("minimum", number(value)),
        Constraint::Minimum {
            value,
            exclusive: true,
        } => ("exclusiveMinimum", number(value)),
        Constraint::Maximum {
            value,
            exclusive: false,
        } => ("maximum", number(value)),
        Constraint::Maximum {
            value,
            exclusive: true,
        } => ("exclusiveMaximum", number(value)),
        Constraint::MultipleOf(value) => ("multipleOf", number(value)),
        Constraint::MinItems(count) => ("minItems", (*count).into()),
        Constraint::MaxItems(count) => ("maxItems", (*count).into()),
        Constraint::UniqueItems => ("uniqueItems", true.into()),
        Constraint::MinProperties(count) => ("minProperties", (*count).into()),
        Constraint::MaxProperties(count) => ("maxProperties", (*count).into()),
    }
}

fn format(format: Format) -> &'static str {
    match format {
        Format::Time => "time",
        Format::Duration => "duration",
        Format::Email => "email",
        Format::Uri => "uri",
        Format::UriReference => "uri-reference",
        Format::Hostname => "hostname",
    }
}

/// Decimal text as a number of JSON.
fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}
