//! Where a session stands, worked out when it is read: time passes without a message.

use app::models::session::{IDLE_LIMIT_MS, LONGEST_MS, NOW_MS, SessionState};

use crate::store::entities::session;

/// The state at `now_ms`. A session whose time is up is over, whether or not the task that closes it has come by.
pub(super) fn state(row: &session::Model, now_ms: i64) -> SessionState {
    let silent_ms = now_ms.saturating_sub(row.received_at);
    let age_ms = now_ms.saturating_sub(row.started_at);
    if row.ended_at.is_some() || silent_ms > IDLE_LIMIT_MS || age_ms > LONGEST_MS {
        SessionState::Closed
    } else if silent_ms <= NOW_MS && !row.away {
        SessionState::Now
    } else {
        SessionState::Open
    }
}
