//! About how many lines of code something becomes, comments apart: what rustc needs for a package follows from their sum.

use super::api::{BodyKind, BodyPlan, OperationPlan, RoutePlan};
use super::senders::{SenderModule, SenderPlan, SentKind};
use super::types::{Item, ItemKind, Presence, Unknown};

/// Of an item: its type, its decoder and its writer.
pub(super) fn item(item: &Item) -> u64 {
    match &item.kind {
        ItemKind::Struct(body) => {
            let kept = match body.unknown {
                Unknown::Keep { .. } => 5,
                Unknown::Drop | Unknown::Reject => 0,
            };
            let fields = body.fields.iter().map(|field| match field.presence {
                Presence::Required | Presence::Optional => 5,
                Presence::Default(_) | Presence::Constant(_) => 6,
            });
            20 + kept + fields.sum::<u64>()
        }
        ItemKind::Enum(body) => 24 + body.variants.len() as u64,
        ItemKind::Union(body) => 20 + 4 * body.branches.len() as u64,
        ItemKind::Alias(_) => 6,
        ItemKind::Newtype(_) => 9,
    }
}

/// Of a route: its types, how they are read and written.
pub(super) fn route(route: &RoutePlan) -> u64 {
    route.operations.iter().map(operation).sum()
}

fn operation(operation: &OperationPlan) -> u64 {
    let responses = operation
        .responses
        .iter()
        .map(|variant| 3 + 3 * variant.headers.len() as u64);
    let body = operation.body.as_ref().map_or(0, body);
    30 + 4 * operation.parameters.len() as u64 + body + responses.sum::<u64>()
}

fn body(body: &BodyPlan) -> u64 {
    let contents = body
        .contents
        .iter()
        .map(|(_, content)| match &content.kind {
            BodyKind::Multipart { parts, .. } => 8 + 4 * parts.len() as u64,
            BodyKind::Json(_) | BodyKind::Text(..) | BodyKind::Form { .. } => 4,
            BodyKind::Xml { .. } | BodyKind::Items { .. } | BodyKind::Stream => 4,
        });
    contents.sum()
}

/// Of all that is sent to one address.
pub(super) fn senders(module: &SenderModule) -> u64 {
    let sender = |sender: &SenderPlan| {
        let answers = sender
            .answers
            .iter()
            .map(|answer| 6 + 4 * answer.headers.len() as u64);
        let contents = sender.body.iter().flat_map(|body| &body.contents);
        let parts = contents.map(|(_, content)| match &content.kind {
            SentKind::Multipart { parts, .. } => 8 + 4 * parts.len() as u64,
            SentKind::Json(_) | SentKind::Form { .. } | SentKind::Xml { .. } => 0,
            SentKind::Text | SentKind::Bytes | SentKind::TypedBytes => 0,
        });
        let parts: u64 = parts.sum();
        50 + 4 * sender.parameters.len() as u64 + parts + answers.sum::<u64>()
    };
    module.senders.iter().map(sender).sum()
}
