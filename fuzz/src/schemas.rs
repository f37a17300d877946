//! Schemas: a few keywords each, of fitting kinds mostly.

use arbitrary::Result;
use serde_json::{Map, Value, json};

use crate::document::Maker;
use crate::texts::{FORMATS, PATTERNS};

/// How deep schemas are made; what lies deeper is a reference or nothing.
const MAX_DEPTH: usize = 6;

const TYPES: &[&str] = &[
    "object", "string", "integer", "number", "array", "boolean", "null", "file", "pwnEd",
];

const NUMERIC: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "minContains",
    "maxContains",
];

const NESTED: &[&str] = &[
    "additionalProperties",
    "items",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contentSchema",
    "additionalItems",
];

const LISTS: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];

impl Maker<'_, '_> {
    pub(crate) fn schema(&mut self, depth: usize) -> Result<Value> {
        if depth > MAX_DEPTH || self.nodes == 0 {
            return Ok(json!({}));
        }
        self.nodes -= 1;
        if self.u.int_in_range(0..=4)? == 0 {
            let mut reference = self.reference("schemas")?;
            if self.rarely(5)? {
                reference["description"] = self.text()?.into();
                reference["nullable"] = true.into();
            }
            return Ok(reference);
        }
        if self.rarely(30)? {
            return self.value();
        }
        let mut schema = Map::new();
        match self.u.int_in_range(0..=9)? {
            0 => {}
            1 => {
                schema.insert(
                    "type".to_owned(),
                    json!([self.u.choose(TYPES)?, self.u.choose(TYPES)?]),
                );
            }
            _ => {
                schema.insert("type".to_owned(), (*self.u.choose(TYPES)?).into());
            }
        }
        for _ in 0..self.u.int_in_range(0..=4)? {
            self.keyword(&mut schema, depth)?;
        }
        Ok(schema.into())
    }

    fn keyword(&mut self, schema: &mut Map<String, Value>, depth: usize) -> Result<()> {
        let (key, value) = match self.u.int_in_range(0..=19)? {
            0..=2 => {
                let properties = self.map(4, |maker| maker.schema(depth + 1))?;
                let required = json!([self.name()?, self.name()?]);
                schema.insert("required".to_owned(), required);
                ("properties", properties)
            }
            3 | 4 => (*self.u.choose(NESTED)?, self.schema(depth + 1)?),
            5 | 6 => {
                let mut list = Vec::new();
                for _ in 0..self.u.int_in_range(0..=3)? {
                    list.push(self.schema(depth + 1)?);
                }
                (*self.u.choose(LISTS)?, list.into())
            }
            7 | 8 => (*self.u.choose(NUMERIC)?, self.number()?),
            9 => {
                let mut list = Vec::new();
                for _ in 0..self.u.int_in_range(0..=4)? {
                    list.push(self.value()?);
                }
                if self.rarely(2)? {
                    schema.insert(
                        "x-enum-varnames".to_owned(),
                        json!([self.text()?, self.text()?, self.text()?]),
                    );
                    schema.insert(
                        "x-enum-descriptions".to_owned(),
                        json!([self.text()?, self.text()?]),
                    );
                }
                ("enum", list.into())
            }
            10 => ("const", self.value()?),
            11 => ("default", self.value()?),
            12 => (
                "pattern",
                if self.rarely(8)? {
                    self.text()?
                } else {
                    (*self.u.choose(PATTERNS)?).to_owned()
                }
                .into(),
            ),
            13 => ("format", (*self.u.choose(FORMATS)?).into()),
            14 => {
                schema.insert("title".to_owned(), self.text()?.into());
                ("description", self.text()?.into())
            }
            15 => {
                let mapping = json!({ self.text()?: self.reference("schemas")?["$ref"], self.text()?: self.text()? });
                (
                    "discriminator",
                    json!({ "propertyName": self.name()?, "mapping": mapping }),
                )
            }
            16 => (
                *self.u.choose(&[
                    "nullable",
                    "readOnly",
                    "writeOnly",
                    "deprecated",
                    "uniqueItems",
                    "additionalProperties",
                    "exclusiveMinimum",
                ])?,
                true.into(),
            ),
            17 => (
                "xml",
                json!({ "name": self.text()?, "namespace": self.text()?, "prefix": self.text()?, "attribute": self.u.arbitrary::<bool>()?, "wrapped": true }),
            ),
            18 => ("dependentRequired", json!({ self.name()?: [self.name()?] })),
            _ => {
                let key = *self.u.choose(&[
                    "patternProperties",
                    "dependentSchemas",
                    "$defs",
                    "$id",
                    "$anchor",
                    "$dynamicRef",
                    "contentEncoding",
                    "contentMediaType",
                    "externalDocs",
                    "example",
                    "x-internal",
                ])?;
                (key, self.value()?)
            }
        };
        schema.insert(key.to_owned(), value);
        Ok(())
    }
}
