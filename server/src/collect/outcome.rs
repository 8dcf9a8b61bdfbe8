//! How every message ends: stored, duplicate, or refused with a reason. There is no fourth way.

use http::StatusCode;
use serde::Serialize;
use strum::{AsRefStr, EnumIter};

/// The end of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Committed.
    Stored,
    /// Known already; nothing changed.
    Duplicate,
    /// Not taken.
    Refused(Reason),
}

impl Outcome {
    /// The name that it is counted under: `stored`, `duplicate`, or the reason's.
    pub fn name(&self) -> &str {
        match self {
            Self::Stored => "stored",
            Self::Duplicate => "duplicate",
            Self::Refused(reason) => reason.as_ref(),
        }
    }
}

/// Why a message, or a whole batch, was refused. A closed list: the owner sees it counted by site and hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, AsRefStr, EnumIter)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Reason {
    /// Not JSON, or a part is missing or of the wrong kind.
    Malformed,
    /// More than [`super::payload::MAX_MESSAGES`] in a batch.
    TooManyMessages,
    /// No site has this id.
    UnknownSite,
    /// The page's host is not among the site's.
    HostNotAllowed,
    /// The browser asks not to be recorded.
    OptOut,
    /// Too much from one client within a short time.
    RateLimited,
    /// The address is not one of a web page.
    InvalidUrl,
    /// It belongs to a page view that began long ago and is not known.
    TooLate,
    /// The script tag turns this kind of event off.
    TurnedOff,
    /// The session has as many page views or events as one may have.
    Limit,
}

impl Reason {
    /// The status of an answer that refuses a whole batch for this reason.
    pub fn status(self) -> StatusCode {
        match self {
            Self::UnknownSite => StatusCode::NOT_FOUND,
            Self::HostNotAllowed | Self::OptOut | Self::TurnedOff => StatusCode::FORBIDDEN,
            Self::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            Self::TooManyMessages => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Malformed | Self::InvalidUrl | Self::TooLate | Self::Limit => StatusCode::BAD_REQUEST,
        }
    }

    /// What happened and what to do, for whoever looks at the answer.
    pub fn message(self) -> &'static str {
        match self {
            Self::Malformed => {
                "The message is not in the form that the tracker sends. Load the tracker from this server."
            }
            Self::TooManyMessages => "A batch may hold 50 messages. Send the rest in another one.",
            Self::UnknownSite => "No site has this id. Copy the script tag from the dashboard again.",
            Self::HostNotAllowed => "This host does not belong to the site. Add it in the site's settings.",
            Self::OptOut => "The browser asks not to be recorded, so nothing was stored.",
            Self::RateLimited => "Too many messages from this client. They can be sent again later.",
            Self::InvalidUrl => "Only pages with an http or https address are recorded.",
            Self::TooLate => "The page view began too long ago and is not known here.",
            Self::TurnedOff => "The script tag turns this kind of event off, so it was not stored.",
            Self::Limit => "This session has as many page views or events as one may have.",
        }
    }
}
