//! Responses of every kind.

use axum::body::Body;
use axum::http::Request;

use super::{Answer, send};

async fn get(url: &str) -> Answer {
    let request = Request::get(format!("/api/responses{url}"));
    send(request.body(Body::empty()).unwrap()).await
}

/// Status, content type and body.
async fn read(url: &str) -> (u16, String, String) {
    let answer = get(url).await;
    let media = answer.headers.get("content-type");
    let media = media.map_or("", |media| media.to_str().unwrap_or("?"));
    (answer.status.as_u16(), media.to_owned(), answer.text())
}

#[tokio::test]
async fn each_status_is_answered() {
    let note = "{\"text\":\"a \\\"b\\\"\\n\u{2028}</script>\\u0001\"}";
    let problem = "{\"title\":\"No\"}";
    let cases = [
        ("", 200, "application/json", note),
        ("201", 201, "application/json", note),
        ("204", 204, "", ""),
        ("304", 304, "", ""),
        ("418", 418, "", ""),
        ("599", 599, "text/plain; charset=utf-8", "five"),
        ("2XX", 202, "application/json", "true"),
        ("3XX", 302, "", ""),
        ("4XX", 409, "application/problem+json", problem),
        ("5XX", 503, "text/html; charset=utf-8", "<b>"),
        ("wrong", 500, "text/html; charset=utf-8", "<b>"),
        ("default", 451, "application/json", problem),
    ];
    for (query, status, media, body) in cases {
        let expected = (status, media.to_owned(), body.to_owned());
        assert_eq!(
            read(&format!("/statuses?{query}")).await,
            expected,
            "{query}"
        );
    }
    let created = get("/statuses?201").await;
    assert_eq!(created.headers["location"], "https://example.com/1");
}

#[tokio::test]
async fn each_content_type_is_answered() {
    let cases = [
        ("json", 200, "application/json", "{\"text\":\"a\"}"),
        (
            "api",
            200,
            "application/vnd.api+json",
            "[{\"text\":\"a\"},{\"text\":\"a\"}]",
        ),
        ("text", 200, "text/plain; charset=utf-8", "ä"),
        ("csv", 200, "text/csv; charset=utf-8", "a,b"),
        ("xml", 200, "application/xml", "<a/>"),
        ("bytes", 200, "application/octet-stream", "\0\u{fffd}"),
        ("png", 200, "image/png", "\u{1}"),
        ("image", 200, "image/gif", "\u{2}"),
    ];
    for (query, status, media, body) in cases {
        let expected = (status, media.to_owned(), body.to_owned());
        assert_eq!(
            read(&format!("/contents?{query}")).await,
            expected,
            "{query}"
        );
    }
    // A content type that can't be a header is the handler's fault, not the request's.
    assert_eq!(read("/contents?any").await.0, 500);
}

#[tokio::test]
async fn headers_of_each_type_are_written() {
    let headers = get("/headers").await.headers;
    let cases = [
        ("x-text", "a"),
        ("x-integer", "-7"),
        ("x-number", "1.5"),
        ("x-flag", "true"),
        ("x-genre", "poem"),
        ("x-moment", "2024-02-29T12:00:00.5+02:00"),
        ("x-day", "2024-02-29"),
        ("x-id", "00000000-0000-0000-0000-000000000000"),
        ("x-bytes", "aGk="),
        ("x-secret", "hush"),
        ("x-address", "127.0.0.1"),
        ("x-list", "1,2"),
        ("x-texts", "a,b c"),
        ("x-moments", "2024-02-29T12:00:00.5+02:00,"),
        ("x-pair", "7,b"),
        ("x-point", "x,1,genre,poem"),
        ("x-point-exploded", "x=1,genre=poem"),
        ("x-map", "a=true,b=false"),
        ("x-ids", "00000000-0000-0000-0000-000000000000"),
        ("x-nested", "[[1]]"),
        ("x-level", "2"),
        ("status", "7"),
        ("x-optional-integer", "7"),
        ("x-optional-flag", "false"),
        ("x-optional-moment", "2024-02-29T12:00:00.5+02:00"),
        ("x-optional-bytes", "aGk"),
        ("x-optional-secret", "hush"),
        ("x-optional-genre", "novel"),
    ];
    for (name, value) in cases {
        assert_eq!(headers[name], value, "{name}");
    }
    let cookies: Vec<_> = headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1, b", "c=2"]);
    assert_eq!(headers["x-body"].as_bytes(), "ä".as_bytes());
    assert!(!headers.contains_key("body"));
    assert!(!headers.contains_key("x-optional-text"));
}

#[tokio::test]
async fn a_header_that_cant_be_sent_splits_nothing() {
    let answer = get("/headers?aLFx-injected:b").await;
    assert!(!answer.headers.contains_key("x-injected"));
}

#[tokio::test]
async fn inline_types_are_written() {
    let cases = [
        ("", "{\"items\":[{\"kind\":\"a\"}]}"),
        ("404", "\"\u{7f}\\t\\\"\""),
        ("409", "[0.1,1e+21,-0.0,5e-324,null,null]"),
        ("410", "null"),
        ("422", "null"),
        ("500", "{\"a\\\"\":true}"),
    ];
    for (query, body) in cases {
        assert_eq!(read(&format!("/inline?{query}")).await.2, body, "{query}");
    }
}

#[tokio::test]
async fn own_head_and_options_win() {
    let request = |method: &str| {
        let request = Request::builder().method(method);
        let request = request.uri("/api/responses/nothing");
        request.body(Body::empty()).unwrap()
    };
    assert_eq!(send(request("HEAD")).await.status, 501);
    assert_eq!(send(request("OPTIONS")).await.status, 501);
    let refused = send(request("DELETE")).await;
    assert_eq!(refused.status, 405);
    assert_eq!(refused.headers["allow"], "GET, HEAD, OPTIONS, TRACE");
}
