//! Makes tomorrow's salt an hour early, so that all nodes have it at midnight, and forgets those of the days before
//! yesterday.

use sea_orm::DbErr;

use crate::store::{database::Database, salts};

const HOUR_MS: i64 = 60 * 60 * 1000;

/// One turn at `now`.
///
/// # Errors
/// When the database fails.
pub async fn rotate_salts(db: Database, now: i64) -> Result<(), DbErr> {
    salts::ensure(&db, salts::day(now)).await?;
    salts::ensure(&db, salts::day(now + HOUR_MS)).await?;
    salts::forget_old(&db, salts::day(now)).await
}
