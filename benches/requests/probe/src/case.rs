//! The requests that are sent.

use axum::body::{Body, Bytes};
use axum::extract::Request;

/// A request, and the status that answers it.
pub struct Case {
    method: &'static str,
    uri: &'static str,
    body: Bytes,
    pub status: u16,
}

impl Case {
    /// `get`, `post` or `list`.
    pub fn named(name: &str) -> Self {
        let (method, uri, body, status) = match name {
            "get" => (
                "GET",
                "/api/v1/products/42/price?quantity=3&currency=EUR&coupon=SPRING-2025&express=true",
                Bytes::new(),
                200,
            ),
            "post" => ("POST", "/api/v1/orders", order().into(), 201),
            "list" => ("GET", "/api/v1/products?limit=50", Bytes::new(), 200),
            _ => panic!("no case is called {name}"),
        };
        Self {
            method,
            uri,
            body,
            status,
        }
    }

    /// As the services get it in process.
    pub fn request(&self) -> Request {
        let builder = Request::builder()
            .method(self.method)
            .uri(self.uri)
            .header("host", "localhost")
            .header("accept", "*/*");
        let request = if self.body.is_empty() {
            builder.body(Body::empty())
        } else {
            let builder = builder.header("content-type", "application/json");
            builder.body(Body::from(self.body.clone()))
        };
        request.expect("a request")
    }

    /// As it goes over the wire.
    pub fn bytes(&self) -> Vec<u8> {
        let Self {
            method, uri, body, ..
        } = self;
        let mut head = format!("{method} {uri} HTTP/1.1\r\nhost: localhost\r\naccept: */*\r\n");
        if !body.is_empty() {
            let length = body.len();
            head += &format!("content-type: application/json\r\ncontent-length: {length}\r\n");
        }
        head += "\r\n";
        [head.as_bytes(), body].concat()
    }
}

/// An order of about 1 KB.
fn order() -> String {
    let lines: Vec<String> = (1..=8)
        .map(|line| {
            format!(
                r#"{{"sku":"SKU-{line:06}","quantity":{line},"priceCents":{},"discount":0.25,"comment":"left shelf"}}"#,
                line * 1_250
            )
        })
        .collect();
    let lines = lines.join(",");
    let customer = r#"{"name":"Ada Lovelace","street":"12 St James's Square","city":"London","postalCode":"SW1Y 4JH","country":"GB","age":36}"#;
    let note = r#""note":"Please ring twice; the first is never heard.","labels":["gift","fragile"],"giftWrap":true"#;
    format!(r#"{{"customer":{customer},"lines":[{lines}],"currency":"GBP",{note}}}"#)
}
