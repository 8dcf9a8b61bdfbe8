//! The tab Paths.

use app::models::{
    paths::{PathFlow, PathsShown},
    query::SessionQuery,
};
use sea_orm::DbErr;

use super::{index::SessionIndex, selected::Selected};
use crate::store::database::Database;

/// The paths of the selected sessions.
pub(super) async fn flow(
    db: &Database,
    index: &SessionIndex,
    query: &SessionQuery,
    shown: &PathsShown,
    now_ms: i64,
) -> Result<PathFlow, DbErr> {
    let Selected { selection, now } = Selected::read(db, index, query, now_ms).await?;
    let anchor = selection.path_rules().anchor(&shown.anchor);
    Ok(selection.paths(&anchor, now))
}
