//! Of which schemas a value must hold values.

use indexmap::IndexMap;

use crate::model::{Access, Constraint, Schema, SchemaId, Shape};

/// The schemas that a schema needs values of, each once.
pub(super) enum Needs {
    /// All of them.
    All(Vec<Need>),
    /// All of them, each at a place of a list that needs those before it.
    Places(Vec<Need>),
    /// One of them.
    Any(Vec<Need>),
}

/// A schema that another needs.
#[derive(Clone, Copy)]
pub(super) struct Need {
    pub(super) to: SchemaId,
    /// Whether the fields that need it travel in both directions; none if no field or place could do without.
    pub(super) strength: Option<bool>,
}

impl Needs {
    pub(super) fn of(schema: &Schema) -> Self {
        let has_items = schema
            .checks
            .iter()
            .any(|check| matches!(check.constraint, Constraint::MinItems(1..)));
        let each = |ids: &[SchemaId], strength| {
            let links: IndexMap<SchemaId, Option<bool>> =
                ids.iter().map(|to| (*to, strength)).collect();
            links
                .into_iter()
                .map(|(to, strength)| Need { to, strength })
                .collect()
        };
        match &schema.shape {
            _ if schema.nullable => Self::All(Vec::new()),
            Shape::Object(object) => {
                let mut links: IndexMap<SchemaId, bool> = IndexMap::new();
                for field in object.fields.iter().filter(|field| field.required) {
                    *links.entry(field.schema).or_default() |= field.access == Access::Both;
                }
                let links = links.into_iter().map(|(to, strength)| Need {
                    to,
                    strength: Some(strength),
                });
                Self::All(links.collect())
            }
            Shape::Array { items } if has_items => Self::All(each(&[*items], None)),
            Shape::Tuple {
                prefix, required, ..
            } => Self::Places(each(&prefix[..(*required).min(prefix.len())], Some(true))),
            Shape::Union(union) => Self::Any(each(&union.branches, None)),
            _ => Self::All(Vec::new()),
        }
    }

    pub(super) fn links(&self) -> &[Need] {
        match self {
            Self::All(links) | Self::Places(links) | Self::Any(links) => links,
        }
    }
}
