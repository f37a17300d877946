//! What the fields of one object say of each other.

use super::grammar::{Grammar, place};
use super::grammar_objects::Edition::{V2_0, V3_0, V3_1, V3_2};
use super::grammar_objects::{Edition, Object};
use super::grammar_parameters as parameters;
use super::slips;
use super::tree::{Kind, Node};

/// Fields that can't stand in one object together, and since when.
const EXCLUSIVE: &[(Object, &str, &str, Edition)] = &[
    (Object::Parameter, "schema", "content", V3_0),
    (Object::Parameter, "example", "examples", V3_0),
    (Object::Parameter, "content", "style", V3_0),
    (Object::Header, "schema", "content", V3_0),
    (Object::Header, "example", "examples", V3_0),
    (Object::MediaType, "example", "examples", V3_0),
    (Object::MediaType, "encoding", "prefixEncoding", V3_2),
    (Object::MediaType, "encoding", "itemEncoding", V3_2),
    (Object::Encoding, "encoding", "prefixEncoding", V3_2),
    (Object::Encoding, "encoding", "itemEncoding", V3_2),
    (Object::Link, "operationRef", "operationId", V3_0),
    (Object::Example, "value", "externalValue", V3_0),
    (Object::Example, "value", "dataValue", V3_2),
    (Object::Example, "value", "serializedValue", V3_2),
    (Object::Example, "serializedValue", "externalValue", V3_2),
    (Object::License, "identifier", "url", V3_1),
    (Object::Xml, "nodeType", "attribute", V3_2),
    (Object::Xml, "nodeType", "wrapped", V3_2),
];

/// Objects that need one of two fields, and since when.
const EITHER: &[(Object, &str, &str, Edition)] = &[
    (Object::Parameter, "schema", "content", V3_0),
    (Object::Header, "schema", "content", V3_0),
    (Object::Link, "operationRef", "operationId", V3_0),
];

pub(super) fn check<'a>(
    grammar: &mut Grammar<'_, 'a>,
    object: Object,
    node: Node<'a>,
    key: Option<Node<'a>>,
) {
    let edition = grammar.edition;
    let applies = |rule: &&(Object, &str, &str, Edition)| rule.0 == object && rule.3 <= edition;
    for (_, a, b, _) in EXCLUSIVE.iter().filter(applies) {
        if node.get(a).is_some()
            && let Some((second, _)) = node.entry(b)
        {
            let message = format!("{} has either `{a}` or `{b}`, not both", object.title());
            grammar.fault(message, "delete one of the two", second.span());
        }
    }
    for (_, a, b, _) in EITHER.iter().filter(applies) {
        if node.get(a).is_none() && node.get(b).is_none() {
            let message = format!("{} needs `{a}` or `{b}`", object.title());
            grammar.fault(message, format!("add `{a}`"), place(node, key));
        }
    }
    match object {
        Object::Contract => contract(grammar, node),
        Object::Components => components(grammar, node),
        Object::Server => server(grammar, node),
        Object::ServerVariable => server_variable(grammar, node),
        Object::Paths => paths(grammar, node),
        Object::PathItem => {
            additional_operations(grammar, node);
            parameters::list(grammar, node);
        }
        Object::Operation => parameters::list(grammar, node),
        Object::MediaType => encoding(grammar, node),
        Object::Responses => responses(grammar, node, key),
        Object::RequestBody => media_types(grammar, node),
        Object::Response => response(grammar, node),
        Object::Parameter => {
            media_types(grammar, node);
            parameters::one(grammar, node);
        }
        Object::Header => media_types(grammar, node),
        Object::SecurityScheme => security_scheme(grammar, node, key),
        Object::Flows => flows(grammar, node),
        Object::Schema => schema(grammar, node),
        Object::Info
        | Object::Contact
        | Object::License
        | Object::ExternalDocs
        | Object::Encoding
        | Object::Callback
        | Object::Example
        | Object::Link
        | Object::Tag
        | Object::Discriminator
        | Object::Xml
        | Object::Flow
        | Object::Requirement => {}
    }
}

fn contract<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>) {
    let parts = ["paths", "components", "webhooks"];
    // A slip of one of them has been named.
    let has_any = node.entries().any(|(key, _)| {
        let known = parts.iter().copied();
        slips::meant(key.scalar_text(), known).is_some()
    });
    if grammar.edition >= V3_1 && !has_any {
        let message = "an OpenAPI Object needs `paths`, `components` or `webhooks`";
        let place = node.get("openapi").map_or(node.start(), Node::span);
        grammar.fault(message, "add `paths`", place);
    }
    let mut names: Vec<&str> = Vec::new();
    for name in node
        .get("tags")
        .into_iter()
        .flat_map(Node::items)
        .filter_map(|tag| tag.get("name"))
    {
        if names.contains(&name.scalar_text()) {
            grammar.fault(
                "two tags have one name",
                "delete one of the two",
                name.span(),
            );
        }
        names.push(name.scalar_text());
    }
    for parent in node
        .get("tags")
        .into_iter()
        .flat_map(Node::items)
        .filter_map(|tag| tag.get("parent"))
    {
        if !names.contains(&parent.scalar_text()) {
            let message = "the parent of a tag is not declared";
            grammar.fault(message, "declare it under `tags`", parent.span());
        }
    }
}

/// <https://spec.openapis.org/oas/v3.1.1#components-object>: keys match `^[a-zA-Z0-9\.\-_]+$`.
fn components<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>) {
    for (section, values) in node.entries() {
        if section.scalar_text().starts_with("x-") {
            continue;
        }
        for (name, _) in values.entries() {
            let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
            let text = name.scalar_text();
            if text.is_empty() || !text.bytes().all(is_legal) {
                let message = "names of components are letters, digits, `.`, `_` and `-`";
                grammar.fault(message, "rename it, and what refers to it", name.span());
            }
        }
    }
}

fn server<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>) {
    let Some(url) = node.get("url") else { return };
    let variables = node.get("variables");
    let names = url
        .scalar_text()
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'));
    for (name, _) in names {
        if variables
            .and_then(|variables| variables.get(name))
            .is_none()
        {
            let message = "the URL of a server has a variable that is not declared";
            grammar.fault(
                message,
                "declare it under `variables`, with a `default`",
                url.span(),
            );
        }
    }
}

fn server_variable<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>) {
    let Some((key, values)) = node.entry("enum") else {
        return;
    };
    if values.kind() == Kind::Sequence && values.items().next().is_none() && grammar.edition >= V3_1
    {
        grammar.fault(
            "the `enum` of a server variable has a value or more",
            "list its values",
            key.span(),
        );
    }
    let Some(default) = node.get("default") else {
        return;
    };
    let mut listed = values.items().map(Node::scalar_text);
    if grammar.edition >= V3_1 && !listed.any(|value| value == default.scalar_text()) {
        grammar.fault(
            "the `default` of a server variable is one of its `enum`",
            "list it",
            default.span(),
        );
    }
}

/// <https://spec.openapis.org/oas/v3.2.0.html#path-templating>
fn paths<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>) {
    for (path, _) in node.entries() {
        let text = path.scalar_text();
        let mut depth = 0;
        let is_balanced = text.bytes().all(|byte| {
            depth += i32::from(byte == b'{') - i32::from(byte == b'}');
            (0..=1).contains(&depth)
        });
        if !is_balanced || depth != 0 {
            let message =
                "a brace of this path isn't closed, or closes nothing, and stands for itself";
            grammar.fault(
                message,
                "close the brace, or write `%7B` or `%7D` for one of the path's own",
                path.span(),
            );
        }
    }
}

/// <https://spec.openapis.org/oas/v3.2.0.html#path-item-additional-operations>
fn additional_operations<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>) {
    let methods = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
    ];
    for (method, _) in node
        .get("additionalOperations")
        .into_iter()
        .flat_map(Node::entries)
    {
        if methods
            .iter()
            .any(|known| known.eq_ignore_ascii_case(method.scalar_text()))
        {
            let message = "a method that has a field of its own is no additional operation";
            grammar.fault(
                message,
                "write it in lower case, beside `additionalOperations`",
                method.span(),
            );
        }
    }
}

/// <https://spec.openapis.org/oas/v3.1.1#media-type-object>: keys of `encoding` are properties of the schema.
fn encoding<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>) {
    let Some(encoding) = node.get("encoding") else {
        return;
    };
    let Some(schema) = node
        .get("schema")
        .and_then(|schema| grammar.lowering.dereference(schema))
    else {
        return;
    };
    let Some(properties) = schema.get("properties") else {
        return;
    };
    // Other keywords may bring properties along, and so may what stands beside a reference.
    let plain = [
        "type",
        "required",
        "properties",
        "title",
        "description",
        "example",
        "examples",
    ];
    let is_plain = |(key, _): (Node<'a>, Node<'a>)| plain.contains(&key.scalar_text());
    let beside = node
        .get("schema")
        .map_or(0, |schema| schema.entries().count());
    if !schema.entries().all(is_plain)
        || (node
            .get("schema")
            .is_some_and(|schema| schema.str("$ref").is_some())
            && beside > 1)
    {
        return;
    }
    for (name, _) in encoding.entries() {
        if properties.get(name.scalar_text()).is_none() {
            let message = "`encoding` names a property that the schema doesn't have";
            grammar.fault(
                message,
                "mend the name, or declare the property",
                name.span(),
            );
        }
    }
}

fn responses<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>, key: Option<Node<'a>>) {
    if grammar.edition >= V3_0 && node.entries().next().is_none() {
        let message = "a Responses Object has a response or more";
        grammar.fault(
            message,
            "say what a call that went well answers",
            place(node, key),
        );
    }
}

fn response<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>) {
    media_types(grammar, node);
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in node.get("headers").into_iter().flat_map(Node::entries) {
        let text = name.scalar_text();
        if names.iter().any(|other| other.eq_ignore_ascii_case(text)) {
            let message = "two headers of a response have one name: upper and lower case are alike";
            grammar.fault(message, "delete one of the two", name.span());
        }
        names.push(text);
    }
}

fn media_types<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>) {
    for (name, _) in node.get("content").into_iter().flat_map(Node::entries) {
        let essence = name
            .scalar_text()
            .split(';')
            .next()
            .unwrap_or_default()
            .trim();
        let is_one = essence
            .split_once('/')
            .is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
        if !is_one && !name.scalar_text().starts_with("x-") {
            let message = "the keys of `content` are media types";
            grammar.fault(
                message,
                "write the likes of `application/json`",
                name.span(),
            );
        }
    }
}

fn security_scheme<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>, key: Option<Node<'a>>) {
    let edition = grammar.edition;
    let (needed, what): (&[&str], _) = match node.str("type") {
        Some("apiKey") => (&["name", "in"], "apiKey"),
        Some("http") if edition >= V3_0 => (&["scheme"], "http"),
        Some("oauth2") if edition >= V3_0 => (&["flows"], "oauth2"),
        Some("oauth2") => (&["flow", "scopes"], "oauth2"),
        Some("openIdConnect") => (&["openIdConnectUrl"], "openIdConnect"),
        Some("mutualTLS") if edition < V3_1 => {
            let message = "there is `mutualTLS` from OpenAPI 3.1 on";
            return grammar.fault(message, "raise the contract's version", place(node, key));
        }
        Some(_) | None => return,
    };
    for name in needed.iter().filter(|name| {
        node.get(name)
            .is_none_or(|value| value.as_str() == Some(""))
    }) {
        let message = format!("a security scheme of type `{what}` needs `{name}`");
        grammar.fault(message, format!("add `{name}`"), place(node, key));
    }
}

/// <https://spec.openapis.org/oas/v3.2.0.html#oauth-flow-object>
fn flows<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>) {
    for (flow, fields) in node.entries().filter(|(_, fields)| fields.is_mapping()) {
        let needed: &[&str] = match flow.scalar_text() {
            "implicit" => &["authorizationUrl"],
            "password" | "clientCredentials" => &["tokenUrl"],
            "authorizationCode" => &["authorizationUrl", "tokenUrl"],
            "deviceAuthorization" => &["deviceAuthorizationUrl", "tokenUrl"],
            _ => continue,
        };
        for name in needed.iter().filter(|name| fields.get(name).is_none()) {
            let message = format!("the flow `{}` needs `{name}`", flow.scalar_text());
            grammar.fault(message, format!("add `{name}`"), flow.span());
        }
    }
}

fn schema<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>) {
    if let Some((key, required)) = node.entry("required") {
        if required.as_bool().is_some() {
            let message = "`required` of a schema is the list of its properties that must be there";
            grammar.fault(
                message,
                "name the property in `required` of the schema around it",
                key.span(),
            );
        } else {
            grammar.value(super::grammar_objects::Holds::Texts, key, required);
        }
    }
    if let Some((key, values)) = node.entry("enum")
        && values.kind() != Kind::Sequence
    {
        grammar.fault("`enum` is a list", "list the values", key.span());
    }
    if let Some((key, discriminator)) = node.entry("discriminator") {
        let holds = match grammar.edition {
            V2_0 => super::grammar_objects::Holds::Text,
            V3_0 | V3_1 | V3_2 => super::grammar_objects::Holds::One(Object::Discriminator),
        };
        grammar.value(holds, key, discriminator);
    }
    for name in ["allOf", "oneOf", "anyOf"] {
        if let Some((key, branches)) = node.entry(name)
            && branches.kind() == Kind::Sequence
            && branches.items().next().is_none()
        {
            grammar.fault(
                format!("`{name}` has a schema or more"),
                "delete it, or list its schemas",
                key.span(),
            );
        }
    }
    types(grammar, node);
}

fn types<'a>(grammar: &mut Grammar<'_, 'a>, node: Node<'a>) {
    let Some((key, declared)) = node.entry("type") else {
        return;
    };
    let known = [
        "string", "number", "integer", "boolean", "array", "object", "null",
    ];
    let is_list = declared.kind() == Kind::Sequence;
    if is_list && grammar.edition < V3_1 {
        let message = "a schema has several types from OpenAPI 3.1 on";
        grammar.fault(message, "use `nullable: true`, or `anyOf`", key.span());
    }
    let single = (!is_list).then_some(declared);
    for ty in declared.items().chain(single) {
        let text = ty.as_str().unwrap_or_default();
        let is_known = known.contains(&text) && (text != "null" || grammar.edition >= V3_1)
            || (text == "file" && grammar.edition == V2_0);
        if !is_known {
            let shown: String = text.chars().take(40).collect();
            let help = "use one of: string, number, integer, boolean, array, object";
            grammar.fault(format!("there is no type `{shown}`"), help, ty.span());
        }
    }
}
