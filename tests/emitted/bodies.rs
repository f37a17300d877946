//! Request bodies of every kind.

use axum::body::Body;
use axum::http::Request;

use super::send;

/// What is read of a body, or the issues found.
async fn read(method: &str, url: &str, media: &str, body: impl Into<Body>) -> String {
    let mut request = Request::builder().method(method);
    if !media.is_empty() {
        request = request.header("content-type", media);
    }
    let request = request.uri(format!("/api/bodies{url}"));
    let answer = send(request.body(body.into()).unwrap()).await;
    match answer.status.as_u16() {
        200 => answer.text(),
        400 if !answer.issues().is_empty() => answer.issues().join(", "),
        status => status.to_string(),
    }
}

#[tokio::test]
async fn bodies_are_read_by_their_content_type() {
    let (json, form) = ("application/json", "application/x-www-form-urlencoded");
    let note = "{\"text\":\"ab\",\"count\":1}";
    let cases = [
        (
            "POST",
            "/json",
            json,
            note,
            "body: Note { text: \"ab\", count: Some(1) }",
        ),
        (
            "POST",
            "/json",
            "application/problem+json; charset=utf-8",
            note,
            "text: \"ab\"",
        ),
        ("POST", "/json", "text/plain", note, "415"),
        ("POST", "/json", "", note, "415"),
        ("POST", "/json", "", "", "body "),
        ("POST", "/json", json, "", "body  invalid_type"),
        ("POST", "/json", json, "{\"text\":", "400"),
        ("POST", "/json", json, "{\"text\":\"ab\"} x", "400"),
        (
            "POST",
            "/json",
            json,
            "{\"text\":\"a\",\"count\":\"x\"}",
            "body /text too_small, body /count invalid_type",
        ),
        ("POST", "/json", json, "{}", "body /text invalid_type"),
        ("POST", "/json", json, "[]", "body  invalid_type"),
        (
            "POST",
            "/json",
            json,
            "{\"text\":\"ab\",\"text\":\"cd\"}",
            "text: \"cd\"",
        ),
        ("PUT", "/json", json, note, "body: Some(Note"),
        ("PUT", "/json", "", "", "body: None"),
        (
            "PATCH",
            "/json",
            "application/merge-patch+json",
            note,
            "text: \"ab\"",
        ),
        ("DELETE", "/json", json, "[1e400, {}]", "body: "),
        ("POST", "/text", "text/plain", "äbc", "body: \"äbc\""),
        ("POST", "/text", "text/plain", "a", "body  too_small"),
        ("POST", "/text", "text/plain", "abcdef", "body  too_big"),
        (
            "POST",
            "/form",
            form,
            "text=ab&list=1&list=2&joined=3,4&point[x]=5&flag=true",
            "text: \"ab\", count: 3, list: Some([1, 2]), joined: Some([3, 4]), point: Some(Point { x: 5, y: None }), flag: Some(Some(true))",
        ),
        (
            "POST",
            "/form",
            form,
            "text=a+b%20c&point=%7B%22x%22:1%7D&joined=1%2C2",
            "text: \"a b c\"",
        ),
        (
            "POST",
            "/form",
            form,
            "text=a&list=x&point[y]=1",
            "body /list/0 invalid_type, body /point/x invalid_type, body /text too_small",
        ),
        ("POST", "/form", form, "count=1", "body /text invalid_type"),
        (
            "POST",
            "/bytes",
            "application/octet-stream",
            "abc",
            "body: ",
        ),
        ("PUT", "/bytes", "image/png", "abc", "body: Some("),
        ("PUT", "/bytes", "text/plain", "abc", "415"),
        ("PUT", "/bytes", "", "", "body: None"),
        ("POST", "/several", json, note, "body: Json(Note"),
        (
            "POST",
            "/several",
            "application/vnd.shop.note+json",
            note,
            "body: ShopNoteJson(Note",
        ),
        (
            "POST",
            "/several",
            form,
            "text=ab",
            "body: Form(Note { text: \"ab\", count: None })",
        ),
        (
            "POST",
            "/several",
            "text/plain; charset=utf-8",
            "x",
            "body: Text(\"x\")",
        ),
        ("POST", "/several", "text/csv", "x", "body: Csv(\"x\")"),
        ("POST", "/several", "application/xml", "x", "body: Xml("),
        ("POST", "/several", "image/gif", "x", "body: Image("),
        ("POST", "/several", "audio/ogg", "x", "415"),
        ("PUT", "/several", "text/plain", "b", "body  invalid_format"),
        ("PUT", "/several", "audio/ogg", "x", "body: Some(Any("),
        ("PUT", "/several", "", "", "body: None"),
        (
            "POST",
            "/multipart-free",
            "multipart/mixed; boundary=x",
            "--x--",
            "body: ",
        ),
    ];
    let mut failures = String::new();
    for (method, url, media, body, expected) in cases {
        let found = read(method, url, media, body).await;
        if !found.contains(expected) {
            failures += &format!(
                "\n{method} {url} {media} {body}\nfound    {found}\nexpected {expected}\n"
            );
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[tokio::test]
async fn a_large_body_is_refused() {
    let large = format!("{{\"text\":\"{}\"}}", "x".repeat(3 << 20));
    let found = read("POST", "/json", "application/json", large).await;
    assert_eq!(found, "413");
}

/// A multipart body: each part's disposition and further headers, and what it holds.
fn multipart(parts: &[(&str, &str)]) -> String {
    let mut body = String::new();
    for (head, content) in parts {
        body.push_str(&format!(
            "--x\r\ncontent-disposition: form-data; {head}\r\n\r\n{content}\r\n"
        ));
    }
    body + "--x--\r\n"
}

#[tokio::test]
async fn parts_in_xml_are_read() {
    let note = "name=\"note\"\r\ncontent-type: application/xml";
    let point = "name=\"point\"\r\ncontent-type: text/xml";
    let number = "name=\"numbers\"\r\ncontent-type: application/xml";
    type Parts<'a> = &'a [(&'a str, &'a str)];
    let cases: [(Parts, &str); 7] = [
        (
            &[
                (
                    note,
                    "<?xml version=\"1.0\"?><Note><text>a&lt;b</text><count>2</count></Note>",
                ),
                (point, "<Point><x>1</x></Point>"),
            ],
            "note: Note { text: \"a<b\", count: Some(2) }, point: Some(Point { x: 1, y: None })",
        ),
        (&[], "body /note invalid_type"),
        (
            &[(note, "<Note><text>a</text><count>x</count></Note>")],
            "body /note/text too_small, body /note/count invalid_type",
        ),
        (&[(note, "{\"text\":\"ab\"}")], "body /note invalid_format"),
        (&[(note, "<Other/>")], "body /note invalid_value"),
        (
            &[
                (note, "<Note><text>ab</text></Note>"),
                (note, "<Note><text>ab</text></Note>"),
            ],
            "body /note",
        ),
        (
            &[
                (note, "<Note><text>ab</text></Note>"),
                (number, "<n>1</n>"),
                (number, "<n>2</n>"),
            ],
            "numbers: [File",
        ),
    ];
    for (parts, expected) in cases {
        let media = "multipart/form-data; boundary=x";
        let found = read("POST", "/multipart-xml", media, multipart(parts)).await;
        assert!(
            found.contains(expected),
            "{parts:?}\nfound    {found}\nexpected {expected}"
        );
    }
}

#[tokio::test]
async fn forms_with_files_are_read() {
    let file = "name=\"file\"; filename=\"a.bin\"\r\ncontent-type: application/octet-stream";
    let other = "name=\"others\"; filename=\"b\"";
    let picture = "name=\"picture\"; filename=\"p\"\r\ncontent-type: ";
    type Parts<'a> = &'a [(&'a str, &'a str)];
    let cases: [(Parts, &[&str]); 10] = [
        (
            &[(file, "abc"), ("name=\"title\"", "äb")],
            &["title: \"äb\"", "count: 3", "others: []", "picture: None"],
        ),
        (
            &[
                (file, "abc"),
                ("name=\"title\"", "ab"),
                ("name=\"count\"", "5"),
                ("name=\"type\"", "b"),
            ],
            &["count: 5", "type: Some(B)"],
        ),
        (
            &[
                (file, ""),
                (other, "1"),
                (other, "2"),
                ("name=\"title\"", "ab"),
                ("name=\"tags\"", "a"),
                ("name=\"tags\"", "b"),
            ],
            &["tags: Some([\"a\", \"b\"])"],
        ),
        (
            &[
                (file, ""),
                ("name=\"title\"", "ab"),
                (
                    "name=\"point\"\r\ncontent-type: application/json",
                    "{\"x\":1}",
                ),
                ("name=\"points\"", "{\"x\":2}"),
            ],
            &[
                "point: Some(Point { x: 1, y: None })",
                "points: Some([Point { x: 2, y: None }])",
            ],
        ),
        (
            &[
                (file, ""),
                ("name=\"title\"", "a"),
                ("name=\"tags\"", "a"),
                ("name=\"tags\"", "a"),
                ("name=\"tags\"", "a"),
                ("name=\"point\"", "{}"),
            ],
            &["body /title too_small, body /tags too_big, body /point/x invalid_type"],
        ),
        (&[("name=\"title\"", "ab")], &["body /file invalid_type"]),
        (
            &[(file, "a"), (file, "b"), ("name=\"title\"", "ab")],
            &["body /file invalid_type"],
        ),
        (
            &[
                (file, ""),
                ("name=\"title\"", "ab"),
                (&format!("{picture}image/gif"), "1"),
            ],
            &["picture: Some("],
        ),
        (
            &[
                (file, ""),
                ("name=\"title\"", "ab"),
                (&format!("{picture}text/plain"), "1"),
            ],
            &["body /picture invalid_value"],
        ),
        (
            &[(file, ""), ("name=\"title\"", "ab"), ("name=\"type\"", "c")],
            &["body /type invalid_value"],
        ),
    ];
    for (parts, expected) in cases {
        let media = "multipart/form-data; boundary=x";
        let found = read("POST", "/multipart", media, multipart(parts)).await;
        for expected in expected {
            assert!(
                found.contains(expected),
                "{parts:?}\nfound    {found}\nexpected {expected}"
            );
        }
    }
    let media = "multipart/form-data; boundary=x";
    assert_eq!(read("POST", "/multipart", media, "--x\r\n").await, "400");
    assert_eq!(
        read("POST", "/multipart", "multipart/form-data", "--x--").await,
        "400"
    );
    assert!(
        read("POST", "/several", media, multipart(&[]))
            .await
            .contains("text: None")
    );
}

#[tokio::test]
async fn paths_that_differ_behind_a_fragment_are_one_operation() {
    let (json, form) = ("application/json", "application/x-www-form-urlencoded");
    let cases = [
        (
            "PUT",
            "/variants/1?limit=2",
            json,
            "{\"name\":\"a\"}",
            "name: \"a\"",
        ),
        (
            "PUT",
            "/variants/1",
            json,
            "{\"link\":\"a\"}",
            "link: \"a\"",
        ),
        (
            "PUT",
            "/variants/1?limit=all",
            json,
            "{\"text\":\"ab\"}",
            "text: \"ab\"",
        ),
        (
            "PUT",
            "/variants/1?fields=a,b",
            "",
            "",
            "fields: Some([\"a\", \"b\"])",
        ),
        ("PUT", "/variants/1", "", "", "body: None"),
        ("PUT", "/variants/1", form, "text=ab", "text: \"ab\""),
        ("PUT", "/variants/1", form, "x=3", "x: 3"),
        ("PUT", "/variants/1", "text/plain", "abc", "abc"),
        ("PUT", "/variants/1", "text/plain", "abcd", "body  too_big"),
        ("PUT", "/variants/1", json, "{}", "body  invalid_union"),
        ("PUT", "/variants/a", "", "", "path /id invalid_type"),
        ("PUT", "/variants/1?limit=some", "", "", "query /limit"),
        ("POST", "/variants/1", "", "", "id: 1"),
    ];
    let mut failures = String::new();
    for (method, url, media, body, expected) in cases {
        let found = read(method, url, media, body).await;
        if !found.contains(expected) {
            failures +=
                &format!("\n{method} {url} {body}\nfound    {found}\nexpected {expected}\n");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[tokio::test]
async fn what_is_right_for_either_of_two_is_taken_whole() {
    let cases = [
        ("enum", r#"{"y":1}"#, "y: Some(1)"),
        ("enum", r#"{"k":"bb","y":1}"#, "y: Some(1)"),
        ("enum", r#"{"k":"c"}"#, "body /k"),
        ("access", r#"{"x":1}"#, "x: Some(1)"),
        ("access", r#"{"id":2,"y":1}"#, "id: Some(2)"),
        ("kept", r#"{"a":1,"extra":true}"#, "a: Some"),
        ("kept", r#"{"b":1,"extra":"s"}"#, "extra"),
        ("strict", r#"{"a":1}"#, "a: Some"),
        ("strict", r#"{"a":true}"#, "a: Some"),
        ("strict", r#"{"b":1,"c":false}"#, "b: Some(1)"),
        ("strict", r#"{"b":1,"c":"d"}"#, "body /c invalid_type"),
        ("lists", r#"[[{"b":1},null]]"#, "b: Some(1)"),
    ];
    for (url, body, expected) in cases {
        let url = format!("/either/{url}");
        let found = read("POST", &url, "application/json", body).await;
        assert!(found.contains(expected), "{url} {body}: {found}");
    }
}
