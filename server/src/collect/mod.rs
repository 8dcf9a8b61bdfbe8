//! Collection: from the bytes of a request to rows in the database, stage by stage.
//!
//! | stage | from → to |
//! |---|---|
//! | [`payload`] | bytes → `Payload`; the wire names live only there |
//! | [`admit`] | site known, opt-out, rate limit, host allowed |
//! | [`validate`] | `Payload` → `ValidBatch`: addresses ([`address`]), texts ([`scrub`]), times, kinds of clicks ([`link`]) |
//! | [`enrich`] | heads → [`EnrichedHead`]s; the request → `VisitorFacts` |
//! | [`identity`] | one visitor key for each live salt; the address ([`client`]) ends there |
//! | [`writer`] | [`Batch`]es → one transaction ([`group`], [`record`]), asks [`sessionize`] message by message |
//! | [`outcome`] | stored, duplicate, refused(reason); counted |
//!
//! All but the writer's shell and [`handler`] are pure: no database, no HTTP server; time and randomness are arguments.

use std::sync::Arc;

use app::models::{
    ids::{PageViewId, SessionId, SiteId},
    session::Limits,
    source::{Campaign, Source},
};
use ipnet::IpNet;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::{changes::Changes, clock::Clock, refusals::Refusals, store::database::Database};

pub mod address;
pub mod admit;
pub mod client;
pub mod counter;
pub mod enrich;
#[cfg(test)]
mod fuzz;
pub mod group;
pub mod handler;
pub mod identity;
pub mod link;
pub mod outcome;
mod overlap;
pub mod payload;
mod quick_back;
pub mod record;
pub mod salts;
pub mod scrub;
pub mod sessionize;
mod signs;
pub mod sites;
mod upkeep;
pub mod validate;
mod view_record;
pub mod writer;

use enrich::country::Countries;
use identity::{Secret, VisitorKeys};
use outcome::{Outcome, Reason};

/// What collection is told at start.
#[derive(Debug)]
pub struct CollectConfig {
    /// Keys the visitor keys.
    pub secret: Secret,
    /// How a sender is told from what its request came through.
    pub senders: Senders,
    /// Where refusals are remembered.
    pub refusals: Refusals,
}

/// How a sender is told from what its request came through, and where it is. Clones share.
#[derive(Clone, Debug, Default)]
pub struct Senders {
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// The country database; without one countries are unknown.
    pub countries: Arc<Countries>,
}

/// A batch with everything that the writer needs. Address and user agent are not part of it.
#[derive(Debug)]
pub struct Batch {
    /// The site.
    pub site: SiteId,
    /// The session that the page was told before.
    pub session: Option<SessionId>,
    /// The visitor's keys.
    pub keys: VisitorKeys,
    /// What is known of the visitor's browser.
    pub facts: enrich::VisitorFacts,
    /// Whether the site wants to know of pages that were left at once.
    pub tells_quick_backs: bool,
    /// When sessions of the site are over.
    pub limits: Limits,
    /// When the batch was received, in milliseconds since the epoch.
    pub received_at: i64,
    /// Its messages, in order; those refused before are kept in their place.
    pub messages: Vec<Result<EnrichedMessage, Reason>>,
}

impl Batch {
    /// The heads that its messages name, once for each message.
    pub fn heads(&self) -> impl Iterator<Item = &EnrichedHead> {
        self.messages.iter().flatten().map(|message| &*message.head)
    }
}

/// A message on its way to the writer.
#[derive(Clone, Debug)]
pub struct EnrichedMessage {
    /// Its page view.
    pub head: Arc<EnrichedHead>,
    /// What it says of it.
    pub body: validate::Body,
}

/// The head of a page view with where it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct EnrichedHead {
    /// Made in the browser.
    pub id: PageViewId,
    /// When it began, in milliseconds since the epoch.
    pub started_at: i64,
    /// How long ago that was when the message was received.
    pub age_ms: i64,
    /// The host.
    pub host: String,
    /// The path, scrubbed.
    pub path: String,
    /// The title, scrubbed.
    pub title: Option<String>,
    /// Whether it began in a tab that woke after the limit.
    pub resumed: bool,
    /// The campaign of its address.
    pub campaign: Campaign,
    /// Where it came from.
    pub source: Source,
    /// The host that linked to it, if that is another site.
    pub external_referrer: Option<String>,
    /// Whether that host only wants to be opened by whoever reads of it.
    pub is_spam: bool,
}

/// What a batch is answered once it is committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The session that the batch belongs to, if any message found one.
    pub session: Option<SessionId>,
    /// One outcome for each message, in order.
    pub outcomes: Vec<Outcome>,
}

/// Collection at work.
pub struct Collecting {
    /// `POST /api/collect`.
    pub router: axum::Router,
    writer: writer::Writer,
    upkeep: JoinHandle<()>,
    stop: DropGuard,
    counter: Arc<counter::OutcomeCounter>,
    db: Database,
}

impl Collecting {
    /// Takes nothing more, commits what is queued, writes the counts.
    pub async fn drain(self) {
        self.writer.close().await;
        // Ended before the last counts are written, so that nothing of them is under way.
        self.stop.disarm().cancel();
        let _ = self.upkeep.await;
        if let Err(error) = self.counter.flush(&self.db).await {
            tracing::error!(%error, "the counts of the last seconds could not be written");
        }
    }
}

/// Starts collection.
///
/// # Errors
/// When the database cannot be opened once more, or no thread can be made.
pub fn start(db: Database, clock: Clock, changes: Changes, config: CollectConfig) -> anyhow::Result<Collecting> {
    let counter = Arc::new(counter::OutcomeCounter::default());
    let writer = writer::Writer::start(&db, clock.clone(), changes)?;
    let collector = handler::Collector {
        clock: clock.clone(),
        secret: config.secret,
        senders: config.senders,
        sites: sites::SiteBook::new(db.clone()),
        salts: salts::SaltBook::new(db.clone()),
        limit: admit::RateLimit::new(rand::random()),
        user_agents: enrich::user_agent::UserAgents::default(),
        counter: counter.clone(),
        refusals: config.refusals,
        queue: writer.queue(),
    };
    let stop = CancellationToken::new();
    let upkeep = upkeep::start(db.clone(), counter.clone(), collector.senders.countries.clone(), stop.clone());
    let stop = stop.drop_guard();
    Ok(Collecting { router: handler::router(collector), writer, upkeep, stop, counter, db })
}
