//! Objects: their fields, and schemas derived from other objects.

use super::Lowering;
use super::draft::Draft;
use super::factories::object;
use super::syntax::{Entry, Expression, Kind};
use crate::diagnostics::codes::zod::{RG0304, RG0310};
use crate::model::{Access, Field, Object, Shape, Text, Unknown, Value};
use crate::source::Span;

impl Lowering<'_> {
    /// `z.object(shape)`.
    pub fn object(&mut self, shape: &Expression, unknown: Unknown, span: Span) -> Draft {
        let fields = self.fields(shape);
        Draft::new(span, object(fields, unknown))
    }

    /// The fields of a shape: an object literal, a `const` of one, `Other.shape`.
    fn fields(&mut self, shape: &Expression) -> Vec<Field> {
        if let Kind::Member {
            object, property, ..
        } = &*shape.kind
            && property == "shape"
        {
            let owner = self.schema(object);
            if let Shape::Object(object) = owner.schema.shape {
                return object.fields;
            }
            self.report(owner.refused);
            self.degrade(&RG0310, shape.span, "this has no shape that is known here");
            return Vec::new();
        }
        let resolved = self.module.resolve(shape);
        match &*resolved.kind {
            Kind::Object(entries) => self.fields_of(entries),
            Kind::Member { property, .. } if property == "shape" && resolved.span != shape.span => {
                self.fields(&resolved)
            }
            _ => {
                let message = format!("fields can't be read from {}", shape.describe());
                self.degrade(&RG0304, shape.span, message);
                Vec::new()
            }
        }
    }

    fn fields_of(&mut self, entries: &[Entry]) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for entry in entries {
            let found = match entry {
                Entry::Spread(inner) => self.fields(inner),
                Entry::Field { key, value, .. } => {
                    let Some(name) = self.module.key(key) else {
                        self.degrade(
                            &RG0304,
                            key.span(),
                            "the name of this field would have to be computed",
                        );
                        continue;
                    };
                    let draft = self.schema(value);
                    vec![self.field(name, key.span(), draft)]
                }
            };
            merge(&mut fields, found);
        }
        fields
    }

    /// Methods of objects; `Err` gives the draft back when the method is none of them.
    pub fn object_method(
        &mut self,
        draft: Draft,
        name: &str,
        arguments: &[Expression],
        at: Span,
    ) -> Result<Draft, Box<Draft>> {
        let Shape::Object(known) = draft.schema.shape.clone() else {
            return Err(Box::new(draft));
        };
        let Object {
            mut fields,
            mut unknown,
        } = known;
        match (name, arguments) {
            ("extend" | "safeExtend" | "augment", [more, ..]) => {
                let more = self.fields(more);
                merge(&mut fields, more);
            }
            ("merge", [other, ..]) => {
                let other = self.schema(other);
                match other.schema.shape {
                    Shape::Object(other) => {
                        merge(&mut fields, other.fields);
                        unknown = other.unknown;
                    }
                    _ => self.degrade(&RG0310, at, "`.merge()` takes an object"),
                }
            }
            ("pick", [mask, ..]) => {
                let names = self.mask(mask, &fields);
                fields.retain(|field| names.contains(&field.name));
            }
            ("omit", [mask, ..]) => {
                let names = self.mask(mask, &fields);
                fields.retain(|field| !names.contains(&field.name));
            }
            ("partial" | "exactPartial", mask) => {
                let names = mask.first().map(|mask| self.mask(mask, &fields));
                for field in chosen(&mut fields, names) {
                    field.required = false;
                }
            }
            ("required", mask) => {
                let names = mask.first().map(|mask| self.mask(mask, &fields));
                for field in chosen(&mut fields, names) {
                    field.required = true;
                    field.default = None;
                }
            }
            ("strict", _) => unknown = Unknown::Reject,
            ("strip", _) => unknown = Unknown::Drop,
            ("loose" | "passthrough", _) => unknown = Unknown::Keep(self.any(at)),
            ("catchall", [rest, ..]) => {
                let rest = self.schema(rest);
                let none = rest.schema.shape == Shape::Never;
                unknown = if none {
                    Unknown::Reject
                } else {
                    Unknown::Keep(self.commit(rest))
                };
            }
            ("keyof", _) => return Ok(Draft::new(at, names_of(&fields))),
            _ => return Err(Box::new(draft)),
        }
        // What is derived is another schema: it has its own docs.
        let mut derived = Draft::new(draft.schema.span, object(fields, unknown));
        derived.schema.nullable = draft.schema.nullable;
        derived.optional = draft.optional;
        derived.refused = draft.refused;
        derived.schema.span = at;
        Ok(derived)
    }

    /// The names in `{ title: true, … }` that are fields.
    fn mask(&mut self, mask: &Expression, fields: &[Field]) -> Vec<String> {
        let at = mask.span;
        let Some(Value::Object(chosen)) = self.constant_value(mask, "this choice of fields") else {
            return Vec::new();
        };
        let wanted = chosen
            .into_iter()
            .filter(|(_, wanted)| *wanted == Value::Bool(true));
        let names: Vec<String> = wanted.map(|(name, _)| name).collect();
        for name in &names {
            if !fields.iter().any(|field| field.name == *name) {
                self.degrade(&RG0310, at, format!("there is no field `{name}` to choose"));
            }
        }
        names
    }

    /// A draft as metadata says it is: `{ type: 'string', format: 'binary' }` is taken at its word.
    pub fn retype(&mut self, draft: &mut Draft, kind: &str, items: Option<Draft>) {
        let known = &draft.schema.shape;
        let shape = match kind {
            "string" if matches!(known, Shape::Any) => Shape::String(Text::Plain),
            "integer" if matches!(known, Shape::Any | Shape::Number) => {
                Shape::Integer(crate::model::Integer::I64)
            }
            "number" if matches!(known, Shape::Any) => Shape::Number,
            "boolean" if matches!(known, Shape::Any) => Shape::Boolean,
            "array" if matches!(known, Shape::Any) => {
                let items = items.unwrap_or_else(|| Draft::new(draft.schema.span, Shape::Any));
                Shape::Array {
                    items: self.commit(items),
                }
            }
            _ => return,
        };
        if matches!(known, Shape::Any) {
            draft.refused.clear();
        }
        draft.edit().shape = shape;
    }
}

/// Adds fields; those of a name that is there take its place.
fn merge(fields: &mut Vec<Field>, more: Vec<Field>) {
    for field in more {
        match fields.iter_mut().find(|known| known.name == field.name) {
            Some(known) => *known = field,
            None => fields.push(field),
        }
    }
}

fn chosen(fields: &mut [Field], names: Option<Vec<String>>) -> impl Iterator<Item = &mut Field> {
    fields.iter_mut().filter(move |field| {
        names
            .as_ref()
            .is_none_or(|names| names.contains(&field.name))
    })
}

/// Whether a field only ever travels one way.
pub(super) fn access(read_only: bool, write_only: bool) -> Access {
    match (read_only, write_only) {
        (true, false) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        (true, true) | (false, false) => Access::Both,
    }
}

/// One of the names of some fields.
fn names_of(fields: &[Field]) -> Shape {
    let names = fields.iter().map(|field| Value::String(field.name.clone()));
    let values: Vec<Value> = names.collect();
    if values.is_empty() {
        return Shape::Never;
    }
    Shape::Enum {
        values,
        names: Vec::new(),
    }
}
