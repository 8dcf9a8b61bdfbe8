//! Which session changed last when: `(site, changed_at, id)`, all of it in the index.

use app::models::ids::SiteId;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use uuid::Uuid;

use crate::store::entities::session::{Column, Entity};

/// A session as it was after its last change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub(super) struct Version {
    pub(super) changed_at: i64,
    pub(super) id: Uuid,
}

/// Those that changed at `ms` or later, the oldest first.
pub(super) fn since(site: SiteId, ms: i64, most: usize) -> Select<Entity> {
    of(site)
        .filter(Column::ChangedAt.gte(ms))
        .order_by_asc(Column::ChangedAt)
        .order_by_asc(Column::Id)
        .limit(many(most))
}

/// Those that changed at `ms` or later, the newest first.
pub(super) fn latest(site: SiteId, ms: i64, most: usize) -> Select<Entity> {
    of(site)
        .filter(Column::ChangedAt.gte(ms))
        .order_by_desc(Column::ChangedAt)
        .order_by_desc(Column::Id)
        .limit(many(most))
}

/// Those that come after a version and changed before `ms`, the oldest first.
pub(super) fn between(site: SiteId, after: Version, ms: i64, most: usize) -> Select<Entity> {
    let in_the_same_ms = Condition::any().add(Column::ChangedAt.gt(after.changed_at)).add(Column::Id.gt(after.id));
    since(site, after.changed_at, most).filter(Column::ChangedAt.lt(ms)).filter(in_the_same_ms)
}

fn of(site: SiteId) -> Select<Entity> {
    Entity::find().select_only().columns([Column::ChangedAt, Column::Id]).filter(Column::Site.eq(site.0))
}

fn many(most: usize) -> u64 {
    u64::try_from(most).unwrap_or(u64::MAX)
}

/// Reads what is selected.
pub(super) async fn read(db: &impl ConnectionTrait, selected: Select<Entity>) -> Result<Vec<Version>, DbErr> {
    selected.into_model().all(db).await
}

#[cfg(test)]
mod tests {
    use sea_orm::QueryTrait;

    use super::*;
    use crate::store::reading::plan::plan;

    #[tokio::test]
    async fn the_index_alone_answers_and_in_order() {
        let site = SiteId(1);
        for selected in
            [since(site, 1, 10), latest(site, 1, 10), between(site, Version { changed_at: 1, id: Uuid::nil() }, 2, 10)]
        {
            let plan = plan(selected.as_query()).await;
            let search = "SEARCH session USING COVERING INDEX session_changed (site=? AND changed_at>?";
            assert!(plan.len() == 1 && plan.iter().all(|line| line.starts_with(search)), "{plan:?}");
        }
    }
}
