//! How a request is decoded: the `Incoming` of each operation.

use super::codecs::Codecs;
use super::operations::{LOCATIONS, content_type, location_field, name};
use super::rust::literal;
use super::scalars;
use crate::model::Location;
use crate::plan::api::{
    ApiPlan, BodyContent, BodyKind, BodyPlan, FileRule, Kind, OperationPlan, ParameterPlan,
    PartKind, PartNull, PartPlan, Reading,
};
use crate::plan::requests::location_name;
use crate::plan::types::{Presence, Type};

/// The `Incoming` implementation of an operation's request.
pub fn incoming(
    codecs: &mut Codecs,
    api: &ApiPlan,
    operation: &OperationPlan,
    path: &str,
) -> String {
    let rules = rules(api, operation);
    let mut steps = String::new();
    let mut fields = String::new();
    for location in LOCATIONS {
        let mut inside = String::new();
        for (index, parameter) in parameters(operation, location) {
            steps.push_str(&format!(
                "        let p{index} = {};\n",
                self::parameter(codecs, parameter)
            ));
            let given = given(&parameter.presence);
            inside.push_str(&format!("{}: p{index}{given}, ", parameter.name));
        }
        if !inside.is_empty() {
            let ty = name(operation.method, location_name(location));
            fields.push_str(&format!(
                "{}: {path}::{ty} {{ {inside}}}, ",
                location_field(location)
            ));
        }
    }
    if let Some(body) = &operation.body {
        steps.push_str(&format!(
            "        let body = {};\n",
            self::body(codecs, operation, body, path)
        ));
        fields.push_str("body: body?, ");
    }
    let call = if steps.is_empty() { "_" } else { "c" };
    let request = name(operation.method, "Request");
    format!(
        "impl Incoming for {path}::{request} {{\n    const RULES: &'static Rules = &{rules};\n    fn decode({call}: &mut Call<'_>) -> Option<Self> {{\n{steps}        Some(Self {{ {fields}}})\n    }}\n}}\n"
    )
}

fn parameters(
    operation: &OperationPlan,
    location: Location,
) -> impl Iterator<Item = (usize, &ParameterPlan)> {
    operation
        .parameters
        .iter()
        .enumerate()
        .filter(move |(_, parameter)| parameter.location == location)
}

fn rules(api: &ApiPlan, operation: &OperationPlan) -> String {
    let id = literal(operation.operation_id.as_deref().unwrap_or_default());
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    let media = contents.map(|(_, content)| {
        format!(
            "Media {{ name: {}, reading: {} }}",
            literal(&content.media.to_ascii_lowercase()),
            reading(content)
        )
    });
    let media: Vec<String> = media.collect();
    let security = operation.security.iter().map(|requirement| {
        let demands = requirement.iter().map(|(scheme, scopes)| {
            let scopes: Vec<String> = scopes.iter().map(|scope| literal(scope)).collect();
            let name = &api.schemes[*scheme].function.to_uppercase();
            format!(
                "Demand {{ scheme: &super::super::security::{name}, scopes: &[{}] }}",
                scopes.join(", ")
            )
        });
        format!("&[{}]", demands.collect::<Vec<_>>().join(", "))
    });
    let security: Vec<String> = security.collect();
    format!(
        "Rules {{ id: {id}, body: &[{}], security: &[{}] }}",
        media.join(", "),
        security.join(", ")
    )
}

fn reading(content: &BodyContent) -> String {
    match &content.kind {
        BodyKind::Json(_) | BodyKind::Form { .. } | BodyKind::Xml { .. } => {
            "Reading::Document".to_owned()
        }
        BodyKind::Text(..) => "Reading::Bytes".to_owned(),
        BodyKind::Items { .. } | BodyKind::Stream => "Reading::Stream".to_owned(),
        BodyKind::Multipart { parts, .. } => {
            let files = parts.iter().filter(|part| is_file(&part.kind));
            let files: Vec<String> = files.map(|part| literal(&part.wire)).collect();
            format!(
                "Reading::With(|head, body| multipart::read(head, body, &[{}]))",
                files.join(", ")
            )
        }
    }
}

/// The variant of the support module's `Location`.
pub fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "Path",
        Location::Query => "Query",
        Location::Header => "Header",
        Location::Cookie => "Cookie",
    }
}

/// How the value of a parameter or a part is taken out of the variable that it was read into. What is optional and refused is
/// absent: whoever refused it has recorded why, which is the end of the request. A way out of the function for each of hundreds
/// of optional parameters is what would make a function large: each drops all the others.
fn given(presence: &Presence) -> &'static str {
    match presence {
        Presence::Optional => "",
        Presence::Required | Presence::Default(_) | Presence::Constant(_) => "?",
    }
}

/// What stands in for an absent value.
fn absent(codecs: &mut Codecs, presence: &Presence, ty: &Type, missing: &str) -> String {
    match presence {
        Presence::Required | Presence::Constant(_) => missing.to_owned(),
        Presence::Optional => "None".to_owned(),
        Presence::Default(value) => {
            let default = codecs.default(ty, value);
            if default.contains("Decoder::json") {
                format!("(|| Some({default}))()")
            } else {
                format!("Some({default})")
            }
        }
    }
}

fn parameter(codecs: &mut Codecs, parameter: &ParameterPlan) -> String {
    let place = location(parameter.location);
    let wire = literal(&parameter.wire);
    let missing = format!("c.missing(Location::{place}, {wire})");
    let absent = absent(codecs, &parameter.presence, &parameter.ty, &missing);
    let find = format!("{}({wire})", location_method(parameter.location));
    let find = match parameter.prefix {
        Some(style) => format!("{find}.map(|p| p.without_prefix(Style::{style}))"),
        None => find,
    };
    value(
        codecs,
        &parameter.ty,
        &parameter.reading,
        &absent,
        &Source {
            place,
            wire,
            find: &find,
            structured: Structured::Parameter,
        },
    )
}

/// Where a value is looked for.
struct Source<'a> {
    /// The variant of the support module's `Location`.
    place: &'a str,
    /// The literal of its name.
    wire: String,
    /// The call of a method of `Call` that finds its text.
    find: &'a str,
    structured: Structured,
}

/// Where what isn't one text is looked for.
enum Structured {
    Parameter,
    Part(PartNull),
}

fn value(
    codecs: &mut Codecs,
    ty: &Type,
    reading: &Reading,
    absent: &str,
    source: &Source,
) -> String {
    let value = plain_value(codecs, ty, reading, absent, source);
    match codecs.types.items.messages(ty) {
        None => value,
        Some(messages) => {
            let messages = super::statics::messages(codecs, messages);
            format!(
                "{{ let mark = c.mark(1); let value = {value}; c.reword(mark, {messages}); value }}"
            )
        }
    }
}

fn plain_value(
    codecs: &mut Codecs,
    ty: &Type,
    reading: &Reading,
    absent: &str,
    source: &Source,
) -> String {
    let Source {
        place,
        wire,
        find,
        structured,
    } = source;
    match reading {
        Reading::Scalar => {
            let read = scalars::decode(codecs, ty);
            format!("match c.{find} {{ Some(p) => {read}, None => {absent} }}")
        }
        Reading::Json => {
            let read = format!("c.decode_json(&p, |d| {})", codecs.decode(ty));
            format!("match c.{find} {{ Some(p) => {read}, None => {absent} }}")
        }
        Reading::Rest => {
            format!("match c.rest({wire}) {{ p if p.is_empty() => {absent}, p => Some(p) }}")
        }
        Reading::Structured { style, kind } => {
            let kind = self::kind(kind);
            let shape = format!(
                "Shape {{ location: Location::{place}, name: {wire}, style: Style::{style}, kind: &{kind} }}"
            );
            let shape = codecs.constant("K", "Shape", &shape);
            let read = format!("c.decode(p, |d| {})", codecs.decode(ty));
            let find = match structured {
                Structured::Parameter => format!("structured(&{shape})"),
                Structured::Part(PartNull::Value) => format!("structured_part(&{shape})"),
                Structured::Part(PartNull::Absent) => {
                    format!("structured_part(&{shape}).filter(|p| !p.is_null())")
                }
            };
            format!("match c.{find} {{ Some(p) => {read}, None => {absent} }}")
        }
    }
}

fn location_method(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// The `Kind` of what stands in a text.
pub fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Scalar => "Kind::Scalar".to_owned(),
        Kind::Json => "Kind::Json".to_owned(),
        Kind::Quoted => "Kind::Quoted".to_owned(),
        Kind::Either => "Kind::Either".to_owned(),
        // Of several texts of one name a list is made.
        Kind::Texts | Kind::Any => "Kind::Any".to_owned(),
        Kind::List(item) => format!("Kind::List(&{})", self::kind(item)),
        Kind::Joined(between) => format!("Kind::Joined({})", literal(between)),
        Kind::Object { properties, others } => {
            let properties = properties
                .iter()
                .map(|(name, inner)| format!("({}, {})", literal(name), self::kind(inner)));
            let properties: Vec<String> = properties.collect();
            let others = others.as_ref().map_or("None".to_owned(), |others| {
                format!("Some(&{})", self::kind(others))
            });
            format!(
                "Kind::Object {{ properties: &[{}], others: {others} }}",
                properties.join(", ")
            )
        }
    }
}

fn body(codecs: &mut Codecs, operation: &OperationPlan, body: &BodyPlan, path: &str) -> String {
    let mut arms = String::new();
    let count = body.contents.len();
    for (index, (variant, content)) in body.contents.iter().enumerate() {
        let mut read = read_body(codecs, content, path);
        if body.is_choice {
            read = format!(
                "{read}.map({path}::{}::{variant})",
                name(operation.method, "Body")
            );
        }
        if !body.required {
            read = format!("{read}.map(Some)");
        }
        let pattern = if index + 1 == count {
            "Some(_)".to_owned()
        } else {
            format!("Some({index})")
        };
        arms.push_str(&format!("{pattern} => {read}, "));
    }
    let absent = if body.required {
        "c.missing_body()"
    } else {
        "Some(None)"
    };
    format!("match c.media() {{ None => {absent}, {arms}}}")
}

fn read_body(codecs: &mut Codecs, content: &BodyContent, path: &str) -> String {
    match &content.kind {
        BodyKind::Json(ty) => format!("c.json({})", decoder(codecs, ty)),
        BodyKind::Text(rule, messages) => {
            let rule = super::statics::string(codecs, rule);
            let Some(messages) = messages.said() else {
                return format!("c.text({rule})");
            };
            let messages = super::statics::messages(codecs, messages);
            format!(
                "{{ let mark = c.mark(0); let value = c.text({rule}); c.reword(mark, {messages}); value }}"
            )
        }
        BodyKind::Form { ty, kind } => {
            let kind = codecs.constant("K", "Kind", &self::kind(kind));
            format!("c.form(&{kind}, {})", decoder(codecs, ty))
        }
        BodyKind::Xml { ty, root } => {
            let root = super::xml::root(codecs, root);
            format!("c.xml(&{root}, {})", decoder(codecs, ty))
        }
        BodyKind::Items { ty, framing } => {
            let framing = super::rust::framing(*framing);
            format!("Some(c.items({framing}, {}))", decoder(codecs, ty))
        }
        BodyKind::Stream => "Some(c.stream())".to_owned(),
        BodyKind::Multipart { parts, .. } => {
            let ty = content_type(&content.kind, codecs.types);
            let mut steps = String::new();
            let mut fields = String::new();
            for (index, part) in parts.iter().enumerate() {
                steps.push_str(&format!("let part{index} = {}; ", self::part(codecs, part)));
                let given = match part.kind {
                    PartKind::File(_) | PartKind::Value { .. } | PartKind::Xml { .. } => {
                        given(&part.presence)
                    }
                    // What is a list may be empty.
                    PartKind::Files(..) => "?",
                };
                fields.push_str(&format!("{}: part{index}{given}, ", part.name));
            }
            format!("(|| {{ {steps}Some({path}::{ty} {{ {fields}}}) }})()")
        }
    }
}

/// A function that decodes a type: its item's own, or a closure.
pub fn decoder(codecs: &mut Codecs, ty: &Type) -> String {
    let decode = codecs.decode(ty);
    match (ty, decode.strip_suffix("(d)")) {
        (Type::Item(_), Some(function)) => function.to_owned(),
        _ => format!("|d| {decode}"),
    }
}

fn part(codecs: &mut Codecs, part: &PartPlan) -> String {
    let wire = literal(&part.wire);
    let missing = format!("c.missing(Location::Body, {wire})");
    match &part.kind {
        PartKind::File(rule) => {
            let rule = file_rule(codecs, rule);
            let absent = absent(codecs, &part.presence, &Type::Any, &missing);
            let read = format!("c.checked(p, {wire}, {rule})");
            format!("match c.file({wire}) {{ Some(p) => {read}, None => {absent} }}")
        }
        PartKind::Files(rule, count) => {
            let rule = file_rule(codecs, rule);
            let count = super::statics::array(codecs, count);
            let absent = match part.presence {
                Presence::Required => missing,
                Presence::Optional | Presence::Default(_) | Presence::Constant(_) => {
                    "Some(p)".to_owned()
                }
            };
            format!(
                "match c.files({wire}) {{ p if p.is_empty() => {absent}, p => c.all_checked(p, {wire}, {rule}, {count}) }}"
            )
        }
        PartKind::Xml { ty, root } => {
            let absent = absent(codecs, &part.presence, ty, &missing);
            let root = super::xml::root(codecs, root);
            let read = format!("c.xml_part(&p, &{root}, {})", decoder(codecs, ty));
            format!("match c.part({wire}) {{ Some(p) => {read}, None => {absent} }}")
        }
        PartKind::Value { ty, reading, null } => {
            let absent = absent(codecs, &part.presence, ty, &missing);
            let find = format!("part({wire})");
            value(
                codecs,
                ty,
                reading,
                &absent,
                &Source {
                    place: "Body",
                    wire,
                    find: &find,
                    structured: Structured::Part(*null),
                },
            )
        }
    }
}

fn is_file(kind: &PartKind) -> bool {
    match kind {
        PartKind::File(_) | PartKind::Files(..) => true,
        PartKind::Value { .. } | PartKind::Xml { .. } => false,
    }
}

/// Whether a request of this operation has parts that are files.
pub fn takes_files(operation: &OperationPlan) -> bool {
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    contents
        .into_iter()
        .any(|(_, content)| match &content.kind {
            BodyKind::Multipart { parts, .. } => parts.iter().any(|part| is_file(&part.kind)),
            BodyKind::Json(_)
            | BodyKind::Text(..)
            | BodyKind::Form { .. }
            | BodyKind::Xml { .. }
            | BodyKind::Items { .. }
            | BodyKind::Stream => false,
        })
}

fn file_rule(codecs: &mut Codecs, rule: &FileRule) -> String {
    if *rule == FileRule::default() {
        return "&FileRule::ANY".to_owned();
    }
    let FileRule { types, size } = rule;
    let types: Vec<String> = types.iter().map(|media| literal(media)).collect();
    let max = size
        .max
        .map_or("u64::MAX".to_owned(), |max| max.to_string());
    let value = format!(
        "FileRule {{ types: &[{}], min: {}, max: {max} }}",
        types.join(", "),
        size.min.unwrap_or(0)
    );
    format!("&{}", codecs.constant("U", "FileRule", &value))
}
