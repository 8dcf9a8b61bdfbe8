//! The real collector over a real database, and visitors who send to it.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{body::Body, extract::ConnectInfo, http::Request};
use sea_orm::EntityTrait;
use server::{
    changes::Changes,
    clock::Clock,
    collect::{self, CollectConfig, Collecting, Senders, enrich::country::Countries, identity::Secret},
    refusals::Refusals,
    store::{
        database::Database,
        entities::{event, page_view, session},
    },
    tasks,
};
use tower::ServiceExt;

use super::{
    country_database,
    db::TestDb,
    journey::{Journey, Report},
};

/// A browser on a desktop.
pub const CHROME: &str =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";
/// A noon from which journeys begin.
pub const NOON: i64 = 1_790_000_000_000 - 1_790_000_000_000 % 86_400_000 + 43_200_000;

/// The country database of a collector that has one, in its data folder.
const COUNTRIES: &str = "country.mmdb";

/// A collector at work.
pub struct Collector {
    /// Its clock.
    pub clock: Clock,
    /// Its database.
    pub db: TestDb,
    collecting: Collecting,
}

/// What a request was answered.
#[derive(Debug)]
pub struct Answered {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: serde_json::Value,
}

impl Answered {
    /// The outcomes by name, reasons for what was refused.
    pub fn outcomes(&self) -> Vec<&str> {
        let outcomes = self.body["outcomes"].as_array().expect("the answer holds outcomes");
        outcomes.iter().map(|one| one["reason"].as_str().or(one["outcome"].as_str()).expect("a name")).collect()
    }

    /// The session.
    pub fn session(&self) -> Option<String> {
        self.body["session"].as_str().map(str::to_owned)
    }
}

impl Collector {
    /// A collector over an empty database, at a moment.
    pub async fn at(now: i64) -> Self {
        Self::over(TestDb::fresh().await, Clock::set_to(now)).await
    }

    /// The same with a country database: addresses below 128.0.0.0 are in the first country, all others in the second.
    pub async fn with_countries(now: i64, countries: [&str; 2]) -> Self {
        let db = TestDb::fresh().await;
        std::fs::write(db.folder().join(COUNTRIES), country_database::by_halves(countries)).expect("a file");
        Self::over(db, Clock::set_to(now)).await
    }

    /// Another node over the same database, at the same time of day.
    pub async fn another(&self) -> Self {
        Self::over(self.db.again().await, self.clock.clone()).await
    }

    async fn over(db: TestDb, clock: Clock) -> Self {
        let file = db.folder().join(COUNTRIES);
        let countries =
            if file.exists() { Countries::open(file).expect("a country database") } else { Countries::none() };
        let senders =
            Senders { trusted_proxies: vec![IpAddr::from([127, 0, 0, 1]).into()], countries: Arc::new(countries) };
        let refusals = Refusals::since(clock.now_ms());
        let config = CollectConfig { secret: Secret([3; 32]), senders, refusals };
        let collecting =
            collect::start(db.db.clone(), clock.clone(), Changes::default(), config).expect("collection starts");
        Self { clock, db, collecting }
    }

    /// Stops and starts again over the same database.
    pub async fn restarted(self) -> Self {
        self.collecting.drain().await;
        Self::over(self.db.reopened().await, self.clock).await
    }

    /// The router, which outlives the collector.
    pub fn router(&self) -> axum::Router {
        self.collecting.router.clone()
    }

    /// Writes everything down and gives the database back.
    pub async fn drained(self) -> TestDb {
        self.collecting.drain().await;
        self.db
    }

    /// Posts a body as a browser would.
    pub async fn post(&self, address: &str, user_agent: &str, body: String) -> Answered {
        self.send(
            Request::post("/api/collect").header("x-forwarded-for", address).header("user-agent", user_agent),
            body,
        )
        .await
    }

    /// Posts a body with a request that is built so far.
    pub async fn send(&self, request: axum::http::request::Builder, body: impl Into<Body>) -> Answered {
        let mut request = request.body(body.into()).expect("a request");
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4711))));
        let response = self.collecting.router.clone().oneshot(request).await.expect("the router answers");
        let status = response.status().as_u16();
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.expect("a body");
        Answered { status, body: serde_json::from_slice(&bytes).unwrap_or_default() }
    }

    /// Plays a journey: every report in its own request when it was made.
    pub async fn plays(&self, journey: &Journey, address: &str) -> Vec<Answered> {
        let start = self.clock.now_ms();
        let mut answers: Vec<Answered> = Vec::new();
        let mut session: Option<String> = None;
        for report in journey.reports() {
            self.clock.advance(start + report.made_at - self.clock.now_ms());
            let body = journey.body(std::slice::from_ref(report), session.as_deref(), report.made_at);
            let answer = self.post(address, CHROME, body).await;
            session = answer.session().or(session);
            answers.push(answer);
        }
        answers
    }

    /// Sends one report in a request of its own; the journey began at `start`.
    pub async fn deliver(&self, journey: &Journey, report: &Report, start: i64, address: &str) -> Answered {
        let body = journey.body(std::slice::from_ref(report), None, self.clock.now_ms() - start);
        self.post(address, CHROME, body).await
    }

    /// Closes the sessions that are over by now.
    pub async fn closes_sessions(&self) {
        let (db, now) = (self.db.db.clone(), self.clock.now_ms());
        tasks::close_sessions::close_sessions(db, now, Changes::default()).await.expect("closes");
    }

    /// Everything that is stored.
    pub async fn rows(&self) -> Rows {
        Rows::of(&self.db.db).await
    }
}

/// Every session, page view and event.
#[derive(Debug)]
pub struct Rows {
    /// Sessions, by id.
    pub sessions: Vec<session::Model>,
    /// Page views, by id.
    pub page_views: Vec<page_view::Model>,
    /// Events, by id.
    pub events: Vec<event::Model>,
}

impl Rows {
    /// What a database holds.
    pub async fn of(db: &Database) -> Self {
        let reader = db.reader();
        let mut rows = Self {
            sessions: session::Entity::find().all(reader).await.expect("sessions"),
            page_views: page_view::Entity::find().all(reader).await.expect("page views"),
            events: event::Entity::find().all(reader).await.expect("events"),
        };
        rows.sessions.sort_by_key(|row| row.id);
        rows.page_views.sort_by_key(|row| row.id);
        rows.events.sort_by_key(|row| row.id);
        rows
    }

    /// The only session.
    pub fn session(&self) -> &session::Model {
        assert_eq!(self.sessions.len(), 1, "one session");
        &self.sessions[0]
    }
}
