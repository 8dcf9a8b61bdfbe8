//! Forgets what has served: the way from a page view to its session a day after that session, codes that visitors were
//! shown after thirty days, counts of outcomes and of erasures after all sessions of their time. Empties the write-ahead log, where
//! deleted keys would stay readable.

use sea_orm::DbErr;

use crate::store::{database::Database, erasure, open_page_views, outcomes, references};

/// A session lasts a day at the most; a day after that nothing of it is expected any more. In milliseconds.
const KEPT_MS: i64 = 2 * 24 * 60 * 60 * 1000;

/// One turn at `now`.
///
/// # Errors
/// When the database fails.
pub async fn tidy(db: Database, now: i64) -> Result<(), DbErr> {
    open_page_views::forget_before(&db, now - KEPT_MS).await?;
    references::forget_old(&db, now).await?;
    outcomes::forget_old(&db, now).await?;
    erasure::forget_old(&db, now).await?;
    db.checkpoint().await
}
