//! Text of a contract that would like to be code.

use axum::body::Body;
use axum::http::Request;

use super::{Answer, send};

const KEY: &str = "*/ \" \\ #{x} {{y}} \u{202e}";

async fn post(media: &str, query: &str, body: String) -> Answer {
    let request =
        Request::post(format!("/api/hostile/text/1{query}")).header("content-type", media);
    send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn names_and_values_are_what_the_contract_says() {
    for value in [
        "*/", "\"", "#{x}", "{{y}}", "\\", "\n", "\u{2028}", "\u{202e}", "\u{1}", "///", "```",
    ] {
        let sent = serde_json::json!({ KEY: "a", "enumerated": value, "constant": format!("{KEY}\n"), "other": "b" });
        let answer = post("application/json", "", sent.to_string()).await;
        let found: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
        assert_eq!(found, sent);
    }
    for value in ["\" */", "\\"] {
        let sent = serde_json::json!({ KEY: "a", "union": { "*/ \"": value } });
        let answer = post(
            "application/vnd.a+json; profile=\"*/\"",
            "",
            sent.to_string(),
        )
        .await;
        let found: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
        assert_eq!(found, sent);
    }
    let answer = post(
        "application/json",
        "",
        serde_json::json!({ KEY: "\"" }).to_string(),
    )
    .await;
    assert_eq!(
        answer.issues(),
        [format!("body /{} invalid_format", KEY.replace('/', "~1"))]
    );
    let answer = post("text/plain", "", "a".to_owned()).await;
    let found: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
    assert_eq!(found[KEY], "\" \\ #{x} {{y}} */ \u{2028}\u{202e}");
    let answer = post(
        "text/plain",
        "?q%20*/%20%22%20%5C%20%23%7Bx%7D%20%7B%7By%7D%7D%20%E2%80%AE=abc",
        "a".to_owned(),
    )
    .await;
    assert_eq!(
        answer.issues(),
        ["query /q *~1 \" \\ #{x} {{y}} \u{202e} invalid_format"]
    );
}

#[tokio::test]
async fn the_contract_is_served_as_it_is() {
    let get = |name: &str| {
        Request::get(format!("/api/hostile/{name}"))
            .body(Body::empty())
            .unwrap()
    };
    let json = send(get("openapi.json")).await;
    let document: serde_json::Value = serde_json::from_slice(&json.body).expect("JSON");
    let title = document["info"]["title"].as_str().unwrap_or_default();
    assert!(
        title.contains("\u{2028} \u{202e} \u{1} \t } breaks things"),
        "{title}"
    );
    assert_eq!(document["servers"][0]["url"], "/api/hostile");
    let yaml = send(get("openapi.yaml")).await;
    assert_eq!(yaml.status, 200);
    assert!(yaml.text().starts_with("openapi:"), "{}", yaml.text());
}
