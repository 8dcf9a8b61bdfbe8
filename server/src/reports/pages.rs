//! The tab Pages: its table, and the report of one page.

use app::models::{
    pages::{PageReport, PageShown, PageTable, PagesShown},
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
    shown: &PagesShown,
    now_ms: i64,
) -> Result<PageTable, DbErr> {
    let Selected { selection, now } = Selected::read(db, index, query, now_ms).await?;
    let (rows, sessions) = selection.pages();
    Ok(PageTable::of(now, sessions, rows, shown).grouped_by(selection.path_rules()))
}

/// The report of a page.
pub(super) async fn report(
    db: &Database,
    index: &SessionIndex,
    query: &SessionQuery,
    shown: &PageShown,
    now_ms: i64,
) -> Result<PageReport, DbErr> {
    let Selected { selection, now } = Selected::read(db, index, query, now_ms).await?;
    Ok(selection.page_report(&shown.of, now).grouped_by(&shown.of, selection.path_rules()))
}
