//! The bodies of the contract's own error responses.

use contract::StatusCode;
use contract::v1::schemas::Problem;

/// The body of a 404: `problem::not_found("book")`.
pub fn not_found(what: &str) -> Problem {
    problem(StatusCode::NOT_FOUND, format!("there is no such {what}"))
}

/// A problem with the status' usual title.
pub fn problem(status: StatusCode, detail: impl Into<String>) -> Problem {
    let title = status.canonical_reason().unwrap_or("Error");
    Problem {
        detail: Some(detail.into()),
        ..Problem::new(title, status.as_u16().into())
    }
}
