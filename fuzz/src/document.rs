//! OpenAPI documents out of arbitrary choices: what stands where is as the specification has it, mostly, and what is said is not.

use arbitrary::{Arbitrary, Result, Unstructured};
use serde_json::{Map, Value, json};

use crate::texts::{MEDIA, NUMBERS, SEGMENTS, TEXTS};

/// A document as JSON.
#[derive(Debug)]
pub struct Document(Value);

impl Document {
    /// Its text.
    pub fn text(&self) -> String {
        self.0.to_string()
    }
}

impl<'a> Arbitrary<'a> for Document {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let version = *u.choose(&["3.0.3", "3.1.0", "3.2.0", "2.0"])?;
        let mut maker = Maker {
            u,
            version,
            nodes: 400,
        };
        maker.document().map(Self)
    }
}

/// Makes the parts of a document.
pub(crate) struct Maker<'u, 'a> {
    pub(crate) u: &'u mut Unstructured<'a>,
    pub(crate) version: &'static str,
    /// How many more schemas there may be.
    pub(crate) nodes: usize,
}

/// What names stand for in references.
const SECTIONS: &[&str] = &[
    "schemas",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
    "examples",
    "links",
    "callbacks",
    "pathItems",
    "securitySchemes",
];

impl Maker<'_, '_> {
    pub(crate) fn is_old(&self) -> bool {
        self.version == "2.0"
    }

    /// One out of `n` times.
    pub(crate) fn rarely(&mut self, n: u8) -> Result<bool> {
        Ok(self.u.int_in_range(0..=n)? == n)
    }

    pub(crate) fn text(&mut self) -> Result<String> {
        Ok(match self.u.int_in_range(0..=15)? {
            0..=11 => (*self.u.choose(TEXTS)?).to_owned(),
            12 | 13 => format!("{}{}", self.u.choose(TEXTS)?, self.u.choose(TEXTS)?),
            14 => <&str>::arbitrary(self.u)?.to_owned(),
            _ => {
                let times = *self.u.choose(&[2, 64, 130, 256, 1000])?;
                self.u.choose(TEXTS)?.repeat(times)
            }
        })
    }

    pub(crate) fn number(&mut self) -> Result<Value> {
        let text = *self.u.choose(NUMBERS)?;
        Ok(serde_json::from_str(text).unwrap_or(Value::Null))
    }

    /// A value of any kind, not deep.
    pub(crate) fn value(&mut self) -> Result<Value> {
        Ok(match self.u.int_in_range(0..=9)? {
            0 => Value::Null,
            1 => self.u.arbitrary::<bool>()?.into(),
            2 | 3 => self.number()?,
            4..=6 => self.text()?.into(),
            7 => json!([self.number()?, self.text()?]),
            8 => json!({ self.text()?: self.number()? }),
            _ => json!({ self.text()?: [self.text()?, null, {}], self.text()?: self.number()? }),
        })
    }

    /// A name out of few, so that references meet something.
    pub(crate) fn name(&mut self) -> Result<String> {
        match self.u.int_in_range(0..=3)? {
            0 => self.text(),
            _ => Ok(["A", "B", "*/ pwnEd!() \"", "book", "Book", "a/b~c%d"]
                [self.u.int_in_range(0..=5)?]
            .to_owned()),
        }
    }

    pub(crate) fn reference(&mut self, section: &str) -> Result<Value> {
        let section = if self.rarely(20)? {
            *self.u.choose(SECTIONS)?
        } else {
            section
        };
        let name = self
            .name()?
            .replace('~', "~0")
            .replace('/', "~1")
            .replace('%', "%25");
        let target = match self.u.int_in_range(0..=24)? {
            0 => "#".to_owned(),
            1 => self.text()?,
            2 => format!("#/components/{section}"),
            3 => format!("#/components/{section}/{name}/properties/a"),
            4 => format!("#{name}"),
            5 => format!("../../{name}.yaml#/{name}"),
            6 => (*self.u.choose(&[
                "file:///etc/passwd",
                "http://169.254.169.254/",
                "/etc/passwd",
                "\\\\host\\share",
                "%2e%2e/a",
                "//host/a",
            ])?)
            .to_owned(),
            _ if self.is_old() && section == "schemas" => format!("#/definitions/{name}"),
            _ if self.is_old() => format!("#/{section}/{name}"),
            _ => format!("#/components/{section}/{name}"),
        };
        Ok(json!({ "$ref": target }))
    }

    /// An object whose keys are names and whose values `make` makes; at most `most` of them.
    pub(crate) fn map(
        &mut self,
        most: u8,
        mut make: impl FnMut(&mut Self) -> Result<Value>,
    ) -> Result<Value> {
        let mut map = Map::new();
        for _ in 0..self.u.int_in_range(0..=most)? {
            let name = self.name()?;
            map.insert(name, make(self)?);
        }
        Ok(map.into())
    }

    fn document(&mut self) -> Result<Value> {
        let mut root = Map::new();
        let key = if self.is_old() { "swagger" } else { "openapi" };
        root.insert(key.to_owned(), self.version.into());
        root.insert(
            "info".to_owned(),
            json!({ "title": self.text()?, "version": self.text()?, "description": self.text()? }),
        );
        let mut paths = Map::new();
        for _ in 0..self.u.int_in_range(1..=4)? {
            paths.insert(self.path()?, self.path_item()?);
        }
        root.insert("paths".to_owned(), paths.into());
        let schemas = self.map(6, |maker| maker.schema(0))?;
        let parameters = self.map(2, Self::parameter)?;
        let responses = self.map(2, Self::response)?;
        let schemes = self.map(3, Self::scheme)?;
        if self.is_old() {
            root.insert("definitions".to_owned(), schemas);
            root.insert("parameters".to_owned(), parameters);
            root.insert("responses".to_owned(), responses);
            root.insert("securityDefinitions".to_owned(), schemes);
            root.insert("basePath".to_owned(), self.path()?.into());
            root.insert("consumes".to_owned(), json!([self.u.choose(MEDIA)?]));
            root.insert("produces".to_owned(), json!([self.u.choose(MEDIA)?]));
        } else {
            let bodies = self.map(2, Self::body)?;
            let headers = self.map(2, Self::header)?;
            let items = self.map(1, Self::path_item)?;
            root.insert(
                "components".to_owned(),
                json!({
                    "schemas": schemas, "parameters": parameters, "responses": responses, "securitySchemes": schemes,
                    "requestBodies": bodies, "headers": headers, "pathItems": items,
                }),
            );
            let variables = json!({ "a": { "default": self.text()?, "enum": [self.text()?], "description": self.text()? } });
            let url = format!("{}/{{a}}{}", self.text()?, self.path()?);
            root.insert(
                "servers".to_owned(),
                json!([{ "url": url, "variables": variables }]),
            );
            if self.rarely(6)? {
                root.insert("webhooks".to_owned(), self.map(1, Self::path_item)?);
            }
        }
        if self.rarely(3)? {
            root.insert(
                "tags".to_owned(),
                json!([{ "name": self.text()?, "description": self.text()? }]),
            );
            root.insert(
                "security".to_owned(),
                json!([{ self.name()?: [self.text()?] }]),
            );
        }
        Ok(root.into())
    }

    fn path(&mut self) -> Result<String> {
        let mut path = String::new();
        for _ in 0..self.u.int_in_range(0..=4)? {
            path.push('/');
            if self.rarely(8)? {
                path.push_str(&self.text()?);
            } else {
                path.push_str(self.u.choose(SEGMENTS)?);
            }
        }
        if path.is_empty() || self.rarely(12)? {
            path.push('/');
        }
        Ok(path)
    }
}
