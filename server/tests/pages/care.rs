//! What owners do with a session from its page: they delete it, take that back, and say whether it is a machine's.

use app::models::{
    event::EventKind,
    ids::{SessionId, SiteId},
    query::{Dimension, Filter, Machines, SessionPage, SessionQuery},
    session::{Device, Session},
};
use axum::http::StatusCode;
use serde_json::Value;
use server::{
    live::feed::{Feed, News, Start},
    tasks::{delete_sessions::delete_sessions, tidy::tidy},
};

use crate::support::{
    builders::{Rows, a_page, a_session, an_event, store},
    collector::{self, CHROME, NOON},
    db::FIRST_SITE,
    journey::{HOUR, Journey, MINUTE, SECOND},
    test_app::{Answer, Browser, TestApp},
};

const ADDRESS: &str = "203.0.113.9";

/// A visit from a phone that is over: two pages, a form that was sent.
fn a_visit(minutes_ago: i64) -> Rows {
    let began = NOON - minutes_ago * MINUTE;
    let first = a_page("/lamps").measured(20_000, 0, 0).event(an_event(EventKind::Form).at(5_000).named("Order"));
    a_session(began)
        .with(Some("DE"), Device::Phone, "iOS", "Safari")
        .page(first)
        .page(a_page("/thanks").after(21_000).measured(9_000, 0, 0))
        .ended(began + MINUTE)
        .build()
}

async fn app_with(rows: &[Rows]) -> TestApp {
    let app = TestApp::demo().await;
    store(&app.db.db, rows.to_vec()).await.unwrap();
    app
}

fn page_of(session: SessionId) -> String {
    format!("/sites/1/sessions/{session}")
}

/// Sends a form of the session's page, and is led back to it.
async fn sends(browser: &Browser<'_>, session: SessionId, form: &str, fields: &[(&str, &str)]) {
    let page = page_of(session);
    let answer = browser.post(&format!("{page}/{form}"), fields).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, &*page), "{form}: {}", answer.body);
}

/// Time passes, and whatever is due is deleted.
async fn passes(app: &TestApp, ms: i64) {
    app.clock.advance(ms);
    delete_sessions(app.db.db.clone(), app.clock.now_ms()).await.unwrap();
}

/// Every part of the dashboard that counts sessions.
#[derive(Debug, PartialEq, Eq)]
struct Counted {
    /// The list as it is at first.
    listed: Vec<SessionId>,
    /// The list that is narrowed to phones.
    phones: Vec<SessionId>,
    /// Sessions above the list, in its bars, in a facet, in the file.
    figures: [u64; 4],
}

impl Counted {
    /// What all of them come to when there are these sessions, newest first.
    fn all(sessions: &[SessionId]) -> Self {
        let many = u64::try_from(sessions.len()).unwrap();
        Self { listed: sessions.to_vec(), phones: sessions.to_vec(), figures: [many; 4] }
    }
}

fn ids(page: &SessionPage) -> Vec<SessionId> {
    page.sessions.iter().map(|session| session.id).collect()
}

async fn counted(app: &TestApp) -> Counted {
    let reports = &app.state.services.sessions;
    let all = SessionQuery::newest(FIRST_SITE);
    let overview = reports.overview(&all).await.unwrap();
    let facet = reports.facet(&all, Dimension::Country, "").await.unwrap();
    let file = app.browser().get("/sites/1/export?format=jsonl").await.body;
    Counted {
        listed: ids(&reports.list(&all).await.unwrap()),
        phones: ids(&reports.list(&all.with(Filter::is(Dimension::Device, "phone"))).await.unwrap()),
        figures: [
            overview.summary.sessions,
            overview.histogram.iter().map(|bar| bar.sessions()).sum(),
            facet.values.iter().map(|value| value.sessions).sum(),
            // The last line counts the others.
            u64::try_from(file.lines().count()).unwrap() - 1,
        ],
    }
}

/// What a viewer is sent next.
async fn sent(feed: &mut Feed, app: &TestApp) -> Vec<Session> {
    let message = feed.read(&app.db.db, app.clock.now_ms()).await.unwrap();
    message.map_or_else(Vec::new, |message| match message.news {
        News::Sessions(update) => update.sessions,
        News::Reset(_) => panic!("a reset"),
    })
}

/// Whether what is at rest anywhere names the session, in bytes or in digits.
fn is_at_rest(app: &TestApp, session: SessionId) -> bool {
    let forms = [session.0.as_bytes().to_vec(), session.to_string().into(), session.0.simple().to_string().into()];
    let holds = |bytes: &[u8]| forms.iter().any(|form| bytes.windows(form.len()).any(|window| window == form));
    app.db.at_rest().iter().any(|(_, bytes)| holds(bytes))
}

#[tokio::test]
async fn a_session_is_gone_ten_seconds_after_it_was_deleted_with_every_row_and_every_figure() {
    let rows = [a_visit(20), a_visit(10)];
    let [kept, gone] = [rows[0].id(), rows[1].id()];
    let app = app_with(&rows).await;
    let browser = app.browser();
    // The day is in memory from here on.
    assert_eq!(counted(&app).await, Counted::all(&[gone, kept]));
    let page = browser.get(&page_of(gone)).await.body;
    assert!(page.contains("Delete this session") && !page.contains("will be deleted"), "{page}");

    sends(&browser, gone, "delete", &[]).await;
    let page = browser.get(&page_of(gone)).await.body;
    assert!(page.contains("This session will be deleted in 10 seconds, with every row"), "{page}");
    assert!(page.contains("/keep\"") && !page.contains("/delete\""), "{page}");
    passes(&app, 10 * SECOND - 1).await;
    assert_eq!(counted(&app).await, Counted::all(&[gone, kept]));
    assert!(browser.get(&page_of(gone)).await.body.contains("will be deleted in 1 second, with"));

    passes(&app, 1).await;
    assert_eq!(counted(&app).await, Counted::all(&[kept]));
    let page = browser.get(&page_of(gone)).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.body.contains("or it was deleted. Go back to the list."), "{}", page.body);
    let mut feed = Feed::open(&app.db.db, FIRST_SITE, Start::Since(NOON - HOUR), app.clock.now_ms()).await.unwrap();
    assert_eq!(sent(&mut feed, &app).await.iter().map(|session| session.id).collect::<Vec<_>>(), [kept]);

    tidy(app.db.db.clone(), app.clock.now_ms()).await.unwrap();
    assert!(is_at_rest(&app, kept) && !is_at_rest(&app, gone));
}

#[tokio::test]
async fn what_is_taken_back_in_time_stays_whole() {
    let rows = a_visit(10);
    let app = app_with(std::slice::from_ref(&rows)).await;
    let browser = app.browser();
    sends(&browser, rows.id(), "delete", &[]).await;
    passes(&app, 9 * SECOND).await;
    sends(&browser, rows.id(), "keep", &[]).await;
    passes(&app, MINUTE).await;
    let stored = collector::Rows::of(&app.db.db).await;
    assert_eq!(stored.session(), &rows.session);
    assert_eq!((stored.page_views.len(), stored.events.len()), (2, 1));
    let page = browser.get(&page_of(rows.id())).await.body;
    assert!(page.contains("Delete this session") && !page.contains("will be deleted"), "{page}");
    sends(&browser, rows.id(), "keep", &[]).await;
}

#[tokio::test]
async fn deleting_twice_puts_nothing_off_and_after_ten_seconds_it_is_too_late() {
    let rows = a_visit(10);
    let app = app_with(std::slice::from_ref(&rows)).await;
    let browser = app.browser();
    sends(&browser, rows.id(), "delete", &[]).await;
    app.clock.advance(5 * SECOND);
    sends(&browser, rows.id(), "delete", &[]).await;
    app.clock.advance(5 * SECOND);
    // No task has looked yet.
    assert_eq!(browser.get(&page_of(rows.id())).await.status, StatusCode::NOT_FOUND);
    sends(&browser, rows.id(), "keep", &[]).await;
    passes(&app, 0).await;
    assert_eq!(collector::Rows::of(&app.db.db).await.sessions, []);
}

#[tokio::test]
async fn a_restart_and_a_second_node_change_nothing() {
    let rows = [a_visit(20), a_visit(10)];
    let app = app_with(&rows).await;
    sends(&app.browser(), rows[1].id(), "delete", &[]).await;
    let app = app.restarted().await;
    assert!(app.browser().get(&page_of(rows[1].id())).await.body.contains("will be deleted in 10 seconds"));
    app.clock.advance(HOUR);
    let other = app.db.again().await;
    let now = app.clock.now_ms();
    let turns = tokio::join!(delete_sessions(app.db.db.clone(), now), delete_sessions(other.db.clone(), now));
    assert!(turns.0.is_ok() && turns.1.is_ok(), "{turns:?}");
    assert_eq!(counted(&app).await, Counted::all(&[rows[0].id()]));
}

#[tokio::test]
async fn whoever_is_signed_out_changes_nothing() {
    let app = TestApp::new().await;
    let rows = a_visit(10);
    store(&app.db.db, [rows.clone()]).await.unwrap();
    app.owner().await;
    for form in ["delete", "keep", "machine"] {
        let path = format!("{}/{form}", page_of(rows.id()));
        let answer = app.browser().post(&path, &[("machine", "yes")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.location().starts_with("/login?next=%2Fsites%2F1%2Fsessions%2F"), "{}", answer.location());
    }
    passes(&app, MINUTE).await;
    assert_eq!(collector::Rows::of(&app.db.db).await.session(), &rows.session);
}

#[tokio::test]
async fn what_is_no_session_of_the_site_cannot_be_changed_by_it() {
    let rows = a_visit(10);
    let app = app_with(std::slice::from_ref(&rows)).await;
    let SiteId(other) = app.db.site("other", "UTC").await;
    let browser = app.browser();
    let id = rows.id();
    let unknown = "01912345-0000-7000-8000-000000000000";
    for session in [
        format!("/sites/{other}/sessions/{id}"),
        format!("/sites/77/sessions/{id}"),
        format!("/sites/1/sessions/{unknown}"),
        "/sites/1/sessions/first".to_owned(),
    ] {
        for form in ["delete", "machine"] {
            let answer = browser.post(&format!("{session}/{form}"), &[("machine", "yes")]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{session}/{form}");
        }
    }
    let maybe = browser.post(&format!("{}/machine", page_of(id)), &[("machine", "maybe")]).await;
    assert_eq!(maybe.status, StatusCode::BAD_REQUEST);
    passes(&app, MINUTE).await;
    assert_eq!(collector::Rows::of(&app.db.db).await.session(), &rows.session);
}

/// What becomes of the messages that a browser sends at some time of its journey.
async fn collects(app: &TestApp, body: String) -> Vec<String> {
    let Answer { body, .. } = app.collect(ADDRESS, CHROME, body).await;
    let answer: Value = serde_json::from_str(&body).unwrap();
    let outcomes = answer["outcomes"].as_array().unwrap();
    outcomes.iter().map(|one| one["reason"].as_str().or(one["outcome"].as_str()).unwrap().to_owned()).collect()
}

async fn only_session(app: &TestApp) -> SessionId {
    SessionId(collector::Rows::of(&app.db.db).await.session().id)
}

#[tokio::test]
async fn who_is_still_there_begins_another_session() {
    let app = TestApp::demo().await;
    let visit = Journey::of_family(1).opens("/a").reads(10 * SECOND).opens("/b").reads(SECOND);
    let (before, after) = visit.reports().split_at(2);
    app.clock.advance(10 * SECOND);
    assert_eq!(collects(&app, visit.body(before, None, 10 * SECOND)).await, ["stored"; 2]);
    let gone = only_session(&app).await;
    sends(&app.browser(), gone, "delete", &[]).await;
    passes(&app, 10 * SECOND).await;

    // The browser goes on to name the session that it was in.
    let named = gone.to_string();
    assert_eq!(collects(&app, visit.body(after, Some(&named), 20 * SECOND)).await, ["stored"; 3]);
    assert_ne!(only_session(&app).await, gone);
    tidy(app.db.db.clone(), app.clock.now_ms()).await.unwrap();
    assert!(!is_at_rest(&app, gone));
}

#[tokio::test]
async fn a_page_that_was_open_for_longer_does_not_bring_its_session_back() {
    let app = TestApp::demo().await;
    let visit = Journey::of_family(1).opens("/a").reads(2 * MINUTE).does(EventKind::Click).reads(SECOND);
    let (before, after) = visit.reports().split_at(2);
    app.clock.advance(2 * MINUTE);
    assert_eq!(collects(&app, visit.body(before, None, 2 * MINUTE)).await, ["stored"; 2]);
    sends(&app.browser(), only_session(&app).await, "delete", &[]).await;
    passes(&app, 10 * SECOND).await;
    assert_eq!(collects(&app, visit.body(after, None, 2 * MINUTE + 10 * SECOND)).await, ["too_late"; 2]);
    assert_eq!(collector::Rows::of(&app.db.db).await.sessions, []);
}

#[tokio::test]
async fn a_session_that_is_marked_as_a_machines_is_one_wherever_it_is_seen_until_it_is_marked_back() {
    let rows = [a_visit(20), a_visit(10)];
    let [kept, marked] = [rows[0].id(), rows[1].id()];
    let app = app_with(&rows).await;
    let browser = app.browser();
    assert_eq!(counted(&app).await, Counted::all(&[marked, kept]));
    let mut feed = Feed::open(&app.db.db, FIRST_SITE, Start::Now, app.clock.now_ms()).await.unwrap();

    sends(&browser, marked, "machine", &[("machine", "yes")]).await;
    assert_eq!(counted(&app).await, Counted::all(&[kept]));
    let reports = &app.state.services.sessions;
    let by_hand = Filter::is(Dimension::Bot, "marked by hand");
    let listed = reports.list(&SessionQuery::newest(FIRST_SITE).with(by_hand)).await.unwrap();
    assert_eq!(ids(&listed), [marked]);
    let with_machines = SessionQuery { machines: Machines::Shown, ..SessionQuery::newest(FIRST_SITE) };
    let facet = reports.facet(&with_machines, Dimension::Bot, "marked").await.unwrap();
    let values: Vec<_> = facet.values.iter().map(|value| (&*value.value, value.sessions)).collect();
    assert_eq!(values, [("marked by hand", 1)]);
    let news = sent(&mut feed, &app).await;
    let told: Vec<_> = news.iter().map(|session| (session.id, session.bot.as_deref())).collect();
    assert_eq!(told, [(marked, Some("marked by hand"))]);
    let page = browser.get(&page_of(marked)).await.body;
    assert!(page.contains("Taken for a machine (marked by hand)") && page.contains("Mark as a person"), "{page}");

    sends(&browser, marked, "machine", &[("machine", "no")]).await;
    assert_eq!(counted(&app).await, Counted::all(&[marked, kept]));
    assert_eq!(sent(&mut feed, &app).await.iter().map(|session| &session.bot).collect::<Vec<_>>(), [&None]);
    assert!(browser.get(&page_of(marked)).await.body.contains("Mark as a machine"));
}

#[tokio::test]
async fn what_the_owner_says_outlasts_what_collection_finds() {
    let app = TestApp::demo().await;
    let visit =
        Journey::of_family(1).comes_from("https://semalt.com/", "/").reads(SECOND).opens("/b").does(EventKind::Click);
    let why = async || collector::Rows::of(&app.db.db).await.session().bot.clone();
    let (first, rest) = visit.reports().split_at(1);
    let (second, third) = rest.split_at(2);
    assert_eq!(collects(&app, visit.body(first, None, 0)).await, ["stored"]);
    assert_eq!(why().await.as_deref(), Some("referrer spam"));

    let (browser, session) = (app.browser(), only_session(&app).await);
    sends(&browser, session, "machine", &[("machine", "no")]).await;
    assert_eq!(why().await, None);
    app.clock.advance(SECOND);
    // The same page, from the same host, once more.
    assert_eq!(collects(&app, visit.body(second, None, SECOND)).await[0], "stored");
    assert_eq!(why().await, None);

    sends(&browser, session, "machine", &[("machine", "yes")]).await;
    assert_eq!(collects(&app, visit.body(third, None, SECOND)).await, ["stored"; 2]);
    assert_eq!(why().await.as_deref(), Some("marked by hand"));
    assert_eq!(only_session(&app).await, session);
}
