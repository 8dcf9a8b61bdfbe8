//! Ids as types of their own, so that a page view's id cannot be passed where a session's is meant.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

uuid_id! {
    /// A session: UUID v7, its start in milliseconds and 74 random bits. Made on the server, tied to nobody.
    SessionId
}
uuid_id! {
    /// A page view: random, made in the browser, unique within its site.
    PageViewId
}
uuid_id! {
    /// An event: random, made in the browser, unique within its session.
    EventId
}
uuid_id! {
    /// A saved view: random, made on the server, unique within its site. Those that every site has at first have ids of their
    /// own, the same everywhere.
    ViewId
}
uuid_id! {
    /// A goal: random, made on the server, unique within its site.
    GoalId
}
uuid_id! {
    /// A file that is asked for: random, made in the browser, so that it can ask how far the file is.
    ExportTicket
}
number_id! {
    /// A site, as it stands in the script tag and in the dashboard's addresses.
    SiteId
}
number_id! {
    /// Somebody who may sign in to the dashboard.
    AccountId
}
