//! Strongly connected components of a graph (Tarjan's algorithm, without recursion).

/// The components of a graph, whose nodes have edges to these nodes: each after all to which its own lead.
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let count = edges.len();
    let (mut index, mut low) = (vec![usize::MAX; count], vec![0; count]);
    let (mut on_stack, mut stack, mut found) = (vec![false; count], Vec::new(), Vec::new());
    let mut next = 0;
    for root in 0..count {
        if index[root] != usize::MAX {
            continue;
        }
        let mut work = vec![(root, 0)];
        while let Some((node, edge)) = work.pop() {
            if edge == 0 {
                (index[node], low[node]) = (next, next);
                next += 1;
                stack.push(node);
                on_stack[node] = true;
            } else {
                let child = edges[node][edge - 1];
                low[node] = low[node].min(low[child]);
            }
            let mut at = edge;
            let unvisited = loop {
                let Some(child) = edges[node].get(at).copied() else {
                    break None;
                };
                at += 1;
                if index[child] == usize::MAX {
                    break Some(child);
                }
                if on_stack[child] {
                    low[node] = low[node].min(index[child]);
                }
            };
            if let Some(child) = unvisited {
                work.push((node, at));
                work.push((child, 0));
            } else if low[node] == index[node] {
                let start = stack
                    .iter()
                    .rposition(|member| *member == node)
                    .expect("a root is on the stack");
                let members = stack.split_off(start);
                members.iter().for_each(|member| on_stack[*member] = false);
                found.push(members);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn what_is_led_to_comes_first() {
        let edges = [vec![1, 3], vec![2], vec![1], vec![3], vec![0]];
        assert_eq!(components(&edges), [vec![1, 2], vec![3], vec![0], vec![4]]);
    }
}
