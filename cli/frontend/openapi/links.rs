//! Links of responses: ways to other operations, which must be there.

use std::collections::HashSet;

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
                self.report(
                    &codes::openapi::RG0227,
                    Effect::Warning,
                    message,
                    operation.span(),
                    help,
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

    fn all_ids(&self) -> HashSet<&'a str> {
        let root = self.documents.root();
        let maps = ["paths", "webhooks", "x-webhooks"].map(|key| root.get(key));
        let items = maps.into_iter().flatten().flat_map(Node::entries);
        let items = items.flat_map(|(_, item)| [Some(item), self.behind(item)]);
        let operations = items.flatten().flat_map(Node::entries);
        let operations = operations.flat_map(|(key, node)| match key.scalar_text() {
            "query" => vec![node],
            "additionalOperations" => node.entries().map(|(_, node)| node).collect(),
            text if Method::parse(text).is_some() => vec![node],
            _ => Vec::new(),
        });
        let operations = operations.flat_map(|node| [Some(node), self.behind(node)]);
        let ids = operations
            .flatten()
            .filter_map(|node| node.str("operationId"));
        ids.collect()
    }

    /// Where a `$ref` leads, in one step; whoever needs it says if it leads nowhere.
    fn behind(&self, holder: Node<'a>) -> Option<Node<'a>> {
        let text = holder.str("$ref")?;
        self.documents.follow(holder.file(), text).ok().flatten()
    }
}
