//! The format for programs: one object, as `schemas/check.schema.json` describes it.

use serde_json::{Map, Value, json};

use super::Report;
use super::findings::{Difference, Finding, Handler, Lines};
use crate::commands::Exit;

/// The number of the form; it rises when a program that reads it must change.
const VERSION: u32 = 1;

/// A report as an object.
pub fn document(report: &Report) -> String {
    let project = &report.repository.project;
    let findings = report.findings.iter();
    let document = json!({
        "version": VERSION,
        "status": match report.exit {
            Exit::Done => "in-step",
            Exit::Drift => "drift",
            Exit::Unusable => "unusable",
            Exit::Decide => "decide",
        },
        "exit": report.exit as u8,
        "message": report.sentence(),
        "command": report.command(),
        "project": if project == "" { "." } else { project.as_str() },
        "findings": findings.map(|found| finding(report, found)).collect::<Vec<Value>>(),
    });
    format!("{document:#}\n")
}

fn finding(report: &Report, finding: &Finding) -> Value {
    let mut object = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            object.insert(key.to_owned(), value);
        }
    };
    let lines = finding.place.as_ref().and_then(|place| place.lines);
    put("kind", Some(finding.kind.word().into()));
    put("effect", Some(finding.consequence.word().into()));
    put("code", finding.code.map(|code| code.number.into()));
    put("message", Some(finding.message.as_str().into()));
    put("label", finding.label.as_deref().map(Value::from));
    put(
        "notes",
        (!finding.notes.is_empty()).then(|| json!(finding.notes)),
    );
    put("help", finding.help.as_deref().map(Value::from));
    put("path", report.path(finding).map(Value::from));
    put("range", lines.map(range));
    let handlers: Vec<Value> = finding.handlers.iter().map(handler).collect();
    put("handlers", (!handlers.is_empty()).then(|| handlers.into()));
    let change = |difference| change(report, difference);
    put("change", finding.difference.as_ref().map(change));
    Value::Object(object)
}

fn range(lines: Lines) -> Value {
    match lines.columns {
        Some((column, end_column)) => json!({
            "line": lines.line,
            "column": column,
            "endLine": lines.end_line,
            "endColumn": end_column,
        }),
        None => json!({ "line": lines.line, "endLine": lines.end_line }),
    }
}

fn handler(handler: &Handler) -> Value {
    match &handler.key {
        Some(key) => json!({ "operation": key, "function": handler.name }),
        None => json!({ "function": handler.name }),
    }
}

fn change(report: &Report, difference: &Difference) -> Value {
    let mut object = Map::new();
    if let Some(to) = &difference.to {
        object.insert("to".to_owned(), report.repository.path(to).into());
    }
    object.insert("generated".to_owned(), difference.is_generated.into());
    object.insert("added".to_owned(), difference.added.into());
    object.insert("removed".to_owned(), difference.removed.into());
    if let Some(diff) = difference.plain() {
        object.insert("diff".to_owned(), diff.into());
    }
    Value::Object(object)
}
