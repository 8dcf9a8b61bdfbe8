//! Session ids begin with the time at which their session began.

use std::ops::RangeInclusive;

use uuid::Uuid;

/// How many days sessions are compared with, today included: whole weeks, so that each day of the week counts the same.
const COMPARED_DAYS: i64 = 28;

/// The least session id that begins at a moment: a UUID v7 starts with its milliseconds.
pub(crate) fn first_session_id(moment_ms: i64) -> Uuid {
    let ms = u128::try_from(moment_ms).unwrap_or_default();
    Uuid::from_u128(ms << 80)
}

/// The moment that a session's id begins with, in milliseconds since the epoch.
pub(crate) fn began_at(session: Uuid) -> i64 {
    i64::try_from(session.as_u128() >> 80).unwrap_or_default()
}

/// The UTC day on which a session began, counted from the epoch.
pub(crate) fn day_of(session: Uuid) -> i32 {
    i32::try_from(began_at(session).div_euclid(DAY_MS)).unwrap_or_default()
}

/// The UTC days whose sessions others are compared with at `now_ms`, counted from the epoch.
pub(crate) fn compared_days(now_ms: i64) -> RangeInclusive<i32> {
    let day = |number: i64| i32::try_from(number).unwrap_or_default();
    let today = now_ms.div_euclid(DAY_MS);
    day(today - COMPARED_DAYS + 1)..=day(today)
}

/// Milliseconds in a day.
pub(crate) const DAY_MS: i64 = 24 * 60 * 60 * 1000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_gives_back_its_moment_and_day() {
        let moment = 1_790_000_000_123;
        let id = first_session_id(moment);
        assert_eq!((began_at(id), day_of(id)), (moment, 20_717));
        assert_eq!(day_of(first_session_id(DAY_MS - 1)), 0);
        assert_eq!(day_of(first_session_id(DAY_MS)), 1);
    }

    #[test]
    fn four_weeks_end_with_today() {
        assert_eq!(compared_days(100 * DAY_MS), 73..=100);
        assert_eq!(compared_days(101 * DAY_MS - 1), 73..=100);
    }
}
