//! Counts outcomes by site and hour. Kept in memory, written every few seconds: the counts of the last seconds before
//! a power cut may be missing, the messages themselves are not.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use app::models::ids::SiteId;
use sea_orm::DbErr;

use super::outcome::Outcome;
use crate::{
    store::{database::Database, entities::outcome_count, outcomes},
    telemetry::metrics::MESSAGES,
};

/// Site, hour since the epoch, outcome's name → how many.
type Counts = HashMap<(i32, i32, String), i64>;

/// The counts that are not written yet.
#[derive(Default)]
pub struct OutcomeCounter(Mutex<Counts>);

impl OutcomeCounter {
    /// Counts the outcomes of a batch.
    pub fn count(&self, site: SiteId, ended: &[Outcome], now: i64) {
        let hour = outcomes::hour_of(now);
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for outcome in ended {
            metrics::counter!(MESSAGES, "outcome" => outcome.name().to_owned()).increment(1);
            *counts.entry((site.0, hour, outcome.name().to_owned())).or_default() += 1;
        }
    }

    /// Writes the counts and starts again from nothing.
    ///
    /// # Errors
    /// When the database fails; the counts are kept for the next time.
    pub async fn flush(&self, db: &Database) -> Result<(), DbErr> {
        let taken = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let rows = taken.iter().map(|((site, hour, outcome), count)| outcome_count::Model {
            site: *site,
            hour: *hour,
            outcome: outcome.clone(),
            count: *count,
        });
        let written = outcomes::add(db, rows.collect()).await;
        if written.is_err() {
            let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            for (key, count) in taken {
                *counts.entry(key).or_default() += count;
            }
        }
        written
    }
}
