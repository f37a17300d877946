//! `oneOf` and `anyOf`, and the property that tells branches apart.

use std::collections::HashSet;

use super::Lowering;
use super::facets::{Branches, Facets};
use super::schemas::{Chain, Task};
use super::shapes::is_null;
use super::tree::{Node, NodeKey};
use super::types::Types;
use crate::diagnostics::{Effect, codes};
use crate::model::{Discriminator, Schema, SchemaId, Schemas, Shape, Union, UnionKind, Value};

/// How many unions of one schema are multiplied out with each other.
const MAX_PRODUCT: usize = 3;

/// How many branches are searched, those of branches among them, for what a discriminator maps.
const MAX_NESTED: usize = 1_000;

/// How many branches are made by merging, in one document.
const MAX_MERGED: usize = 20_000;

impl<'a> Lowering<'a> {
    /// Lowers what has a union, with what stands beside it merged into each branch.
    pub(super) fn with_union(
        &mut self,
        task: &Task<'a>,
        mut schema: Schema,
        facets: Facets<'a>,
    ) -> Schema {
        let union = facets.unions[0];
        let branches: Vec<Node<'a>> = union.list.items().collect();
        let nulls = branches
            .iter()
            .filter(|branch| self.is_null_branch(**branch))
            .count();
        let branches: Vec<Node<'a>> = branches
            .into_iter()
            .filter(|branch| !self.is_null_branch(*branch))
            .collect();
        let nullable = schema.nullable
            || (nulls > 0 && facets.types.is_none_or(|types| types.contains(Types::NULL)));
        schema.nullable = nullable;
        if branches.is_empty() {
            schema.refinement = facets.refinement;
            schema.shape = Shape::Null;
            schema.nullable = false;
            return schema;
        }
        let alone = facets.unions.len() == 1 && !self.has_siblings(&facets, &branches);
        if !alone && (task.excluded.len() >= MAX_PRODUCT || self.merged_count > MAX_MERGED) {
            return self.without_union(task, schema, union);
        }
        let mut excluded = task.excluded.clone();
        excluded.push(union.list.key());
        if let [branch] = branches.as_slice() {
            let last = self.chain(*branch).last;
            if !alone || !self.names.contains_key(&last.key()) {
                let mut pieces = task.pieces.clone();
                pieces.push(last);
                let merged = Task {
                    id: task.id,
                    pieces,
                    excluded,
                    only: task.only,
                    refined: task.pieces.len(),
                    way: self.way,
                };
                let inner = self.build(&merged);
                let refinement = self.both(facets.refinement, inner.refinement);
                let nullable = nullable || inner.nullable;
                let nullable = nullable && !matches!(inner.shape, Shape::Any | Shape::Null);
                return Schema {
                    name: schema.name,
                    docs: schema.docs,
                    xml: schema.xml,
                    nullable,
                    refinement,
                    ..inner
                };
            }
        }
        schema.refinement = facets.refinement;
        let ids: Vec<SchemaId> = if alone {
            branches.iter().map(|branch| self.schema(*branch)).collect()
        } else {
            branches
                .iter()
                .map(|branch| self.merged(task, *branch, &excluded))
                .collect()
        };
        let discriminator = self.discriminator(union, &branches);
        schema.shape = Shape::Union(Union {
            kind: union.kind,
            branches: ids,
            discriminator,
        });
        schema
    }

    fn merged(&mut self, task: &Task<'a>, branch: Node<'a>, excluded: &[NodeKey]) -> SchemaId {
        self.merged_count += 1;
        let mut pieces = task.pieces.clone();
        let last = self.chain(branch).last;
        if pieces.iter().all(|piece| piece.key() != last.key()) {
            pieces.push(last);
        }
        self.reserve(pieces, excluded.to_vec(), task.only, task.pieces.len())
    }

    /// Lowers a schema as if it had no union, and says so.
    fn without_union(&mut self, task: &Task<'a>, schema: Schema, union: Branches<'a>) -> Schema {
        let message = "there are too many unions in one schema to multiply them out".to_owned();
        let help =
            "this one is not checked; give the combinations that are meant names of their own";
        self.report(
            &codes::openapi::RG0219,
            Effect::Degrades,
            message,
            union.list.start(),
            help,
        );
        let mut excluded = task.excluded.clone();
        excluded.push(union.list.key());
        let inner = self.build(&Task {
            excluded,
            ..task.clone()
        });
        Schema {
            name: schema.name,
            docs: schema.docs,
            xml: schema.xml,
            nullable: schema.nullable,
            ..inner
        }
    }

    fn is_null_branch(&mut self, branch: Node<'a>) -> bool {
        let last = self.chain(branch).last;
        is_null(last)
    }

    /// Whether anything stands beside the union that each branch must know of.
    fn has_siblings(&mut self, facets: &Facets<'a>, branches: &[Node<'a>]) -> bool {
        let says_more = !facets.properties.is_empty()
            || !facets.required.is_empty()
            || !facets.additional.is_empty()
            || facets.has_patterns
            || !facets.items.is_empty()
            || facets.prefix.is_some()
            || !facets.checks.is_empty()
            || !facets.formats.is_empty();
        if says_more {
            return true;
        }
        let Some(types) = facets.types.map(Types::without_null) else {
            return false;
        };
        // `type: object` says nothing new of branches that have properties.
        let speaks = [
            "type",
            "$ref",
            "enum",
            "const",
            "allOf",
            "oneOf",
            "anyOf",
            "properties",
            "required",
        ];
        types != Types::OBJECT
            && !branches
                .iter()
                .all(|branch| speaks.iter().any(|key| branch.get(key).is_some()))
    }

    /// The declared discriminator with the values of each branch.
    ///
    /// <https://spec.openapis.org/oas/v3.1.1#discriminator-object>
    fn discriminator(
        &mut self,
        union: Branches<'a>,
        branches: &[Node<'a>],
    ) -> Option<Discriminator> {
        let declared = union.holder.get("discriminator")?;
        let property = declared.str("propertyName")?;
        let mapping: Vec<(Node<'a>, Node<'a>)> = declared
            .get("mapping")
            .into_iter()
            .flat_map(Node::entries)
            .collect();
        let mut mapped: Vec<(Vec<NodeKey>, &'a str)> = Vec::new();
        for (value, target) in mapping {
            let keys = self.mapping_target(target);
            self.check_mapping(target, &keys, branches, union.kind);
            mapped.push((keys, value.scalar_text()));
        }
        let mut values: Vec<Vec<Value>> = Vec::with_capacity(branches.len());
        for branch in branches {
            let chain = self.chain(*branch);
            let keys: Vec<NodeKey> = chain
                .passed
                .iter()
                .chain([&chain.last])
                .map(|node| node.key())
                .collect();
            let named = mapped
                .iter()
                .filter(|(targets, _)| targets.iter().any(|target| keys.contains(target)));
            let mut found: Vec<Value> = named.map(|(_, value)| Value::from(*value)).collect();
            if found.is_empty() {
                let name = branch
                    .str("$ref")
                    .and_then(|reference| reference.rsplit_once('/'));
                found.extend(name.map(|(_, name)| Value::from(super::pointer::last_token(name))));
            }
            values.push(found);
        }
        let fallback = self.default_branch(declared, branches, union.kind);
        is_distinct(&values).then(|| Discriminator {
            property: property.to_owned(),
            values,
            fallback,
        })
    }

    /// The branch of what has no discriminator, or one that isn't mapped.
    ///
    /// <https://spec.openapis.org/oas/v3.2.0.html#discriminator-default-mapping>
    fn default_branch(
        &mut self,
        declared: Node<'a>,
        branches: &[Node<'a>],
        kind: UnionKind,
    ) -> Option<usize> {
        let target = declared.get("defaultMapping")?;
        let targets = self.mapping_target(target);
        self.check_mapping(target, &targets, branches, kind);
        branches.iter().position(|branch| {
            let chain = self.chain(*branch);
            let mut nodes = chain.passed.iter().chain([&chain.last]);
            nodes.any(|node| targets.contains(&node.key()))
        })
    }

    /// Says so of a value of `mapping` that leads to no schema, or to one that is no branch.
    fn check_mapping(
        &mut self,
        target: Node<'a>,
        keys: &[NodeKey],
        branches: &[Node<'a>],
        kind: UnionKind,
    ) {
        let text = target.scalar_text();
        let list = match kind {
            UnionKind::One => "oneOf",
            UnionKind::Any => "anyOf",
        };
        let (message, help) = if keys.is_empty() {
            // Of a branch that leads nowhere it has been said.
            if branches
                .iter()
                .any(|branch| branch.str("$ref") == Some(text))
            {
                return;
            }
            let help = "mend it, or take it out: no branch is known by it";
            let help = self.schema_meant(target, help);
            (format!("`{text}` leads to nothing"), help)
        } else if self.is_among(keys, branches) {
            return;
        } else {
            let help = format!("add it to `{list}`, or take it out: no branch is known by it");
            (format!("`{text}` is no branch of this `{list}`"), help)
        };
        self.report(
            &codes::openapi::RG0225,
            Effect::Warning,
            message,
            target.span(),
            &help,
        );
    }

    /// Whether one of these nodes is a branch, one of the branches of a branch, or the heir of one.
    fn is_among(&mut self, keys: &[NodeKey], branches: &[Node<'a>]) -> bool {
        let mut queue: Vec<Node<'a>> = branches.to_vec();
        let mut seen: HashSet<NodeKey> = HashSet::new();
        while let Some(branch) = queue.pop() {
            // What takes longer to find out is taken on trust.
            if seen.len() > MAX_NESTED {
                return true;
            }
            let Chain { last, passed } = self.chain(branch);
            let base = self.inheritance.base(last);
            let heirs = base.iter().flat_map(|base| &base.heirs);
            let heirs = heirs.map(|heir| heir.node);
            if passed
                .into_iter()
                .chain([last])
                .chain(heirs)
                .any(|node| keys.contains(&node.key()))
            {
                return true;
            }
            if seen.insert(last.key()) {
                let lists = ["oneOf", "anyOf"].iter().filter_map(|list| last.get(list));
                queue.extend(lists.flat_map(Node::items));
            }
        }
        false
    }

    /// The nodes that a value of `discriminator.mapping` names: a reference or the name of a schema.
    fn mapping_target(&mut self, target: Node<'a>) -> Vec<NodeKey> {
        let Some(found) = self.documents.mapped(target) else {
            return Vec::new();
        };
        let chain = self.chain(found);
        chain
            .passed
            .iter()
            .chain([&chain.last])
            .map(|node| node.key())
            .collect()
    }

    /// Gives unions without a discriminator the one that their branches agree on: a required property whose values
    /// are listed, and different in each.
    pub(super) fn infer_discriminators(&mut self) {
        let found = self.schemas.iter().filter_map(|(id, schema)| {
            let Shape::Union(union) = &schema.shape else {
                return None;
            };
            let discriminator = union
                .discriminator
                .is_none()
                .then(|| inferred(&self.schemas, union))
                .flatten()?;
            Some((
                id,
                Union {
                    discriminator: Some(discriminator),
                    ..union.clone()
                },
            ))
        });
        let found: Vec<(SchemaId, Union)> = found.collect();
        for (id, union) in found {
            let schema = self.schemas.get(id).clone();
            self.schemas.set(
                id,
                Schema {
                    shape: Shape::Union(union),
                    ..schema
                },
            );
        }
    }
}

fn inferred(schemas: &Schemas, union: &Union) -> Option<Discriminator> {
    let (first, rest) = union.branches.split_first()?;
    if rest.is_empty() {
        return None;
    }
    listed_properties(schemas, *first).find_map(|(name, values)| {
        let mut all = vec![values.to_vec()];
        for branch in rest {
            let (_, values) =
                listed_properties(schemas, *branch).find(|(other, _)| *other == name)?;
            all.push(values.to_vec());
        }
        is_distinct(&all).then(|| Discriminator {
            property: name.to_owned(),
            values: all,
            fallback: None,
        })
    })
}

/// The required properties of an object whose values are listed, all of them text.
fn listed_properties(schemas: &Schemas, id: SchemaId) -> impl Iterator<Item = (&str, &[Value])> {
    let schema = schemas.get(id);
    let fields = match &schema.shape {
        Shape::Object(object) if !schema.nullable => object.fields.as_slice(),
        _ => &[],
    };
    fields
        .iter()
        .filter(|field| field.required)
        .filter_map(|field| {
            let schema = schemas.get(field.schema);
            match &schema.shape {
                Shape::Enum { values, .. }
                    if !schema.nullable && values.iter().all(Value::is_string) =>
                {
                    Some((field.name.as_str(), values.as_slice()))
                }
                _ => None,
            }
        })
}

/// Whether each branch has values, and no two share one.
fn is_distinct(values: &[Vec<Value>]) -> bool {
    let mut seen = HashSet::new();
    values.iter().all(|of_branch| !of_branch.is_empty())
        && values
            .iter()
            .flatten()
            .all(|value| seen.insert(value.to_string()))
}
