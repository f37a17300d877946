//! Constructors: `new(required…)` or `Default` for every struct of a schema, and for requests and their parts that may leave
//! something out, so that an added optional field breaks no code that uses them.

use super::codecs::Codecs;
use super::items::derives_default;
use super::operations::{LOCATIONS, body_type, location_field, name};
use crate::model::{Location, Text};
use crate::plan::api::{BodyContent, BodyKind, OperationPlan, ParameterPlan, PartKind, PartPlan};
use crate::plan::requests::location_name;
use crate::plan::types::{ItemKind, Items, Presence, Struct, Type, Unknown};

/// What becomes of the fields of a struct: arguments, and what stands in for the others.
#[derive(Default)]
struct Initialisers {
    arguments: Vec<String>,
    fields: String,
}

/// `Default` for a struct whose every field has something to stand in for it, `new` for one that must be told something.
pub fn constructors(codecs: &mut Codecs, body: &Struct, path: &str) -> String {
    let mut initialisers = Initialisers::default();
    for field in &body.fields {
        initialisers.add(codecs, &field.name, &field.ty, &field.presence);
    }
    if let Unknown::Keep { field, .. } = &body.unknown {
        let fields = &mut initialisers.fields;
        fields.push_str(&format!("{field}: BTreeMap::new(), "));
    }
    if initialisers.arguments.is_empty() && derives_default(body, codecs.types.items) {
        return String::new();
    }
    initialisers.text(path)
}

/// The same for an operation's request and its parts, each if it may leave something out.
pub fn of_request(codecs: &mut Codecs, operation: &OperationPlan, path: &str) -> String {
    let mut text = String::new();
    let mut request = Initialisers::default();
    let mut leaves_out = operation.body.as_ref().is_some_and(|body| !body.required);
    for location in LOCATIONS {
        let parameters = parameters(operation, location);
        if parameters.is_empty() {
            continue;
        }
        let ty = format!(
            "{path}::{}",
            name(operation.method, location_name(location))
        );
        let mut part = Initialisers::default();
        for parameter in &parameters {
            part.add(codecs, &parameter.name, &parameter.ty, &parameter.presence);
        }
        let field = location_field(location);
        if part.arguments.is_empty() {
            leaves_out = true;
            request
                .fields
                .push_str(&format!("{field}: Default::default(), "));
        } else {
            request.take(field, &ty);
        }
        if may_leave_out(&parameters) && !are_optional(&parameters) {
            text.push_str(&part.text(&ty));
        }
    }
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    for (_, content) in contents {
        if let BodyKind::Multipart { name, parts } = &content.kind {
            text.push_str(&form(codecs, parts, &format!("{path}::{name}")));
        }
    }
    if let Some(body) = &operation.body {
        match body.required {
            true => {
                let ty = body_type(operation, body, codecs.types);
                let is_own = body.is_choice || body.contents.iter().any(is_multipart);
                let ty = match is_own {
                    true => format!("{path}::{ty}"),
                    false => ty,
                };
                request.take("body", &ty);
            }
            false => request.fields.push_str("body: None, "),
        }
    }
    if !leaves_out || request_is_optional(operation) {
        return text;
    }
    text + &request.text(&format!("{path}::{}", name(operation.method, "Request")))
}

/// The same for a form with files.
fn form(codecs: &mut Codecs, parts: &[PartPlan], path: &str) -> String {
    let leaves_out = |part: &PartPlan| part.presence != Presence::Required;
    if form_is_optional(parts) || !parts.iter().any(leaves_out) {
        return String::new();
    }
    let mut form = Initialisers::default();
    for part in parts {
        match (&part.kind, &part.presence) {
            (PartKind::Value { ty, .. } | PartKind::Xml { ty, .. }, presence) => {
                form.add(codecs, &part.name, ty, presence);
            }
            (PartKind::File(_), Presence::Required) => form.take(&part.name, "crate::File"),
            (PartKind::Files(..), Presence::Required) => {
                form.take(&part.name, "Vec<crate::File>");
            }
            (PartKind::File(_) | PartKind::Files(..), _) => {
                let name = &part.name;
                form.fields
                    .push_str(&format!("{name}: Default::default(), "));
            }
        }
    }
    form.text(path)
}

/// Whether all of a form may be left out without a default to stand in for it, so that it derives `Default`.
pub fn form_is_optional(parts: &[PartPlan]) -> bool {
    let is_optional = |part: &PartPlan| part.presence == Presence::Optional;
    !parts.is_empty() && parts.iter().all(is_optional)
}

fn is_multipart((_, content): &(String, BodyContent)) -> bool {
    matches!(content.kind, BodyKind::Multipart { .. })
}

/// Whether all of a request may be left out without a default to stand in for it, so that it derives `Default`.
pub fn request_is_optional(operation: &OperationPlan) -> bool {
    let is_without = operation.body.as_ref().is_none_or(|body| !body.required);
    let says_something = operation.body.is_some() || !operation.parameters.is_empty();
    let optional = |location| are_optional(&parameters(operation, location));
    says_something && is_without && LOCATIONS.into_iter().all(optional)
}

/// Whether none of these needs to be there, and no default stands in for one.
pub fn are_optional(parameters: &[&ParameterPlan]) -> bool {
    let is_optional = |parameter: &&ParameterPlan| parameter.presence == Presence::Optional;
    parameters.iter().all(is_optional)
}

fn may_leave_out(parameters: &[&ParameterPlan]) -> bool {
    let may = |parameter: &&ParameterPlan| parameter.presence != Presence::Required;
    parameters.iter().any(may)
}

/// The parameters of an operation in one place.
pub fn parameters(operation: &OperationPlan, location: Location) -> Vec<&ParameterPlan> {
    let all = operation.parameters.iter();
    all.filter(|parameter| parameter.location == location)
        .collect()
}

impl Initialisers {
    fn add(&mut self, codecs: &mut Codecs, name: &str, ty: &Type, presence: &Presence) {
        match presence {
            Presence::Constant(_) => {}
            Presence::Optional => self.fields.push_str(&format!("{name}: None, ")),
            Presence::Required => self.required(codecs, name, ty),
            Presence::Default(value) => match codecs.plain_default(ty, value) {
                Some(default) => self.fields.push_str(&format!("{name}: {default}, ")),
                // One that has to be decoded first is no constant: it's left to the caller.
                None => self.required(codecs, name, ty),
            },
        }
    }

    /// A field that becomes an argument. Text is taken as whatever becomes a `String`.
    fn required(&mut self, codecs: &Codecs, name: &str, ty: &Type) {
        if is_string(codecs.types.items, ty) {
            self.arguments.push(format!("{name}: impl Into<String>"));
            self.fields.push_str(&format!("{name}: {name}.into(), "));
        } else {
            self.take(name, &codecs.types.ty(ty));
        }
    }

    fn take(&mut self, name: &str, ty: &str) {
        self.arguments.push(format!("{name}: {ty}"));
        self.fields.push_str(&format!("{name}, "));
    }

    fn text(&self, path: &str) -> String {
        let Self { arguments, fields } = self;
        if arguments.is_empty() {
            return format!(
                "impl Default for {path} {{\n    fn default() -> Self {{ Self {{ {fields}}} }}\n}}\n"
            );
        }
        format!(
            "impl {path} {{\n    /// One with its required fields; what is optional is absent, and defaults are filled in.\n    pub fn new({}) -> Self {{ Self {{ {fields}}} }}\n}}\n",
            arguments.join(", ")
        )
    }
}

fn is_string(items: &Items, ty: &Type) -> bool {
    match ty {
        Type::Text(text, _) => matches!(text, Text::Plain | Text::Binary),
        Type::Read(inner, _) => is_string(items, inner),
        Type::Item(id) => match &items.get(*id).kind {
            ItemKind::Alias(inner) => is_string(items, inner),
            ItemKind::Struct(_) | ItemKind::Enum(_) | ItemKind::Union(_) => false,
            ItemKind::Newtype(_) => false,
        },
        Type::Any | Type::Never | Type::Null | Type::Boolean | Type::Integer(..) => false,
        Type::Number(_) | Type::Nullable(_) | Type::List(..) | Type::Map(..) => false,
        Type::Tuple(_) | Type::Boxed(_) => false,
    }
}
