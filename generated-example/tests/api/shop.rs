//! A shop to test with, and what it answers.

use std::fmt::Write;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::request::Builder;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use bookshop::store::Store;
use bookshop::{Keys, State, app};
use contract::Secret;
use serde_json::Value;
use tower::ServiceExt;

pub const STAFF_KEY: &str = "the staff's key";
pub const ACCOUNT_KEY: &str = "the key of accounts";

/// A book of the samples, which is in stock, for 8.99.
pub const PRIDE: &str = "b00c0000-0000-4000-8000-000000000001";
/// One that isn't in stock.
pub const FRANKENSTEIN: &str = "b00c0000-0000-4000-8000-000000000007";
/// One that has neither labels nor reviews.
pub const HOUND: &str = "b00c0000-0000-4000-8000-000000000002";
/// The id of nothing at all.
pub const NOTHING: &str = "00000000-0000-4000-8000-000000000000";

/// A shop with the samples in it.
pub struct Shop {
    pub state: State,
    app: Router,
}

/// A response that has arrived.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub body: Bytes,
}

impl Shop {
    /// One in memory.
    pub fn open() -> Self {
        Self::on(Store::in_memory().unwrap())
    }

    pub fn on(store: Store) -> Self {
        let keys = Keys {
            account: Some(Secret::new(ACCOUNT_KEY)),
            staff: Some(Secret::new(STAFF_KEY)),
        };
        Self::with(State::new(store, keys))
    }

    pub fn with(state: State) -> Self {
        let app = app(state.clone());
        Self { state, app }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(url(path)), "").await
    }

    /// Sends JSON, or no body at all.
    pub async fn send(&self, request: Builder, json: impl ToString) -> Answer {
        let json = json.to_string();
        let request = if json.is_empty() {
            request
        } else {
            request.header("content-type", "application/json")
        };
        Answer::of(self.respond(request, json.into()).await).await
    }

    /// A response whose body is yet to come.
    pub async fn respond(&self, request: Builder, body: Body) -> Response {
        let request = request.body(body).unwrap();
        self.app.clone().oneshot(request).await.unwrap()
    }

    /// Signs Ada in and returns her cookie.
    pub async fn cookie(&self) -> String {
        let ada = r#"{"email":"ada@example.com","password":"correct horse"}"#;
        let answer = self.send(Request::post(url("/session")), ada).await;
        let cookie = answer.header("set-cookie").split(';').next();
        cookie.unwrap().to_owned()
    }
}

impl Answer {
    pub async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        Self {
            status: parts.status,
            headers: parts.headers,
            body: axum::body::to_bytes(body, usize::MAX).await.unwrap(),
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Checks the status, and says more than that if it is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:?}", self.body);
        self
    }

    /// Checks that the request was refused for just these reasons: `query cursor: custom`.
    #[track_caller]
    pub fn expect_issues(self, expected: &[&str]) {
        let answer = self.expect(400).json();
        let issues = answer["issues"].as_array().unwrap().iter().map(|issue| {
            let mut line = issue["in"].as_str().unwrap().to_owned();
            for step in issue["path"].as_array().unwrap() {
                let step = step
                    .as_str()
                    .map_or_else(|| step.to_string(), str::to_owned);
                write!(line, " {step}").unwrap();
            }
            format!("{line}: {}", issue["code"].as_str().unwrap())
        });
        assert_eq!(issues.collect::<Vec<_>>(), expected);
    }
}

/// A path below the API's own.
pub fn url(path: &str) -> String {
    format!("/api/v1{path}")
}
