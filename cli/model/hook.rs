//! Requests that go the other way: callbacks of operations, and webhooks.

use super::Operation;

/// What the service asks of an address that it was told in a request.
#[derive(Debug, Clone)]
pub struct Callback {
    /// The operation that brings it about, by its index in the API.
    pub owner: usize,
    /// Its name in the contract.
    pub name: String,
    /// Where it goes, as the contract has it: `{$request.body#/callbackUrl}?id={$request.path.id}`.
    pub expression: String,
    /// The same in pieces.
    pub target: Vec<TargetPiece>,
    /// What is sent and what comes back.
    pub operation: Operation,
}

/// A piece of a callback's URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetPiece {
    /// Text, placeholders of path parameters (`{id}`) among it.
    Text(String),
    /// A value of the request that brought the callback about.
    Request(RequestValue),
    /// What can't be known from that request alone: `$url`, a value of its response.
    Unknown,
}

/// A value of a request, as a runtime expression names it.
///
/// <https://spec.openapis.org/oas/v3.1.1#runtime-expressions>
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestValue {
    /// `$method`
    Method,
    /// `$request.path.id`
    Path(String),
    /// `$request.query.id`
    Query(String),
    /// `$request.header.id`
    Header(String),
    /// `$request.body`, or of a property `$request.body#/id`; none if it lies deeper.
    Body(Option<String>),
}

/// A message of the service to whoever has asked for it beforehand.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// Its name in the contract.
    pub name: String,
    /// What is sent and what comes back; its URL is the one that a receiver is asked for it: `/webhooks/new-pet`.
    pub operation: Operation,
}
