//! A page view is compared with what is usual for its page: the views of the last four weeks.

use app::{
    models::{
        ids::SessionId,
        timeline::{PageTime, Unmeasured, Usual},
    },
    services::Sessions,
};
use sea_orm::EntityTrait;
use server::{
    clock::Clock,
    reports::SessionReports,
    store::{entities::page_sketch, erasure::erase},
    tasks::learn::learn,
};

use super::detail::pages;
use crate::support::{
    builders::{Rows, SessionBuilder, a_page, a_session, store},
    collector::NOON,
    db::{FIRST_SITE, TestDb},
    test_app::TestApp,
};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Of 20 s each; a sketch gives up to 1 % more.
const USUAL: Usual = Usual { views: 30, median_active_ms: 20_095 };

/// Somebody who looked at one page for so long, and is gone.
fn reader(ms_ago: i64, path: &str, active_ms: i64) -> SessionBuilder {
    a_session(NOON - ms_ago).page(a_page(path).measured(active_ms, 0, 0)).ended(NOON)
}

/// So many who looked at `/a` for 20 s, spread over the last weeks.
fn readers(many: i64) -> impl Iterator<Item = Rows> {
    (1..=many).map(|number| reader(number * 20 * HOUR, "/a", 20_000).build())
}

/// Somebody who has just opened a page that has not reported yet.
async fn who_looks_at(test: &TestDb, path: &str) -> SessionId {
    let rows = a_session(NOON - 1_000).page(a_page(path)).build();
    let id = rows.id();
    store(&test.db, [rows]).await.unwrap();
    id
}

async fn learnt(test: &TestDb, now_ms: i64) -> Vec<page_sketch::Model> {
    learn(test.db.clone(), now_ms).await.unwrap();
    page_sketch::Entity::find().all(test.db.reader()).await.unwrap()
}

/// What is said of the first page of a session, once what there is was learnt.
async fn usual(test: &TestDb, id: SessionId) -> Option<Usual> {
    learnt(test, NOON).await;
    let reports = SessionReports::new(test.db.clone(), Clock::set_to(NOON));
    let detail = reports.detail(FIRST_SITE, id).await.unwrap().unwrap();
    pages(&detail)[0].usual
}

#[tokio::test]
async fn who_stays_four_times_as_long_as_thirty_before_is_told_so() {
    let app = TestApp::demo().await;
    let slow = a_session(NOON - 2 * MINUTE).page(a_page("/a").measured(80_000, 0, 0)).build();
    let page = format!("/sites/1/sessions/{}", slow.id());
    store(&app.db.db, readers(29).chain([slow])).await.unwrap();
    learnt(&app.db, NOON).await;
    let body = app.browser().get(&page).await.body;
    assert!(body.contains("1 min 20 s") && !body.contains("the median of this page"), "29 are too few: {body}");

    store(&app.db.db, [reader(HOUR, "/a", 20_000).build()]).await.unwrap();
    learnt(&app.db, NOON).await;
    let body = app.browser().get(&page).await.body;
    for part in ["4 times the median of this page, 20 s", "of 30 views in the last 28 days"] {
        assert!(body.contains(part), "{part} in {body}");
    }
}

#[tokio::test]
async fn it_is_known_of_a_page_whose_time_is_not_measured_and_of_no_other_page() {
    let test = TestDb::fresh().await;
    store(&test.db, readers(30)).await.unwrap();
    let (known, other) = (who_looks_at(&test, "/a").await, who_looks_at(&test, "/b").await);
    assert_eq!(usual(&test, known).await, Some(USUAL));
    assert_eq!(usual(&test, other).await, None);
    let reports = SessionReports::new(test.db.clone(), Clock::set_to(NOON));
    let detail = reports.detail(FIRST_SITE, known).await.unwrap().unwrap();
    assert_eq!(pages(&detail)[0].time, PageTime::NotMeasured(Unmeasured::NotYet));
}

#[tokio::test]
async fn half_of_the_views_are_at_most_as_long_as_the_median_whatever_the_days() {
    let test = TestDb::fresh().await;
    let of_all_lengths = (1..=41).map(|number| reader(number * 14 * HOUR, "/a", number * 1_000).build());
    store(&test.db, of_all_lengths).await.unwrap();
    let looking = who_looks_at(&test, "/a").await;
    let Usual { views, median_active_ms } = usual(&test, looking).await.unwrap();
    assert_eq!(views, 41);
    assert!((21_000..21_210).contains(&median_active_ms), "{median_active_ms}");
}

#[tokio::test]
async fn machines_open_sessions_pages_without_time_other_sites_and_five_weeks_ago_do_not_count() {
    let test = TestDb::fresh().await;
    let other_site = test.site("blog.example", "UTC").await;
    store(&test.db, readers(29)).await.unwrap();
    let left_out = [
        reader(DAY, "/a", 90_000).row(|row| row.bot = Some("crawler".into())),
        a_session(NOON - MINUTE).page(a_page("/a").measured(50_000, 0, 0)),
        a_session(NOON - DAY).page(a_page("/a")).ended(NOON),
        reader(DAY, "/a", 90_000).on(other_site),
        reader(29 * DAY, "/a", 90_000),
    ];
    store(&test.db, left_out.map(SessionBuilder::build)).await.unwrap();
    let looking = who_looks_at(&test, "/a").await;
    assert_eq!(usual(&test, looking).await, None);
    store(&test.db, [reader(DAY, "/a", 20_000).build()]).await.unwrap();
    assert_eq!(usual(&test, looking).await, Some(USUAL));
}

#[tokio::test]
async fn what_was_learnt_of_erased_sessions_goes_with_their_paths() {
    let test = TestDb::fresh().await;
    let gone = [reader(20 * DAY, "/a", 20_000).build(), reader(20 * DAY, "/of-one-alone", 20_000).build()];
    let ids = gone.each_ref().map(Rows::id);
    store(&test.db, readers(29).chain(gone)).await.unwrap();
    let looking = who_looks_at(&test, "/a").await;
    assert_eq!(usual(&test, looking).await, Some(USUAL));
    assert!(learnt(&test, NOON).await.iter().any(|row| row.path == "/of-one-alone"));
    erase(&test.db, FIRST_SITE, &ids).await.unwrap();
    assert_eq!(usual(&test, looking).await, None);
    let left = learnt(&test, NOON).await;
    assert_eq!(left.iter().map(|row| row.views).sum::<i32>(), 29);
    assert!(left.iter().all(|row| row.path == "/a"), "{left:?}");
}

#[tokio::test]
async fn days_are_kept_for_four_weeks_and_learning_again_changes_nothing() {
    let test = TestDb::fresh().await;
    store(&test.db, readers(30)).await.unwrap();
    let first = learnt(&test, NOON).await;
    assert_eq!(first.iter().map(|row| row.views).sum::<i32>(), 30);
    assert_eq!(learnt(&test, NOON).await, first);
    assert_eq!(learnt(&test, NOON + 28 * DAY).await, []);
}

#[tokio::test]
async fn a_session_of_very_many_pages_is_told_of_the_first_two_hundred() {
    let test = TestDb::fresh().await;
    let pages_of_all = || (0..250).map(|number| a_page(&format!("/{number:03}")).after(number).measured(20_000, 0, 0));
    let visit = |number: i64| a_session(NOON - number * HOUR).pages(pages_of_all()).ended(NOON).build();
    store(&test.db, (1..=30).map(visit)).await.unwrap();
    let one = visit(31);
    let id = one.id();
    store(&test.db, [one]).await.unwrap();
    learnt(&test, NOON).await;
    let reports = SessionReports::new(test.db.clone(), Clock::set_to(NOON));
    let detail = reports.detail(FIRST_SITE, id).await.unwrap().unwrap();
    let told: Vec<bool> = pages(&detail).iter().map(|page| page.usual.is_some()).collect();
    assert_eq!((told.len(), told.iter().filter(|&&told| told).count()), (250, 200));
    assert!(told[..200].iter().all(|&told| told));
}
