//! Which session a message belongs to. A pure function: the writer calls it under the lock, message by message, each
//! result feeding the next.

use app::models::{
    ids::SessionId,
    session::{LONGEST_MS, Limits},
};

/// A message other than a page view can pass its page view by this much, in milliseconds, and still create it.
pub const OVERTAKE_MS: i64 = 60_000;

/// What the writer knows of a session when a message arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The session.
    pub id: SessionId,
    /// When its first page view began.
    pub started_at: i64,
    /// Its last sign of life by the server's clock.
    pub received_at: i64,
    /// When sessions of its site are over.
    pub limits: Limits,
}

impl Candidate {
    /// Whether a message received at `now` continues it.
    pub fn goes_on(&self, now: i64) -> bool {
        now <= self.limits.until(self.started_at, self.received_at)
    }
}

/// What kind of message it is, as far as sessions are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// A page view that is known belongs to this session, open or closed.
    OfKnownView(SessionId),
    /// A page view that is not known, `age_ms` old.
    View {
        /// Milliseconds since it began.
        age_ms: i64,
    },
    /// A time report or an event of a page view that is not known.
    Other {
        /// Milliseconds since its page view began.
        age_ms: i64,
    },
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It belongs to this session.
    Continue(SessionId),
    /// It begins a session; the one before, if any, is over.
    Begin,
    /// It can belong to none any more.
    TooLate,
}

/// Decides. `candidates` are the visitor's sessions, the likeliest first; `now` is the receive time.
pub fn sessionize(arrival: Arrival, candidates: impl IntoIterator<Item = Candidate>, now: i64) -> Decision {
    let (age_ms, begins_up_to) = match arrival {
        Arrival::OfKnownView(session) => return Decision::Continue(session),
        Arrival::View { age_ms } => (age_ms, LONGEST_MS),
        Arrival::Other { age_ms } => (age_ms, OVERTAKE_MS),
    };
    // A page from before the longest that a session may be would make one of it that is longer.
    let is_open = |candidate: &Candidate| candidate.goes_on(now) && age_ms <= candidate.limits.longest_ms();
    match candidates.into_iter().find(is_open) {
        Some(open) => Decision::Continue(open.id),
        None if age_ms <= begins_up_to => Decision::Begin,
        None => Decision::TooLate,
    }
}

#[cfg(test)]
mod tests {
    use app::models::session::IDLE_LIMIT_MS;
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    const MINUTE: i64 = 60_000;
    const NOW: i64 = 1_700_000_000_000;
    const ID: SessionId = SessionId(Uuid::from_u128(1));

    fn open(started_min_ago: i64, received_ms_ago: i64) -> Candidate {
        let (started_at, received_at) = (NOW - started_min_ago * MINUTE, NOW - received_ms_ago);
        Candidate { id: ID, started_at, received_at, limits: Limits::default() }
    }

    #[rstest]
    #[case::a_page_view_after_29_minutes(Arrival::View { age_ms: 0 }, Some(open(40, 29 * MINUTE)), Decision::Continue(ID))]
    #[case::at_the_limit(Arrival::View { age_ms: 0 }, Some(open(40, IDLE_LIMIT_MS)), Decision::Continue(ID))]
    #[case::a_millisecond_later(Arrival::View { age_ms: 0 }, Some(open(40, IDLE_LIMIT_MS + 1)), Decision::Begin)]
    #[case::after_24_hours(Arrival::View { age_ms: 0 }, Some(open(24 * 60 + 1, MINUTE)), Decision::Begin)]
    #[case::the_first_page_view(Arrival::View { age_ms: 0 }, None, Decision::Begin)]
    #[case::a_page_view_kept_for_hours(Arrival::View { age_ms: 5 * 60 * MINUTE }, None, Decision::Begin)]
    #[case::a_page_view_kept_for_days(Arrival::View { age_ms: LONGEST_MS + 1 }, None, Decision::TooLate)]
    #[case::an_event_that_passed_its_page_view(Arrival::Other { age_ms: OVERTAKE_MS }, None, Decision::Begin)]
    #[case::a_leave_hours_later(Arrival::Other { age_ms: 221 * MINUTE }, None, Decision::TooLate)]
    #[case::a_leave_after_the_limit(Arrival::Other { age_ms: 40 * MINUTE }, Some(open(40, 31 * MINUTE)), Decision::TooLate)]
    #[case::a_page_view_older_than_any_session(Arrival::View { age_ms: LONGEST_MS + 1 }, Some(open(40, MINUTE)), Decision::TooLate)]
    #[case::an_event_of_a_page_view_as_old(Arrival::Other { age_ms: LONGEST_MS + 1 }, Some(open(40, MINUTE)), Decision::TooLate)]
    #[case::of_a_known_page_view(Arrival::OfKnownView(ID), None, Decision::Continue(ID))]
    fn decisions(#[case] arrival: Arrival, #[case] candidate: Option<Candidate>, #[case] decision: Decision) {
        assert_eq!(sessionize(arrival, candidate, NOW), decision);
    }

    #[rstest]
    #[case::within_both(50, 4 * MINUTE, Decision::Continue(ID))]
    #[case::silent_for_longer_than_the_site_allows(50, 6 * MINUTE, Decision::Begin)]
    #[case::longer_than_the_site_allows(61, MINUTE, Decision::Begin)]
    fn a_site_sets_its_own_limits(#[case] started_min_ago: i64, #[case] silent_ms: i64, #[case] decision: Decision) {
        let candidate = Candidate { limits: Limits::new(5, 1), ..open(started_min_ago, silent_ms) };
        assert_eq!(sessionize(Arrival::View { age_ms: 0 }, Some(candidate), NOW), decision);
    }
}
