//! Checks: `.min(3)`, `.regex(/…/)`, `z.minLength(3)`.

use super::Lowering;
use super::draft::{Draft, Rewritten};
use super::formats::{self, Formatted};
use super::syntax::{Expression, Kind};
use crate::diagnostics::codes::zod::{RG0304, RG0308, RG0310, RG0319};
use crate::model::{Coercion, Constraint, Integer, Shape, Text};
use crate::source::Span;

/// What lengths and bounds mean for a schema.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sized {
    Text,
    Number,
    Array,
    Moment,
    Other,
}

impl Lowering<'_> {
    /// Methods that check; `Err` gives the draft back when the method is none of them.
    pub fn check_method(
        &mut self,
        mut draft: Draft,
        name: &str,
        arguments: &[Expression],
        at: Span,
    ) -> Result<Draft, Box<Draft>> {
        let holds = match draft.rewritten {
            Rewritten::No => true,
            Rewritten::Shorter => matches!(name, "min" | "minLength" | "nonempty"),
            Rewritten::Anyhow => false,
        };
        if !holds {
            return Ok(draft);
        }
        let sized = match &draft.schema.shape {
            Shape::String(Text::Binary) => Sized::Other,
            Shape::String(_) if draft.schema.coerce == Some(Coercion::Date) => Sized::Moment,
            Shape::String(_) => Sized::Text,
            Shape::Integer(_) | Shape::Number => Sized::Number,
            Shape::Array { .. } => Sized::Array,
            Shape::Any
            | Shape::Never
            | Shape::Null
            | Shape::Boolean
            | Shape::Enum { .. }
            | Shape::Tuple { .. }
            | Shape::Object(_)
            | Shape::Union(_) => Sized::Other,
        };
        match (sized, name) {
            (
                Sized::Text | Sized::Array,
                "min" | "max" | "length" | "nonempty" | "minLength" | "maxLength",
            ) => {
                self.length(&mut draft, sized, name, arguments, at);
            }
            (Sized::Text, "regex" | "startsWith" | "endsWith" | "includes") => {
                self.pattern(&mut draft, name, arguments, at);
            }
            (Sized::Text, "lowercase" | "uppercase") => {
                return Ok(self.string_format(draft, name, &[], at));
            }
            (Sized::Text, _) if formats::zod(name).is_some() => {
                return Ok(self.string_format(draft, name, arguments, at));
            }
            (Sized::Number, "int" | "safe") => {
                let message = self.message(arguments.first());
                let schema = draft.edit();
                schema.shape = Shape::Integer(Integer::I64);
                schema.messages.whole.clone_from(&message);
                draft.check_safe_integer(message, at);
            }
            // `z.number()` takes finite numbers alone, as JSON does.
            (Sized::Number, "finite") => {}
            (Sized::Number, _) => return self.number_check(draft, name, arguments, at),
            (Sized::Moment, "min" | "max") => {
                draft.refuse(&RG0308, at, format!("`.{name}()` of a date is not checked"));
            }
            (Sized::Other, "min" | "max" | "mime" | "size")
                if draft.schema.shape == Shape::String(Text::Binary) =>
            {
                draft.refuse(&RG0308, at, format!("`.{name}()` of a file is not checked"));
            }
            (Sized::Text | Sized::Array | Sized::Moment | Sized::Other, _) => {
                return Err(Box::new(draft));
            }
        }
        Ok(draft)
    }

    fn number_check(
        &mut self,
        mut draft: Draft,
        name: &str,
        arguments: &[Expression],
        at: Span,
    ) -> Result<Draft, Box<Draft>> {
        let zero = || Some("0".to_owned());
        let (value, message) = match name {
            "positive" | "negative" | "nonnegative" | "nonpositive" => (zero(), arguments.first()),
            "min" | "max" | "gt" | "gte" | "lt" | "lte" | "multipleOf" | "step" => (
                arguments
                    .first()
                    .and_then(|value| self.module.number(value)),
                arguments.get(1),
            ),
            _ => return Err(Box::new(draft)),
        };
        let Some(value) = value else {
            draft.refuse(
                &RG0304,
                at,
                format!("the number of `.{name}()` would have to be run"),
            );
            return Ok(draft);
        };
        let constraint = match name {
            "min" | "gte" | "nonnegative" => Constraint::Minimum {
                value,
                exclusive: false,
            },
            "gt" | "positive" => Constraint::Minimum {
                value,
                exclusive: true,
            },
            "max" | "lte" | "nonpositive" => Constraint::Maximum {
                value,
                exclusive: false,
            },
            "lt" | "negative" => Constraint::Maximum {
                value,
                exclusive: true,
            },
            _ => Constraint::MultipleOf(value),
        };
        let message = self.message(message);
        draft.check(constraint, message, at);
        Ok(draft)
    }

    /// Lengths: Zod counts UTF-16 units and we count characters, as JSON Schema does.
    fn length(
        &mut self,
        draft: &mut Draft,
        sized: Sized,
        name: &str,
        arguments: &[Expression],
        at: Span,
    ) {
        let (count, message) = match name {
            "nonempty" => (Some(1), arguments.first()),
            _ => {
                let count = arguments
                    .first()
                    .and_then(|count| self.module.number(count));
                (
                    count.and_then(|count| count.parse::<u64>().ok()),
                    arguments.get(1),
                )
            }
        };
        let Some(count) = count else {
            draft.refuse(
                &RG0310,
                at,
                format!("`.{name}()` takes a whole number that is constant"),
            );
            return;
        };
        let message = self.message(message);
        let (least, most) = match sized {
            Sized::Array => (Constraint::MinItems(count), Constraint::MaxItems(count)),
            Sized::Text | Sized::Number | Sized::Moment | Sized::Other => {
                (Constraint::MinLength(count), Constraint::MaxLength(count))
            }
        };
        if !matches!(name, "max" | "maxLength") {
            draft.check(least, message.clone(), at);
        }
        if matches!(name, "max" | "maxLength" | "length") {
            draft.check(most, message, at);
        }
    }

    fn pattern(&mut self, draft: &mut Draft, name: &str, arguments: &[Expression], at: Span) {
        let Some(first) = arguments.first() else {
            draft.refuse(&RG0310, at, format!("`.{name}()` needs an argument"));
            return;
        };
        let text = self.module.string(first).map(|text| escaped(&text));
        let pattern = match (name, text) {
            ("regex", _) => match self.regex(first) {
                Some((source, flags)) if flags.chars().all(|flag| "uvdgy".contains(flag)) => {
                    Some(source)
                }
                Some((_, flags)) => {
                    draft.refuse(
                        &RG0319,
                        at,
                        format!("this pattern has the flags `{flags}` and is not checked"),
                    );
                    return;
                }
                None => None,
            },
            ("startsWith", Some(text)) => Some(format!("^{text}")),
            ("endsWith", Some(text)) => Some(format!("{text}$")),
            ("includes", Some(text)) => Some(
                self.position(arguments.get(1))
                    .map_or(text.clone(), |position| {
                        format!("^[\\s\\S]{{{position},}}{text}")
                    }),
            ),
            (_, _) => None,
        };
        let Some(pattern) = pattern else {
            draft.refuse(
                &RG0304,
                at,
                format!("what `.{name}()` looks for would have to be run"),
            );
            return;
        };
        let message = self.message(arguments.get(1));
        draft.check(Constraint::Pattern(pattern), message, at);
    }

    /// `{ position: 2 }`.
    fn position(&self, options: Option<&Expression>) -> Option<u64> {
        self.module.value(options?)?.get("position")?.as_u64()
    }

    /// A regular expression literal, or `new RegExp(…)`.
    fn regex(&self, expression: &Expression) -> Option<(String, String)> {
        let resolved = self.module.resolve(expression);
        match &*resolved.kind {
            Kind::Regex { source, flags } => Some((source.clone(), flags.clone())),
            Kind::New { class, arguments } => {
                let is_regex = matches!(&*class.kind, Kind::Identifier(name) if name == "RegExp");
                let source = self.module.string(arguments.first()?)?;
                let flags = match arguments.get(1) {
                    Some(flags) => self.module.string(flags)?,
                    None => String::new(),
                };
                is_regex.then_some((source, flags))
            }
            _ => None,
        }
    }

    /// A format of Zod's on a string.
    pub fn string_format(
        &mut self,
        mut draft: Draft,
        name: &str,
        arguments: &[Expression],
        at: Span,
    ) -> Draft {
        let options = arguments
            .first()
            .map(|options| self.module.resolve(options));
        if let Some(pattern) = options
            .as_ref()
            .and_then(|options| self.option(options, "pattern"))
        {
            let given: Vec<_> = [pattern]
                .into_iter()
                .chain(arguments.first().cloned())
                .collect();
            self.pattern(&mut draft, "regex", &given, at);
            return draft;
        }
        let name = match (
            name,
            options
                .as_ref()
                .and_then(|options| self.option(options, "version")),
        ) {
            ("uuid", Some(version)) => match self.module.string(&version).as_deref() {
                Some("v4") => "uuidv4",
                Some("v6") => "uuidv6",
                Some("v7") => "uuidv7",
                Some(_) | None => "uuid",
            },
            _ => name,
        };
        let message = self.message(arguments.first());
        let unsaid = options
            .as_ref()
            .map(|options| self.unsaid_options(options))
            .unwrap_or_default();
        for option in &unsaid {
            draft.refuse(
                &RG0308,
                at,
                format!("`{option}` of `{name}` is not checked"),
            );
        }
        // Options of a URL ask for more; those of other formats for something else.
        if !unsaid.is_empty() && name != "url" {
            return draft;
        }
        match formats::zod(name) {
            Some(Formatted::Text(text)) => {
                let schema = draft.edit();
                schema.shape = Shape::String(text);
                schema.messages.text = message;
            }
            Some(Formatted::Check(constraint)) => draft.check(constraint, message, at),
            None => draft.refuse(&RG0308, at, format!("the format `{name}` is not checked")),
        }
        draft
    }

    /// The options of a format that change what it takes and that we don't know; those that are `false` change nothing.
    fn unsaid_options(&self, options: &Expression) -> Vec<String> {
        let Kind::Object(entries) = &*options.kind else {
            return Vec::new();
        };
        let properties = self.module.properties(entries).unwrap_or_default();
        let known = ["message", "error", "abort", "version", "offset"];
        let unsaid = properties.into_iter().filter(|property| {
            !known.contains(&property.name.as_str())
                && self.module.value(&property.value) != Some(false.into())
        });
        unsaid.map(|property| property.name).collect()
    }

    /// One option of an object literal.
    pub fn option(&self, options: &Expression, name: &str) -> Option<Expression> {
        let Kind::Object(entries) = &*options.kind else {
            return None;
        };
        let properties = self.module.properties(entries).ok()?;
        properties
            .into_iter()
            .find(|property| property.name == name)
            .map(|property| property.value)
    }
}

/// Text as a pattern that matches it.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if r"\^$.*+?()[]{}|/".contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}
