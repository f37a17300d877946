//! How the requests that the service sends are written, and what comes back is read: the functions of their types.

use super::codecs::Codecs;
use super::operations::{location_field, name};
use super::portion::{CODEC_IMPORTS, Portion};
use super::requests::{decoder, kind, location};
use super::rust::{Scope, literal};
use super::senders::is_struct_variant;
use super::{EmittedFile, GENERATED, ours, sent_parts};
use crate::model::Status;
use crate::plan::answers::{AnswerContent, AnswerHeader, AnswerPlan};
use crate::plan::api::{ApiPlan, ParameterPlan, Reading};
use crate::plan::senders::{Section, SenderPlan, SentBody, SentContent, SentKind};
use crate::plan::targets::{Piece, Step, TargetPlan};
use crate::plan::types::Presence;

const IMPORTS: &str = "use axum::http;

use crate::support::answer::{Answer, Cut, Declared, Statuses};
use crate::support::outgoing::{Outgoing, Slot};
use crate::{AnswerError, Bytes, SendError};
";

const PARTS: &str = "use crate::support::form_data::{FormData, PartSlot, Texts};
";

/// The codec modules of a portion's senders. No group of routes has a name that ends so.
pub fn modules(portion: &Portion) -> Vec<String> {
    let sections = sections(portion).into_iter();
    sections
        .map(|section| module_name(section.module()))
        .collect()
}

/// The sections in which it has senders of its own.
fn sections(portion: &Portion) -> Vec<Section> {
    let sections = Section::ALL.into_iter().filter(|section| {
        let mut own = portion.content.senders.iter();
        own.any(|index| portion.api.senders[*index].section == *section)
    });
    sections.collect()
}

fn module_name(section: &'static str) -> String {
    format!("{section}_")
}

/// The codec modules of a portion's senders.
pub fn files(portion: &Portion) -> Vec<EmittedFile> {
    let file = |section: Section| {
        let name = module_name(section.module());
        let path = format!("{}/codecs/{name}.rs", portion.folder);
        ours(path, text(portion, section))
    };
    sections(portion).into_iter().map(file).collect()
}

fn text(portion: &Portion, section: Section) -> String {
    let api = portion.api;
    let types = portion.modules.types(api, Scope::Codecs(&api.module));
    let mut codecs = Codecs::new(types, "super::schemas::");
    let mut text = String::new();
    let mut parts = "";
    let own = portion.content.senders.iter();
    for module in own.map(|index| &api.senders[*index]) {
        if module.section == section {
            let path = format!("crate::{}::{}", api.module, module.path());
            for sender in &module.senders {
                if sender.has_parts() {
                    parts = PARTS;
                }
                text.push_str(&implementation(&mut codecs, api, sender, &path));
            }
        }
    }
    format!(
        "{GENERATED}{CODEC_IMPORTS}{IMPORTS}{parts}\n{}{text}",
        codecs.statics()
    )
}

fn implementation(codecs: &mut Codecs, api: &ApiPlan, sender: &SenderPlan, path: &str) -> String {
    let target = match &sender.target {
        Some(target) => self::target(codecs, api, target),
        None => String::new(),
    };
    let request = request(codecs, sender, path);
    let response = response(codecs, sender, path);
    let ty = name(sender.method, "Request");
    format!("impl {path}::{ty} {{\n{target}{request}{response}}}\n")
}

fn target(codecs: &mut Codecs, api: &ApiPlan, target: &TargetPlan) -> String {
    let route = &codecs.types.routes[target.route];
    let ty = format!("crate::{}::routes::{route}::{}", api.module, target.request);
    let mut steps = String::new();
    for piece in &target.pieces {
        match piece {
            Piece::Text(text) => {
                steps.push_str(&format!("        url.push_str({});\n", literal(text)));
            }
            Piece::Value {
                steps: way,
                ty,
                encoded,
            } => {
                let find: String = way.iter().map(step).collect();
                let write = codecs.write_borrowed(ty, "v", "");
                let text = if *encoded { "encoded_text" } else { "text" };
                steps.push_str(&format!(
                    "        let v = request; {find}url.push_str(&outgoing::{text}(&|w| {{ {write} }})?);\n"
                ));
            }
        }
    }
    format!(
        "    /// Where it goes, by the request that brings it about; none if that doesn't say. Who sends that request chooses the URL.\n    pub fn url(request: &{ty}) -> Option<String> {{\n        let mut url = String::new();\n{steps}        Some(url)\n    }}\n"
    )
}

fn step(step: &Step) -> String {
    let absent = if step.optional {
        "let v = v.as_ref()?; "
    } else {
        ""
    };
    format!("let v = &v.{}; {absent}", step.field)
}

fn request(codecs: &mut Codecs, sender: &SenderPlan, path: &str) -> String {
    let mut steps = String::new();
    for parameter in &sender.parameters {
        steps.push_str(&self::parameter(codecs, parameter));
    }
    if let Some(body) = &sender.body {
        steps.push_str(&self::body(codecs, sender, body, path));
    }
    format!(
        "    /// The request, to a URL. What says who sends it (a token, a signature) is for the caller to add.\n    ///\n    /// # Errors\n    ///\n    /// When the URL is none, or a value can't stand in its header.\n    pub fn request(&self, url: &str) -> Result<http::Request<Bytes>, SendError> {{\n        let o = &mut Outgoing::new({}, url);\n{steps}        o.finish()\n    }}\n",
        literal(sender.method.upper())
    )
}

fn parameter(codecs: &mut Codecs, parameter: &ParameterPlan) -> String {
    let style = match (&parameter.reading, parameter.prefix) {
        (Reading::Json, _) => "None".to_owned(),
        (Reading::Structured { style, .. }, _) => format!("Some(Style::{style})"),
        (Reading::Scalar | Reading::Rest, Some(style)) => format!("Some(Style::{style})"),
        (Reading::Scalar | Reading::Rest, None) => "Some(Style::Simple)".to_owned(),
    };
    let slot = format!(
        "Slot {{ location: Location::{}, name: {}, style: {style} }}",
        location(parameter.location),
        literal(&parameter.wire)
    );
    let slot = codecs.constant("S", "Slot", &slot);
    let place = format!(
        "self.{}.{}",
        location_field(parameter.location),
        parameter.name
    );
    match parameter.presence {
        Presence::Optional => {
            let write = codecs.write_borrowed(&parameter.ty, "v", "");
            format!(
                "        if let Some(v) = &{place} {{ o.parameter(&{slot}, &|w| {{ {write} }}); }}\n"
            )
        }
        Presence::Required | Presence::Default(_) | Presence::Constant(_) => {
            let write = codecs.write_place(&parameter.ty, &place);
            format!("        o.parameter(&{slot}, &|w| {{ {write} }});\n")
        }
    }
}

fn body(codecs: &mut Codecs, sender: &SenderPlan, body: &SentBody, path: &str) -> String {
    let (variable, write) = match body.contents.first() {
        Some((_, content)) if !body.is_choice => (bound(content), self::content(codecs, content)),
        Some(_) | None => {
            let ty = name(sender.method, "Body");
            let arms = body.contents.iter().map(|(variant, content)| {
                let write = self::content(codecs, content);
                let body = bound(content);
                format!("{path}::{ty}::{variant}({body}) => {{ {write} }} ")
            });
            let arms = arms.collect::<String>();
            ("body", format!("match body {{ {arms}}}"))
        }
    };
    match (body.required, variable) {
        (true, "_") => format!("        {write}\n"),
        (false, "_") => format!("        if self.body.is_some() {{ {write} }}\n"),
        (true, _) => format!("        let {variable} = &self.body; {write}\n"),
        (false, _) => format!("        if let Some({variable}) = &self.body {{ {write} }}\n"),
    }
}

/// What the body is bound to: of a form without parts nothing is written.
fn bound(content: &SentContent) -> &'static str {
    match &content.kind {
        SentKind::Multipart { parts, .. } if parts.is_empty() => "_",
        _ => "body",
    }
}

/// Statements that write the body to which the variable `body` is a reference.
fn content(codecs: &mut Codecs, content: &SentContent) -> String {
    let media = literal(&content.media);
    match &content.kind {
        SentKind::Json(ty) => {
            let write = codecs.write_borrowed(ty, "body", "");
            format!("o.json({media}, &|w| {{ {write} }});")
        }
        SentKind::Form { ty, kind } => {
            let write = codecs.write_borrowed(ty, "body", "");
            let kind = codecs.constant("K", "Kind", &self::kind(kind));
            format!("o.form({media}, &{kind}, &|w| {{ {write} }});")
        }
        SentKind::Xml { ty, root } => {
            let write = codecs.write_borrowed(ty, "body", "");
            let root = super::xml::root(codecs, root);
            format!("o.document({media}, xml::text(&{root}, &|w| {{ {write} }}));")
        }
        SentKind::Multipart { parts, .. } => {
            format!("o.form_data({});", sent_parts::written(codecs, parts))
        }
        SentKind::Text => format!("o.bytes({media}, body.clone().into());"),
        SentKind::Bytes => format!("o.bytes({media}, body.clone());"),
        SentKind::TypedBytes => "o.bytes(&body.content_type, body.bytes.clone());".to_owned(),
    }
}

fn response(codecs: &mut Codecs, sender: &SenderPlan, path: &str) -> String {
    let ty = format!("{path}::{}", name(sender.method, "Response"));
    let head = format!(
        "    /// What came back.\n    ///\n    /// # Errors\n    ///\n    /// When it is declared, and isn't what the contract says.\n    pub fn response(response: http::Response<Bytes>) -> Result<{ty}, AnswerError> {{\n"
    );
    if sender.answers.is_empty() {
        return format!("{head}        Ok({ty}::Other(response))\n    }}\n");
    }
    let table = declared(codecs, &sender.answers);
    let arms = sender.answers.iter().enumerate();
    let arms: String = arms
        .map(|(index, answer)| {
            format!(
                "            Some({index}) => {},\n",
                arm(codecs, answer, &ty)
            )
        })
        .collect();
    format!(
        "{head}        let a = &mut Answer::new(response);\n        let value = match a.which(&{table}) {{\n{arms}            _ => Some({ty}::Other(a.as_it_came())),\n        }};\n        a.finish(value)\n    }}\n"
    )
}

/// The table of what is declared: one entry for each status.
fn declared(codecs: &mut Codecs, answers: &[AnswerPlan]) -> String {
    let mut first = 0;
    let by_status = answers.chunk_by(|a, b| a.status == b.status).map(|group| {
        let media = group.iter().filter_map(|answer| match &answer.content {
            AnswerContent::Empty => None,
            AnswerContent::Json { media, .. }
            | AnswerContent::Xml { media, .. }
            | AnswerContent::Text { media }
            | AnswerContent::Bytes { media } => {
                let name = literal(&media.to_ascii_lowercase());
                Some(format!("Media {{ name: {name}, reading: Reading::Bytes }}"))
            }
        });
        let media: Vec<String> = media.collect();
        let status = match group[0].status {
            Status::Code(code) => format!("Code({code})"),
            Status::Range(class) => format!("Class({class})"),
            Status::Default => "Any".to_owned(),
        };
        let entry = format!(
            "Declared {{ status: Statuses::{status}, first: {first}, media: &[{}] }}",
            media.join(", ")
        );
        first += group.len();
        entry
    });
    let entries: Vec<String> = by_status.collect();
    let ty = format!("[Declared; {}]", entries.len());
    codecs.constant("A", &ty, &format!("[{}]", entries.join(", ")))
}

/// An expression of type `Option<…Response>` that reads a variant.
fn arm(codecs: &mut Codecs, answer: &AnswerPlan, ty: &str) -> String {
    let variant = format!("{ty}::{}", answer.name);
    let body = match &answer.content {
        AnswerContent::Empty => None,
        AnswerContent::Json { ty, .. } => Some(format!("a.json({})", decoder(codecs, ty))),
        AnswerContent::Xml { ty, root, .. } => {
            let root = super::xml::root(codecs, root);
            Some(format!("a.xml(&{root}, {})", decoder(codecs, ty)))
        }
        AnswerContent::Text { .. } => Some("a.text()".to_owned()),
        AnswerContent::Bytes { .. } => Some("Some(a.bytes())".to_owned()),
    };
    if !is_struct_variant(answer) {
        return match body {
            Some(read) => format!("{read}.map({variant})"),
            None => format!("Some({variant})"),
        };
    }
    let mut steps = String::new();
    let mut fields = String::new();
    if !matches!(answer.status, Status::Code(_)) {
        fields.push_str("status: a.status(), ");
    }
    for (index, header) in answer.headers.iter().enumerate() {
        steps.push_str(&format!(
            "let h{index} = {}; ",
            self::header(codecs, header)
        ));
        fields.push_str(&format!("{}: h{index}?, ", header.name));
    }
    if let Some(read) = body {
        steps.push_str(&format!("let body = {read}; "));
        fields.push_str("body: body?, ");
    }
    format!("(|| {{ {steps}Some({variant} {{ {fields}}}) }})()")
}

fn header(codecs: &mut Codecs, header: &AnswerHeader) -> String {
    let read = match header.required {
        true => "required",
        false => "header",
    };
    format!(
        "a.{read}({}, Cut::{}, {})",
        literal(&header.wire),
        header.cut,
        decoder(codecs, &header.ty)
    )
}
