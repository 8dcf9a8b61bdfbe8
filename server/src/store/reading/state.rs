//! Where a session stands, worked out when it is read: time passes without a message.

use app::models::session::{Limits, NOW_MS, SessionState};

use crate::store::entities::session;

/// Whether its time is up at `now_ms`, though the task that closes it may not have come by.
pub(crate) fn is_over(row: &session::Model, limits: Limits, now_ms: i64) -> bool {
    row.ended_at.is_some() || now_ms > limits.until(row.started_at, row.received_at)
}

/// The state at `now_ms`.
pub(super) fn state(row: &session::Model, limits: Limits, now_ms: i64) -> SessionState {
    if is_over(row, limits, now_ms) {
        SessionState::Closed
    } else if now_ms.saturating_sub(row.received_at) <= NOW_MS && !row.away {
        SessionState::Now
    } else {
        SessionState::Open
    }
}
