//! `auth.rs`: one function per security scheme, denying until written.

use super::rust::doc;
use super::{Content, EmittedFile, Function, FunctionsFile};
use crate::model::SchemeKind;
use crate::plan::api::SchemePlan;
use crate::plan::{Plan, code, text_lines};

const PREAMBLE: &str = "\
//! Who may do what: one function for each security scheme of the contract.
//!
//! Each is given the credentials that a request brings, and says from whom it is. Where an operation
//! demands several schemes at once, they run one after the other, and `ctx.principal()` is what the
//! one before has found.
";

const PRINCIPAL: &str = "
/// Who has sent a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Principal {
    pub id: String,
}
";

/// The file with a function for each scheme.
pub fn files(plan: &Plan) -> Vec<EmittedFile> {
    let schemes = plan.schemes();
    let functions: Vec<Function> = schemes.iter().map(|scheme| function(scheme)).collect();
    let end = if functions.is_empty() { "" } else { "\n" };
    let preamble = format!("{PREAMBLE}{PRINCIPAL}{end}");
    let content = Content::Functions(FunctionsFile {
        mount: None,
        preamble,
        functions,
    });
    vec![EmittedFile {
        path: "app/auth.rs".into(),
        content,
    }]
}

fn function(plan: &SchemePlan) -> Function {
    let name = code(&plan.scheme.name);
    let mut docs = vec![format!("`{name}`: {}.", place(&plan.scheme.kind))];
    docs.extend(
        text_lines(&plan.scheme.docs.description)
            .into_iter()
            .take(1)
            .map(|line| line.trim().to_owned()),
    );
    Function {
        key: format!("auth {}", plan.scheme.name),
        operation_id: None,
        name: plan.function.clone(),
        doc: doc(&docs, 0),
        signature: signature(&plan.function),
        signature_by_path: None,
        body: "    ctx.deny(credentials)\n".to_owned(),
    }
}

/// A signature as rustfmt prints it. It names types by their paths: whether the file imports them is the user's affair, and
/// one that had no functions yet imports none.
fn signature(name: &str) -> String {
    format!(
        "pub async fn {name}(\n    ctx: &crate::Context,\n    credentials: contract::Credentials,\n) -> crate::Result<Principal>"
    )
}

fn place(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::ApiKeyHeader(name) => format!("the header `{}`", code(name)),
        SchemeKind::ApiKeyQuery(name) => format!("the query parameter `{}`", code(name)),
        SchemeKind::ApiKeyCookie(name) => format!("the cookie `{}`", code(name)),
        SchemeKind::Basic => "a name and a password".to_owned(),
        SchemeKind::Bearer {
            format: Some(format),
        } => format!("a bearer token ({})", code(format)),
        SchemeKind::Bearer { format: None } => "a bearer token".to_owned(),
        SchemeKind::Http(scheme) => {
            format!("an `Authorization` header of the scheme `{}`", code(scheme))
        }
        SchemeKind::OAuth2 => "an OAuth 2 access token".to_owned(),
        SchemeKind::OpenIdConnect => "an OpenID Connect token".to_owned(),
        SchemeKind::MutualTls => {
            "the client certificate that whoever ends TLS has checked".to_owned()
        }
    }
}
