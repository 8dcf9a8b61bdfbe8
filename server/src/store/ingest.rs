//! The statements of one ingest transaction: find, lock, save. What they mean is decided in `collect`.

use std::{collections::HashMap, sync::Arc};

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use uuid::Uuid;

use super::{
    chunks::{chunks, lookups},
    database::Database,
    entities::{event, open_page_view, open_session, page_view, session},
    insert_text::{IfKnown, InsertTexts},
};

/// The counts of one kind of event on one page view.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct EventCount {
    /// The session.
    pub session: Uuid,
    /// The page view.
    pub page_view: Uuid,
    /// Text form of `EventKind`.
    pub kind: String,
    /// How many.
    pub count: i64,
    /// The latest, since the page view began.
    pub last_ms: i64,
}

/// A session whose visitor wants it erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasedSession {
    /// The site.
    pub site: i32,
    /// Its id.
    pub id: Uuid,
    /// The ids of its page views.
    pub page_views: Vec<Uuid>,
}

/// What a group of batches changes.
#[derive(Debug, Default)]
pub struct Changeset {
    /// Sessions, new and changed.
    pub sessions: Vec<session::Model>,
    /// Page views, new and changed.
    pub page_views: Vec<page_view::Model>,
    /// Events that hold no longer, by site, session and id.
    pub outdated_events: Vec<(i32, Uuid, Uuid)>,
    /// New events.
    pub events: Vec<event::Model>,
    /// New page views' sessions.
    pub open_page_views: Vec<open_page_view::Model>,
    /// Keys that lead to another session now.
    pub open_sessions: Vec<open_session::Model>,
    /// Keys that lead nowhere.
    pub dropped_keys: Vec<(i32, Vec<u8>)>,
    /// Sessions to erase.
    pub erased: Vec<ErasedSession>,
}

/// A transaction that holds the write lock from its beginning.
pub struct Ingest {
    tx: DatabaseTransaction,
    texts: Arc<InsertTexts>,
}

impl Ingest {
    /// Begins.
    pub async fn begin(db: &Database) -> Result<Self, DbErr> {
        Ok(Self { tx: db.begin().await?, texts: db.insert_texts() })
    }

    /// Which of these page views are known, and their sessions.
    pub async fn known_views(&self, site: i32, ids: &[Uuid]) -> Result<HashMap<Uuid, Uuid>, DbErr> {
        let mut known = HashMap::new();
        for ids in lookups(ids) {
            let found = open_page_view::Entity::find()
                .filter(open_page_view::Column::Site.eq(site))
                .filter(open_page_view::Column::Id.is_in(ids))
                .all(&self.tx)
                .await?;
            known.extend(found.into_iter().map(|row| (row.id, row.session)));
        }
        Ok(known)
    }

    /// Locks the rows of these keys, makes those that are missing, and returns all as they stand. The rows must be in
    /// the order of their keys: two nodes that lock in different orders would wait for each other.
    pub async fn lock_keys(&self, proposals: &[open_session::Model]) -> Result<Vec<open_session::Model>, DbErr> {
        let mut standing = Vec::with_capacity(proposals.len());
        for rows in chunks(proposals) {
            let mut insert = Query::insert();
            insert.into_table(open_session::Entity).columns([
                open_session::Column::Site,
                open_session::Column::Key,
                open_session::Column::Session,
                open_session::Column::CheckAt,
            ]);
            for row in rows {
                insert.values_panic([row.site.into(), row.key.clone().into(), row.session.into(), row.check_at.into()]);
            }
            // The update changes nothing; without it the row is neither locked nor returned.
            let unchanged = Expr::col((open_session::Entity, open_session::Column::Site));
            insert.on_conflict(
                OnConflict::columns([open_session::Column::Site, open_session::Column::Key])
                    .value(open_session::Column::Site, unchanged)
                    .to_owned(),
            );
            insert.returning_all();
            for row in self.tx.query_all(&insert).await? {
                standing.push(open_session::Model::from_query_result(&row, "")?);
            }
        }
        Ok(standing)
    }

    /// The rows of these keys, as far as there are any.
    pub async fn find_keys(&self, site: i32, keys: &[Vec<u8>]) -> Result<Vec<open_session::Model>, DbErr> {
        let mut found = Vec::new();
        for keys in lookups(keys) {
            let rows = open_session::Entity::find()
                .filter(open_session::Column::Site.eq(site))
                .filter(open_session::Column::Key.is_in(keys))
                .all(&self.tx)
                .await?;
            found.extend(rows);
        }
        Ok(found)
    }

    /// These sessions, locked.
    pub async fn sessions(&self, site: i32, ids: &[Uuid]) -> Result<Vec<session::Model>, DbErr> {
        let mut found = Vec::with_capacity(ids.len());
        for ids in lookups(ids) {
            let rows = session::Entity::find()
                .filter(session::Column::Site.eq(site))
                .filter(session::Column::Id.is_in(ids))
                .order_by_asc(session::Column::Id)
                .lock_exclusive()
                .all(&self.tx)
                .await?;
            found.extend(rows);
        }
        Ok(found)
    }

    /// All page views of these sessions.
    pub async fn page_views(&self, site: i32, sessions: &[Uuid]) -> Result<Vec<page_view::Model>, DbErr> {
        let mut found = Vec::new();
        for sessions in lookups(sessions) {
            let rows = page_view::Entity::find()
                .filter(page_view::Column::Site.eq(site))
                .filter(page_view::Column::Session.is_in(sessions))
                .all(&self.tx)
                .await?;
            found.extend(rows);
        }
        Ok(found)
    }

    /// How many events of which kind these sessions have on which page view.
    pub async fn event_counts(&self, site: i32, sessions: &[Uuid]) -> Result<Vec<EventCount>, DbErr> {
        let mut counts = Vec::new();
        for sessions in lookups(sessions) {
            let rows = event::Entity::find()
                .select_only()
                .columns([event::Column::Session, event::Column::PageView, event::Column::Kind])
                .expr_as(Expr::col(event::Column::Id).count(), "count")
                .expr_as(Expr::col(event::Column::OffsetMs).max(), "last_ms")
                .filter(event::Column::Site.eq(site))
                .filter(event::Column::Session.is_in(sessions))
                .group_by(event::Column::Session)
                .group_by(event::Column::PageView)
                .group_by(event::Column::Kind)
                .into_model::<EventCount>()
                .all(&self.tx)
                .await?;
            counts.extend(rows);
        }
        Ok(counts)
    }

    /// Which of these events a session has already.
    pub async fn known_events(&self, site: i32, session: Uuid, ids: &[Uuid]) -> Result<Vec<Uuid>, DbErr> {
        let mut known = Vec::new();
        for ids in lookups(ids) {
            let rows: Vec<Uuid> = event::Entity::find()
                .select_only()
                .column(event::Column::Id)
                .filter(event::Column::Site.eq(site))
                .filter(event::Column::Session.eq(session))
                .filter(event::Column::Id.is_in(ids))
                .into_tuple()
                .all(&self.tx)
                .await?;
            known.extend(rows);
        }
        Ok(known)
    }

    /// Writes what has changed, each table in the order of its key.
    pub async fn save(&self, mut changes: Changeset) -> Result<(), DbErr> {
        changes.sessions.sort_by_key(|row| (row.site, row.id));
        for rows in chunks(&changes.sessions) {
            self.put::<session::Entity>(rows, IfKnown::Replace).await?;
        }
        changes.page_views.sort_by_key(|row| (row.site, row.session, row.id));
        for rows in chunks(&changes.page_views) {
            self.put::<page_view::Entity>(rows, IfKnown::Replace).await?;
        }
        for key in changes.outdated_events {
            event::Entity::delete_by_id(key).exec(&self.tx).await?;
        }
        changes.events.sort_by_key(|row| (row.site, row.session, row.id));
        for rows in chunks(&changes.events) {
            self.put::<event::Entity>(rows, IfKnown::Keep).await?;
        }
        changes.open_page_views.sort_by_key(|row| (row.site, row.id));
        for rows in chunks(&changes.open_page_views) {
            self.put::<open_page_view::Entity>(rows, IfKnown::Keep).await?;
        }
        changes.open_sessions.sort_by(|a, b| (a.site, &a.key).cmp(&(b.site, &b.key)));
        for rows in chunks(&changes.open_sessions) {
            self.put::<open_session::Entity>(rows, IfKnown::Replace).await?;
        }
        for (site, key) in changes.dropped_keys {
            open_session::Entity::delete_by_id((site, key)).exec(&self.tx).await?;
        }
        for session in &changes.erased {
            self.erase(session).await?;
        }
        Ok(())
    }

    async fn put<E: EntityTrait>(&self, rows: &[E::Model], if_known: IfKnown) -> Result<(), DbErr> {
        let statement = self.texts.insert::<E>(self.tx.get_database_backend(), rows, if_known);
        self.tx.execute_raw(statement).await.map(drop)
    }

    /// Deletes every row of a session. Keys that lead to it go when they are looked at next.
    async fn erase(&self, session: &ErasedSession) -> Result<(), DbErr> {
        let ErasedSession { site, id, page_views } = session;
        event::Entity::delete_many()
            .filter(event::Column::Site.eq(*site))
            .filter(event::Column::Session.eq(*id))
            .exec(&self.tx)
            .await?;
        page_view::Entity::delete_many()
            .filter(page_view::Column::Site.eq(*site))
            .filter(page_view::Column::Session.eq(*id))
            .exec(&self.tx)
            .await?;
        for ids in lookups(page_views) {
            open_page_view::Entity::delete_many()
                .filter(open_page_view::Column::Site.eq(*site))
                .filter(open_page_view::Column::Id.is_in(ids))
                .exec(&self.tx)
                .await?;
        }
        session::Entity::delete_by_id((*site, *id)).exec(&self.tx).await?;
        Ok(())
    }

    /// Commits: from here on everything is on disk.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.tx.commit().await
    }
}
