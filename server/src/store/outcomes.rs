//! How many messages had which outcome, by site and hour.

use sea_orm::{
    DbErr, EntityTrait, IntoActiveModel,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::{database::Database, entities::outcome_count};

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
