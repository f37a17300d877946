//! What will be written for one API: its items, its routes, and how each operation is read and answered.

use camino::Utf8PathBuf;

use super::refinements::Assertion;
use super::senders::SenderModule;
use super::types::{ArrayRule, Items, Messages, Presence, SizeRule, StringRule, Type};
use super::visible::{Circle, Visible};
use super::xml::{Root, Table};
use crate::model::{Document, Framing, Location, Method, SecurityScheme, Status};
use crate::source::Span;

/// One API, as it will be written.
#[derive(Debug, Clone)]
pub struct ApiPlan {
    /// The module of the contract crate: `v1`.
    pub module: String,
    /// `/api/v1`, or empty.
    pub base: String,
    /// The contract's path, for people.
    pub spec: Utf8PathBuf,
    /// `info.title`.
    pub title: String,
    /// All items.
    pub items: Items,
    /// How values stand in the bodies that are XML.
    pub xml: Table,
    /// What must hold of values beyond their types, by [`super::types::Refinement`]; empty if there is nothing.
    pub refinements: Vec<Vec<Assertion>>,
    /// Sorted by module name.
    pub routes: Vec<RoutePlan>,
    /// Schemas that lead to each other.
    pub circles: Vec<Circle>,
    /// What is sent, sorted by module.
    pub senders: Vec<SenderModule>,
    /// The contract as it is given away; `None` if it isn't.
    pub document: Option<Document>,
    /// Its security schemes, in the contract's order.
    pub schemes: Vec<SchemePlan>,
}

/// A security scheme and its function in `auth.rs`.
#[derive(Debug, Clone)]
pub struct SchemePlan {
    /// `bearer_auth`; unique in the project.
    pub function: String,
    /// As the contract has it.
    pub scheme: SecurityScheme,
    /// Whether an operation asks for it.
    pub used: bool,
}

/// A URL: one `route.rs`.
#[derive(Debug, Clone)]
pub struct RoutePlan {
    /// `books_id`.
    pub module: String,
    /// The schemas that its handlers see.
    pub visible: Visible,
    /// Its module in the router, among those of all APIs: `v1_books_id`.
    pub router_module: String,
    /// `app/api/v1/books/[id]/route.rs`.
    pub file: Utf8PathBuf,
    /// The crate of its handlers, if each subject has its own: `books`.
    pub subject: String,
    /// The codec module that it shares with its neighbours: the first fixed segment.
    pub group: String,
    /// Where the first of its operations is declared.
    pub span: Span,
    /// In the order of [`Method::ALL`].
    pub operations: Vec<OperationPlan>,
}

/// An operation.
#[derive(Debug, Clone)]
pub struct OperationPlan {
    /// Its method, whose lower case is the handler's name.
    pub method: Method,
    /// `/api/v1/books/{id}`.
    pub url: String,
    /// The contract's name of it.
    pub operation_id: Option<String>,
    /// One line for the handler's doc comment.
    pub summary: Option<String>,
    /// The contract's tags, in order.
    pub tags: Vec<String>,
    /// Doc lines of the request type.
    pub docs: Vec<String>,
    /// By location, in the contract's order.
    pub parameters: Vec<ParameterPlan>,
    /// What the request carries.
    pub body: Option<BodyPlan>,
    /// In the contract's order.
    pub responses: Vec<VariantPlan>,
    /// Alternatives of schemes (index into [`ApiPlan::schemes`]) with scopes.
    pub security: Vec<Vec<(usize, Vec<String>)>>,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct ParameterPlan {
    /// Its field's name.
    pub name: String,
    /// Its name on the wire.
    pub wire: String,
    /// Where it stands.
    pub location: Location,
    /// Its type, without the `Option` of an optional one.
    pub ty: Type,
    /// Whether it must be there.
    pub presence: Presence,
    /// How its text is read.
    pub reading: Reading,
    /// The style whose prefix stands before a scalar in a path (`.5`, `;id=5`).
    pub prefix: Option<&'static str>,
    /// Doc lines.
    pub docs: Vec<String>,
}

/// How the text of a parameter is read.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// It is one scalar.
    Scalar,
    /// It is an array or an object in this style (a variant of the support module's `Style`).
    Structured { style: &'static str, kind: Kind },
    /// It is JSON.
    Json,
    /// It is the rest of a path, a string for each segment.
    Rest,
}

/// What stands in a text, as far as it matters for cutting it.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A scalar.
    Scalar,
    /// A list.
    List(Box<Kind>),
    /// A list of scalars in one text, with this between them.
    Joined(&'static str),
    /// An object: its declared properties, and what others are.
    Object {
        properties: Vec<(String, Kind)>,
        others: Option<Box<Kind>>,
    },
    /// JSON text.
    Json,
    /// A scalar in JSON, though a text may stand there without its quotes.
    Quoted,
    /// A scalar, or a list of them.
    Texts,
    /// An object or a list if it looks like one in JSON, otherwise a text.
    Either,
    /// Whatever it looks like.
    Any,
}

/// What a request carries.
#[derive(Debug, Clone)]
pub struct BodyPlan {
    /// Whether it must be there.
    pub required: bool,
    /// Whether an enum says of which content type it was: there are several, and their types differ.
    pub is_choice: bool,
    /// One per content type, with the name of its variant in that enum.
    pub contents: Vec<(String, BodyContent)>,
    /// Doc lines.
    pub docs: Vec<String>,
}

/// A body of one content type.
#[derive(Debug, Clone)]
pub struct BodyContent {
    /// `application/json`.
    pub media: String,
    /// How it is read.
    pub kind: BodyKind,
}

/// How a body is read.
#[derive(Debug, Clone)]
pub enum BodyKind {
    /// As JSON.
    Json(Type),
    /// As text, with the contract's own words for one that is refused.
    Text(StringRule, Messages),
    /// As a form.
    Form { ty: Type, kind: Kind },
    /// As XML.
    Xml { ty: Type, root: Root },
    /// As a form with files: the struct's name and its parts.
    Multipart { name: String, parts: Vec<PartPlan> },
    /// As a sequence of items.
    Items { ty: Type, framing: Framing },
    /// As a stream of bytes.
    Stream,
}

/// A part of a multipart body.
#[derive(Debug, Clone)]
pub struct PartPlan {
    /// Its field's name.
    pub name: String,
    /// Its name on the wire.
    pub wire: String,
    /// Whether it must be there.
    pub presence: Presence,
    /// What it holds.
    pub kind: PartKind,
    /// Doc lines.
    pub docs: Vec<String>,
}

/// What a part holds.
#[derive(Debug, Clone)]
pub enum PartKind {
    /// One file.
    File(FileRule),
    /// So many files.
    Files(FileRule, ArrayRule),
    /// A value.
    Value {
        ty: Type,
        reading: Reading,
        null: PartNull,
    },
    /// A document in XML.
    Xml { ty: Type, root: Root },
}

/// What must hold of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileRule {
    /// The media types that it may have; any if none is named.
    pub types: Vec<String>,
    /// How many bytes it may have.
    pub size: SizeRule,
}

/// What JSON's `null` is in a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartNull {
    /// A value, if the type has it.
    Value,
    /// As much as no part.
    Absent,
}

/// A variant of a response enum: a status and a content type.
#[derive(Debug, Clone)]
pub struct VariantPlan {
    /// `Ok`, `OkText`.
    pub name: String,
    /// The status.
    pub status: Status,
    /// Typed headers.
    pub headers: Vec<HeaderPlan>,
    /// What it carries.
    pub content: ResponseContent,
    /// Doc lines.
    pub docs: Vec<String>,
}

/// A header of a response.
#[derive(Debug, Clone)]
pub struct HeaderPlan {
    /// Its field's name.
    pub name: String,
    /// Its name on the wire, in lower case.
    pub wire: String,
    /// Whether it must be there.
    pub required: bool,
    /// Its type.
    pub ty: Type,
    /// How its text is made.
    pub writing: Writing,
}

/// How the text of a response's header is made.
#[derive(Debug, Clone, PartialEq)]
pub enum Writing {
    /// It is one scalar.
    Scalar,
    /// A list or an object as `style: simple` has it: `a,b`, `x,1,y,2`; exploded `x=1,y=2`.
    Simple {
        /// Whether each property is written as `key=value`.
        explode: bool,
    },
    /// A header for each item of a list, which is of this type: cookies can't be joined.
    Each(Type),
}

/// What a response carries.
#[derive(Debug, Clone)]
pub enum ResponseContent {
    /// Nothing.
    Empty,
    /// JSON; a range of media types lets the handler choose.
    Json { media: String, ty: Type },
    /// XML.
    Xml { media: String, ty: Type, root: Root },
    /// Text.
    Text { media: String },
    /// Bytes, whole or streamed; a range of media types lets the handler choose.
    Bytes { media: String },
    /// A sequence of items.
    Items {
        media: String,
        ty: Type,
        framing: Framing,
    },
    /// Server-sent events, and what each carries if the contract says so.
    Events { ty: Option<Type> },
}

impl OperationPlan {
    /// Its key in `routegen.lock`: `GET /api/v1/books/{id}`.
    pub fn key(&self) -> String {
        format!("{} {}", self.method.upper(), self.url)
    }

    /// What it requires, for people: `bearerAuth(books:write) + staffKey | none`; empty if it is open to all.
    pub fn security_text(&self, schemes: &[SchemePlan]) -> String {
        let alternatives = self.security.iter().map(|requirement| {
            let parts = requirement.iter().map(|(scheme, scopes)| {
                let name = &schemes[*scheme].scheme.name;
                if scopes.is_empty() {
                    name.clone()
                } else {
                    format!("{name}({})", scopes.join(" "))
                }
            });
            let parts: Vec<String> = parts.collect();
            if parts.is_empty() {
                "none".to_owned()
            } else {
                parts.join(" + ")
            }
        });
        alternatives.collect::<Vec<_>>().join(" | ")
    }
}

impl VariantPlan {
    /// Whether the handler says of which media type the body is.
    pub fn is_range(&self) -> bool {
        match &self.content {
            ResponseContent::Bytes { media } | ResponseContent::Json { media, .. } => {
                media.contains('*')
            }
            ResponseContent::Empty | ResponseContent::Text { .. } => false,
            ResponseContent::Xml { .. } | ResponseContent::Items { .. } => false,
            ResponseContent::Events { .. } => false,
        }
    }
}

impl BodyContent {
    /// Whether it is a range of suffixes: `application/*+json`.
    pub fn is_suffix_range(&self) -> bool {
        self.media.contains("*+")
    }
}
