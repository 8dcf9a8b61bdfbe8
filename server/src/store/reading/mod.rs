//! Rows become the models that the dashboard shows: one home for the reports and the live stream, which may not use
//! each other.

use app::models::{ids::SiteId, session::Session};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{database::Database, entities::session};

pub(crate) mod convert;
pub(crate) mod oddity;
mod outstanding;
#[cfg(test)]
pub(crate) mod plan;
mod rules;
mod state;
mod strips;
mod thin;
mod zone;

pub(crate) use outstanding::{Figures, Outstanding};
pub(crate) use rules::Rules;
pub(crate) use state::is_over;
pub(crate) use zone::Zone;

use strips::Strips;

/// Begins to read. What is read until it is dropped belongs to one moment: a session's figures and its page views
/// agree however much is written meanwhile.
pub(crate) async fn snapshot(db: &Database) -> Result<DatabaseTransaction, DbErr> {
    db.snapshot().await
}

/// When a visitor of a site gave a sign of life last, as far as its latest changes say: closing one is a change too.
pub(crate) async fn last_received(db: &impl ConnectionTrait, site: SiteId) -> Result<Option<i64>, DbErr> {
    use session::{Column, Entity};
    const LATEST: u64 = 100;
    let latest = Entity::find().filter(Column::Site.eq(site.0)).order_by_desc(Column::ChangedAt).limit(LATEST);
    let received: Vec<i64> = latest.select_only().column(Column::ReceivedAt).into_tuple().all(db).await?;
    Ok(received.into_iter().max())
}

/// Sessions of one site as the list shows them, in the order given, with their strips.
pub(crate) async fn shown(
    db: &impl ConnectionTrait,
    site: SiteId,
    rows: Vec<session::Model>,
    rules: Rules,
    now_ms: i64,
) -> Result<Vec<Session>, DbErr> {
    let mut strips = Strips::read(db, site, &rows).await?;
    let show = |row: session::Model| {
        let strip = strips.take(row.id);
        convert::session(row, strip, rules, now_ms)
    };
    Ok(rows.into_iter().map(show).collect())
}
