//! Rules as statics of the codec modules.

use super::codecs::Codecs;
use super::rust::literal;
use crate::model::Integer;
use crate::plan::bounds;
use crate::plan::types::{
    ArrayRule, Engine, IntegerRule, Messages, NumberRule, Pattern, StringRule,
};

/// A reference to the rule of a whole number.
pub fn integer(codecs: &mut Codecs, width: Integer, rule: &IntegerRule) -> String {
    let (least, greatest) = bounds(width);
    if *rule == IntegerRule::default() {
        match width {
            Integer::I64 => return "&IntegerRule::I64".to_owned(),
            Integer::I32 => return "&IntegerRule::I32".to_owned(),
            Integer::I8
            | Integer::I16
            | Integer::U8
            | Integer::U16
            | Integer::U32
            | Integer::U64 => {}
        }
    }
    let min = rule.min.unwrap_or(least);
    let max = rule.max.unwrap_or(greatest);
    let multiple_of = rule.multiple_of.unwrap_or(0);
    let value = format!("IntegerRule {{ min: {min}, max: {max}, multiple_of: {multiple_of} }}");
    format!("&{}", codecs.constant("I", "IntegerRule", &value))
}

/// A reference to the rule of a number.
pub fn number(codecs: &mut Codecs, rule: &NumberRule) -> String {
    if *rule == NumberRule::default() {
        return "&NumberRule::ANY".to_owned();
    }
    let (min, above) = rule
        .min
        .map_or(("f64::NEG_INFINITY".to_owned(), false), |(min, above)| {
            (float(min), above)
        });
    let (max, below) = rule
        .max
        .map_or(("f64::INFINITY".to_owned(), false), |(max, below)| {
            (float(max), below)
        });
    let multiple_of = float(rule.multiple_of.unwrap_or(0.0));
    let value = format!(
        "NumberRule {{ min: {min}, above: {above}, max: {max}, below: {below}, multiple_of: {multiple_of} }}"
    );
    format!("&{}", codecs.constant("N", "NumberRule", &value))
}

fn float(value: f64) -> String {
    format!("{value:?}_f64")
}

/// A reference to the rule of a string.
pub fn string(codecs: &mut Codecs, rule: &StringRule) -> String {
    if *rule == StringRule::default() {
        return "&StringRule::ANY".to_owned();
    }
    let patterns: Vec<String> = rule
        .patterns
        .iter()
        .map(|pattern| self::pattern(codecs, pattern))
        .collect();
    let max = rule
        .max
        .map_or("usize::MAX".to_owned(), |max| max.to_string());
    let format = rule
        .format
        .map_or("None".to_owned(), |name| format!("Some(formats::{name})"));
    let value = format!(
        "StringRule {{ min: {}, max: {max}, patterns: &[{}], format: {format} }}",
        rule.min.unwrap_or(0),
        patterns.join(", ")
    );
    format!("&{}", codecs.constant("S", "StringRule", &value))
}

/// A reference to a pattern.
pub fn pattern(codecs: &mut Codecs, pattern: &Pattern) -> String {
    let engine = match pattern.engine {
        Engine::Linear => "compile",
        Engine::Backtracking => "backtrack::compile",
    };
    let value = format!(
        "Pattern::new({}, {}, {engine})",
        literal(&pattern.source),
        literal(&pattern.translated)
    );
    format!("&{}", codecs.constant("P", "Pattern", &value))
}

/// A reference to the rule of a list.
pub fn array(codecs: &mut Codecs, rule: &ArrayRule) -> String {
    if *rule == ArrayRule::default() {
        return "&ArrayRule::ANY".to_owned();
    }
    let max = rule
        .max
        .map_or("usize::MAX".to_owned(), |max| max.to_string());
    let value = format!(
        "ArrayRule {{ min: {}, max: {max}, unique: {} }}",
        rule.min.unwrap_or(0),
        rule.unique
    );
    format!("&{}", codecs.constant("A", "ArrayRule", &value))
}

/// A reference to the contract's own words.
pub fn messages(codecs: &mut Codecs, messages: &Messages) -> String {
    let checks = messages.checks.iter().map(|message| {
        let detail = literal(message.detail.as_deref().unwrap_or_default());
        format!("({:?}, {detail}, {})", message.code, literal(&message.text))
    });
    let checks: Vec<String> = checks.collect();
    let shape = literal(messages.shape.as_deref().unwrap_or_default());
    let checks = checks.join(", ");
    let value = format!("messages::Messages {{ shape: {shape}, checks: &[{checks}] }}");
    format!("&{}", codecs.constant("M", "messages::Messages", &value))
}
