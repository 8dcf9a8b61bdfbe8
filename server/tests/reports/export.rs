//! Files of what a list selects, as a browser gets them.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use app::{
    models::{
        account::Viewer,
        event::{EventKind, PropValue, Props},
        facet::{EventFacets, Facet},
        ids::{SessionId, SiteId},
        overview::Overview,
        query::{Dimension, Neighbours, SessionPage, SessionQuery},
        reference::Sought,
        session::{Device, Session},
        source::{Campaign, Channel},
        timeline::SessionDetail,
    },
    services::{Accounts, NoFacet, Services, Sessions, Unavailable},
};
use async_trait::async_trait;
use axum::body::Body;
use futures::StreamExt;
use http::{Request, StatusCode, request::Parts};
use serde_json::Value;
use server::reports::export::{self, Export};
use tower::ServiceExt;
use uuid::Uuid;

use crate::support::{
    builders::{Rows, a_page, a_session, an_event, store},
    collector::NOON,
    db::FIRST_SITE,
    test_app::{Answer, TestApp},
};

const MINUTE: i64 = 60_000;
const CSV: &str = "/sites/1/export";
const LINES: &str = "/sites/1/export?format=jsonl";

const SESSION_HEAD: &str = "id,site,started,state,country,device,os,browser,channel,source,referrer,campaign,entry,exit,\
                            pages,events,clicks,duration_ms,active_ms,unmeasured_pages,signs,bot";
const EVENT_HEAD: &str = "session,started,country,device,os,browser,source,path,host,kind,at,name,target,props";

async fn app_with(rows: impl IntoIterator<Item = Rows>) -> TestApp {
    let app = TestApp::demo().await;
    let rows: Vec<Rows> = rows.into_iter().collect();
    if !rows.is_empty() {
        store(&app.db.db, rows).await.unwrap();
    }
    app
}

async fn got(app: &TestApp, path: &str) -> Answer {
    let answer = app.browser().get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer
}

/// The objects of a file of lines without the last one, which counts them.
fn objects(answer: &Answer) -> Vec<Value> {
    let mut lines: Vec<Value> = answer.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let last = lines.pop().unwrap();
    assert_eq!(last, serde_json::json!({ "complete": true, "rows": lines.len() }));
    lines
}

/// The lines of a table between its head and its end.
fn table<'a>(answer: &'a Answer, head: &str) -> Vec<&'a str> {
    assert!(answer.body.ends_with("\r\n"));
    let mut lines: Vec<&str> = answer.body.trim_end_matches("\r\n").split("\r\n").collect();
    assert_eq!(lines.remove(0), head);
    let last = lines.pop().unwrap();
    assert_eq!(last, format!("# complete: {} rows", lines.len()));
    lines
}

/// Every session of the list, from the first to the last.
async fn listed(app: &TestApp) -> Vec<Session> {
    let mut next = Some(SessionQuery::newest(FIRST_SITE));
    let mut sessions = Vec::new();
    while let Some(query) = next {
        let page = app.state.services.sessions.list(&query).await.unwrap();
        sessions.extend(page.sessions);
        next = page.below;
    }
    sessions.reverse();
    sessions
}

fn many(sessions: i64) -> Vec<Rows> {
    let session = |at: i64| {
        let first = a_page("/").measured(5_000, 1_000, 0).event(an_event(EventKind::Click).at(700));
        a_session(NOON - 2 * 60 * MINUTE - at * MINUTE).page(first).page(a_page("/lamps").after(9_000)).build()
    };
    (0..sessions).map(session).collect()
}

#[tokio::test]
async fn what_is_empty_has_a_head_and_an_end() {
    let app = app_with([]).await;
    for (path, head) in [(CSV, SESSION_HEAD), ("/sites/1/export?rows=events", EVENT_HEAD)] {
        let answer = got(&app, path).await;
        assert_eq!(answer.body, format!("{head}\r\n# complete: 0 rows\r\n"));
    }
    assert_eq!(got(&app, LINES).await.body, "{\"complete\":true,\"rows\":0}\n");
}

#[tokio::test]
async fn a_file_says_what_it_is() {
    let app = app_with([]).await;
    let csv = got(&app, CSV).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8; header=present");
    let name = csv.header("content-disposition");
    assert!(name.starts_with("attachment; filename=\"sessions-2026-") && name.ends_with(".csv\""), "{name}");
    assert_eq!(csv.header("cache-control"), "no-store");
    let lines = got(&app, "/sites/1/export?format=jsonl&rows=events").await;
    assert!(lines.header("content-disposition").contains("\"events-2026-"));
}

#[tokio::test]
async fn every_session_is_there_once_with_the_figures_of_the_list() {
    let app = app_with(many(125)).await;
    let listed = listed(&app).await;
    assert_eq!(listed.len(), 125);
    let rows = objects(&got(&app, LINES).await);
    assert_eq!(rows.len(), 125);
    for (session, row) in listed.iter().zip(&rows) {
        assert_eq!(row["id"], session.id.to_string());
        assert_eq!(row["site"], 1);
        assert_eq!((&row["entry"], &row["exit"]), (&session.entry.as_str().into(), &session.last_page.as_str().into()));
        for (column, figure) in [
            ("pages", Some(u64::from(session.pages))),
            ("events", Some(u64::from(session.events))),
            ("clicks", Some(u64::from(session.clicks))),
            ("unmeasured_pages", Some(u64::from(session.unmeasured_pages))),
            ("active_ms", session.active_ms),
            ("duration_ms", session.known_duration_ms()),
        ] {
            assert_eq!(row[column].as_u64(), figure, "{column} of {row}");
        }
    }
    let ids: Vec<String> = listed.iter().map(|session| session.id.to_string()).collect();
    let answer = got(&app, CSV).await;
    let in_table: Vec<&str> =
        table(&answer, SESSION_HEAD).into_iter().map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(in_table, ids);
}

#[tokio::test]
async fn the_selection_is_that_of_the_list_whatever_page_and_order_it_has() {
    let german =
        a_session(NOON - 9 * MINUTE).with(Some("DE"), Device::Phone, "iOS", "Safari").page(a_page("/")).build();
    let id = german.id().to_string();
    let other = a_session(NOON - 8 * MINUTE).with(Some("FR"), Device::Phone, "iOS", "Safari").page(a_page("/")).build();
    let app = app_with([german, other]).await;
    let path = format!("{LINES}&country=DE&sort=pages&before=0~{id}");
    let rows = objects(&got(&app, &path).await);
    assert_eq!(rows.iter().map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>(), [id]);
    assert_eq!(
        (&rows[0]["country"], &rows[0]["device"], &rows[0]["os"]),
        (&"DE".into(), &"phone".into(), &"iOS".into())
    );
}

#[tokio::test]
async fn where_a_session_came_from_is_there_and_times_are_those_of_the_site() {
    let campaign = Campaign { source: Some("letter".into()), name: Some("november".into()), ..Campaign::default() };
    let session = a_session(NOON - 60 * MINUTE).from(Channel::Campaign, "letter", Some("mail.example"));
    let app = app_with([session.campaign(campaign).page(a_page("/")).ended(NOON - 20 * MINUTE).build()]).await;
    app.db.set_time_zone(FIRST_SITE, "Asia/Kathmandu").await;
    let rows = objects(&got(&app, LINES).await);
    let row = &rows[0];
    assert_eq!((&row["channel"], &row["source"]), (&"campaign".into(), &"letter".into()));
    assert_eq!((&row["referrer"], &row["campaign"]), (&"mail.example".into(), &"november".into()));
    assert_eq!((&row["state"], &row["bot"], &row["duration_ms"]), (&"closed".into(), &Value::Null, &Value::Null));
    let started = row["started"].as_str().unwrap();
    assert!(started.ends_with("T16:45:00.000+05:45"), "{started}");
}

#[tokio::test]
async fn a_formula_that_somebody_sent_as_a_referrer_is_text_in_a_table_and_itself_in_lines() {
    const FORMULA: &str = "=HYPERLINK(\"http://evil.example\",\"prize\")";
    let session = a_session(NOON - 9 * MINUTE).from(Channel::Referral, "@SUM(1+1)*cmd|' /C calc'!A0", Some(FORMULA));
    let page = a_page("/").titled("-2+3").event(an_event(EventKind::Custom).named("\tname").at(5));
    let app = app_with([session.page(page).build()]).await;
    let answer = got(&app, CSV).await;
    let line = table(&answer, SESSION_HEAD)[0];
    assert!(line.contains(",'@SUM(1+1)*cmd|' /C calc'!A0,"), "{line}");
    assert!(line.contains(",\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"prize\"\")\","), "{line}");
    let answer = got(&app, "/sites/1/export?rows=events").await;
    let lines = table(&answer, EVENT_HEAD);
    assert!(lines[0].contains(",'-2+3,") && lines[1].contains(",'\tname,"), "{lines:?}");
    assert_eq!(objects(&got(&app, LINES).await)[0]["referrer"], FORMULA);
}

#[tokio::test]
async fn events_have_a_row_for_each_page_view_and_each_event_in_order() {
    let props =
        Props::from([("lamp".into(), PropValue::Text("harbour".into())), ("pieces".into(), PropValue::Number(2.0))]);
    let first = a_page("/").titled("Lamps").after(0).events([
        an_event(EventKind::Custom).named("added").props(&props).at(3_000),
        an_event(EventKind::Outbound).named("Maker").to("https://maker.example/").at(1_000),
    ]);
    let session = a_session(NOON - 9 * MINUTE).with(Some("DE"), Device::Desktop, "Linux", "Firefox");
    let later = a_session(NOON - 5 * MINUTE).page(a_page("/later"));
    let app = app_with([later.build(), session.page(a_page("/cart").after(60_000)).page(first).build()]).await;

    let rows = objects(&got(&app, "/sites/1/export?format=jsonl&rows=events").await);
    let told: Vec<_> = rows
        .iter()
        .map(|row| ["path", "kind", "name", "target"].map(|column| row[column].as_str().unwrap_or("-").to_owned()))
        .collect();
    let expected = [
        ["/", "page_view", "Lamps", "-"],
        ["/", "outbound", "Maker", "https://maker.example/"],
        ["/", "custom", "added", "-"],
        ["/cart", "page_view", "-", "-"],
        ["/later", "page_view", "-", "-"],
    ];
    assert_eq!(told, expected.map(|row| row.map(str::to_owned)));
    assert_eq!(rows[2]["props"], serde_json::json!({ "lamp": "harbour", "pieces": 2.0 }));
    assert_eq!((&rows[2]["country"], &rows[2]["host"]), (&"DE".into(), &"shop.example".into()));
    let at = |row: &Value| row["at"].as_str().unwrap().to_owned();
    assert!(at(&rows[0]) < at(&rows[1]) && at(&rows[1]) < at(&rows[2]));
    let answer = got(&app, "/sites/1/export?rows=events").await;
    assert_eq!(table(&answer, EVENT_HEAD).len(), 5);
}

#[tokio::test]
async fn all_that_happened_is_there_once() {
    let app = app_with(many(125)).await;
    let rows = objects(&got(&app, "/sites/1/export?format=jsonl&rows=events").await);
    let (views, events): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row["kind"] == "page_view");
    let listed = listed(&app).await;
    assert_eq!(views.len(), listed.iter().map(|session| session.pages as usize).sum::<usize>());
    assert_eq!(events.len(), listed.iter().map(|session| session.events as usize).sum::<usize>());
}

#[tokio::test]
async fn whoever_is_signed_out_gets_nothing_and_the_owner_gets_the_file() {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    for path in [CSV, "/sites/77/export", "/sites/shop/export", "/sites/1/export?format=xlsx"] {
        assert_eq!(app.browser().get(path).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    assert_eq!(owner.get(CSV).await.status, StatusCode::OK);
}

#[tokio::test]
async fn there_is_no_file_of_a_site_that_does_not_exist_nor_of_what_is_not_understood() {
    let app = app_with([]).await;
    for path in ["/sites/77/export", "/sites/shop/export"] {
        assert_eq!(app.browser().get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/sites/1/export?format=xlsx", "/sites/1/export?rows=pages", "/sites/1/export?period=8d"] {
        assert_eq!(app.browser().get(path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
    app.db.db.clone().close().await.unwrap();
    assert_eq!(app.browser().get(CSV).await.status, StatusCode::SERVICE_UNAVAILABLE);
}

fn file_of(session: SessionId) -> String {
    format!("/sites/1/sessions/{session}/export")
}

#[tokio::test]
async fn a_session_is_a_file_with_all_that_is_known_of_it() {
    let props = Props::from([("lamp".into(), PropValue::Text("harbour".into()))]);
    let first = a_page("/").titled("Lamps").measured(3_000, 1_000, 500).events([
        an_event(EventKind::Custom).named("added").props(&props).at(2_000),
        an_event(EventKind::Outbound).named("=1+1").to("https://maker.example/").at(1_000),
    ]);
    let campaign = Campaign { source: Some("letter".into()), name: Some("november".into()), ..Campaign::default() };
    let session = a_session(NOON - 60 * MINUTE)
        .from(Channel::Campaign, "letter", Some("mail.example"))
        .campaign(campaign)
        .with(Some("DE"), Device::Phone, "iOS", "Safari")
        .pages([first, a_page("/cart").after(60_000).from(Channel::Search, "Google"), a_page("/").after(90_000)])
        .ended(NOON - 20 * MINUTE)
        .build();
    let id = session.id();
    let app = app_with([session]).await;

    let answer = got(&app, &file_of(id)).await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"session-{id}.json\""));
    assert_eq!(answer.header("cache-control"), "no-store");
    let file: Value = serde_json::from_str(&answer.body).unwrap();
    let listed = objects(&got(&app, LINES).await);
    assert_eq!(file["session"], listed[0], "as in the list's file");
    assert_eq!((file["overlapping"].as_bool(), &file["references"]), (Some(false), &serde_json::json!([])));
    assert_eq!((file["campaign"]["name"].as_str(), &file["campaign"]["term"]), (Some("november"), &Value::Null));

    let views = file["page_views"].as_array().unwrap();
    let told = |name: &str| Value::Array(views.iter().map(|view| view[name].clone()).collect());
    assert_eq!(told("path"), serde_json::json!(["/", "/cart", "/"]));
    assert_eq!(told("source"), serde_json::json!(["letter", "Google", "letter"]));
    assert_eq!(told("returns_to"), serde_json::json!([null, null, 1]));
    assert_eq!(told("not_measured"), serde_json::json!([null, "left_without_a_word", "left_without_a_word"]));
    let times = |view: &Value| ["open_ms", "visible_ms", "active_ms"].map(|name| view[name].as_u64());
    assert_eq!(times(&views[0]), [Some(4_500), Some(4_000), Some(3_000)]);
    assert_eq!(
        views[0]["stretches"],
        serde_json::json!([
            { "from_ms": 0, "to_ms": 3_000, "attention": "active" },
            { "from_ms": 3_000, "to_ms": 4_000, "attention": "idle" },
            { "from_ms": 4_000, "to_ms": 4_500, "attention": "hidden" },
        ])
    );
    assert_eq!(times(&views[1]), [None; 3]);
    let events = views[0]["events"].as_array().unwrap();
    assert_eq!((events[0]["name"].as_str(), events[0]["offset_ms"].as_u64()), (Some("=1+1"), Some(1_000)));
    assert_eq!((events[1]["kind"].as_str(), events[1]["props"]["lamp"].as_str()), (Some("custom"), Some("harbour")));
}

#[tokio::test]
async fn only_who_may_see_a_session_gets_its_file_and_there_is_none_of_what_does_not_exist() {
    let session = a_session(NOON - 9 * MINUTE).page(a_page("/")).build();
    let (id, other) = (session.id(), SessionId(Uuid::nil()));
    let app = TestApp::new().await;
    store(&app.db.db, [session]).await.unwrap();
    let owner = app.owner().await;
    for path in [file_of(id), file_of(other), "/sites/1/sessions/x/export".to_owned()] {
        assert_eq!(app.browser().get(&path).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    assert_eq!(owner.get(&file_of(id)).await.status, StatusCode::OK);
    let elsewhere = format!("/sites/77/sessions/{id}/export");
    for path in [file_of(other), elsewhere, "/sites/1/sessions/x/export".to_owned()] {
        assert_eq!(owner.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

/// Answers so many pages of the list, and then none.
struct Failing {
    sessions: Arc<dyn Sessions>,
    left: AtomicUsize,
}

#[async_trait]
impl Sessions for Failing {
    async fn list(&self, query: &SessionQuery) -> Result<SessionPage, Unavailable> {
        let take = |left: usize| left.checked_sub(1);
        self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take).map_err(|_| Unavailable)?;
        self.sessions.list(query).await
    }

    async fn overview(&self, _: &SessionQuery) -> Result<Overview, Unavailable> {
        Err(Unavailable)
    }

    async fn facet(&self, _: &SessionQuery, _: Dimension, _: &str) -> Result<Facet, NoFacet> {
        Err(NoFacet::Unavailable)
    }

    async fn property_facets(&self, _: &SessionQuery) -> Result<Vec<EventFacets>, NoFacet> {
        Err(NoFacet::Unavailable)
    }

    async fn detail(&self, _: SiteId, _: SessionId) -> Result<Option<SessionDetail>, Unavailable> {
        Err(Unavailable)
    }

    async fn neighbours(&self, _: &SessionQuery, _: SessionId) -> Result<Neighbours, Unavailable> {
        Err(Unavailable)
    }

    async fn find(&self, _: SiteId, _: &Sought) -> Result<Option<SessionId>, Unavailable> {
        Err(Unavailable)
    }
}

/// Exports of this Pulse over other ports.
fn export_over(app: &TestApp, services: Services) -> Export {
    let (db, clock) = (app.db.db.clone(), app.clock.clone());
    Export { services, db, clock, tickets: app.state.tickets.clone(), shutdown: app.state.shutdown.token() }
}

/// What arrives of a file when the list answers so many pages, and whether it breaks off.
async fn cut_after(app: &TestApp, pages: usize) -> (StatusCode, String, bool) {
    let mut services = app.state.services.clone();
    services.sessions = Arc::new(Failing { sessions: services.sessions.clone(), left: AtomicUsize::new(pages) });
    let export = export_over(app, services);
    let response = export::router(export).oneshot(Request::get(CSV).body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status();
    let mut parts = response.into_body().into_data_stream();
    let mut text = String::new();
    while let Some(part) = parts.next().await {
        match part {
            Ok(part) => text += std::str::from_utf8(&part).unwrap(),
            Err(_) => return (status, text, true),
        }
    }
    (status, text, false)
}

#[tokio::test]
async fn a_file_that_breaks_off_has_no_last_line() {
    let app = app_with(many(125)).await;
    let (status, text, broke) = cut_after(&app, 2).await;
    assert_eq!((status, broke), (StatusCode::OK, true));
    assert_eq!((text.lines().count(), text.contains("# complete")), (1 + 100, false));
    let (_, text, broke) = cut_after(&app, 3).await;
    assert!(text.ends_with("# complete: 125 rows\r\n") && !broke);
    assert_eq!(cut_after(&app, 0).await.0, StatusCode::SERVICE_UNAVAILABLE);
}

/// Knows one viewer, until they sign out.
#[derive(Default)]
struct OneViewer {
    signed_out: AtomicBool,
}

#[async_trait]
impl Accounts for OneViewer {
    async fn viewer(&self, _: &Parts) -> Option<Viewer> {
        (!self.signed_out.load(Ordering::SeqCst)).then_some(Viewer::Demo)
    }
}

#[tokio::test]
async fn a_file_breaks_off_soon_after_its_reader_signed_out() {
    let app = app_with(many(125)).await;
    let viewer = Arc::new(OneViewer::default());
    let mut services = app.state.services.clone();
    services.accounts = viewer.clone();
    let export = export_over(&app, services);
    let request = Request::get(CSV).body(Body::empty()).unwrap();
    let response = export::router(export).oneshot(request).await.unwrap();
    let mut parts = response.into_body().into_data_stream();
    assert!(parts.next().await.unwrap().is_ok(), "the head");
    viewer.signed_out.store(true, Ordering::SeqCst);
    assert!(parts.next().await.unwrap().is_ok(), "it is not asked for each part");
    app.clock.advance(30_000);
    assert!(parts.next().await.unwrap().is_err());
}

#[tokio::test]
async fn a_file_breaks_off_when_the_server_stops() {
    let app = app_with(many(125)).await;
    app.state.shutdown.token().cancel();
    let (_, text, broke) = cut_after(&app, 9).await;
    assert!(broke && !text.contains("# complete"), "{text}");
}

const TICKET: &str = "5f0c2a5e-8a53-4a07-9d55-0f8f1f3f7c11";

/// How far the file with the ticket is, as a page learns it.
async fn progress(app: &TestApp, site: i32) -> Answer {
    app.browser().call("/api/export", &serde_json::json!({ "site": site, "ticket": TICKET })).await
}

fn told(answer: &Answer) -> Value {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test]
async fn a_ticket_tells_how_far_a_file_is_and_that_it_is_done() {
    let app = app_with(many(125)).await;
    let other = app.db.site("other", "UTC").await;
    assert_eq!(told(&progress(&app, 1).await), Value::Null, "nobody asked for a file yet");
    let mut parts = app.browser().stream(&format!("{CSV}?ticket={TICKET}")).await;
    assert_eq!(told(&progress(&app, 1).await), serde_json::json!({ "sessions": 0, "of": 125, "state": "going" }));
    for _ in 0..2 {
        assert!(parts.next().await.unwrap().is_ok());
    }
    let on_its_way = told(&progress(&app, 1).await);
    assert_eq!((&on_its_way["of"], &on_its_way["state"]), (&125.into(), &"going".into()));
    let written = on_its_way["sessions"].as_u64().unwrap();
    assert!(written > 0 && written < 125, "{written}");
    while let Some(part) = parts.next().await {
        assert!(part.is_ok());
    }
    assert_eq!(told(&progress(&app, 1).await), serde_json::json!({ "sessions": 125, "of": 125, "state": "done" }));
    assert_eq!(told(&progress(&app, other.0).await), Value::Null, "it is of one site alone");
    assert_eq!(progress(&app, 77).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_sessions_of_a_file_of_events_are_counted_too() {
    let app = app_with(many(125)).await;
    got(&app, &format!("{CSV}?rows=events&ticket={TICKET}")).await;
    assert_eq!(told(&progress(&app, 1).await), serde_json::json!({ "sessions": 125, "of": 125, "state": "done" }));
}

#[tokio::test]
async fn a_file_whose_reader_goes_away_is_stopped() {
    let app = app_with(many(125)).await;
    let mut parts = app.browser().stream(&format!("{CSV}?ticket={TICKET}")).await;
    assert!(parts.next().await.unwrap().is_ok(), "the head");
    drop(parts);
    assert_eq!(told(&progress(&app, 1).await), serde_json::json!({ "sessions": 0, "of": 125, "state": "stopped" }));
}

#[tokio::test]
async fn a_file_that_the_server_does_not_end_is_stopped() {
    let app = app_with(many(125)).await;
    app.state.shutdown.token().cancel();
    let mut parts = app.browser().stream(&format!("{CSV}?ticket={TICKET}")).await;
    while parts.next().await.is_some_and(|part| part.is_ok()) {}
    drop(parts);
    assert_eq!(told(&progress(&app, 1).await)["state"], "stopped");
}
