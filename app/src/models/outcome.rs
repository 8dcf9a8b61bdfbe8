//! How every message ends: stored, duplicate, or refused with a reason. There is no fourth way.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, EnumIter, EnumString};

use super::event::EventKind;

/// The end of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

impl FromStr for Outcome {
    type Err = strum::ParseError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "stored" => Ok(Self::Stored),
            "duplicate" => Ok(Self::Duplicate),
            reason => reason.parse().map(Self::Refused),
        }
    }
}

/// Why a message, or a whole batch, was refused. A closed list: the owner sees it counted by site and hour.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, AsRefStr, EnumIter, EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Reason {
    /// Not JSON, or a part is missing or of the wrong kind.
    Malformed,
    /// More messages in a batch than one may hold.
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
    /// What happened and what to do, for whoever looks at the answer or at the list of refusals.
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

/// What a message was about, as far as it could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MessageKind {
    /// A page view began.
    PageView,
    /// A report of its time.
    Time,
    /// Something happened.
    Event(EventKind),
    /// A session is to be erased.
    Forget,
    /// A page shows its visitor a code.
    Reference,
    /// It could not be read.
    Unreadable,
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn an_outcome_is_read_back_from_its_name() {
        for outcome in [Outcome::Stored, Outcome::Duplicate].into_iter().chain(Reason::iter().map(Outcome::Refused)) {
            assert_eq!(outcome.name().parse(), Ok(outcome));
        }
        assert!("lost".parse::<Outcome>().is_err());
    }
}
