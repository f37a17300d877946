//! Requests made of the examples in a contract.

use serde_json::Value;

/// A request, ready to be sent.
#[derive(Debug)]
pub struct Request {
    pub method: String,
    /// Path and query.
    pub target: String,
    pub headers: Vec<(String, String)>,
    /// Content type and text.
    pub body: Option<(String, String)>,
}

impl Request {
    /// A plain `GET`.
    pub fn get(target: String) -> Self {
        Self {
            method: "GET".to_owned(),
            target,
            headers: Vec::new(),
            body: None,
        }
    }
}

const METHODS: [&str; 7] = ["post", "put", "patch", "get", "delete", "options", "head"];

/// Requests for which the contract itself has every value that must be there, those with a body first, at most `count`.
pub fn examples(document: &Value, base: &str, count: usize) -> Vec<Request> {
    let contract = Contract { document };
    let mut found = Vec::new();
    for method in METHODS {
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            let made = item
                .get(method)
                .and_then(|operation| contract.request(base, path, method, item, operation));
            found.extend(made.filter(|request| found_more(&found, request)));
            if found.len() == count {
                return found;
            }
        }
    }
    found
}

/// One of each method is enough while there are others.
fn found_more(found: &[Request], request: &Request) -> bool {
    request.method == "GET" || found.iter().all(|other| other.method != request.method)
}

struct Contract<'a> {
    document: &'a Value,
}

impl<'a> Contract<'a> {
    fn request(
        &self,
        base: &str,
        path: &str,
        method: &str,
        item: &'a Value,
        operation: &'a Value,
    ) -> Option<Request> {
        let mut target = format!("{base}{path}");
        let mut query: Vec<String> = Vec::new();
        let mut headers = Vec::new();
        let lists = [&item["parameters"], &operation["parameters"]];
        for parameter in lists.into_iter().filter_map(Value::as_array).flatten() {
            let parameter = self.resolve(parameter)?;
            let name = parameter["name"].as_str()?;
            if parameter["required"] != true {
                continue;
            }
            let value = self.example_of(parameter).and_then(plain)?;
            match parameter["in"].as_str()? {
                "path" => target = target.replace(&format!("{{{name}}}"), &encoded(&value)),
                "query" => query.push(format!("{}={}", encoded(name), encoded(&value))),
                "header" => headers.push((name.to_owned(), value)),
                _ => return None,
            }
        }
        if target.contains(['{', '?', '#']) {
            return None;
        }
        if !query.is_empty() {
            target = format!("{target}?{}", query.join("&"));
        }
        let body = match operation.get("requestBody") {
            None => None,
            Some(body) => Some(self.body(self.resolve(body)?)?),
        };
        Some(Request {
            method: method.to_uppercase(),
            target,
            headers,
            body,
        })
    }

    fn body(&self, body: &'a Value) -> Option<(String, String)> {
        let (media, content) = body["content"]
            .as_object()?
            .iter()
            .find(|(media, _)| media.starts_with("application/json"))?;
        let example = self.example_of(content)?;
        Some((media.clone(), example.to_string()))
    }

    /// The example of a parameter, header or content: its own, one of several, or that of its schema.
    fn example_of(&self, holder: &'a Value) -> Option<&'a Value> {
        if let Some(example) = holder.get("example") {
            return Some(example);
        }
        let several = holder.get("examples").and_then(Value::as_object);
        for example in several.into_iter().flat_map(|map| map.values()) {
            if let Some(value) = self
                .resolve(example)
                .and_then(|example| example.get("value"))
            {
                return Some(value);
            }
        }
        // In Swagger 2.0 a parameter is its own schema.
        let schema = self.resolve(holder.get("schema").unwrap_or(holder))?;
        let first = |key: &str| schema.get(key).and_then(|list| list.get(0));
        schema
            .get("example")
            .or_else(|| first("examples"))
            .or_else(|| schema.get("const"))
            .or_else(|| schema.get("default"))
            .or_else(|| first("enum"))
    }

    fn resolve(&self, node: &'a Value) -> Option<&'a Value> {
        let mut node = node;
        for _ in 0..20 {
            let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
                return Some(node);
            };
            node = self.document.pointer(reference.strip_prefix('#')?)?;
        }
        None
    }
}

/// A scalar as text; lists and objects would need their style.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
