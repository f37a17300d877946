//! Operations and what stands around schemas.

use arbitrary::Result;
use serde_json::{Map, Value, json};

use crate::document::Maker;
use crate::texts::MEDIA;

const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

const STYLES: &[&str] = &[
    "form",
    "simple",
    "label",
    "matrix",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "cookie",
    "pwnEd",
    "",
];

impl Maker<'_, '_> {
    pub(crate) fn path_item(&mut self) -> Result<Value> {
        let mut item = Map::new();
        for _ in 0..self.u.int_in_range(1..=2)? {
            item.insert((*self.u.choose(METHODS)?).to_owned(), self.operation()?);
        }
        if self.rarely(4)? {
            item.insert("parameters".to_owned(), json!([self.parameter()?]));
        }
        if self.rarely(10)? {
            item.insert(
                "additionalOperations".to_owned(),
                json!({ self.text()?: self.operation()? }),
            );
        }
        if self.rarely(20)? {
            item.extend(
                self.reference("pathItems")?
                    .as_object()
                    .cloned()
                    .unwrap_or_default(),
            );
        }
        Ok(item.into())
    }

    fn operation(&mut self) -> Result<Value> {
        let mut operation = Map::new();
        if self.u.arbitrary()? {
            operation.insert("operationId".to_owned(), self.text()?.into());
            operation.insert("summary".to_owned(), self.text()?.into());
            operation.insert("description".to_owned(), self.text()?.into());
            operation.insert("tags".to_owned(), json!([self.text()?]));
        }
        let mut parameters = Vec::new();
        for _ in 0..self.u.int_in_range(0..=3)? {
            parameters.push(self.parameter()?);
        }
        operation.insert("parameters".to_owned(), parameters.into());
        if !self.is_old() && self.u.arbitrary()? {
            operation.insert("requestBody".to_owned(), self.body()?);
        }
        let mut responses = Map::new();
        for _ in 0..self.u.int_in_range(0..=3)? {
            let status = *self.u.choose(&[
                "200", "201", "204", "default", "4XX", "400", "304", "101", "999", "pwnEd", "0",
                "2xx",
            ])?;
            responses.insert(status.to_owned(), self.response()?);
        }
        operation.insert("responses".to_owned(), responses.into());
        if self.rarely(5)? {
            operation.insert(
                "security".to_owned(),
                json!([{ self.name()?: [self.text()?] }, {}]),
            );
        }
        if self.rarely(12)? {
            let callback = json!({ self.text()?: { "post": { "responses": {} } } });
            operation.insert("callbacks".to_owned(), json!({ self.text()?: callback }));
        }
        Ok(operation.into())
    }

    pub(crate) fn parameter(&mut self) -> Result<Value> {
        if self.rarely(6)? {
            return self.reference("parameters");
        }
        let place = match self.u.int_in_range(0..=8)? {
            0..=2 => "query",
            3 | 4 => "path",
            5 => "header",
            6 => "cookie",
            7 if self.is_old() => "body",
            8 if self.is_old() => "formData",
            7 => "querystring",
            _ => "pwnEd",
        };
        let name = if place == "path" {
            (*self.u.choose(&["a", "b"])?).to_owned()
        } else {
            self.text()?
        };
        let mut parameter = Map::new();
        parameter.insert("name".to_owned(), name.into());
        parameter.insert("in".to_owned(), place.into());
        if place == "path" || self.u.arbitrary()? {
            parameter.insert("required".to_owned(), true.into());
        }
        if self.rarely(3)? {
            parameter.insert("description".to_owned(), self.text()?.into());
            parameter.insert("style".to_owned(), (*self.u.choose(STYLES)?).into());
            parameter.insert("explode".to_owned(), self.u.arbitrary::<bool>()?.into());
        }
        if self.is_old() && place != "body" {
            let schema = self.schema(1)?;
            parameter.extend(schema.as_object().cloned().unwrap_or_default());
            parameter.insert(
                "collectionFormat".to_owned(),
                (*self
                    .u
                    .choose(&["csv", "ssv", "tsv", "pipes", "multi", "pwnEd"])?)
                .into(),
            );
        } else if self.rarely(8)? {
            parameter.insert("content".to_owned(), self.content()?);
        } else {
            parameter.insert("schema".to_owned(), self.schema(1)?);
        }
        Ok(parameter.into())
    }

    pub(crate) fn header(&mut self) -> Result<Value> {
        let mut header = Map::new();
        header.insert("description".to_owned(), self.text()?.into());
        if self.is_old() {
            header.extend(self.schema(1)?.as_object().cloned().unwrap_or_default());
        } else {
            header.insert("schema".to_owned(), self.schema(1)?);
        }
        Ok(header.into())
    }

    pub(crate) fn body(&mut self) -> Result<Value> {
        if self.rarely(6)? {
            return self.reference("requestBodies");
        }
        Ok(
            json!({ "description": self.text()?, "required": self.u.arbitrary::<bool>()?, "content": self.content()? }),
        )
    }

    fn content(&mut self) -> Result<Value> {
        let mut content = Map::new();
        for _ in 0..self.u.int_in_range(0..=2)? {
            let media = if self.rarely(12)? {
                self.text()?
            } else {
                (*self.u.choose(MEDIA)?).to_owned()
            };
            let mut entry = Map::new();
            let key = if self.rarely(12)? {
                "itemSchema"
            } else {
                "schema"
            };
            entry.insert(key.to_owned(), self.schema(0)?);
            if self.rarely(4)? {
                let encoding = json!({
                    "contentType": self.u.choose(MEDIA)?, "style": self.u.choose(STYLES)?, "explode": self.u.arbitrary::<bool>()?,
                    "headers": { self.text()?: self.header()? },
                });
                entry.insert("encoding".to_owned(), json!({ self.name()?: encoding }));
                entry.insert("example".to_owned(), self.value()?);
            }
            content.insert(media, entry.into());
        }
        Ok(content.into())
    }

    pub(crate) fn response(&mut self) -> Result<Value> {
        if self.rarely(6)? {
            return self.reference("responses");
        }
        let mut response = Map::new();
        response.insert("description".to_owned(), self.text()?.into());
        if self.is_old() {
            response.insert("schema".to_owned(), self.schema(0)?);
        } else {
            response.insert("content".to_owned(), self.content()?);
        }
        if self.rarely(3)? {
            response.insert(
                "headers".to_owned(),
                json!({ self.text()?: self.header()?, "X-A": self.header()? }),
            );
            response.insert("links".to_owned(), json!({ self.text()?: { "operationId": self.text()?, "parameters": { self.text()?: self.text()? } } }));
        }
        Ok(response.into())
    }

    pub(crate) fn scheme(&mut self) -> Result<Value> {
        let flow = json!({ "tokenUrl": self.text()?, "authorizationUrl": self.text()?, "scopes": { self.text()?: self.text()? } });
        Ok(json!({
            "type": self.u.choose(&["http", "apiKey", "oauth2", "openIdConnect", "mutualTLS", "basic", "pwnEd"])?,
            "scheme": if self.u.arbitrary()? { "bearer".to_owned() } else { self.text()? },
            "in": self.u.choose(&["header", "query", "cookie", "pwnEd"])?,
            "name": self.text()?,
            "description": self.text()?,
            "bearerFormat": self.text()?,
            "openIdConnectUrl": self.text()?,
            "flows": { "clientCredentials": flow, "pwnEd": {} },
        }))
    }
}
