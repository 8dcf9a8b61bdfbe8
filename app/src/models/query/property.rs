//! Properties of the events that a site names itself.

use serde::{Deserialize, Serialize};

use super::params::{decoded, encoded};

/// A property of an event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Property {
    /// The event's name.
    pub event: String,
    /// The property's.
    pub key: String,
}

impl Property {
    /// It and a value of it as one text: `signup=plan=pro`, with percent signs for what would not be told apart.
    pub(super) fn with_value(&self, value: &str) -> String {
        [&self.event, &self.key, value].map(encoded).join("=")
    }

    /// Reads that.
    pub(super) fn and_value(text: &str) -> Option<(Self, String)> {
        let mut parts = text.splitn(3, '=').map(decoded);
        let (event, key, value) = (parts.next()??, parts.next()??, parts.next()??);
        Some((Self { event, key }, value))
    }
}
