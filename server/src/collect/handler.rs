//! `POST /api/collect`: runs the stages and answers after the commit.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use app::models::{
    event::EventKind,
    ids::{SessionId, SiteId},
};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{ConnectInfo, DefaultBodyLimit, FromRequest, Request, State},
    middleware::map_response,
    response::{IntoResponse, Response},
    routing::post,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;
use tokio::time::timeout;

use super::{
    Answer, Batch, EnrichedHead, EnrichedMessage, Senders, address,
    admit::{self, RateLimit, SiteRules},
    client,
    counter::OutcomeCounter,
    enrich::{
        self, Sender, VisitorFacts, source, spam,
        user_agent::{Claims, Hints, UserAgents},
    },
    identity::{self, Secret, Visitor, VisitorKeys},
    outcome::{self, MessageKind, Outcome, Reason},
    payload::{self, Payload},
    salts::SaltBook,
    scrub,
    sites::SiteBook,
    validate::{self, ValidBatch, ValidHead},
    writer::Queue,
};
use crate::{
    clock::Clock,
    refusals::{Refusals, Refused},
    store::outcomes::NO_SITE,
    telemetry::metrics::REQUESTS,
};

/// How long a client may take for a body; at most 64 KB.
const BODY_WITHIN: Duration = Duration::from_secs(30);
/// How much of a host is remembered with a refusal, in characters.
const HOST: usize = 80;

/// What the stages work with.
pub struct Collector {
    pub(super) clock: Clock,
    pub(super) secret: Secret,
    pub(super) senders: Senders,
    pub(super) sites: SiteBook,
    pub(super) salts: SaltBook,
    pub(super) limit: RateLimit,
    pub(super) user_agents: UserAgents,
    pub(super) counter: Arc<OutcomeCounter>,
    pub(super) refusals: Refusals,
    pub(super) queue: Queue,
}

/// The route of the collector, without any layer that the dashboard's pages have: this is the hot path.
pub fn router(collector: Collector) -> Router {
    Router::new()
        .route("/api/collect", post(collect).options(preflight))
        .layer(DefaultBodyLimit::max(payload::MAX_BYTES))
        // Also on what is refused before it gets here, or the page would take it for a broken line and try again.
        .layer(map_response(with_cors))
        .with_state(Arc::new(collector))
}

/// Why a batch gets no outcomes.
enum Failure {
    /// Refused as a whole.
    Refused(Reason),
    /// Too many are waiting, or the commit's end is not known. It can be sent again.
    Busy,
}

async fn collect(
    State(collector): State<Arc<Collector>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let body = match timeout(BODY_WITHIN, Bytes::from_request(request, &())).await {
        Ok(Ok(body)) => body,
        Ok(Err(rejected)) => return rejected.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let answer = collector.collect(peer.ip(), &headers, &body).await;
    let response = match answer {
        Ok(answer) => (StatusCode::ACCEPTED, Json(Accepted::from(&answer))).into_response(),
        Err(Failure::Refused(reason)) => refused(reason),
        Err(Failure::Busy) => (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "2")]).into_response(),
    };
    metrics::counter!(REQUESTS, "status" => response.status().as_str().to_owned()).increment(1);
    response
}

impl Collector {
    /// The stages, in order.
    async fn collect(&self, peer: IpAddr, headers: &HeaderMap, body: &[u8]) -> Result<Answer, Failure> {
        let now = self.clock.now_ms();
        let address = client::client_address(peer, headers, &self.senders.trusted_proxies);
        let payload = payload::decode(body).map_err(|reason| self.refuse_unread(headers, reason, now))?;
        let site = self.admit(&payload, headers, address, now).await?;
        let valid = validate::validate(&payload, now);
        let (keys, facts) = self.recognise(&payload, headers, address, now).await?;
        let messages = enriched(valid, &site, facts.browser.as_deref());
        let batch = Batch {
            site: site.id,
            session: payload.session,
            keys,
            facts,
            tells_quick_backs: !payload.off.contains(&EventKind::QuickBack),
            limits: site.limits,
            received_at: now,
            messages,
        };
        let answer = self.queue.commit(batch).await.ok_or(Failure::Busy)?;
        self.account(site.id, &payload, headers, &answer.outcomes, now);
        Ok(answer)
    }

    /// Whether the batch is taken at all.
    async fn admit(
        &self,
        payload: &Payload,
        headers: &HeaderMap,
        address: IpAddr,
        now: i64,
    ) -> Result<SiteRules, Failure> {
        let site = self.sites.get(payload.site, now).await.map_err(|_| Failure::Busy)?;
        let site = site.ok_or_else(|| self.refuse(NO_SITE, payload, headers, Reason::UnknownSite, now))?;
        let admitted = if admit::opted_out(headers) {
            Err(Reason::OptOut)
        } else if !admit::comes_from(headers, &site) {
            Err(Reason::HostNotAllowed)
        } else {
            self.limit.take(address, payload.messages.len(), now)
        };
        admitted.map_err(|reason| self.refuse(site.id, payload, headers, reason, now))?;
        Ok(site)
    }

    /// A batch that is refused as a whole.
    fn refuse(&self, site: SiteId, payload: &Payload, headers: &HeaderMap, reason: Reason, now: i64) -> Failure {
        self.account(site, payload, headers, &vec![Outcome::Refused(reason); payload.messages.len()], now);
        Failure::Refused(reason)
    }

    /// One of which nothing could be read: nobody knows how many messages it holds.
    fn refuse_unread(&self, headers: &HeaderMap, reason: Reason, now: i64) -> Failure {
        self.counter.count(NO_SITE, &[Outcome::Refused(reason)], now);
        let host = admit::origin_host(headers).map(|host| scrub::text(&host, HOST));
        self.refusals.remember(NO_SITE, Refused { what: MessageKind::Unreadable, reason, host }, now);
        Failure::Refused(reason)
    }

    /// Counts how each message ended, and remembers what was refused.
    fn account(&self, site: SiteId, payload: &Payload, headers: &HeaderMap, outcomes: &[Outcome], now: i64) {
        self.counter.count(site, outcomes, now);
        for (message, outcome) in payload.messages.iter().zip(outcomes) {
            let Outcome::Refused(reason) = *outcome else { continue };
            let what = message.as_ref().map_or(MessageKind::Unreadable, |message| message.body.kind());
            let of_page = || address::page_url(&message.as_ref()?.head.url).ok().as_ref().and_then(address::host_of);
            let host = admit::origin_host(headers).or_else(of_page).map(|host| scrub::text(&host, HOST));
            self.refusals.remember(site, Refused { what, reason, host }, now);
        }
    }

    /// What may be known of the sender. Address and user agent are dropped with the request.
    async fn recognise(
        &self,
        payload: &Payload,
        headers: &HeaderMap,
        address: IpAddr,
        now: i64,
    ) -> Result<(VisitorKeys, VisitorFacts), Failure> {
        // Some put their maker's name in it in the letters of their language.
        let user_agent = headers.get(header::USER_AGENT).map(|value| String::from_utf8_lossy(value.as_bytes()));
        let user_agent = user_agent.as_deref().unwrap_or_default();
        let claims = Claims { user_agent, touch: payload.touch, hints: Hints::of(headers) };
        let sender = Sender { address, claims, webdriver: payload.webdriver };
        let facts = enrich::visitor_facts(&sender, &self.senders.countries, &self.user_agents);
        let salts = self.salts.live(now).await.map_err(|_| Failure::Busy)?;
        let visitor = payload.token.map_or(Visitor::Address(address, user_agent), Visitor::Token);
        let keys = identity::visitor_keys(&self.secret, &salts, payload.site, visitor).ok_or(Failure::Busy)?;
        Ok((keys, facts))
    }
}

/// Adds to every head where it came from, and refuses what comes from a host that is not the site's.
fn enriched(valid: ValidBatch, site: &SiteRules, browser: Option<&str>) -> Vec<Result<EnrichedMessage, Reason>> {
    let heads: Vec<Option<Arc<EnrichedHead>>> = valid
        .heads
        .into_iter()
        .map(|head| head.ok().filter(|head| site.allows(&head.host)))
        .map(|head| head.map(|head| Arc::new(enriched_head(head, site, browser))))
        .collect();
    let message = |message: validate::ValidMessage| {
        let head = heads.get(message.head).cloned().flatten().ok_or(Reason::HostNotAllowed)?;
        Ok(EnrichedMessage { head, body: message.body })
    };
    valid.messages.into_iter().map(|result| result.and_then(message)).collect()
}

fn enriched_head(head: ValidHead, site: &SiteRules, browser: Option<&str>) -> EnrichedHead {
    let (source, external_referrer) = source::source(source::Arrival {
        browser,
        referrer: head.referrer.as_deref(),
        campaign: &head.campaign,
        resumed: head.resumed,
        host: &head.host,
        site_hosts: &site.hosts,
        passed: &site.passed_referrers,
    });
    let is_spam = external_referrer.as_deref().is_some_and(|host| spam::is_spam(host, &site.spam_referrers));
    EnrichedHead {
        id: head.id,
        started_at: head.started_at,
        age_ms: head.age_ms,
        host: head.host,
        path: head.path,
        title: head.title,
        resumed: head.resumed,
        campaign: head.campaign,
        source,
        external_referrer,
        is_spam,
    }
}

#[derive(Serialize)]
struct Accepted {
    session: Option<SessionId>,
    outcomes: Vec<OutcomeAnswer>,
}

#[derive(Serialize)]
struct OutcomeAnswer {
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
}

impl From<&Answer> for Accepted {
    fn from(answer: &Answer) -> Self {
        let outcomes = answer.outcomes.iter().map(|outcome| match outcome {
            Outcome::Stored => OutcomeAnswer { outcome: "stored", reason: None },
            Outcome::Duplicate => OutcomeAnswer { outcome: "duplicate", reason: None },
            Outcome::Refused(reason) => OutcomeAnswer { outcome: "refused", reason: Some(*reason) },
        });
        Self { session: answer.session, outcomes: outcomes.collect() }
    }
}

#[derive(Serialize)]
struct Refusal {
    refused: Reason,
    message: &'static str,
}

fn refused(reason: Reason) -> Response {
    let mut response =
        (outcome::status(reason), Json(Refusal { refused: reason, message: reason.message() })).into_response();
    if reason == Reason::RateLimited {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

/// Pages of any site may send, without credentials; the answer is theirs to read.
async fn with_cors(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    // Without this a page of another origin cannot read when to try again.
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The tracker causes no preflight; this is for clients that do.
async fn preflight() -> Response {
    let allow =
        [(header::ACCESS_CONTROL_ALLOW_METHODS, "POST"), (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type")];
    (StatusCode::NO_CONTENT, allow).into_response()
}
