//! Where a session stands, worked out when it is read: time passes without a message.

use app::models::session::{Limits, NOW_MS, SessionState};

use crate::store::entities::session;

/// The state at `now_ms`. A session whose time is up is over, whether or not the task that closes it has come by.
pub(super) fn state(row: &session::Model, limits: Limits, now_ms: i64) -> SessionState {
    if row.ended_at.is_some() || now_ms > limits.until(row.started_at, row.received_at) {
        SessionState::Closed
    } else if now_ms.saturating_sub(row.received_at) <= NOW_MS && !row.away {
        SessionState::Now
    } else {
        SessionState::Open
    }
}
