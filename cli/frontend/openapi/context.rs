//! What a node of an OpenAPI document is, by the keys that lead to it.

/// The kind of object, map or list that a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Context {
    Root,
    Components,
    /// `paths`, `webhooks`, `components.pathItems`, a callback.
    PathItems,
    PathItem,
    Operation,
    /// `additionalOperations`.
    Operations,
    /// A map or a list of these.
    Many(Section),
    /// One of these.
    One(Section),
    /// `content`.
    Contents,
    MediaType,
    /// `encoding`.
    Encodings,
    Encoding,
    Discriminator,
    /// `discriminator.mapping`.
    Mapping,
    /// Free values: examples, extensions, whatever holds no references of ours.
    Opaque,
}

/// A section of `components`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Section {
    Schemas,
    Responses,
    Parameters,
    Examples,
    RequestBodies,
    Headers,
    SecuritySchemes,
    Links,
    Callbacks,
}

impl Section {
    pub(super) const ALL: [Self; 9] = [
        Self::Schemas,
        Self::Responses,
        Self::Parameters,
        Self::Examples,
        Self::RequestBodies,
        Self::Headers,
        Self::SecuritySchemes,
        Self::Links,
        Self::Callbacks,
    ];

    /// Its key under `components`.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Schemas => "schemas",
            Self::Responses => "responses",
            Self::Parameters => "parameters",
            Self::Examples => "examples",
            Self::RequestBodies => "requestBodies",
            Self::Headers => "headers",
            Self::SecuritySchemes => "securitySchemes",
            Self::Links => "links",
            Self::Callbacks => "callbacks",
        }
    }
}

impl Section {
    /// Its key at the top of a document of Swagger 2.0; what 2.0 doesn't have keeps its key of OpenAPI 3.
    pub(super) fn swagger_key(self) -> &'static str {
        match self {
            Self::Schemas => "definitions",
            Self::SecuritySchemes => "securityDefinitions",
            Self::Responses
            | Self::Parameters
            | Self::Examples
            | Self::RequestBodies
            | Self::Headers
            | Self::Links
            | Self::Callbacks => self.key(),
        }
    }
}

impl Context {
    /// What stands under `key`, or what the items of a list are (with the empty key).
    pub(super) fn child(self, key: &str) -> Self {
        use Section::{
            Callbacks, Examples, Headers, Links, Parameters, RequestBodies, Responses, Schemas,
        };
        match (self, key) {
            (Self::PathItems, _) => Self::PathItem,
            (Self::Many(section), _) => Self::One(section),
            (Self::Contents, _) => Self::MediaType,
            (Self::Encodings, _) => Self::Encoding,
            (Self::Opaque | Self::Mapping, _) => Self::Opaque,
            // What OpenAPI 3.0 has for `webhooks`.
            (Self::Root, "x-webhooks") => Self::PathItems,
            (_, key) if key.starts_with("x-") => Self::Opaque,
            (Self::Root, "components") => Self::Components,
            // Swagger 2.0 has its components at the top.
            (Self::Root, "definitions") => Self::Many(Schemas),
            (Self::Root, "parameters") => Self::Many(Parameters),
            (Self::Root, "responses") => Self::Many(Responses),
            (Self::Root, "securityDefinitions") => Self::Many(Section::SecuritySchemes),
            (Self::Root, "paths" | "webhooks") | (Self::Components, "pathItems") => Self::PathItems,
            (Self::Components, key) => Section::ALL
                .into_iter()
                .find(|section| section.key() == key)
                .map_or(Self::Opaque, Self::Many),
            (Self::PathItem, "parameters") | (Self::Operation, "parameters") => {
                Self::Many(Parameters)
            }
            (Self::PathItem, key)
                if key == "query"
                    || crate::model::Method::ALL
                        .iter()
                        .any(|method| method.lower() == key) =>
            {
                Self::Operation
            }
            (Self::PathItem, "additionalOperations") => Self::Operations,
            (Self::Operations, _) => Self::Operation,
            (Self::Operation, "requestBody") => Self::One(RequestBodies),
            (Self::Operation, "responses") => Self::Many(Responses),
            (Self::Operation, "callbacks") => Self::Many(Callbacks),
            (Self::One(Callbacks), _) => Self::PathItem,
            (Self::One(Parameters | Headers | RequestBodies | Responses), "content") => {
                Self::Contents
            }
            (
                Self::One(Parameters | Headers | Responses) | Self::MediaType,
                "schema" | "itemSchema",
            ) => Self::One(Schemas),
            (Self::One(Parameters | Headers) | Self::MediaType, "examples") => Self::Many(Examples),
            (Self::One(Responses) | Self::Encoding, "headers") => Self::Many(Headers),
            (Self::One(Responses), "links") => Self::Many(Links),
            (Self::MediaType, "encoding") => Self::Encodings,
            (Self::One(Schemas), key) => in_schema(key),
            (Self::Discriminator, "mapping") => Self::Mapping,
            (
                Self::Root
                | Self::PathItem
                | Self::Operation
                | Self::One(_)
                | Self::MediaType
                | Self::Encoding
                | Self::Discriminator,
                _,
            ) => Self::Opaque,
        }
    }
}

fn in_schema(key: &str) -> Context {
    match key {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas"
        | "allOf" | "oneOf" | "anyOf" | "prefixItems" => Context::Many(Section::Schemas),
        "items"
        | "additionalProperties"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "unevaluatedProperties"
        | "unevaluatedItems"
        | "additionalItems"
        | "contentSchema" => Context::One(Section::Schemas),
        "discriminator" => Context::Discriminator,
        _ => Context::Opaque,
    }
}
