//! The lists that a session leads to: of those that have something in common with it, itself among them.

use crate::models::{
    query::{Dimension, Filter, LONGEST_VALUE, LocalMinute, Machines, Period, Recent, SessionQuery},
    timeline::SessionDetail,
};

/// The shortest of the usual stretches in which the session is, with machines where it is taken for one.
pub(super) fn around(detail: &SessionDetail) -> SessionQuery {
    let session = &detail.session;
    let machines = if session.bot.is_some() { Machines::Shown } else { Machines::Hidden };
    SessionQuery { period: period(detail), machines, ..SessionQuery::newest(session.site) }
}

/// What has been so long ago that no stretch up to now holds it has the month in which it began.
fn period(detail: &SessionDetail) -> Period {
    let started = detail.session.started;
    let age_ms = detail.now_ms.saturating_sub(started.ms);
    let recent = [Recent::Week, Recent::Month, Recent::Quarter].into_iter().find(|recent| age_ms < recent.ms());
    recent.map_or_else(
        || {
            let LocalMinute { year, month, .. } = LocalMinute::of(started);
            Period::Month { year, month }
        },
        Period::Last,
    )
}

/// The address of the list of those that have this value; `None` of one that no address can hold.
pub(super) fn href(around: &SessionQuery, dimension: Dimension, value: &str) -> Option<String> {
    let fits = value.chars().count() <= LONGEST_VALUE;
    fits.then(|| around.with(Filter::is(dimension, value)).href())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::models::{
        samples::{detail, session},
        session::Session,
        time::LocalTime,
    };

    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    /// 24 November 2026, 14:02 in Berlin.
    const STARTED: LocalTime = LocalTime { ms: 1_795_525_330_000, offset_s: 3_600 };

    fn days_ago(days: i64) -> SessionDetail {
        let session = Session { started: STARTED, ..session(1) };
        SessionDetail { now_ms: STARTED.ms + days * DAY_MS, ..detail(session, vec![]) }
    }

    #[rstest]
    #[case::today(0, "/sites/1/sessions?country=DE")]
    #[case::a_week_ago(7, "/sites/1/sessions?period=30d&country=DE")]
    #[case::a_month_ago(40, "/sites/1/sessions?period=90d&country=DE")]
    #[case::long_ago(90, "/sites/1/sessions?period=2026-11&country=DE")]
    #[case::by_a_clock_that_was_set_back(-1, "/sites/1/sessions?country=DE")]
    fn the_session_is_in_the_list(#[case] days: i64, #[case] expected: &str) {
        assert_eq!(href(&around(&days_ago(days)), Dimension::Country, "DE").as_deref(), Some(expected));
    }

    #[test]
    fn machines_are_among_those_that_have_something_in_common_with_one() {
        let detail = days_ago(0);
        let machine = Session { bot: Some("crawler".into()), ..detail.session.clone() };
        let href = href(&around(&SessionDetail { session: machine, ..detail }), Dimension::Browser, "");
        assert_eq!(href.as_deref(), Some("/sites/1/sessions?machines=shown&browser="));
    }

    #[test]
    fn a_value_that_no_address_holds_leads_nowhere() {
        let around = around(&days_ago(0));
        assert!(href(&around, Dimension::Entry, &"ä".repeat(LONGEST_VALUE)).is_some());
        assert_eq!(href(&around, Dimension::Entry, &"ä".repeat(LONGEST_VALUE + 1)), None);
    }
}
