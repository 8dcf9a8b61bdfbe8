//! The stream as a browser reads it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use app::{
    models::{account::Viewer, ids::SiteId, live::LiveUpdate},
    services::Accounts,
};
use async_trait::async_trait;
use axum::body::{Body, BodyDataStream};
use futures::StreamExt;
use http::{Request, StatusCode, request::Parts};
use server::{
    changes::{Change, Changes},
    clock::Clock,
    live::{self, Live},
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::support::{
    builders::{Rows, a_page, a_session, store},
    db::TestDb,
};

const NOON: i64 = 1_774_000_800_000;

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

/// A server with a live stream.
struct Server {
    test: TestDb,
    clock: Clock,
    changes: Changes,
    accounts: Arc<OneViewer>,
    shutdown: CancellationToken,
}

impl Server {
    async fn started() -> Self {
        Self {
            test: TestDb::fresh().await,
            clock: Clock::set_to(NOON),
            changes: Changes::default(),
            accounts: Arc::default(),
            shutdown: CancellationToken::new(),
        }
    }

    async fn get(&self, path: &str, last_event_id: Option<i64>) -> http::Response<Body> {
        let router = live::router(Live {
            db: self.test.db.clone(),
            clock: self.clock.clone(),
            changes: self.changes.clone(),
            accounts: self.accounts.clone(),
            shutdown: self.shutdown.clone(),
        });
        let mut request = Request::get(path);
        if let Some(id) = last_event_id {
            request = request.header("last-event-id", id);
        }
        router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    async fn watched(&self, path: &str, last_event_id: Option<i64>) -> Messages {
        let response = self.get(path, last_event_id).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-cache");
        Messages(response.into_body().into_data_stream())
    }

    /// What the collector does with a session's messages.
    async fn record(&self, rows: Rows) {
        let site = SiteId(rows.session.site);
        store(&self.test.db, [rows]).await.unwrap();
        self.changes.announce(Change { site });
    }
}

/// A message as it stands on the wire.
#[derive(Debug, PartialEq)]
struct Received {
    id: Option<String>,
    event: Option<String>,
    data: Option<LiveUpdate>,
}

struct Messages(BodyDataStream);

impl Messages {
    /// The next message, `None` when the stream has ended.
    async fn next(&mut self) -> Option<Received> {
        let bytes = self.0.next().await?.unwrap();
        let text = std::str::from_utf8(&bytes).unwrap();
        let field =
            |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned());
        let data = field("data:").map(|json| serde_json::from_str(&json).unwrap());
        Some(Received { id: field("id:"), event: field("event:"), data })
    }

    async fn opening(&mut self) -> String {
        let opening = self.next().await.unwrap();
        assert_eq!((opening.event, opening.data), (None, None), "nothing that a browser would show");
        opening.id.unwrap()
    }
}

fn changed(ms: i64) -> Rows {
    a_session(ms - 1_000).page(a_page("/pricing")).received(ms).build()
}

#[tokio::test]
async fn a_session_that_is_recorded_arrives_with_its_strip() {
    let server = Server::started().await;
    let mut messages = server.watched("/sites/1/live", None).await;
    assert_eq!(messages.opening().await, NOON.to_string());

    let rows = changed(NOON + 5);
    let id = rows.id();
    server.clock.advance(10);
    server.record(rows).await;
    let message = messages.next().await.unwrap();
    assert_eq!((message.event.as_deref(), message.id), (Some("sessions"), Some((NOON + 5).to_string())));
    let update = message.data.unwrap();
    assert_eq!((update.now_ms, update.sessions.len()), (NOON + 10, 1));
    assert_eq!((update.sessions[0].id, update.sessions[0].strip.views[0].path.as_str()), (id, "/pricing"));
}

#[tokio::test]
async fn what_changed_since_the_list_was_read_comes_at_once() {
    let server = Server::started().await;
    let rows = changed(NOON - 20_000);
    let id = rows.id();
    server.record(rows).await;
    let mut messages = server.watched(&format!("/sites/1/live?since={}", NOON - 30_000), None).await;
    messages.opening().await;
    assert_eq!(messages.next().await.unwrap().data.unwrap().sessions[0].id, id);
}

#[tokio::test]
async fn a_browser_that_reconnects_gets_what_it_missed_and_not_what_its_address_asked_for_at_first() {
    let server = Server::started().await;
    let (seen, missed) = (changed(NOON - 60_000), changed(NOON - 20_000));
    let id = missed.id();
    server.record(seen).await;
    server.record(missed).await;
    let since = format!("/sites/1/live?since={}", NOON - 3_600_000);
    let mut messages = server.watched(&since, Some(NOON - 30_000)).await;
    assert_eq!(messages.opening().await, (NOON - 30_000).to_string());
    let update = messages.next().await.unwrap().data.unwrap();
    assert_eq!(update.sessions.iter().map(|session| session.id).collect::<Vec<_>>(), [id]);
}

#[tokio::test]
async fn a_browser_that_was_away_for_two_days_is_told_to_load_the_list() {
    let server = Server::started().await;
    let mut messages = server.watched("/sites/1/live", Some(NOON - 48 * 3_600_000)).await;
    messages.opening().await;
    let message = messages.next().await.unwrap();
    assert_eq!((message.event.as_deref(), message.id), (Some("reset"), Some(NOON.to_string())));
    assert_eq!(message.data, Some(LiveUpdate { now_ms: NOON, sessions: vec![] }));
}

#[tokio::test]
async fn nobody_watches_without_signing_in() {
    let server = Server::started().await;
    server.accounts.signed_out.store(true, Ordering::SeqCst);
    for path in ["/sites/1/live", "/sites/77/live", "/sites/shop/live"] {
        assert_eq!(server.get(path, None).await.status(), StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn there_is_nothing_to_watch_of_a_site_that_does_not_exist() {
    let server = Server::started().await;
    for path in ["/sites/77/live", "/sites/shop/live"] {
        assert_eq!(server.get(path, None).await.status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_start_that_is_no_time_is_refused() {
    let server = Server::started().await;
    assert_eq!(server.get("/sites/1/live?since=yesterday", None).await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn without_its_database_there_is_no_stream_and_a_plain_answer() {
    let server = Server::started().await;
    server.test.db.clone().close().await.unwrap();
    assert_eq!(server.get("/sites/1/live", None).await.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_stream_ends_when_the_server_stops() {
    let server = Server::started().await;
    let mut messages = server.watched("/sites/1/live", None).await;
    messages.opening().await;
    server.shutdown.cancel();
    assert_eq!(messages.next().await, None);
}

#[tokio::test]
async fn a_stream_ends_soon_after_its_viewer_signed_out() {
    let server = Server::started().await;
    let mut messages = server.watched("/sites/1/live", None).await;
    messages.opening().await;
    server.accounts.signed_out.store(true, Ordering::SeqCst);
    server.clock.advance(30_000);
    server.record(changed(NOON + 5)).await;
    assert_eq!(messages.next().await, None);
}
