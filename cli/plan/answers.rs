//! What comes back to a request that the service sends: one variant per status and content type.

use super::api::Writing;
use super::lower::{Lowerer, Place};
use super::names::{self, Scope};
use super::requests::media_name;
use super::responses::{docs, header_type, nameable, sendable};
use super::senders::is_list;
use super::statuses;
use super::types::Type;
use super::xml::Root;
use crate::model::{Content, Header, MediaKind, Operation, Response, Status};

/// A variant of an answer.
#[derive(Debug, Clone)]
pub struct AnswerPlan {
    /// `Ok`, `OkText`.
    pub name: String,
    /// The status.
    pub status: Status,
    /// Typed headers.
    pub headers: Vec<AnswerHeader>,
    /// What it carries.
    pub content: AnswerContent,
    /// Doc lines.
    pub docs: Vec<String>,
}

/// A header of an answer.
#[derive(Debug, Clone)]
pub struct AnswerHeader {
    /// Its field's name.
    pub name: String,
    /// Its name on the wire, in lower case.
    pub wire: String,
    /// Whether it must be there.
    pub required: bool,
    /// Its type.
    pub ty: Type,
    /// How its text is cut: a variant of the support module's `Cut`.
    pub cut: &'static str,
}

/// What an answer carries.
#[derive(Debug, Clone)]
pub enum AnswerContent {
    /// Nothing.
    Empty,
    /// JSON.
    Json { media: String, ty: Type },
    /// XML.
    Xml { media: String, ty: Type, root: Root },
    /// Text.
    Text { media: String },
    /// Bytes.
    Bytes { media: String },
}

impl AnswerPlan {
    /// Whether what it carries is a range of suffixes: `application/*+json`.
    pub fn is_suffix_range(&self) -> bool {
        match &self.content {
            AnswerContent::Empty => false,
            AnswerContent::Json { media, .. }
            | AnswerContent::Xml { media, .. }
            | AnswerContent::Text { media }
            | AnswerContent::Bytes { media } => media.contains("*+"),
        }
    }

    /// The types whose values are read.
    pub(super) fn types(&self) -> Vec<&Type> {
        let body = match &self.content {
            AnswerContent::Json { ty, .. } | AnswerContent::Xml { ty, .. } => Some(ty),
            AnswerContent::Empty | AnswerContent::Text { .. } | AnswerContent::Bytes { .. } => None,
        };
        let headers = self.headers.iter().map(|header| &header.ty);
        headers.chain(body).collect()
    }
}

/// What may come back to an operation.
pub(super) fn answers(
    lowerer: &mut Lowerer,
    operation: &Operation,
    place: &Place,
) -> Vec<AnswerPlan> {
    let mut scope = Scope::default();
    // What the contract doesn't declare.
    scope.reserve("Other");
    let mut answers = Vec::new();
    for response in &operation.responses {
        let name = statuses::name(response.status);
        let has_body = !matches!(response.status, Status::Code(100..=199 | 204 | 205 | 304));
        let contents = response.contents.iter().filter(|_| has_body);
        let contents: Vec<&Content> = contents
            .filter(|content| sendable(lowerer, content))
            .collect();
        if contents.is_empty() {
            let name = scope.unique(name);
            answers.push(answer(lowerer, response, name, AnswerContent::Empty, place));
            continue;
        }
        for content in &contents {
            let name = match contents.len() {
                1 => name.clone(),
                _ => format!("{name}{}", media_name(content)),
            };
            let name = scope.unique(name);
            let body = body(lowerer, content, &place.inside(&name));
            answers.push(answer(lowerer, response, name, body, place));
        }
    }
    answers
}

fn body(lowerer: &mut Lowerer, content: &Content, place: &Place) -> AnswerContent {
    let media = content.media_type.as_str().to_owned();
    match content.media_type.kind() {
        MediaKind::Json => {
            let place = place.inside("Body");
            let ty = content
                .schema
                .map_or(Type::Any, |id| lowerer.ty(id, place.answered(), &place));
            AnswerContent::Json { media, ty }
        }
        MediaKind::Xml => match (lowerer.document(content), content.schema) {
            (Some(root), Some(schema)) => {
                let place = place.inside("Body");
                let ty = lowerer.ty(schema, place.answered(), &place);
                AnswerContent::Xml { media, ty, root }
            }
            (Some(_), None) | (None, _) => AnswerContent::Bytes { media },
        },
        MediaKind::Text => AnswerContent::Text { media },
        MediaKind::EventStream
        | MediaKind::Form
        | MediaKind::Multipart
        | MediaKind::Items(_)
        | MediaKind::Bytes => AnswerContent::Bytes { media },
    }
}

fn answer(
    lowerer: &mut Lowerer,
    response: &Response,
    name: String,
    content: AnswerContent,
    place: &Place,
) -> AnswerPlan {
    let mut scope = Scope::default();
    scope.reserve("body");
    scope.reserve("status");
    let headers = response.headers.iter();
    let headers: Vec<&Header> = headers.filter(|header| nameable(lowerer, header)).collect();
    let headers = headers.into_iter().map(|header| {
        let place = place.inside(&name).inside(&header.name);
        let wire = header.name.to_ascii_lowercase();
        let (ty, writing) = header_type(lowerer, header, &wire, &place);
        let cut = match writing {
            Writing::Scalar => "Whole",
            Writing::Each(_) => "Each",
            Writing::Simple { .. } if is_list(&lowerer.items, &ty) => "Commas",
            Writing::Simple { explode: false } => "Places",
            Writing::Simple { explode: true } => "Pairs",
        };
        AnswerHeader {
            name: scope.unique(names::snake(&header.name)),
            wire,
            required: header.required,
            ty,
            cut,
        }
    });
    AnswerPlan {
        headers: headers.collect(),
        name,
        status: response.status,
        content,
        docs: docs(response),
    }
}
