//! Decoders of values that are converted first, by the rules of JavaScript.

use super::codecs::Codecs;
use super::decoders::text_decoder;
use super::rust::integer;
use super::statics;
use crate::model::Coercion;
use crate::plan::types::Type;

/// An expression of type `Option<T>` that makes the next value of `d` one of the type.
pub fn decoder(codecs: &mut Codecs, ty: &Type, coercion: Coercion) -> String {
    match (coercion, ty) {
        (Coercion::Number, Type::Number(rule)) => {
            let rule = statics::number(codecs, rule);
            format!("d.coerced_number({rule})")
        }
        (Coercion::Number | Coercion::BigInt, Type::Integer(width, rule)) => {
            let rule = statics::integer(codecs, *width, rule);
            let method = match coercion {
                Coercion::BigInt => "coerced_bigint",
                _ => "coerced_integer",
            };
            let width = integer(*width);
            format!("d.{method}({rule}).map(|value| value as {width})")
        }
        (Coercion::Boolean, Type::Boolean) => "d.coerced_boolean()".to_owned(),
        (Coercion::String, Type::Text(text, rule)) => {
            let rule = statics::string(codecs, rule);
            text_decoder("coerced_", *text, &rule)
        }
        (Coercion::Date, Type::Text(..)) => "d.coerced_date()".to_owned(),
        // What the schema was made since is no longer what it is coerced to.
        (_, ty) => codecs.decode(ty),
    }
}
