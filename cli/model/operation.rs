//! Operations: a method on a URL, what it takes and what it gives.

use indexmap::IndexMap;

use super::{Docs, MediaType, Method, Requirement, SchemaId, UrlTemplate, Value, Xml};
use crate::source::Span;

/// A method on a URL.
#[derive(Debug, Clone)]
pub struct Operation {
    /// How it is asked for.
    pub method: Method,
    /// Where, below the base path.
    pub url: UrlTemplate,
    /// Where the contract declares it (the method's key).
    pub span: Span,
    /// Who makes the request.
    pub asker: Asker,
    /// Its name in the contract; no identifier hangs on it.
    pub operation_id: Option<String>,
    /// What a person should know of it.
    pub docs: Docs,
    /// The contract's tags, in order.
    pub tags: Vec<String>,
    /// Path, query, header and cookie parameters, those of the path item first, overridden ones replaced.
    pub parameters: Vec<Parameter>,
    /// What the request carries.
    pub body: Option<Body>,
    /// In the contract's order; no status twice.
    pub responses: Vec<Response>,
    /// Alternatives: one of them must hold. Empty: open to all. An empty requirement among them: may be anonymous.
    pub security: Vec<Requirement>,
    /// What the contract describes on paths of their own, though one handler serves all.
    pub described_apart: Vec<DescribedApart>,
}

/// An operation as the contract describes it on a path that ends behind `#` or `?`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DescribedApart {
    /// The path as declared.
    pub path: String,
    /// What it does there.
    pub summary: String,
}

/// Who makes a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// A client of the service that the contract is of.
    Client,
    /// That service: it is a callback, or a webhook.
    Service,
}

/// One parameter of an operation.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name on the wire, to the letter.
    pub name: String,
    /// Where it stands.
    pub location: Location,
    /// Where it is declared.
    pub span: Span,
    /// What a person should know of it.
    pub docs: Docs,
    /// Whether it must be there; always so in paths. One with a default is never required.
    pub required: bool,
    /// Its schema.
    pub schema: SchemaId,
    /// What stands in for it when it is absent.
    pub default: Option<Value>,
    /// How its value is written.
    pub style: Style,
    /// Whether each item or property is written on its own.
    pub explode: bool,
    /// When the value is a serialised document (`content`): its media type.
    pub content: Option<MediaType>,
}

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In the path.
    Path,
    /// After the `?`.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// How a parameter's value is written (OpenAPI 3.1, §4.8.12.2 Style Values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// `;id=5` in paths.
    Matrix,
    /// `.5` in paths.
    Label,
    /// `5` in paths and headers.
    Simple,
    /// `id=5` in queries and cookies.
    Form,
    /// `id=1%202` in queries.
    SpaceDelimited,
    /// `id=1|2` in queries.
    PipeDelimited,
    /// `id[key]=value` in queries.
    DeepObject,
}

/// What a request carries.
#[derive(Debug, Clone)]
pub struct Body {
    /// Where it is declared.
    pub span: Span,
    /// What a person should know of it.
    pub docs: Docs,
    /// Whether it must be there.
    pub required: bool,
    /// One per content type, in the contract's order; never empty.
    pub contents: Vec<Content>,
}

/// A body or response of one content type.
#[derive(Debug, Clone)]
pub struct Content {
    /// The content type, which may be a range (`image/*`).
    pub media_type: MediaType,
    /// Where it is declared.
    pub span: Span,
    /// The schema; `None` when nothing was said of it.
    pub schema: Option<SchemaId>,
    /// The schema of each item of a sequence, where it is said apart from that of the whole.
    pub item: Option<SchemaId>,
    /// For each field of a form: how it is written.
    pub encoding: IndexMap<String, Encoding>,
    /// What is said of its root element, before its schema speaks.
    pub xml: Xml,
}

/// How a field of a form or a part of a multipart body is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoding {
    /// The part's content type(s), comma-separated as declared.
    pub content_type: Option<String>,
    /// As for query parameters.
    pub style: Option<Style>,
    /// As for query parameters.
    pub explode: Option<bool>,
}

/// One response of an operation.
#[derive(Debug, Clone)]
pub struct Response {
    /// Its status, or which statuses it stands for.
    pub status: Status,
    /// Where it is declared.
    pub span: Span,
    /// What a person should know of it.
    pub description: String,
    /// Typed headers, in the contract's order.
    pub headers: Vec<Header>,
    /// One per content type; empty when there is no body.
    pub contents: Vec<Content>,
    /// Where one may go from here, in the contract's order.
    pub links: Vec<Link>,
}

/// A way from a response to another operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its name.
    pub name: String,
    /// The operation, by its id or by a reference, as the contract has it.
    pub operation: String,
}

/// Which statuses a response stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status: `200`.
    Code(u16),
    /// A class of statuses: `4XX` is `Range(4)`.
    Range(u8),
    /// All that are not declared: `default`.
    Default,
}

/// A header of a response.
#[derive(Debug, Clone)]
pub struct Header {
    /// Its name, as declared.
    pub name: String,
    /// Where it is declared.
    pub span: Span,
    /// What a person should know of it.
    pub docs: Docs,
    /// Whether it must be there.
    pub required: bool,
    /// Its schema.
    pub schema: SchemaId,
    /// Whether each property of an object is written as `key=value`.
    pub explode: bool,
}

/// An operation that the contract has and nobody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its method.
    pub method: Method,
    /// Its path, as the contract has it.
    pub path: String,
    /// Why.
    pub by: LeftOutBy,
}

/// Why an operation is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOutBy {
    /// It isn't among those that are wanted.
    Inclusion,
    /// It is among those that aren't.
    Exclusion,
}
