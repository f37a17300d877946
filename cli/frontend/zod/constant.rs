//! Works out constants without running the code: names, members, spreads, arithmetic and functions that only return.

use std::collections::HashMap;

use super::syntax::{Entry, Expression, Key, Kind, Module, Operator, Parameters};
use crate::model::Value;
use crate::source::Span;

/// How often names may lead to names; a circle ends here.
const MAX_STEPS: usize = 256;

/// One key of an object literal with all spreads laid out.
#[derive(Debug, Clone)]
pub(super) struct Property {
    /// The key.
    pub name: String,
    /// Where the key stands.
    pub span: Span,
    /// What it holds.
    pub value: Expression,
}

impl Module {
    /// Follows names, members of literals and calls of functions of this file, as far as they lead.
    pub fn resolve(&self, expression: &Expression) -> Expression {
        self.resolve_within(expression, MAX_STEPS)
    }

    fn resolve_within(&self, expression: &Expression, steps: usize) -> Expression {
        let mut here = expression.clone();
        for left in (0..steps).rev() {
            match self.step(&here, left) {
                Some(next) => here = next,
                None => break,
            }
        }
        here
    }

    /// What an expression stands for, one step on; `None` when it stands for itself.
    fn step(&self, expression: &Expression, steps: usize) -> Option<Expression> {
        self.fuel.set(self.fuel.get().checked_sub(1)?);
        match &*expression.kind {
            Kind::Identifier(name) => self
                .constants
                .get(name)
                .map(|constant| constant.value.clone()),
            Kind::Member {
                object, property, ..
            } => {
                let object = self.resolve_within(object, steps);
                if let Some(values) = self.enumerated(&object) {
                    return members_of_enum(property, object.span, values);
                }
                let Kind::Object(entries) = &*object.kind else {
                    return None;
                };
                let properties = self.properties_within(entries, steps).ok()?;
                properties
                    .into_iter()
                    .find(|entry| entry.name == *property)
                    .map(|entry| entry.value)
            }
            Kind::Index { object, index } => {
                let index = self.value(index)?;
                match (&*self.resolve_within(object, steps).kind, index) {
                    (Kind::Array(items), Value::Number(at)) => {
                        items.get(at.to_string().parse::<usize>().ok()?).cloned()
                    }
                    (Kind::Object(entries), Value::String(name)) => {
                        let properties = self.properties_within(entries, steps).ok()?;
                        properties
                            .into_iter()
                            .find(|entry| entry.name == name)
                            .map(|entry| entry.value)
                    }
                    _ => None,
                }
            }
            Kind::Call {
                callee, arguments, ..
            } => self.inline(callee, arguments),
            _ => None,
        }
    }

    /// What `z.enum(…)` was given.
    fn enumerated(&self, expression: &Expression) -> Option<Expression> {
        let Kind::Call {
            callee, arguments, ..
        } = &*expression.kind
        else {
            return None;
        };
        let Kind::Member {
            object, property, ..
        } = &*callee.kind
        else {
            return None;
        };
        let Kind::Identifier(name) = &*object.kind else {
            return None;
        };
        let is_enum =
            self.imports.contains_key(name) && (property == "enum" || property == "nativeEnum");
        is_enum
            .then(|| arguments.first().map(|values| self.resolve(values)))
            .flatten()
    }

    /// The body of a function of this file with its arguments in place.
    pub fn inline(&self, callee: &Expression, arguments: &[Expression]) -> Option<Expression> {
        let Kind::Identifier(name) = &*callee.kind else {
            return None;
        };
        let Kind::Function {
            parameters: Some(parameters),
            body: Some(body),
        } = &*self.constants.get(name)?.value.kind
        else {
            return None;
        };
        if arguments
            .iter()
            .any(|argument| matches!(&*argument.kind, Kind::Spread(_)))
        {
            return None;
        }
        let undefined = || Expression::new(callee.span, Kind::Identifier("undefined".to_owned()));
        let mut values = HashMap::new();
        for (index, (parameter, default)) in parameters.names.iter().enumerate() {
            let value = match (arguments.get(index), default) {
                (Some(argument), _) => argument.clone(),
                (None, Some(default)) => substitute(default, &values),
                (None, None) => undefined(),
            };
            values.insert(parameter.as_str(), value);
        }
        if let Some(rest) = &parameters.rest {
            let left = arguments.get(parameters.names.len()..).unwrap_or_default();
            values.insert(
                rest,
                Expression::new(callee.span, Kind::Array(left.to_vec())),
            );
        }
        Some(substitute(body, &values))
    }

    /// The keys of an object with spreads laid out; as in JavaScript the last value wins and keeps the first place.
    ///
    /// # Errors
    ///
    /// The expression that can't be laid out.
    pub fn properties(&self, entries: &[Entry]) -> Result<Vec<Property>, Expression> {
        self.properties_within(entries, MAX_STEPS)
    }

    fn properties_within(
        &self,
        entries: &[Entry],
        steps: usize,
    ) -> Result<Vec<Property>, Expression> {
        let mut properties: Vec<Property> = Vec::new();
        for entry in entries {
            let found = match entry {
                Entry::Field { key, value, .. } => {
                    let name = self.key(key).ok_or_else(|| value.clone())?;
                    vec![Property {
                        name,
                        span: key.span(),
                        value: value.clone(),
                    }]
                }
                Entry::Spread(inner) => {
                    let steps = steps.checked_sub(1).ok_or_else(|| inner.clone())?;
                    match &*self.resolve_within(inner, steps).kind {
                        Kind::Object(entries) => self.properties_within(entries, steps)?,
                        _ => return Err(inner.clone()),
                    }
                }
            };
            for property in found {
                match properties
                    .iter_mut()
                    .find(|known| known.name == property.name)
                {
                    Some(known) => *known = property,
                    None => properties.push(property),
                }
            }
        }
        Ok(properties)
    }

    /// The text of a key.
    pub fn key(&self, key: &Key) -> Option<String> {
        match key {
            Key::Plain(name, _) => Some(name.clone()),
            Key::Computed(expression) => match self.value(expression)? {
                Value::String(text) => Some(text),
                Value::Number(number) => Some(number.to_string()),
                Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
            },
        }
    }

    /// The items of an array with spreads laid out.
    ///
    /// # Errors
    ///
    /// The expression that can't be laid out.
    pub fn items(&self, expression: &Expression) -> Result<Vec<Expression>, Expression> {
        self.deeper(|| {
            let resolved = self.resolve(expression);
            let Kind::Array(items) = &*resolved.kind else {
                return None;
            };
            let mut laid_out = Vec::new();
            for item in items {
                match &*item.kind {
                    Kind::Spread(inner) => laid_out.extend(self.items(inner).ok()?),
                    _ => laid_out.push(item.clone()),
                }
            }
            Some(laid_out)
        })
        .ok_or_else(|| expression.clone())
    }

    /// Runs `work` one level down, unless that is too deep: a constant may hold itself.
    fn deeper<T>(&self, work: impl FnOnce() -> Option<T>) -> Option<T> {
        let depth = self.depth.get();
        if depth >= MAX_STEPS {
            return None;
        }
        self.depth.set(depth + 1);
        let result = work();
        self.depth.set(depth);
        result
    }

    /// The JSON value of a constant expression.
    pub fn value(&self, expression: &Expression) -> Option<Value> {
        self.deeper(|| self.value_of(&self.resolve(expression)))
    }

    fn value_of(&self, resolved: &Expression) -> Option<Value> {
        match &*resolved.kind {
            Kind::String(text) => Some(Value::String(text.clone())),
            Kind::Number(text) => text.parse().ok().map(Value::Number),
            Kind::Boolean(value) => Some(Value::Bool(*value)),
            Kind::Null => Some(Value::Null),
            Kind::Array(_) => {
                let items = self.items(resolved).ok()?;
                items
                    .iter()
                    .map(|item| self.value(item))
                    .collect::<Option<Vec<_>>>()
                    .map(Value::Array)
            }
            Kind::Object(entries) => {
                let properties = self.properties(entries).ok()?;
                let pairs = properties
                    .into_iter()
                    .map(|entry| Some((entry.name, self.value(&entry.value)?)));
                pairs
                    .collect::<Option<serde_json::Map<_, _>>>()
                    .map(Value::Object)
            }
            Kind::Template { texts, holes } => self.template(texts, holes).map(Value::String),
            Kind::Negate(inner) => {
                let number: f64 = self.number(inner)?.parse().ok()?;
                number_value(-number)
            }
            Kind::Binary {
                operator,
                left,
                right,
            } => self.binary(*operator, left, right),
            Kind::Call { .. }
            | Kind::New { .. }
            | Kind::Member { .. }
            | Kind::Index { .. }
            | Kind::Spread(_)
            | Kind::Identifier(_)
            | Kind::Function { .. }
            | Kind::Regex { .. }
            | Kind::Other(_) => None,
        }
    }

    /// The text of a constant string.
    pub fn string(&self, expression: &Expression) -> Option<String> {
        match self.value(expression)? {
            Value::String(text) => Some(text),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Object(_) => None,
        }
    }

    /// The decimal text of a constant number.
    pub fn number(&self, expression: &Expression) -> Option<String> {
        match self.value(expression)? {
            Value::Number(number) => Some(number.to_string()),
            Value::Null
            | Value::Bool(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => None,
        }
    }

    fn template(&self, texts: &[String], holes: &[Expression]) -> Option<String> {
        let mut joined = String::new();
        for (index, text) in texts.iter().enumerate() {
            joined.push_str(text);
            if let Some(hole) = holes.get(index) {
                joined.push_str(&shown(&self.value(hole)?)?);
            }
        }
        Some(joined)
    }

    fn binary(&self, operator: Operator, left: &Expression, right: &Expression) -> Option<Value> {
        let (left, right) = (self.value(left)?, self.value(right)?);
        if operator == Operator::Add && (left.is_string() || right.is_string()) {
            return Some(Value::String(shown(&left)? + &shown(&right)?));
        }
        let number = |value: &Value| match value {
            Value::Number(number) => number.to_string().parse::<f64>().ok(),
            Value::Null
            | Value::Bool(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => None,
        };
        let (left, right) = (number(&left)?, number(&right)?);
        number_value(match operator {
            Operator::Add => left + right,
            Operator::Subtract => left - right,
            Operator::Multiply => left * right,
            Operator::Divide => left / right,
            Operator::Power => left.powf(right),
            Operator::ShiftLeft => f64::from((left as i32).wrapping_shl(right as u32)),
        })
    }
}

/// `.enum`, `.options` and their like of a `z.enum(values)`.
fn members_of_enum(property: &str, span: Span, values: Expression) -> Option<Expression> {
    match (property, &*values.kind) {
        ("options", Kind::Array(_)) | ("enum" | "Enum" | "Values", Kind::Object(_)) => Some(values),
        ("enum" | "Enum" | "Values", Kind::Array(items)) => {
            let entry = |item: &Expression| match &*item.kind {
                Kind::String(text) => Some(Entry::Field {
                    key: Key::Plain(text.clone(), item.span),
                    value: item.clone(),
                    getter: false,
                }),
                _ => None,
            };
            let entries = items.iter().map(entry).collect::<Option<Vec<_>>>()?;
            Some(Expression::new(span, Kind::Object(entries)))
        }
        _ => None,
    }
}

/// A finite number as a JSON value; whole ones without a point.
fn number_value(number: f64) -> Option<Value> {
    number
        .is_finite()
        .then(|| number.to_string().parse().ok().map(Value::Number))
        .flatten()
}

/// How JavaScript joins a value into a string.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null => Some("null".to_owned()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// `body` with parameters replaced by the arguments.
fn substitute(body: &Expression, values: &HashMap<&str, Expression>) -> Expression {
    let again = |expression: &Expression| substitute(expression, values);
    let all = |expressions: &[Expression]| expressions.iter().map(again).collect::<Vec<_>>();
    let kind = match &*body.kind {
        Kind::Identifier(name) => {
            return values
                .get(name.as_str())
                .cloned()
                .unwrap_or_else(|| body.clone());
        }
        Kind::Call {
            callee,
            arguments,
            at,
        } => Kind::Call {
            callee: again(callee),
            arguments: all(arguments),
            at: *at,
        },
        Kind::New { class, arguments } => Kind::New {
            class: again(class),
            arguments: all(arguments),
        },
        Kind::Member {
            object,
            property,
            at,
        } => Kind::Member {
            object: again(object),
            property: property.clone(),
            at: *at,
        },
        Kind::Index { object, index } => Kind::Index {
            object: again(object),
            index: again(index),
        },
        Kind::Object(entries) => Kind::Object(
            entries
                .iter()
                .map(|entry| substitute_entry(entry, values))
                .collect(),
        ),
        Kind::Array(items) => Kind::Array(all(items)),
        Kind::Spread(inner) => Kind::Spread(again(inner)),
        Kind::Template { texts, holes } => Kind::Template {
            texts: texts.clone(),
            holes: all(holes),
        },
        Kind::Negate(inner) => Kind::Negate(again(inner)),
        Kind::Binary {
            operator,
            left,
            right,
        } => Kind::Binary {
            operator: *operator,
            left: again(left),
            right: again(right),
        },
        Kind::Function { parameters, body } => {
            let seen = unhidden(values, parameters);
            Kind::Function {
                parameters: parameters.clone(),
                body: body.as_ref().map(|body| substitute(body, &seen)),
            }
        }
        Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Regex { .. }
        | Kind::Other(_) => return body.clone(),
    };
    Expression::new(body.span, kind)
}

/// The values that a function's own parameters don't hide.
fn unhidden<'v>(
    values: &HashMap<&'v str, Expression>,
    parameters: &Option<Parameters>,
) -> HashMap<&'v str, Expression> {
    let own = parameters
        .iter()
        .flat_map(|own| own.names.iter().map(|(name, _)| name).chain(&own.rest));
    let own: Vec<&String> = own.collect();
    let seen = values
        .iter()
        .filter(|(name, _)| !own.iter().any(|own| own == *name));
    seen.map(|(name, value)| (*name, value.clone())).collect()
}

fn substitute_entry(entry: &Entry, values: &HashMap<&str, Expression>) -> Entry {
    match entry {
        Entry::Field { key, value, getter } => {
            let key = match key {
                Key::Plain(..) => key.clone(),
                Key::Computed(expression) => Key::Computed(substitute(expression, values)),
            };
            Entry::Field {
                key,
                value: substitute(value, values),
                getter: *getter,
            }
        }
        Entry::Spread(inner) => Entry::Spread(substitute(inner, values)),
    }
}
