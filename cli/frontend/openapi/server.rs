//! The base path: the path of the first server's URL, in Swagger 2.0 `basePath`.

use super::pointer::percent_decode;
use super::tree::Node;

/// The path of the first server, its variables at their defaults, or the `basePath` of Swagger 2.0; `None` if empty or `/`.
pub(super) fn path(root: Node<'_>) -> Option<String> {
    let url = match root.str("basePath") {
        Some(base) => base.to_owned(),
        None => {
            let server = root.get("servers")?.items().next()?;
            fill(server.str("url")?, server.get("variables"))
        }
    };
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => url
            .strip_prefix("//")
            .map_or(url, |rest| rest.find('/').map_or("", |at| &rest[at..])),
    };
    let segments: Vec<_> = path
        .split('/')
        .filter(|segment| !matches!(*segment, "" | "." | ".."))
        .collect();
    let joined: String = segments
        .iter()
        .map(|segment| format!("/{}", percent_decode(segment)))
        .collect();
    (!joined.is_empty()).then_some(joined)
}

fn fill(url: &str, variables: Option<Node<'_>>) -> String {
    let mut filled = url.to_owned();
    for (name, variable) in variables.into_iter().flat_map(Node::entries) {
        let first = || {
            variable
                .get("enum")
                .and_then(|values| values.items().next())
        };
        let value = variable
            .get("default")
            .or_else(first)
            .map_or("", Node::scalar_text);
        filled = filled.replace(&format!("{{{}}}", name.scalar_text()), value);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontend::openapi::json;

    #[test]
    fn base_paths_are_those_of_the_first_server() {
        for (server, expected) in [
            (r#"{"url": "https://a.b/v1/"}"#, Some("/v1")),
            (r#"{"url": "https://a.b"}"#, None),
            (r#"{"url": "/"}"#, None),
            (r#"{"url": "api/v2?x=1"}"#, Some("/api/v2")),
            (r#"{"url": "//host/x"}"#, Some("/x")),
            (
                r#"{"url": "https://{h}/{base}", "variables": {"h": {"default": "a"}, "base": {"default": "v3"}}}"#,
                Some("/v3"),
            ),
            (
                r#"{"url": "{scheme}://h:1/{b}/x", "variables": {"b": {"default": ""}, "scheme": {"default": "http"}}}"#,
                Some("/x"),
            ),
        ] {
            let text = format!(r#"{{"servers": [{server}]}}"#);
            let tree = json::read(&text, 0).unwrap();
            assert_eq!(path(tree.root(&text)).as_deref(), expected, "{server}");
        }
    }
}
