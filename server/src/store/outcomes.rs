//! How many messages had which outcome, by site and hour.

use app::models::ids::SiteId;
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::{database::Database, entities::outcome_count};

/// Stands for messages that name no site of this server.
pub const NO_SITE: SiteId = SiteId(0);

/// Milliseconds in an hour.
const HOUR_MS: i64 = 60 * 60 * 1000;
/// For how many hours counts are kept: a little more than the longest that sessions are.
const KEPT_HOURS: i32 = 800 * 24;

/// The hour of a moment, counted from the epoch.
pub fn hour_of(moment_ms: i64) -> i32 {
    i32::try_from(moment_ms.div_euclid(HOUR_MS)).unwrap_or_default()
}

/// The counts of a site from an hour on.
///
/// # Errors
/// When the database fails.
pub async fn since(db: &Database, site: SiteId, hour: i32) -> Result<Vec<outcome_count::Model>, DbErr> {
    let of_site = outcome_count::Entity::find().filter(outcome_count::Column::Site.eq(site.0));
    of_site.filter(outcome_count::Column::Hour.gte(hour)).all(db.reader()).await
}

/// Forgets counts that are older than anything else.
///
/// # Errors
/// When the database fails.
pub async fn forget_old(db: &Database, now: i64) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    let old = outcome_count::Column::Hour.lt(hour_of(now).saturating_sub(KEPT_HOURS));
    outcome_count::Entity::delete_many().filter(old).exec(&*tx).await?;
    tx.commit().await
}

/// Rows of a statement at the most: their values stay far below what a statement may bind.
const ROWS: usize = 64;

/// Adds to the counts. Each key may stand in `rows` once.
///
/// # Errors
/// When the database fails; then none is added.
pub async fn add(db: &Database, mut rows: Vec<outcome_count::Model>) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    rows.sort_by(|a, b| (a.site, a.hour, &a.outcome).cmp(&(b.site, b.hour, &b.outcome)));
    let tx = db.begin().await?;
    for rows in rows.chunks(ROWS) {
        let standing = Expr::col((outcome_count::Entity, outcome_count::Column::Count));
        let added = Expr::col((sea_orm::sea_query::Alias::new("excluded"), outcome_count::Column::Count));
        let key = [outcome_count::Column::Site, outcome_count::Column::Hour, outcome_count::Column::Outcome];
        outcome_count::Entity::insert_many(rows.iter().cloned().map(IntoActiveModel::into_active_model))
            .on_conflict(OnConflict::columns(key).value(outcome_count::Column::Count, standing.add(added)).to_owned())
            .exec_without_returning(&*tx)
            .await?;
    }
    tx.commit().await
}
