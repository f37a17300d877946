//! Keywords of a Schema Object, as far as their values have a shape of their own.

use super::grammar_objects::Edition::{V2_0, V3_1, V3_2};
use super::grammar_objects::Holds::{Any, Flag, List, Map, One, Schemas, Text};
use super::grammar_objects::{Field, Holds, Object};

const fn keyword(name: &'static str, holds: Holds) -> Field {
    Field {
        name,
        holds,
        needed: false,
        since: V2_0,
        until: V3_2,
    }
}

const fn late(name: &'static str, holds: Holds) -> Field {
    Field {
        since: V3_1,
        ..keyword(name, holds)
    }
}

/// What is said of keywords that aren't here is nothing: JSON Schema lets anybody add some.
pub(super) const SCHEMA: &[Field] = &[
    keyword("type", Any),
    keyword("title", Text),
    keyword("description", Text),
    keyword("format", Text),
    keyword("default", Any),
    keyword("enum", Any),
    keyword("required", Any),
    keyword("properties", Map(Object::Schema)),
    keyword("additionalProperties", One(Object::Schema)),
    keyword("items", Schemas),
    keyword("allOf", List(Object::Schema)),
    keyword("oneOf", List(Object::Schema)),
    keyword("anyOf", List(Object::Schema)),
    keyword("not", One(Object::Schema)),
    keyword("discriminator", Any),
    keyword("xml", One(Object::Xml)),
    keyword("externalDocs", One(Object::ExternalDocs)),
    keyword("nullable", Flag),
    keyword("readOnly", Flag),
    keyword("writeOnly", Flag),
    keyword("deprecated", Flag),
    keyword("pattern", Any),
    keyword("minimum", Any),
    keyword("maximum", Any),
    keyword("exclusiveMinimum", Any),
    keyword("exclusiveMaximum", Any),
    keyword("multipleOf", Any),
    keyword("minLength", Any),
    keyword("maxLength", Any),
    keyword("minItems", Any),
    keyword("maxItems", Any),
    keyword("uniqueItems", Any),
    keyword("minProperties", Any),
    keyword("maxProperties", Any),
    keyword("example", Any),
    late("examples", Any),
    late("const", Any),
    late("$defs", Map(Object::Schema)),
    late("$id", Text),
    late("$anchor", Text),
    late("$dynamicRef", Text),
    late("$dynamicAnchor", Text),
    late("$schema", Text),
    late("$comment", Text),
    late("prefixItems", List(Object::Schema)),
    late("contains", One(Object::Schema)),
    late("minContains", Any),
    late("maxContains", Any),
    late("patternProperties", Map(Object::Schema)),
    late("propertyNames", One(Object::Schema)),
    late("dependentRequired", Any),
    late("dependencies", Any),
    late("dependentSchemas", Map(Object::Schema)),
    late("if", One(Object::Schema)),
    late("then", One(Object::Schema)),
    late("else", One(Object::Schema)),
    late("unevaluatedItems", One(Object::Schema)),
    late("unevaluatedProperties", One(Object::Schema)),
    late("contentEncoding", Text),
    late("contentMediaType", Text),
    late("contentSchema", One(Object::Schema)),
];
