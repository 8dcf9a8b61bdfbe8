//! Sessions that somebody wants deleted. For some seconds that can be taken back; then a task erases them, whichever node
//! comes first, also after a restart.

use app::models::ids::{SessionId, SiteId};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::{
    database::Database,
    entities::{
        deleted_session::{ActiveModel, Column, Entity},
        session,
    },
};

/// Notes that a session is to be deleted at a moment, in milliseconds since the epoch. When that is noted already, the
/// earlier moment counts. `false`: the site has no such session.
///
/// # Errors
/// When the database fails; then nothing is noted.
pub async fn plan(db: &Database, site: SiteId, id: SessionId, delete_at: i64) -> Result<bool, DbErr> {
    let tx = db.begin_on(site.0).await?;
    if session::Entity::find_by_id((site.0, id.0)).one(&*tx).await?.is_none() {
        return Ok(false);
    }
    if Entity::find_by_id((site.0, id.0)).one(&*tx).await?.is_none() {
        let row = ActiveModel { site: Set(site.0), session: Set(id.0), delete_at: Set(delete_at) };
        Entity::insert(row).exec_without_returning(&*tx).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Takes it back, unless the moment has come by `now_ms`: then the session is as good as erased.
///
/// # Errors
/// When the database fails; then it stays as it was.
pub async fn take_back(db: &Database, site: SiteId, id: SessionId, now_ms: i64) -> Result<(), DbErr> {
    let tx = db.begin_on(site.0).await?;
    Entity::delete_many()
        .filter(Column::Site.eq(site.0))
        .filter(Column::Session.eq(id.0))
        .filter(Column::DeleteAt.gt(now_ms))
        .exec(&*tx)
        .await?;
    tx.commit().await
}

/// When a session is to be deleted, in milliseconds since the epoch; `None` if it is to stay.
pub(crate) async fn moment_of(db: &impl ConnectionTrait, site: SiteId, id: SessionId) -> Result<Option<i64>, DbErr> {
    Ok(Entity::find_by_id((site.0, id.0)).one(db).await?.map(|row| row.delete_at))
}

/// Up to `at_once` sessions whose moment has come by `now_ms`, the first ones first.
///
/// # Errors
/// When the database fails.
pub async fn due(db: &Database, now_ms: i64, at_once: u64) -> Result<Vec<(SiteId, SessionId)>, DbErr> {
    let rows = Entity::find()
        .filter(Column::DeleteAt.lte(now_ms))
        .order_by_asc(Column::DeleteAt)
        .limit(at_once)
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(|row| (SiteId(row.site), SessionId(row.session))).collect())
}
