//! Requests that would like to cost more than they should.

use axum::body::Body;
use axum::http::Request;

use super::schemas::check;
use super::{Answer, send};

async fn post(url: &str, media: &str, body: String) -> Answer {
    let request = Request::post(format!("/api/limits/{url}")).header("content-type", media);
    send(request.body(Body::from(body)).unwrap()).await
}

/// `{"a":{"a":…}}`, so many levels deep.
fn nested(levels: usize) -> String {
    format!("{}7{}", r#"{"a":"#.repeat(levels), "}".repeat(levels))
}

#[tokio::test]
async fn unions_in_unions_are_tried_within_bounds() {
    check("limits", &[("nested", &nested(8), "")]).await;
    let answer = post("nested", "application/json", nested(100)).await;
    let issues = answer.issues();
    assert_eq!(issues.len(), 1, "{issues:?}");
    assert!(issues[0].ends_with(" custom"), "{issues:?}");
    assert!(answer.text().contains("too much work"), "{}", answer.text());
}

#[tokio::test]
async fn discriminators_at_the_end_are_looked_for_within_bounds() {
    let body = |levels: usize, padding: usize| {
        let pad = "x".repeat(padding);
        let open = format!(r#"{{"pad":"{pad}","next":"#).repeat(levels);
        let inside = r#"{"kind":"Loop","size":1}"#;
        format!("{open}{inside}{}", r#","kind":"Loop"}"#.repeat(levels))
    };
    for (levels, padding) in [(100, 10), (20, 50_000)] {
        let answer = post("links", "application/json", body(levels, padding)).await;
        assert_eq!(answer.status, 200, "{levels} {padding}");
    }
    let answer = post("links", "application/json", body(100, 20_000)).await;
    assert!(answer.text().contains("too much work"), "{}", answer.status);
}

#[tokio::test]
async fn lists_of_distinct_lists_are_compared_within_bounds() {
    let items: Vec<String> = (0..5_000).map(|n| format!(r#"{{"n":{n}}}"#)).collect();
    let lists = |levels: usize| {
        let open = r#"[{"n":1},{"in":"#.repeat(levels);
        format!("{open}[{}]{}", items.join(","), "}]".repeat(levels))
    };
    check(
        "limits",
        &[
            (
                "distinct",
                r#"[{"n":1},{"in":[{"n":1},{"n":1.0}]}]"#,
                "body /1/in custom",
            ),
            ("distinct", r#"[{"n":1},{"in":[{"n":1},{"n":2}]}]"#, ""),
            ("distinct", &lists(10), ""),
        ],
    )
    .await;
    let answer = post("distinct", "application/json", lists(60)).await;
    assert!(answer.text().contains("too much work"), "{}", answer.status);
}

#[tokio::test]
async fn a_branch_that_gives_up_leaves_no_trace() {
    let list = vec![r#""x""#; 150].join(",");
    let valid = format!(r#"{{"either":{{"list":[{list}]}},"after":1}}"#);
    let wrong = format!(r#"{{"either":{{"list":[{list}]}},"after":"x"}}"#);
    let none = format!(r#"{{"either":{{"list":[{list},null]}},"after":"x"}}"#);
    check(
        "limits",
        &[
            ("either", &valid, ""),
            ("either", &wrong, "body /after invalid_type"),
            (
                "either",
                r#"{"kind":{"größe":"x"}}"#,
                "body /kind/größe invalid_union",
            ),
            (
                "either",
                r#"{"kind":{"a":"\ud83d\ude00\n","größe":"Tea"}}"#,
                r#"{"kind":{"größe":"Tea"}}"#,
            ),
        ],
    )
    .await;
    let answer = post("either", "application/json", none).await;
    assert!(
        answer
            .issues()
            .contains(&"body /after invalid_type".to_owned()),
        "{:?}",
        answer.issues()
    );
}

#[tokio::test]
async fn literals_are_compared_by_what_they_mean() {
    check(
        "limits",
        &[
            ("literals", r#"{"mixed":{"a":[1,2]}}"#, ""),
            (
                "literals",
                r#"{"mixed":{"a":[1.0,20e-1]}}"#,
                r#"{"mixed":{"a":[1,2]}}"#,
            ),
            ("literals", r#"{"mixed":18446744073709551614}"#, ""),
            (
                "literals",
                r#"{"mixed":18446744073709551615}"#,
                "body /mixed invalid_value",
            ),
            (
                "literals",
                r#"{"mixed":{"a":[1]}}"#,
                "body /mixed invalid_value",
            ),
            (
                "literals",
                r#"{"mixed":"\"1\""}"#,
                "body /mixed invalid_value",
            ),
            ("unique", "[0,-0]", "body  custom"),
            ("unique", "[18446744073709551614,18446744073709551615]", ""),
            ("unique", "[1,1,1,1,1]", "body  too_big"),
        ],
    )
    .await;
    let answer = post("literals", "application/json", r#"{"many":"x"}"#.to_owned()).await;
    let text = answer.text();
    assert!(
        text.contains("\\\"c2\\\", …") && !text.contains("c3"),
        "{text}"
    );
}

#[tokio::test]
async fn keys_that_come_again_count_once() {
    check(
        "limits",
        &[
            (
                "counted",
                r#"{"declared":{"a":1,"b":2},"map":{"a":1,"b":2},"few":{"a":1}}"#,
                r#"{"declared":{"a":1},"map":{"a":1,"b":2},"few":{"a":1}}"#,
            ),
            (
                "counted",
                r#"{"declared":{"a":1,"a":2}}"#,
                "body /declared too_small",
            ),
            (
                "counted",
                r#"{"declared":{"b":1,"b":2}}"#,
                "body /declared too_small",
            ),
            (
                "counted",
                r#"{"declared":{"a":1,"b":2,"c":3}}"#,
                "body /declared too_big",
            ),
            ("counted", r#"{"map":{"a":1,"a":2}}"#, "body /map too_small"),
            ("counted", r#"{"few":{"a":1,"a":2}}"#, r#"{"few":{"a":2}}"#),
        ],
    )
    .await;
}

#[tokio::test]
async fn patterns_are_tried_within_bounds() {
    check(
        "limits",
        &[
            ("patterns", r#"{"short":"bbbb"}"#, "body /short too_big"),
            (
                "patterns",
                r#"{"short":"b"}"#,
                "body /short invalid_format, body /short invalid_format",
            ),
            ("patterns", r#"{"hard":["aab","b"]}"#, ""),
        ],
    )
    .await;
    let hard = vec![format!("\"{}\"", "a".repeat(40)); 3000].join(",");
    let start = std::time::Instant::now();
    let answer = post(
        "patterns",
        "application/json",
        format!(r#"{{"hard":[{hard}]}}"#),
    )
    .await;
    assert_eq!(answer.issues().len(), 100);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[tokio::test]
async fn forms_hold_so_much_and_no_more() {
    let form = "application/x-www-form-urlencoded";
    for (sent, expected) in [
        (
            "text=a&list[]=b&list[]=c&map[x]=1",
            r#"{"text":"a","list":["b","c"],"map":{"x":"1"}}"#,
        ),
        ("any[a][b]=1", r#"{"any":{"a":{"b":"1"}}}"#),
        ("text=a&other[a][b]=1", r#"{"text":"a"}"#),
        // What is malformed is a key of its own.
        ("map[x]=1&map[x]y]=2", r#"{"map":{"x":"1"}}"#),
        ("any[a]=1&any[a]b=2", r#"{"any":{"a":"1"}}"#),
        ("text[a][b][c]=1", "body /text invalid_type"),
    ] {
        let answer = post("form", form, sent.to_owned()).await;
        let found = match answer.status.as_u16() {
            200 => answer.text(),
            _ => answer.issues().join(", "),
        };
        assert_eq!(found, expected, "{sent}");
    }
    let deep = "[]".repeat(17);
    let answer = post("form", form, format!("any[a]=1&any[a]{deep}=2")).await;
    assert_eq!(answer.text(), r#"{"any":{"a":"1"}}"#);
    let chains = |count: usize| {
        let chains = (0..count).map(|key| format!("any[{key}]{}=1", "[x]".repeat(15)));
        chains.collect::<Vec<_>>().join("&")
    };
    assert_eq!(post("form", form, chains(100)).await.status, 200);
    for sent in [chains(1000), vec!["a=1"; 20_000].join("&")] {
        let answer = post("form", form, sent).await;
        assert_eq!(answer.status, 400);
        assert!(
            answer.text().contains("the form has too many"),
            "{}",
            answer.text()
        );
    }
}
