//! What a parameter's fields say of each other, and parameters of one list.

use super::grammar::Grammar;
use super::grammar_objects::Edition::{V2_0, V3_2};
use super::tree::Node;

/// A parameter is known by `name` and `in`; `querystring` is there at most once, and never beside `query`.
///
/// <https://spec.openapis.org/oas/v3.2.0.html#parameter-locations>
pub(super) fn list<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>) {
    let mut known: Vec<(&str, &str)> = Vec::new();
    for holder in node.get("parameters").into_iter().flat_map(Node::items) {
        let Some(parameter) = grammar.lowering.dereference(holder) else {
            continue;
        };
        let (Some(name), Some(location)) = (parameter.str("name"), parameter.str("in")) else {
            continue;
        };
        let span = if parameter.key() == holder.key() {
            parameter.get("name").map_or(holder.start(), Node::span)
        } else {
            holder.get("$ref").map_or(holder.start(), Node::span)
        };
        if known.contains(&(name, location)) {
            let message = "two parameters have one name and one place";
            grammar.fault(message, "delete one of the two", span);
        }
        let whole = known.iter().any(|(_, place)| *place == "querystring");
        let single = known.iter().any(|(_, place)| *place == "query");
        match location {
            "querystring" if whole => {
                let message = "there is one parameter in `querystring`, as it is all of the query";
                grammar.fault(message, "make them one", span);
            }
            "querystring" | "query" if whole || (single && location == "querystring") => {
                let message = "a parameter in `querystring` stands for all parameters in `query`";
                grammar.fault(message, "keep the one or the others", span);
            }
            _ => {}
        }
        known.push((name, location));
    }
}

/// Looks at one parameter.
pub(super) fn one<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>) {
    let edition = grammar.edition;
    if let Some(name) = node.get("name")
        && name.scalar_text().is_empty()
    {
        grammar.fault("a parameter has a name", "give it one", name.span());
    }
    let Some(place) = node.get("in") else { return };
    let location = place.as_str().unwrap_or_default();
    if edition == V2_0 {
        return parameter_of_swagger(grammar, node, location);
    }
    if location == "path" && !node.is_true("required") {
        let message = "a parameter of the path needs `required: true`";
        grammar.fault(
            message,
            "add it; no path comes without",
            node.get("required").unwrap_or(place).span(),
        );
    }
    if let Some((key, content)) = node.entry("content")
        && content.is_mapping()
        && content.entries().count() != 1
    {
        let message = "`content` of a parameter has exactly one media type";
        grammar.fault(message, "keep one", key.span());
    }
    // 3.2 says so of all that percent-encode.
    let may_reserve = match location {
        "query" => true,
        "path" => edition >= V3_2,
        "cookie" => edition >= V3_2 && node.str("style") != Some("cookie"),
        _ => false,
    };
    if let Some((key, _)) = node.entry("allowReserved")
        && !may_reserve
        && location != "querystring"
    {
        let message = format!("`allowReserved` means nothing for this parameter in `{location}`");
        grammar.fault(message, "delete it", key.span());
    }
    if location == "querystring" {
        for name in ["schema", "style", "explode", "allowReserved"] {
            if let Some((key, _)) = node.entry(name) {
                let message =
                    format!("a parameter in `querystring` has `content`, and no `{name}`");
                grammar.fault(
                    message,
                    "write `content: { application/x-www-form-urlencoded: … }`",
                    key.span(),
                );
            }
        }
    }
    style(grammar, node, location);
}

/// <https://spec.openapis.org/oas/v3.2.0.html#style-values>
fn style<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>, location: &str) {
    let styles: &[&str] = match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" if grammar.edition >= V3_2 => &["form", "cookie"],
        "cookie" => &["form"],
        _ => return,
    };
    let Some(style) = node.get("style") else {
        return;
    };
    if style.as_str().is_some_and(|style| !styles.contains(&style)) {
        let message = format!("parameters in `{location}` have no such `style`");
        grammar.fault(
            message,
            format!("use one of: {}", styles.join(", ")),
            style.span(),
        );
    }
}

fn parameter_of_swagger<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>, location: &str) {
    let needed = if location == "body" { "schema" } else { "type" };
    if node.get(needed).is_none() {
        let message = format!("a parameter in `{location}` needs `{needed}`");
        grammar.fault(message, format!("add `{needed}`"), node.start());
    }
}
