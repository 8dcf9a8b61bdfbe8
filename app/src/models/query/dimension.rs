//! What sessions can be told apart by: closed lists. Adding one is a variant; the compiler names every place to extend.

use strum::{AsRefStr, EnumIter, EnumString};

use crate::models::as_text::travels_as_text;

/// Something that a session has as a text, or several of: the text form is the name in addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsRefStr, EnumIter, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Dimension {
    /// The name of where it came from: `Google`.
    Source,
    /// The kind of source: `search`.
    Channel,
    /// The name of its campaign.
    Campaign,
    /// The medium of its campaign: `cpc`.
    Medium,
    /// The country's two letters.
    Country,
    /// What it ran on: `phone`.
    Device,
    /// The operating system's family.
    Os,
    /// The browser's family.
    Browser,
    /// The path of its first page.
    Entry,
    /// The path of its last page.
    Exit,
    /// The paths of its pages.
    Page,
    /// The hosts of its pages.
    Host,
    /// Its events: those that the site names by their name, others by their kind.
    Event,
    /// Where the links lead that were clicked.
    Link,
    /// What is unusual about it.
    Sign,
    /// Whether it was a bounce, once that can be told.
    Bounced,
    /// Why it is taken for a machine.
    Bot,
}

travels_as_text!(Dimension);

impl Dimension {
    /// Whether a session can have several values of it.
    pub fn is_many(self) -> bool {
        matches!(self, Self::Page | Self::Host | Self::Event | Self::Link | Self::Sign)
    }
}

/// Something that a session has a number of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsRefStr, EnumIter, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Metric {
    /// Seconds from the beginning to the last activity.
    Duration,
    /// Seconds of active time; a session whose time was not measured is neither above nor below.
    Active,
    /// Page views.
    Pages,
    /// Events of every kind.
    Events,
    /// Clicks.
    Clicks,
    /// How far down the page was seen that was seen farthest, in percent; a session of which that was not measured is
    /// neither above nor below.
    Scroll,
    /// Reference codes that its visitor was shown, as long as they lead to it.
    References,
}
