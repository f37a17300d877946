//! How a value stands in XML, as far as the contract says it.

/// What the contract says of a value in XML (OpenAPI's XML Object).
///
/// <https://spec.openapis.org/oas/v3.2.0#xml-object>
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Xml {
    /// The name of its element or attribute; otherwise the property's or the schema's stands.
    pub name: Option<String>,
    /// The IRI of the name's namespace.
    pub namespace: Option<String>,
    /// The prefix of the name.
    pub prefix: Option<String>,
    /// What kind of node it is; `None` if the contract leaves that open.
    pub node: Option<XmlNode>,
}

/// Kinds of nodes (`nodeType`; `attribute: true` and `wrapped: true` before OpenAPI 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum XmlNode {
    /// An element of its own; that of a list is around those of its items.
    Element,
    /// An attribute of the element around.
    Attribute,
    /// The text of the element around.
    Text,
    /// The text of the element around, as a CDATA section.
    Cdata,
    /// No node of its own: what is inside stands in the element around.
    None,
}

impl Xml {
    /// This, and where it says nothing what `under` says.
    #[must_use]
    pub fn over(self, under: &Self) -> Self {
        Self {
            name: self.name.or_else(|| under.name.clone()),
            namespace: self.namespace.or_else(|| under.namespace.clone()),
            prefix: self.prefix.or_else(|| under.prefix.clone()),
            node: self.node.or(under.node),
        }
    }
}
