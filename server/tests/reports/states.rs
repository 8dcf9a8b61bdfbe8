//! Where a session stands when it is read.

use app::{
    models::{
        query::SessionQuery,
        session::{IDLE_LIMIT_MS, LONGEST_MS, NOW_MS, SessionState},
    },
    services::Sessions,
};
use rstest::rstest;
use server::{clock::Clock, reports::SessionReports};

use crate::support::{
    builders::{SessionBuilder, a_page, a_session, store},
    db::{FIRST_SITE, TestDb},
};

const NOON: i64 = 1_774_000_800_000;
const HOUR: i64 = 3_600_000;

fn heard_of(ms_ago: i64) -> SessionBuilder {
    a_session(NOON - HOUR).received(NOON - ms_ago)
}

#[rstest]
#[case::just_now(heard_of(0), SessionState::Now)]
#[case::five_minutes_ago(heard_of(NOW_MS), SessionState::Now)]
#[case::a_moment_longer_ago(heard_of(NOW_MS + 1), SessionState::Open)]
#[case::all_pages_left(heard_of(1_000).away(), SessionState::Open)]
#[case::at_the_limit(heard_of(IDLE_LIMIT_MS), SessionState::Open)]
#[case::past_the_limit_and_not_closed_yet(heard_of(IDLE_LIMIT_MS + 1), SessionState::Closed)]
#[case::closed(heard_of(1_000).ended(NOON), SessionState::Closed)]
#[case::a_whole_day(a_session(NOON - LONGEST_MS).received(NOON), SessionState::Now)]
#[case::more_than_a_day(a_session(NOON - LONGEST_MS - 1).received(NOON), SessionState::Closed)]
#[case::received_by_a_node_whose_clock_is_ahead(heard_of(-3_000), SessionState::Now)]
#[tokio::test]
async fn a_session_is(#[case] session: SessionBuilder, #[case] state: SessionState) {
    let test = TestDb::fresh().await;
    store(&test.db, [session.page(a_page("/")).build()]).await.unwrap();
    let reports = SessionReports::new(test.db.clone(), Clock::set_to(NOON));
    let page = reports.list(&SessionQuery::newest(FIRST_SITE)).await.unwrap();
    assert_eq!(page.sessions[0].state, state);
}

#[tokio::test]
async fn a_session_ceases_to_be_now_without_a_message() {
    let test = TestDb::fresh().await;
    let clock = Clock::set_to(NOON);
    store(&test.db, [heard_of(0).page(a_page("/")).build()]).await.unwrap();
    let reports = SessionReports::new(test.db.clone(), clock.clone());
    let mut states = Vec::new();
    for _ in 0..4 {
        states.push(reports.list(&SessionQuery::newest(FIRST_SITE)).await.unwrap().sessions[0].state);
        clock.advance(12 * 60_000);
    }
    assert_eq!(states, [SessionState::Now, SessionState::Open, SessionState::Open, SessionState::Closed]);
}
