//! The sessions beside one in a list: what stands above and below its place, found as the pages of the list are. A
//! session that the list does not select, or no longer, has those between which it would stand.

use std::time::Duration;

use app::models::{
    ids::SessionId,
    query::{Neighbours, SessionQuery},
};
use sea_orm::{DbErr, EntityTrait, QueryOrder};
use tokio::time::timeout;

use super::{
    index::{SessionIndex, place_of_row},
    list::{Meant, first, is_plain, newest_first, selection},
    period::Stretch,
};
use crate::store::{
    database::Database,
    entities::session::{Column, Entity},
    reading::{self, Rules},
};

/// How long a session waits for its neighbours: it is whole without them.
const PATIENCE: Duration = Duration::from_secs(5);

/// Those of a session, none where there is no such session.
pub(super) async fn neighbours(
    db: &Database,
    index: &SessionIndex,
    list: &SessionQuery,
    id: SessionId,
    now_ms: i64,
) -> Result<Neighbours, DbErr> {
    if is_plain(list) {
        return in_table(db, list, id, now_ms).await;
    }
    // Days that are still being read are read on, for whoever asks next.
    timeout(PATIENCE, in_memory(db, index, list, id, now_ms)).await.unwrap_or_else(|_| Ok(Neighbours::default()))
}

async fn in_table(db: &Database, list: &SessionQuery, id: SessionId, now_ms: i64) -> Result<Neighbours, DbErr> {
    let db = reading::snapshot(db).await?;
    let rules = Rules::read(&db, list.site).await?;
    let meant = Meant::of(list, Stretch::of(list.period, rules.zone, now_ms));
    let previous = first(&db, meant.newer_than(id.0).order_by_asc(Column::Id)).await?;
    let next = first(&db, newest_first(meant.older_than(id.0))).await?;
    Ok(Neighbours { previous: previous.map(SessionId), next: next.map(SessionId) })
}

async fn in_memory(
    db: &Database,
    index: &SessionIndex,
    list: &SessionQuery,
    id: SessionId,
    now_ms: i64,
) -> Result<Neighbours, DbErr> {
    let rules = Rules::read(db.reader(), list.site).await?;
    let selection = selection(db, index, list, rules, now_ms).await?;
    let place = match selection.place_of(list.sort, id) {
        Some(place) => place,
        // It began outside the period.
        None => match Entity::find_by_id((list.site.0, id.0)).one(db.reader()).await? {
            Some(row) => place_of_row(&row, list.sort.key),
            None => return Ok(Neighbours::default()),
        },
    };
    let [previous, next] = selection.beside(list.sort, place);
    Ok(Neighbours { previous, next })
}
