//! The keys that lead to open sessions, looked at when they are due.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::{ColumnTrait, DbErr, EntityTrait, ModelTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::{
    database::Database,
    entities::{open_session, session},
};

/// What one turn did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Keys that were due.
    pub looked_at: u64,
    /// Sites on which a session was closed.
    pub closed_on: BTreeSet<i32>,
}

/// What a turn needs to know; times in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// What is now.
    pub now: i64,
    /// A session is over when nothing came for so long.
    pub idle_limit: i64,
    /// Or when it began so long ago.
    pub longest: i64,
}

/// Looks at up to `at_once` keys that are due: closes their session if it is over and forgets the key; else says when to
/// look again. One transaction a site.
///
/// # Errors
/// When the database fails; what was closed on other sites before stays closed.
pub async fn close_due(db: &Database, rules: Rules, at_once: u64) -> Result<Turn, DbErr> {
    let due = open_session::Entity::find()
        .filter(open_session::Column::CheckAt.lte(rules.now))
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
        if close_on(db, site, keys, rules).await? {
            turn.closed_on.insert(site);
        }
    }
    Ok(turn)
}

/// Whether a session was closed.
async fn close_on(db: &Database, site: i32, keys: Vec<Vec<u8>>, rules: Rules) -> Result<bool, DbErr> {
    let tx = db.begin_on(site).await?;
    // Read again under the lock: a visitor may have come back meanwhile.
    let due = open_session::Entity::find()
        .filter(open_session::Column::Site.eq(site))
        .filter(open_session::Column::Key.is_in(keys))
        .filter(open_session::Column::CheckAt.lte(rules.now))
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
    let mut closed_one = false;
    for key in due {
        let open = sessions.get(&key.session).filter(|row| row.ended_at.is_none());
        let ends_at = open.map(|row| {
            row.received_at.saturating_add(rules.idle_limit).min(row.started_at.saturating_add(rules.longest))
        });
        match (open, ends_at) {
            (Some(_), Some(ends_at)) if ends_at >= rules.now => {
                let mut later: open_session::ActiveModel = key.into();
                later.check_at = Set(ends_at + 1);
                open_session::Entity::update(later).exec(&*tx).await?;
            }
            (open, _) => {
                if let Some(row) = open {
                    closed_one = true;
                    let mut closed: session::ActiveModel = row.clone().into();
                    closed.ended_at = Set(Some(row.received_at));
                    closed.changed_at = Set(rules.now);
                    session::Entity::update(closed).exec(&*tx).await?;
                }
                key.delete(&*tx).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(closed_one)
}
