//! `z.string()`, `z.object()` and the other functions of Zod that make a schema.

use super::Lowering;
use super::draft::Draft;
use super::formats;
use super::methods::caught;
use super::syntax::{Expression, Kind};
use crate::diagnostics::codes::zod::{
    RG0306, RG0307, RG0308, RG0309, RG0310, RG0311, RG0313, RG0317,
};
use crate::model::{
    Coercion, Constraint, Discriminator, Integer, Object, SchemaId, Shape, Text, Union, UnionKind,
    Unknown, Value,
};
use crate::source::Span;

/// The largest number that a 32-bit float holds.
const MAX_FLOAT32: &str = "3.4028234663852886e38";

impl Lowering<'_> {
    /// What `z.a.b(arguments)` makes.
    pub fn factory(
        &mut self,
        path: &[&str],
        arguments: &[Expression],
        span: Span,
        at: Span,
    ) -> Draft {
        match path {
            ["coerce", name] => self.coerced(name, arguments, span),
            ["iso", name] => self.formatted(name, arguments, span, at),
            [name] => self.plain_factory(name, arguments, span, at),
            _ => Draft::refused(&RG0306, at, format!("`z.{}` is unknown", path.join("."))),
        }
    }

    /// What becomes a number, a text and so on before it is checked.
    fn coerced(&mut self, name: &str, arguments: &[Expression], span: Span) -> Draft {
        let (shape, coercion) = match name {
            "number" => (Shape::Number, Coercion::Number),
            "bigint" => (Shape::Integer(Integer::I64), Coercion::BigInt),
            "boolean" => (Shape::Boolean, Coercion::Boolean),
            "string" => (Shape::String(Text::Plain), Coercion::String),
            "date" => (Shape::String(Text::DateTime), Coercion::Date),
            _ => {
                let message = format!("`z.coerce.{name}` is unknown");
                return Draft::refused(&RG0306, span, message);
            }
        };
        let message = self.shape_message(arguments.first());
        let mut draft = Draft::new(span, shape);
        draft.schema.coerce = Some(coercion);
        draft.saying(message)
    }

    fn plain_factory(
        &mut self,
        name: &str,
        arguments: &[Expression],
        span: Span,
        at: Span,
    ) -> Draft {
        let shape = match name {
            "string" => Shape::String(Text::Plain),
            "number" | "float64" => Shape::Number,
            "boolean" => Shape::Boolean,
            "null" => Shape::Null,
            "any" | "unknown" | "json" => Shape::Any,
            // A key that must be there and can't: Zod refuses every JSON object as well.
            "never" | "undefined" | "void" => Shape::Never,
            "int32" => Shape::Integer(Integer::I32),
            "uint32" => Shape::Integer(Integer::U32),
            "file" => Shape::String(Text::Binary),
            "int" => {
                let message = self.shape_message(arguments.first());
                let mut draft = Draft::new(span, Shape::Integer(Integer::I64));
                draft.schema.messages.whole.clone_from(&message);
                draft.check_safe_integer(message.clone(), span);
                return draft.saying(message);
            }
            "float32" => {
                let message = self.shape_message(arguments.first());
                let mut draft = Draft::new(span, Shape::Number);
                let (value, exclusive) = (MAX_FLOAT32.to_owned(), false);
                draft.check(
                    Constraint::Minimum {
                        value: format!("-{value}"),
                        exclusive,
                    },
                    message.clone(),
                    span,
                );
                let greatest = Constraint::Maximum { value, exclusive };
                draft.check(greatest, message.clone(), span);
                return draft.saying(message);
            }
            _ => return self.composite(name, arguments, span, at),
        };
        let message = self.shape_message(arguments.first());
        let mut draft = Draft::new(span, shape);
        if matches!(draft.schema.shape, Shape::Integer(_)) {
            draft.schema.messages.whole.clone_from(&message);
        }
        draft.saying(message)
    }

    fn composite(&mut self, name: &str, arguments: &[Expression], span: Span, at: Span) -> Draft {
        match (name, arguments) {
            ("object" | "strictObject" | "looseObject", [shape, rest @ ..]) => {
                let unknown = match name {
                    "object" => Unknown::Drop,
                    "strictObject" => Unknown::Reject,
                    _ => Unknown::Keep(self.any(span)),
                };
                let object = self.object(shape, unknown, span);
                object.saying(self.shape_message(rest.first()))
            }
            ("object" | "strictObject", []) => Draft::new(span, object(Vec::new(), Unknown::Drop)),
            ("array", [items, rest @ ..]) => {
                let items = self.schema(items);
                let array = self.array_of(items, span);
                array.saying(self.shape_message(rest.first()))
            }
            ("tuple", [items, rest @ ..]) => {
                let tuple = self.tuple(items, rest.first(), span);
                tuple.saying(self.shape_message(rest.last()))
            }
            ("record" | "partialRecord" | "looseRecord", [key, value, rest @ ..]) => {
                let record = self.record(name, key, value, span);
                record.saying(self.shape_message(rest.first()))
            }
            ("enum" | "nativeEnum", [values, rest @ ..]) => {
                let enumeration = self.enumeration(values, span);
                enumeration.saying(self.shape_message(rest.first()))
            }
            ("literal", [values, rest @ ..]) => {
                let literal = self.literal(values, span);
                literal.saying(self.shape_message(rest.first()))
            }
            ("union" | "xor", [branches, rest @ ..]) => {
                let kind = if name == "xor" {
                    UnionKind::One
                } else {
                    UnionKind::Any
                };
                let union = self.union(branches, kind, span);
                union.saying(self.shape_message(rest.first()))
            }
            ("discriminatedUnion", [key, branches, rest @ ..]) => {
                let union = self.discriminated(key, branches, span);
                union.saying(self.shape_message(rest.first()))
            }
            ("intersection", [left, right, ..]) => {
                let (left, right) = (self.schema(left), self.schema(right));
                self.intersection(left, right, span)
            }
            ("lazy", [function, ..]) => match &*self.module.resolve(function).kind {
                Kind::Function {
                    body: Some(body), ..
                } => self.schema(body),
                _ => wrong(span, "`z.lazy()` takes a function that returns a schema"),
            },
            _ => self.around(name, arguments, span, at),
        }
    }

    /// Factories that wrap one schema, and those of which only the outcome is read.
    fn around(&mut self, name: &str, arguments: &[Expression], span: Span, at: Span) -> Draft {
        match (name, arguments) {
            (
                "optional" | "nullable" | "nullish" | "nonoptional" | "readonly" | "exactOptional",
                [inner, ..],
            ) => {
                let inner = self.schema(inner);
                self.method(inner, name, &arguments[1..], at)
            }
            ("_default" | "prefault", [inner, rest @ ..]) => {
                let inner = self.schema(inner);
                self.method(inner, "default", rest, at)
            }
            ("keyof", [inner, ..]) => {
                let inner = self.schema(inner);
                self.method(inner, "keyof", &[], at)
            }
            ("pipe", [inner, ..]) => {
                let mut inner = self.schema(inner);
                inner.refuse(
                    &RG0307,
                    at,
                    "what `z.pipe()` does after its first schema is not done".to_owned(),
                );
                inner
            }
            ("stringbool", _) => {
                let mut draft = Draft::new(span, Shape::Boolean);
                draft.refuse(
                    &RG0307,
                    at,
                    "`z.stringbool()` is read as a boolean".to_owned(),
                );
                draft
            }
            ("templateLiteral", _) => {
                let mut draft = Draft::new(span, Shape::String(Text::Plain));
                draft.refuse(
                    &RG0308,
                    at,
                    "the parts of `z.templateLiteral()` are not checked".to_owned(),
                );
                draft
            }
            _ => self.rare(name, arguments, span, at),
        }
    }

    fn rare(&mut self, name: &str, arguments: &[Expression], span: Span, at: Span) -> Draft {
        match name {
            "catch" => caught(at),
            "preprocess" | "transform" | "codec" | "success" => Draft::refused(
                &RG0307,
                at,
                format!("`z.{name}()` rewrites the value, so anything may be sent"),
            ),
            "date" | "bigint" | "int64" | "uint64" | "set" | "map" | "nan" | "symbol"
            | "promise" | "function" | "instanceof" | "custom" => {
                not_json(&format!("z.{name}"), span)
            }
            "httpUrl" => {
                let mut draft = self.formatted("url", arguments, span, at);
                let message = draft.schema.messages.shape.clone();
                let scheme = Constraint::Pattern("^[hH][tT][tT][pP][sS]?://".to_owned());
                draft.check(scheme, message, at);
                draft.refuse(
                    &RG0308,
                    at,
                    "that `z.httpUrl()` has a domain is not checked".to_owned(),
                );
                draft
            }
            "stringFormat" => {
                let draft = Draft::new(span, Shape::String(Text::Plain));
                self.method(draft, "regex", arguments.get(1..).unwrap_or_default(), at)
            }
            "jwt" | "emoji" | "hash" | "cidrv6" | "creditCard" | "iban" | "currencyCode" => {
                let mut draft = Draft::new(span, Shape::String(Text::Plain));
                draft.refuse(
                    &RG0308,
                    at,
                    format!("the format of `z.{name}()` is not checked"),
                );
                draft
            }
            _ if formats::zod(name).is_some() => self.formatted(name, arguments, span, at),
            _ => Draft::refused(
                &RG0306,
                at,
                format!("`z.{name}()` is unknown, or has too few arguments"),
            ),
        }
    }

    /// A string of a format of Zod's.
    fn formatted(&mut self, name: &str, arguments: &[Expression], span: Span, at: Span) -> Draft {
        let draft = Draft::new(span, Shape::String(Text::Plain));
        let draft = self.string_format(draft, name, arguments, at);
        // What is said of a wrong format is said of a wrong type too; it has been looked at already.
        let said = draft.schema.messages.text.clone();
        let said = said.or_else(|| {
            draft
                .schema
                .checks
                .iter()
                .find_map(|check| check.message.clone())
        });
        draft.saying(said)
    }

    /// Any value.
    pub fn any(&mut self, span: Span) -> SchemaId {
        self.commit(Draft::new(span, Shape::Any))
    }

    /// A list of `items`.
    pub fn array_of(&mut self, items: Draft, span: Span) -> Draft {
        let items = self.commit(items);
        Draft::new(span, Shape::Array { items })
    }

    fn tuple(&mut self, items: &Expression, rest: Option<&Expression>, span: Span) -> Draft {
        let items = match self.module.items(items) {
            Ok(items) => items,
            Err(at) => return wrong(at.span, "`z.tuple()` takes an array of schemas"),
        };
        let mut required = 0;
        let mut prefix = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let draft = self.schema(item);
            if !draft.optional {
                required = index + 1;
            }
            prefix.push(self.commit(draft));
        }
        let rest = rest.filter(|rest| self.is_schema(rest)).map(|rest| {
            let rest = self.schema(rest);
            self.commit(rest)
        });
        Draft::new(
            span,
            Shape::Tuple {
                prefix,
                rest,
                required,
            },
        )
    }

    fn record(&mut self, name: &str, key: &Expression, value: &Expression, span: Span) -> Draft {
        let keys = self.schema(key);
        let value = self.schema(value);
        if let (Shape::Enum { values, .. }, false) = (&keys.schema.shape, name == "looseRecord") {
            let names = values
                .iter()
                .map(|value| value.as_str().map(str::to_owned))
                .collect::<Option<Vec<_>>>();
            let Some(names) = names else {
                return wrong(key.span, "keys are strings");
            };
            let value = Draft {
                optional: value.optional || name == "partialRecord",
                ..value
            };
            let fields = names
                .into_iter()
                .map(|name| self.field(name, key.span, value.clone()))
                .collect();
            return Draft::new(span, object(fields, Unknown::Reject));
        }
        let kept = if name == "looseRecord" {
            self.any(span)
        } else {
            self.commit(value)
        };
        let mut draft = Draft::new(span, object(Vec::new(), Unknown::Keep(kept)));
        let plain = matches!(keys.schema.shape, Shape::String(Text::Plain) | Shape::Any);
        if !plain
            || !keys.schema.checks.is_empty()
            || !keys.refused.is_empty()
            || name == "looseRecord"
        {
            draft.refuse(
                &RG0311,
                key.span,
                format!("what `z.{name}()` demands of its keys is not checked"),
            );
        }
        draft
    }

    fn enumeration(&mut self, values: &Expression, span: Span) -> Draft {
        let resolved = self.module.resolve(values);
        let (names, values) = match (
            &*resolved.kind,
            self.constant_value(values, "the list of an enum"),
        ) {
            (_, None) => return Draft::new(span, Shape::Any),
            (_, Some(Value::Array(values))) => (Vec::new(), values),
            (_, Some(Value::Object(entries))) => entries.into_iter().unzip(),
            (_, Some(_)) => (Vec::new(), Vec::new()),
        };
        if values.is_empty() {
            return wrong(
                resolved.span,
                "an enum takes an array of strings, or an object, which isn't empty",
            );
        }
        Draft::new(span, Shape::Enum { values, names })
    }

    fn literal(&mut self, values: &Expression, span: Span) -> Draft {
        if matches!(&*values.kind, Kind::Identifier(name) if name == "undefined") {
            return self.plain_factory("undefined", &[], span, span);
        }
        let values = match self.constant_value(values, "a literal") {
            Some(Value::Array(values)) => values,
            Some(value) => vec![value],
            None => return Draft::new(span, Shape::Any),
        };
        let (nulls, values): (Vec<_>, Vec<_>) = values.into_iter().partition(Value::is_null);
        if values.is_empty() {
            return Draft::new(
                span,
                if nulls.is_empty() {
                    Shape::Never
                } else {
                    Shape::Null
                },
            );
        }
        let mut draft = Draft::new(
            span,
            Shape::Enum {
                values,
                names: Vec::new(),
            },
        );
        draft.schema.nullable = !nulls.is_empty();
        draft
    }

    fn union(&mut self, branches: &Expression, kind: UnionKind, span: Span) -> Draft {
        match self.module.items(branches) {
            Ok(branches) => {
                let drafts = branches.iter().map(|branch| self.schema(branch)).collect();
                self.union_of(drafts, kind, span)
            }
            Err(at) => wrong(
                at.span,
                "a union takes an array of schemas that can be read",
            ),
        }
    }

    /// One or any of several drafts: `null` among them makes it nullable, `undefined` says nothing in JSON.
    pub fn union_of(&mut self, drafts: Vec<Draft>, kind: UnionKind, span: Span) -> Draft {
        let (mut nullable, mut optional) = (false, false);
        let mut rest = Vec::new();
        for draft in drafts {
            optional |= draft.optional;
            match draft.schema.shape {
                Shape::Null if !draft.pending => nullable = true,
                Shape::Never if !draft.pending => {}
                _ => rest.push(draft),
            }
        }
        let mut draft = match rest.len() {
            0 => Draft::new(span, if nullable { Shape::Null } else { Shape::Never }),
            1 => rest.remove(0),
            _ => {
                let branches = rest.into_iter().map(|draft| self.commit(draft)).collect();
                Draft::new(
                    span,
                    Shape::Union(Union {
                        kind,
                        branches,
                        discriminator: None,
                    }),
                )
            }
        };
        if nullable {
            draft.make_nullable();
        }
        draft.optional |= optional;
        draft
    }

    fn discriminated(&mut self, key: &Expression, branches: &Expression, span: Span) -> Draft {
        let mut draft = self.union(branches, UnionKind::One, span);
        let Some(name) = self.module.string(key) else {
            return wrong(key.span, "the discriminator is a string");
        };
        let branches = match &draft.schema.shape {
            Shape::Union(union) if draft.id.is_none() => union.branches.clone(),
            _ => return draft,
        };
        let values: Option<Vec<_>> = branches
            .iter()
            .map(|branch| self.tags(*branch, &name))
            .collect();
        match (values, &mut draft.schema.shape) {
            (Some(values), Shape::Union(union)) => {
                union.discriminator = Some(Discriminator {
                    property: name,
                    values,
                    fallback: None,
                });
            }
            _ => {
                let message = format!("a branch has no `{name}` with constant values");
                draft.refuse(&RG0317, key.span, message);
            }
        }
        draft
    }

    /// The values of the discriminator in a branch.
    fn tags(&self, branch: SchemaId, name: &str) -> Option<Vec<Value>> {
        let shape = &self.schemas.get(branch).shape;
        if let Shape::Union(union) = shape {
            let tags = union.branches.iter().map(|branch| self.tags(*branch, name));
            return Some(tags.collect::<Option<Vec<_>>>()?.concat());
        }
        let Shape::Object(object) = shape else {
            return None;
        };
        let field = object.fields.iter().find(|field| field.name == name)?;
        let Shape::Enum { values, .. } = &self.schemas.get(field.schema).shape else {
            return None;
        };
        Some(values.clone())
    }

    /// Both at once, for two objects without a common key.
    pub fn intersection(&mut self, left: Draft, right: Draft, span: Span) -> Draft {
        if let (Shape::Object(a), Shape::Object(b)) = (&left.schema.shape, &right.schema.shape) {
            let common = a
                .fields
                .iter()
                .any(|field| b.fields.iter().any(|other| other.name == field.name));
            let checked = left.schema.nullable || right.schema.nullable;
            if !common && !checked && a.unknown == Unknown::Drop && b.unknown == Unknown::Drop {
                let fields = a.fields.iter().chain(&b.fields).cloned().collect();
                let mut draft = Draft::new(span, object(fields, Unknown::Drop));
                draft.refused.extend(left.refused);
                draft.refused.extend(right.refused);
                return draft;
            }
        }
        Draft::refused(
            &RG0313,
            span,
            "these two schemas can't be merged into one".to_owned(),
        )
    }
}

/// An object's shape.
pub(super) fn object(fields: Vec<crate::model::Field>, unknown: Unknown) -> Shape {
    Shape::Object(Object { fields, unknown })
}

fn wrong(span: Span, message: &str) -> Draft {
    Draft::refused(&RG0310, span, message.to_owned())
}

fn not_json(name: &str, span: Span) -> Draft {
    Draft::refused(
        &RG0309,
        span,
        format!("`{name}()` stands for no JSON value"),
    )
}
