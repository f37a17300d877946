//! The application as the contract package asks for it: its types, and which function of `auth.rs` knows whose credentials.

use super::rust::literal;
use crate::plan::Plan;

/// `struct App`.
pub const APP: &str = "/// This application.\npub struct App;\n\n";

/// What must be imported for [`implementation`], from the crate itself.
pub fn imports(plan: &Plan) -> String {
    let auth = if plan.schemes().is_empty() {
        ""
    } else {
        ", auth"
    };
    format!("use crate::{{Context, Error, Principal, Result, State{auth}}};\n\n")
}

/// `impl contract::App for App`.
pub fn implementation(plan: &Plan) -> String {
    let mut arms = String::new();
    for scheme in plan.schemes() {
        let name = literal(&scheme.scheme.name);
        let call = format!("Box::pin(auth::{}(ctx, credentials))", scheme.function);
        // As rustfmt breaks it.
        let arm = if name.len() + call.len() + 17 <= 100 {
            format!("            {name} => {call},\n")
        } else {
            format!("            {name} => {{\n                {call}\n            }}\n")
        };
        arms.push_str(&arm);
    }
    let body = if arms.is_empty() {
        "        Box::pin(async { ctx.deny(credentials) })\n".to_owned()
    } else {
        format!(
            "        match credentials.scheme() {{\n{arms}            _ => Box::pin(async {{ ctx.deny(credentials) }}),\n        }}\n"
        )
    };
    format!(
        "impl contract::App for App {{\n    type State = State;\n    type Principal = Principal;\n    type Error = Error;\n\n    fn authenticate(\n        ctx: &Context,\n        credentials: Credentials,\n    ) -> BoxFuture<'_, Result<Self::Principal>> {{\n{body}    }}\n}}\n"
    )
}
