//! Erases sessions by their ids, for good: every row of theirs, and the keys that lead to them.

use std::collections::BTreeSet;

use app::models::ids::{SessionId, SiteId};
use uuid::Uuid;

use super::database::Database;

/// Erases these sessions of a site in one transaction, and returns how many of them there were.
///
/// # Errors
/// When the database fails; then none is erased.
pub async fn erase(db: &Database, site: SiteId, sessions: &[SessionId]) -> anyhow::Result<usize> {
    let db = db.clone();
    let ids: BTreeSet<Uuid> = sessions.iter().map(|session| session.0).collect();
    let erase = move || {
        let mut connection = db.ingest()?;
        let mut ingest = connection.begin(&BTreeSet::from([site.0]))?;
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let found = ingest.sessions(site.0, &ids)?.len();
        ids.iter().try_for_each(|&session| ingest.erase(site.0, session))?;
        ingest.drop_keys_of(site.0, &ids)?;
        ingest.commit()?;
        Ok(found)
    };
    tokio::task::spawn_blocking(erase).await?
}
