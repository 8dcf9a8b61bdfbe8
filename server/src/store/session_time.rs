//! Session ids begin with the time at which their session began.

use uuid::Uuid;

/// The least session id that begins at a moment: a UUID v7 starts with its milliseconds.
pub(super) fn first_session_id(moment_ms: i64) -> Uuid {
    let ms = u128::try_from(moment_ms).unwrap_or_default();
    Uuid::from_u128(ms << 80)
}
