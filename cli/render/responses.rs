//! How a response is made: the `IntoResponse` of each operation.

use super::codecs::Codecs;
use super::operations::{is_struct_variant, name};
use super::rust::literal;
use super::scalars;
use crate::model::Status;
use crate::plan::api::{HeaderPlan, OperationPlan, ResponseContent, VariantPlan, Writing};

/// The `IntoResponse` implementation of an operation's response.
pub fn outgoing(codecs: &mut Codecs, operation: &OperationPlan, path: &str) -> String {
    let arms: String = operation
        .responses
        .iter()
        .map(|variant| arm(codecs, variant))
        .collect();
    let response = name(operation.method, "Response");
    format!(
        "impl IntoResponse for {path}::{response} {{\n    fn into_response(self) -> Response {{\n        match self {{\n{arms}        }}\n    }}\n}}\n"
    )
}

fn arm(codecs: &mut Codecs, variant: &VariantPlan) -> String {
    let range = variant.is_range();
    let has_body = !matches!(variant.content, ResponseContent::Empty);
    let pattern = match (is_struct_variant(variant), has_body) {
        (false, false) => String::new(),
        (false, true) => "(body)".to_owned(),
        (true, has_body) => {
            let status = if matches!(variant.status, Status::Code(_)) {
                ""
            } else {
                "status, "
            };
            let content_type = if range { "content_type, " } else { "" };
            let body = if has_body { "body, " } else { "" };
            let headers = variant
                .headers
                .iter()
                .enumerate()
                .map(|(index, header)| format!("{}: h{index}, ", header.name));
            format!(
                " {{ {status}{content_type}{body}{}}}",
                headers.collect::<String>()
            )
        }
    };
    let status = match variant.status {
        Status::Code(code) => format!("respond::code({code})"),
        Status::Range(class) => format!("respond::within({class}, status)"),
        Status::Default => "status".to_owned(),
    };
    let response = body(codecs, &variant.content, &status);
    let mut headers = String::new();
    for (index, header) in variant.headers.iter().enumerate() {
        if header.required {
            headers.push_str(&self::header(codecs, header, &format!("h{index}"), "&"));
        } else {
            let write = self::header(codecs, header, "h", "");
            headers.push_str(&format!("if let Some(h) = &h{index} {{ {write}}} "));
        }
    }
    let value = match headers.is_empty() {
        true => format!("{{ {response} }}"),
        false => format!("{{ let mut r = {{ {response} }}; {headers}r }}"),
    };
    format!("            Self::{}{pattern} => {value}\n", variant.name)
}

/// Statements that add a header whose value stands in the variable `base`; `borrow` is `&` if that isn't a reference yet.
fn header(codecs: &mut Codecs, header: &HeaderPlan, base: &str, borrow: &str) -> String {
    let wire = literal(&header.wire);
    match &header.writing {
        Writing::Each(item) => {
            let text = scalars::header(codecs, item, "item", "");
            format!("for item in {borrow}{base} {{ respond::header(&mut r, {wire}, {text}); }} ")
        }
        Writing::Simple { explode } => {
            let write = codecs.write_borrowed(&header.ty, base, borrow);
            format!(
                "respond::header(&mut r, {wire}, &simple::text({explode}, &|w| {{ {write} }})); "
            )
        }
        Writing::Scalar => {
            let text = scalars::header(codecs, &header.ty, base, borrow);
            format!("respond::header(&mut r, {wire}, {text}); ")
        }
    }
}

fn body(codecs: &mut Codecs, content: &ResponseContent, status: &str) -> String {
    match content {
        ResponseContent::Empty => format!("respond::empty({status})"),
        ResponseContent::Json { media, ty } if media.contains('*') => {
            let write = codecs.write_place(ty, "body");
            format!(
                "let mut writer = Writer::new(); let w = &mut writer; {write} respond::typed({status}, &content_type, writer.into_bytes().into())"
            )
        }
        ResponseContent::Json { media, ty } => {
            let media = literal(media);
            // One piece of code for each type and not for each answer of it, which is most of what errors are.
            if let Some(writer) = codecs.writer_of(ty) {
                return format!("respond::written({status}, {media}, body, {writer})");
            }
            let write = codecs.write_place(ty, "body");
            format!(
                "let mut writer = Writer::new(); let w = &mut writer; {write} respond::json({status}, {media}, writer)"
            )
        }
        ResponseContent::Xml { media, ty, root } => {
            let write = codecs.write_place(ty, "body");
            let root = super::xml::root(codecs, root);
            let media = literal(media);
            format!(
                "let mut writer = Writer::new(); let w = &mut writer; {write} xml::respond({status}, {media}, &{root}, writer)"
            )
        }
        ResponseContent::Text { media } => {
            let media = if media.contains("charset") || !media.starts_with("text/") {
                media.clone()
            } else {
                format!("{media}; charset=utf-8")
            };
            format!("respond::body({status}, {}, body.into())", literal(&media))
        }
        ResponseContent::Bytes { media } if media.contains('*') => {
            format!("respond::typed({status}, &content_type, body)")
        }
        ResponseContent::Bytes { media } => {
            format!("respond::body({status}, {}, body)", literal(media))
        }
        ResponseContent::Items { media, ty, framing } => {
            let write = codecs.write_borrowed(ty, "item", "");
            let framing = super::rust::framing(*framing);
            let media = literal(media);
            format!(
                "items_write::respond({status}, {media}, body, {framing}, |w, item| {{ {write} }})"
            )
        }
        ResponseContent::Events { .. } => {
            format!("respond::with_status({status}, body.into_response())")
        }
    }
}
