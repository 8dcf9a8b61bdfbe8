//! A session in the list that it was opened from: what stands beside it, and that the list cuts nothing of it. For random
//! lists `selection` has the same.

use app::{
    models::{
        event::EventKind,
        goal::Goal,
        ids::SessionId,
        query::{Dimension, Filter, Neighbours, SessionQuery, Sort, SortKey, session_href},
        timeline::SessionDetail,
    },
    services::{Sessions, Unavailable},
};
use http::StatusCode;
use rstest::rstest;
use serde_json::json;
use server::{clock::Clock, reports::SessionReports};
use uuid::Uuid;

use super::detail::pages;
use crate::support::{
    builders::{Rows, a_page, a_session, an_event, store},
    collector::NOON,
    db::{FIRST_SITE, TestDb},
    test_app::TestApp,
};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

fn reports(test: &TestDb) -> SessionReports {
    SessionReports::new(test.db.clone(), Clock::set_to(NOON))
}

fn newest() -> SessionQuery {
    SessionQuery::newest(FIRST_SITE)
}

/// More than a page of sessions, each a minute older than the one before; they differ in their length, but not all.
async fn many(test: &TestDb) {
    let one = |at: i64| a_session(NOON - at * MINUTE).page(a_page("/").measured(1_000 * (at % 7), 0, 0)).build();
    store(&test.db, (0..120).map(one)).await.unwrap();
}

/// Every session from the top to the bottom, page by page.
async fn listed(reports: &SessionReports, list: &SessionQuery) -> Vec<SessionId> {
    let mut ids = Vec::new();
    let mut page = Some(list.clone());
    while let Some(query) = page {
        let found = reports.list(&query).await.unwrap();
        ids.extend(found.sessions.iter().map(|session| session.id));
        page = found.below;
    }
    ids
}

/// The sessions on the way from one, in one direction.
async fn walked(
    reports: &SessionReports,
    list: &SessionQuery,
    from: SessionId,
    way: fn(Neighbours) -> Option<SessionId>,
) -> Vec<SessionId> {
    let mut ids = vec![from];
    while let Some(id) = way(reports.neighbours(list, ids[ids.len() - 1]).await.unwrap()) {
        ids.push(id);
    }
    ids
}

#[rstest]
#[case::the_newest(newest())]
#[case::the_longest(newest().sorted(Sort::descending(SortKey::Duration)))]
#[case::the_shortest(newest().sorted(Sort { key: SortKey::Duration, ascending: true }))]
#[case::of_a_selection(newest().with(Filter::is(Dimension::Page, "/")))]
#[tokio::test]
async fn from_the_top_of_a_list_the_way_leads_through_all_of_it_and_back(#[case] list: SessionQuery) {
    let test = TestDb::fresh().await;
    many(&test).await;
    let reports = reports(&test);
    let mut ids = listed(&reports, &list).await;
    assert_eq!(ids.len(), 120);
    assert_eq!(walked(&reports, &list, ids[0], |beside| beside.next).await, ids);
    let bottom = ids[ids.len() - 1];
    ids.reverse();
    assert_eq!(walked(&reports, &list, bottom, |beside| beside.previous).await, ids);
}

#[tokio::test]
async fn the_page_of_the_list_does_not_matter() {
    let test = TestDb::fresh().await;
    many(&test).await;
    let reports = reports(&test);
    for list in [newest(), newest().sorted(Sort::descending(SortKey::Duration))] {
        let second = reports.list(&list).await.unwrap().below.unwrap();
        let first = listed(&reports, &list).await[0];
        let beside = reports.neighbours(&second, first).await.unwrap();
        assert_eq!(beside, reports.neighbours(&list, first).await.unwrap());
        assert!(beside.next.is_some());
    }
}

#[rstest]
#[case::the_newest(newest())]
#[case::the_longest(newest().sorted(Sort::descending(SortKey::Duration)))]
#[tokio::test]
async fn a_session_from_before_the_period_stands_below_the_list_if_it_would_stand_there(#[case] list: SessionQuery) {
    let test = TestDb::fresh().await;
    let one = |ago: i64, active: i64| a_session(NOON - ago).page(a_page("/").measured(active, 0, 0)).build();
    let (long, short, old) = (one(MINUTE, 9_000), one(2 * MINUTE, 5_000), one(8 * DAY, 1_000));
    let (above, id) = (short.id(), old.id());
    store(&test.db, [long, short, old]).await.unwrap();
    let reports = reports(&test);
    assert_eq!(listed(&reports, &list).await.len(), 2);
    let beside = reports.neighbours(&list, id).await.unwrap();
    assert_eq!(beside, Neighbours { previous: Some(above), next: None });
}

#[rstest]
#[case::the_newest(newest())]
#[case::the_longest(newest().sorted(Sort::descending(SortKey::Duration)))]
#[tokio::test]
async fn a_session_that_has_just_arrived_is_there_and_one_of_another_site_is_not(#[case] list: SessionQuery) {
    let test = TestDb::fresh().await;
    let other = test.site("blog.example", "UTC").await;
    let first = a_session(NOON - 2 * MINUTE).page(a_page("/").measured(1_000, 0, 0)).build();
    let id = first.id();
    let elsewhere = |at: i64| a_session(NOON - at * MINUTE).on(other).page(a_page("/").measured(2_000, 0, 0)).build();
    store(&test.db, (0..5).map(elsewhere).chain([first])).await.unwrap();
    let reports = reports(&test);
    assert_eq!(reports.neighbours(&list, id).await.unwrap(), Neighbours::default());

    let second = a_session(NOON - MINUTE).received(NOON).page(a_page("/").measured(2_000, 0, 0)).build();
    let previous = Some(second.id());
    store(&test.db, [second]).await.unwrap();
    assert_eq!(reports.neighbours(&list, id).await.unwrap(), Neighbours { previous, next: None });
}

#[tokio::test]
async fn without_its_database_no_neighbours_are_told() {
    let test = TestDb::fresh().await;
    let reports = reports(&test);
    test.db.clone().close().await.unwrap();
    for list in [newest(), newest().with(Filter::is(Dimension::Page, "/"))] {
        assert_eq!(reports.neighbours(&list, SessionId(Uuid::nil())).await, Err(Unavailable));
    }
}

/// Two pages, of which a list asks for one, with something that happened on the other.
fn shopper(ms_ago: i64) -> Rows {
    a_session(NOON - ms_ago)
        .page(a_page("/pricing").measured(3_000, 0, 0))
        .page(a_page("/cart").after(5_000).measured(2_000, 0, 0).event(an_event(EventKind::Custom).named("Paid")))
        .build()
}

#[tokio::test]
async fn a_list_that_asks_for_one_page_cuts_nothing_of_a_session_that_is_opened_from_it() {
    let app = TestApp::demo().await;
    let (one, two) = (shopper(9 * MINUTE), shopper(20 * MINUTE));
    let (id, older) = (one.id(), two.id());
    let apart = a_session(NOON - 15 * MINUTE).page(a_page("/cart")).build();
    store(&app.db.db, [one, two, apart]).await.unwrap();
    let list = newest().with(Filter::is(Dimension::Page, "/pricing"));

    let answer = app.browser().call("/api/session", &json!({ "list": list, "id": id })).await;
    let (detail, beside, _): (SessionDetail, Neighbours, Option<Goal>) = serde_json::from_str(&answer.body).unwrap();
    let plain = app.browser().call("/api/session", &json!({ "list": newest(), "id": id })).await;
    let (whole, ..): (SessionDetail, Neighbours, Option<Goal>) = serde_json::from_str(&plain.body).unwrap();
    assert_eq!(detail, whole);
    let told: Vec<_> = pages(&detail).iter().map(|page| (page.path.as_str(), page.events.len())).collect();
    assert_eq!(told, [("/pricing", 0), ("/cart", 1)]);
    assert_eq!(beside, Neighbours { previous: None, next: Some(older) });
}

#[tokio::test]
async fn a_session_s_page_has_its_ways_without_scripts() {
    let app = TestApp::demo().await;
    let (one, two) = (shopper(9 * MINUTE), shopper(20 * MINUTE));
    let (newer, older) = (one.id(), two.id());
    store(&app.db.db, [one, two]).await.unwrap();
    let list = newest().with(Filter::is(Dimension::Page, "/pricing"));

    let page = app.browser().get(&list.href()).await;
    assert!(page.body.contains(&format!("href=\"{}\"", list.session_href(newer))), "{}", page.body);
    let page = app.browser().get(&format!("{}&show=events", list.session_href(newer))).await;
    assert_eq!(page.status, StatusCode::OK);
    for href in [list.href(), list.session_href(older)] {
        assert!(page.body.contains(&format!("href=\"{href}\"")), "{href} in {}", page.body);
    }
    assert!(page.body.contains("Sessions, filtered") && page.body.contains("/cart"));
    assert!(!page.body.contains("not understood"));

    let bare = app.browser().get(&session_href(FIRST_SITE, older)).await;
    assert!(bare.body.contains(&format!("href=\"{}\"", session_href(FIRST_SITE, newer))), "{}", bare.body);
    assert!(bare.body.contains("All sessions"));
}
