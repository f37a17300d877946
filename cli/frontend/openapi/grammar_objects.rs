//! The objects of Swagger 2.0 and OpenAPI 3: which fields they have, since when, and what stands in them.
//!
//! <https://spec.openapis.org/oas/v3.2.0.html#schema-0>, and the same section of the older versions.

use Edition::{V2_0, V3_0, V3_1, V3_2};
use Holds::{Any, Flag, List, Map, Mapping, One, Text, Texts};

/// A published version of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edition {
    V2_0,
    V3_0,
    V3_1,
    V3_2,
}

/// A kind of object that the specification describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Object {
    Contract,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    Flows,
    Flow,
    Requirement,
}

/// What stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Any,
    Text,
    Flag,
    Texts,
    /// A mapping of anything.
    Mapping,
    One(Object),
    List(Object),
    Map(Object),
    /// One schema or, in the older ones, a list of them.
    Schemas,
}

/// A field of an object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
    pub(super) needed: bool,
    pub(super) since: Edition,
    pub(super) until: Edition,
}

impl Field {
    /// Whether a version has the field.
    pub(super) fn is_in(&self, edition: Edition) -> bool {
        (self.since..=self.until).contains(&edition)
    }

    const fn since(self, since: Edition) -> Self {
        Self { since, ..self }
    }

    const fn until(self, until: Edition) -> Self {
        Self { until, ..self }
    }
}

const fn may(name: &'static str, holds: Holds) -> Field {
    Field {
        name,
        holds,
        needed: false,
        since: V2_0,
        until: V3_2,
    }
}

const fn must(name: &'static str, holds: Holds) -> Field {
    Field {
        needed: true,
        ..may(name, holds)
    }
}

impl Object {
    /// The name that the specification gives it, with its article.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Contract => "an OpenAPI Object",
            Self::Info => "an Info Object",
            Self::Contact => "a Contact Object",
            Self::License => "a License Object",
            Self::Server => "a Server Object",
            Self::ServerVariable => "a Server Variable Object",
            Self::Components => "a Components Object",
            Self::Paths => "a Paths Object",
            Self::PathItem => "a Path Item Object",
            Self::Operation => "an Operation Object",
            Self::ExternalDocs => "an External Documentation Object",
            Self::Parameter => "a Parameter Object",
            Self::RequestBody => "a Request Body Object",
            Self::MediaType => "a Media Type Object",
            Self::Encoding => "an Encoding Object",
            Self::Responses => "a Responses Object",
            Self::Response => "a Response Object",
            Self::Callback => "a Callback Object",
            Self::Example => "an Example Object",
            Self::Link => "a Link Object",
            Self::Header => "a Header Object",
            Self::Tag => "a Tag Object",
            Self::Schema => "a Schema Object",
            Self::Discriminator => "a Discriminator Object",
            Self::Xml => "an XML Object",
            Self::SecurityScheme => "a Security Scheme Object",
            Self::Flows => "an OAuth Flows Object",
            Self::Flow => "an OAuth Flow Object",
            Self::Requirement => "a Security Requirement Object",
        }
    }

    /// What stands under every key, where keys are names that the contract makes up.
    pub(super) fn values(self) -> Option<Holds> {
        match self {
            Self::Paths | Self::Callback => Some(One(Self::PathItem)),
            Self::Responses => Some(One(Self::Response)),
            Self::Requirement => Some(Texts),
            Self::Contract
            | Self::Info
            | Self::Contact
            | Self::License
            | Self::Server
            | Self::ServerVariable
            | Self::Components
            | Self::PathItem
            | Self::Operation
            | Self::ExternalDocs
            | Self::Parameter
            | Self::RequestBody
            | Self::MediaType
            | Self::Encoding
            | Self::Response
            | Self::Example
            | Self::Link
            | Self::Header
            | Self::Tag
            | Self::Schema
            | Self::Discriminator
            | Self::Xml
            | Self::SecurityScheme
            | Self::Flows
            | Self::Flow => None,
        }
    }

    /// Its fields.
    pub(super) fn fields(self) -> &'static [Field] {
        match self {
            Self::Contract => CONTRACT,
            Self::Info => INFO,
            Self::Contact => CONTACT,
            Self::License => LICENSE,
            Self::Server => SERVER,
            Self::ServerVariable => SERVER_VARIABLE,
            Self::Components => COMPONENTS,
            Self::PathItem => PATH_ITEM,
            Self::Operation => OPERATION,
            Self::ExternalDocs => EXTERNAL_DOCS,
            Self::Parameter => PARAMETER,
            Self::RequestBody => REQUEST_BODY,
            Self::MediaType => MEDIA_TYPE,
            Self::Encoding => ENCODING,
            Self::Response => RESPONSE,
            Self::Example => EXAMPLE,
            Self::Link => LINK,
            Self::Header => HEADER,
            Self::Tag => TAG,
            Self::Schema => super::grammar_schemas::SCHEMA,
            Self::Discriminator => DISCRIMINATOR,
            Self::Xml => XML,
            Self::SecurityScheme => SECURITY_SCHEME,
            Self::Flows => FLOWS,
            Self::Flow => FLOW,
            Self::Paths | Self::Responses | Self::Callback | Self::Requirement => &[],
        }
    }

    /// The section of components that has such objects, if one has.
    pub(super) fn section(self, edition: Edition) -> Option<&'static str> {
        let (section, _) = self.component()?;
        (edition != V2_0).then_some(section)
    }

    /// Whether a Reference Object may stand in its place.
    pub(super) fn may_be_referenced(self, edition: Edition) -> bool {
        self.component().is_some_and(|(_, since)| edition >= since)
    }

    /// Where components have such objects, and since when they may be referred to.
    fn component(self) -> Option<(&'static str, Edition)> {
        match self {
            Self::Schema => Some(("schemas", V2_0)),
            Self::Response => Some(("responses", V2_0)),
            Self::Parameter => Some(("parameters", V2_0)),
            Self::PathItem => Some(("pathItems", V2_0)),
            Self::Example => Some(("examples", V3_0)),
            Self::RequestBody => Some(("requestBodies", V3_0)),
            Self::Header => Some(("headers", V3_0)),
            Self::SecurityScheme => Some(("securitySchemes", V3_0)),
            Self::Link => Some(("links", V3_0)),
            Self::Callback => Some(("callbacks", V3_0)),
            Self::MediaType => Some(("mediaTypes", V3_2)),
            Self::Contract
            | Self::Info
            | Self::Contact
            | Self::License
            | Self::Server
            | Self::ServerVariable
            | Self::Components
            | Self::Paths
            | Self::Operation
            | Self::ExternalDocs
            | Self::Encoding
            | Self::Responses
            | Self::Tag
            | Self::Discriminator
            | Self::Xml
            | Self::Flows
            | Self::Flow
            | Self::Requirement => None,
        }
    }
}

const CONTRACT: &[Field] = &[
    must("swagger", Any).until(V2_0),
    must("openapi", Any).since(V3_0),
    must("info", One(Object::Info)),
    may("$self", Text).since(V3_2),
    may("jsonSchemaDialect", Text).since(V3_1),
    may("servers", List(Object::Server)).since(V3_0),
    must("paths", One(Object::Paths)).until(V3_0),
    may("paths", One(Object::Paths)).since(V3_1),
    may("webhooks", Map(Object::PathItem)).since(V3_1),
    may("components", One(Object::Components)).since(V3_0),
    may("security", List(Object::Requirement)),
    may("tags", List(Object::Tag)),
    may("externalDocs", One(Object::ExternalDocs)),
    may("host", Text).until(V2_0),
    may("basePath", Text).until(V2_0),
    may("schemes", Texts).until(V2_0),
    may("consumes", Texts).until(V2_0),
    may("produces", Texts).until(V2_0),
    may("definitions", Map(Object::Schema)).until(V2_0),
    may("parameters", Map(Object::Parameter)).until(V2_0),
    may("responses", Map(Object::Response)).until(V2_0),
    may("securityDefinitions", Map(Object::SecurityScheme)).until(V2_0),
];

const INFO: &[Field] = &[
    must("title", Text),
    may("summary", Text).since(V3_1),
    may("description", Text),
    may("termsOfService", Text),
    may("contact", One(Object::Contact)),
    may("license", One(Object::License)),
    must("version", Text),
];

const CONTACT: &[Field] = &[may("name", Text), may("url", Text), may("email", Text)];

const LICENSE: &[Field] = &[
    must("name", Text),
    may("identifier", Text).since(V3_1),
    may("url", Text),
];

const SERVER: &[Field] = &[
    must("url", Text),
    may("name", Text).since(V3_2),
    may("description", Text),
    may("variables", Map(Object::ServerVariable)),
];

const SERVER_VARIABLE: &[Field] = &[
    may("enum", Texts),
    must("default", Text),
    may("description", Text),
];

const COMPONENTS: &[Field] = &[
    may("schemas", Map(Object::Schema)),
    may("responses", Map(Object::Response)),
    may("parameters", Map(Object::Parameter)),
    may("examples", Map(Object::Example)),
    may("requestBodies", Map(Object::RequestBody)),
    may("headers", Map(Object::Header)),
    may("securitySchemes", Map(Object::SecurityScheme)),
    may("links", Map(Object::Link)),
    may("callbacks", Map(Object::Callback)),
    may("pathItems", Map(Object::PathItem)).since(V3_1),
    may("mediaTypes", Map(Object::MediaType)).since(V3_2),
];

const PATH_ITEM: &[Field] = &[
    may("$ref", Text),
    may("summary", Text).since(V3_0),
    may("description", Text).since(V3_0),
    may("get", One(Object::Operation)),
    may("put", One(Object::Operation)),
    may("post", One(Object::Operation)),
    may("delete", One(Object::Operation)),
    may("options", One(Object::Operation)),
    may("head", One(Object::Operation)),
    may("patch", One(Object::Operation)),
    may("trace", One(Object::Operation)).since(V3_0),
    may("query", One(Object::Operation)).since(V3_2),
    may("additionalOperations", Map(Object::Operation)).since(V3_2),
    may("servers", List(Object::Server)).since(V3_0),
    may("parameters", List(Object::Parameter)),
];

const OPERATION: &[Field] = &[
    may("tags", Texts),
    may("summary", Text),
    may("description", Text),
    may("externalDocs", One(Object::ExternalDocs)),
    may("operationId", Text),
    may("parameters", List(Object::Parameter)),
    may("requestBody", One(Object::RequestBody)).since(V3_0),
    must("responses", One(Object::Responses)).until(V3_0),
    may("responses", One(Object::Responses)).since(V3_1),
    may("callbacks", Map(Object::Callback)).since(V3_0),
    may("deprecated", Flag),
    may("security", List(Object::Requirement)),
    may("servers", List(Object::Server)).since(V3_0),
    may("consumes", Texts).until(V2_0),
    may("produces", Texts).until(V2_0),
    may("schemes", Texts).until(V2_0),
];

const EXTERNAL_DOCS: &[Field] = &[may("description", Text), must("url", Text)];

const PARAMETER: &[Field] = &joined::<30>(
    &[
        must("name", Text),
        must("in", Text),
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag).since(V3_0),
        may("allowEmptyValue", Flag),
        may("style", Text).since(V3_0),
        may("explode", Flag).since(V3_0),
        may("allowReserved", Flag).since(V3_0),
        may("schema", One(Object::Schema)),
        may("example", Any).since(V3_0),
        may("examples", Map(Object::Example)).since(V3_0),
        may("content", Map(Object::MediaType)).since(V3_0),
        may("type", Text).until(V2_0),
    ],
    SWAGGER_VALUE,
);

/// What Swagger 2.0 says of values outside of a Schema Object.
const SWAGGER_VALUE: &[Field] = &[
    may("format", Text).until(V2_0),
    may("items", One(Object::Schema)).until(V2_0),
    may("collectionFormat", Text).until(V2_0),
    may("default", Any).until(V2_0),
    may("maximum", Any).until(V2_0),
    may("exclusiveMaximum", Flag).until(V2_0),
    may("minimum", Any).until(V2_0),
    may("exclusiveMinimum", Flag).until(V2_0),
    may("maxLength", Any).until(V2_0),
    may("minLength", Any).until(V2_0),
    may("pattern", Text).until(V2_0),
    may("maxItems", Any).until(V2_0),
    may("minItems", Any).until(V2_0),
    may("uniqueItems", Flag).until(V2_0),
    may("enum", Any).until(V2_0),
    may("multipleOf", Any).until(V2_0),
];

/// The fields of two lists.
const fn joined<const COUNT: usize>(first: &[Field], second: &[Field]) -> [Field; COUNT] {
    assert!(first.len() + second.len() == COUNT, "each has a place");
    let mut all = [first[0]; COUNT];
    let mut at = 0;
    while at < COUNT {
        all[at] = match at < first.len() {
            true => first[at],
            false => second[at - first.len()],
        };
        at += 1;
    }
    all
}

const REQUEST_BODY: &[Field] = &[
    may("description", Text),
    must("content", Map(Object::MediaType)),
    may("required", Flag),
];

const MEDIA_TYPE: &[Field] = &[
    may("description", Text).since(V3_2),
    may("schema", One(Object::Schema)),
    may("itemSchema", One(Object::Schema)).since(V3_2),
    may("example", Any),
    may("examples", Map(Object::Example)),
    may("encoding", Map(Object::Encoding)),
    may("prefixEncoding", List(Object::Encoding)).since(V3_2),
    may("itemEncoding", One(Object::Encoding)).since(V3_2),
];

const ENCODING: &[Field] = &[
    may("contentType", Text),
    may("headers", Map(Object::Header)),
    may("style", Text),
    may("explode", Flag),
    may("allowReserved", Flag),
    may("encoding", Map(Object::Encoding)).since(V3_2),
    may("prefixEncoding", List(Object::Encoding)).since(V3_2),
    may("itemEncoding", One(Object::Encoding)).since(V3_2),
];

const RESPONSE: &[Field] = &[
    may("summary", Text).since(V3_2),
    must("description", Text).until(V3_1),
    may("description", Text).since(V3_2),
    may("headers", Map(Object::Header)),
    may("content", Map(Object::MediaType)).since(V3_0),
    may("links", Map(Object::Link)).since(V3_0),
    may("schema", One(Object::Schema)).until(V2_0),
    may("examples", Mapping).until(V2_0),
];

const EXAMPLE: &[Field] = &[
    may("summary", Text),
    may("description", Text),
    may("value", Any),
    may("dataValue", Any).since(V3_2),
    may("serializedValue", Text).since(V3_2),
    may("externalValue", Text),
];

const LINK: &[Field] = &[
    may("operationRef", Text),
    may("operationId", Text),
    may("parameters", Mapping),
    may("requestBody", Any),
    may("description", Text),
    may("server", One(Object::Server)),
];

const HEADER: &[Field] = &joined::<27>(
    &[
        may("description", Text),
        may("required", Flag).since(V3_0),
        may("deprecated", Flag).since(V3_0),
        may("allowEmptyValue", Flag).since(V3_0).until(V3_0),
        may("style", Text).since(V3_0),
        may("explode", Flag).since(V3_0),
        may("schema", One(Object::Schema)).since(V3_0),
        may("example", Any).since(V3_0),
        may("examples", Map(Object::Example)).since(V3_0),
        may("content", Map(Object::MediaType)).since(V3_0),
        must("type", Text).until(V2_0),
    ],
    SWAGGER_VALUE,
);

const TAG: &[Field] = &[
    must("name", Text),
    may("summary", Text).since(V3_2),
    may("description", Text),
    may("externalDocs", One(Object::ExternalDocs)),
    may("parent", Text).since(V3_2),
    may("kind", Text).since(V3_2),
];

const DISCRIMINATOR: &[Field] = &[
    must("propertyName", Text),
    may("mapping", Mapping),
    may("defaultMapping", Text).since(V3_2),
];

const XML: &[Field] = &[
    may("nodeType", Text).since(V3_2),
    may("name", Text),
    may("namespace", Text),
    may("prefix", Text),
    may("attribute", Flag),
    may("wrapped", Flag),
];

const SECURITY_SCHEME: &[Field] = &[
    must("type", Text),
    may("description", Text),
    may("name", Text),
    may("in", Text),
    may("scheme", Text).since(V3_0),
    may("bearerFormat", Text).since(V3_0),
    may("flows", One(Object::Flows)).since(V3_0),
    may("openIdConnectUrl", Text).since(V3_0),
    may("oauth2MetadataUrl", Text).since(V3_2),
    may("deprecated", Flag).since(V3_2),
    may("flow", Text).until(V2_0),
    may("authorizationUrl", Text).until(V2_0),
    may("tokenUrl", Text).until(V2_0),
    may("scopes", Mapping).until(V2_0),
];

const FLOWS: &[Field] = &[
    may("implicit", One(Object::Flow)),
    may("password", One(Object::Flow)),
    may("clientCredentials", One(Object::Flow)),
    may("authorizationCode", One(Object::Flow)),
    may("deviceAuthorization", One(Object::Flow)).since(V3_2),
];

const FLOW: &[Field] = &[
    may("authorizationUrl", Text),
    may("deviceAuthorizationUrl", Text).since(V3_2),
    may("tokenUrl", Text),
    may("refreshUrl", Text),
    must("scopes", Mapping),
];
