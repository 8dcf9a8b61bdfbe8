//! Which sessions a viewer has not got yet. Keeps places in time and no session.

use std::collections::{HashMap, HashSet};

use app::models::{ids::SiteId, live::LiveUpdate, session::NOW_MS};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

pub use super::start::Start;
use super::versions::{self, Version};
use crate::store::{
    database::Database,
    entities::session::{Column, Entity, Model},
    reading,
};

/// The most sessions in one message.
pub const MOST_SENT: usize = 100;
/// A viewer more sessions behind than this loads the list anew.
pub const MOST_BEHIND: usize = 500;
/// A viewer longer away than this loads the list anew, in milliseconds.
pub const LONGEST_AWAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How long after its `changed_at` a change can become visible, in milliseconds: that is the time at which a message
/// was received; then it waits for its commit, which waits for others. As far back from the last message everything is
/// read again.
pub const LATE_MS: i64 = 10_000;
/// The most versions that are taken for known when a stream begins.
const MOST_KNOWN: usize = 1_000;

/// What one viewer of one site has got.
#[derive(Debug)]
pub struct Feed {
    site: SiteId,
    /// The greatest `changed_at` that was sent.
    cursor: i64,
    /// The versions, among those that are read again, that the viewer has got.
    known: HashMap<Uuid, i64>,
    /// Sessions that changed last up to here are known to have ceased to be *now*.
    faded: Version,
    /// Away for too long.
    outdated: bool,
}

/// What is to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// From where the stream goes on after this message.
    pub id: i64,
    /// What it says.
    pub news: News,
    /// Whether there is more to send already.
    pub more: bool,
}

/// What a message says.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// The list must be loaded anew; the update holds the time and no session.
    Reset(LiveUpdate),
    /// These sessions are new or have changed.
    Sessions(LiveUpdate),
}

impl Feed {
    /// Begins where the viewer says, or with what is stored now: that is in the list which the viewer has.
    pub async fn open(db: &Database, site: SiteId, start: Start, now_ms: i64) -> Result<Self, DbErr> {
        let mut feed = Self {
            site,
            cursor: now_ms,
            known: HashMap::new(),
            faded: all_before(now_ms.saturating_sub(NOW_MS)),
            outdated: false,
        };
        match start {
            Start::Now => feed.begin_anew(db.reader(), now_ms).await?,
            Start::Since(ms) => {
                feed.cursor = ms.min(now_ms);
                feed.faded = all_before(feed.cursor.saturating_sub(NOW_MS));
                feed.outdated = now_ms.saturating_sub(ms) > LONGEST_AWAY_MS;
            }
        }
        Ok(feed)
    }

    /// From where a stream would go on that broke off now.
    pub fn id(&self) -> i64 {
        self.cursor
    }

    /// The next message, `None` when there is nothing to say. After an error it can be asked again.
    pub async fn read(&mut self, db: &Database, now_ms: i64) -> Result<Option<Message>, DbErr> {
        let db = reading::snapshot(db).await?;
        let mut changed = self.unknown(&db).await?;
        if self.outdated || changed.len() > MOST_BEHIND {
            self.begin_anew(&db, now_ms).await?;
            let news = News::Reset(LiveUpdate { now_ms, sessions: Vec::new() });
            return Ok(Some(Message { id: self.cursor, news, more: false }));
        }
        let more = changed.len() > MOST_SENT;
        changed.truncate(MOST_SENT);
        let faded = self.fading(&db, now_ms, MOST_SENT - changed.len()).await?;
        let rows = self.newest_state(&db, &changed, &faded).await?;
        let rules = reading::Rules::read(&db, self.site).await?;
        let sessions = reading::shown(&db, self.site, rows, rules, now_ms).await?;
        self.keep_account(&changed, &faded);
        let news = News::Sessions(LiveUpdate { now_ms, sessions });
        let says_something = !matches!(&news, News::Sessions(update) if update.sessions.is_empty());
        Ok(says_something.then_some(Message { id: self.cursor, news, more }))
    }

    /// Takes whatever is stored now for known.
    async fn begin_anew(&mut self, db: &impl ConnectionTrait, now_ms: i64) -> Result<(), DbErr> {
        let stored =
            versions::read(db, versions::latest(self.site, now_ms.saturating_sub(LATE_MS), MOST_KNOWN)).await?;
        self.cursor = stored.iter().map(|version| version.changed_at).fold(now_ms, i64::max);
        self.known = stored.iter().map(|version| (version.id, version.changed_at)).collect();
        self.faded = all_before(now_ms.saturating_sub(NOW_MS));
        self.outdated = false;
        Ok(())
    }

    /// The versions that the viewer has not got, the oldest first, at least one more than [`MOST_BEHIND`] if there are
    /// as many.
    async fn unknown(&self, db: &impl ConnectionTrait) -> Result<Vec<Version>, DbErr> {
        // Known ones can fill the beginning, each once.
        let most = self.known.len() + MOST_BEHIND + 1;
        let from = self.cursor.saturating_sub(LATE_MS);
        let mut versions = versions::read(db, versions::since(self.site, from, most)).await?;
        versions.retain(|version| self.known.get(&version.id) != Some(&version.changed_at));
        Ok(versions)
    }

    /// Versions that have become too old for their session to be *now*. Nothing is stored when that happens.
    async fn fading(&self, db: &impl ConnectionTrait, now_ms: i64, most: usize) -> Result<Vec<Version>, DbErr> {
        let now_from = now_ms.saturating_sub(NOW_MS);
        versions::read(db, versions::between(self.site, self.faded, now_from, most)).await
    }

    /// The rows to send, newest first: those that changed, and of the faded those that were *now* until they were.
    async fn newest_state(
        &self,
        db: &impl ConnectionTrait,
        changed: &[Version],
        faded: &[Version],
    ) -> Result<Vec<Model>, DbErr> {
        if changed.is_empty() && faded.is_empty() {
            return Ok(Vec::new());
        }
        let news: HashSet<Uuid> = changed.iter().map(|version| version.id).collect();
        let ids: HashSet<Uuid> = news.iter().copied().chain(faded.iter().map(|version| version.id)).collect();
        let by_key = Entity::find().filter(Column::Site.eq(self.site.0)).filter(Column::Id.is_in(ids));
        let mut rows = by_key.order_by_desc(Column::Id).all(db).await?;
        rows.retain(|row| news.contains(&row.id) || (row.ended_at.is_none() && !row.away));
        Ok(rows)
    }

    fn keep_account(&mut self, changed: &[Version], faded: &[Version]) {
        self.cursor = changed.iter().map(|version| version.changed_at).fold(self.cursor, i64::max);
        self.known.extend(changed.iter().map(|version| (version.id, version.changed_at)));
        let read_again = self.cursor.saturating_sub(LATE_MS);
        self.known.retain(|_, changed_at| *changed_at >= read_again);
        if let Some(last) = faded.last() {
            self.faded = *last;
        }
    }
}

fn all_before(ms: i64) -> Version {
    Version { changed_at: ms.saturating_sub(1), id: Uuid::max() }
}
