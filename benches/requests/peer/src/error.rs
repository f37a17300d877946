//! What is wrong with a request.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Why there is no answer.
pub enum Error {
    NotFound,
    Invalid(Vec<Issue>),
}

/// A rule that is broken, and where.
#[derive(Serialize)]
pub struct Issue {
    pub path: String,
    pub message: &'static str,
}

#[derive(Serialize)]
struct Problem {
    title: &'static str,
    status: u16,
    issues: Vec<Issue>,
}

/// The issues that are found while a request is checked.
#[derive(Default)]
pub struct Issues(Vec<Issue>);

impl Issues {
    /// Records an issue unless the rule holds.
    pub fn check(&mut self, holds: bool, path: &str, message: &'static str) {
        if !holds {
            let path = path.to_owned();
            self.0.push(Issue { path, message });
        }
    }

    /// An error if there are any.
    pub fn finish(self) -> Result<(), Error> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(self.0))
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND.into_response(),
            Self::Invalid(issues) => {
                let status = StatusCode::BAD_REQUEST;
                let problem = Problem {
                    title: "Invalid input",
                    status: status.as_u16(),
                    issues,
                };
                (status, Json(problem)).into_response()
            }
        }
    }
}
