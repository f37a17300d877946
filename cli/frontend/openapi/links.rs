//! Links of responses: ways to other operations, which must be there.

use indexmap::IndexSet;

use super::Lowering;
use super::tree::Node;
use crate::diagnostics::{Effect, codes};
use crate::model::{Link, Method};

impl<'a> Lowering<'a> {
    /// Lowers the links of a response.
    pub(super) fn links(&mut self, response: Node<'a>) -> Vec<Link> {
        let mut links = Vec::new();
        let declared = response.get("links");
        for (name, holder) in declared.into_iter().flat_map(Node::entries) {
            if name.scalar_text().starts_with("x-") {
                continue;
            }
            let Some(node) = self.dereference(holder) else {
                continue;
            };
            let by_id = node.get("operationId");
            let Some(operation) = by_id.or_else(|| node.get("operationRef")) else {
                let message = format!("the link `{}` names no operation", name.scalar_text());
                self.malformed(message, name.span(), "add `operationId`");
                continue;
            };
            let text = operation.scalar_text();
            let is_there = match by_id {
                Some(_) => self.has_operation(text),
                None => self.leads_somewhere(operation),
            };
            if !is_there {
                let message = format!("the link leads to `{text}`, and there is no such operation");
                let help = "mend its `operationId` or `operationRef`";
                let help = match by_id {
                    Some(_) => self.id_meant(text, help),
                    None => self.way_out(operation.file(), text, help),
                };
                self.report(
                    &codes::openapi::RG0227,
                    Effect::Warning,
                    message,
                    operation.span(),
                    &help,
                );
            }
            links.push(Link {
                name: name.scalar_text().to_owned(),
                operation: text.to_owned(),
            });
        }
        links
    }

    /// Whether a reference leads to something; what lies on the network or elsewhere is taken on trust.
    fn leads_somewhere(&self, reference: Node<'a>) -> bool {
        let followed = self
            .documents
            .follow(reference.file(), reference.scalar_text());
        !matches!(followed, Ok(None))
    }

    /// Whether the document has an operation with this id, wanted or not.
    fn has_operation(&mut self, id: &str) -> bool {
        if self.operation_ids.is_none() {
            self.operation_ids = Some(self.all_ids());
        }
        let ids = self.operation_ids.as_ref();
        ids.is_some_and(|ids| ids.contains(id))
    }

    /// What to do about an id that no operation has.
    fn id_meant(&mut self, id: &str, otherwise: &str) -> String {
        let ids = self.operation_ids.iter().flatten();
        match self.searches.meant(id, ids.copied()) {
            Some(meant) => format!("is `{meant}` meant?"),
            None => otherwise.to_owned(),
        }
    }

    fn all_ids(&self) -> IndexSet<&'a str> {
        // Links have an `operationId` too, and no responses.
        let is_operation = |(key, node): &(Node<'a>, Node<'a>)| {
            Method::registered(&key.scalar_text().to_ascii_uppercase()).is_some()
                || node.get("responses").is_some()
        };
        let entries = self.documents.nodes().flat_map(Node::entries);
        entries
            .filter(is_operation)
            .filter_map(|(_, node)| node.str("operationId"))
            .collect()
    }
}
