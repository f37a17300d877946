//! Security schemes, and what routes require of them.

use super::Lowering;
use super::syntax::Expression;
use crate::diagnostics::codes::zod::{RG0310, RG0318};
use crate::model::{Docs, Requirement, SchemeKind, SecurityScheme, SecurityUse, Value};
use crate::source::Span;

impl Lowering<'_> {
    /// Takes every `registerComponent('securitySchemes', name, { … })` of the file.
    pub fn security_schemes(&mut self) {
        for (arguments, at) in self.calls(&["registerComponent"]) {
            let [kind, name, scheme, ..] = arguments.as_slice() else { continue };
            if self.module.string(kind).as_deref() != Some("securitySchemes") {
                continue;
            }
            match self.module.string(name) {
                Some(name) => self.security_scheme(name, scheme, at),
                None => {
                    self.degrade(&RG0310, name.span, "the name of a security scheme is a constant string")
                }
            }
        }
    }

    fn security_scheme(&mut self, name: String, scheme: &Expression, at: Span) {
        let Some(fields) = self.object_fields(scheme, "a security scheme") else { return };
        let kind = self.text(&fields, "type");
        let parameter = self.optional_text(&fields, "name").unwrap_or_default();
        let place = self.optional_text(&fields, "in").unwrap_or_default();
        let http = self.optional_text(&fields, "scheme").unwrap_or_default();
        let kind = match (kind.as_str(), place.as_str(), http.to_ascii_lowercase().as_str()) {
            ("apiKey", "header", _) => SchemeKind::ApiKeyHeader(parameter),
            ("apiKey", "query", _) => SchemeKind::ApiKeyQuery(parameter),
            ("apiKey", "cookie", _) => SchemeKind::ApiKeyCookie(parameter),
            ("http", _, "basic") => SchemeKind::Basic,
            ("http", _, "bearer") => {
                SchemeKind::Bearer { format: self.optional_text(&fields, "bearerFormat") }
            }
            ("http", _, _) => SchemeKind::Http(http),
            ("oauth2", _, _) => SchemeKind::OAuth2,
            ("openIdConnect", _, _) => SchemeKind::OpenIdConnect,
            ("mutualTLS", _, _) => SchemeKind::MutualTls,
            (other, _, _) => {
                let message = format!("`{other}` is no type of a security scheme that is known");
                self.degrade(&RG0310, scheme.span, message);
                SchemeKind::Bearer { format: None }
            }
        };
        let docs = Docs { description: self.text(&fields, "description"), ..Docs::default() };
        self.security_schemes.push(SecurityScheme { name, span: at, docs, kind });
    }

    /// `[{ account: ['orders:read'] }, {}]`.
    pub fn requirements(&mut self, security: &Expression) -> Vec<Requirement> {
        let alternatives = match self.constant_value(security, "`security`") {
            Some(Value::Array(alternatives)) => alternatives,
            Some(_) | None => vec![],
        };
        alternatives.iter().map(|alternative| self.requirement(alternative, security.span)).collect()
    }

    fn requirement(&mut self, alternative: &Value, span: Span) -> Requirement {
        let uses = alternative.as_object().into_iter().flatten().map(|(name, scopes)| SecurityUse {
            scheme: self.scheme_index(name, span),
            scopes: scopes
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
        });
        Requirement { uses: uses.collect() }
    }

    fn scheme_index(&mut self, name: &str, span: Span) -> usize {
        if let Some(index) = self.security_schemes.iter().position(|scheme| scheme.name == name) {
            return index;
        }
        self.degrade(
            &RG0318,
            span,
            format!("no security scheme is named `{name}`; it is taken for a bearer token"),
        );
        let kind = SchemeKind::Bearer { format: None };
        self.security_schemes.push(SecurityScheme {
            name: name.to_owned(),
            span,
            docs: Docs::default(),
            kind,
        });
        self.security_schemes.len() - 1
    }
}
