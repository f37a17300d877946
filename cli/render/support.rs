//! The support modules: plain Rust files that are copied, those that are used.

use askama::Template;

use super::features::Features;
use super::project::text;
use super::{EmittedFile, ours};
use crate::config::LimitsConfig;
use crate::plan::Plan;

#[derive(Template)]
#[template(path = "support/body.rs", escape = "none")]
struct BodyRs {
    items: bool,
}

#[derive(Template)]
#[template(path = "support/media.rs", escape = "none")]
struct MediaRs {
    suffixes: bool,
}

#[derive(Template)]
#[template(path = "support/serde.rs", escape = "none")]
struct SerdeRs {
    exports: Exports,
}

/// What of the support modules only codecs need, and other packages may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exports {
    /// Nothing: the codecs stand in the same package.
    Nothing,
    /// The macro that implements serde's traits.
    Macros,
}

macro_rules! modules {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("../../templates/support/", $name, ".rs")))),*] };
}

/// Every support module with its text, but `mod` and `limits`.
static MODULES: &[(&str, &str)] = modules! {
    "answer" "answer_xml" "app" "assertion" "backtrack" "base64" "body" "budget" "call" "coerce" "container" "context" "decode" "dispatch" "document" "encode" "endpoint" "file" "form" "form_data" "formats" "framing"
    "head" "incoming" "issue" "items_read" "items_write" "json" "judge" "looks" "media" "messages" "moment" "multipart" "operation" "outgoing" "panic" "parameter" "path" "pattern" "percent"
    "refine" "rejection" "respond" "rules" "scalar" "secret" "security" "seen" "serde" "serve" "shape" "simple" "sse" "stream" "structured" "table" "tangle"
    "temporal" "text" "tree" "union" "unknown" "uuids" "value" "xml" "xml_read" "xml_tree" "xml_write" "yaml"
};

/// The support modules of a project, in this folder.
pub fn files(plan: &Plan, features: Features, folder: &str, exports: Exports) -> Vec<EmittedFile> {
    let path = |name: &str| format!("{folder}/{name}.rs");
    let used = MODULES.iter().filter(|(name, _)| is_used(name, features));
    let mut names: Vec<&str> = used.clone().map(|(name, _)| *name).collect();
    let mut files: Vec<EmittedFile> = used
        .map(|(name, text)| match *name {
            "body" => ours(path(name), body(features)),
            "media" => ours(path(name), media(features)),
            "serde" => ours(path(name), self::text(&SerdeRs { exports })),
            name => ours(path(name), (*text).to_owned()),
        })
        .collect();
    names.push("limits");
    names.sort_unstable();
    let declared: String = names
        .iter()
        .map(|name| {
            let feature = match *name {
                "serde" => "#[cfg(feature = \"serde\")]\n",
                _ => "",
            };
            format!("{feature}pub mod {name};\n")
        })
        .collect();
    let docs = "//! What the types and codecs of the contract stand on: routing, decoding, validation, responses.";
    let alias = "/// A future on the heap.\npub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;\n";
    files.push(ours(
        path("mod"),
        format!("{}\n{docs}\n\n{declared}\n{alias}", super::GENERATED),
    ));
    files.push(ours(
        path("limits"),
        limits(&plan.limits, plan.invalid_status),
    ));
    files
}

fn is_used(name: &str, features: Features) -> bool {
    match name {
        "multipart" | "file" => features.multipart,
        "answer" | "outgoing" => features.senders,
        "answer_xml" => features.answer_xml,
        "form_data" => features.sent_parts,
        "backtrack" => features.backtracking,
        "coerce" => features.coerce,
        "framing" => features.items_read || features.items_write,
        "items_read" => features.items_read,
        "items_write" => features.items_write,
        "assertion" | "judge" | "looks" | "refine" | "seen" => features.refinements,
        "messages" => features.messages,
        "moment" => features.moments,
        "simple" => features.simple,
        "sse" => features.sse,
        "temporal" => features.temporal,
        "uuids" => features.uuid,
        "xml" | "xml_read" | "xml_tree" | "xml_write" => features.xml,
        _ => true,
    }
}

/// The module of bodies, which may have items that are wrong.
fn body(features: Features) -> String {
    let items = features.items_read;
    text(&BodyRs { items })
}

/// The module of media types, of which there may be ranges by suffix.
fn media(features: Features) -> String {
    let suffixes = features.suffixes;
    text(&MediaRs { suffixes })
}

/// The limits module, in which `routegen.toml` speaks.
fn limits(limits: &LimitsConfig, invalid_status: u16) -> String {
    let template = include_str!("../../templates/support/limits.rs");
    let LimitsConfig {
        body_bytes,
        timeout_seconds,
        issues,
        json_depth,
    } = limits;
    let lines = template.lines().map(|line| {
        match line.split_once(" = ").map_or(line, |(start, _)| start) {
            start @ "pub const MAX_BODY: usize" => format!("{start} = {body_bytes};"),
            start @ "pub const TIMEOUT: Duration" => {
                format!("{start} = Duration::from_secs({timeout_seconds});")
            }
            start @ "pub const MAX_ISSUES: usize" => format!("{start} = {issues};"),
            start @ "pub const MAX_DEPTH: usize" => format!("{start} = {json_depth};"),
            start @ "pub const INVALID: StatusCode" if invalid_status == 422 => {
                format!("{start} = StatusCode::UNPROCESSABLE_ENTITY;")
            }
            _ => line.to_owned(),
        }
    });
    lines.map(|line| line + "\n").collect()
}
