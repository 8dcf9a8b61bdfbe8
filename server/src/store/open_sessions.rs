//! The keys that lead to open sessions, looked at when they are due.

use std::collections::{BTreeSet, HashMap};

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

/// Looks at up to `at_once` keys that are due at `now`: closes their session if nothing came for `idle_limit` or it
/// lasts longer than `longest` (both in milliseconds) and forgets the key; else says when to look again.
///
/// # Errors
/// When the database fails; then nothing is changed.
pub async fn close_due(db: &Database, now: i64, idle_limit: i64, longest: i64, at_once: u64) -> Result<Turn, DbErr> {
    let tx = db.begin().await?;
    let due = open_session::Entity::find()
        .filter(open_session::Column::CheckAt.lte(now))
        .order_by_asc(open_session::Column::CheckAt)
        .limit(at_once)
        .lock_exclusive()
        .all(&*tx)
        .await?;
    let sessions: HashMap<_, _> = session::Entity::find()
        .filter(session::Column::Id.is_in(due.iter().map(|row| row.session)))
        .filter(session::Column::Site.is_in(due.iter().map(|row| row.site).collect::<BTreeSet<_>>()))
        .lock_exclusive()
        .all(&*tx)
        .await?
        .into_iter()
        .map(|row| ((row.site, row.id), row))
        .collect();
    let mut turn = Turn { looked_at: u64::try_from(due.len()).unwrap_or(u64::MAX), closed_on: BTreeSet::new() };
    for key in due {
        let open = sessions.get(&(key.site, key.session)).filter(|row| row.ended_at.is_none());
        let ends_at =
            open.map(|row| row.received_at.saturating_add(idle_limit).min(row.started_at.saturating_add(longest)));
        match (open, ends_at) {
            (Some(_), Some(ends_at)) if ends_at >= now => {
                let mut later: open_session::ActiveModel = key.into();
                later.check_at = Set(ends_at + 1);
                open_session::Entity::update(later).exec(&*tx).await?;
            }
            (open, _) => {
                if let Some(row) = open {
                    turn.closed_on.insert(row.site);
                    let mut closed: session::ActiveModel = row.clone().into();
                    closed.ended_at = Set(Some(row.received_at));
                    closed.changed_at = Set(now);
                    session::Entity::update(closed).exec(&*tx).await?;
                }
                key.delete(&*tx).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(turn)
}
