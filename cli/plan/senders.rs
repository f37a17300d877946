//! Requests that the service sends: callbacks, and webhooks of a contract that has paths of its own.

use super::answers::AnswerPlan;
use super::api::Kind;
use super::api::{ParameterPlan, RoutePlan};
use super::lower::{Lowerer, Place};
use super::names::{self, Scope};
use super::requests::{self, media_name};
use super::sent_parts::{self, SentPart};
use super::targets::TargetPlan;
use super::types::{Home, ItemKind, Items, Type};
use super::xml::Root;
use super::{answers, docs, kinds, targets};
use crate::config::{ApiConfig, Webhooks};
use crate::model::{Api, Body, Callback, Content, MediaKind, Method, Operation};

/// The requests to one address: the methods of a callback's URL, or of a webhook.
#[derive(Debug, Clone)]
pub struct SenderModule {
    /// Where it stands.
    pub section: Section,
    /// Its name there: `orders_post_on_event`.
    pub module: String,
    /// What it is, for people: "The callback `onEvent` of `POST /orders`.".
    pub title: String,
    /// In the contract's order.
    pub senders: Vec<SenderPlan>,
}

/// The modules that senders stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// `callbacks`
    Callbacks,
    /// `webhooks`
    Webhooks,
}

impl Section {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Callbacks, Self::Webhooks];

    /// Its module in the API.
    pub fn module(self) -> &'static str {
        match self {
            Self::Callbacks => "callbacks",
            Self::Webhooks => "webhooks",
        }
    }
}

/// A request that is sent.
#[derive(Debug, Clone)]
pub struct SenderPlan {
    /// Its method.
    pub method: Method,
    /// Its method and URL for people: `POST {$request.body#/url}`.
    pub subject: String,
    /// Where it goes, to the letter: the callback's expression, or the webhook's name.
    pub target_text: String,
    /// Doc lines.
    pub docs: Vec<String>,
    /// By location, in the contract's order.
    pub parameters: Vec<ParameterPlan>,
    /// What it carries.
    pub body: Option<SentBody>,
    /// What may come back.
    pub answers: Vec<AnswerPlan>,
    /// Its URL, where that follows from the request that brings it about.
    pub target: Option<TargetPlan>,
}

/// What a request carries.
#[derive(Debug, Clone)]
pub struct SentBody {
    /// Whether it must be there.
    pub required: bool,
    /// Whether an enum says of which content type it is.
    pub is_choice: bool,
    /// One per content type, with the name of its variant in that enum.
    pub contents: Vec<(String, SentContent)>,
    /// Doc lines.
    pub docs: Vec<String>,
}

/// A body of one content type.
#[derive(Debug, Clone)]
pub struct SentContent {
    /// `application/json`.
    pub media: String,
    /// How it is written.
    pub kind: SentKind,
}

/// How a body is written.
#[derive(Debug, Clone)]
pub enum SentKind {
    /// As JSON.
    Json(Type),
    /// As a form.
    Form { ty: Type, kind: Kind },
    /// As XML.
    Xml { ty: Type, root: Root },
    /// As a form with files: the struct's name and its parts.
    Multipart { name: String, parts: Vec<SentPart> },
    /// As text.
    Text,
    /// As the bytes that it is.
    Bytes,
    /// The same; whoever sends it says of which content type.
    TypedBytes,
}

/// Which webhooks are sent, and which are received.
pub(super) fn webhooks(api: &Api, config: &ApiConfig) -> Webhooks {
    config.webhooks.unwrap_or(match api.has_paths {
        true => Webhooks::Send,
        false => Webhooks::Receive,
    })
}

/// What is sent to one address, before it is planned.
pub(super) struct Address<'a> {
    section: Section,
    module: String,
    /// What it is known by in the contract, wherever it stands there.
    key: String,
    name: String,
    /// Where it goes, to the letter.
    target_text: String,
    title: String,
    /// With the route of the operation that brings it about, by its index.
    callback: Option<(&'a Callback, usize)>,
    operations: Vec<&'a Operation>,
}

impl Address<'_> {
    /// Its module, with that of its section: `callbacks::orders_post_on_event`.
    pub(super) fn path(&self) -> String {
        format!("{}::{}", self.section.module(), self.module)
    }

    /// What is sent there.
    pub(super) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.operations.iter().copied()
    }
}

/// The addresses of an API, sorted by module; `modules` are those of its routes, each with its operations.
pub(super) fn addresses<'a>(
    api: &'a Api,
    config: &ApiConfig,
    grouped: &[&[&'a Operation]],
    modules: &[String],
) -> Vec<Address<'a>> {
    let mut addresses = callbacks(api, config, grouped, modules);
    if webhooks(api, config) == Webhooks::Send {
        let by_name = api.webhooks.chunk_by(|a, b| a.name == b.name);
        addresses.extend(by_name.map(|hooks| Address {
            section: Section::Webhooks,
            module: module(&hooks[0].name),
            key: hooks[0].name.clone(),
            name: docs::code(&hooks[0].name),
            target_text: hooks[0].name.clone(),
            title: format!("The webhook `{}`.", docs::code(&hooks[0].name)),
            callback: None,
            operations: hooks.iter().map(|hook| &hook.operation).collect(),
        }));
    }
    // Those of a section want their names apart; the section is a part of both.
    let wanted = addresses
        .iter()
        .map(|address| (address.path(), address.key.clone()));
    let paths = names::apart(&wanted.collect::<Vec<_>>());
    for (address, path) in addresses.iter_mut().zip(paths) {
        let section = address.section.module().len() + "::".len();
        address.module = path[section..].to_owned();
    }
    addresses.sort_by_key(Address::path);
    addresses
}

fn callbacks<'a>(
    api: &'a Api,
    config: &ApiConfig,
    grouped: &[&[&'a Operation]],
    modules: &[String],
) -> Vec<Address<'a>> {
    fn url(callback: &Callback) -> (usize, &str, &str) {
        (callback.owner, &callback.name, &callback.expression)
    }
    // Those of operations that became one needn't be neighbours.
    let mut sorted: Vec<&Callback> = api.callbacks.iter().collect();
    sorted.sort_by(|a, b| url(a).cmp(&url(b)));
    let by_url = sorted.chunk_by(|a, b| url(a) == url(b));
    let addresses = by_url.filter_map(|hooks| {
        let owner = &api.operations[hooks[0].owner];
        let is_owner = |operation: &&Operation| std::ptr::eq(*operation, owner);
        // An operation that is left out brings nothing about.
        let route = grouped
            .iter()
            .position(|group| group.iter().any(is_owner))?;
        let name = &hooks[0].name;
        let words = format!("{} {} {name}", modules[route], owner.method.lower());
        let (method, url) = (owner.method.upper(), &owner.url);
        Some(Address {
            section: Section::Callbacks,
            module: module(&words),
            // One URL may be all that tells two of a name apart.
            key: format!(
                "{} {} {name} {}",
                owner.method.lower(),
                owner.url.shape(),
                hooks[0].expression
            ),
            name: docs::code(name),
            target_text: hooks[0].expression.clone(),
            title: format!(
                "The callback `{}` of `{method} {}{}`.",
                docs::code(name),
                config.base,
                docs::code(&url.to_string())
            ),
            callback: Some((hooks[0], route)),
            operations: hooks.iter().map(|hook| &hook.operation).collect(),
        })
    });
    addresses.collect()
}

fn module(words: &str) -> String {
    let name = names::module(words);
    // A module's file name must stay under 255 bytes with its ending.
    let cut = name.len().min(115);
    name[..cut].to_owned()
}

/// What is sent to an address.
pub(super) fn plan(
    lowerer: &mut Lowerer,
    address: &Address<'_>,
    index: usize,
    routes: &[RoutePlan],
) -> SenderModule {
    let home = Home::Sender(index);
    super::reserve_names(lowerer, &address.operations, home);
    let senders = address.operations.iter().map(|operation| {
        let place = Place::of(operation, home);
        let where_to = match address.callback {
            Some((callback, _)) => docs::code(&callback.expression),
            None => address.name.clone(),
        };
        let body = operation.body.as_ref();
        let parameters = requests::parameters(lowerer, operation, &place);
        let body = body.and_then(|body| self::body(lowerer, body, &place));
        let answers = answers::answers(lowerer, operation, &place);
        let target = address.callback.and_then(|(callback, route)| {
            let method = lowerer.api.operations[callback.owner].method;
            let mut operations = routes[route].operations.iter();
            let owner = operations.find(|operation| operation.method == method)?;
            targets::target(&lowerer.items, callback, route, owner)
        });
        SenderPlan {
            method: operation.method,
            target_text: address.target_text.clone(),
            subject: format!("{} {where_to}", operation.method.upper()),
            docs: docs::of_operation(operation),
            parameters,
            body,
            answers,
            target,
        }
    });
    let senders = senders.collect();
    SenderModule {
        section: address.section,
        module: address.module.clone(),
        title: address.title.clone(),
        senders,
    }
}

fn body(lowerer: &mut Lowerer, body: &Body, place: &Place) -> Option<SentBody> {
    let mut scope = Scope::default();
    let contents = body.contents.iter();
    let sendable: Vec<&Content> = contents
        .filter(|content| super::responses::sendable(lowerer, content))
        .collect();
    let several = sendable.len() > 1;
    let contents = sendable.into_iter().map(|content| {
        let name = scope.unique(media_name(content));
        let place = place.inside("Body");
        let place = if several { place.inside(&name) } else { place };
        let kind = kind(lowerer, content, &place);
        let media = media(content, &kind);
        (name, SentContent { media, kind })
    });
    let contents: Vec<(String, SentContent)> = contents.collect();
    let (_, first) = contents.first()?;
    let ty = value_type(&first.kind);
    let is_one = ty.is_some()
        && contents
            .iter()
            .all(|(_, other)| value_type(&other.kind) == ty);
    Some(SentBody {
        required: body.required,
        is_choice: several && !is_one,
        contents,
        docs: docs::lines(&body.docs),
    })
}

/// The content type as it is sent: texts are UTF-8.
fn media(content: &Content, kind: &SentKind) -> String {
    let media = content.media_type.as_str();
    match kind {
        SentKind::Text if !media.contains("charset") => format!("{media}; charset=utf-8"),
        _ => media.to_owned(),
    }
}

fn value_type(kind: &SentKind) -> Option<&Type> {
    match kind {
        SentKind::Json(ty) | SentKind::Form { ty, .. } | SentKind::Xml { ty, .. } => Some(ty),
        SentKind::Multipart { .. } => None,
        SentKind::Text | SentKind::Bytes | SentKind::TypedBytes => None,
    }
}

/// The types whose values a body is made of.
fn types(kind: &SentKind) -> Vec<&Type> {
    match kind {
        SentKind::Multipart { parts, .. } => parts.iter().filter_map(SentPart::ty).collect(),
        other => value_type(other).into_iter().collect(),
    }
}

fn kind(lowerer: &mut Lowerer, content: &Content, place: &Place) -> SentKind {
    let ty = |lowerer: &mut Lowerer| match content.schema {
        Some(schema) => lowerer.ty(schema, place.asked(), place),
        None => Type::Any,
    };
    match content.media_type.kind() {
        // Which of a range it is, whoever sends it knows.
        _ if content.media_type.as_str().contains('*') => SentKind::TypedBytes,
        MediaKind::Json => SentKind::Json(ty(lowerer)),
        MediaKind::Form => {
            let ty = ty(lowerer);
            let mut kind = kinds::kind(&lowerer.items, &ty, 0);
            kinds::join(&mut kind, content);
            SentKind::Form { ty, kind }
        }
        MediaKind::Multipart => match sent_parts::of(lowerer, content, place) {
            Some((name, parts)) => SentKind::Multipart { name, parts },
            None => SentKind::TypedBytes,
        },
        MediaKind::Xml => match (lowerer.document(content), content.schema) {
            (Some(root), Some(schema)) => SentKind::Xml {
                ty: lowerer.ty(schema, place.asked(), place),
                root,
            },
            (Some(_), None) | (None, _) => SentKind::Bytes,
        },
        MediaKind::Text => SentKind::Text,
        MediaKind::EventStream | MediaKind::Items(_) | MediaKind::Bytes => SentKind::Bytes,
    }
}

impl SenderModule {
    /// Its module, with that of its section: `callbacks::orders_post_on_event`.
    pub fn path(&self) -> String {
        format!("{}::{}", self.section.module(), self.module)
    }
}

impl SenderPlan {
    /// Whether it may carry a form with files.
    pub fn has_parts(&self) -> bool {
        let mut contents = self.body.iter().flat_map(|body| &body.contents);
        contents.any(|(_, content)| matches!(content.kind, SentKind::Multipart { .. }))
    }

    /// The types whose values are written.
    pub fn written(&self) -> Vec<&Type> {
        let contents = self.body.iter().flat_map(|body| &body.contents);
        let bodies = contents.flat_map(|(_, content)| types(&content.kind));
        let target = self.target.iter().flat_map(TargetPlan::types);
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        parameters.chain(bodies).chain(target).collect()
    }

    /// The types whose values are read.
    pub fn read(&self) -> Vec<&Type> {
        self.answers.iter().flat_map(AnswerPlan::types).collect()
    }
}

/// Whether a type is a list, under whatever name.
pub(super) fn is_list(items: &Items, ty: &Type) -> bool {
    match ty {
        Type::List(..) | Type::Tuple(_) => true,
        Type::Read(inner, _) | Type::Boxed(inner) | Type::Nullable(inner) => is_list(items, inner),
        Type::Item(id) => match &items.get(*id).kind {
            ItemKind::Alias(inner) | ItemKind::Newtype(inner) => is_list(items, inner),
            ItemKind::Struct(_) | ItemKind::Enum(_) | ItemKind::Union(_) => false,
        },
        Type::Any | Type::Never | Type::Null | Type::Boolean | Type::Integer(..) => false,
        Type::Number(_) | Type::Text(..) | Type::Map(..) => false,
    }
}
