//! Properties of objects.

use super::Lowering;
use super::facets::Facets;
use super::tree::Node;
use crate::model::{Access, Docs, Field, Object, SchemaId, Shape, Unknown, Xml};
use crate::source::Span;

impl<'a> Lowering<'a> {
    /// Lowers the object that some facets say.
    pub(super) fn object(&mut self, facets: &Facets<'a>) -> Shape {
        let unknown = self.unknown(facets);
        let mut fields: Vec<Field> = Vec::with_capacity(facets.properties.len());
        for (name, declared) in &facets.properties {
            let required = facets.required.contains_key(name);
            fields.push(self.field(name, declared, required));
        }
        for (name, span) in facets
            .required
            .iter()
            .filter(|(name, _)| !facets.properties.contains_key(*name))
        {
            let access = self.access_of_others(facets);
            fields.push(self.undeclared_field(name, *span, unknown, access));
        }
        // An object of which nothing is said is not an empty one.
        let unknown = match unknown {
            Unknown::Drop if fields.is_empty() => Unknown::Keep(self.any_schema()),
            Unknown::Drop | Unknown::Reject | Unknown::Keep(_) => unknown,
        };
        Shape::Object(Object { fields, unknown })
    }

    fn field(&mut self, name: &str, declared: &[(Node<'a>, Node<'a>)], required: bool) -> Field {
        let schemas: Vec<Node<'a>> = declared.iter().map(|(_, schema)| *schema).collect();
        let schema = match schemas.as_slice() {
            [schema] => self.schema(*schema),
            _ => self.schema_of_all(&schemas),
        };
        let mut docs = Docs::default();
        let mut access = Access::Both;
        for node in &schemas {
            let (own_docs, own_access) = self.usage(*node);
            docs = if own_docs == Docs::default() {
                docs
            } else {
                own_docs
            };
            access = if own_access == Access::Both {
                access
            } else {
                own_access
            };
        }
        let xml = schemas.iter().rev().fold(Xml::default(), |xml, node| {
            let said = self.used_xml(*node);
            xml.over(&said)
        });
        let default = schemas.iter().rev().find_map(|node| self.default_of(*node));
        Field {
            name: name.to_owned(),
            span: declared[0].0.span(),
            schema,
            required,
            default,
            access,
            docs,
            xml,
        }
    }

    /// A field that `required` alone names.
    fn undeclared_field(
        &mut self,
        name: &str,
        span: Span,
        unknown: Unknown,
        access: Access,
    ) -> Field {
        let schema: SchemaId = match unknown {
            Unknown::Keep(schema) => schema,
            Unknown::Drop | Unknown::Reject => self.any_schema(),
        };
        let docs = Docs::default();
        Field {
            name: name.to_owned(),
            span,
            schema,
            required: true,
            default: None,
            access,
            docs,
            xml: Xml::default(),
        }
    }

    /// The direction of properties that have no schema of their own.
    fn access_of_others(&mut self, facets: &Facets<'a>) -> Access {
        let mut said = facets.additional.iter().map(|node| self.usage(*node).1);
        said.find(|access| *access != Access::Both)
            .unwrap_or(Access::Both)
    }

    fn unknown(&mut self, facets: &Facets<'a>) -> Unknown {
        // What patterns say of keys is looked at later.
        if facets.has_patterns {
            return Unknown::Keep(match facets.pattern {
                Some(schema) => self.schema(schema),
                None => self.any_schema(),
            });
        }
        if facets.is_open && facets.additional.is_empty() {
            return Unknown::Keep(self.any_schema());
        }
        if facets
            .additional
            .iter()
            .any(|node| node.as_bool() == Some(false))
        {
            return Unknown::Reject;
        }
        let schemas: Vec<Node<'a>> = facets
            .additional
            .iter()
            .copied()
            .filter(|node| node.is_mapping())
            .collect();
        match (schemas.is_empty(), facets.additional.is_empty()) {
            (false, _) => Unknown::Keep(self.schema_of_all(&schemas)),
            (true, false) => Unknown::Keep(self.any_schema()),
            (true, true) => Unknown::Drop,
        }
    }
}
