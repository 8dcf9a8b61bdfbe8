//! The keys that lead to open sessions, looked at when they are due.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::{ColumnTrait, DbErr, EntityTrait, ModelTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::{
    database::Database,
    entities::{open_session, session, site},
    sites,
};

/// What one turn did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Keys that were due.
    pub looked_at: u64,
    /// Sites on which a session was closed.
    pub closed_on: BTreeSet<i32>,
}

/// Looks at up to `at_once` keys that are due at `now`: closes their session if it is over and forgets the key; else says
/// when to look again. One transaction a site.
///
/// # Errors
/// When the database fails; what was closed on other sites before stays closed.
pub async fn close_due(db: &Database, now: i64, at_once: u64) -> Result<Turn, DbErr> {
    let due = open_session::Entity::find()
        .filter(open_session::Column::CheckAt.lte(now))
        .order_by_asc(open_session::Column::CheckAt)
        .limit(at_once)
        .all(db.reader())
        .await?;
    let looked_at = u64::try_from(due.len()).unwrap_or(u64::MAX);
    let mut sites: BTreeMap<i32, Vec<Vec<u8>>> = BTreeMap::new();
    for key in due {
        sites.entry(key.site).or_default().push(key.key);
    }
    let mut turn = Turn { looked_at, closed_on: BTreeSet::new() };
    for (site, keys) in sites {
        if close_on(db, site, keys, now).await? {
            turn.closed_on.insert(site);
        }
    }
    Ok(turn)
}

/// Whether a session was closed.
async fn close_on(db: &Database, site: i32, keys: Vec<Vec<u8>>, now: i64) -> Result<bool, DbErr> {
    let tx = db.begin_on(site).await?;
    // Read again under the lock: a visitor may have come back meanwhile.
    let due = open_session::Entity::find()
        .filter(open_session::Column::Site.eq(site))
        .filter(open_session::Column::Key.is_in(keys))
        .filter(open_session::Column::CheckAt.lte(now))
        .all(&*tx)
        .await?;
    let sessions: HashMap<_, _> = session::Entity::find()
        .filter(session::Column::Site.eq(site))
        .filter(session::Column::Id.is_in(due.iter().map(|row| row.session)))
        .all(&*tx)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let limits = site::Entity::find_by_id(site).one(&*tx).await?.as_ref().map(sites::session_limits);
    let limits = limits.unwrap_or_default();
    let mut closed_one = false;
    for key in due {
        let open = sessions.get(&key.session).filter(|row| row.ended_at.is_none());
        let ends_at = open.map(|row| limits.until(row.started_at, row.received_at));
        match (open, ends_at) {
            (Some(_), Some(ends_at)) if ends_at >= now => {
                let mut later: open_session::ActiveModel = key.into();
                later.check_at = Set(ends_at + 1);
                open_session::Entity::update(later).exec(&*tx).await?;
            }
            (open, _) => {
                if let Some(row) = open {
                    closed_one = true;
                    let mut closed: session::ActiveModel = row.clone().into();
                    closed.ended_at = Set(Some(row.received_at));
                    closed.changed_at = Set(now.max(row.changed_at.saturating_add(1)));
                    session::Entity::update(closed).exec(&*tx).await?;
                }
                key.delete(&*tx).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(closed_one)
}
