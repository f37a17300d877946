//! `xml` objects: what is said of values in XML, at schemas and where schemas are used.

use super::Lowering;
use super::tree::Node;
use crate::model::{Xml, XmlNode};

impl<'a> Lowering<'a> {
    /// What the pieces of a schema say themselves, the first before the others.
    pub(super) fn own_xml(&mut self, pieces: &[Node<'a>]) -> Xml {
        pieces.iter().fold(Xml::default(), |xml, piece| {
            let own = self.xml(*piece);
            xml.over(&own)
        })
    }

    /// What the members of its `allOf` say of a schema that has no name of its own: it is one of them, and more.
    pub(super) fn inherited_xml(&mut self, pieces: &[Node<'a>]) -> Xml {
        let lists = pieces.iter().filter_map(|piece| piece.get("allOf"));
        let mut xml = Xml::default();
        for member in lists.flat_map(Node::items) {
            let used = self.used_xml(member);
            let last = self.chain(member).last;
            let own = self.own_xml(&[last]);
            xml = xml.over(&used.over(&own));
        }
        xml
    }

    /// What is said where a schema is used, before the schema itself speaks: beside its `$ref`, or around it in an `allOf`.
    pub(super) fn used_xml(&mut self, node: Node<'a>) -> Xml {
        let passed = self.chain(node).passed;
        // "This object cannot be extended with additional properties":
        // https://spec.openapis.org/oas/v3.0.4#reference-object
        let ignores_siblings = self.version.ignores_siblings();
        let speaks = |node: &Node<'a>| !(ignores_siblings && node.str("$ref").is_some());
        let passed: Vec<Node<'a>> = passed.into_iter().filter(speaks).collect();
        self.own_xml(&passed)
    }

    fn xml(&mut self, node: Node<'a>) -> Xml {
        let Some(xml) = node.get("xml").filter(|xml| xml.is_mapping()) else {
            return Xml::default();
        };
        let text = |key: &str| {
            xml.str(key)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        let (prefix, name) = match text("name") {
            // Some contracts write both in one.
            Some(name) => match name.split_once(':') {
                Some((prefix, local)) => (Some(prefix.to_owned()), Some(local.to_owned())),
                None => (None, Some(name)),
            },
            None => (None, None),
        };
        Xml {
            name,
            namespace: text("namespace"),
            prefix: text("prefix").or(prefix),
            node: self.xml_node(xml),
        }
    }

    fn xml_node(&mut self, xml: Node<'a>) -> Option<XmlNode> {
        let Some(said) = xml.get("nodeType") else {
            // `x-ms-text` is how contracts of before 3.2 say that a property is the text of its element.
            return if xml.is_true("x-ms-text") {
                Some(XmlNode::Text)
            } else if xml.is_true("attribute") {
                Some(XmlNode::Attribute)
            } else {
                xml.is_true("wrapped").then_some(XmlNode::Element)
            };
        };
        match said.scalar_text() {
            "element" => Some(XmlNode::Element),
            "attribute" => Some(XmlNode::Attribute),
            "text" => Some(XmlNode::Text),
            "cdata" => Some(XmlNode::Cdata),
            "none" => Some(XmlNode::None),
            _ => {
                let message =
                    "a `nodeType` is `element`, `attribute`, `text`, `cdata` or `none`".to_owned();
                self.malformed(message, said.span(), "use one of these, or delete it");
                None
            }
        }
    }
}
