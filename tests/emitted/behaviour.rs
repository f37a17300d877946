//! What the emitted server does with the torture contracts, called through its router.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use contract::Authenticator;
use shop::{Principal, State, app_with};
use tower::ServiceExt;

mod bodies;
mod coerced;
mod dialect32;
mod hooks;
mod hostile;
mod inheritance;
mod items;
mod limits;
mod names;
mod parameters;
mod ranges;
mod refined;
mod responses;
mod schemas;
#[cfg(feature = "serde")]
mod stored;
mod texts;
mod values;
mod xml;
mod zod;

/// A response that was read to its end.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The issues of a refused request: `query /limit too_small`.
    fn issues(&self) -> Vec<String> {
        let Ok(problem) = serde_json::from_slice::<serde_json::Value>(&self.body) else {
            return vec![format!("{} {}", self.status, self.text())];
        };
        let issues = problem["issues"].as_array().cloned().unwrap_or_default();
        let text = |issue: &serde_json::Value| {
            let part = |name: &str| issue[name].as_str().unwrap_or_default().to_owned();
            format!("{} {} {}", part("in"), part("pointer"), part("code"))
        };
        issues.iter().map(text).collect()
    }
}

async fn send(request: Request<Body>) -> Answer {
    let everyone = Authenticator::Everyone(|| Principal {
        id: "tester".to_owned(),
    });
    let response = app_with(State::default(), everyone).oneshot(request).await;
    let (parts, body) = response.expect("the router always answers").into_parts();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: to_bytes(body, usize::MAX)
            .await
            .unwrap_or_default()
            .to_vec(),
    }
}
