//! SARIF 2.1.0, the format of code scanning.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Report;
use super::findings::{Finding, Lines};
use crate::commands::Exit;
use crate::config;
use crate::diagnostics::visible;
use crate::project::Fingerprint;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What paths are relative to, as SARIF's producers call it.
const BASE: &str = "%SRCROOT%";

/// How long GitHub lets a description be.
const DESCRIPTION_CHARACTERS: usize = 1024;

/// A report as a log of one run.
pub fn document(report: &Report) -> String {
    // Rules by their ids, each once.
    let rules: BTreeMap<&str, &Finding> = report
        .findings
        .iter()
        .map(|finding| (finding.rule(), finding))
        .collect();
    let index = |finding: &Finding| rules.keys().position(|id| *id == finding.rule());
    let mut prints = BTreeMap::new();
    let results: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| result(report, finding, index(finding), &mut prints))
        .collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "routegen",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules.values().map(|finding| rule(finding)).collect::<Vec<Value>>(),
                }
            },
            "automationDetails": { "id": category(report) },
            "invocations": [{
                "executionSuccessful": report.exit != Exit::Unusable,
                "exitCode": report.exit as u8,
                "exitCodeDescription": report.sentence_with(&report.sync()),
            }],
            "originalUriBaseIds": {
                BASE: { "description": { "text": "The root of the repository." } }
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }]
    });
    format!("{document:#}\n")
}

/// What tells this run from those of other projects in the repository, of which the last would hide the others else.
fn category(report: &Report) -> String {
    match report.repository.project.as_str() {
        "" | "." => "routegen/".to_owned(),
        project => format!("routegen/{project}/"),
    }
}

/// A title as a sentence begins, which is how code scanning shows those of all programs.
fn capitalized(title: &str) -> String {
    let mut characters = title.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

/// What all findings of one kind have in common.
fn rule(finding: &Finding) -> Value {
    let (title, explanation) = match finding.code {
        Some(code) => (code.title, code.explanation),
        None => (finding.kind.title(), finding.kind.explanation()),
    };
    let first = explanation.split("\n\n").next().unwrap_or(explanation);
    let first: String = first.chars().take(DESCRIPTION_CHARACTERS).collect();
    json!({
        "id": finding.rule(),
        "shortDescription": { "text": capitalized(title) },
        "fullDescription": { "text": first },
        "help": { "text": explanation, "markdown": explanation },
    })
}

fn result(
    report: &Report,
    finding: &Finding,
    rule: Option<usize>,
    prints: &mut BTreeMap<String, usize>,
) -> Value {
    let path = report.path(finding);
    let handlers = finding.handlers.iter();
    let handlers: Vec<&str> = handlers.map(|handler| handler.shown_key()).collect();
    // What is said of a function says its line, which others move.
    let message = match handlers.is_empty() {
        true => finding.message.as_str(),
        false => "",
    };
    let same = format!("{} {path:?} {handlers:?} {message}", finding.rule());
    let count = prints.entry(same.clone()).or_default();
    *count += 1;
    let print = Fingerprint::of_bytes(format!("{same} {count}").as_bytes());
    // GitHub refuses a log in which a result has no location, and wants a region in each: what is nowhere else is in the configuration.
    let path = path.unwrap_or_else(|| report.repository.path(config::FILE_NAME.into()));
    let lines = finding.place.as_ref().and_then(|place| place.lines);
    let location = json!({
        "artifactLocation": { "uri": uri(&path), "uriBaseId": BASE },
        "region": lines.map_or_else(|| json!({ "startLine": 1, "endLine": 1 }), region),
    });
    // Braces stand as they are (§3.11.5 would double them): viewers only look for placeholders where there are arguments.
    let text = report.message(finding);
    json!({
        "ruleId": finding.rule(),
        "ruleIndex": rule,
        "level": if finding.consequence.is_error() { "error" } else { "warning" },
        "message": { "text": visible(&text) },
        "locations": [{ "physicalLocation": location }],
        "partialFingerprints": { "routegen/v1": print.to_string() },
    })
}

fn region(lines: Lines) -> Value {
    match lines.columns {
        Some((column, end_column)) => json!({
            "startLine": lines.line,
            "startColumn": column,
            "endLine": lines.end_line,
            "endColumn": end_column,
        }),
        None => json!({ "startLine": lines.line, "endLine": lines.end_line }),
    }
}

/// A path as a relative reference (RFC 3986, §4.2).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_is_a_reference() {
        assert_eq!(uri("app/[id]/a%20b/é"), "app/%5Bid%5D/a%2520b/%C3%A9");
    }
}
