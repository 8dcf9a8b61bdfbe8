//! Browsers that are signed in. The table holds a hash of the cookie's id: a copy of the database opens no session.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use async_trait::async_trait;
use axum_login::tower_sessions::{
    SessionStore,
    cookie::time::OffsetDateTime,
    session::{Id, Record},
    session_store::{Error, Result},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DbErr, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use super::{database::Database, entities::login_session};
use crate::clock::Clock;

/// A sign-in ends after 30 days without a request.
pub const INACTIVITY_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Ended ones are removed at most this often.
const PURGE_MS: i64 = 60 * 60 * 1000;

/// The table as the session layer sees it.
#[derive(Clone, Debug)]
pub struct LoginSessions {
    db: Database,
    clock: Clock,
    purged_at: Arc<AtomicI64>,
}

impl LoginSessions {
    /// Over this database.
    pub fn new(db: Database, clock: Clock) -> Self {
        Self { db, clock, purged_at: Arc::new(AtomicI64::new(i64::MIN)) }
    }

    /// Adds the row, `false` if there is one with this id.
    async fn insert(&self, row: login_session::Model) -> std::result::Result<bool, DbErr> {
        let transaction = self.db.begin().await?;
        let now = self.clock.now_ms();
        if self.is_time_to_purge(now) {
            let ended = login_session::Column::ExpiresAt.lte(now);
            login_session::Entity::delete_many().filter(ended).exec(&*transaction).await?;
        }
        let row = login_session::ActiveModel { id: Set(row.id), data: Set(row.data), expires_at: Set(row.expires_at) };
        let added = login_session::Entity::insert(row)
            .on_conflict(OnConflict::column(login_session::Column::Id).do_nothing().to_owned())
            .exec_without_returning(&*transaction)
            .await?;
        transaction.commit().await?;
        Ok(added > 0)
    }

    /// Changes the row that is there. One that is gone stays gone: somebody signed out meanwhile.
    async fn update(&self, row: login_session::Model) -> std::result::Result<(), DbErr> {
        let transaction = self.db.begin().await?;
        login_session::Entity::update_many()
            .col_expr(login_session::Column::Data, Expr::value(row.data))
            .col_expr(login_session::Column::ExpiresAt, Expr::value(row.expires_at))
            .filter(login_session::Column::Id.eq(row.id))
            .exec(&*transaction)
            .await?;
        transaction.commit().await
    }

    async fn remove(&self, id: String) -> std::result::Result<(), DbErr> {
        let transaction = self.db.begin().await?;
        login_session::Entity::delete_by_id(id).exec(&*transaction).await?;
        transaction.commit().await
    }

    async fn find(&self, id: String) -> std::result::Result<Option<login_session::Model>, DbErr> {
        let current = login_session::Column::ExpiresAt.gt(self.clock.now_ms());
        login_session::Entity::find_by_id(id).filter(current).one(self.db.reader()).await
    }

    fn is_time_to_purge(&self, now: i64) -> bool {
        let last = self.purged_at.load(Ordering::Relaxed);
        now.saturating_sub(last) >= PURGE_MS
            && self.purged_at.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    fn row(&self, record: &Record) -> Result<login_session::Model> {
        Ok(login_session::Model {
            id: stored_id(&record.id),
            data: serde_json::to_string(&record.data).map_err(|cause| Error::Encode(cause.to_string()))?,
            // By our clock, not by the record's date, so that tests can set it.
            expires_at: self.clock.now_ms() + INACTIVITY_MS,
        })
    }
}

#[async_trait]
impl SessionStore for LoginSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        while !self.insert(self.row(record)?).await.map_err(failed)? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        self.update(self.row(record)?).await.map_err(failed)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let Some(row) = self.find(stored_id(id)).await.map_err(failed)? else { return Ok(None) };
        let data = serde_json::from_str(&row.data).map_err(|cause| Error::Decode(cause.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(row.expires_at / 1000)
            .map_err(|cause| Error::Decode(cause.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.remove(stored_id(id)).await.map_err(failed)
    }
}

fn stored_id(id: &Id) -> String {
    blake3::hash(&id.0.to_le_bytes()).to_hex().to_string()
}

fn failed(cause: DbErr) -> Error {
    Error::Backend(cause.to_string())
}
