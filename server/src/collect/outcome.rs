//! The status of an answer that refuses a whole batch.

pub use app::models::outcome::{MessageKind, Outcome, Reason};
use http::StatusCode;

/// The status of an answer that refuses a whole batch for this reason.
pub fn status(reason: Reason) -> StatusCode {
    match reason {
        Reason::UnknownSite => StatusCode::NOT_FOUND,
        Reason::HostNotAllowed | Reason::OptOut | Reason::TurnedOff => StatusCode::FORBIDDEN,
        Reason::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Reason::TooManyMessages => StatusCode::PAYLOAD_TOO_LARGE,
        Reason::Malformed | Reason::InvalidUrl | Reason::TooLate | Reason::Limit => StatusCode::BAD_REQUEST,
    }
}
