//! `/session`

use axum::http::Request;
use serde_json::json;

use crate::shop::{Shop, url};

#[tokio::test]
async fn signing_in_sets_a_cookie_that_scripts_do_not_see() {
    let shop = Shop::open();
    let ada = json!({ "email": "Ada@example.com", "password": "correct horse" });
    let answer = shop
        .send(Request::post(url("/session")), ada)
        .await
        .expect(201);
    let cookie = answer.header("set-cookie");
    for attribute in [
        "HttpOnly",
        "Secure",
        "SameSite=Lax",
        "Path=/",
        "Max-Age=1209600",
    ] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let session = answer.json();
    assert_eq!(session["email"], "ada@example.com");
    assert_eq!(session.get("password"), None);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_look_the_same() {
    let shop = Shop::open();
    let mut answers = Vec::new();
    for (email, password) in [
        ("ada@example.com", "wrong horse"),
        ("eve@example.com", "correct horse"),
    ] {
        let body = json!({ "email": email, "password": password });
        let answer = shop
            .send(Request::post(url("/session")), body)
            .await
            .expect(401);
        assert!(!answer.headers.contains_key("set-cookie"));
        answers.push(answer.json());
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn credentials_are_checked() {
    let body = json!({ "email": "ada", "password": "short" });
    let answer = Shop::open()
        .send(Request::post(url("/session")), body)
        .await;
    answer.expect_issues(&["body email: invalid_format", "body password: too_small"]);
}

#[tokio::test]
async fn a_session_ends_with_signing_out() {
    let shop = Shop::open();
    let (mine, other) = (shop.cookie().await, shop.cookie().await);
    let sign_out = |cookie| Request::delete(url("/session")).header("cookie", cookie);
    shop.send(sign_out(&mine), "").await.expect(204);
    shop.send(sign_out(&mine), "").await.expect(401);
    shop.send(sign_out(&other), "").await.expect(204);
}
