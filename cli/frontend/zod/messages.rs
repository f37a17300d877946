//! Messages: the contract's own words for values that are refused.

use super::Lowering;
use super::syntax::{Expression, Kind};
use crate::diagnostics::codes::zod::RG0312;

impl Lowering<'_> {
    /// The message for a value that breaks a check: a string, or `{ message }` or `{ error }` with one, or a function that
    /// returns nothing else.
    pub fn message(&mut self, argument: Option<&Expression>) -> Option<String> {
        let argument = self.module.resolve(argument?);
        let said = match &*argument.kind {
            Kind::Object(_) => self
                .option(&argument, "error")
                .or_else(|| self.option(&argument, "message"))?,
            _ => argument,
        };
        let resolved = self.module.resolve(&said);
        let message = match &*resolved.kind {
            Kind::Function {
                body: Some(body), ..
            } => self.module.string(body),
            _ => self.module.string(&said),
        };
        if message.is_none() {
            self.warn(
                &RG0312,
                said.span,
                "this message would have to be run; the server's own is used",
            );
        }
        message
    }

    /// The message for a value that isn't of a schema's shape. What a factory gets as its last argument may be something else.
    pub fn shape_message(&mut self, argument: Option<&Expression>) -> Option<String> {
        let argument = argument?;
        let resolved = self.module.resolve(argument);
        match &*resolved.kind {
            Kind::Object(_) => {
                for name in ["invalid_type_error", "required_error"] {
                    if let Some(old) = self.option(&resolved, name) {
                        let message = format!("`{name}` is of Zod 3 and is not used");
                        self.warn(&RG0312, old.span, &message);
                    }
                }
                self.message(Some(argument))
            }
            Kind::String(_) | Kind::Template { .. } | Kind::Function { .. } => {
                self.message(Some(argument))
            }
            _ => None,
        }
    }
}
