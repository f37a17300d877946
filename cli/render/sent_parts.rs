//! Forms with files that the service sends: the struct of their parts, and how they are written.

use super::codecs::Codecs;
use super::items::field_line;
use super::operations::braces;
use super::rust::{Types, doc, literal};
use crate::plan::api::PartKind;
use crate::plan::sent_parts::SentPart;
use crate::plan::types::Presence;

/// The struct of a form's parts.
pub fn form(name: &str, parts: &[SentPart], types: Types, out: &mut String) {
    let is_optional = |part: &SentPart| part.plan.presence == Presence::Optional;
    let default = match parts.iter().all(is_optional) {
        true => ", Default",
        false => "",
    };
    let head = format!("\n/// The parts of the form.\n#[derive(Debug, Clone{default})]\n");
    out.push_str(&head);
    let fields: String = parts.iter().map(|part| field(part, types)).collect();
    braces("struct", name, &fields, out);
}

fn field(part: &SentPart, types: Types) -> String {
    let ty = match &part.plan.kind {
        PartKind::File(_) => "crate::SentFile".to_owned(),
        PartKind::Files(..) => "Vec<crate::SentFile>".to_owned(),
        PartKind::Value { ty, .. } | PartKind::Xml { ty, .. } => types.ty(ty),
    };
    let is_list = matches!(part.plan.kind, PartKind::Files(..));
    let ty = match part.plan.presence {
        Presence::Optional if !is_list => format!("Option<{ty}>"),
        Presence::Optional | Presence::Required | Presence::Default(_) | Presence::Constant(_) => {
            ty
        }
    };
    let docs = doc(&part.plan.docs, 4);
    format!("{docs}{}", field_line(&part.plan.name, &ty))
}

/// An expression that writes the form to which the variable `body` is a reference.
pub fn written(codecs: &mut Codecs, parts: &[SentPart]) -> String {
    let steps = parts.iter().map(|part| step(codecs, part));
    let steps: String = steps.collect();
    format!("{{ let m = &mut FormData::default(); {steps}m.finish() }}")
}

fn step(codecs: &mut Codecs, part: &SentPart) -> String {
    let media = match &part.media {
        Some(media) => format!("Some({})", literal(media)),
        None => "None".to_owned(),
    };
    let slot = format!(
        "PartSlot {{ name: {}, content_type: {media}, texts: Texts::{} }}",
        literal(&part.plan.wire),
        part.texts
    );
    let slot = codecs.constant("P", "PartSlot", &slot);
    let place = format!("&body.{}", part.plan.name);
    let write = match &part.plan.kind {
        PartKind::Files(..) => return format!("for v in {place} {{ m.file(&{slot}, v); }} "),
        PartKind::File(_) => format!("m.file(&{slot}, v);"),
        PartKind::Value { ty, .. } => {
            let write = codecs.write_borrowed(ty, "v", "");
            format!("m.value(&{slot}, &|w| {{ {write} }});")
        }
        PartKind::Xml { ty, root } => {
            let write = codecs.write_borrowed(ty, "v", "");
            let root = super::xml::root(codecs, root);
            format!("m.document(&{slot}, xml::text(&{root}, &|w| {{ {write} }}));")
        }
    };
    match part.plan.presence {
        Presence::Optional => format!("if let Some(v) = {place} {{ {write} }} "),
        Presence::Required | Presence::Default(_) | Presence::Constant(_) => {
            format!("{{ let v = {place}; {write} }} ")
        }
    }
}
