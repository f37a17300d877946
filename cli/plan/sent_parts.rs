//! Parts of forms with files that the service sends: how each is written, by the form's `encoding`.
//!
//! <https://spec.openapis.org/oas/v3.1.1#encoding-object>, <https://www.rfc-editor.org/rfc/rfc7578>

use super::api::{Kind, PartKind, PartPlan, Reading};
use super::lower::{Lowerer, Place};
use super::requests::{form_data, undivided};
use super::types::Type;
use crate::model::{Api, Content, MediaKind, MediaType, Shape, Text};

/// A part that is sent.
#[derive(Debug, Clone)]
pub struct SentPart {
    /// Its field, and what it holds.
    pub plan: PartPlan,
    /// Its content type, if the contract says or implies one: of a text there needn't be any.
    pub media: Option<String>,
    /// How its text is made of a value: a variant of the support module's `Texts`.
    pub texts: &'static str,
}

/// The parts of a content, and the name of the struct that holds them; `None` if the contract doesn't say which there are.
pub(super) fn of(
    lowerer: &mut Lowerer,
    content: &Content,
    place: &Place,
) -> Option<(String, Vec<SentPart>)> {
    let Some((name, parts)) = form_data(lowerer, content, place) else {
        undivided(lowerer, content);
        return None;
    };
    let parts = parts.into_iter().map(|plan| {
        let declared = declared(content, &plan.wire);
        let is_json = |media: &String| MediaType::new(media).kind() == MediaKind::Json;
        let held = held(lowerer.api, content, &plan.wire);
        let (texts, implied) = match &plan.kind {
            // A text that holds something is what stands in the part.
            PartKind::Value {
                reading: Reading::Scalar,
                ..
            } if held.is_some() => ("One", None),
            PartKind::Value { reading, .. } => {
                texts(reading, declared.as_ref().is_some_and(is_json))
            }
            PartKind::Xml { .. } => ("One", None),
            PartKind::File(_) | PartKind::Files(..) => ("One", Some("application/octet-stream")),
        };
        SentPart {
            media: declared.or(held).or(implied.map(str::to_owned)),
            texts,
            plan,
        }
    });
    Some((name, parts.collect()))
}

/// The content type of a part, if its `encoding` names one that can be sent and no range; of several the first.
fn declared(content: &Content, wire: &str) -> Option<String> {
    let all = content.encoding.get(wire)?.content_type.as_deref()?;
    let mut all = all.split(',').map(str::trim);
    let media = all.find(|media| !media.contains('*') && MediaType::new(media).can_be_sent())?;
    Some(media.to_owned())
}

/// The media type of what a part's text holds by its schema, if it can be sent.
fn held(api: &Api, content: &Content, wire: &str) -> Option<String> {
    let Shape::Object(object) = &api.schema(content.schema?).shape else {
        return None;
    };
    let field = object.fields.iter().find(|field| field.name == wire)?;
    let schema = api.schema(field.schema);
    // What is encoded isn't what it holds, and a part has no header that would say how.
    let is_encoded = matches!(schema.shape, Shape::String(Text::Base64 | Text::Base64Url));
    let held = schema.held.as_ref().filter(|_| !is_encoded)?;
    let media = &held.media_type;
    (media.can_be_sent() && !media.as_str().contains('*')).then(|| media.as_str().to_owned())
}

/// How the text of a value is made, and the content type that follows from it. Of a list there is a part for each item
/// (RFC 7578, §4.3), and what `encoding` says is said of each.
fn texts(reading: &Reading, is_json: bool) -> (&'static str, Option<&'static str>) {
    let json = Some("application/json");
    match reading {
        Reading::Structured {
            kind: Kind::List(item),
            ..
        } => match is_json || **item != Kind::Scalar {
            true => ("EachJson", json),
            false => ("Each", None),
        },
        Reading::Structured { .. } | Reading::Json => ("Json", json),
        Reading::Scalar | Reading::Rest if is_json => ("Json", json),
        Reading::Scalar | Reading::Rest => ("One", None),
    }
}

impl SentPart {
    /// The type whose values it is made of; none of a file.
    pub(super) fn ty(&self) -> Option<&Type> {
        match &self.plan.kind {
            PartKind::Value { ty, .. } | PartKind::Xml { ty, .. } => Some(ty),
            PartKind::File(_) | PartKind::Files(..) => None,
        }
    }
}
