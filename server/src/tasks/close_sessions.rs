//! Closes sessions that are over and forgets the keys that led to them, within a minute or two of their end.

use app::models::ids::SiteId;
use sea_orm::DbErr;

use crate::{
    changes::{Change, Changes},
    store::{database::Database, open_sessions},
};

/// How many keys one transaction looks at, so that collection never waits long.
const AT_ONCE: u64 = 256;

/// Looks at every key that is due at `now`.
///
/// # Errors
/// When the database fails; what was closed before stays closed.
pub async fn close_sessions(db: Database, now: i64, changes: Changes) -> Result<(), DbErr> {
    loop {
        let turn = open_sessions::close_due(&db, now, AT_ONCE).await?;
        for site in turn.closed_on {
            changes.announce(Change { site: SiteId(site) });
        }
        if turn.looked_at < AT_ONCE {
            return Ok(());
        }
    }
}
