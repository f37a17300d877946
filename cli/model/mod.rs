//! What an API **is**, in the words of HTTP: operations, parameters, bodies, responses, schemas.
//!
//! Every front-end ends here and knows nothing of Rust, files or templates; whatever comes after
//! knows nothing of OpenAPI or TypeScript. The model is richer than JSON Schema: checks keep their order and
//! unknown-key policies and coercions are said, since Zod has them.

mod constraint;
mod hook;
mod media;
mod method;
mod operation;
mod refinement;
mod schema;
mod security;
mod url;
mod xml;

pub use constraint::{Check, Constraint, Format};
pub use hook::{Callback, RequestValue, TargetPiece, Webhook};
pub use media::{Framing, MediaKind, MediaType};
pub use method::{Method, OtherMethod};
pub use operation::{
    Asker, Body, Content, DescribedApart, Encoding, Header, LeftOut, LeftOutBy, Link, Location,
    Operation, Parameter, Response, Status, Style,
};
pub use refinement::{Assertion, RefinementId, Refinements};
pub use schema::{
    Access, Coercion, Discriminator, Docs, Field, Held, Integer, Messages, Object, Schema,
    SchemaId, Schemas, Shape, Text, Union, UnionKind, Unknown,
};
pub use security::{Requirement, SchemeKind, SecurityScheme, SecurityUse};
pub use url::{Part, Segment, UrlTemplate};
pub use xml::{Xml, XmlNode};

/// A JSON value of the contract (a default, an enum member, an example); numbers keep their text.
pub type Value = serde_json::Value;

/// One API: everything that a contract says, with references resolved and cycles kept as ids.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`, as text.
    pub version: String,
    /// `info.description`.
    pub description: String,
    /// The path of the first server's URL with server variables at their defaults, without a trailing slash;
    /// `None` when there is no server or its path is empty or `/`.
    pub server_path: Option<String>,
    /// In the contract's order.
    pub operations: Vec<Operation>,
    /// Whether there are operations in the contract's paths, wanted or not.
    pub has_paths: bool,
    /// Operations that nobody wants, in the contract's order.
    pub left_out: Vec<LeftOut>,
    /// Requests that operations bring about, in the contract's order.
    pub callbacks: Vec<Callback>,
    /// Messages to whoever has asked for them, in the contract's order.
    pub webhooks: Vec<Webhook>,
    /// Every schema, named or inline.
    pub schemas: Schemas,
    /// What schemas say beyond the shape of values.
    pub refinements: Refinements,
    /// In the contract's order; operations refer to them by index.
    pub security_schemes: Vec<SecurityScheme>,
    /// The contract as the server gives it away.
    pub document: Document,
}

/// The contract as the emitted server gives it away: bundled into one document, without what is marked `x-internal`.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Pretty JSON text of an OpenAPI document up to where the value of `servers` begins: `{"openapi":"3.1.0","info":{…},"servers":`.
    pub before_servers: String,
    /// The rest, from the comma or brace after the value of `servers`.
    pub after_servers: String,
    /// What stands in place of `servers`.
    pub mount: Mount,
}

/// How a document says where its paths begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mount {
    /// `servers`, as OpenAPI 3 has it.
    #[default]
    Servers,
    /// `basePath`, as Swagger 2.0 has it.
    BasePath,
}

impl Document {
    /// The whole text, its paths mounted at a base path.
    pub fn mounted_at(&self, base: &str) -> String {
        let base = Value::from(if base.is_empty() { "/" } else { base });
        let mount = match self.mount {
            Mount::Servers => format!("[\n    {{\n      \"url\": {base}\n    }}\n  ]"),
            Mount::BasePath => base.to_string(),
        };
        format!("{}{mount}{}", self.before_servers, self.after_servers)
    }
}

impl Api {
    /// The schema with this id.
    pub fn schema(&self, id: SchemaId) -> &Schema {
        self.schemas.get(id)
    }
}
