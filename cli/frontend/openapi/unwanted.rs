//! Operations that were left out by choice. One that several paths share may be wanted at one of them alone.

use std::collections::HashSet;

use super::tree::{Node, NodeKey};

/// Operations that nobody wants, where they aren't wanted.
#[derive(Default)]
pub(super) struct Unwanted {
    /// Keys of paths and operations.
    at: HashSet<(NodeKey, NodeKey)>,
    anywhere: HashSet<NodeKey>,
    /// What is wanted somewhere.
    wanted: HashSet<NodeKey>,
}

impl Unwanted {
    /// Notes whether an operation of a path is wanted: what stands there, and what that refers to.
    pub(super) fn note(&mut self, path: Node<'_>, operation: [Node<'_>; 2], is_wanted: bool) {
        let keys = operation.map(Node::key);
        if is_wanted {
            self.wanted.extend(keys);
        } else {
            self.anywhere.extend(keys);
            self.at.extend(keys.map(|key| (path.key(), key)));
        }
    }

    /// Whether everything is wanted.
    pub(super) fn is_empty(&self) -> bool {
        self.anywhere.is_empty()
    }

    /// Whether an operation is wanted at no path.
    pub(super) fn everywhere(&self, operation: NodeKey) -> bool {
        self.anywhere.contains(&operation) && !self.wanted.contains(&operation)
    }

    /// Whether an operation isn't wanted at a path.
    pub(super) fn at(&self, path: NodeKey, operation: NodeKey) -> bool {
        self.at.contains(&(path, operation)) || self.everywhere(operation)
    }
}
