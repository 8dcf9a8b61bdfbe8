//! Deletes sessions that have been kept for as long as they may be.

use std::collections::BTreeSet;

use super::{
    entities::site,
    ingest::{Ingest, IngestConnection, Result},
    session_time::first_session_id,
};

/// Sessions that one transaction deletes: few enough that collection does not wait for long.
const AT_ONCE: usize = 100;
/// Milliseconds in a day.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Until when sessions of a site must have begun to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The site.
    pub site: i32,
    /// All that began before this moment, in milliseconds since the epoch.
    pub all_before: i64,
    /// Those taken for machines that began before this one.
    pub machines_before: i64,
}

impl Limits {
    /// Those of a site at `now_ms`.
    pub fn of(site: &site::Model, now_ms: i64) -> Self {
        let days_ago = |days: i32| now_ms.saturating_sub(i64::from(days).saturating_mul(DAY_MS));
        Self {
            site: site.id,
            all_before: days_ago(site.retention_days),
            machines_before: days_ago(site.bot_retention_days),
        }
    }
}

/// Deletes one step's worth of a site's sessions; whether there may be more.
///
/// # Errors
/// When the database fails; then the step is undone.
pub fn step(connection: &mut dyn IngestConnection, limits: Limits) -> Result<bool> {
    let mut ingest = connection.begin(&BTreeSet::from([limits.site]))?;
    let deleted = delete(&mut *ingest, limits)?;
    ingest.commit()?;
    Ok(deleted == AT_ONCE)
}

fn delete(ingest: &mut dyn Ingest, limits: Limits) -> Result<usize> {
    let mut old = ingest.sessions_before(limits.site, first_session_id(limits.all_before), AT_ONCE)?;
    let left = AT_ONCE.saturating_sub(old.len());
    let machines = ingest.machines_before(limits.site, first_session_id(limits.machines_before), left)?;
    // A machine's session that is too old for both is named twice.
    old.extend(machines);
    old.iter().try_for_each(|&session| ingest.erase(limits.site, session))?;
    Ok(old.len())
}
