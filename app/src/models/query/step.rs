//! A step of the paths that sessions take, for conditions on it.

use super::params::{joined, parts};
use crate::models::paths::{Anchor, STEPS_SEEN};

/// A step of a path: the first is at the anchor itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathStep {
    /// From where steps are counted.
    pub anchor: Anchor,
    /// Which step, from 1 to [`STEPS_SEEN`].
    pub at: u8,
}

impl PathStep {
    /// It and a page as one text: `after=/lamps=2=/cart`, with percent signs for what would not be told apart.
    pub(super) fn with_page(&self, page: &str) -> String {
        joined(&[self.anchor.way().as_ref(), self.anchor.page(), &self.at.to_string(), page])
    }

    /// Reads that.
    pub(super) fn and_page(text: &str) -> Option<(Self, String)> {
        let [way, of, at, page] = parts(text, 4)?.try_into().ok()?;
        let anchor = Anchor::of(way.parse().ok()?, &of)?;
        let at = at.parse().ok().filter(|at| (1..=STEPS_SEEN).contains(at))?;
        Some((Self { anchor, at }, page))
    }
}
