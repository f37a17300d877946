//! The base path: the path of the first server's URL, in Swagger 2.0 `basePath`.

use super::pointer::percent_decode;
use super::tree::Node;
use crate::frontend::server_url::base_path;

/// The path of the first server, its variables at their defaults, or the `basePath` of Swagger 2.0; `None` if empty or `/`.
pub(super) fn path(root: Node<'_>) -> Option<String> {
    if let Some(base) = root.str("basePath") {
        return decoded(&base_path(base, |_| None)?);
    }
    let server = root.get("servers")?.items().next()?;
    let variables = server.get("variables");
    let value = |name: &str| {
        let variable = variables?.get(name)?;
        let first = || {
            variable
                .get("enum")
                .and_then(|values| values.items().next())
        };
        let value = variable.get("default").or_else(first);
        Some(value.map_or("", Node::scalar_text))
    };
    decoded(&base_path(server.str("url")?, value)?)
}

fn decoded(path: &str) -> Option<String> {
    Some(percent_decode(path).into_owned())
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
