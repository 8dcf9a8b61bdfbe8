//! The clock, passed to whatever needs the time, so that tests set it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Tells the time.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's.
    System,
    /// Stands still until it is set: for tests.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `ms`.
    pub fn set_to(ms: i64) -> Self {
        Self::Set(Arc::new(AtomicI64::new(ms)))
    }

    /// Milliseconds since the epoch, UTC.
    pub fn now_ms(&self) -> i64 {
        match self {
            Self::System => chrono::Utc::now().timestamp_millis(),
            Self::Set(at) => at.load(Ordering::SeqCst),
        }
    }

    /// Moves a clock that was set; the machine's clock goes by itself.
    pub fn advance(&self, ms: i64) {
        if let Self::Set(at) = self {
            at.fetch_add(ms, Ordering::SeqCst);
        }
    }
}
