//! Security schemes, and what operations require of them.

use super::Docs;
use crate::source::Span;

/// A way to prove who is asking.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// Its name in the contract.
    pub name: String,
    /// Where it is declared.
    pub span: Span,
    /// What a person should know of it.
    pub docs: Docs,
    /// Where the credentials stand.
    pub kind: SchemeKind,
}

/// Where credentials stand in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// `type: apiKey, in: header`.
    ApiKeyHeader(String),
    /// `type: apiKey, in: query`.
    ApiKeyQuery(String),
    /// `type: apiKey, in: cookie`.
    ApiKeyCookie(String),
    /// `type: http, scheme: basic`.
    Basic,
    /// `type: http, scheme: bearer`; the format is a hint (`JWT`).
    Bearer { format: Option<String> },
    /// `type: http` with another scheme of the `Authorization` header.
    Http(String),
    /// `type: oauth2`: a bearer token with scopes.
    OAuth2,
    /// `type: openIdConnect`: a bearer token with scopes.
    OpenIdConnect,
    /// `type: mutualTLS`: a client certificate, which whoever ends TLS has checked.
    MutualTls,
}

/// All of these must hold (AND). Empty: nothing must.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Requirement {
    /// The schemes, in order.
    pub uses: Vec<SecurityUse>,
}

/// One scheme of a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityUse {
    /// Index into [`super::Api::security_schemes`].
    pub scheme: usize,
    /// Scopes or roles that the credentials must have.
    pub scopes: Vec<String>,
}
