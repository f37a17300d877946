//! What goes wrong outside the responses that the contract declares, and what clients see of it.

use std::borrow::Cow;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::{BodyError, Failure, Issue, Location, Rejection, Segment, Writer, write_issues};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a handler has no response of the contract to give.
#[derive(Debug)]
pub enum Error {
    /// The request never reached a handler, or its handler isn't written.
    Rejected(Rejection),
    /// Any response at all.
    Response(Box<Response>),
    /// Logged, and kept from the client.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// The request is what the contract says, and wrong all the same: which parameter or field, and why.
    pub fn invalid(
        location: Location,
        name: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        let issue = Issue::new(location, "custom", message).at(Segment::Key(name.into()));
        Self::Rejected(Rejection::invalid(vec![issue]))
    }
}

/// Makes `?` work on every error.
impl<E: std::error::Error + Send + Sync + 'static> From<E> for Error {
    fn from(error: E) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl Failure for Error {
    fn rejected(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }

    fn response(response: Response) -> Self {
        Self::Response(Box::new(response))
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Self::Rejected(rejection) => problem(rejection),
            Self::Response(response) => *response,
            Self::Internal(error) => match error.downcast::<BodyError>() {
                Ok(error) => problem((*error).into()),
                Err(error) => {
                    tracing::error!(error, "the request failed");
                    problem(Rejection::new(StatusCode::INTERNAL_SERVER_ERROR))
                }
            },
        }
    }
}

/// A rejection as `application/problem+json` (RFC 9457).
fn problem(rejection: Rejection) -> Response {
    let mut body = Writer::new();
    body.raw(r#"{"type":"about:blank","title":"#);
    body.string(&rejection.title);
    body.key(r#""status":"#);
    body.integer(rejection.status.as_u16().into());
    body.key(r#""error":"#);
    body.string(&rejection.title);
    if let Some(detail) = &rejection.detail {
        body.key(r#""detail":"#);
        body.string(detail);
    }
    if !rejection.issues.is_empty() {
        body.key(r#""issues":"#);
        write_issues(&rejection.issues, &mut body);
    }
    body.raw("}");

    let mut response = Response::new(Body::from(body.into_bytes()));
    *response.status_mut() = rejection.status;
    let content_type = HeaderValue::from_static("application/problem+json");
    response.headers_mut().extend(rejection.headers);
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, content_type);
    response
}
