//! The way from a page view's own id to its session.

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{
    database::Database,
    entities::{open_page_view, site},
    session_time::first_session_id,
};

/// Pieces that the ids are cut into, one transaction each: the table has no second index, so that it costs little to
/// add to, and looking through all of it at once would hold up collection.
const PIECES: u128 = 256;

/// Forgets the page views of sessions that began before a moment.
///
/// # Errors
/// When the database fails; what was forgotten before stays so.
pub async fn forget_before(db: &Database, moment_ms: i64) -> Result<(), DbErr> {
    let first_kept = first_session_id(moment_ms);
    let piece = u128::MAX / PIECES;
    for site in site::Entity::find().all(db.reader()).await? {
        for at in 0..PIECES {
            let tx = db.begin().await?;
            open_page_view::Entity::delete_many()
                .filter(open_page_view::Column::Site.eq(site.id))
                .filter(open_page_view::Column::Id.between(
                    Uuid::from_u128(at * piece),
                    Uuid::from_u128(if at + 1 == PIECES { u128::MAX } else { (at + 1) * piece }),
                ))
                .filter(open_page_view::Column::Session.lt(first_kept))
                .exec(&*tx)
                .await?;
            tx.commit().await?;
        }
    }
    Ok(())
}
