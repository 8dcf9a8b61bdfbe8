//! The codes that pages show their visitors.

use app::models::{
    ids::{SessionId, SiteId},
    reference::ReferenceCode,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::{
    database::Database,
    entities::session_reference::{Column, Entity},
};

/// How long a code leads to its session, in milliseconds: 30 days.
pub const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// The session that a code leads to at `now_ms`.
pub(crate) async fn session_of(
    db: &impl ConnectionTrait,
    site: SiteId,
    code: &ReferenceCode,
    now_ms: i64,
) -> Result<Option<SessionId>, DbErr> {
    let key = (site.0, code.as_str().to_owned());
    let row = Entity::find_by_id(key).filter(Column::GivenAt.gt(now_ms.saturating_sub(KEPT_MS))).one(db).await?;
    Ok(row.map(|row| SessionId(row.session)))
}

/// The codes that lead to a session at `now_ms`.
pub(crate) async fn of_session(
    db: &impl ConnectionTrait,
    site: SiteId,
    session: SessionId,
    now_ms: i64,
) -> Result<Vec<ReferenceCode>, DbErr> {
    let rows = Entity::find()
        .filter(Column::Site.eq(site.0))
        .filter(Column::Session.eq(session.0))
        .filter(Column::GivenAt.gt(now_ms.saturating_sub(KEPT_MS)))
        .order_by_asc(Column::GivenAt)
        .all(db)
        .await?;
    Ok(rows.iter().filter_map(|row| ReferenceCode::parse(&row.code)).collect())
}

/// Forgets the codes that lead nowhere any more.
///
/// # Errors
/// When the database fails; then none is forgotten.
pub async fn forget_old(db: &Database, now_ms: i64) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    Entity::delete_many().filter(Column::GivenAt.lte(now_ms.saturating_sub(KEPT_MS))).exec(&*tx).await?;
    tx.commit().await
}
