//! Properties of the events that a site names itself.

use super::params::{joined, parts};

/// A property of an event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Property {
    /// The event's name.
    pub event: String,
    /// The property's.
    pub key: String,
}

impl Property {
    /// It and a value of it as one text: `signup=plan=pro`, with percent signs for what would not be told apart.
    pub(super) fn with_value(&self, value: &str) -> String {
        joined(&[&self.event, &self.key, value])
    }

    /// Reads that.
    pub(super) fn and_value(text: &str) -> Option<(Self, String)> {
        let [event, key, value] = parts(text, 3)?.try_into().ok()?;
        Some((Self { event, key }, value))
    }
}
