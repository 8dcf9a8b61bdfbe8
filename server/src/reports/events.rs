//! The tab Events: its table, and the report of one event.

use app::models::{
    events::{EventReport, EventShown, EventTable, EventsShown},
    query::SessionQuery,
};
use sea_orm::DbErr;

use super::{index::SessionIndex, selected::Selected};
use crate::store::database::Database;

/// A page of the table.
pub(super) async fn table(
    db: &Database,
    index: &SessionIndex,
    query: &SessionQuery,
    shown: &EventsShown,
    now_ms: i64,
) -> Result<EventTable, DbErr> {
    let Selected { selection, now } = Selected::read(db, index, query, now_ms).await?;
    let (rows, sessions) = selection.events();
    Ok(EventTable::of(now, sessions, rows, shown))
}

/// The report of an event.
pub(super) async fn report(
    db: &Database,
    index: &SessionIndex,
    query: &SessionQuery,
    shown: &EventShown,
    now_ms: i64,
) -> Result<EventReport, DbErr> {
    let Selected { selection, now } = Selected::read(db, index, query, now_ms).await?;
    Ok(selection.event_report(&shown.of, now))
}
