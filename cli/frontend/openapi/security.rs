//! Security schemes, and what operations require of them.

use super::tree::Node;
use super::version::Version;
use super::{Lowering, docs};
use crate::diagnostics::{Effect, codes};
use crate::model::{Docs, Requirement, SchemeKind, SecurityScheme, SecurityUse};

impl<'a> Lowering<'a> {
    /// Lowers `components.securitySchemes`, in Swagger 2.0 `securityDefinitions`.
    pub(super) fn security_schemes(&mut self, root: Node<'a>) {
        let declared = match self.version {
            Version::V2_0 => root.get("securityDefinitions"),
            Version::V3_0 | Version::V3_1 => root
                .get("components")
                .and_then(|components| components.get("securitySchemes")),
        };
        for (name, node) in declared.into_iter().flat_map(Node::entries) {
            let Some(node) = self.dereference(node) else {
                continue;
            };
            let kind = scheme_kind(node).unwrap_or_else(|| {
                let message = format!(
                    "security scheme `{}` is of no known type",
                    name.scalar_text()
                );
                let help = "until it is mended, its function in `auth.rs` gets an `Authorization` header of that scheme, and decides";
                self.report(
                    &codes::openapi::RG0216,
                    Effect::Degrades,
                    message,
                    name.span(),
                    help,
                );
                SchemeKind::Http(
                    node.str("scheme")
                        .or(node.str("type"))
                        .unwrap_or("unknown")
                        .to_owned(),
                )
            });
            let name = name.scalar_text().to_owned();
            let scheme = SecurityScheme {
                name: name.clone(),
                span: node.span(),
                docs: docs(node),
                kind,
            };
            self.schemes.insert(name, scheme);
        }
    }

    /// Lowers a `security` list.
    pub(super) fn requirements(&mut self, list: Node<'a>) -> Vec<Requirement> {
        list.items()
            .map(|item| Requirement {
                uses: item
                    .entries()
                    .map(|entry| self.security_use(entry))
                    .collect(),
            })
            .collect()
    }

    /// A scheme that isn't declared is added, so that what needs it isn't open to all.
    fn security_use(&mut self, (name, scopes): (Node<'a>, Node<'a>)) -> SecurityUse {
        let scopes = scopes
            .items()
            .map(|scope| scope.scalar_text().to_owned())
            .collect();
        let text = name.scalar_text();
        if let Some(scheme) = self.schemes.get_index_of(text) {
            return SecurityUse { scheme, scopes };
        }
        let message = format!("security scheme `{text}` is not declared");
        let declared = self.schemes.keys().map(String::as_str);
        let meant = self.searches.meant(text, declared);
        let way_out = meant.map_or_else(
            || "declare it under `components.securitySchemes`.".to_owned(),
            |meant| format!("is `{meant}` meant?"),
        );
        let help = format!(
            "{way_out} Until then its function in `auth.rs` gets an `Authorization` header of the scheme `{text}`, and decides"
        );
        self.report(
            &codes::openapi::RG0216,
            Effect::Degrades,
            message,
            name.span(),
            &help,
        );
        let kind = SchemeKind::Http(text.to_owned());
        let scheme = SecurityScheme {
            name: text.to_owned(),
            span: name.span(),
            docs: Docs::default(),
            kind,
        };
        let (scheme, _) = self.schemes.insert_full(text.to_owned(), scheme);
        SecurityUse { scheme, scopes }
    }
}

fn scheme_kind(node: Node<'_>) -> Option<SchemeKind> {
    let name = node.str("name").map(str::to_owned);
    match node.str("type")? {
        "apiKey" => match node.str("in")? {
            "header" => name.map(SchemeKind::ApiKeyHeader),
            "query" => name.map(SchemeKind::ApiKeyQuery),
            "cookie" => name.map(SchemeKind::ApiKeyCookie),
            _ => None,
        },
        "basic" => Some(SchemeKind::Basic),
        "http" => match node.str("scheme")?.to_ascii_lowercase().as_str() {
            "basic" => Some(SchemeKind::Basic),
            "bearer" => Some(SchemeKind::Bearer {
                format: node.str("bearerFormat").map(str::to_owned),
            }),
            _ => node
                .str("scheme")
                .map(|scheme| SchemeKind::Http(scheme.to_owned())),
        },
        "oauth2" => Some(SchemeKind::OAuth2),
        "openIdConnect" => Some(SchemeKind::OpenIdConnect),
        "mutualTLS" => Some(SchemeKind::MutualTls),
        _ => None,
    }
}
