//! What exactly the selected sessions come to.

use serde::{Deserialize, Serialize};

use super::time::LocalTime;

/// Figures and the course in time of the sessions that a query selects, whatever page of the list is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The server's clock when it answered, in milliseconds since the epoch.
    pub now_ms: i64,
    /// The figures.
    pub summary: Summary,
    /// The same of the stretch before, of the same length; `None` where that makes no sense.
    pub before: Option<Summary>,
    /// The course in time.
    pub histogram: Vec<Bar>,
}

/// Figures of some sessions. Whole sessions are counted, whatever chose them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// How many there are.
    pub sessions: u64,
    /// Their page views.
    pub page_views: u64,
    /// The duration that half of them are not longer than, in milliseconds. Sessions of perhaps several people stay out
    /// of this and the next three.
    pub median_duration_ms: Option<u64>,
    /// The duration that nine of ten are not longer than.
    pub p90_duration_ms: Option<u64>,
    /// The same of active time, where it was measured.
    pub median_active_ms: Option<u64>,
    /// The same of active time.
    pub p90_active_ms: Option<u64>,
    /// Bounces among those that can be one: closed, and their time was measured.
    pub bounces: u64,
    /// How many can be one.
    pub could_bounce: u64,
    /// Sessions with a sign.
    pub signed: u64,
    /// Sessions that reached the goal that was asked for; `None` where none was, or it is gone.
    pub conversions: Option<u64>,
}

/// A bar of the histogram: sessions that began within a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// Its first moment.
    pub from: LocalTime,
    /// The first moment that does not belong to it.
    pub to: LocalTime,
    /// Sessions with a sign of friction.
    pub friction: u64,
    /// Sessions with a suspicious sign, and none of friction.
    pub suspicious: u64,
    /// Sessions that are only outstanding.
    pub outstanding: u64,
    /// Sessions without a sign.
    pub plain: u64,
}

impl Bar {
    /// All of its sessions.
    pub fn sessions(&self) -> u64 {
        self.friction + self.suspicious + self.outstanding + self.plain
    }
}

/// The most bars that a histogram has.
pub const MOST_BARS: usize = 120;
