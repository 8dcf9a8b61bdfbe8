//! `POST /api/collect`: runs the stages and answers after the commit.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use app::models::{
    event::EventKind,
    ids::{SessionId, SiteId},
};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{ConnectInfo, DefaultBodyLimit, State},
    middleware::map_response,
    response::{IntoResponse, Response},
    routing::post,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use ipnet::IpNet;
use serde::Serialize;

use super::{
    Answer, Batch, EnrichedHead, EnrichedMessage,
    admit::{self, RateLimit, SiteRules},
    client,
    counter::OutcomeCounter,
    enrich::{
        self, Sender, VisitorFacts,
        country::Countries,
        source,
        user_agent::{Claims, Hints, UserAgents},
    },
    identity::{self, Secret, Visitor, VisitorKeys},
    outcome::{Outcome, Reason},
    payload::{self, Payload},
    salts::SaltBook,
    sites::SiteBook,
    validate::{self, ValidBatch, ValidHead},
    writer::Queue,
};
use crate::{clock::Clock, telemetry::metrics::REQUESTS};

/// What the stages work with.
pub struct Collector {
    pub(super) clock: Clock,
    pub(super) secret: Secret,
    pub(super) trusted_proxies: Vec<IpNet>,
    pub(super) sites: SiteBook,
    pub(super) salts: SaltBook,
    pub(super) limit: RateLimit,
    pub(super) countries: Arc<Countries>,
    pub(super) user_agents: UserAgents,
    pub(super) counter: Arc<OutcomeCounter>,
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
    body: Bytes,
) -> Response {
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
        let address = client::client_address(peer, headers, &self.trusted_proxies);
        let payload = payload::decode(body).map_err(Failure::Refused)?;
        let site = self.admit(&payload, headers, address, now).await?;
        let valid = validate::validate(&payload, now);
        let (keys, facts) = self.recognise(&payload, headers, address, now).await?;
        let batch = Batch {
            site: site.id,
            session: payload.session,
            keys,
            facts,
            tells_quick_backs: !payload.off.contains(&EventKind::QuickBack),
            received_at: now,
            messages: enriched(valid, &site),
        };
        let answer = self.queue.commit(batch).await.ok_or(Failure::Busy)?;
        self.counter.count(site.id, &answer.outcomes, now);
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
        let site = site.ok_or(Failure::Refused(Reason::UnknownSite))?;
        let admitted = if admit::opted_out(headers) {
            Err(Reason::OptOut)
        } else if !admit::comes_from(headers, &site) {
            Err(Reason::HostNotAllowed)
        } else {
            self.limit.take(address, payload.messages.len(), now)
        };
        admitted.map_err(|reason| self.refuse(site.id, payload.messages.len(), reason, now))?;
        Ok(site)
    }

    fn refuse(&self, site: SiteId, messages: usize, reason: Reason, now: i64) -> Failure {
        self.counter.count(site, &vec![Outcome::Refused(reason); messages], now);
        Failure::Refused(reason)
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
        let facts = enrich::visitor_facts(&sender, &self.countries, &self.user_agents);
        let salts = self.salts.live(now).await.map_err(|_| Failure::Busy)?;
        let visitor = payload.token.map_or(Visitor::Address(address, user_agent), Visitor::Token);
        let keys = identity::visitor_keys(&self.secret, &salts, payload.site, visitor).ok_or(Failure::Busy)?;
        Ok((keys, facts))
    }
}

/// Adds to every head where it came from, and refuses what comes from a host that is not the site's.
fn enriched(valid: ValidBatch, site: &SiteRules) -> Vec<Result<EnrichedMessage, Reason>> {
    let heads: Vec<Option<Arc<EnrichedHead>>> = valid
        .heads
        .into_iter()
        .map(|head| head.ok().filter(|head| site.allows(&head.host)).map(|head| Arc::new(enriched_head(head, site))))
        .collect();
    let message = |message: validate::ValidMessage| {
        let head = heads.get(message.head).cloned().flatten().ok_or(Reason::HostNotAllowed)?;
        Ok(EnrichedMessage { head, body: message.body })
    };
    valid.messages.into_iter().map(|result| result.and_then(message)).collect()
}

fn enriched_head(head: ValidHead, site: &SiteRules) -> EnrichedHead {
    let (source, external_referrer) = source::source(source::Arrival {
        referrer: head.referrer.as_deref(),
        campaign: &head.campaign,
        resumed: head.resumed,
        host: &head.host,
        site_hosts: &site.hosts,
    });
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
    let mut response = (reason.status(), Json(Refusal { refused: reason, message: reason.message() })).into_response();
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
