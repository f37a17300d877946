//! The categories, which are trees of any depth.

use contract::v1::schemas::Category;
use rusqlite::{Connection, Row};

/// A category as it is stored: it knows its parent rather than its children.
struct Node {
    id: i64,
    parent: Option<i64>,
    name: String,
}

/// All trees, siblings by name.
pub fn trees(db: &Connection) -> rusqlite::Result<Vec<Category>> {
    let nodes = db
        .prepare_cached("select id, parent, name from categories order by name")?
        .query_map([], node)?
        .collect::<rusqlite::Result<Vec<Node>>>()?;
    Ok(children(&nodes, None))
}

fn children(nodes: &[Node], parent: Option<i64>) -> Vec<Category> {
    nodes
        .iter()
        .filter(|node| node.parent == parent)
        .map(|node| Category {
            name: node.name.clone(),
            children: children(nodes, Some(node.id)),
        })
        .collect()
}

fn node(row: &Row<'_>) -> rusqlite::Result<Node> {
    Ok(Node {
        id: row.get("id")?,
        parent: row.get("parent")?,
        name: row.get("name")?,
    })
}
