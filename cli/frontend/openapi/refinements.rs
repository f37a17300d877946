//! What schemas say beyond the shape of values: JSON Schema by the letter, keyword by keyword.

use std::collections::HashSet;

use super::Lowering;
use super::dynamic::Way;
use super::facets::Facets;
use super::keywords;
use super::schemas::Task;
use super::scopes::{Inside, Scope};
use super::shapes::is_nullable;
use super::tree::{Kind, Node, NodeKey};
use super::types::Types;
use super::unevaluated::{Hidden, any_has};
use crate::model::{Access, Assertion, Check, Constraint, RefinementId};

/// Keywords that no type can say.
const REFINING: [&str; 8] = [
    "not",
    "if",
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "propertyNames",
    "patternProperties",
];

/// Whether a keyword may say what no type can.
pub(super) fn is_refining(keyword: &str) -> bool {
    REFINING.contains(&keyword) || matches!(keyword, "unevaluatedProperties" | "unevaluatedItems")
}

/// What of a schema is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// All that it says.
    All,
    /// What its type can't say.
    Refining {
        /// What is said of properties by their keys is.
        by_key: bool,
    },
}

impl<'a> Lowering<'a> {
    /// What the nodes of one value say beyond its shape, if they say something.
    pub(super) fn refinement(
        &mut self,
        task: &Task<'a>,
        root: Option<Node<'a>>,
        said: &[Node<'a>],
        facets: &mut Facets<'a>,
    ) -> Option<RefinementId> {
        let by_key = any_has(said, &["patternProperties"]);
        let (before, _) = self.flatten(&task.pieces[..task.refined]);
        let known: HashSet<NodeKey> = before.iter().map(|node| node.key()).collect();
        let was_by_key = any_has(&before, &["patternProperties"]);
        // What says nothing beyond asks nobody.
        let scope = match said.iter().any(|node| is_refined(*node)) {
            true => self.scope(&task.pieces),
            false => Scope::NARROW,
        };
        let mut assertions = Vec::new();
        for node in said {
            let wanted = Wanted::Refining { by_key };
            if !known.contains(&node.key()) {
                assertions.extend(self.assertions(*node, wanted, scope));
            } else if by_key && !was_by_key {
                assertions.extend(self.properties_assertion(*node, wanted, scope));
            }
            let hidden = Hidden::of(root, *node, said);
            if let Some(value) = hidden.properties {
                facets.additional.retain(|other| other.key() != value.key());
                facets.is_open = true;
            }
            if let Some(value) = hidden.items {
                facets.rest = facets.rest.filter(|rest| rest.key() != value.key());
            }
            let is_known = known.contains(&node.key()) && Hidden::of(root, *node, &before).is_any();
            if hidden.is_any() && !is_known {
                assertions.push(Assertion::All(vec![self.refined(*node, scope)]));
            }
        }
        facets.pattern = typed_pattern(said);
        (!assertions.is_empty()).then(|| self.refinements.add(assertions))
    }

    /// What two refinements say together.
    pub(super) fn both(
        &mut self,
        one: Option<RefinementId>,
        other: Option<RefinementId>,
    ) -> Option<RefinementId> {
        match (one, other) {
            (Some(one), Some(other)) => {
                let both = Assertion::All(vec![one, other]);
                Some(self.refinements.add(vec![both]))
            }
            (one, other) => one.or(other),
        }
    }

    /// The id of all that a node says of the value of a scope.
    fn refined(&mut self, node: Node<'a>, scope: Scope) -> RefinementId {
        let way = self.way_to(&[node]);
        if let Some(id) = self.refined.get(&(node.key(), scope, way)) {
            return *id;
        }
        let id = self.refinements.add(Vec::new());
        self.refined.insert((node.key(), scope, way), id);
        self.made_for(way);
        self.unrefined.push_back((id, node, scope, way));
        id
    }

    /// The same of what lies inside of that value.
    fn refined_inside(&mut self, node: Node<'a>, scope: Scope, step: Inside<'_>) -> RefinementId {
        let scope = self.scope_inside(scope, step, node);
        self.refined(node, scope)
    }

    /// Lowers whatever was met.
    pub(super) fn refine_queue(&mut self) {
        while let Some((id, node, scope, way)) = self.unrefined.pop_front() {
            self.way = way;
            let assertions = self.assertions(node, Wanted::All, scope);
            self.refinements.set(id, assertions);
        }
        self.way = Way::default();
    }

    /// The id of what says nothing.
    fn unrefined_value(&mut self) -> RefinementId {
        let refinements = &mut self.refinements;
        *self
            .anything
            .get_or_insert_with(|| refinements.add(Vec::new()))
    }

    fn assertions(&mut self, node: Node<'a>, wanted: Wanted, scope: Scope) -> Vec<Assertion> {
        match node.kind() {
            Kind::Bool(false) if wanted == Wanted::All => return vec![Assertion::Never],
            Kind::Mapping => {}
            Kind::Bool(_) | Kind::Null | Kind::Number | Kind::String | Kind::Sequence => {
                return Vec::new();
            }
        }
        let mut assertions = Vec::new();
        let mut last = Vec::new();
        if wanted == Wanted::All && node.str("$ref").is_some() {
            assertions.push(match self.target(node) {
                Some(target) => Assertion::All(vec![self.refined(target, scope)]),
                None => Assertion::Unknown,
            });
            if self.version.ignores_siblings() {
                return assertions;
            }
        }
        for (key, value) in node.entries() {
            let keyword = key.scalar_text();
            if wanted == Wanted::All {
                assertions.extend(self.plain_assertion(node, keyword, value, scope));
                last.extend(self.closing_assertion(keyword, value, scope));
            }
            assertions.extend(self.refining_assertion(node, keyword, value, scope));
        }
        let by_key = match wanted {
            Wanted::All => true,
            Wanted::Refining { by_key } => by_key,
        };
        if by_key {
            assertions.extend(self.properties_assertion(node, wanted, scope));
        }
        assertions.extend(last);
        assertions
    }

    /// What types can say too.
    fn plain_assertion(
        &mut self,
        node: Node<'a>,
        keyword: &str,
        value: Node<'a>,
        scope: Scope,
    ) -> Option<Assertion> {
        let ids = |lowering: &mut Self| {
            let members = value.items();
            let ids = members.map(|member| lowering.refined(member, scope));
            ids.collect::<Vec<_>>()
        };
        Some(match keyword {
            "type" => match type_names(node, value) {
                Some(types) => Assertion::Types(types),
                None => Assertion::Unknown,
            },
            "enum" => Assertion::Values(value.items().map(Node::value).collect()),
            "const" => Assertion::Values(vec![value.value()]),
            "required" if value.kind() == Kind::Sequence => {
                self.required("required", scope, node, value)
            }
            "allOf" => Assertion::All(ids(self)),
            "anyOf" => Assertion::Any(ids(self)),
            "oneOf" => {
                let members = value.items();
                let ids = members.map(|member| self.refined(member, scope.asked()));
                Assertion::One(ids.collect())
            }
            "$dynamicRef" | "$recursiveRef" if self.documents.dynamic_reference(node).is_some() => {
                match self.dynamic_target(node) {
                    Some(target) => Assertion::All(vec![self.refined(target, scope)]),
                    None => Assertion::Unknown,
                }
            }
            "items" if node.get("prefixItems").is_none() => Assertion::Items {
                first: Vec::new(),
                rest: Some(self.refined_inside(value, scope, Inside::Item)),
            },
            "prefixItems" => {
                let mut place = |schema| self.refined_inside(schema, scope, Inside::Item);
                Assertion::Items {
                    first: value.items().map(&mut place).collect(),
                    rest: node.get("items").map(place),
                }
            }
            "format" => self.format_assertion(value)?,
            "$recursiveRef" => {
                self.note_unchecked("$recursiveRef", value, value);
                Assertion::Unknown
            }
            keyword => match keywords::constraint(keyword, node, value) {
                Ok(Some(Constraint::MinProperties(min))) => {
                    self.min_properties(min, scope, node, value)?
                }
                Ok(constraint) => check(constraint?, value),
                Err(expected) => {
                    self.unusable(keyword, expected, value.span());
                    Assertion::Unknown
                }
            },
        })
    }

    /// `required`. Where it is asked whether it holds, nobody can tell of what is there in one direction alone; and nowhere, where
    /// too much is said of the value to know.
    fn required(
        &mut self,
        keyword: &'static str,
        scope: Scope,
        node: Node<'a>,
        required: Node<'a>,
    ) -> Assertion {
        let all = names(required);
        let keys = self.always_there(scope, node, required);
        let is_known = !scope.is_question() && !self.is_vast(scope);
        if !is_known && keys.len() < all.len() {
            self.note_unchecked(keyword, required, required);
            return Assertion::Unknown;
        }
        Assertion::Required(keys)
    }

    /// What hangs on a property. On one that responses alone have, nothing does: in a request it is passed over. Where it is asked
    /// whether what hangs on it holds, nobody can tell.
    fn hangs(
        &mut self,
        keyword: &'static str,
        scope: Scope,
        node: Node<'a>,
        key: Node<'a>,
    ) -> Hangs {
        let access = self.accesses(scope, node, key.scalar_text());
        match access {
            Some(Access::Both) => Hangs::All,
            Some(Access::ReadOnly | Access::WriteOnly) | None if scope.is_question() => {
                self.note_unchecked(keyword, key, key);
                Hangs::Unknown
            }
            Some(Access::ReadOnly) => Hangs::Nothing,
            Some(Access::WriteOnly) | None => Hangs::All,
        }
    }

    /// `minProperties`: those that are there in one direction alone may all be missing in the other.
    fn min_properties(
        &mut self,
        min: u64,
        scope: Scope,
        node: Node<'a>,
        value: Node<'a>,
    ) -> Option<Assertion> {
        let min = match self.left_out(scope, node) {
            Some(0) => min,
            Some(left_out) if !scope.is_question() => min.saturating_sub(left_out),
            Some(_) | None => {
                self.note_unchecked("minProperties", value, value);
                return Some(Assertion::Unknown);
            }
        };
        (min > 0).then(|| check(Constraint::MinProperties(min), value))
    }

    /// The required properties that both who sends and who answers have: a `readOnly` one is not in a request.
    fn always_there(&mut self, scope: Scope, node: Node<'a>, required: Node<'a>) -> Vec<String> {
        let mut keys = names(required);
        keys.retain(|key| self.is_always_there(scope, node, key));
        keys
    }

    /// What a format says of a text. Those which types know are told by their looks.
    fn format_assertion(&mut self, value: Node<'a>) -> Option<Assertion> {
        let format = value.as_str()?;
        if let Some(constraint) = super::shapes::checked_format(format) {
            return Some(check(constraint, value));
        }
        let looks = match format {
            "uuid" => "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$",
            "date" => "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            "date-time" => {
                "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$"
            }
            "ipv4" => {
                "^(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}$"
            }
            "ipv6" => {
                self.note_unchecked("format", value, value);
                return Some(Assertion::Unknown);
            }
            // Those of vendors say nothing, and widths of numbers nothing of texts.
            _ => return None,
        };
        Some(check(Constraint::Pattern(looks.to_owned()), value))
    }

    /// What no type can say.
    fn refining_assertion(
        &mut self,
        node: Node<'a>,
        keyword: &str,
        value: Node<'a>,
        scope: Scope,
    ) -> Option<Assertion> {
        Some(match keyword {
            "not" => Assertion::Not(self.refined(value, scope.asked())),
            "if" => {
                let mut branch = |key: &str| match node.get(key) {
                    Some(schema) => self.refined(schema, scope),
                    None => self.unrefined_value(),
                };
                let (then, otherwise) = (branch("then"), branch("else"));
                Assertion::If {
                    condition: self.refined(value, scope.asked()),
                    then,
                    otherwise,
                }
            }
            "contains" => {
                let count = |key: &str| {
                    let count = node.get(key).map(keywords::count);
                    count.and_then(|count| count.ok().flatten())
                };
                let max = count("maxContains");
                // An item that holds is one too many, so that nothing may hold for want of being asked.
                let scope = match max {
                    Some(_) => scope.asked(),
                    None => scope,
                };
                Assertion::Contains {
                    item: self.refined_inside(value, scope, Inside::Item),
                    min: count("minContains").unwrap_or(1),
                    max,
                }
            }
            "propertyNames" => Assertion::PropertyNames(self.refined(value, Scope::NARROW)),
            "dependentRequired" => {
                let entries = value.entries();
                let mut dependent = Vec::new();
                for (key, list) in entries {
                    match self.hangs("dependentRequired", scope, node, key) {
                        Hangs::Nothing => continue,
                        Hangs::Unknown => return Some(Assertion::Unknown),
                        Hangs::All => {}
                    }
                    match self.required("dependentRequired", scope, node, list) {
                        Assertion::Required(keys) => {
                            dependent.push((key.scalar_text().to_owned(), keys));
                        }
                        _ => return Some(Assertion::Unknown),
                    }
                }
                Assertion::DependentRequired(dependent)
            }
            // Until 2019 the two were one keyword.
            "dependentSchemas" | "dependencies" => {
                let keyword = match keyword {
                    "dependencies" => "dependencies",
                    _ => "dependentSchemas",
                };
                let mut dependent = Vec::new();
                for (key, schema) in value.entries() {
                    let id = match (self.hangs(keyword, scope, node, key), schema.kind()) {
                        (Hangs::Nothing, _) => continue,
                        (Hangs::Unknown, _) => return Some(Assertion::Unknown),
                        (Hangs::All, Kind::Sequence) => {
                            let required = self.required(keyword, scope, node, schema);
                            self.refinements.add(vec![required])
                        }
                        (Hangs::All, _) => self.refined(schema, scope),
                    };
                    dependent.push((key.scalar_text().to_owned(), id));
                }
                Assertion::Dependent(dependent)
            }
            _ => return None,
        })
    }

    /// What is said of all that nothing else has looked at.
    fn closing_assertion(
        &mut self,
        keyword: &str,
        value: Node<'a>,
        scope: Scope,
    ) -> Option<Assertion> {
        let (others, item) = (Inside::Others, Inside::Item);
        Some(match keyword {
            "unevaluatedProperties" => {
                Assertion::OtherProperties(self.refined_inside(value, scope, others))
            }
            "unevaluatedItems" => Assertion::OtherItems(self.refined_inside(value, scope, item)),
            _ => return None,
        })
    }

    /// What is said of properties by their keys; where types say it of those that have names, they are only left out of the others.
    fn properties_assertion(
        &mut self,
        node: Node<'a>,
        wanted: Wanted,
        scope: Scope,
    ) -> Option<Assertion> {
        let named = node.get("properties");
        let patterns = node.get("patternProperties");
        let others = node.get("additionalProperties");
        let is_said = match wanted {
            Wanted::All => named.is_some(),
            Wanted::Refining { .. } => false,
        };
        if !is_said && patterns.is_none() && others.is_none() {
            return None;
        }
        let named = named.into_iter().flat_map(Node::entries);
        let named = named.map(|(name, schema)| {
            let name = name.scalar_text();
            let id = match wanted {
                Wanted::All => self.refined_inside(schema, scope, Inside::Property(name)),
                Wanted::Refining { .. } => self.unrefined_value(),
            };
            (name.to_owned(), id)
        });
        let named: Vec<_> = named.collect();
        let patterns = patterns.into_iter().flat_map(Node::entries);
        let patterns = patterns.map(|(pattern, schema)| {
            let constraint = Constraint::Pattern(pattern.scalar_text().to_owned());
            let check = Check {
                constraint,
                message: None,
                span: pattern.span(),
            };
            (check, self.refined_inside(schema, scope, Inside::Others))
        });
        let patterns: Vec<_> = patterns.collect();
        Some(Assertion::Properties {
            named,
            patterns,
            others: others.map(|others| self.refined_inside(others, scope, Inside::Others)),
        })
    }
}

/// What hangs on a property.
enum Hangs {
    /// What the contract says.
    All,
    /// Nothing.
    Nothing,
    /// Nobody can tell, and that was said.
    Unknown,
}

fn is_refined(node: Node<'_>) -> bool {
    node.entries()
        .any(|(key, _)| is_refining(key.scalar_text()))
}

/// The schema of all properties beside those that have names: there is one pattern, and what doesn't match it is refused.
fn typed_pattern<'a>(said: &[Node<'a>]) -> Option<Node<'a>> {
    let with = |keyword: &'static str| said.iter().filter(move |node| node.get(keyword).is_some());
    let mut holders = with("patternProperties");
    let holder = holders.next().filter(|_| holders.next().is_none())?;
    let mut patterns = holder.get("patternProperties")?.entries();
    let (_, schema) = patterns.next().filter(|_| patterns.next().is_none())?;
    let closed = holder.get("additionalProperties").and_then(Node::as_bool) == Some(false);
    let alone = with("additionalProperties").count() == 1;
    (closed && alone && with("unevaluatedProperties").next().is_none()).then_some(schema)
}

fn check(constraint: Constraint, value: Node<'_>) -> Assertion {
    Assertion::Check(Check {
        constraint,
        message: None,
        span: value.span(),
    })
}

/// The names of the types that a `type` allows; `None` if it is none.
fn type_names(node: Node<'_>, value: Node<'_>) -> Option<Vec<&'static str>> {
    let items: Vec<Node<'_>> = match value.is_collection() {
        true => value.items().collect(),
        false => vec![value],
    };
    let mut found: Vec<&'static str> = Vec::new();
    for item in items {
        let text = match item.kind() {
            Kind::Null => "null",
            _ => item.scalar_text(),
        };
        found.push(Types::name(text)?);
    }
    if is_nullable(node) {
        found.push("null");
    }
    Some(found)
}

fn names(list: Node<'_>) -> Vec<String> {
    let mut seen: HashSet<NodeKey> = HashSet::new();
    let items = list.items().filter(|item| seen.insert(item.key()));
    items.map(|item| item.scalar_text().to_owned()).collect()
}
