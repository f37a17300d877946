//! Names that clash with each other, with Rust's and with ours.

use axum::body::Body;
use axum::http::Request;

use super::schemas::check;
use super::send;

#[tokio::test]
async fn types_may_have_any_name() {
    let types = [
        "Option",
        "String",
        "Vec",
        "Result",
        "Error",
        "Context",
        "Self",
        "Box",
        "Default",
        "Clone",
        "Ok",
        "Err",
        "Some",
        "None",
        "Value",
        "File",
        "Stream",
        "GetRequest",
        "Sync",
        "Send",
        "Sized",
        "From",
        "Into",
        "Debug",
        "PartialEq",
        "BTreeMap",
        "Body",
        "Bytes",
        "Secret",
        "StatusCode",
        "Sse",
        "Response",
        "Request",
        "Uuid",
        "Drop",
        "Iterator",
        "Copy",
        "Fn",
        "ToString",
        "Serialize",
        "Crate",
        "Super",
        "Type",
        "Str",
        "U8",
        "I64",
        "Bool",
        "App",
        "State",
    ];
    for name in types {
        let url = format!("types/{name}");
        let value = r#"{"id":1,"name":"a","list":["b"],"map":{"c":"d"},"self":{"id":2}}"#;
        let refused = "body /self/id invalid_type, body /id invalid_type";
        check(
            "names",
            &[(&url, value, ""), (&url, r#"{"self":{}}"#, refused)],
        )
        .await;
        check(
            "names",
            &[("all", &format!(r#"{{"{name}":{{"id":1}}}}"#), "")],
        )
        .await;
    }
    check(
        "names",
        &[
            ("all", r#"{"lower":{"upper":{"lower":{"id":1}}}}"#, ""),
            ("unions", r#""a""#, ""),
            ("unions", r#"["a"]"#, ""),
            ("unions", "true", "body  invalid_union, body  invalid_type"),
        ],
    )
    .await;
}

#[tokio::test]
async fn fields_may_have_any_name() {
    for name in [
        "a\"b\\c",
        "new\nline",
        "*/",
        "#{x}",
        "{{y}}",
        "{0}",
        "\u{2028}",
        "\u{202e}",
        "\u{1}",
        "///",
        "```",
        "",
        " ",
        "/",
        "~",
        "~1",
        "$ref",
        "名前",
        "größe",
        "self",
        "Self",
        "super",
        "crate",
        "type",
        "async",
        "gen",
        "fn",
        "_",
        "__",
        "1",
        "2fa",
        "+1",
        "-1",
        "fooBar",
        "foo_bar",
        "FooBar",
        "foo-bar",
        "r#type",
        "Some",
        "d",
        "w",
        "value",
        "f0",
        "kept",
        "writer",
        "new",
        "fmt",
        "clone",
        "body",
        "status",
        "additional",
        "any other",
    ] {
        let json = serde_json::json!({ name: 1 }).to_string();
        check("names", &[("fields", &json, "")]).await;
        let pointer = name.replace('~', "~0").replace('/', "~1");
        let json = serde_json::json!({ name: "x" }).to_string();
        check(
            "names",
            &[("fields", &json, &format!("body /{pointer} invalid_type"))],
        )
        .await;
    }
}

async fn get(url: &str) -> (u16, String) {
    let request = Request::get(format!("/api/names{url}"))
        .header("x-type", "h")
        .header("cookie", "Type=c");
    let answer = send(request.body(Body::empty()).unwrap()).await;
    (answer.status.as_u16(), answer.text())
}

/// Clients put the path `/` behind the base, people leave it out.
#[tokio::test]
async fn the_root_of_an_api_has_two_spellings() {
    assert_eq!(get("").await.0, 501);
    assert_eq!(get("/").await.0, 501);
    assert_eq!(get("//").await.0, 308);
}

#[tokio::test]
async fn parameters_may_have_any_name() {
    let url = "/parameters/t/s?c=1&p=2&call=3&fooBar=4&foo_bar=5&foo%5B%5D=6&foo[]=7&%E5%90%8D%E5%89%8D=8&a%20b%26c%3Dd=9&%22quoted%22%0A=10&$filter=11";
    let (_, found) = get(url).await;
    for value in [
        "\"1\"",
        "\"2\"",
        "\"3\"",
        "\"4\"",
        "\"5\"",
        "[\"6\", \"7\"]",
        "\"8\"",
        "\"9\"",
        "\"10\"",
        "\"11\"",
        "\"h\"",
        "\"c\"",
    ] {
        assert!(found.contains(value), "{value} in {found}");
    }
}

#[tokio::test]
async fn urls_may_have_any_name() {
    for url in [
        "/mod",
        "/schemas",
        "/codecs",
        "/routes",
        "/contract",
        "/route",
        "/super",
        "/crate/self",
        "/type",
        "/support",
        "/std",
        "/core",
        "/axum",
        "/main",
        "/test",
        "/a-b",
        "/a_b",
        "/a/b",
        "/gr%C3%B6%C3%9Fe/%E5%90%8D%E5%89%8D",
        "/with%20space",
        "/(group)/@slot/_private",
        "/[id]",
        "/...",
        "/%2F/x",
        "",
        "/slash",
        "/slash/",
        "/CON/aux.txt",
        "/CASE",
        "/case",
    ] {
        assert_eq!(get(url).await.0, 501, "{url}");
    }
}
