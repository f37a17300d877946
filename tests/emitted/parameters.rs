//! Parameters of every place and style.

use axum::body::Body;
use axum::http::Request;

use super::send;

const POINT: &str = "Point { x: 1, y: Some(2) }";

/// What a GET below `/api/parameters` reads, or the issues it finds.
async fn read(url: &str, headers: &[(&str, &str)]) -> String {
    let mut request = Request::get(format!("/api/parameters{url}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = send(request.body(Body::empty()).unwrap()).await;
    match answer.status.as_u16() {
        200 => answer.text(),
        _ => answer.issues().join(", "),
    }
}

async fn check(cases: &[(&str, &str)]) {
    let mut failures = String::new();
    for (url, expected) in cases {
        let found = read(url, &[]).await;
        if !found.contains(expected) {
            failures += &format!("\n{url}\nfound    {found}\nexpected {expected}\n");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[tokio::test]
async fn paths_are_read_in_every_style() {
    check(&[
        (
            "/simple/7/1,2,3/x,1,y,2/x=1,y=2",
            &format!("scalar: 7, list: [1, 2, 3], object: {POINT}, exploded: {POINT}"),
        ),
        (
            "/label/.7/.1.2.3/.1.2.3/.x.1.y.2/.x=1.y=2",
            &format!("scalar: 7, list: [1, 2, 3], exploded_list: [1, 2, 3], object: {POINT}, exploded_object: {POINT}"),
        ),
        (
            "/label/.7/.1,2,3/.1.2.3/.x,1,y,2/.x=1.y=2",
            &format!("scalar: 7, list: [1, 2, 3], exploded_list: [1, 2, 3], object: {POINT}, exploded_object: {POINT}"),
        ),
        (
            "/matrix/;scalar=7/;list=1,2,3/;exploded-list=1;exploded-list=2/;object=x,1,y,2/;x=1;y=2",
            &format!("scalar: 7, list: [1, 2, 3], exploded_list: [1, 2], object: {POINT}, exploded_object: {POINT}"),
        ),
        ("/simple/seven/1/x,1/x=1", "path /scalar invalid_type"),
        ("/simple/7/1,b,3/x,1/x=1", "path /list/1 invalid_type"),
        ("/simple/7/1/y,1/x=1", "path /object/x invalid_type"),
        ("/files/a.png", "name: \"a\", ending: Png"),
        // The first dot ends the name.
        ("/files/a.b.png", "path /ending invalid_value"),
        ("/files/a.gif", "path /ending invalid_value"),
        ("/files/a%2Fb:activate", "name: \"a/b\""),
        ("/files/latest", "GetRequest"),
    ])
    .await;
}

#[tokio::test]
async fn queries_are_read_in_every_style() {
    check(&[
        (
            "/form?scalar=7&list=1,2,3&exploded=1&exploded=2&object=x,1,y,2",
            &format!("scalar: Some(7), list: Some([1, 2, 3]), exploded: Some([1, 2]), object: Some({POINT})"),
        ),
        ("/form", "scalar: None, list: None, exploded: None, object: None"),
        // An escaped comma is part of an item (RFC 6570, §3.2.1).
        ("/form?list=1%2C2", "query /list/0 invalid_type"),
        ("/form?scalar=1&scalar=2", "query /scalar invalid_type"),
        ("/form?list=1&list=2", "query /list invalid_type"),
        ("/form?object=x,1&object=x,2", "query /object invalid_type"),
        ("/form?list=1,,3", "query /list/1 invalid_type"),
        ("/form-exploded-object?x=1&y=2", &format!("point: Some({POINT})")),
        ("/form-exploded-object?y=2", "query /point/x invalid_type"),
        ("/form-exploded-object", "point: None"),
        ("/spaces?list=1%202%203&exploded=1&exploded=2", "list: Some([1, 2, 3]), exploded: Some([1, 2])"),
        ("/spaces?list=1+2", "list: Some([1, 2])"),
        ("/pipes?list=1%7C2%7c3", "list: Some([1, 2, 3])"),
        ("/pipes?list=1|2%7C3", "query /list/1 invalid_type"),
        ("/pipes?list=1|2|3&exploded=1&exploded=2", "list: Some([1, 2, 3]), exploded: Some([1, 2])"),
        (
            "/deep?point[x]=1&point%5By%5D=2&filter[a]=b&filter[c%20d]=%22",
            &format!("point: Some({POINT}), filter: Some({{\"a\": \"b\", \"c d\": \"\\\"\"}})"),
        ),
        ("/deep?point[y]=2", "query /point/x invalid_type"),
        ("/deep?point[x]=a", "query /point/x invalid_type"),
        (
            "/content?point=%7B%22x%22:1,%22y%22:2%7D&note=a%20b",
            &format!("point: Some({POINT}), note: Some(\"a b\")"),
        ),
        ("/content?point=%7B%22x%22:%221%22%7D", "query /point/x invalid_type"),
        ("/content?point=%7B", "query /point"),
    ])
    .await;
}

#[tokio::test]
async fn headers_and_cookies_are_read() {
    let expected = format!(
        "x_scalar: 7, x_list: Some([1, 2, 3]), x_object: Some({POINT}), x_exploded: Some({POINT})"
    );
    let headers = [
        ("x-scalar", "7"),
        ("X-List", "1, 2,3"),
        ("x-object", "x,1,y,2"),
        ("x-exploded", "x=1,y=2"),
    ];
    let found = read("/headers", &headers).await;
    assert!(found.contains(&expected), "{found}");
    let found = read("/headers", &[]).await;
    assert_eq!(found, "header /x-scalar invalid_type");
    let found = read(
        "/cookies",
        &[("cookie", "scalar=7; list=1,2; object=x,1,y,2")],
    )
    .await;
    let expected = format!("scalar: 7, list: Some([1, 2]), object: Some({POINT})");
    assert!(found.contains(&expected), "{found}");
    let found = read("/cookies", &[]).await;
    assert_eq!(found, "cookie /scalar invalid_type");
    let found = read("/content", &[("numbers", "[1, 2]")]).await;
    assert!(found.contains("numbers: Some([1, 2])"), "{found}");
}

#[tokio::test]
async fn scalars_are_checked() {
    check(&[
        ("/scalars?text=ab%C3%A4", "text: Some(\"abä\")"),
        ("/scalars?text=a", "query /text too_small"),
        ("/scalars?text=abcde", "query /text too_big"),
        ("/scalars?text=AB", "query /text invalid_format"),
        ("/scalars?text=%FF", "query /text invalid_format"),
        ("/scalars?int32=9", "int32: Some(9)"),
        ("/scalars?int32=0", "query /int32 too_small"),
        ("/scalars?int32=10", "query /int32 too_big"),
        ("/scalars?int32=4", "query /int32 not_multiple_of"),
        ("/scalars?int32=9999999999", "query /int32 too_big"),
        ("/scalars?int32=3.5", "query /int32 invalid_type"),
        ("/scalars?int32=", "query /int32 invalid_type"),
        ("/scalars?int32=%2B3", "query /int32 invalid_type"),
        ("/scalars?number=0.3", "number: Some(0.3)"),
        ("/scalars?number=1e0", "number: Some(1.0)"),
        ("/scalars?number=0", "query /number too_small"),
        ("/scalars?number=1.6", "query /number too_big"),
        ("/scalars?number=0.25", "query /number not_multiple_of"),
        ("/scalars?number=NaN", "query /number invalid_type"),
        ("/scalars?number=inf", "query /number invalid_type"),
        ("/scalars?flag=true", "flag: Some(true)"),
        ("/scalars?flag=1", "query /flag invalid_type"),
        ("/scalars?genre=poem", "genre: Some(Poem)"),
        ("/scalars?genre=Poem", "query /genre invalid_value"),
        ("/scalars?size=2", "size: Some(N2)"),
        ("/scalars?size=3", "query /size invalid_value"),
        (
            "/scalars?id=00000000-0000-0000-0000-00000000000A",
            "id: Some(00000000-0000-0000-0000-00000000000a)",
        ),
        ("/scalars?id=1", "query /id invalid_format"),
        ("/scalars?day=2024-02-29", "day: Some(2024-02-29)"),
        ("/scalars?day=2023-02-29", "query /day invalid_format"),
        (
            "/scalars?moment=2024-02-29T12:00:00%2B02:00",
            "moment: Some(2024-02-29T12:00:00+02:00",
        ),
        ("/scalars?moment=2024-02-29", "query /moment invalid_format"),
        ("/scalars?secret=hush", "secret: Some("),
        ("/scalars?either=7", "either: Some(Integer(7))"),
        ("/scalars?either=abc", "either: Some(String(\"abc\"))"),
        ("/scalars?either=ab", "query /either invalid_union"),
        ("/scalars?nullable=7", "nullable: Some(7)"),
        ("/scalars?one=1", "one: Some("),
        ("/scalars?one=2", "query /one invalid_value"),
        ("/lists?tags=aa&tags=bb", "tags: Some([\"aa\", \"bb\"])"),
        ("/lists?tags=aa", "query /tags too_small"),
        (
            "/lists?tags=aa&tags=bb&tags=cc&tags=dd",
            "query /tags too_big",
        ),
        ("/lists?tags=aa&tags=aa", "query /tags custom"),
        ("/lists?tags=aa&tags=b", "query /tags/1 too_small"),
        (
            "/scalars?text=a&int32=4&flag=x",
            "query /text too_small, query /int32 not_multiple_of, query /flag invalid_type",
        ),
    ])
    .await;
    assert!(!read("/scalars?secret=hush", &[]).await.contains("hush"));
}

#[tokio::test]
async fn defaults_stand_in_for_what_is_absent() {
    let found = read("/defaults", &[]).await;
    for expected in [
        "text: \"a \\\"quote\\\"\\n\\\\\"",
        "integer: -7",
        "number: 1000.0",
        "whole: 2.0",
        "flag: true",
        "genre: Poem",
        "numbers: [1, 2]",
        "none: []",
        "day: 2024-02-29",
        "id: 00000000-0000-0000-0000-000000000001",
        "point: Point { x: 1, y: Some(2) }",
        "x_page: 1",
        "theme: \"dark\"",
    ] {
        assert!(found.contains(expected), "{expected} in {found}");
    }
    check(&[("/defaults?integer=5&numbers=3&theme=x", "integer: 5")]).await;
}

#[test]
fn a_request_that_leaves_something_out_is_made() {
    use contract::parameters::routes::form::{GetQuery, GetRequest};

    // A parameter that the contract adds breaks neither of these.
    let query = GetQuery {
        scalar: Some(1),
        ..GetQuery::default()
    };
    assert!(query.list.is_none() && query.object.is_none());
    assert!(GetRequest::default().query.scalar.is_none());
}
