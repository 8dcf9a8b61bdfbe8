//! A step of the paths that sessions take, for conditions on it.

use serde::{Deserialize, Serialize};

use super::params::{decoded, encoded};
use crate::models::paths::{Anchor, STEPS_SEEN};

/// A step of a path: the first is at the anchor itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PathStep {
    /// From where steps are counted.
    pub anchor: Anchor,
    /// Which step, from 1 to [`STEPS_SEEN`].
    pub at: u8,
}

impl PathStep {
    /// It and a page as one text: `after=/lamps=2=/cart`, with percent signs for what would not be told apart.
    pub(super) fn with_page(&self, page: &str) -> String {
        [self.anchor.way().as_ref(), self.anchor.page(), &self.at.to_string(), page].map(encoded).join("=")
    }

    /// Reads that.
    pub(super) fn and_page(text: &str) -> Option<(Self, String)> {
        let mut parts = text.splitn(4, '=').map(decoded);
        let (way, of, at, page) = (parts.next()??, parts.next()??, parts.next()??, parts.next()??);
        let anchor = Anchor::of(way.parse().ok()?, &of)?;
        let at = at.parse().ok().filter(|at| (1..=STEPS_SEEN).contains(at))?;
        Some((Self { anchor, at }, page))
    }
}
