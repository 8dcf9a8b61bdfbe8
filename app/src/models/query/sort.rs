//! The order of the list.

use strum::{AsRefStr, EnumIter, EnumString};

/// What the list is ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, AsRefStr, EnumIter, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum SortKey {
    /// When the session began.
    #[default]
    Start,
    /// When it gave a sign of life last.
    Activity,
    /// How long it was.
    Duration,
    /// Active time; sessions whose time was not measured come last, whichever way.
    Active,
    /// Page views.
    Pages,
    /// Events.
    Events,
}

/// An order: sessions that are equal come in the order of their ids, the same way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sort {
    /// By what.
    pub key: SortKey,
    /// The least first instead of the greatest.
    pub ascending: bool,
}

impl Sort {
    /// The greatest first.
    pub fn descending(key: SortKey) -> Self {
        Self { key, ascending: false }
    }

    /// This order if it is another key's, else the same the other way round: what a click on a column's head asks for.
    pub fn toggled(self, key: SortKey) -> Self {
        Self { key, ascending: self.key == key && !self.ascending }
    }
}
