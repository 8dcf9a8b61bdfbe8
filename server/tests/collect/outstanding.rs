//! Sessions are compared with those of their own site in the last four weeks.

use app::{
    models::{
        care::Verdict,
        query::{Dimension, Filter, Recent, SessionQuery},
        session::Session,
        sign::{Sign, SignKind},
    },
    services::Sessions,
};
use sea_orm::EntityTrait;
use server::{
    clock::Clock,
    reports::SessionReports,
    store::{
        entities::{session_sketch, site},
        erasure::erase,
        verdicts,
    },
    tasks::learn::learn,
};

use crate::support::{
    builders::{Rows, SessionBuilder, a_page, a_session, store},
    db::{FIRST_SITE, TestDb},
};

/// 10 November 2026, 12:00 UTC.
const NOW: i64 = 1_794_312_000_000;
const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

/// One that ended some time ago, of so many pages.
fn visit(ms_ago: i64, pages: usize) -> SessionBuilder {
    let began = NOW - ms_ago;
    let pages = (0..pages).map(|number| {
        let after = i64::try_from(number).unwrap() * 10_000;
        a_page("/lamps").after(after).measured(10_000, 0, 0)
    });
    a_session(began).pages(pages).ended(NOW)
}

/// So many that are alike, spread over the last weeks.
fn usual(many: i64) -> impl Iterator<Item = Rows> {
    (0..many).map(|number| visit(HOUR + number * 3 * HOUR, 2).build())
}

async fn learnt(test: &TestDb, now_ms: i64) -> (Option<i64>, Option<i64>, Option<i64>) {
    learn(test.db.clone(), now_ms).await.unwrap();
    let site = site::Entity::find_by_id(FIRST_SITE.0).one(test.db.reader()).await.unwrap().unwrap();
    (site.outstanding_duration_ms, site.outstanding_pages, site.outstanding_events)
}

fn month() -> SessionQuery {
    SessionQuery::newest(FIRST_SITE).in_period(app::models::query::Period::Last(Recent::Month))
}

#[tokio::test]
async fn one_of_two_hundred_that_has_many_pages_stands_out_wherever_it_is_seen() {
    let test = TestDb::fresh().await;
    let odd = visit(2 * DAY, 40).build();
    let id = odd.id();
    store(&test.db, usual(198)).await.unwrap();
    store(&test.db, [odd]).await.unwrap();
    assert_eq!(learnt(&test, NOW).await, (None, None, None), "199 are too few");
    store(&test.db, [visit(DAY, 2).build()]).await.unwrap();
    let (duration, pages, events) = learnt(&test, NOW).await;
    assert!((20_000..=20_156).contains(&duration.unwrap()), "{duration:?}");
    assert_eq!((pages, events), (Some(2), Some(0)));

    let reports = SessionReports::new(test.db.clone(), Clock::set_to(NOW));
    let signs = [Sign { kind: SignKind::LongDuration, figure: 400 }, Sign { kind: SignKind::ManyPages, figure: 40 }];
    let listed = reports.list(&month().with(Filter::is(Dimension::Sign, "many_pages"))).await.unwrap().sessions;
    assert_eq!(
        listed.iter().map(|session: &Session| (session.id, &session.signs[..])).collect::<Vec<_>>(),
        [(id, &signs[..])]
    );
    assert_eq!(reports.detail(FIRST_SITE, id).await.unwrap().unwrap().session.signs, signs);
    let overview = reports.overview(&month()).await.unwrap();
    assert_eq!(overview.summary.signed, 1);
    assert_eq!(overview.histogram.iter().map(|bar| bar.outstanding).sum::<u64>(), 1);
    let facet = reports.facet(&month(), Dimension::Sign, "many").await.unwrap();
    assert_eq!(
        facet.values.iter().map(|value| (value.value.as_str(), value.sessions)).collect::<Vec<_>>(),
        [("many_pages", 1)]
    );
}

#[tokio::test]
async fn machines_and_open_sessions_and_those_of_five_weeks_ago_are_not_compared_with() {
    let test = TestDb::fresh().await;
    store(&test.db, usual(199)).await.unwrap();
    let machine = visit(DAY, 2).row(|row| row.bot = Some("crawler".into()));
    let open = a_session(NOW - 60_000).page(a_page("/"));
    store(&test.db, [machine.build(), open.build(), visit(29 * DAY, 2).build()]).await.unwrap();
    assert_eq!(learnt(&test, NOW).await, (None, None, None));
    assert_eq!(learnt(&test, NOW + HOUR).await.1, Some(2), "the open one is over now");
}

#[tokio::test]
async fn what_was_learnt_of_erased_sessions_goes() {
    let test = TestDb::fresh().await;
    let gone = visit(20 * DAY, 2).build();
    let id = gone.id();
    store(&test.db, usual(199).chain([gone])).await.unwrap();
    assert_eq!(learnt(&test, NOW).await.1, Some(2));
    erase(&test.db, FIRST_SITE, &[id]).await.unwrap();
    assert_eq!(learnt(&test, NOW).await, (None, None, None));
}

#[tokio::test]
async fn a_session_that_is_marked_as_a_machines_later_is_not_compared_with() {
    let test = TestDb::fresh().await;
    let marked = visit(20 * DAY, 2).build();
    let id = marked.id();
    store(&test.db, usual(199).chain([marked])).await.unwrap();
    assert_eq!(learnt(&test, NOW).await.1, Some(2));
    assert!(verdicts::set(&test.db, FIRST_SITE, id, Verdict::Machine, NOW).await.unwrap());
    assert_eq!(learnt(&test, NOW).await, (None, None, None));
    assert!(verdicts::set(&test.db, FIRST_SITE, id, Verdict::Person, NOW).await.unwrap());
    assert_eq!(learnt(&test, NOW).await.1, Some(2));
}

#[tokio::test]
async fn days_are_kept_for_four_weeks_and_learning_again_changes_nothing() {
    let test = TestDb::fresh().await;
    store(&test.db, usual(210)).await.unwrap();
    let first = learnt(&test, NOW).await;
    let rows = session_sketch::Entity::find().all(test.db.reader()).await.unwrap();
    assert_eq!(rows.len(), 28);
    assert_eq!(learnt(&test, NOW).await, first);
    assert_eq!(session_sketch::Entity::find().all(test.db.reader()).await.unwrap(), rows);
    learnt(&test, NOW + 28 * DAY).await;
    let rows = session_sketch::Entity::find().all(test.db.reader()).await.unwrap();
    assert_eq!((rows.len(), rows.iter().map(|row| row.sessions).sum::<i32>()), (28, 0));
}
