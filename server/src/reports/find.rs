//! Finds the session that somebody names.

use app::models::{
    ids::{SessionId, SiteId},
    reference::Sought,
};
use sea_orm::{DbErr, EntityTrait};

use crate::store::{database::Database, entities::session, reading, references};

/// The session's id, if this site has such a session.
pub(super) async fn find(
    db: &Database,
    site: SiteId,
    sought: &Sought,
    now_ms: i64,
) -> Result<Option<SessionId>, DbErr> {
    let db = reading::snapshot(db).await?;
    let id = match sought {
        Sought::Session(id) => Some(*id),
        Sought::Reference(code) => references::session_of(&db, site, code, now_ms).await?,
    };
    let Some(id) = id else { return Ok(None) };
    Ok(session::Entity::find_by_id((site.0, id.0)).one(&db).await?.map(|_| id))
}
