//! The types of requests that the service sends and of what comes back, which people read.

use super::items::{declaration, field_line, sorted, uses_map, variant_line};
use super::operations::{LOCATIONS, braces, location_field, name};
use super::portion::{Portion, index};
use super::rust::{Modules, Scope, Types, doc};
use super::{EmittedFile, GENERATED, ours, sent_parts};
use crate::model::{Location, Status};
use crate::plan::answers::{AnswerContent, AnswerPlan};
use crate::plan::api::{ApiPlan, ParameterPlan};
use crate::plan::requests::location_name;
use crate::plan::senders::{Section, SenderPlan, SentBody, SentKind};
use crate::plan::types::{Home, Presence};

/// The modules for senders that a portion has.
pub fn sections(portion: &Portion) -> Vec<&'static str> {
    let own = portion.content.senders.iter().copied();
    let elsewhere = portion.elsewhere.senders.iter().map(|(_, index)| *index);
    let there: Vec<Section> = own
        .chain(elsewhere)
        .map(|index| portion.api.senders[index].section)
        .collect();
    let sections = Section::ALL.into_iter();
    let sections = sections.filter(|section| there.contains(section));
    sections.map(Section::module).collect()
}

/// The modules of senders.
pub fn files(portion: &Portion) -> Vec<EmittedFile> {
    let api = portion.api;
    let mut files = Vec::new();
    for section in Section::ALL {
        let own = portion.content.senders.iter().copied();
        let own: Vec<usize> = own
            .filter(|index| api.senders[*index].section == section)
            .collect();
        let elsewhere = portion.elsewhere.senders.iter();
        let elsewhere = elsewhere
            .map(|(krate, index)| (krate, &api.senders[*index]))
            .filter(|(_, module)| module.section == section);
        let elsewhere = elsewhere.map(|(krate, module)| {
            format!("pub use {krate}::{}::{};\n", api.module, module.path())
        });
        let elsewhere: String = elsewhere.collect();
        if own.is_empty() && elsewhere.is_empty() {
            continue;
        }
        let names: Vec<String> = own
            .iter()
            .map(|index| api.senders[*index].module.clone())
            .collect();
        let docs = match section {
            Section::Callbacks => "Requests that operations bring about, one module for each URL.",
            Section::Webhooks => "Messages to whoever has asked for them, one module for each.",
        };
        let folder = format!("{}/{}", portion.folder, section.module());
        files.push(ours(
            format!("{folder}/mod.rs"),
            index(docs, &names, "pub ") + &elsewhere,
        ));
        let texts = own.into_iter().map(|index| {
            let path = format!("{folder}/{}.rs", api.senders[index].module);
            ours(path, module(api, index, portion.modules))
        });
        files.extend(texts);
    }
    files
}

fn module(api: &ApiPlan, index: usize, modules: &Modules) -> String {
    let types = modules.types(api, Scope::Sender(index));
    let module = &api.senders[index];
    let mut body = String::new();
    for sender in &module.senders {
        body.push_str(&self::sender(sender, types));
    }
    let own = || {
        api.items
            .iter()
            .filter(|(_, item)| item.home == Home::Sender(index))
    };
    for (_, item) in sorted(own()) {
        body.push_str(&format!("\n{}", declaration(item, types)));
    }
    let mut uses = String::new();
    if uses_map(own().map(|(_, item)| item)) || body.contains("BTreeMap<") {
        uses.push_str("\nuse std::collections::BTreeMap;\n");
    }
    if body.contains("schemas::") {
        uses.push_str(&format!("\nuse crate::{}::schemas;\n", api.module));
    }
    format!("{GENERATED}\n//! {}\n{uses}{body}", module.title)
}

fn sender(sender: &SenderPlan, types: Types) -> String {
    let mut out = String::from("\n");
    let mut docs = vec![format!("`{}`", sender.subject)];
    if !sender.docs.is_empty() {
        docs.push(String::new());
        docs.extend(sender.docs.iter().cloned());
    }
    out.push_str(&doc(&docs, 0));
    request(sender, types, &mut out);
    for location in LOCATIONS {
        parameters(sender, location, types, &mut out);
    }
    if let Some(body) = sender.body.as_ref().filter(|body| body.is_choice) {
        out.push_str(&format!("\n/// The body of `{}`\n", sender.subject));
        out.push_str("#[derive(Debug, Clone)]\n");
        let variants = body.contents.iter().map(|(name, content)| {
            let media = content.media.replace('`', "'");
            let line = variant_line(name, &content_type(&content.kind, types));
            format!("    /// `{media}`\n{line}")
        });
        let variants: String = variants.collect();
        braces("enum", &name(sender.method, "Body"), &variants, &mut out);
    }
    for (_, content) in sender.body.iter().flat_map(|body| &body.contents) {
        if let SentKind::Multipart { name, parts } = &content.kind {
            sent_parts::form(name, parts, types, &mut out);
        }
    }
    answer(sender, types, &mut out);
    out
}

/// `Default` where all may be left out, so that one more breaks no code that leaves it out.
fn derives<'a>(
    mut parameters: impl Iterator<Item = &'a ParameterPlan>,
    body: Option<&SentBody>,
) -> &'static str {
    let is_open = body.is_none_or(|body| !body.required);
    match is_open && parameters.all(|parameter| parameter.presence == Presence::Optional) {
        true => "#[derive(Debug, Clone, Default)]\n",
        false => "#[derive(Debug, Clone)]\n",
    }
}

fn request(sender: &SenderPlan, types: Types, out: &mut String) {
    out.push_str(derives(sender.parameters.iter(), sender.body.as_ref()));
    let mut fields = String::new();
    for location in LOCATIONS {
        let mut parameters = sender.parameters.iter();
        if parameters.any(|parameter| parameter.location == location) {
            let ty = name(sender.method, location_name(location));
            fields.push_str(&field_line(location_field(location), &ty));
        }
    }
    if let Some(body) = &sender.body {
        fields.push_str(&doc(&body.docs, 4));
        let ty = body_type(sender, body, types);
        let ty = match body.required {
            true => ty,
            false => format!("Option<{ty}>"),
        };
        fields.push_str(&field_line("body", &ty));
    }
    braces("struct", &name(sender.method, "Request"), &fields, out);
}

fn parameters(sender: &SenderPlan, location: Location, types: Types, out: &mut String) {
    let mut fields = String::new();
    let parameters = sender.parameters.iter();
    let parameters: Vec<&ParameterPlan> = parameters
        .filter(|parameter| parameter.location == location)
        .collect();
    for parameter in &parameters {
        let ty = types.ty(&parameter.ty);
        let ty = match parameter.presence {
            Presence::Optional => format!("Option<{ty}>"),
            Presence::Required | Presence::Default(_) | Presence::Constant(_) => ty,
        };
        fields.push_str(&doc(&parameter.docs, 4));
        fields.push_str(&field_line(&parameter.name, &ty));
    }
    if fields.is_empty() {
        return;
    }
    let (what, subject) = (location_field(location), &sender.subject);
    out.push_str(&format!("\n/// The {what} of `{subject}`\n"));
    out.push_str(derives(parameters.into_iter(), None));
    let name = name(sender.method, location_name(location));
    braces("struct", &name, &fields, out);
}

fn body_type(sender: &SenderPlan, body: &SentBody, types: Types) -> String {
    match body.contents.first() {
        Some((_, content)) if !body.is_choice => content_type(&content.kind, types),
        Some(_) | None => name(sender.method, "Body"),
    }
}

fn content_type(kind: &SentKind, types: Types) -> String {
    match kind {
        SentKind::Json(ty) | SentKind::Form { ty, .. } | SentKind::Xml { ty, .. } => types.ty(ty),
        SentKind::Multipart { name, .. } => name.clone(),
        SentKind::Text => "String".to_owned(),
        SentKind::Bytes => "crate::Bytes".to_owned(),
        SentKind::TypedBytes => "crate::TypedBytes".to_owned(),
    }
}

fn answer(sender: &SenderPlan, types: Types, out: &mut String) {
    let subject = &sender.subject;
    out.push_str(&format!("\n/// What comes back to `{subject}`\n"));
    out.push_str("#[derive(Debug, Clone)]\n");
    let variants = sender.answers.iter();
    let mut variants: String = variants.map(|answer| variant(answer, types)).collect();
    variants.push_str("    /// What the contract doesn't declare, as it came.\n");
    variants.push_str(&variant_line("Other", "axum::http::Response<crate::Bytes>"));
    braces("enum", &name(sender.method, "Response"), &variants, out);
}

/// The type of a variant's body, if it has one.
fn answer_type(content: &AnswerContent, types: Types) -> Option<String> {
    match content {
        AnswerContent::Empty => None,
        AnswerContent::Json { ty, .. } | AnswerContent::Xml { ty, .. } => Some(types.ty(ty)),
        AnswerContent::Text { .. } => Some("String".to_owned()),
        AnswerContent::Bytes { .. } => Some("crate::Bytes".to_owned()),
    }
}

/// Whether a variant has named fields, and not just a body.
pub fn is_struct_variant(answer: &AnswerPlan) -> bool {
    !answer.headers.is_empty() || !matches!(answer.status, Status::Code(_))
}

fn variant(answer: &AnswerPlan, types: Types) -> String {
    let docs = doc(&answer.docs, 4);
    let body = answer_type(&answer.content, types);
    if !is_struct_variant(answer) {
        return match body {
            Some(ty) => format!("{docs}{}", variant_line(&answer.name, &ty)),
            None => format!("{docs}    {},\n", answer.name),
        };
    }
    let mut fields = String::new();
    if !matches!(answer.status, Status::Code(_)) {
        fields.push_str("        /// The status.\n        status: crate::StatusCode,\n");
    }
    for header in &answer.headers {
        let ty = types.ty(&header.ty);
        let ty = match header.required {
            true => ty,
            false => format!("Option<{ty}>"),
        };
        let (wire, name) = (&header.wire, &header.name);
        fields.push_str(&format!(
            "        /// The header `{wire}`.\n        {name}: {ty},\n"
        ));
    }
    if let Some(ty) = body {
        fields.push_str(&format!("        /// The body.\n        body: {ty},\n"));
    }
    format!("{docs}    {} {{\n{fields}    }},\n", answer.name)
}
