//! Which sessions of a page of the list reached the goal that is asked for, and when. Read by their keys for those that are
//! shown: what is held in memory does not know when something happened.

use std::collections::HashMap;

use app::models::{
    event::{EventKind, Props},
    goal::{Aim, Goal, GoalMarks},
    ids::{SessionId, SiteId},
    query::{Dimension, Filter},
    session::Session,
    time::LocalTime,
    timeline::TimelineEvent,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

use crate::store::{
    entities::{event, page_view},
    path_rules,
};

/// The marks of these sessions of a site.
pub(super) async fn of_sessions(
    db: &impl ConnectionTrait,
    site: SiteId,
    goal: Goal,
    sessions: &[Session],
) -> Result<GoalMarks, DbErr> {
    let rules = path_rules::of_site(db, site).await?;
    let goal = Goal { aim: rules.aim(&goal.aim), ..goal };
    let ids: Vec<Uuid> = sessions.iter().map(|session| session.id.0).collect();
    let mut first = First::default();
    let mut began: HashMap<Uuid, i64> = HashMap::new();
    let views: Vec<View> = page_views(site, &ids).into_tuple().all(db).await?;
    for (session, id, started_at, path) in views {
        began.insert(id, started_at);
        if goal.aim.is_page(rules.group(&path)) {
            first.take(session, started_at);
        }
    }
    for Happened { session, page_view, offset_ms, event } in happened(db, site, &ids, &goal.aim).await? {
        // One whose page view is gone is shown nowhere.
        if let Some(began) = began.get(&page_view).filter(|_| goal.aim.is_event(&event)) {
            first.take(session, began.saturating_add(offset_ms));
        }
    }
    Ok(GoalMarks { reached: sessions.iter().filter_map(|session| first.after(session)).collect(), name: goal.name })
}

/// The first moment that reached the goal, session by session.
#[derive(Default)]
struct First(HashMap<Uuid, i64>);

impl First {
    fn take(&mut self, session: Uuid, at: i64) {
        let first = self.0.entry(session).or_insert(at);
        *first = at.min(*first);
    }

    /// How long after its start a session reached it.
    fn after(&self, session: &Session) -> Option<(SessionId, u64)> {
        let at = self.0.get(&session.id.0)?;
        Some((session.id, u64::try_from(at.saturating_sub(session.started.ms)).unwrap_or_default()))
    }
}

/// Session, id, start and path.
type View = (Uuid, Uuid, i64, String);

fn page_views(site: SiteId, ids: &[Uuid]) -> Select<page_view::Entity> {
    use page_view::{Column, Entity};
    let of_sessions = Entity::find().filter(Column::Site.eq(site.0)).filter(Column::Session.is_in(ids.iter().copied()));
    of_sessions.select_only().columns([Column::Session, Column::Id, Column::StartedAt, Column::Path])
}

/// The first of events that are alike on a page view.
struct Happened {
    session: Uuid,
    page_view: Uuid,
    offset_ms: i64,
    /// As much of it as decides whether it reaches a goal.
    event: TimelineEvent,
}

impl Happened {
    fn of(session: Uuid, page_view: Uuid, kind: &str, name: Option<String>, props: Props, offset_ms: i64) -> Self {
        let event = TimelineEvent {
            id: None,
            number: 0,
            at: LocalTime { ms: 0, offset_s: 0 },
            offset_ms: 0,
            // A kind that is none is shown as what the site named itself.
            kind: kind.parse().unwrap_or(EventKind::Custom),
            name,
            target: None,
            props,
        };
        Self { session, page_view, offset_ms, event }
    }
}

/// The events that may reach an aim.
async fn happened(db: &impl ConnectionTrait, site: SiteId, ids: &[Uuid], aim: &Aim) -> Result<Vec<Happened>, DbErr> {
    type Named = (Uuid, Uuid, String, Option<String>, i64);
    type WithProps = (Uuid, Uuid, String, Option<String>, Option<String>, i64);
    match aim.filter() {
        Filter::Text { dimension: Dimension::Page, .. }
        | Filter::Number { .. }
        | Filter::Step { .. }
        | Filter::Did { .. } => Ok(Vec::new()),
        Filter::Text { .. } => {
            let rows: Vec<Named> = alike(site, ids, &[]).into_tuple().all(db).await?;
            let happened = |(session, view, kind, name, offset_ms): Named| {
                Happened::of(session, view, &kind, name, Props::new(), offset_ms)
            };
            Ok(rows.into_iter().map(happened).collect())
        }
        Filter::Property { property, .. } => {
            let mut named = alike(site, ids, &[event::Column::Props]);
            // What has no name goes by its kind.
            if property.event != EventKind::Custom.as_ref() {
                named = named.filter(event::Column::Name.eq(&*property.event));
            }
            let rows: Vec<WithProps> = named.into_tuple().all(db).await?;
            let happened = |(session, view, kind, name, props, offset_ms): WithProps| {
                let props = props.and_then(|props| serde_json::from_str(&props).ok()).unwrap_or_default();
                Happened::of(session, view, &kind, name, props, offset_ms)
            };
            Ok(rows.into_iter().map(happened).collect())
        }
    }
}

/// Events that are alike on a page view are one row, as a session can have thousands of them: with what they are alike in,
/// and the first one's offset.
fn alike(site: SiteId, ids: &[Uuid], also: &[event::Column]) -> Select<event::Entity> {
    use event::{Column, Entity};
    let of_sessions = Entity::find().filter(Column::Site.eq(site.0)).filter(Column::Session.is_in(ids.iter().copied()));
    let columns = [Column::Session, Column::PageView, Column::Kind, Column::Name];
    let columns = columns.into_iter().chain(also.iter().copied());
    let grouped = columns.fold(of_sessions.select_only(), |select, column| select.column(column).group_by(column));
    grouped.column_as(Column::OffsetMs.min(), "first_ms")
}

#[cfg(test)]
mod tests {
    use sea_orm::QueryTrait;

    use super::*;
    use crate::store::reading::plan::plan;

    #[tokio::test]
    async fn what_happened_in_the_sessions_is_found_by_their_keys() {
        let ids = [Uuid::from_u128(1); 50];
        let views = plan(page_views(SiteId(1), &ids).as_query()).await;
        assert_eq!(views, ["SEARCH page_view USING PRIMARY KEY (site=? AND session=?)"]);
        let events = plan(alike(SiteId(1), &ids, &[]).as_query()).await;
        assert_eq!(events.first().map(String::as_str), Some("SEARCH event USING PRIMARY KEY (site=? AND session=?)"));
    }
}
