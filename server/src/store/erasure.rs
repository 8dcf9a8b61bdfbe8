//! Erases sessions by their ids, for good: every row of theirs, and the keys that lead to them.

use std::collections::BTreeSet;

use app::models::ids::{SessionId, SiteId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use super::{database::Database, entities::erased_day, session_time::DAY_MS};

/// For how many days it is known how often sessions of a day were erased: a little more than the longest that sessions are.
const KEPT_DAYS: i64 = 800;

/// Erases these sessions of a site in one transaction, and returns how many of them there were.
///
/// # Errors
/// When the database fails; then none is erased.
pub async fn erase(db: &Database, site: SiteId, sessions: &[SessionId]) -> anyhow::Result<usize> {
    let db = db.clone();
    let ids: BTreeSet<Uuid> = sessions.iter().map(|session| session.0).collect();
    let erase = move || {
        let mut connection = db.ingest()?;
        let mut ingest = connection.begin(&BTreeSet::from([site.0]))?;
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let found = ingest.sessions(site.0, &ids)?.len();
        ids.iter().try_for_each(|&session| ingest.erase(site.0, session))?;
        ingest.drop_keys_of(site.0, &ids)?;
        ingest.commit()?;
        Ok(found)
    };
    tokio::task::spawn_blocking(erase).await?
}

/// Notes that sessions of a UTC day are not what they were, so that whoever holds the day in memory, or what it comes to,
/// reads it again.
pub(super) async fn note_day(tx: &impl ConnectionTrait, site: SiteId, day: i32) -> Result<(), DbErr> {
    use erased_day::{ActiveModel, Column, Entity};
    let once_more = Expr::col((Entity, Column::Times)).add(1);
    let counted = OnConflict::columns([Column::Site, Column::Day]).value(Column::Times, once_more).to_owned();
    let row = ActiveModel { site: Set(site.0), day: Set(day), times: Set(1) };
    Entity::insert(row).on_conflict(counted).exec_without_returning(tx).await.map(drop)
}

/// Forgets of which days sessions were erased that nobody can ask for any more.
///
/// # Errors
/// When the database fails.
pub async fn forget_old(db: &Database, now_ms: i64) -> Result<(), DbErr> {
    let day = i32::try_from(now_ms.div_euclid(DAY_MS).saturating_sub(KEPT_DAYS)).unwrap_or_default();
    let tx = db.begin().await?;
    erased_day::Entity::delete_many().filter(erased_day::Column::Day.lt(day)).exec(&*tx).await?;
    tx.commit().await
}
