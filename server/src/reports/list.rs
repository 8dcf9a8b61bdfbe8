//! A page of the list of sessions, by key: page 100 costs what page 1 costs.

use app::models::{
    ids::{SessionId, SiteId},
    query::{Cursor, PAGE_SIZE, SessionPage, SessionQuery},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use crate::store::{
    database::Database,
    entities::session::{Column, Entity, Model},
    reading,
};

/// The page that the query asks for.
pub(super) async fn page(db: &Database, query: &SessionQuery, now_ms: i64) -> Result<SessionPage, DbErr> {
    let db = reading::snapshot(db).await?;
    let rules = reading::Rules::read(&db, query.site).await?;
    let stretch = match query.cursor {
        Cursor::Newest => newest(&db, query.site).await?,
        Cursor::Before(id) => before(&db, query.site, id).await?,
        Cursor::After(id) => after(&db, query.site, id).await?,
    };
    let at = |cursor| SessionQuery { cursor, ..query.clone() };
    Ok(SessionPage {
        now_ms,
        newer: stretch.newer.map(at),
        older: stretch.older.map(at),
        sessions: reading::shown(&db, query.site, stretch.rows, rules, now_ms).await?,
    })
}

/// The rows of a page, newest first, and where its neighbours begin.
struct Stretch {
    rows: Vec<Model>,
    newer: Option<Cursor>,
    older: Option<Cursor>,
}

async fn newest(db: &impl ConnectionTrait, site: SiteId) -> Result<Stretch, DbErr> {
    let (rows, more) = one_page(db, newest_first(site)).await?;
    let older = rows.last().filter(|_| more).map(before_this);
    Ok(Stretch { rows, newer: None, older })
}

async fn before(db: &impl ConnectionTrait, site: SiteId, id: SessionId) -> Result<Stretch, DbErr> {
    let (rows, more) = one_page(db, newest_first(site).filter(Column::Id.lt(id.0))).await?;
    let newer = match rows.first() {
        Some(first) => any(db, newer_than(site, first.id)).await?.then_some(after_this(first)),
        None => any(db, of(site)).await?.then_some(Cursor::Newest),
    };
    let older = rows.last().filter(|_| more).map(before_this);
    Ok(Stretch { rows, newer, older })
}

/// What turns out to be the newest page is filled up: a page of two sessions, with the others one link away, would
/// look as if they were gone.
async fn after(db: &impl ConnectionTrait, site: SiteId, id: SessionId) -> Result<Stretch, DbErr> {
    let (mut rows, more) = one_page(db, newer_than(site, id.0).order_by_asc(Column::Id)).await?;
    if !more {
        return newest(db, site).await;
    }
    rows.reverse();
    let newer = rows.first().map(after_this);
    let older = match rows.last() {
        Some(last) => any(db, of(site).filter(Column::Id.lt(last.id))).await?.then_some(before_this(last)),
        None => None,
    };
    Ok(Stretch { rows, newer, older })
}

/// One page of what is selected, and whether there is more.
async fn one_page(db: &impl ConnectionTrait, selected: Select<Entity>) -> Result<(Vec<Model>, bool), DbErr> {
    let mut rows = selected.limit(PAGE_SIZE + 1).all(db).await?;
    let size = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    Ok((rows, more))
}

async fn any(db: &impl ConnectionTrait, selected: Select<Entity>) -> Result<bool, DbErr> {
    let found: Option<Uuid> = selected.select_only().column(Column::Id).limit(1).into_tuple().one(db).await?;
    Ok(found.is_some())
}

fn of(site: SiteId) -> Select<Entity> {
    Entity::find().filter(Column::Site.eq(site.0))
}

fn newest_first(site: SiteId) -> Select<Entity> {
    of(site).order_by_desc(Column::Id)
}

fn newer_than(site: SiteId, id: Uuid) -> Select<Entity> {
    of(site).filter(Column::Id.gt(id))
}

fn before_this(row: &Model) -> Cursor {
    Cursor::Before(SessionId(row.id))
}

fn after_this(row: &Model) -> Cursor {
    Cursor::After(SessionId(row.id))
}

#[cfg(test)]
mod tests {
    use sea_orm::QueryTrait;

    use super::*;
    use crate::store::reading::plan::{plan, reads_by_key_alone};

    #[tokio::test]
    async fn every_page_is_found_by_key_and_needs_no_sorting() {
        let site = SiteId(1);
        let id = Uuid::from_u128(1);
        for selected in [
            newest_first(site),
            newest_first(site).filter(Column::Id.lt(id)),
            newer_than(site, id).order_by_asc(Column::Id),
            newer_than(site, id),
        ] {
            let plan = plan(selected.limit(PAGE_SIZE + 1).as_query()).await;
            assert!(reads_by_key_alone(&plan, &["session"]), "{plan:?}");
            assert!(!plan.iter().any(|line| line.contains("TEMP B-TREE")), "{plan:?}");
        }
    }
}
