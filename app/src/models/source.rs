//! Where a visit came from.

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString, VariantNames};

use super::as_text::travels_as_text;

/// The kind of source.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsRefStr, Display, EnumIter, EnumString, VariantNames,
)]
#[strum(serialize_all = "snake_case")]
pub enum Channel {
    /// An address typed in, a bookmark, or a browser that does not say.
    Direct,
    /// A search engine.
    Search,
    /// A social network.
    Social,
    /// A mail or a web mailer.
    Email,
    /// A link on another site.
    Referral,
    /// A link with campaign parameters.
    Campaign,
    /// An AI assistant.
    Assistant,
    /// A tab that woke after the session's limit, or a page of the site itself.
    Resumed,
}

travels_as_text!(Channel);

/// The source of a page view; a session has that of its earliest one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The kind.
    pub channel: Channel,
    /// The name that people know: `Google`, `news.example`, `Direct`.
    pub name: String,
}

/// What a later page view was reached from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// Its own source.
    pub source: Source,
    /// The name of its campaign.
    pub campaign: Option<String>,
}

/// The campaign parameters of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// `utm_source`, `source` or `ref`.
    pub source: Option<String>,
    /// `utm_medium`.
    pub medium: Option<String>,
    /// `utm_campaign`.
    pub name: Option<String>,
    /// `utm_term`.
    pub term: Option<String>,
    /// `utm_content`.
    pub content: Option<String>,
}

impl Campaign {
    /// Whether the address named no campaign.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
