//! Which OpenAPI a document is.

use super::tree::Node;
use crate::diagnostics::{Diagnostic, Diagnostics, Effect, codes};

/// A family of OpenAPI versions that read alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// Swagger 2.0: parameters are their own schemas, bodies are parameters.
    V2_0,
    /// 3.0: its own dialect of JSON Schema.
    V3_0,
    /// 3.1 and 3.2: JSON Schema 2020-12.
    V3_1,
}

impl Version {
    /// Whether what stands beside a `$ref` is passed over.
    ///
    /// <https://spec.openapis.org/oas/v3.0.4#reference-object>
    pub(super) fn ignores_siblings(self) -> bool {
        match self {
            Self::V2_0 | Self::V3_0 => true,
            Self::V3_1 => false,
        }
    }
}

/// The version of a document; `None`, with a diagnostic, if we don't read it.
pub(super) fn of(root: Node<'_>, diagnostics: &mut Diagnostics) -> Option<Version> {
    if let Some(node) = root.get("openapi") {
        let text = node.scalar_text();
        let version = match text.split('.').take(2).collect::<Vec<_>>().as_slice() {
            _ if node.is_collection() => None,
            ["3", "0"] => Some(Version::V3_0),
            ["3", "1" | "2"] => Some(Version::V3_1),
            _ => None,
        };
        if version.is_none() {
            let shown: String = text.chars().take(40).collect();
            diagnostics.push(
                Diagnostic::new(
                    &codes::read::RG0106,
                    Effect::Fatal,
                    format!("OpenAPI `{shown}` is not known"),
                )
                .at(node.span())
                .label("3.0, 3.1 and 3.2 are")
                .help("write the version as `openapi: 3.1.0`"),
            );
        }
        return version;
    }
    if let Some(node) = root.get("swagger") {
        let text = node.scalar_text();
        if !node.is_collection() && (text == "2" || text.starts_with("2.")) {
            return Some(Version::V2_0);
        }
        let shown: String = text.chars().take(40).collect();
        diagnostics.push(
            Diagnostic::new(
                &codes::read::RG0107,
                Effect::Fatal,
                format!("Swagger `{shown}` is not known"),
            )
            .at(node.span())
            .label("2.0 is")
            .help("convert it to Swagger 2.0 or OpenAPI 3"),
        );
        return None;
    }
    let diagnostic = Diagnostic::new(
        &codes::read::RG0105,
        Effect::Fatal,
        "this is not an OpenAPI document",
    )
    .at(root.start())
    .label("it has no key `openapi` or `swagger` at its top")
    .help("an OpenAPI document begins with `openapi: 3.1.0`");
    diagnostics.push(diagnostic);
    None
}
