//! The live salts, at hand: read from the database once a day, made when they are missing.

use sea_orm::DbErr;
use tokio::sync::RwLock;

use super::identity::Salt;
use crate::store::{database::Database, salts};

/// The salts of a day and the day before.
pub struct SaltBook {
    db: Database,
    live: RwLock<Vec<Salt>>,
}

impl SaltBook {
    /// Nothing read yet.
    pub fn new(db: Database) -> Self {
        Self { db, live: RwLock::new(Vec::new()) }
    }

    /// The salts that are live at `now`, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn live(&self, now: i64) -> Result<Vec<Salt>, DbErr> {
        let today = salts::day(now);
        let is_current = |live: &[Salt]| live.first().is_some_and(|newest| newest.day == today);
        {
            let live = self.live.read().await;
            if is_current(&live) {
                return Ok(live.clone());
            }
        }
        let mut live = self.live.write().await;
        // Another request may have read them while this one waited.
        if !is_current(&live) {
            salts::ensure(&self.db, today).await?;
            let rows = salts::live(&self.db, today).await?;
            *live = rows
                .into_iter()
                .filter_map(|row| Some(Salt { day: row.day, bytes: row.salt.try_into().ok()? }))
                .collect();
        }
        Ok(live.clone())
    }
}
