//! `$ref` and `allOf`: everything that is said of one value, as a flat list of nodes.

use std::collections::HashSet;

use super::Lowering;
use super::facets::Facets;
use super::refinements;
use super::schemas::Task;
use super::shapes::is_nullable;
use super::tree::{Node, NodeKey};

/// One step of the walk: a node is entered, and said after what it includes.
enum Step<'a> {
    Enter(Node<'a>),
    Say(Node<'a>),
}

impl<'a> Lowering<'a> {
    /// Everything that the pieces of a task say, with what they include through `$ref` and `allOf`.
    pub(super) fn facets(&mut self, task: &Task<'a>) -> Facets<'a> {
        let (said, visited) = self.flatten(&task.pieces);
        let mut facets = Facets::default();
        for node in &said {
            facets.take(self, *node);
        }
        let is_refined = |node: &Node<'a>| {
            node.is_mapping()
                && node
                    .entries()
                    .any(|(key, _)| refinements::is_refining(key.scalar_text()))
        };
        if said.iter().any(is_refined) {
            // The branches of a union are seen from what holds it; other pieces of a value are not seen from each other.
            let is_whole = task.pieces.len() == 1 || !task.excluded.is_empty();
            let root = task.pieces.first().filter(|_| is_whole);
            facets.refinement = self.refinement(task, root.copied(), &said, &mut facets);
        }
        facets.root_nullable = task.pieces.iter().any(|piece| is_nullable(*piece));
        // The base of an inheritance may list its heirs: seen from an heir that says nothing.
        let mut unions = std::mem::take(&mut facets.unions);
        unions.retain(|union| {
            let is_excluded = task.excluded.contains(&union.list.key());
            !is_excluded
                && !union
                    .list
                    .items()
                    .any(|branch| self.leads_into(branch, &visited))
        });
        facets.unions = unions;
        facets
    }

    fn leads_into(&mut self, branch: Node<'a>, visited: &HashSet<NodeKey>) -> bool {
        let is_reference = branch.get("$ref").is_some();
        is_reference && visited.contains(&self.chain(branch).last.key())
    }

    pub(super) fn flatten(&mut self, pieces: &[Node<'a>]) -> (Vec<Node<'a>>, HashSet<NodeKey>) {
        let mut visited = HashSet::new();
        let mut said = Vec::new();
        let mut steps: Vec<Step<'a>> = pieces
            .iter()
            .rev()
            .map(|piece| Step::Enter(*piece))
            .collect();
        while let Some(step) = steps.pop() {
            match step {
                Step::Say(node) => said.push(node),
                Step::Enter(node) if !visited.insert(node.key()) => {}
                Step::Enter(node) => {
                    self.go_through(node);
                    let target = if node.str("$ref").is_some() {
                        self.target(node)
                    } else {
                        None
                    };
                    let dynamic = self.dynamic_target(node);
                    let target = target.into_iter().chain(dynamic);
                    if node.str("$ref").is_none() || !self.version.ignores_siblings() {
                        steps.push(Step::Say(node));
                        let members: Vec<_> = node
                            .get("allOf")
                            .into_iter()
                            .flat_map(Node::items)
                            .collect();
                        steps.extend(members.into_iter().rev().map(Step::Enter));
                    }
                    steps.extend(target.map(Step::Enter));
                }
            }
        }
        (said, visited)
    }
}
