//! The statements of one ingest transaction: find, lock, save. What they mean is decided in `collect`.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, IdenStatic,
    IntoActiveModel, Iterable, PrimaryKeyToColumn, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use uuid::Uuid;

use super::{
    chunks::{chunks, lookups},
    database::Database,
    entities::{event, open_page_view, open_session, page_view, session},
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

/// What a group of batches changes.
#[derive(Debug, Default)]
pub struct Changeset {
    /// Sessions, new and changed.
    pub sessions: Vec<session::Model>,
    /// Page views, new and changed.
    pub page_views: Vec<page_view::Model>,
    /// New events.
    pub events: Vec<event::Model>,
    /// New page views' sessions.
    pub open_page_views: Vec<open_page_view::Model>,
    /// Keys that lead to another session now.
    pub open_sessions: Vec<open_session::Model>,
    /// Keys that lead nowhere.
    pub dropped_keys: Vec<(i32, Vec<u8>)>,
}

/// A transaction that holds the write lock from its beginning.
pub struct Ingest(DatabaseTransaction);

impl Ingest {
    /// Begins.
    pub async fn begin(db: &Database) -> Result<Self, DbErr> {
        db.begin().await.map(Self)
    }

    /// Which of these page views are known, and their sessions.
    pub async fn known_views(&self, site: i32, ids: &[Uuid]) -> Result<HashMap<Uuid, Uuid>, DbErr> {
        let mut known = HashMap::new();
        for ids in lookups(ids) {
            let found = open_page_view::Entity::find()
                .filter(open_page_view::Column::Site.eq(site))
                .filter(open_page_view::Column::Id.is_in(ids))
                .all(&self.0)
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
            for row in self.0.query_all(&insert).await? {
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
                .all(&self.0)
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
                .all(&self.0)
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
                .all(&self.0)
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
                .all(&self.0)
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
                .all(&self.0)
                .await?;
            known.extend(rows);
        }
        Ok(known)
    }

    /// Writes what has changed, each table in the order of its key.
    pub async fn save(&self, mut changes: Changeset) -> Result<(), DbErr> {
        changes.sessions.sort_by_key(|row| (row.site, row.id));
        for rows in chunks(&changes.sessions) {
            upsert::<session::Entity>(&self.0, rows).await?;
        }
        changes.page_views.sort_by_key(|row| (row.site, row.session, row.id));
        for rows in chunks(&changes.page_views) {
            upsert::<page_view::Entity>(&self.0, rows).await?;
        }
        changes.events.sort_by_key(|row| (row.site, row.session, row.id));
        for rows in chunks(&changes.events) {
            insert_new::<event::Entity>(&self.0, rows).await?;
        }
        changes.open_page_views.sort_by_key(|row| (row.site, row.id));
        for rows in chunks(&changes.open_page_views) {
            insert_new::<open_page_view::Entity>(&self.0, rows).await?;
        }
        changes.open_sessions.sort_by(|a, b| (a.site, &a.key).cmp(&(b.site, &b.key)));
        for rows in chunks(&changes.open_sessions) {
            upsert::<open_session::Entity>(&self.0, rows).await?;
        }
        for (site, key) in changes.dropped_keys {
            open_session::Entity::delete_by_id((site, key)).exec(&self.0).await?;
        }
        Ok(())
    }

    /// Commits: from here on everything is on disk.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.0.commit().await
    }
}

/// Inserts rows, or replaces all other columns of those whose key is there.
async fn upsert<E>(tx: &DatabaseTransaction, rows: &[E::Model]) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + Clone,
    E::ActiveModel: Send,
{
    let key: Vec<E::Column> = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect();
    let is_key = |column: &E::Column| key.iter().any(|part| part.as_str() == column.as_str());
    let rest = E::Column::iter().filter(|column| !is_key(column));
    E::insert_many(rows.iter().cloned().map(IntoActiveModel::into_active_model))
        .on_conflict(OnConflict::columns(key.iter().copied()).update_columns(rest).to_owned())
        .exec_without_returning(tx)
        .await
        .map(drop)
}

/// Inserts the rows whose key is not there.
async fn insert_new<E>(tx: &DatabaseTransaction, rows: &[E::Model]) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + Clone,
    E::ActiveModel: Send,
{
    E::insert_many(rows.iter().cloned().map(IntoActiveModel::into_active_model))
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await
        .map(drop)
}
