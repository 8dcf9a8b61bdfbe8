//! Erases the sessions that somebody wanted deleted, once the time in which that can be taken back is over.

use std::collections::BTreeMap;

use app::models::ids::{SessionId, SiteId};

use crate::store::{database::Database, deletions, erasure};

/// How many sessions one turn erases.
const AT_ONCE: u64 = 100;

/// One turn at `now_ms`. Two nodes that do it at once do no more than one: what is erased already has no rows.
///
/// # Errors
/// When the database fails; what was erased before stays so.
pub async fn delete_sessions(db: Database, now_ms: i64) -> anyhow::Result<()> {
    let mut sites: BTreeMap<SiteId, Vec<SessionId>> = BTreeMap::new();
    for (site, session) in deletions::due(&db, now_ms, AT_ONCE).await? {
        sites.entry(site).or_default().push(session);
    }
    for (site, sessions) in sites {
        erasure::erase(&db, site, &sessions).await?;
    }
    Ok(())
}
