//! Rows become the models that the dashboard shows: one home for the reports and the live stream, which may not use
//! each other.

use app::models::{ids::SiteId, session::Session};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait};

use super::{
    database::Database,
    entities::{session, site},
};

pub(crate) mod convert;
pub(crate) mod oddity;
#[cfg(test)]
pub(crate) mod plan;
mod state;
mod strips;
mod zone;

pub(crate) use zone::Zone;

use strips::Strips;

/// Begins to read. What is read until it is dropped belongs to one moment: a session's figures and its page views
/// agree however much is written meanwhile.
pub(crate) async fn snapshot(db: &Database) -> Result<DatabaseTransaction, DbErr> {
    db.snapshot().await
}

/// The time zone of a site.
pub(crate) async fn zone_of(db: &impl ConnectionTrait, site: SiteId) -> Result<Zone, DbErr> {
    let row = site::Entity::find_by_id(site.0).one(db).await?;
    Ok(row.map_or(Zone::UTC, |row| Zone::of(&row)))
}

/// Sessions of one site as the list shows them, in the order given, their strips read in two further queries however
/// many they are.
pub(crate) async fn shown(
    db: &impl ConnectionTrait,
    site: SiteId,
    rows: Vec<session::Model>,
    zone: Zone,
    now_ms: i64,
) -> Result<Vec<Session>, DbErr> {
    let mut strips = Strips::read(db, site, &rows).await?;
    let show = |row: session::Model| {
        let strip = strips.take(row.id);
        convert::session(row, strip, zone, now_ms)
    };
    Ok(rows.into_iter().map(show).collect())
}
