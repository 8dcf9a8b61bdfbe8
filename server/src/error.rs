//! Answers to requests that fail outside pages and server functions: one plain sentence each, never the cause.

use std::any::Any;

use app::models::error::AppError;
use axum::{
    body::{Body, HttpBody},
    http::{
        HeaderValue, StatusCode,
        header::{ALLOW, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};

/// Why a request gets no better answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The database did not answer; the cause has been logged.
    #[error("Pulse could not read its database just now. Nothing is lost; try again in a moment.")]
    Unavailable,
    /// The request was started by another site, or by something that does not say what started it.
    #[error(
        "This request did not come from a page of Pulse, so it was refused. Open Pulse in the browser and try again there."
    )]
    ForeignRequest,
    /// Demo mode was reached by a name that is not this machine's.
    #[error("Demo mode answers only at localhost and 127.0.0.1. Open it by one of these, or start `pulse serve`.")]
    ForeignHost,
    /// No server function has this address.
    #[error("There is nothing at this address.")]
    NotFound,
    /// The address takes other methods only.
    #[error("This address does not take such requests.")]
    WrongMethod,
    /// A bug.
    #[error("Something in Pulse went wrong. Nothing is lost; try again in a moment.")]
    Bug,
}

impl Failure {
    /// The status that belongs to it.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::ForeignRequest => StatusCode::FORBIDDEN,
            Self::ForeignHost => StatusCode::MISDIRECTED_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Bug => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = (self.status(), format!("{self}\n")).into_response();
        if self == Self::Unavailable {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}

/// Why somebody gets no live stream and no file: the same words as on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub AppError);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = match self.0 {
            AppError::NotSignedIn => StatusCode::UNAUTHORIZED,
            AppError::NotFound => StatusCode::NOT_FOUND,
            AppError::Invalid(_) => StatusCode::BAD_REQUEST,
            AppError::Unavailable | AppError::TooSlow | AppError::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
        };
        (status, self.0.to_string()).into_response()
    }
}

/// Puts a sentence where a layer answered with a status alone: the session layer does so when the database does not
/// answer it, the layer that limits time, and the router for methods that a route does not take.
pub async fn in_words(response: Response) -> Response {
    if response.body().size_hint().exact() != Some(0) {
        return response;
    }
    match response.status() {
        StatusCode::INTERNAL_SERVER_ERROR | StatusCode::SERVICE_UNAVAILABLE => Failure::Unavailable.into_response(),
        StatusCode::METHOD_NOT_ALLOWED => {
            let mut answer = Failure::WrongMethod.into_response();
            if let Some(allowed) = response.headers().get(ALLOW) {
                answer.headers_mut().insert(ALLOW, allowed.clone());
            }
            answer
        }
        _ => response,
    }
}

/// For the layer that catches panics. What was panicked with can quote the request and is dropped.
pub fn after_panic(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    Failure::Bug.into_response()
}
