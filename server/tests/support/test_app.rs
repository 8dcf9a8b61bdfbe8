//! All of Pulse over a database of its own, and the people who use it.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use axum::{
    Router,
    body::{Body, BodyDataStream},
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, header, request},
    response::Response,
};
use server::{
    clock::Clock,
    collect::{self, CollectConfig, Collecting, Senders, identity::Secret},
    config::Access,
    router::router,
    state::{AppState, Place},
};
use tower::ServiceExt;

use super::{collector::NOON, db::TestDb};

/// The owner's name.
pub const OWNER: &str = "owner";
/// The owner's password.
pub const PASSWORD: &str = "a lamp in the window";

/// Pulse, answering.
pub struct TestApp {
    /// Its clock; it stands at [`NOON`] until it is moved.
    pub clock: Clock,
    /// Its database.
    pub db: TestDb,
    /// What its requests reach.
    pub state: AppState,
    router: Router,
    /// Collects for as long as it lives.
    collecting: Collecting,
}

impl TestApp {
    /// With accounts, of which there is none yet.
    pub async fn new() -> Self {
        Self::reached_at(Access::Accounts, "http://127.0.0.1:3000").await
    }

    /// Demo mode.
    pub async fn demo() -> Self {
        Self::reached_at(Access::Demo, "http://127.0.0.1:3000").await
    }

    /// Behind a proxy that speaks TLS.
    pub async fn behind_tls() -> Self {
        Self::reached_at(Access::Accounts, "https://pulse.example").await
    }

    async fn reached_at(access: Access, public_url: &str) -> Self {
        let place = Place { access, public_url: public_url.parse().unwrap(), demo_site: None };
        Self::over(TestDb::fresh().await, Clock::set_to(NOON), place)
    }

    fn over(db: TestDb, clock: Clock, place: Place) -> Self {
        let senders = Senders { trusted_proxies: vec![IpAddr::V4(Ipv4Addr::LOCALHOST).into()], ..Senders::default() };
        let state = AppState::new(db.db.clone(), clock.clone(), place, senders.clone());
        let config = CollectConfig { secret: Secret([3; 32]), senders, refusals: state.refusals.clone() };
        let collecting = collect::start(db.db.clone(), clock.clone(), state.changes.clone(), config).unwrap();
        let router = router(state.clone(), collecting.router.clone());
        Self { clock, db, state, router, collecting }
    }

    /// Stops, which writes everything down, and starts again over the same database.
    pub async fn restarted(self) -> Self {
        let Self { clock, db, state, collecting, router } = self;
        drop(router);
        collecting.drain().await;
        Self::over(db, clock, state.place)
    }

    /// A browser that has never been here.
    pub fn browser(&self) -> Browser<'_> {
        Browser { app: self, cookies: RefCell::default() }
    }

    /// A browser in which the owner has just made the account.
    pub async fn owner(&self) -> Browser<'_> {
        let browser = self.browser();
        let answer = browser.set_up(&self.set_up_token()).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"));
        browser
    }

    /// The token of the set-up link.
    pub fn set_up_token(&self) -> String {
        let path = self.state.auth.set_up_path().expect("no account was made with the link yet");
        path.strip_prefix("/setup?token=").expect("it is a link to the set-up page").to_owned()
    }

    /// What a tracker sends from a client's address, as a proxy passes it on.
    pub async fn collect(&self, address: &str, user_agent: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post("/api/collect")
            .header("x-forwarded-for", address)
            .header(header::USER_AGENT, user_agent)
            .header("sec-fetch-site", "cross-site")
            .header(header::ORIGIN, "https://shop.example");
        self.answer(request, body.into()).await
    }

    async fn response(&self, request: request::Builder, body: Body) -> Response {
        let mut request = request.body(body).expect("a request");
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((Ipv4Addr::LOCALHOST, 4711))));
        self.router.clone().oneshot(request).await.expect("the router answers")
    }

    /// Any request, as it is.
    pub async fn answer(&self, request: request::Builder, body: Body) -> Answer {
        let response = self.response(request, body).await;
        let (parts, body) = response.into_parts();
        // A stream that has begun does not end: its beginning is answer enough.
        let is_stream = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let bytes =
            if is_stream { Vec::new() } else { axum::body::to_bytes(body, 1 << 22).await.expect("a body").to_vec() };
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(bytes).expect("text") }
    }
}

/// Somebody's browser: it keeps cookies and says where its requests come from.
pub struct Browser<'a> {
    app: &'a TestApp,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl Browser<'_> {
    /// Opens an address.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).header(header::ACCEPT, "text/html"), Body::empty()).await
    }

    /// Submits a form of ours.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(request, Body::from(body)).await
    }

    /// Calls a server function.
    pub async fn call(&self, path: &str, arguments: &serde_json::Value) -> Answer {
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request, Body::from(arguments.to_string())).await
    }

    /// Opens a stream and leaves it open.
    pub async fn stream(&self, path: &str) -> BodyDataStream {
        let request = self.with_cookies(Request::get(path).header(header::ACCEPT, "text/event-stream"));
        self.app.response(request, Body::empty()).await.into_body().into_data_stream()
    }

    /// Sends a request with the cookies, and keeps what comes back.
    pub async fn send(&self, request: request::Builder, body: Body) -> Answer {
        let answer = self.app.answer(self.with_cookies(request), body).await;
        for cookie in answer.cookies() {
            self.keep(cookie);
        }
        answer
    }

    fn with_cookies(&self, mut request: request::Builder) -> request::Builder {
        if !request.headers_ref().is_some_and(|headers| headers.contains_key(header::HOST)) {
            request = request.header(header::HOST, "127.0.0.1:3000");
        }
        let cookies = self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
        if cookies.is_empty() { request } else { request.header(header::COOKIE, cookies.join("; ")) }
    }

    /// Makes the first account with a link.
    pub async fn set_up(&self, token: &str) -> Answer {
        let fields = [("token", token), ("name", OWNER), ("password", PASSWORD), ("password_again", PASSWORD)];
        self.post("/auth/setup", &fields).await
    }

    /// Signs in with a password, to go on to the start page.
    pub async fn sign_in(&self, password: &str) -> Answer {
        self.post("/auth/login", &[("name", OWNER), ("password", password)]).await
    }

    /// Whether the dashboard knows who this is.
    pub async fn is_signed_in(&self) -> bool {
        self.call("/api/frame", &serde_json::json!({})).await.status == StatusCode::OK
    }

    /// A cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// Plants a cookie.
    pub fn plant(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    fn keep(&self, set_cookie: &str) {
        let (pair, attributes) = set_cookie.split_once(';').unwrap_or((set_cookie, ""));
        let (name, value) = pair.split_once('=').expect("a cookie has a value");
        if attributes.contains("Max-Age=0") {
            self.cookies.borrow_mut().remove(name);
        } else {
            self.plant(name, value);
        }
    }
}

/// What a request was answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; nothing for a stream.
    pub body: String,
}

impl Answer {
    /// A header, empty when it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("headers are text"))
    }

    /// Where it leads.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// The cookies that it sets, with their attributes.
    pub fn cookies(&self) -> impl Iterator<Item = &str> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().expect("cookies are text"))
    }
}
