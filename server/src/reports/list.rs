//! A page of the list, by key: page 100 costs what page 1 costs. The newest sessions come straight from their table; what
//! is narrowed or ordered otherwise is chosen in memory ([`super::index`]), and its rows are read by their keys.

use std::collections::HashMap;

use app::models::{
    ids::{SessionId, SiteId},
    query::{Cursor, PAGE_SIZE, Period, Place, SessionPage, SessionQuery, Sort},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::{
    goal_marks,
    index::{Needs, Page, Selection, SessionIndex, ids},
    period::Stretch,
};
use crate::store::{
    database::Database,
    entities::session::{Column, Entity, Model},
    goals,
    reading::{self, Rules},
    session_time::first_session_id,
};

/// The page that the query asks for.
pub(super) async fn page(
    db: &Database,
    index: &SessionIndex,
    query: &SessionQuery,
    now_ms: i64,
) -> Result<SessionPage, DbErr> {
    let rules = Rules::read(db.reader(), query.site).await?;
    // First, as it reads on connections of its own.
    let chosen = match is_plain(query) {
        true => None,
        false => Some(chosen(db, index, query, rules, now_ms).await?),
    };
    let db = reading::snapshot(db).await?;
    let found = match chosen {
        Some(page) => by_keys(&db, query.site, page).await?,
        None => in_table(&db, query, rules, now_ms).await?,
    };
    let sessions = reading::shown(&db, query.site, found.rows, rules, now_ms).await?;
    let goal = match query.goal {
        Some(goal) => goals::get(&db, query.site, goal).await?,
        None => None,
    };
    let goal = match goal {
        Some(goal) => Some(goal_marks::of_sessions(&db, query.site, goal, &sessions).await?),
        None => None,
    };
    let at = |cursor| SessionQuery { cursor, ..query.clone() };
    Ok(SessionPage { now_ms, sessions, above: found.above.map(at), below: found.below.map(at), goal })
}

/// Whether the table itself stands in the order that is asked for, and a look at a row tells whether it is meant.
pub(super) fn is_plain(query: &SessionQuery) -> bool {
    !query.is_narrowed() && query.sort == Sort::default() && query.period != Period::Now
}

/// The rows of a page in order, and where its neighbours begin.
struct Found {
    rows: Vec<Model>,
    above: Option<Cursor>,
    below: Option<Cursor>,
}

/// The page of what is narrowed or ordered otherwise.
async fn chosen(
    db: &Database,
    index: &SessionIndex,
    query: &SessionQuery,
    rules: Rules,
    now_ms: i64,
) -> Result<Page, DbErr> {
    let selection = selection(db, index, query, rules, now_ms).await?;
    Ok(selection.page(query.sort, query.cursor, usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX)))
}

/// What the query selects, in memory.
pub(super) async fn selection(
    db: &Database,
    index: &SessionIndex,
    query: &SessionQuery,
    rules: Rules,
    now_ms: i64,
) -> Result<Selection, DbErr> {
    let stretch = Stretch::of(query.period, rules.zone, now_ms);
    index.select(db, query, stretch, Needs::of(query), rules, now_ms).await
}

/// Its rows. One that was erased meanwhile is not there.
async fn by_keys(db: &impl ConnectionTrait, site: SiteId, page: Page) -> Result<Found, DbErr> {
    let ids = ids(&page);
    let found = named(site, &ids).all(db).await?;
    let mut by_id: HashMap<Uuid, Model> = found.into_iter().map(|row| (row.id, row)).collect();
    let rows = ids.iter().filter_map(|id| by_id.remove(id)).collect();
    Ok(Found { rows, above: page.above, below: page.below })
}

async fn in_table(db: &impl ConnectionTrait, query: &SessionQuery, rules: Rules, now_ms: i64) -> Result<Found, DbErr> {
    let meant = Meant::of(query, Stretch::of(query.period, rules.zone, now_ms));
    match query.cursor {
        Cursor::Top => newest(db, &meant).await,
        Cursor::Below(Place { id, .. }) => before(db, &meant, id).await,
        Cursor::Above(Place { id, .. }) => after(db, &meant, id).await,
    }
}

async fn newest(db: &impl ConnectionTrait, meant: &Meant) -> Result<Found, DbErr> {
    let (rows, more) = one_page(db, newest_first(meant.all())).await?;
    let below = rows.last().filter(|_| more).map(below_this);
    Ok(Found { rows, above: None, below })
}

async fn before(db: &impl ConnectionTrait, meant: &Meant, id: SessionId) -> Result<Found, DbErr> {
    let (rows, more) = one_page(db, newest_first(meant.older_than(id.0))).await?;
    let above = match rows.first() {
        Some(first) => any(db, meant.newer_than(first.id)).await?.then_some(above_this(first)),
        None => any(db, meant.all()).await?.then_some(Cursor::Top),
    };
    let below = rows.last().filter(|_| more).map(below_this);
    Ok(Found { rows, above, below })
}

/// What turns out to be the newest page is filled up: a page of two sessions, with the others one link away, would
/// look as if they were gone.
async fn after(db: &impl ConnectionTrait, meant: &Meant, id: SessionId) -> Result<Found, DbErr> {
    let (mut rows, more) = one_page(db, meant.newer_than(id.0).order_by_asc(Column::Id)).await?;
    if !more {
        return newest(db, meant).await;
    }
    rows.reverse();
    let above = rows.first().map(above_this);
    let below = match rows.last() {
        Some(last) => any(db, meant.older_than(last.id)).await?.then_some(below_this(last)),
        None => None,
    };
    Ok(Found { rows, above, below })
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
    Ok(first(db, selected).await?.is_some())
}

/// The id of the first of what is selected.
pub(super) async fn first(db: &impl ConnectionTrait, selected: Select<Entity>) -> Result<Option<Uuid>, DbErr> {
    selected.select_only().column(Column::Id).limit(1).into_tuple().one(db).await
}

fn of(site: SiteId) -> Select<Entity> {
    Entity::find().filter(Column::Site.eq(site.0))
}

fn named(site: SiteId, ids: &[Uuid]) -> Select<Entity> {
    of(site).filter(Column::Id.is_in(ids.iter().copied()))
}

/// The sessions that began within a stretch: a session belongs to the moment that its id begins with. Each statement has
/// one bound on either side: of two on the same side the database might begin at the farther one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meant {
    site: SiteId,
    from: Uuid,
    to: Uuid,
    hides_machines: bool,
}

impl Meant {
    pub(super) fn of(query: &SessionQuery, stretch: Stretch) -> Self {
        Self {
            site: query.site,
            from: first_session_id(stretch.from),
            to: first_session_id(stretch.to),
            hides_machines: query.hides_machines(),
        }
    }

    fn all(&self) -> Select<Entity> {
        let within = of(self.site).filter(Column::Id.gte(self.from)).filter(Column::Id.lt(self.to));
        if self.hides_machines { within.filter(Column::Bot.is_null()) } else { within }
    }

    pub(super) fn newer_than(&self, id: Uuid) -> Select<Entity> {
        let next = Uuid::from_u128(id.as_u128().saturating_add(1));
        Self { from: self.from.max(next), ..*self }.all()
    }

    pub(super) fn older_than(&self, id: Uuid) -> Select<Entity> {
        Self { to: self.to.min(id), ..*self }.all()
    }
}

pub(super) fn newest_first(selected: Select<Entity>) -> Select<Entity> {
    selected.order_by_desc(Column::Id)
}

fn below_this(row: &Model) -> Cursor {
    Cursor::Below(Place { value: None, id: SessionId(row.id) })
}

fn above_this(row: &Model) -> Cursor {
    Cursor::Above(Place { value: None, id: SessionId(row.id) })
}

#[cfg(test)]
mod tests {
    use sea_orm::QueryTrait;

    use super::*;
    use crate::store::reading::plan::plan;

    #[tokio::test]
    async fn every_page_is_found_by_key_and_needs_no_sorting() {
        let meant = Meant::of(&SessionQuery::newest(SiteId(1)), Stretch { from: 0, to: 1_000 });
        let id = Uuid::from_u128(1);
        for selected in [
            newest_first(meant.all()),
            newest_first(meant.older_than(id)),
            meant.newer_than(id).order_by_asc(Column::Id),
            meant.newer_than(id),
            newest_first(Meant { hides_machines: false, ..meant }.all()),
        ] {
            let plan = plan(selected.limit(PAGE_SIZE + 1).as_query()).await;
            assert_eq!(plan, ["SEARCH session USING PRIMARY KEY (site=? AND id>? AND id<?)"]);
        }
        let chosen = plan(named(SiteId(1), &[id; 50]).as_query()).await;
        assert_eq!(chosen, ["SEARCH session USING PRIMARY KEY (site=? AND id=?)"]);
    }
}
